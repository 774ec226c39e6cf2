"""One table of all rankers, worked by hand."""

from datetime import date
from statistics import NormalDist

import numpy as np
import polars as pl
import pytest

from models_ml.backtest import Backtest, JudgedCohort, measure_cohorts
from models_ml.compare import compare_rankers, measure_detectable
from models_ml.config import load_config

CONFIG = load_config(
    "winner: {bootstrap: 400}\nsplits: {min_splits: 2}\nrules: [most_hazards, last_outcome]\n"
    "metrics: {k_shares: [0.25], headline_k_share: 0.25}"
)
LABELS = np.tile([1.0, 0.0, 0.0, 0.0], 5)  # base rate 1/4, 5 of 20; the first quarter is 5


def cohort(year: int, labels: np.ndarray = LABELS, **scores: np.ndarray) -> JudgedCohort:
    names = np.array([f"s{at:02d}" for at in range(len(labels))])
    start = {"random": np.zeros(len(labels)), "most_hazards": -LABELS, "last_outcome": LABELS}
    return JudgedCohort(date(year, 12, 31), names, labels, start | scores)


def compare(*cohorts: JudgedCohort, skipped: dict[str, str] | None = None):
    return compare_rankers(
        Backtest(cohorts, measure_cohorts(list(cohorts), CONFIG), skipped or {}), CONFIG
    )


def row(comparison, name: str) -> dict:
    return comparison.table.row(by_predicate=pl.col("estimator") == name, named=True)


def test_compare_when_worked_by_hand_then_means_worst_and_gain():
    # The model finds all five of five in 2020 and, with the order turned, none in 2021.
    done = compare(cohort(2020, logistic=LABELS), cohort(2021, logistic=-LABELS))
    assert done.rival == "last_outcome"
    assert (done.splits, done.count_rows) == ((date(2020, 12, 31), date(2021, 12, 31)), 40)
    assert (done.base_rate, done.base_rate_worst) == (0.25, 0.25)
    model = row(done, "logistic")
    assert (model["auc"], model["auc_worst"]) == (0.5, 0)
    assert (model["precision"], model["precision_worst"]) == (0.5, 0)
    assert (model["is_rule"], model["count_splits"], model["labelled_share"]) == (False, 2, 1)
    assert model["gain"] == -0.5  # (0 - 1) / 2
    rival = row(done, "last_outcome")
    assert (rival["precision"], rival["gain"], rival["detectable"]) == (1, None, None)
    assert row(done, "random")["precision"] == 0.25
    assert (rival["brier"], rival["slope"]) == (None, None)  # a rule is no probability
    # The log-odds given are 1, 0 and -1: s = 1 / (1 + e). In 2020 five bad rows err by s and
    # fifteen by 1/2, in 2021 five by 1 - s and fifteen by 1/2.
    s = 1 / (1 + np.e)
    assert model["brier"] == pytest.approx((5 * s**2 + 5 * (1 - s) ** 2 + 30 * 0.25) / 40)
    assert model["slope"] == pytest.approx(0, abs=1e-9)  # right once, wrong once
    assert done.table["estimator"].to_list()[0] == "last_outcome"


def test_compare_when_two_rankers_are_equal_then_no_gain_and_nothing_to_detect():
    done = compare(cohort(2020, logistic=LABELS), cohort(2021, logistic=LABELS))
    model = row(done, "logistic")
    assert (model["gain"], model["gain_low"], model["gain_high"], model["detectable"]) == (0,) * 4


def test_compare_when_every_rule_is_worse_than_chance_then_random_is_the_rival():
    bad = {"most_hazards": -LABELS, "last_outcome": -LABELS}
    assert compare(cohort(2020, **bad)).rival == "random"


def test_compare_when_a_model_misses_a_split_then_its_figures_are_of_the_others():
    done = compare(cohort(2020), cohort(2021, logistic=LABELS), skipped={"logistic": "too few"})
    assert row(done, "logistic")["count_splits"] == 1
    assert row(done, "logistic")["gain"] == 0
    assert done.skipped == {"logistic": "too few"}


def test_compare_when_nothing_is_labelled_then_an_empty_table():
    done = compare(cohort(2020, labels=np.full(20, float("nan"))))
    assert (done.rival, done.splits, done.table.height) == (None, (), 0)


def test_measure_detectable_when_draws_spread_then_two_point_eight_standard_errors():
    draws = np.array([0.0, 0.02, 0.04])  # standard deviation 0.02
    normal = NormalDist()
    reach = normal.inv_cdf(0.975) + normal.inv_cdf(0.8)
    assert reach == pytest.approx(2.8016, abs=1e-4)
    assert measure_detectable(draws, 0.95) == pytest.approx(0.02 * reach)
    assert measure_detectable(draws[:1], 0.95) is None
