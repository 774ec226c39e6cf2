with recursive positions as (
    select 1 as position
    union all
    select position + 1 from positions where position < 60
)

select position from positions
