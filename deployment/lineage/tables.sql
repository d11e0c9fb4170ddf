-- The marts of the open database, with their columns as they are described in it.
select
    'marts.' || table_name as table_name,
    list({'name': column_name, 'type': data_type, 'description': comment} order by column_index) as columns
from duckdb_columns()
where schema_name = 'marts'
group by all
order by all
