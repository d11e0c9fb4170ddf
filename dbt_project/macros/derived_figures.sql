{# The derived figures of one depth, from the figures below it. A new derived aggregation is a line in each case.
   `covered` says of which months the figures are that are compared with another year. #}
{% macro derived_figures(asked, indicators, figures, covered) -%}
    select
        {{ asked }}.indicator_code,
        {{ asked }}.area_code,
        {{ asked }}.first_month,
        {{ asked }}.last_month,
        case
            when {{ indicators }}.input_b is null then input_a.reported_through
            -- `least` passes over what is missing, and then says what only one of them was reported through.
            when input_a.reported_through is not null and input_b.reported_through is not null
                then least(input_a.reported_through, input_b.reported_through)
        end as reported_through,
        case
            when input_a.value is null then coalesce(input_a.reason, 'not_reported')
            when {{ indicators }}.input_b is not null and input_b.value is null
                then coalesce(input_b.reason, 'not_reported')
            when {{ indicators }}.aggregation = 'quotient' and input_b.value = 0 then 'zero_denominator'
            when {{ indicators }}.aggregation in ('growth', 'multiple') and earlier.value is null then 'missing_baseline'
            when {{ indicators }}.aggregation in ('growth', 'multiple') and earlier.value <= 0 then 'zero_baseline'
            when {{ indicators }}.aggregation in ('growth', 'multiple')
                and {{ lacks_months('before', 'now') }} then 'missing_baseline'
            when {{ indicators }}.aggregation in ('growth', 'multiple')
                and {{ lacks_months('now', 'before') }} then 'not_reported'
            when {{ indicators }}.aggregation = 'increment' and earlier.value is null then 'missing_baseline'
        end as lacking,
        case
            when lacking is not null then null
            when {{ indicators }}.aggregation in ('growth', 'increment') then input_a.value - earlier.value
            when {{ indicators }}.aggregation = 'difference' then input_a.value - input_b.value
            else input_a.value
        end as numerator,
        case {{ indicators }}.aggregation
            when 'growth' then earlier.value
            when 'multiple' then earlier.value
            when 'quotient' then input_b.value
            else 1
        end as denominator,
        case {{ indicators }}.aggregation
            when 'growth' then 100
            when 'quotient' then coalesce({{ indicators }}.scale, 1)
            else 1
        end as scale
    from {{ asked }}
    inner join {{ indicators }} using (indicator_code)
    left join {{ figures }} as input_a
        on
            {{ indicators }}.input_a = input_a.indicator_code
            and {{ asked }}.area_code = input_a.area_code
            and {{ asked }}.last_month = input_a.last_month
            and input_a.first_month = if(
                {{ indicators }}.aggregation = 'multiple',
                {{ year_start_of(asked ~ '.last_month') }},
                {{ asked }}.first_month
            )
    left join {{ figures }} as input_b
        on
            {{ indicators }}.input_b = input_b.indicator_code
            and {{ asked }}.area_code = input_b.area_code
            and {{ asked }}.first_month = input_b.first_month
            and {{ asked }}.last_month = input_b.last_month
    left join {{ figures }} as earlier
        on
            {{ indicators }}.input_a = earlier.indicator_code
            and {{ indicators }}.aggregation in ('growth', 'multiple', 'increment')
            and {{ asked }}.area_code = earlier.area_code
            and earlier.first_month = {{ earlier_first_month(asked, indicators) }}
            and earlier.last_month = {{ earlier_last_month(asked, indicators) }}
    left join {{ covered }} as now on {{ of_the_same_months('now', 'input_a') }}
    left join {{ covered }} as before on {{ of_the_same_months('before', 'earlier') }}
{%- endmacro %}

{# The totals of one depth: the sum of all their inputs; one that is missing leaves no total. #}
{% macro total_figures(asked, indicators, figures) -%}
    select
        {{ asked }}.indicator_code,
        {{ asked }}.area_code,
        {{ asked }}.first_month,
        {{ asked }}.last_month,
        if(count(*) = count(inputs.reported_through), min(inputs.reported_through), null) as reported_through,
        if(
            count(*) = count(inputs.value),
            null,
            coalesce(min(inputs.reason) filter (where inputs.value is null), 'not_reported')
        ) as lacking,
        if(lacking is null, sum(inputs.value), null) as numerator,
        1 as denominator,
        1 as scale
    from {{ asked }}
    inner join (
        select
            {{ indicators }}.indicator_code,
            unnest(string_split({{ indicators }}.input_a, ';')) as input_code
        from {{ indicators }}
        where {{ indicators }}.aggregation = 'total'
    ) as addends using (indicator_code)
    left join {{ figures }} as inputs
        on
            addends.input_code = inputs.indicator_code
            and {{ asked }}.area_code = inputs.area_code
            and {{ asked }}.first_month = inputs.first_month
            and {{ asked }}.last_month = inputs.last_month
    group by all
{%- endmacro %}

{# The row of `int_months_covered` that is of a figure. #}
{% macro of_the_same_months(covered, figure) -%}
    (
        {{ figure }}.indicator_code = {{ covered }}.indicator_code
        and {{ figure }}.area_code = {{ covered }}.area_code
        and {{ figure }}.first_month = {{ covered }}.first_month
        and {{ figure }}.last_month = {{ covered }}.last_month
    )
{%- endmacro %}

{# Whether one figure lacks a month that another, of the same months of another year, has. #}
{% macro lacks_months(covered, other) -%}
    not list_has_all({{ covered }}.months_covered, {{ other }}.months_covered)
{%- endmacro %}
