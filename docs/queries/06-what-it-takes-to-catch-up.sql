-- What must each remaining month bring, beside what a month brought so far?
with

progress as (from marts.indicator_progress),

months as (from marts.indicator_monthly),

usual as (
    select
        indicator_code,
        area_code,
        avg(value) as usual_monthly
    from months
    where value is not null and not contains(report_kinds, 'opening')
    group by indicator_code, area_code
),

final as (
    select
        progress.commitment_code,
        progress.indicator_name,
        progress.window_end,
        progress.target_value,
        progress.actual_value,
        round(usual.usual_monthly, 2) as usual_monthly,
        round(progress.required_monthly, 2) as required_monthly,
        progress.unit
    from progress
    inner join marts.indicators as indicators using (indicator_code)
    left join usual on progress.indicator_code = usual.indicator_code and progress.area_code = usual.area_code
    where
        progress.in_force
        and progress.comparator <> 'evidence'
        and progress.required_monthly > 0
        and indicators.aggregation = 'sum'
)

from final
order by required_monthly / nullif(usual_monthly, 0) desc nulls first, commitment_code, indicator_name, window_end
