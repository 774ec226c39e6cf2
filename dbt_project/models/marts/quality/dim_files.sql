select
    files._file_id,
    names.file_name,
    coalesce(names.count_names, 0) as count_names,
    names.all_names,
    files.kind,
    files.encoding,
    files.size_bytes,
    files.outcome,
    files.refused_code,
    files.refused_sentence,
    names.first_seen_at
from {{ ref('stg_ops__files') }} as files
-- left: a content whose sighting was lost
left join {{ ref('stg_ops__file_names') }} as names on files._file_id = names._file_id
