{# One sentence of Chinese that says why the status is what it is, in the words of the seeds `comparators` and `units`. #}
{% macro progress_note(shown, indicators) -%}
    {%- set is_paced = shown ~ ".status in ('on_track', 'behind', 'far_behind')" -%}
    (
        select concat(
            {{ how_it_was_reported(shown) }},
            case
                when {{ shown }}.actual_value is null or {{ shown }}.status = 'not_started' then ''
                else concat(
                    case
                        when {{ shown }}.status not in ('not_reported', 'awaiting_source') then ''
                        when {{ shown }}.status <> 'awaiting_source' and {{ shown }}.reported_through = {{ shown }}.noted_month then '，'
                        else '；截至' || {{ month_zh(shown ~ '.reported_through') }}
                    end,
                    if({{ indicators }}.aggregation = 'sum', '累计', '为'),
                    {{ said('actual') }}
                )
            end,
            case {{ shown }}.status
                when 'no_baseline' then if({{ shown }}.actual_value is null, '', '；缺基期数据，暂不能评价')
                when 'exceeded' then concat('，', if(said.is_cap, '优于目标', '超过目标'), '（', {{ said('goal') }}, '）', {{ said('off') }})
                when 'achieved' then '，已达到目标'
                when 'achieved_late'
                    then concat('，期末未达到目标', {{ said('goal') }}, '；期满后完成，现为', {{ said('late') }})
                when 'met_so_far' then '，目前达标，期末定论'
                when 'lost' then concat('，', {{ what_was_lost(shown, indicators) }}, '，本考核期已无法达标')
                when 'missed'
                    then concat(
                        '，期限已过，',
                        if({{ shown }}.is_met and {{ shown }}.is_lost, {{ what_was_lost(shown, indicators) }}, {{ what_was_missed(shown) }})
                    )
                when 'in_progress'
                    then case
                        when {{ shown }}.comparator = 'evidence' then '，' || said.required_zh
                        when {{ shown }}.expects_nothing_yet then '，尚未到完成节点'
                        when {{ shown }}.is_level_on_its_way and {{ shown }}.start_value is null
                            then '，缺基期数据，未设序时线'
                        else '，未设序时线'
                    end
                else case
                    when not {{ is_paced }} or {{ shown }}.expected_value is null then ''
                    else '，' || {{ held_against_its_line(shown, indicators) }}
                end
            end,
            {{ what_is_missing(shown) }}
        )
        from (
            select
                worded.*,
                {{ amounts_of(shown, is_paced) }} as amounts
            from (
                -- A unit that is not in the vocabulary is written as it is.
                select
                    if(count(*) = 0, {{ indicators }}.unit, coalesce(max(units.written_zh), '')) as unit_zh,
                    if(count(*) = 0, {{ indicators }}.unit, coalesce(max(units.difference_zh), '')) as difference_zh,
                    coalesce(max(units.wan_from), 1e18) as wan_from,
                    coalesce(max(units.yi_from), 1e18) as yi_from,
                    {{ indicators }}.decimals as decimals
                from {{ ref('units') }} as units
                where units.unit = {{ indicators }}.unit
            ) as measured
            cross join {{ ref('comparators') }} as worded
            where worded.comparator = {{ shown }}.comparator
        ) as said
    )
{%- endmacro %}

{# The places of the amounts that a note speaks of. #}
{% macro said(name) -%}
    said.amounts[{{ ['actual', 'goal', 'expected', 'gap', 'off', 'late', 'upper'].index(name) + 1 }}]
{%- endmacro %}

{# Each amount with its unit: in 万 or 亿 where it is large, else with the decimals of its indicator or two; with as many
   as tell the two figures apart that it stands beside. #}
{% macro amounts_of(shown, is_paced) -%}
    {%- set actual = shown ~ '.actual_value' -%}
    {%- set goal = shown ~ '.goal' -%}
    {%- set expected = shown ~ '.expected_value' -%}
    list_transform(
        list_transform(
            [
                {{ amount(actual, actual, 'if(' ~ is_paced ~ ', ' ~ expected ~ ', ' ~ goal ~ ')', 'unit_zh') }},
                {{ amount(goal, goal, actual, 'unit_zh') }},
                {{ amount(expected, expected, actual, 'unit_zh') }},
                {{ amount('abs(' ~ actual ~ ' - ' ~ expected ~ ')', actual, expected, 'difference_zh') }},
                {{ amount('abs(' ~ actual ~ ' - ' ~ goal ~ ')', actual, goal, 'difference_zh') }},
                {{ amount(shown ~ '.late_value', shown ~ '.late_value', 'null', 'unit_zh') }},
                {{ amount(shown ~ '.upper_bound', shown ~ '.upper_bound', actual, 'unit_zh') }}
            ],
            lambda one: {
                'figure': cast(one.figure * one.scale as decimal(38, 14)),
                'one': cast(one.one * one.scale as decimal(38, 14)),
                'other': cast(one.other * one.scale as decimal(38, 14)),
                'places': if(one.scale = 1, one.places, 0),
                'unit': case one.scale when 0.0001 then '万' when 0.00000001 then '亿' else '' end || one.unit
            }
        ),
        lambda one: case
            {% for digits in [2, 3, 4, 5] -%}
            when
                one.places <= {{ digits }}
                and (
                    one.one is not distinct from one.other
                    or round(one.one, {{ digits }}) is distinct from round(one.other, {{ digits }})
                )
                then {{ marked('one.figure', digits) }}
            {% endfor -%}
            else {{ marked('one.figure', 6) }}
        end || one.unit
    )
{%- endmacro %}

{# A figure, the two that must not look equal in the sentence, its unit, and what it is multiplied with to be written. #}
{% macro amount(figure, one, other, unit) -%}
    {
        'figure': cast({{ figure }} as decimal(24, 6)),
        'one': cast({{ one }} as decimal(24, 6)),
        'other': cast({{ other }} as decimal(24, 6)),
        'unit': measured.{{ unit }},
        'places': measured.decimals,
        'scale': cast(case
            when abs({{ figure }}) >= measured.yi_from and coalesce(abs(nullif({{ one }} - {{ other }}, 0)), 1e9) >= 1000
                then 0.00000001
            when abs({{ figure }}) >= measured.wan_from and coalesce(abs(nullif({{ one }} - {{ other }}, 0)), 1e9) >= 0.1
                then 0.0001
            else 1
        end as decimal(9, 8))
    }
{%- endmacro %}

{# A figure as people write it: marks for thousands, no zeros behind its last digit, a minus that is one. #}
{% macro marked(figure, digits) -%}
    concat(
        if(round({{ figure }}, {{ digits }}) < 0, '−', ''),
        format('{:,}', cast(trunc(abs(round({{ figure }}, {{ digits }}))) as bigint)),
        rtrim(regexp_extract(cast(round({{ figure }}, {{ digits }}) as varchar), '\.\d+$'), '0.')
    )
{%- endmacro %}

{# What came, and by when. #}
{% macro how_it_was_reported(shown) -%}
    case {{ shown }}.status
        when 'not_started' then '尚未到报送期'
        when 'awaiting_source' then '数据尚待发布'
        else concat(
            '截至',
            if(
                {{ shown }}.status = 'no_baseline' and {{ shown }}.actual_value is not null,
                {{ month_zh(shown ~ '.reported_through') }},
                {{ month_zh(shown ~ '.noted_month') }}
            ),
            case {{ shown }}.status
                when 'not_applicable' then '无适用对象，不参与评价'
                when 'no_baseline' then if({{ shown }}.actual_value is null, '缺基期数据，暂不能计算', '')
                when 'overdue_unreported' then '，期限已过，从未报送'
                when 'not_reported'
                    then if(
                        coalesce({{ shown }}.newest_is_missing, false) or {{ shown }}.reported_through is null,
                        '未报',
                        '报送不全'
                    )
                else ''
            end
        )
    end
{%- endmacro %}

{# Which months and which areas are missing. #}
{% macro what_is_missing(shown) -%}
    case
        when coalesce(len({{ shown }}.missing_months), 0) = 0
            or {{ shown }}.status in ('not_started', 'not_applicable', 'awaiting_source') then ''
        else concat(
            '（未报', array_to_string(list_transform({{ shown }}.missing_months[-3:], lambda month: {{ month_text('month') }}), '、'),
            if(len({{ shown }}.missing_months) > 3, concat('等', len({{ shown }}.missing_months), '个月'), ''), '）'
        )
    end,
    case
        when coalesce(len({{ shown }}.missing_parts), 0) = 0 or {{ shown }}.status = 'not_applicable' then ''
        else concat(
            '（部分未报：应报', {{ shown }}.parts_due, '份，实报', {{ shown }}.parts_reported, '份，缺',
            array_to_string({{ shown }}.missing_parts[:3], '、'),
            if(len({{ shown }}.missing_parts) > 3, concat('等', len({{ shown }}.missing_parts), '个地区'), ''), '）'
        )
    end
{%- endmacro %}

{# How a window was lost. What adds up stays broken at every later report, so these are not counted. #}
{% macro what_was_lost(shown, indicators) -%}
    concat(
        if({{ shown }}.is_met, '期内曾不达标', {{ what_was_missed(shown) }}),
        if({{ indicators }}.aggregation not in ('sum', 'ratio') and {{ shown }}.breaches > 1, concat('（共', {{ shown }}.breaches, '次）'), '')
    )
{%- endmacro %}

{# What was not held; of what was never reported nobody knows more than that. #}
{% macro what_was_missed(shown) -%}
    case
        when {{ shown }}.actual_value is null then '未达到目标' || coalesce({{ said('goal') }}, '')
        when {{ shown }}.comparator in ('between', 'about') and {{ shown }}.actual_value > {{ shown }}.upper_bound
            then '超出目标' || {{ said('upper') }}
        else replace(said.missed_zh, '{}', coalesce({{ said('goal') }}, ''))
    end
{%- endmacro %}

{# The figure beside what was to be there by now: a line, a cap, or the year before. #}
{% macro held_against_its_line(shown, indicators) -%}
    {#- On its way to a strict bound a figure may lie on its line; at the bound it may not. -#}
    {%- set is_strictly_bound -%}
        ({{ shown }}.comparator in ('above', 'below') and {{ shown }}.expected_value = {{ shown }}.goal)
    {%- endset -%}
    if({{ shown }}.pace = 'profile' and {{ shown }}.expected_value = 0, '尚未到完成节点', concat(
        case
            when {{ is_strictly_bound }} then replace(said.must_zh, '{}', {{ said('expected') }})
            when {{ indicators }}.aggregation = 'sum' then said.line_of_sum_zh || {{ said('expected') }}
            else said.line_zh || {{ said('expected') }}
        end,
        case
            when {{ shown }}.actual_value = {{ shown }}.expected_value
                then if({{ shown }}.comparator in ('declines', 'rises') or {{ is_strictly_bound }}, '，持平', '，与序时进度持平')
            when {{ shown }}.actual_value < {{ shown }}.expected_value then concat('，', said.below_zh, {{ said('gap') }})
            else concat('，', said.above_zh, {{ said('gap') }})
        end
    ))
{%- endmacro %}

{% macro month_zh(month) -%}
    printf('%d年%d月', {{ month }} // 12, {{ month }} % 12 + 1)
{%- endmacro %}
