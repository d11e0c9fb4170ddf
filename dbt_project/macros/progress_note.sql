{# One sentence of Chinese that says why the status is what it is. #}
{% macro progress_note(shown, indicators) -%}
    {%- set unit = indicators ~ '.unit' -%}
    {%- set goal = plain_beside(shown ~ '.goal', shown ~ '.actual_value') -%}
    {%- set is_paced = shown ~ ".status in ('on_track', 'behind', 'far_behind')" -%}
    concat(
        '截至' || {{ month_zh(shown ~ '.noted_month') }},
        case {{ shown }}.status
            when 'not_started' then '尚未到报送期'
            when 'awaiting_source' then '数据尚待发布'
            when 'not_applicable' then '无适用对象，不参与评价'
            when 'no_baseline' then '缺基期数据，暂不能计算'
            when 'overdue_unreported' then '期限已过，从未报送'
            when 'not_reported'
                then if(coalesce({{ shown }}.newest_is_missing, false) or {{ shown }}.reported_through is null, '未报', '报送不全')
            else ''
        end,
        case
            when {{ shown }}.actual_value is null then ''
            else concat(
                if(
                    {{ shown }}.status in ('not_reported', 'awaiting_source', 'no_baseline'),
                    '；截至' || {{ month_zh(shown ~ '.reported_through') }},
                    ''
                ),
                if({{ indicators }}.aggregation = 'sum', '累计', '为'),
                if(
                    {{ is_paced }},
                    {{ plain_beside(shown ~ '.actual_value', shown ~ '.expected_value') }},
                    {{ plain_beside(shown ~ '.actual_value', shown ~ '.goal') }}
                ),
                {{ unit }}
            )
        end,
        case {{ shown }}.status
            when 'exceeded'
                then concat(
                    if({{ shown }}.comparator in ('at_most', 'below'), '，优于目标', '，超过目标'), {{ goal }}, {{ unit }}
                )
            when 'achieved' then '，已达到目标'
            when 'achieved_late'
                then concat(
                    '，期末未达到目标', {{ goal }}, {{ unit }},
                    '；逾期后升至', {{ plain(shown ~ '.late_value') }}, {{ unit }}
                )
            when 'met_so_far' then '，目前达标，期末定论'
            when 'lost'
                then concat('，', {{ what_was_lost(shown, indicators, goal, unit) }}, '，本考核期已无法达标')
            when 'missed'
                then concat(
                    '，期限已过，',
                    if(
                        {{ shown }}.is_met and {{ shown }}.is_lost,
                        {{ what_was_lost(shown, indicators, goal, unit) }},
                        {{ what_was_missed(shown, goal, unit) }}
                    )
                )
            when 'in_progress'
                then case
                    when {{ shown }}.expects_nothing_yet then '，尚未到完成节点'
                    when {{ shown }}.is_level_on_its_way and {{ shown }}.start_value is null
                        then '，缺基期数据，未设序时线'
                    else '，未设序时线'
                end
            else case
                when not {{ is_paced }} or {{ shown }}.expected_value is null then ''
                else '，' || {{ held_against_its_line(shown, unit) }}
            end
        end,
        case
            when coalesce(len({{ shown }}.missing_months), 0) = 0 or {{ shown }}.status in ('not_started', 'not_applicable', 'awaiting_source') then ''
            else concat(
                '（缺报',
                array_to_string(list_transform({{ shown }}.missing_months[-3:], lambda month: {{ month_text('month') }}), '、'),
                if(len({{ shown }}.missing_months) > 3, concat('等', len({{ shown }}.missing_months), '个月'), ''),
                '）'
            )
        end,
        case
            when coalesce(len({{ shown }}.missing_parts), 0) = 0 or {{ shown }}.status = 'not_applicable' then ''
            else concat(
                '（部分未报：应报', {{ shown }}.parts_due, '份，实报', {{ shown }}.parts_reported, '份，缺',
                array_to_string({{ shown }}.missing_parts[:3], '、'),
                if(len({{ shown }}.missing_parts) > 3, concat('等', len({{ shown }}.missing_parts), '个地区'), ''),
                '）'
            )
        end
    )
{%- endmacro %}

{# How a window was lost. A running total that broke is broken at every later month too, so its months are not counted. #}
{% macro what_was_lost(shown, indicators, goal, unit) -%}
    case
        when {{ shown }}.is_capped_sum and not {{ shown }}.is_met then {{ what_was_missed(shown, goal, unit) }}
        else concat('已有', {{ shown }}.breaches, '次不达标')
    end
{%- endmacro %}

{# What a closed window did not do; of what was never reported nobody knows more than that. #}
{% macro what_was_missed(shown, goal, unit) -%}
    coalesce(
        case
            when {{ shown }}.actual_value is null then null
            when {{ shown }}.comparator = 'at_most' then '超出上限'
            when {{ shown }}.comparator = 'above' then '应高于'
            when {{ shown }}.comparator = 'below' then '应低于'
            when {{ shown }}.comparator = 'zero' then '应为'
            when {{ shown }}.comparator = 'declines' then '未低于上年同期的'
            when {{ shown }}.comparator = 'rises' then '未高于上年同期的'
        end,
        '未达到目标'
    ) || coalesce({{ goal }} || {{ unit }}, '')
{%- endmacro %}

{# The figure beside what was to be there by now: a line, a cap, or the year before. #}
{% macro held_against_its_line(shown, unit) -%}
    {%- set gap = 'abs(' ~ shown ~ '.actual_value - ' ~ shown ~ '.expected_value)' -%}
    {#- On its way to a strict bound a figure may lie on its line; at the bound it may not. -#}
    {%- set is_strictly_bound -%}
        ({{ shown }}.comparator in ('above', 'below') and {{ shown }}.expected_value = {{ shown }}.goal)
    {%- endset -%}
    concat(
        case
            when {{ shown }}.comparator in ('declines', 'rises') then '上年同期'
            when {{ is_strictly_bound }} and {{ shown }}.comparator = 'above' then '应高于'
            when {{ is_strictly_bound }} then '应低于'
            when {{ shown }}.comparator in ('at_most', 'below', 'zero') then '应不高于'
            else '应完成'
        end,
        {{ plain_beside(shown ~ '.expected_value', shown ~ '.actual_value') }},
        {{ unit }},
        case
            when {{ shown }}.actual_value = {{ shown }}.expected_value
                then if({{ shown }}.comparator in ('declines', 'rises') or {{ is_strictly_bound }}, '，持平', '，与序时持平')
            when {{ shown }}.actual_value < {{ shown }}.expected_value
                then if({{ shown }}.comparator in ('at_most', 'below', 'zero', 'declines', 'rises'), '，低', '，差')
            when {{ shown }}.comparator in ('declines', 'rises') then '，高'
            else '，超出'
        end,
        if(
            {{ shown }}.actual_value = {{ shown }}.expected_value,
            '',
            if({{ gap }} < 0.01, {{ plain(gap, 6) }}, {{ plain(gap) }}) || {{ unit }}
        )
    )
{%- endmacro %}

{% macro month_zh(month) -%}
    printf('%d年%d月', {{ month }} // 12, {{ month }} % 12 + 1)
{%- endmacro %}
