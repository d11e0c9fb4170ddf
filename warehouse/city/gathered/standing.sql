-- How the measurable windows in force of one district as a whole stand; shares of its subdistricts are not counted.
with

progress as (
    select indicator_progress.*
    from marts.indicator_progress
    inner join marts.areas using (area_code)
    where in_force and areas.level = 'district'
)

select {{ standing_counts('progress') }}
from progress
