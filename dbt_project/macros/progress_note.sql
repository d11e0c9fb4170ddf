{# One sentence of Chinese that says why the status is what it is. #}
{% macro progress_note(shown, indicators) -%}
    concat(
        '截至' || {{ month_zh(shown ~ '.judged_month') }},
        case {{ shown }}.status
            when 'not_started' then '尚未到报送期'
            when 'not_applicable' then '无适用对象，不参与评价'
            when 'no_baseline' then '缺基期数据，暂不能计算'
            when 'not_reported'
                then if({{ shown }}.newest_is_missing or {{ shown }}.reported_through is null, '未报', '报送不全')
            else ''
        end,
        case
            when {{ shown }}.actual_value is null then ''
            else concat(
                if({{ shown }}.status in ('not_reported'), '；截至' || {{ month_zh(shown ~ '.reported_through') }}, ''),
                if({{ indicators }}.aggregation = 'sum', '累计', '为'),
                {{ plain(shown ~ '.actual_value') }},
                {{ indicators }}.unit
            )
        end,
        case {{ shown }}.status
            when 'exceeded'
                then concat(
                    if({{ shown }}.comparator in ('at_most', 'below'), '，优于目标', '，超过目标'),
                    {{ plain(shown ~ '.goal') }},
                    {{ indicators }}.unit
                )
            when 'achieved' then '，已达到目标'
            when 'achieved_late'
                then concat(
                    '，期末未达到目标', {{ plain(shown ~ '.goal') }}, {{ indicators }}.unit,
                    '；逾期后升至', {{ plain(shown ~ '.late_value') }}, {{ indicators }}.unit
                )
            when 'met_so_far' then '，目前达标，期末定论'
            when 'lost' then concat('，已有', {{ shown }}.breaches, '个月不达标，本期不可恢复')
            when 'missed' then concat('，期限已过，未达到目标', coalesce({{ plain(shown ~ '.goal') }} || {{ indicators }}.unit, ''))
            when 'in_progress' then if({{ shown }}.lacks_line, '，缺基期数据，未设序时线', '，未设序时线')
            else case
                when {{ shown }}.status not in ('on_track', 'behind', 'far_behind') then ''
                when {{ shown }}.expected_value is null then ''
                else concat(
                    '，应完成',
                    {{ plain(shown ~ '.expected_value') }},
                    {{ indicators }}.unit,
                    '，',
                    case
                        when {{ shown }}.actual_value = {{ shown }}.expected_value then '与序时持平'
                        when {{ shown }}.actual_value < {{ shown }}.expected_value then '差'
                        else '超出'
                    end,
                    case
                        when {{ shown }}.actual_value = {{ shown }}.expected_value then ''
                        else {{ plain('abs(' ~ shown ~ '.actual_value - ' ~ shown ~ '.expected_value)') }} || {{ indicators }}.unit
                    end
                )
            end
        end,
        case
            when len({{ shown }}.missing_months) = 0 or {{ shown }}.status in ('not_started', 'not_applicable') then ''
            else concat(
                '（缺报',
                array_to_string(list_transform({{ shown }}.missing_months[-3:], lambda month: {{ month_text('month') }}), '、'),
                if(len({{ shown }}.missing_months) > 3, concat('等', len({{ shown }}.missing_months), '个月'), ''),
                '）'
            )
        end
    )
{%- endmacro %}

{% macro month_zh(month) -%}
    printf('%d年%d月', {{ month }} // 12, {{ month }} % 12 + 1)
{%- endmacro %}
