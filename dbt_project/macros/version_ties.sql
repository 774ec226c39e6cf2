{#- Versions of a key in different files with one known time: only the file name orders them. -#}
{% macro version_ties(export) -%}
    select
        _file_id, _sheet, _row_number, '{{ export }}' as export,
        cast(null as varchar) as column_name, 'version_tie' as rule,
        cast(null as varchar) as raw_value,
        'Another file says something else of the same key on the same day: the file name decides.'
            as message
    from (
        select
            *,
            row_number() over key_rows > 1
            and _file_id <> lag(_file_id) over key_rows
            and _known_on is not distinct from lag(_known_on) over key_rows
            and _known_clock is not distinct from lag(_known_clock) over key_rows as is_tie
        from {{ ref('int_' ~ export ~ '__versions') }}
        where disposition <> 'duplicate'
        window key_rows as (partition by source_system, _key order by version_number)
    ) as versions
    where is_tie
{%- endmacro %}
