-- In a series of totals the figure beside 本年累计 is the total itself, or what it adds to the total before it.
with totals as (
    select
        row_id,
        delivery,
        indicator_code,
        area_code,
        month,
        value,
        value_text,
        ytd_value
    from data_rows
    where kind = 'total' and value is not null and ytd_value is not null and value <> ytd_value
),

statements as (
    select
        indicator_code,
        area_code,
        month_of(period) as month,
        value,
        kind,
        (sequence, row_number) as arrival
    from ledger.observations
    where (indicator_code, area_code) in (select (indicator_code, area_code) from totals)
    union all
    select
        indicator_code,
        area_code,
        month,
        coalesce(ytd_value, value) as value,
        kind,
        (9000000000000000, row_id) as arrival
    from data_rows
    where (indicator_code, area_code) in (select (indicator_code, area_code) from totals)
),

newest as (
    select *
    from statements
    qualify row_number() over (partition by indicator_code, area_code, month order by arrival desc) = 1
),

before as (
    select
        totals.row_id,
        arg_max(newest.value, newest.month) as value
    from totals
    inner join newest
        on
            totals.indicator_code = newest.indicator_code
            and totals.area_code = newest.area_code
            and newest.month >= year_start_of(totals.month)
            and newest.month < totals.month
            and newest.kind in ('total', 'opening')
    group by totals.row_id
)

select
    totals.row_id,
    'value' as column_name,
    totals.value_text as text,
    written(totals.ytd_value) as expected,
    written(totals.ytd_value - coalesce(before.value, 0)) as actual
from totals
left join before using (row_id)
where totals.value <> totals.ytd_value - coalesce(before.value, 0)
