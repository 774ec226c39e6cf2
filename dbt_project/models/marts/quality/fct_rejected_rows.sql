select
    rejected._file_id,
    rejected._sheet,
    rejected._row_number,
    rejected._part,
    rejected.export,
    names.file_name,
    rejected.column_name,
    rejected.reason,
    rejected.raw_value,
    rejected.cells
from {{ ref('stg_ops__rejected') }} as rejected
-- left: a content whose sighting was lost
left join {{ ref('stg_ops__file_names') }} as names on rejected._file_id = names._file_id
