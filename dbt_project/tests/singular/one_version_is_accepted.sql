-- A returned row means: a key has no newest version, or more than one.
with all_rows as (
    {%- for export in export_names() %}
    select '{{ export }}' as export, source_system, _key, disposition
    from {{ ref('int_' ~ export ~ '__versions') }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
)

select export, source_system, _key
from all_rows
group by export, source_system, _key
having count(case when disposition = 'accepted' then 1 end) <> 1
