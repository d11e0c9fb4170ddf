-- Files that were refused after some of their rows were read: none of these rows counts as sound.

create or replace temp table voided_rows as
select
    sources.delivery,
    count(*) as rows_voided
from plain_rows
inner join sources on source_of(plain_rows.row_id) = sources.source
inner join readings using (delivery)
where readings.is_void
group by sources.delivery;

delete from plain_rows
where source_of(row_id) in (select sources.source from sources inner join voided_rows using (delivery));

create or replace temp table plain_counts as
select
    sources.delivery,
    count(*) as rows_plain
from plain_rows
inner join sources on source_of(plain_rows.row_id) = sources.source
group by sources.delivery;
