with

requests as (
    select * from {{ ref('int_figure_requests') }}
),

contributions as (
    select * from {{ ref('int_contributions') }}
),

observations as (
    select * from {{ ref('int_valid_observations') }}
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

final as (
    select distinct
        cast('{{ var("period") }}' as varchar) as period,
        counted.target_code,
        {{ month_text('counted.window_month') }} as window_start,
        counted.target_area_code as area_code,
        counted.role,
        counted.indicator_code,
        counted.part_code as reported_area_code,
        observations.period as reported_period,
        observations.kind,
        observations.value,
        observations.numerator,
        observations.denominator,
        observations.organization_code,
        observations.submission_id,
        submissions.file_name,
        submissions.sha256 as file_sha256,
        observations.sheet,
        observations.row_number,
        observations.recorded_at
    from counted
    inner join observations
        on
            counted.indicator_code = observations.indicator_code
            and counted.part_code = observations.area_code
            and counted.month = observations.month
    inner join submissions on observations.submission_id = submissions.submission_id
)

select * from final
order by target_code, window_start, role, indicator_code, reported_period, reported_area_code
