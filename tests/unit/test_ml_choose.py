"""A model ships only if its gain over the best rule is proved."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from models_ml.backtest import METRICS_SCHEMA, Backtest, JudgedCohort, measure_cohorts
from models_ml.choose import (
    GAIN_UNPROVED,
    MODEL_PROVED,
    NO_MODEL,
    TOO_FEW_SPLITS,
    NoRanker,
    bound_gain,
    choose_winner,
)
from models_ml.config import load_config

CONFIG = load_config(
    "winner: {bootstrap: 200}\nmetrics: {headline: auc}\nsplits: {min_splits: 2}\n"
    "rules: [shrunken_rate, most_hazards]"
)
LABELS = np.tile([1.0, 0.0, 0.0, 1.0], 20)
ORDER = np.arange(80) % 7 * 1.0  # unrelated to the labels


def cohort(month: int, labels=LABELS, **scores) -> JudgedCohort:
    names = np.array([f"s{at:02d}" for at in range(len(labels))])
    flat = np.zeros(len(labels))
    start = {"random": flat, "shrunken_rate": flat, "most_hazards": ORDER, "logistic": ORDER}
    return JudgedCohort(date(2024, month, 28), names, labels, start | scores)


def judge(*cohorts: JudgedCohort, skipped=None) -> Backtest:
    return Backtest(cohorts, pl.DataFrame(schema=METRICS_SCHEMA), skipped or {})


def test_choose_when_model_is_right_every_time_then_it_ships():
    choice = choose_winner(judge(*(cohort(m, logistic=LABELS) for m in (1, 2, 3))), CONFIG)
    assert (choice.winner, choice.is_rule, choice.why) == ("logistic", False, MODEL_PROVED)
    # ORDER is no better than chance: about half of the pairs are won more.
    assert 0.3 < choice.gain_low < 0.6
    assert choice.count_splits == 3


def test_choose_when_model_equals_a_rule_then_the_rule_ships():
    # Both are drawn with the same subjects, so equal scores differ in no replicate.
    noisy = LABELS + np.random.default_rng(2).normal(0, 2, 80)
    same = {"most_hazards": noisy, "logistic": noisy}
    choice = choose_winner(judge(*(cohort(m, **same) for m in (1, 2))), CONFIG)
    assert (choice.winner, choice.is_rule, choice.why) == ("most_hazards", True, GAIN_UNPROVED)
    assert choice.gain_low == 0


def test_choose_when_rules_are_worse_than_random_then_the_model_must_beat_random():
    wrong = {"shrunken_rate": -LABELS, "most_hazards": -LABELS, "logistic": np.zeros(80)}
    choice = choose_winner(judge(*(cohort(m, **wrong) for m in (1, 2))), CONFIG)
    assert (choice.winner, choice.gain_low) == ("shrunken_rate", 0)


def test_choose_when_splits_are_too_few_then_first_rule_of_the_fixed_order():
    unlabelled = cohort(3, labels=np.where(LABELS == 1, float("nan"), LABELS))
    backtest = judge(cohort(1, most_hazards=LABELS, logistic=LABELS), unlabelled)
    choice = choose_winner(backtest, CONFIG)
    assert (choice.winner, choice.why) == ("shrunken_rate", TOO_FEW_SPLITS)
    assert (choice.gain_low, choice.count_splits) == (None, 1)
    lacking = judge(skipped={"shrunken_rate": "no differing values"})
    assert choose_winner(lacking, CONFIG).winner == "most_hazards"


def test_choose_when_model_was_fitted_too_rarely_then_best_rule():
    late = cohort(2)
    late.scores.pop("logistic")
    choice = choose_winner(judge(cohort(1), late), CONFIG)
    assert choice.why == NO_MODEL


def test_choose_when_no_rule_has_columns_then_refusal():
    skipped = {"shrunken_rate": "no values in visits_all", "most_hazards": "none"}
    with pytest.raises(NoRanker, match="visits_all"):
        choose_winner(judge(skipped=skipped), CONFIG)


def test_bound_gain_when_the_same_subjects_are_judged_again_then_no_surer():
    # Twelve copies of one cohort hold no more evidence than one: drawn by subject, the bound
    # stays; drawn by row it would rise.
    rng = np.random.default_rng(1)
    better = LABELS + rng.normal(0, 2, 80)
    one = [cohort(1, logistic=better)]
    twelve = [cohort(month, logistic=better) for month in range(1, 13)]
    bound = bound_gain(one, "logistic", "most_hazards", CONFIG)
    assert bound_gain(twelve, "logistic", "most_hazards", CONFIG) == pytest.approx(bound)


def test_bound_gain_when_nothing_can_be_measured_then_none():
    nobody = [cohort(1, labels=np.full(80, float("nan")))]
    assert bound_gain(nobody, "logistic", "most_hazards", CONFIG) is None


def test_measure_cohorts_when_laid_out_then_one_row_a_figure():
    long = measure_cohorts([cohort(1, logistic=LABELS)], CONFIG)
    assert dict(long.schema) == METRICS_SCHEMA
    key = ["split_on", "estimator", "metric", "k_share"]
    assert not long.select(key).is_duplicated().any()
    assert long.height == 4 * (2 + 3 * 3)
    row = long.filter(
        pl.col("estimator") == "logistic", pl.col("metric") == "precision", pl.col("k_share") == 0.2
    ).row(0, named=True)
    assert (row["value"], row["labelled_share"]) == (1, 1)
    assert (row["count_cohort"], row["count_labelled"], row["count_positive"]) == (80, 80, 40)
