with recursive as_of as (
    select * from {{ ref('int_as_of') }}
),

months as (
    select least(first_published_month, first_happened_month) as month_index from as_of
    union all
    select months.month_index + 1
    from months
    cross join as_of
    where months.month_index < as_of.as_of_month
)

select
    'as_published' as replay,
    months.month_index,
    {{ month_end('months.month_index') }} as as_of_on,
    months.month_index = as_of.first_published_month as is_first
from months
cross join as_of
where months.month_index >= as_of.first_published_month
union all
select
    'as_happened',
    months.month_index,
    {{ month_end('months.month_index') }},
    months.month_index = as_of.first_happened_month
from months
cross join as_of
where months.month_index >= as_of.first_happened_month
