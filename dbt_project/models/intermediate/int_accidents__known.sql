with facts as (
    select * from (
        {{ event_facts('accidents', '_row_on', ['deaths', 'is_counted']) }}
    ) as accident_facts
)

select
    replay,
    source_system,
    _key,
    version_number,
    enterprise_id,
    park_id,
    event_on as occurred_on,
    deaths,
    -- an accident counts until somebody strikes it off
    coalesce(is_counted, true) as is_counted,
    known_from,
    known_to
from facts
