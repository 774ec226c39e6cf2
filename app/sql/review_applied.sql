-- Decisions this publication was built with, and the day each stopped counting.
select decision_id, ended_on
from marts.fct_review_decisions
