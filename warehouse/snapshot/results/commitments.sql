-- Each goal, task and annex item with its words, as its worst target stands, in the plan's order.
with

commitment_progress as (from marts.commitment_progress),

commitments as (from marts.commitments),

final as (
    select
        commitment_progress.*,
        commitments.text_zh
    from commitment_progress
    inner join commitments using (commitment_code)
)

from final
order by case kind when 'goal' then 0 when 'task' then 1 else 2 end, commitment_code
