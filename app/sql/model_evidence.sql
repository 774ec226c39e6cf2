-- Precision at 10 % of every method of the run, over its back-tests.
select
    estimator,
    avg(value) as precision,
    min(value) as precision_worst_split,
    avg(value_worst) as bound_low,
    avg(value_best) as bound_high,
    avg(labelled_share) as labelled_share,
    count(distinct split_on) as count_splits
from marts.fct_model_metrics
where run_id = $run_id and metric = 'precision' and abs(k_share - 0.1) < 1e-9
group by estimator
order by precision desc nulls last, estimator
