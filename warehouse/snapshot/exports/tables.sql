-- Every column of every mart with what is said of it, in the order of the file.
with

columns_of_marts as (
    select
        table_name,
        column_name,
        column_index,
        data_type,
        is_nullable,
        comment
    from duckdb_columns()
    where schema_name = 'marts' and not internal
),

marts as (
    select
        table_name,
        comment
    from duckdb_tables()
    where schema_name = 'marts'
)

select
    marts.table_name,
    marts.comment,
    columns_of_marts.column_name,
    columns_of_marts.data_type,
    columns_of_marts.is_nullable,
    columns_of_marts.comment
from marts
inner join columns_of_marts using (table_name)
order by marts.table_name, columns_of_marts.column_index
