with defects as (
    select
        _file_id, _sheet, _row_number, export, file_name, column_name, reason as rule, raw_value,
        true as is_rejected
    from {{ ref('fct_rejected_rows') }}
    -- a wrong reading is the device's: no town can put it right
    where export <> 'readings' and _part = ''
    union all
    select
        issues._file_id, issues._sheet, issues._row_number, issues.export, issues.file_name,
        issues.column_name, issues.rule, issues.raw_value, false
    from {{ ref('fct_issues') }} as issues
    inner join {{ ref('fct_row_dispositions') }} as dispositions
        on issues._file_id = dispositions._file_id and issues._sheet = dispositions._sheet
        and issues._row_number = dispositions._row_number
        and issues.export = dispositions.export
    -- a row a newer one replaced, and what only the product decides, ask nobody for anything
    where dispositions.disposition = 'accepted'
        and issues.export <> 'readings' and issues._part = ''
        and issues.rule not in (
            'version_tie', 'full_list_incomplete', 'total_mismatch', 'known_at_unknown',
            'file_date_ignored', 'unit_assumed', 'crs_assumed', 'coords_swapped'
        )
),

numbered as (
    select
        *,
        {{ short_id(
            'w', "_file_id || '|' || _sheet || '|' || cast(_row_number as varchar)"
        ) }} as row_id,
        row_number() over (
            partition by _file_id, _sheet, _row_number, export
            order by is_rejected desc, rule, column_name, raw_value
        ) as position_in_row
    from defects
),

-- an event without a town of its own is where its subject is
event_towns as (
    select 'inspections' as export, _file_id, _sheet, _row_number, town
    from {{ ref('fct_inspections') }}
    where town is not null
    union all
    select 'hazards', _file_id, _sheet, _row_number, town
    from {{ ref('fct_hazards') }}
    where town is not null
    union all
    select 'cases', _file_id, _sheet, _row_number, town
    from {{ ref('fct_cases') }}
    where town is not null
    union all
    select 'accidents', _file_id, _sheet, _row_number, town
    from {{ ref('fct_accidents') }}
    where town is not null
)

select
    {{ short_id(
        'l', "numbered.row_id || '|' || numbered.export || '|' "
        ~ "|| cast(numbered.position_in_row as varchar)"
    ) }} as line_id,
    numbered.row_id,
    coalesce(towns.town, event_towns.town) as town,
    case
        when towns.town is null and event_towns.town is not null then 'subject'
        else towns.town_from
    end as town_from,
    towns.source_system,
    numbered._file_id,
    numbered._sheet,
    numbered._row_number,
    numbered.export,
    numbered.file_name,
    numbered.is_rejected,
    numbered.rule,
    numbered.column_name,
    numbered.raw_value
from numbered
inner join {{ ref('int_row_towns') }} as towns
    on numbered._file_id = towns._file_id and numbered._sheet = towns._sheet
    and numbered._row_number = towns._row_number and numbered.export = towns.export
-- left: rejected rows and registers are in no mart of events
left join event_towns
    on numbered._file_id = event_towns._file_id and numbered._sheet = event_towns._sheet
    and numbered._row_number = event_towns._row_number and numbered.export = event_towns.export
where numbered.row_id not in (select row_id from {{ ref('int_answered_rows') }})
