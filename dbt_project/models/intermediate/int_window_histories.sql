-- Since when each window lags or is silent: what it was called when it was last reported, and for how many months in a
-- row, counted in the reports that were due.
with

statuses as (
    select
        target_code,
        first_month,
        edition_month,
        is_newest,
        is_report_month,
        months_each,
        status,
        status in ('behind', 'far_behind', 'lost', 'missed') as is_lagging,
        status in ('not_reported', 'overdue_unreported') as is_silent,
        status in ('not_reported', 'overdue_unreported', 'awaiting_source', 'not_started') as is_without_report
    from {{ ref('int_window_statuses') }}
),

last_known as (
    select
        target_code,
        first_month,
        arg_max(status, edition_month) filter (where not is_without_report) as last_status,
        max(edition_month) filter (where not is_without_report) as last_status_month
    from statuses
    group by all
),

-- Newest first: a run ends with the first month that is otherwise.
ended as (
    select
        target_code,
        first_month,
        max(edition_month) filter (where is_report_month and not is_silent) as last_spoken,
        max(edition_month) filter (where is_report_month and not is_silent and not is_lagging) as last_not_lagging,
        any_value(is_lagging or is_silent) filter (where is_newest) as is_open
    from statuses
    group by all
),

counted as (
    select
        statuses.target_code,
        statuses.first_month,
        any_value(statuses.months_each) * count(*) filter (
            where statuses.is_silent and statuses.edition_month > coalesce(ended.last_spoken, 0)
        ) as months_unreported,
        any_value(statuses.months_each) * count(*) filter (
            where statuses.is_lagging and ended.is_open and statuses.edition_month > coalesce(ended.last_not_lagging, 0)
        ) as months_behind
    from statuses
    inner join ended using (target_code, first_month)
    where statuses.is_report_month
    group by all
),

final as (
    select
        last_known.target_code,
        last_known.first_month,
        last_known.last_status,
        last_known.last_status_month,
        cast(coalesce(counted.months_behind, 0) as integer) as months_behind,
        cast(coalesce(counted.months_unreported, 0) as integer) as months_unreported
    from last_known
    left join counted using (target_code, first_month)
)

select * from final
