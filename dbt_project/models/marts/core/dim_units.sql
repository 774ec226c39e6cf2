with units as (
    select * from {{ ref('int_units__versions') }}
    where disposition = 'accepted'
)

select
    {{ row_id('u', 'units') }} as unit_id,
    units.unit_name,
    units.unit_kind,
    units.level,
    units.parent_name,
    units.valid_from,
    units.valid_to,
    units._file_id,
    units.file_name,
    units._sheet,
    units._row_number
from units
