-- Of a quarterly or annual indicator only figures of due months count, openings, and those of a base period.
with months_due as (
    select
        rows.row_id,
        rows.period_text,
        rows.period,
        rows.indicator_code,
        case rows.frequency when 'quarterly' then 3 when 'annual' then 12 else 1 end as months_each,
        rows.frequency,
        month(cast(rows.period || '-01' as date)) - cast(settings.value as integer) + 13 as month_of_year
    from data_rows as rows
    semi join accepted_rows using (row_id)
    cross join plan.current_settings as settings
    where settings.key = 'year_starts' and rows.kind in ('figure', 'nil')
),

bases as (
    select
        sources.source_code as indicator_code,
        indicators.base_period
    from plan.indicator_sources as sources
    inner join plan.current_version using (plan_version)
    inner join plan.current_indicators as indicators using (indicator_code)
    where indicators.base_period is not null
)

select
    row_id,
    'period' as column_name,
    period as text,
    case frequency when 'quarterly' then '季度' else '年度' end as expected,
    frequency as actual
from months_due
where
    month_of_year % months_each <> 0
    and not exists (
        select 1
        from bases
        where
            months_due.indicator_code = bases.indicator_code
            and bases.base_period in (months_due.period, left(months_due.period, 4))
    )
