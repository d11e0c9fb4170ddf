-- Which parts of which indicators count persons; $units and $parts_end_in come from persons.yml.
with

indicators as (
    select * from source.marts.indicators
),

final as (
    select
        indicator_code,
        list_contains($units, unit) as counts_value,
        coalesce(
            len(list_filter($parts_end_in, lambda ending: ends_with(numerator_name_zh, ending))) > 0, false
        ) as counts_numerator,
        coalesce(
            len(list_filter($parts_end_in, lambda ending: ends_with(denominator_name_zh, ending))) > 0, false
        ) as counts_denominator
    from indicators
)

select * from final
where counts_value or counts_numerator or counts_denominator
