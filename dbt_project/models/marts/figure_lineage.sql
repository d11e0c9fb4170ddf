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

-- What was taken back is behind a figure too: it says why the figure is not another.
asked as (
    select * from requests
    union all
    select * replace ('withdrawn' as role) from requests
),

distinct_questions as (
    select distinct
        target_code,
        target_area_code,
        window_month,
        role,
        indicator_code
    from asked
),

-- One number for each question, in the order of the rows: what is behind it is counted and sorted by whole numbers.
questions as (
    select
        *,
        row_number() over (order by target_code, window_month, role, indicator_code, target_area_code) as question
    from distinct_questions
),

numbered_requests as (
    select
        questions.question,
        asked.role,
        asked.indicator_code,
        asked.area_code,
        asked.first_month,
        asked.last_month,
        indicator_numbers.indicator_number,
        indicator_numbers.aggregation in ('last', 'ratio_last') as is_level,
        area_numbers.area_number
    from asked
    inner join questions using (target_code, target_area_code, window_month, role, indicator_code)
    inner join indicator_numbers using (indicator_code)
    inner join area_numbers using (area_code)
),

figure_requests as (
    select *
    from numbered_requests
    where role <> 'withdrawn'
),

-- What adds up counts each month.
counted_flows as (
    select
        requests.question,
        contributions.part_number,
        contributions.month
    from figure_requests as requests
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
        requests.question,
        requests.first_month,
        requests.last_month,
        contributions.part_number,
        contributions.is_own,
        max(contributions.month) as month
    from figure_requests as requests
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
    select
        question,
        part_number,
        month
    from newest_levels
    window of_request as (partition by question, first_month, last_month)
    qualify
        max(month) over of_request >= first_month
        and is_own = coalesce(max(month) filter (where is_own) over of_request = max(month) over of_request, false)
),

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
        requests.question,
        ancestors.area_number as part_number,
        withdrawals.month
    from numbered_requests as requests
    inner join ancestors on requests.area_number = ancestors.ancestor_number
    inner join withdrawals
        on
            requests.role = 'withdrawn'
            and requests.indicator_code = withdrawals.indicator_code
            and ancestors.area_code = withdrawals.area_code
            and withdrawals.month between requests.first_month and requests.last_month
),

used as (
    select * from counted_flows
    union
    select * from counted_levels
    union
    select * from withdrawn
),

-- A row of the figure itself is not listed again as one of an earlier breach, or of what came late.
questions_of_figures as (
    select
        again.question,
        questions.question as figure_question
    from questions as again
    inner join questions
        on
            again.role in ('breach', 'late')
            and questions.role = 'figure'
            and again.target_code = questions.target_code
            and again.window_month = questions.window_month
            and again.indicator_code = questions.indicator_code
),

listed_before as (
    select
        questions_of_figures.question,
        used.part_number,
        used.month
    from questions_of_figures
    inner join used on questions_of_figures.figure_question = used.question
),

listed_once as (
    select used.*
    from used
    anti join listed_before using (question, part_number, month)
),

final as (
    select
        listed_once.question,
        listed_once.part_number,
        listed_once.month,
        cast('{{ var("period") }}' as varchar) as period,
        questions.target_code,
        {{ month_text('questions.window_month') }} as window_start,
        questions.target_area_code as area_code,
        questions.role,
        questions.indicator_code,
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
    inner join questions using (question)
    inner join area_numbers on listed_once.part_number = area_numbers.area_number
    inner join statements
        on
            questions.indicator_code = statements.indicator_code
            and area_numbers.area_code = statements.area_code
            and listed_once.month = statements.month
    inner join submissions on statements.submission_id = submissions.submission_id
)

select * exclude (question, part_number, month)
from final
order by question, month, part_number
