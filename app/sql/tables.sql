-- Which tables the snapshot holds: a publication of an older version may lack some.
select table_name
from duckdb_tables()
where schema_name = 'marts'
order by table_name
