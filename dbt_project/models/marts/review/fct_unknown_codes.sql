with met_words as (
    select
        issues.export,
        issues.column_name,
        issues.raw_value as word,
        count(*) as count_rows,
        count(distinct issues._file_id) as count_files,
        min(names.file_name) as file_name
    from {{ ref('stg_ops__issues') }} as issues
    -- left: a content whose sighting was lost
    left join {{ ref('stg_ops__file_names') }} as names on issues._file_id = names._file_id
    where issues.rule = 'unknown_code' and issues.raw_value is not null
    group by issues.export, issues.column_name, issues.raw_value
),

decided_words as (
    select *
    from {{ ref('stg_ops__review_decisions') }}
    where item_kind = 'unknown_code' and ended_on is null and action <> 'undo'
)

select
    coalesce(
        decided_words.item_key,
        {{ short_id(
            'u',
            "met_words.export || '|' || met_words.column_name || '|' || met_words.word"
        ) }}
    ) as item_key,
    coalesce(met_words.export, decided_words.export) as export,
    coalesce(met_words.column_name, decided_words.column_name) as column_name,
    coalesce(met_words.word, decided_words.word) as word,
    coalesce(met_words.count_rows, 0) as count_rows,
    coalesce(met_words.count_files, 0) as count_files,
    met_words.file_name,
    case decided_words.action
        when 'confirm' then 'confirmed'
        when 'refuse' then 'refused'
        when 'defer' then 'deferred'
        else 'open'
    end as state,
    decided_words.code,
    decided_words.made_on as decided_on,
    decided_words.reason
from met_words
-- full: a decided word is met no more, and most words are not decided
full outer join decided_words
    on met_words.export = decided_words.export
    and met_words.column_name = decided_words.column_name
    and met_words.word = decided_words.word
