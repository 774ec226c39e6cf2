{#-
    versions(export): every staged row of an export with its disposition, its effective values and
    the interval in which it was the known state of its key. One row in = one row out.

    Order of a key's rows inside one source system: known time (unknown first; a day without a
    clock means its end), smallest file name, file, sheet, row number. Effective value of a cell:
    its own where its sheet has the column (an empty cell is null), else that of the row before.
    A clock follows its day: a cell with only a day keeps the older clock while the day is the same.
    A row equal to the row directly before is a duplicate; the newest other row is accepted, older
    ones are superseded.

    known_from: the row's known day; null = nobody dated it. The first version of a key from a file
    that rules/backfill names counts as known at row time + lag, or all along when it has no time.
    known_to: known_from of the next version, still() for the newest.
    Source: exports.md 9.4.1, 9.4.3, 9.4.9.
-#}
{% macro versions(export) -%}
{%- set columns = export_columns(export) -%}
{%- set clocks = [] -%}
{%- for column in columns if column[2].startswith('clock:') -%}
    {%- do clocks.append([column[0], column[2].split(':')[1]]) -%}
{%- endfor -%}
{%- set technical = [
    'source_system', 'file_name', '_file_id', '_sheet', '_row_number', '_part', '_key', '_known_on',
    '_known_clock', '_row_on', '_columns', '_is_full_list', '_filer', '_flags',
] -%}
with staged as (
    select * from {{ ref('stg_exports__' ~ export) }}
),

ordered_rows as (
    select
        *,
        row_number() over (
            partition by source_system, _key
            order by
                _known_on nulls first, coalesce(_known_clock, '24:00:00'),
                file_name, _file_id, _sheet, _row_number, _part
        ) as row_position,
        -- only a key that met more than one set of columns has anything to carry
        min(_columns) over (partition by source_system, _key)
        <> max(_columns) over (partition by source_system, _key) as has_gaps,
        count(*) over (partition by source_system, _key) as count_key_rows
    from staged
),

blocks as (
    select
        *
        {%- for presence in columns | map(attribute=1) | unique %},
        sum(case when {{ sheet_has(presence) }} then 1 else 0 end)
            over (partition by source_system, _key order by row_position)
            as _block_{{ presence }}
        {%- endfor %}
    from ordered_rows
    where has_gaps
),

effective_values as (
    select
        {{ technical | join(', ') }}, row_position
        {%- for column in columns %}, {{ column[0] }}{% endfor %}
    from ordered_rows
    where not has_gaps and count_key_rows > 1
    union all
    select
        {{ technical | join(', ') }}, row_position
        {%- for column in columns %},
        {% if column[2].startswith('clock:') -%}
        {{ column[0] }}
        {%- else -%}
        max({{ column[0] }})
            over (partition by source_system, _key, _block_{{ column[1] }}) as {{ column[0] }}
        {%- endif %}
        {%- endfor %}
    from blocks
),
{% if clocks %}
day_changes as (
    select
        *
        {%- for clock, day in clocks %},
        case
            when {{ day }} is distinct from lag({{ day }}) over key_rows then 1 else 0
        end as _changed_{{ day }}
        {%- endfor %}
    from effective_values
    window key_rows as (partition by source_system, _key order by row_position)
),

day_runs as (
    select
        *
        {%- for clock, day in clocks %},
        sum(_changed_{{ day }}) over key_rows as _run_{{ day }}
        {%- endfor %}
    from day_changes
    window key_rows as (partition by source_system, _key order by row_position)
),

clock_blocks as (
    select
        *
        {%- for clock, day in clocks %},
        count({{ clock }})
            over (partition by source_system, _key, _run_{{ day }} order by row_position)
            as _block_{{ clock }}
        {%- endfor %}
    from day_runs
),
{% endif %}
clocked_values as (
    select
        {{ technical | join(', ') }}, row_position
        {%- for column in columns %},
        {% if column[2].startswith('clock:') -%}
        {%- set day = column[2].split(':')[1] -%}
        max({{ column[0] }}) over (
            partition by source_system, _key, _run_{{ day }}, _block_{{ column[0] }}
        ) as {{ column[0] }}
        {%- else -%}
        {{ column[0] }}
        {%- endif %}
        {%- endfor %}
    from {{ 'clock_blocks' if clocks else 'effective_values' }}
),

compared_rows as (
    select
        *,
        row_position > 1
        {%- for column in columns if column[2] != 'derived' %}
        and (
            {{ column[0] }} is not distinct from lag({{ column[0] }}) over key_rows
            {%- if column[2] == 'text' %}
            or coalesce(
                {{ comparable_text(column[0]) }}
                = {{ comparable_text('lag(' ~ column[0] ~ ') over key_rows') }},
                false
            )
            {%- endif %}
        )
        {%- endfor %} as is_duplicate
    from clocked_values
    window key_rows as (partition by source_system, _key order by row_position)
    union all
    -- most keys are met once: nothing to carry, nothing to compare
    select
        {{ technical | join(', ') }}, row_position
        {%- for column in columns %}, {{ column[0] }}{% endfor %},
        false
    from ordered_rows
    where count_key_rows = 1
),

numbered_versions as (
    select
        *,
        sum(case when is_duplicate then 0 else 1 end) over (
            partition by source_system, _key order by row_position
        ) as version_number,
        max(case when not is_duplicate then row_position end)
            over (partition by source_system, _key) as newest_position
    from compared_rows
),

lags as (
    select * from {{ ref('stg_ops__backfill_lags') }}
    where export = '{{ export }}'
),

known_versions as (
    select
        numbered_versions.*,
        case
            when is_duplicate then 'duplicate'
            when row_position = newest_position then 'accepted'
            else 'superseded'
        end as disposition,
        case
            when version_number = 1 and not is_duplicate and lags.lag_days is not null
                then coalesce(_row_on + lags.lag_days, _known_on, {{ always() }})
            else _known_on
        end as known_from
    from numbered_versions
    -- left: few files are backfills
    left join lags on numbered_versions._file_id = lags._file_id
)

select
    {%- for column in technical %}
    {{ column }},
    {%- endfor %}
    {%- for column in columns %}
    {{ column[0] }},
    {%- endfor %}
    cast(version_number as integer) as version_number,
    disposition,
    known_from,
    coalesce(
        min(case when not is_duplicate then known_from end) over (
            partition by source_system, _key order by row_position
            rows between 1 following and unbounded following
        ),
        {{ still() }}
    ) as known_to
from known_versions
{%- endmacro %}
