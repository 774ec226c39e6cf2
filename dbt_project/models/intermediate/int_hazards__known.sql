with facts as (
    select * from (
        {{ event_facts('hazards', '_row_on', [
            'hazard_code', 'inspection_code', 'level', 'is_simple', 'deadline_given_on',
            'extension_approved_on', 'extended_to_on', 'rectified_on', 'rechecked_on',
            'recheck_result', 'closed_on', 'status_claimed',
        ]) }}
    ) as hazard_facts
),

-- a status without a date counts from the day a version first said it
first_said as (
    select
        source_system,
        _key,
        min(case when status_claimed in ('已整改', '已闭环') then known_from end) as rectified_said_on,
        min(case when status_claimed = '已闭环' then known_from end) as closed_said_on
    from {{ ref('int_hazards__versions') }}
    where disposition <> 'duplicate'
    group by source_system, _key
),

dated as (
    select
        facts.*,
        case
            when facts.extension_approved_on <= facts.deadline_given_on
                then coalesce(facts.extended_to_on, facts.deadline_given_on)
            else facts.deadline_given_on
        end as deadline_on,
        case
            when facts.closed_on is not null and facts.recheck_result = '通过'
                then least(facts.closed_on, coalesce(facts.rechecked_on, facts.closed_on))
            when facts.closed_on is not null then facts.closed_on
            when facts.recheck_result = '通过' then facts.rechecked_on
        end as settled_on,
        coalesce(facts.is_simple, false)
        and facts.rectified_on is null and facts.rechecked_on is null
        and facts.closed_on is null as is_settled_on_the_spot,
        case when facts.replay <> 'as_happened' then first_said.rectified_said_on end
            as rectified_said_on,
        case when facts.replay <> 'as_happened' then first_said.closed_said_on end
            as closed_said_on
    from facts
    inner join first_said
        on facts.source_system = first_said.source_system and facts._key = first_said._key
)

select
    replay,
    source_system,
    _key,
    version_number,
    enterprise_id,
    park_id,
    event_on as found_on,
    hazard_code,
    inspection_code,
    level,
    coalesce(level in ('较大', '重大'), false) as is_serious,
    deadline_on,
    -- what was closed has been rectified, on that day at the latest
    coalesce(
        rectified_on,
        settled_on,
        case when is_settled_on_the_spot then event_on end,
        case when status_claimed in ('已整改', '已闭环') then rectified_said_on end
    ) as rectified_on,
    coalesce(
        settled_on,
        case when is_settled_on_the_spot then event_on end,
        case when status_claimed = '已闭环' then closed_said_on end
    ) as closed_on,
    known_from,
    known_to
from dated
