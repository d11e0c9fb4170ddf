-- How many of one district's windows stand how, by section of its plan; `place` is the section's in the plan's order of
-- goals, tasks, annex items and safeguards.
with places as (
    select
        section_zh,
        min(concat(list_position(['G', 'T', 'A', 'S'], left(commitment_code, 1)), commitment_code)) as place
    from marts.commitments
    group by section_zh
)

select
    commitments.section_zh,
    places.place,
    progress.status,
    progress.status_zh,
    progress.light,
    count(*) as windows
from marts.indicator_progress as progress
inner join marts.areas using (area_code)
inner join marts.commitments using (commitment_code)
inner join places using (section_zh)
where progress.in_force and areas.level = 'district' and progress.comparator <> 'evidence'
group by all
