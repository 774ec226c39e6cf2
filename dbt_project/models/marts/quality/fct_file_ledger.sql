with sheets as (
    select * from {{ ref('stg_ops__sheets') }}
),

dispositions as (
    select
        _file_id,
        _sheet,
        export,
        count(case when disposition = 'accepted' then 1 end) as rows_accepted,
        count(case when disposition = 'duplicate' then 1 end) as rows_duplicate,
        count(case when disposition = 'superseded' then 1 end) as rows_superseded,
        count(case when disposition = 'rejected' then 1 end) as rows_rejected
    from {{ ref('fct_row_dispositions') }}
    group by _file_id, _sheet, export
),

source_systems as (
    {%- for export in export_names() %}
    select _file_id, _sheet, '{{ export }}' as export, min(source_system) as source_system
    from {{ ref('int_' ~ export ~ '__versions') }}
    group by _file_id, _sheet
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
)

select
    {{ short_id(
        's', "sheets._file_id || '|' || sheets._sheet || '|' || coalesce(sheets.export, '')"
    ) }} as ledger_id,
    sheets._file_id,
    sheets._sheet,
    sheets.export,
    files.file_name,
    coalesce(source_systems.source_system, files.folder, 'default') as source_system,
    sheets.known_on,
    sheets.contract,
    sheets.score,
    sheets.runner_up,
    sheets.runner_up_score,
    sheets.header_row,
    sheets.rows_physical,
    sheets.rows_header,
    sheets.rows_title,
    sheets.rows_unit,
    sheets.rows_total,
    sheets.rows_footer,
    sheets.rows_repeated_header,
    sheets.rows_blank,
    coalesce(sheets.rows_read, 0) as rows_read,
    coalesce(dispositions.rows_accepted, 0) as rows_accepted,
    coalesce(dispositions.rows_duplicate, 0) as rows_duplicate,
    coalesce(dispositions.rows_superseded, 0) as rows_superseded,
    coalesce(dispositions.rows_rejected, 0) as rows_rejected
from sheets
-- left: sheets without rows, skipped sheets, a content whose sighting was lost
left join dispositions
    on sheets._file_id = dispositions._file_id and sheets._sheet = dispositions._sheet
    and sheets.export = dispositions.export
left join source_systems
    on sheets._file_id = source_systems._file_id and sheets._sheet = source_systems._sheet
    and sheets.export = source_systems.export
left join {{ ref('stg_ops__file_names') }} as files on sheets._file_id = files._file_id
