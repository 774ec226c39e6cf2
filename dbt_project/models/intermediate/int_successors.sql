-- which subject of today a subject of the past has become
select distinct
    'park' as unit, past.replay, past.subject_id, present.subject_id as current_id
from {{ ref('int_park_links') }} as past
inner join {{ ref('int_park_links') }} as present
    on past.identity = present.identity and present.replay = 'current'
where past.is_eldest and past.replay <> 'current'
union
select 'enterprise', past.replay, past.subject_id, present.subject_id
from {{ ref('int_enterprise_links') }} as past
inner join {{ ref('int_enterprise_links') }} as present
    on past.identity = present.identity and present.replay = 'current'
where past.is_eldest and past.replay <> 'current'
