-- What was said of each window, month by month: of all figures that it rests on, of its area and the parts of it.
with

explanations as (
    select * from {{ ref('stg_explanations') }}
),

sources as (
    select * from {{ ref('int_window_sources') }}
),

windows as (
    select * from {{ ref('int_target_windows') }}
),

ancestors as (
    select * from {{ ref('int_area_ancestors') }}
),

-- Of what was said of one figure several times, the newest.
newest as (
    select
        indicator_code,
        area_code,
        month,
        arg_max(reason, (sequence, sheet, row_number)) filter (where reason is not null) as reason,
        arg_max(measure, (sequence, sheet, row_number)) filter (where measure is not null) as measure,
        arg_max(promised_on, (sequence, sheet, row_number)) filter (where promised_on is not null) as promised_on,
        arg_max(responsible, (sequence, sheet, row_number)) filter (where responsible is not null) as responsible,
        arg_max(contact, (sequence, sheet, row_number)) filter (where contact is not null) as contact
    from explanations
    group by all
),

final as (
    select
        sources.target_code,
        sources.first_month,
        newest.month + windows.lag_months as edition_month,
        string_agg(distinct newest.reason, '；' order by newest.reason) as reason,
        string_agg(distinct newest.measure, '；' order by newest.measure) as measure,
        max(newest.promised_on) as promised_on,
        string_agg(distinct newest.responsible, '；' order by newest.responsible) as responsible,
        string_agg(distinct newest.contact, '；' order by newest.contact) as contact
    from sources
    inner join windows
        on sources.target_code = windows.target_code and sources.first_month = windows.first_month
    inner join newest on sources.indicator_code = newest.indicator_code
    inner join ancestors
        on newest.area_code = ancestors.area_code and sources.area_code = ancestors.ancestor_code
    group by all
)

select * from final
