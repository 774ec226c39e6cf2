{{ config(tags=['after_models']) }}
with items as (
    select * from {{ ref('stg_review__items') }}
),

parks as (
    select park_id, park_name from {{ ref('dim_parks') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

-- the newest run of each unit at the warehouse's as-of day
current_runs as (
    select runs.run_id
    from {{ ref('stg_ml__model_runs') }} as runs
    inner join as_of on runs.as_of_on = as_of.as_of_on
    qualify row_number() over (partition by runs.unit order by runs.run_number desc) = 1
),

ranks as (
    select scores.subject_id, scores.rank
    from {{ ref('stg_ml__scores') }} as scores
    inner join current_runs on scores.run_id = current_runs.run_id
)

select
    items.item_key,
    items.item_kind,
    items.subject,
    items.left_identity,
    items.right_identity,
    items.left_subject_id,
    items.right_subject_id,
    items.left_name,
    items.right_name,
    items.left_town,
    items.right_town,
    items.left_code,
    items.right_code,
    coalesce(parks.park_name, items.block) as met_in,
    items.similarity,
    items.why,
    items.moving_answer,
    items.moves,
    items.count_rows_moving,
    left_ranks.rank as left_rank,
    right_ranks.rank as right_rank,
    items.state,
    items.decided_on,
    items.reason
from items
-- left: most items are met in a town, or nowhere; a subject outside the cohort has no rank
left join parks on items.block = parks.park_id
left join ranks as left_ranks on items.left_subject_id = left_ranks.subject_id
left join ranks as right_ranks on items.right_subject_id = right_ranks.subject_id
