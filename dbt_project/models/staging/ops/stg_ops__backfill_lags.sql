with sightings as (
    select * from {{ source('ops', 'sightings') }}
),

rules as (
    select * from {{ source('ops', 'rule_backfill') }}
),

exports as (
    {%- for export in export_names() %}
    select '{{ export }}' as export
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
)

select
    sightings._file_id,
    exports.export,
    cast(min(rules.lag_days) as integer) as lag_days
from sightings
inner join rules
    on sightings.file_name like rules.file_pattern or sightings.path like rules.file_pattern
inner join exports on rules.export is null or rules.export = exports.export
group by sightings._file_id, exports.export
