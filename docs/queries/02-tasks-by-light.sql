-- How does each section of the plan stand? Windows in force counted by light, evidence apart; never an average.
with

commitments as (from marts.commitment_progress),

final as (
    select
        section_zh,
        sum(windows) as windows,
        sum(green) as green,
        sum(yellow) as yellow,
        sum(red) as red,
        sum(grey) as grey,
        sum(owed) as owed,
        sum(evidence_items) as evidence_items
    from commitments
    where kind = 'task'
    group by section_zh
)

from final
order by red desc, section_zh
