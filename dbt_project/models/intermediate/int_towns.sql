with written_towns as (
    select town from {{ ref('int_parks__versions') }}
    union
    select town from {{ ref('int_enterprises__versions') }}
    union
    select town from {{ ref('int_leases__versions') }}
    union
    select town from {{ ref('int_inspections__versions') }}
    union
    select town from {{ ref('int_hazards__versions') }}
    union
    select town from {{ ref('int_devices__versions') }}
    union
    select town from {{ ref('int_alarms__versions') }}
    union
    select town from {{ ref('int_cases__versions') }}
    union
    select town from {{ ref('int_accidents__versions') }}
),

town_units as (
    select
        unit_name,
        {{ town_stem('unit_name') }} as stem,
        min(coalesce(known_from, {{ undated() }})) as known_from
    from {{ ref('int_units__versions') }}
    where disposition <> 'duplicate' and unit_kind in ('镇', '街道', '开发区', '功能区')
    group by unit_name
),

unique_stems as (
    select stem, min(unit_name) as unit_name, min(known_from) as known_from
    from town_units
    group by stem
    having count(*) = 1
)

select
    written_towns.town,
    coalesce(town_units.unit_name, unique_stems.unit_name, written_towns.town) as resolved_town,
    case
        when town_units.unit_name is null and unique_stems.unit_name is not null
            then unique_stems.known_from
        else {{ always() }}
    end as known_from
from written_towns
-- left: a town the units do not know stays as written
left join town_units on written_towns.town = town_units.unit_name
left join unique_stems on {{ town_stem('written_towns.town') }} = unique_stems.stem
where written_towns.town is not null
