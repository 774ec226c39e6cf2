with sightings as (
    select * from {{ source('ops', 'sightings') }}
)

select
    _file_id,
    min(file_name) as file_name,
    min(case when folder <> '' then folder end) as folder,
    count(distinct path) as count_names,
    {{ joined_texts('path') }} as all_names,
    min(first_seen_at) as first_seen_at
from sightings
group by _file_id
