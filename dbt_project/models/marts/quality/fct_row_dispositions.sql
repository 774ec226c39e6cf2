{%- for export in export_names() %}
select
    _file_id, _sheet, _row_number, _part, '{{ export }}' as export, disposition,
    {#- the key of a case names its party -#}
    {{ ' ' ~ short_id('', '_key') if export == 'cases' else ' _key' }} as _key
from {{ ref('int_' ~ export ~ '__versions') }}
union all
{%- endfor %}
select _file_id, _sheet, _row_number, _part, export, 'rejected', null
from {{ ref('stg_ops__rejected') }}
