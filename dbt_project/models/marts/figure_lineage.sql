with

requests as (
    select * from {{ ref('int_figure_requests') }}
),

contributions as (
    select * from {{ ref('int_contributions') }}
),

ancestors as (
    select * from {{ ref('int_area_ancestors') }}
),

submissions as (
    select * from {{ ref('stg_submissions') }}
),

indicator_numbers as (
    select * from {{ ref('int_indicator_numbers') }}
),

area_numbers as (
    select * from {{ ref('int_area_numbers') }}
),

numbered_requests as (
    select
        requests.*,
        indicator_numbers.indicator_number,
        indicator_numbers.aggregation in ('last', 'ratio_last') as is_level,
        area_numbers.area_number
    from requests
    inner join indicator_numbers using (indicator_code)
    inner join area_numbers using (area_code)
),

-- What adds up counts each month.
counted_flows as (
    select
        requests.* exclude (indicator_number, area_number, is_level),
        contributions.part_number,
        contributions.month
    from numbered_requests as requests
    inner join contributions
        on
            not requests.is_level
            and requests.indicator_number = contributions.indicator_number
            and requests.area_number = contributions.area_number
            and contributions.month between requests.first_month and requests.last_month
),

-- Of what stands each part's newest figure counts, or else the area's own where it is as new as any.
newest_levels as (
    select
        requests.* exclude (indicator_number, area_number, is_level),
        contributions.part_number,
        contributions.is_own,
        max(contributions.month) as month
    from numbered_requests as requests
    inner join contributions
        on
            requests.is_level
            and requests.indicator_number = contributions.indicator_number
            and requests.area_number = contributions.area_number
            and requests.last_month >= contributions.month
    where contributions.amount is not null
    group by all
),

counted_levels as (
    select * exclude (is_own)
    from newest_levels
    window
        of_request as (partition by target_code, window_month, role, indicator_code, first_month, last_month)
    qualify
        max(month) over of_request >= first_month
        and is_own = coalesce(max(month) filter (where is_own) over of_request = max(month) over of_request, false)
),

-- What was taken back is behind a figure too: it says why the figure is not another.
withdrawals as (
    select
        indicator_code,
        area_code,
        month
    from {{ ref('stg_statements') }}
    where kind = 'withdrawal'
),

-- Apart from those above: what is read once is not kept aside.
statements as (
    select * from {{ ref('stg_statements') }}
),

withdrawn as (
    select
        requests.* replace ('withdrawn' as role),
        ancestors.area_number as part_number,
        withdrawals.month
    from requests
    inner join ancestors on requests.area_code = ancestors.ancestor_code
    inner join withdrawals
        on
            requests.indicator_code = withdrawals.indicator_code
            and ancestors.area_code = withdrawals.area_code
            and withdrawals.month between requests.first_month and requests.last_month
),

used as (
    select distinct
        target_code,
        target_area_code,
        window_month,
        role,
        indicator_code,
        part_number,
        month
    from (
        select * from counted_flows
        union all
        select * from counted_levels
        union all
        select * from withdrawn
    ) as all_used
),

figure_rows as (
    select *
    from used
    where role = 'figure'
),

-- A row of the figure itself is not listed again as one of an earlier breach, or of what came late.
listed_once as (
    select *
    from used
    where role not in ('breach', 'late')
    union all
    select *
    from used
    anti join figure_rows using (target_code, window_month, indicator_code, part_number, month)
    where role in ('breach', 'late')
),

final as (
    select
        cast('{{ var("period") }}' as varchar) as period,
        listed_once.target_code,
        {{ month_text('listed_once.window_month') }} as window_start,
        listed_once.target_area_code as area_code,
        listed_once.role,
        listed_once.indicator_code,
        statements.area_code as reported_area_code,
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
    from listed_once
    inner join area_numbers on listed_once.part_number = area_numbers.area_number
    inner join statements
        on
            listed_once.indicator_code = statements.indicator_code
            and area_numbers.area_code = statements.area_code
            and listed_once.month = statements.month
    inner join submissions on statements.submission_id = submissions.submission_id
)

select * from final
order by target_code, window_start, role, indicator_code, reported_period, reported_area_code
