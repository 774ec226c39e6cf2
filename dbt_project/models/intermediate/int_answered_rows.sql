-- rows of the 纠错清单 that came back: a corrected row carries the number of the row it answers
with landed as (
    {%- for export in export_names() if export != 'readings' %}
    select _extra as cells from {{ ref('stg_exports__' ~ export) }}
    where _extra is not null
    union all
    {%- endfor %}
    select cells from {{ ref('stg_ops__rejected') }}
),

numbers as (
    select regexp_extract(cells, '"纠错编号": ?"(w[0-9a-f]{12})"', 1) as row_id
    from landed
)

select distinct row_id
from numbers
where row_id <> ''
