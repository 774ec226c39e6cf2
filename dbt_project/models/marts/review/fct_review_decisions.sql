select
    decision_id,
    item_key,
    item_kind,
    action,
    subject,
    left_identity,
    right_identity,
    export,
    column_name,
    word,
    code,
    reason,
    revokes,
    made_on,
    ended_on,
    made_at
from {{ ref('stg_ops__review_decisions') }}
