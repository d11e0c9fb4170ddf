with

requests as (
    select * from {{ ref('int_figure_requests') }}
),

contributions as (
    select * from {{ ref('int_contributions') }}
),

statements as (
    select * from {{ ref('stg_statements') }}
),

ancestors as (
    select * from {{ ref('int_area_ancestors') }}
),

submissions as (
    select * from {{ ref('stg_submissions') }}
),

within_reach as (
    select
        requests.*,
        contributions.part_code,
        contributions.is_own,
        contributions.month,
        contributions.aggregation in ('last', 'ratio_last') as is_level
    from requests
    inner join contributions
        on
            requests.indicator_code = contributions.indicator_code
            and requests.area_code = contributions.area_code
            and requests.last_month >= contributions.month
            and (contributions.aggregation in ('last', 'ratio_last') or requests.first_month <= contributions.month)
    where contributions.aggregation not in ('last', 'ratio_last') or contributions.amount is not null
),

measured as (
    select
        *,
        max(month) over of_request as newest_month,
        max(month) filter (where is_own) over of_request as newest_own_month,
        max(month) over of_request_and_part as part_newest_month
    from within_reach
    window
        of_request as (partition by target_code, window_month, role, indicator_code, first_month, last_month),
        of_request_and_part as (
            partition by target_code, window_month, role, indicator_code, first_month, last_month, part_code, is_own
        )
),

-- What adds up counts each month; of what stands, the area's own newest figure counts, or else each part's.
counted as (
    select *
    from measured
    where
        not is_level
        or (
            newest_month >= first_month
            and month = part_newest_month
            and is_own = coalesce(newest_own_month = newest_month, false)
        )
),

-- What was taken back is behind a figure too: it says why the figure is not another.
withdrawn as (
    select
        requests.* replace ('withdrawn' as role),
        statements.area_code as part_code,
        statements.month
    from requests
    inner join ancestors on requests.area_code = ancestors.ancestor_code
    inner join statements
        on
            requests.indicator_code = statements.indicator_code
            and ancestors.area_code = statements.area_code
            and statements.month between requests.first_month and requests.last_month
            and statements.kind = 'withdrawal'
),

used as (
    select
        target_code,
        target_area_code,
        window_month,
        role,
        indicator_code,
        part_code,
        month
    from counted
    union
    select
        target_code,
        target_area_code,
        window_month,
        role,
        indicator_code,
        part_code,
        month
    from withdrawn
),

figure_rows as (
    select *
    from used
    where role = 'figure'
),

-- A row of the figure itself is not listed again as one of an earlier breach, or of what came late.
told_once as (
    select *
    from used
    where
        role not in ('breach', 'late')
        or (target_code, window_month, indicator_code, part_code, month) not in (
            select (target_code, window_month, indicator_code, part_code, month)
            from figure_rows
        )
),

final as (
    select
        cast('{{ var("period") }}' as varchar) as period,
        told_once.target_code,
        {{ month_text('told_once.window_month') }} as window_start,
        told_once.target_area_code as area_code,
        told_once.role,
        told_once.indicator_code,
        told_once.part_code as reported_area_code,
        statements.period as reported_period,
        statements.kind,
        statements.value,
        statements.numerator,
        statements.denominator,
        statements.organization_code,
        statements.submission_id,
        submissions.file_name,
        submissions.sha256 as file_sha256,
        statements.sheet,
        statements.row_number,
        statements.recorded_at
    from told_once
    inner join statements
        on
            told_once.indicator_code = statements.indicator_code
            and told_once.part_code = statements.area_code
            and told_once.month = statements.month
    inner join submissions on statements.submission_id = submissions.submission_id
)

select * from final
order by target_code, window_start, role, indicator_code, reported_period, reported_area_code
