-- Promise 5: the folder says who submits, and only the plan says whose an indicator is. An area with a list of reporters
-- is reported by the one of the month; one that took over later may correct what was reported before.
with

rows_of_others as (
    select *
    from data_rows
    where not is_derived and owner_code is distinct from organization_code
),

rows_with_reporters as (
    select
        data_rows.row_id,
        bool_or(
            reporters.organization_code = data_rows.organization_code
            and coalesce(reporters.to_period >= data_rows.period, true)
        ) as is_reporter
    from data_rows
    inner join reporters
        on
            data_rows.indicator_code = reporters.indicator_code
            and (data_rows.area_code = reporters.area_code or data_rows.area_level is null)
    group by data_rows.row_id
),

refused_rows as (
    select row_id
    from rows_of_others
    anti join rows_with_reporters using (row_id)
    union all
    select row_id
    from rows_with_reporters
    where not is_reporter
)

select
    data_rows.row_id,
    'indicator_code' as column_name,
    data_rows.indicator_code as text,
    null as expected,
    null as actual
from data_rows
semi join refused_rows using (row_id)
