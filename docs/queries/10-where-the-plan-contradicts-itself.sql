-- Where does the plan say two things of one matter? The target that gave way beside the one that is in force.
with

targets as (from marts.targets),

final as (
    select
        replaced.target_code,
        replaced.quote_zh,
        replaced.superseded_by,
        replacing.quote_zh as quote_in_force_zh,
        replaced.note_zh
    from targets as replaced
    inner join targets as replacing on replaced.superseded_by = replacing.target_code
)

from final
order by target_code
