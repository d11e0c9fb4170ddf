-- The months at which each window is looked at: the month of the build, and before it each month for which a report was
-- due. What others publish later is looked at later: the edition of a month shows the figure of `judged_month`.
with

windows as (
    select * from {{ ref('int_target_windows') }}
),

months_of_editions as (
    select
        *,
        unnest(range(first_month, least({{ the_month() }}, last_month + lag_months) + 1)) as edition_month
    from windows
),

months_with_reports as (
    select
        target_code,
        first_month,
        edition_month
    from months_of_editions
    where
        edition_month - lag_months between first_month and last_month
        and {{ ends_a_report('edition_month - lag_months', 'months_each') }}
),

this_month as (
    select
        target_code,
        first_month,
        {{ the_month() }} as edition_month
    from windows
),

looked_at as (
    select
        *,
        true as is_report_month
    from months_with_reports
    union all
    select
        *,
        false as is_report_month
    from this_month
    anti join months_with_reports using (target_code, first_month, edition_month)
),

final as (
    select
        looked_at.*,
        looked_at.edition_month = {{ the_month() }} as is_newest,
        {{ judged_month(
            'windows.last_month', '(looked_at.edition_month - windows.lag_months)', 'windows.months_each'
        ) }} as judged_month,
        windows.last_month <= looked_at.edition_month as is_closed
    from looked_at
    inner join windows using (target_code, first_month)
)

select * from final
