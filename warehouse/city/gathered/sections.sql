-- How many of one district's windows stand how, by section of its plan.
select
    commitments.section_zh,
    progress.status,
    progress.status_zh,
    progress.light,
    count(*) as windows
from marts.indicator_progress as progress
inner join marts.areas using (area_code)
inner join marts.commitments using (commitment_code)
where progress.in_force and areas.level = 'district' and progress.comparator <> 'evidence'
group by all
