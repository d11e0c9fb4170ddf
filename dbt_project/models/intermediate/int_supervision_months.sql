-- Each window at each month for which a report was due: for how many months in a row it has lagged or been silent, and
-- which level of supervision that calls for. A run ends with a month that is otherwise, or with a person's decision.
with

standings as (
    select
        target_code,
        first_month,
        edition_month,
        months_each,
        status
    from {{ ref('int_window_statuses') }}
    where is_report_month and in_force
),

statuses as (
    select
        status,
        supervision
    from {{ ref('statuses') }}
),

rules as (
    select * from {{ ref('stg_supervision_rules') }}
),

decisions as (
    select * from {{ ref('stg_supervision_decisions') }}
),

called as (
    select
        standings.*,
        statuses.supervision,
        lead(standings.edition_month) over (
            partition by standings.target_code, standings.first_month order by standings.edition_month
        ) as next_month
    from standings
    inner join statuses using (status)
),

-- The first decision that closes an item, where its figure had not done so before.
closing as (
    select
        called.target_code,
        called.first_month,
        called.edition_month as opened_month,
        min(decisions.month) as closed_month
    from decisions
    inner join called
        on
            decisions.target_code = called.target_code
            and decisions.opened_month = called.edition_month
    where decisions.verdict in ('verified', 'closed')
    group by all
),

closed as (
    select closing.*
    from closing
    anti join called
        on
            closing.target_code = called.target_code
            and closing.first_month = called.first_month
            and called.supervision = 'ends'
            and closing.opened_month < called.edition_month
            and closing.closed_month >= called.edition_month
),

decided as (
    select
        called.*,
        closed.closed_month as decided_month
    from called
    left join closed
        on
            called.target_code = closed.target_code
            and called.first_month = closed.first_month
            and called.edition_month <= closed.closed_month
            and (called.next_month is null or called.next_month > closed.closed_month)
),

runs as (
    select
        * exclude (next_month),
        coalesce(
            count(*) filter (where supervision = 'ends' or decided_month is not null) over (
                partition by target_code, first_month
                order by edition_month
                rows between unbounded preceding and 1 preceding
            ),
            0
        ) as run
    from decided
),

counted as (
    select
        *,
        cast(
            months_each * count(*) filter (where supervision = 'opens') over (
                partition by target_code, first_month, run order by edition_month
            ) as integer
        ) as months_in_row
    from runs
),

levels as (
    select
        counted.target_code,
        counted.first_month,
        counted.edition_month,
        max(rules.level) as level
    from counted
    inner join rules
        on
            counted.status = rules.status
            and counted.months_in_row >= rules.months_in_row
            and coalesce(rules.from_month, 1)
            <= counted.edition_month - {{ year_start_of('counted.edition_month') }} + 1
    where counted.supervision = 'opens'
    group by all
),

final as (
    select
        counted.* exclude (months_each),
        levels.level
    from counted
    left join levels using (target_code, first_month, edition_month)
)

select * from final
