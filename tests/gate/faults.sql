-- Faults of a candidate. None hides another: each is about other rows, or another mart.
update marts.indicator_progress set status = 'fine' where target_code = 'A01-01';
update marts.indicator_progress set light = 'green' where (target_code, window_start) in (
    select (target_code, window_start) from marts.indicator_progress where status = 'missed'
    order by all limit 1
);
delete from marts.indicator_progress where target_code = 'A01-02';
insert into marts.areas from marts.areas order by area_code limit 1;
update marts.submission_compliance set figures_received = 0, figures_on_time = 0, is_complete = false
where organization_code in (
    select organization_code from marts.submission_compliance
    where period = '2023-12' and figures_expected > 0
    qualify row_number() over (order by organization_code) * 5 <= count(*) over () * 2
);
update marts.freshness set figures_received = (
    select sum(figures_received) from marts.submission_compliance where period = '2023-12'
);
update marts.indicator_progress set last_status = 'fine' where target_code = 'A01-03';
update marts.indicator_progress set months_behind = -1 where target_code = 'A02-03';
update marts.indicator_progress set is_owed = true where target_code = 'A02-04';
update marts.indicator_progress set judged_period = '2024-01' where target_code = 'A02-05';
update marts.indicator_progress set status = 'on_track' where (target_code, window_start) in (
    select (target_code, window_start) from marts.indicator_progress
    where status = 'met_so_far' and pace = 'level' order by all limit 1
);
update marts.indicator_monthly set is_reported = false, value = null
where indicator_code = 'GOV-001' and period = '2023-12';
update marts.indicator_monthly set covered_by = '2023-12'
where (indicator_code, area_code, period) in (
    select (indicator_code, area_code, period) from marts.indicator_monthly
    where indicator_code = 'EMP-004' and value is not null order by all limit 1
);
update marts.target_trend set month = '2022-12' where target_code = 'A03-01' and month = '2023-01';
update marts.organization_scorecard set lead_rank = 99 where lead_rank = 1;
update marts.organization_scorecard set judged_windows = judged_windows + 1 where organization_code = 'HRSS';
update marts.supervision_items set organization_code = 'NOBODY'
where item_code = (select min(item_code) from marts.supervision_items);
update marts.supervision_items set status = 'on_track'
where item_code = (select max(item_code) from marts.supervision_items where closed_period is null);
insert into marts.supervision_items
from marts.supervision_items where organization_code <> 'NOBODY' and status <> 'on_track' order by item_code limit 1;
