"""Every ranker beside every other over a backtest: one table, with what it could have shown.

Belongs here: means, worst splits, gains and how small a gain the splits could detect, the
calibration of models.
Does not belong here: who ships (choose.py), printing.
"""

from dataclasses import asdict, dataclass, fields
from datetime import date
from statistics import NormalDist
from typing import Any

import numpy as np
import polars as pl

from models_ml.backtest import Backtest, JudgedCohort
from models_ml.baselines import RANDOM
from models_ml.calibrate import Calibration, measure_calibration
from models_ml.choose import draw_gains, find_best, measure_gain
from models_ml.config import RiskConfig

COMPARISON_SCHEMA = {
    "estimator": pl.String,
    "is_rule": pl.Boolean,
    "auc": pl.Float64,
    "auc_worst": pl.Float64,
    "precision": pl.Float64,
    "precision_worst": pl.Float64,
    "labelled_share": pl.Float64,
    "gain": pl.Float64,
    "gain_low": pl.Float64,
    "gain_high": pl.Float64,
    "detectable": pl.Float64,
    "count_splits": pl.Int64,
    **{field.name: pl.Float64 for field in fields(Calibration)},
}
# The chance to find a difference of the size called detectable.
POWER = 0.8


@dataclass(frozen=True)
class Comparison:
    """A backtest in one table.

    Attributes
    ----------
    table
        One row a ranker (COMPARISON_SCHEMA), best precision first. `auc`, `precision` at
        `k_share`: mean over the labelled splits, `_worst` the smallest. `gain`: mean difference in
        the headline to `rival`, with the ends of its interval by subject; null for the rival
        itself. `detectable`: the smallest true difference these splits would show 4 times in 5.
        Of models also the figures of Calibration over the labelled rows of all splits; rules give
        no probability.
    rival
        The best rule (or random order); None = no labelled split.
    splits
        Evaluation dates that could be judged, oldest first.
    count_rows, base_rate, base_rate_worst
        Labelled rows of all splits; share of positives, mean over splits and smallest.
    skipped
        Ranker -> why it is not, or not always, among them.
    """

    table: pl.DataFrame
    rival: str | None
    k_share: float
    splits: tuple[date, ...]
    count_rows: int
    base_rate: float | None
    base_rate_worst: float | None
    skipped: dict[str, str]


def compare_rankers(backtest: Backtest, config: RiskConfig) -> Comparison:
    """Lay a backtest out as one table of all rankers, over the splits with labels.

    Source: evidence.md A1 (smallest detectable difference), A2.6, A2.7.
    """
    cohorts = [cohort for cohort in backtest.cohorts if cohort.is_labelled]
    k_share = config.metrics.headline_k_share
    if not cohorts:
        empty = pl.DataFrame(schema=COMPARISON_SCHEMA)
        return Comparison(empty, None, k_share, (), 0, None, None, backtest.skipped)
    days = tuple(cohort.split_on for cohort in cohorts)
    figures = backtest.metrics.filter(pl.col("split_on").is_in(days))
    rules = [name for name in (*config.rules, RANDOM) if all(name in c.scores for c in cohorts)]
    rival = find_best(cohorts, rules, config)
    names = figures["estimator"].unique(maintain_order=True)
    table = pl.DataFrame(
        [
            {
                "estimator": name,
                "is_rule": name not in config.models,
                **_average(figures.filter(pl.col("estimator") == name), k_share),
                **_weigh(cohorts, name, rival, config),
                **(_calibrate(cohorts, name, config) if name in config.models else {}),
            }
            for name in names
        ],
        schema=COMPARISON_SCHEMA,
    )
    base = figures.filter(pl.col("metric") == "base_rate").unique("split_on")
    return Comparison(
        table.sort("precision", "auc", "estimator", descending=[True, True, False]),
        rival,
        k_share,
        days,
        int(base["count_labelled"].sum()),
        float(base.sort("split_on")["value"].mean()),
        float(base["value"].min()),
        backtest.skipped,
    )


def measure_detectable(gains: np.ndarray, confidence: float) -> float | None:
    """Return the smallest true difference found with chance POWER; None = too few draws.

    (z of the two-sided interval + z of the power) x the standard error, which is the spread of
    the bootstrap draws.
    """
    if gains.size < 2:
        return None
    normal = NormalDist()
    reach = normal.inv_cdf((1 + confidence) / 2) + normal.inv_cdf(POWER)
    return float(reach * gains.std(ddof=1))


def _average(figures: pl.DataFrame, k_share: float) -> dict[str, Any]:
    """Mean and worst AUC and precision, and how much of the first k is labelled."""
    auc = figures.filter(pl.col("metric") == "auc")["value"]
    first = figures.filter(pl.col("metric") == "precision", pl.col("k_share") == k_share)
    return {
        "auc": auc.mean(),
        "auc_worst": auc.min(),
        "precision": first["value"].mean(),
        "precision_worst": first["value"].min(),
        "labelled_share": first["labelled_share"].mean(),
        "count_splits": len(auc),
    }


def _calibrate(
    cohorts: list[JudgedCohort], name: str, config: RiskConfig
) -> dict[str, float | None]:
    """Figures of a model's probabilities, all splits together."""
    judged = [cohort for cohort in cohorts if name in cohort.scores]
    odds, labels, subjects = (
        np.concatenate(parts)
        for parts in zip(*((c.scores[name], c.labels, c.subject_ids) for c in judged), strict=True)
    )
    known = ~np.isnan(labels)
    found = measure_calibration(
        odds[known], labels[known], subjects[known], config.winner.confidence
    )
    return asdict(found)


def _weigh(
    cohorts: list[JudgedCohort], name: str, rival: str, config: RiskConfig
) -> dict[str, float | None]:
    """Gain over the rival with its interval, and the gain that would have been found."""
    if name == rival:
        return dict.fromkeys(("gain", "gain_low", "gain_high", "detectable"))
    judged = [cohort for cohort in cohorts if name in cohort.scores]
    gains = draw_gains(judged, name, rival, config)
    if gains.size == 0:
        return dict.fromkeys(("gain", "gain_low", "gain_high", "detectable"))
    edge = (1 - config.winner.confidence) / 2
    return {
        "gain": measure_gain(judged, name, rival, config),
        "gain_low": float(np.quantile(gains, edge)),
        "gain_high": float(np.quantile(gains, 1 - edge)),
        "detectable": measure_detectable(gains, config.winner.confidence),
    }
