-- The columns of each table and view of the open database, in their order.
select
    schema_name || '.' || table_name as table_name,
    list(column_name order by column_index) as column_names
from duckdb_columns()
where database_name = current_database() and not internal
group by all
order by all
