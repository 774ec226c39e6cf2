-- the town a row to be corrected belongs to, as its sheet or the row itself says
with written_rows as (
    {%- for export in export_names() if export != 'readings' %}
    select
        '{{ export }}' as export, _file_id, _sheet, _row_number, town, source_system
    from {{ ref('stg_exports__' ~ export) }}
    union all
    {%- endfor %}
    select
        rejected.export, rejected._file_id, rejected._sheet, rejected._row_number,
        rejected.town, coalesce(names.folder, 'default')
    from {{ ref('stg_ops__rejected') }} as rejected
    -- left: a content whose sighting was lost
    left join {{ ref('stg_ops__file_names') }} as names on rejected._file_id = names._file_id
),

doubtful as (
    select distinct _file_id, _sheet, _row_number, export
    from {{ ref('stg_ops__rejected') }}
    union
    select distinct _file_id, _sheet, _row_number, export
    from {{ ref('stg_ops__issues') }}
    where _row_number is not null
    union
    select distinct _file_id, _sheet, _row_number, export
    from {{ ref('int_issues') }}
    where _row_number is not null
),

towns as (
    select * from {{ ref('int_towns') }}
),

sheet_towns as (
    select sheets._file_id, sheets._sheet, sheets.export, towns.resolved_town
    from {{ ref('stg_ops__sheets') }} as sheets
    inner join towns
        on position(towns.resolved_town in coalesce(sheets.filer, '')) > 0
        or sheets._sheet in (towns.town, towns.resolved_town)
    where sheets.export is not null
    qualify row_number() over (
        partition by sheets._file_id, sheets._sheet, sheets.export
        order by length(towns.resolved_town) desc, towns.resolved_town
    ) = 1
)

select
    doubtful._file_id,
    doubtful._sheet,
    doubtful._row_number,
    doubtful.export,
    written_rows.source_system,
    coalesce(sheet_towns.resolved_town, towns.resolved_town, written_rows.town) as town,
    case
        when sheet_towns.resolved_town is not null then 'sheet'
        when written_rows.town is not null then 'row'
    end as town_from
from doubtful
inner join written_rows
    on doubtful._file_id = written_rows._file_id and doubtful._sheet = written_rows._sheet
    and doubtful._row_number = written_rows._row_number and doubtful.export = written_rows.export
-- left: a sheet of many towns, a row without a town
left join sheet_towns
    on doubtful._file_id = sheet_towns._file_id and doubtful._sheet = sheet_towns._sheet
    and doubtful.export = sheet_towns.export
left join towns on written_rows.town = towns.town
