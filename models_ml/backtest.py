"""Judge every ranker on every split, as it would have ranked then.

Belongs here: the loop over splits and its long metrics table. Does not belong here: who wins.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from threadpoolctl import threadpool_limits

from models_ml.baselines import RANDOM, find_lacking_rules
from models_ml.config import RiskConfig
from models_ml.frame import RiskFrame, known_labels
from models_ml.metrics import (
    Measure,
    count_top,
    measure_auc,
    measure_base,
    measure_lift,
    measure_precision,
    measure_recall,
)
from models_ml.rankers import NotEnoughLabels
from models_ml.splits import Split, find_splits
from models_ml.train import collect_training, fit_ranker

METRICS_SCHEMA = {
    "split_on": pl.Date,
    "estimator": pl.String,
    "metric": pl.String,
    "k_share": pl.Float64,
    "value": pl.Float64,
    "value_worst": pl.Float64,
    "value_best": pl.Float64,
    "labelled_share": pl.Float64,
    "count_labelled": pl.Int64,
    "count_cohort": pl.Int64,
    "count_positive": pl.Int64,
}
# Metrics of the whole cohort stand at this share.
WHOLE_COHORT = 1.0


@dataclass(frozen=True)
class JudgedCohort:
    """One evaluation date: who was there, what is known now, how each ranker scored them.

    `labels`: (rows,) 1, 0, NaN = unlabelled; `scores`: ranker -> (rows,). Where visits are judged
    a subject may come more than once.
    """

    split_on: date
    subject_ids: np.ndarray
    labels: np.ndarray
    scores: dict[str, np.ndarray]

    @property
    def is_labelled(self) -> bool:
        """Whether it holds both a positive and a negative, without which nothing is judged."""
        return bool((self.labels == 1).any() and (self.labels == 0).any())


@dataclass(frozen=True)
class Backtest:
    """All judged cohorts (oldest first) and their metrics.

    `skipped`: ranker -> why it could not take part (at all, or at how many splits).
    """

    cohorts: tuple[JudgedCohort, ...]
    metrics: pl.DataFrame
    skipped: dict[str, str]


def run_backtest(frame: RiskFrame, known_on: date, config: RiskConfig, unit: str) -> Backtest:
    """Score each split's cohort by every ranker fitted on what was known at its date.

    Parameters
    ----------
    frame
        Rows and labels as known at `known_on` (`RiskFrame.as_known`).

    Returns
    -------
    Backtest
        `metrics` has the columns of `ml.metrics` without `run_id`.
    """
    # Sums by several threads differ in the last bits from machine to machine; our matrices are
    # too small to gain by them.
    with threadpool_limits(limits=1):
        return _run_backtest(frame, known_on, config, unit)


def _run_backtest(frame: RiskFrame, known_on: date, config: RiskConfig, unit: str) -> Backtest:
    lacking = find_lacking_rules(frame.rows, config)
    rules = [name for name in config.rules if name not in lacking]
    names = [RANDOM, *rules, *config.models]
    failed: dict[str, int] = {}
    cohorts = []
    for split in find_splits(frame.dates(), known_on, config):
        cohort = _judge_cohort(frame, split, known_on, config, unit, names)
        if cohort is None:
            continue
        cohorts.append(cohort)
        for name in set(names) - set(cohort.scores):
            failed[name] = failed.get(name, 0) + 1
    skipped = lacking | {
        name: f"too few labels at {count} of {len(cohorts)} splits"
        for name, count in sorted(failed.items())
    }
    return Backtest(tuple(cohorts), measure_cohorts(cohorts, config), skipped)


def measure_cohorts(cohorts: list[JudgedCohort], config: RiskConfig) -> pl.DataFrame:
    """Lay out every metric of every ranker at every split as long rows (METRICS_SCHEMA)."""
    rows = [
        {"split_on": cohort.split_on, "estimator": name, **row}
        for cohort in cohorts
        for name, scores in cohort.scores.items()
        for row in _measure(scores, cohort.labels, config)
    ]
    return pl.DataFrame(rows, schema=METRICS_SCHEMA).with_columns(
        pl.col("value", "value_worst", "value_best").fill_nan(None)
    )


def select_judged(frame: RiskFrame, split: Split) -> pl.DataFrame:
    """Return the rows ranked together at a split: the cohort of its day, or its visits."""
    if split.until_on is None:
        return frame.judged.filter(pl.col("as_of_on") == split.split_on)
    day = pl.col("visited_on")
    return frame.judged.filter((day > split.split_on) & (day <= split.until_on))


def _judge_cohort(
    frame: RiskFrame,
    split: Split,
    known_on: date,
    config: RiskConfig,
    unit: str,
    names: list[str],
) -> JudgedCohort | None:
    rows = select_judged(frame, split)
    labels = known_labels(rows, known_on, config.delay_days)
    training = collect_training(frame, split.split_on, config)
    if rows.height == 0 or training.rows.height == 0:
        return None
    scores = {}
    for name in names:
        try:
            scores[name] = fit_ranker(name, training, config, unit).score(rows)
        except NotEnoughLabels:
            continue
    return JudgedCohort(
        split.split_on,
        rows.get_column("subject_id").to_numpy(),
        labels.fill_null(float("nan")).to_numpy(),
        scores,
    )


def _measure(scores: np.ndarray, labels: np.ndarray, config: RiskConfig) -> list[dict[str, object]]:
    whole = count_top(scores, labels, WHOLE_COHORT)
    counts = {
        "count_labelled": int(whole.labelled[0]),
        "count_cohort": int(whole.size[0]),
        "count_positive": int(whole.positive[0]),
    }
    unbounded = np.full(1, np.nan)
    figures = [
        ("base_rate", WHOLE_COHORT, measure_base(whole), whole),
        ("auc", WHOLE_COHORT, Measure(measure_auc(scores, labels), unbounded, unbounded), whole),
    ]
    for k_share in config.metrics.k_shares:
        top = count_top(scores, labels, k_share)
        figures += [
            ("precision", k_share, measure_precision(top), top),
            ("recall", k_share, measure_recall(top), top),
            ("lift", k_share, measure_lift(top), top),
        ]
    return [
        {
            "metric": metric,
            "k_share": k_share,
            "value": float(measure.value[0]),
            "value_worst": float(measure.worst[0]),
            "value_best": float(measure.best[0]),
            "labelled_share": float(top.top_labelled[0] / top.top_size[0]),
            **counts,
        }
        for metric, k_share, measure, top in figures
    ]
