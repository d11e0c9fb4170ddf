with

supervision_months as (
    select * from {{ ref('int_supervision_months') }}
),

explanations as (
    select * from {{ ref('int_window_explanations') }}
),

decisions as (
    select * from {{ ref('stg_supervision_decisions') }}
),

rules as (
    select * from {{ ref('stg_supervision_rules') }}
),

newest as (
    select * from {{ ref('int_window_statuses') }}
    where is_newest
),

statuses as (
    select * from {{ ref('statuses') }}
),

indicators as (
    select * from {{ ref('stg_indicators') }}
),

areas as (
    select * from {{ ref('stg_areas') }}
),

organizations as (
    select * from {{ ref('stg_organizations') }}
),

reporters as (
    select
        indicator_code,
        area_code,
        arg_max(organization_code, period) as organization_code
    from {{ ref('stg_figures_due') }}
    group by all
),

source_reporters as (
    select
        sources.target_code,
        sources.first_month,
        min(indicators.organization_code) as organization_code
    from {{ ref('int_window_sources') }} as sources
    inner join indicators using (indicator_code)
    group by all
),

leads as (
    select
        commitment_code,
        list(organization_code order by organization_code) as organization_codes
    from {{ ref('stg_commitment_organizations') }}
    where role = 'lead'
    group by all
),

opened as (
    select
        target_code,
        first_month,
        run,
        min(edition_month) filter (where level is not null) as opened_month,
        min(edition_month) filter (where supervision = 'opens') as began_month,
        max(edition_month) filter (where supervision = 'ends') as ended_month,
        max(decided_month) as decided_month,
        max(months_in_row) as months_in_row,
        max(level) as rule_level,
        arg_max(status, edition_month) as last_status
    from supervision_months
    group by all
    having opened_month is not null
),

items as (
    select
        * exclude (decided_month),
        concat(target_code, '-', {{ month_text('opened_month') }}) as item_code,
        coalesce(decided_month, ended_month) as closed_month,
        case when decided_month is not null then 'decision' when ended_month is not null then 'figure' end as closed_by
    from opened
),

-- Who answers: who reports the figure, where that is a lead; else the first lead; else who reports it.
answering as (
    select
        items.item_code,
        case
            when list_contains(leads.organization_codes, reporters.organization_code) then reporters.organization_code
            else coalesce(
                leads.organization_codes[1], reporters.organization_code, source_reporters.organization_code
            )
        end as organization_code
    from items
    inner join newest using (target_code, first_month)
    left join leads on newest.commitment_code = leads.commitment_code
    left join reporters on newest.indicator_code = reporters.indicator_code and newest.area_code = reporters.area_code
    left join source_reporters
        on items.target_code = source_reporters.target_code and items.first_month = source_reporters.first_month
),

decided as (
    select
        item_code,
        count(*) filter (where verdict = 'escalated') as escalations,
        arg_max(until_day, decided_at) filter (where verdict = 'extended') as extended_to,
        arg_max(decided_by, decided_at) filter (where verdict in ('verified', 'closed')) as verified_by,
        arg_max(verdict, decided_at) as last_decision,
        arg_max(note, decided_at) as decision_note
    from decisions
    group by all
),

explained as (
    select
        items.item_code,
        arg_max(explanations.reason, explanations.edition_month) as reason,
        arg_max(explanations.measure, explanations.edition_month) as measure,
        arg_max(explanations.promised_on, explanations.edition_month) as promised_on,
        arg_max(explanations.responsible, explanations.edition_month) as responsible,
        arg_max(explanations.contact, explanations.edition_month) as contact,
        max(explanations.edition_month) as explained_month
    from items
    inner join explanations
        on
            items.target_code = explanations.target_code
            and items.first_month = explanations.first_month
            and explanations.edition_month between items.began_month and coalesce(items.closed_month, {{ the_month() }})
    group by all
),

levels as (
    select
        level,
        any_value(level_name_zh) as level_name_zh,
        any_value(light) as light,
        row_number() over (order by level) as place
    from rules
    group by level
),

-- A person's escalation goes to the next level that the rules have.
placed as (
    select
        items.item_code,
        least(
            levels.place + coalesce(decided.escalations, 0),
            (select max(all_levels.place) from levels as all_levels)
        ) as place
    from items
    inner join levels on items.rule_level = levels.level
    left join decided using (item_code)
),

demands as (
    select
        level,
        coalesce(max(demand_zh) filter (where status = 'far_behind'), max(demand_zh)) as demand_zh
    from rules
    group by level
),

final as (
    select
        cast('{{ var("period") }}' as varchar) as period,
        items.item_code,
        items.target_code,
        {{ month_text('items.first_month') }} as window_start,
        newest.area_code,
        areas.name_zh as area_name,
        newest.indicator_code,
        indicators.name_zh as indicator_name,
        newest.commitment_code,
        answering.organization_code,
        {{ month_text('items.began_month') }} as began_period,
        {{ month_text('items.opened_month') }} as opened_period,
        levels.level,
        levels.level_name_zh,
        levels.light,
        items.months_in_row,
        if(items.closed_month is null, newest.status, items.last_status) as status,
        if(
            newest.comparator in ('at_most', 'below', 'zero', 'declines'),
            coalesce(statuses.cap_zh, statuses.status_zh),
            statuses.status_zh
        ) as status_zh,
        coalesce(own_rules.demand_zh, demands.demand_zh) as demand_zh,
        explained.reason,
        explained.measure,
        explained.promised_on,
        decided.extended_to,
        coalesce(explained.responsible, organizations.responsible) as responsible,
        coalesce(explained.contact, organizations.contact) as contact,
        organizations.leader,
        {{ month_text('explained.explained_month') }} as explained_period,
        {{ month_text('items.closed_month') }} as closed_period,
        items.closed_by,
        decided.last_decision,
        decided.decision_note,
        decided.verified_by
    from items
    inner join newest using (target_code, first_month)
    inner join placed using (item_code)
    inner join levels using (place)
    inner join demands using (level)
    inner join indicators using (indicator_code)
    inner join statuses on if(items.closed_month is null, newest.status, items.last_status) = statuses.status
    left join rules as own_rules on levels.level = own_rules.level and items.last_status = own_rules.status
    left join areas on newest.area_code = areas.area_code
    left join answering using (item_code)
    left join explained using (item_code)
    left join decided using (item_code)
    left join organizations on answering.organization_code = organizations.organization_code
)

select * from final
order by item_code
