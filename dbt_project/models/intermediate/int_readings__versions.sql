with versions as (
    select * from (
        {{ versions('readings') }}
    ) as reading_versions
)

select * from versions
