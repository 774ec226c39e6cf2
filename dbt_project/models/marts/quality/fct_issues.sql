with issues as (
    select
        _file_id, _sheet, _row_number, _part, export, column_name, rule, raw_value, message
    from {{ ref('stg_ops__issues') }}
    union all
    select
        _file_id, _sheet, _row_number, '' as _part, export, column_name, rule, raw_value, message
    from {{ ref('int_issues') }}
    union all
    select
        _file_id, _sheet, _row_number, '' as _part, export, column_name, rule, raw_value, message
    from {{ ref('int_issues__claims') }}
),

told as (
    select
        *,
        _file_id || '|' || _sheet || '|' || coalesce(cast(_row_number as varchar), '')
        || '|' || _part || '|' || coalesce(export, '') || '|' || coalesce(column_name, '')
        || '|' || rule
        || '|' || coalesce(raw_value, '') || '|' || coalesce(message, '') as words
    from issues
),

numbered as (
    select *, row_number() over (partition by words order by words) as occurrence
    from told
)

select
    {{ short_id('q', "words || '|' || cast(occurrence as varchar)") }} as issue_id,
    numbered._file_id,
    numbered._sheet,
    numbered._row_number,
    numbered._part,
    numbered.export,
    names.file_name,
    numbered.column_name,
    numbered.rule,
    numbered.raw_value,
    numbered.message
from numbered
-- left: a content whose sighting was lost
left join {{ ref('stg_ops__file_names') }} as names on numbered._file_id = names._file_id
