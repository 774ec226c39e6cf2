"""Fit a ranker on exactly the rows and labels known at a cut.

Belongs here: what may be learned from, and which ranker answers to which name.
Does not belong here: scoring, evaluation.
"""

from datetime import date, timedelta

import polars as pl

from models_ml.baselines import fit_rule
from models_ml.boosting import fit_boosting
from models_ml.config import AT_VISIT, MODELS, RiskConfig
from models_ml.frame import RiskFrame, known_labels
from models_ml.logistic import fit_logistic
from models_ml.rankers import FittedRanker, Training
from models_ml.splits import list_train_dates


def collect_training(frame: RiskFrame, cut_on: date, config: RiskConfig) -> Training:
    """Return the rows whose labels were complete at `cut_on`, with the labels known then."""
    dates = frame.dates()
    if config.evaluation == AT_VISIT:
        is_over = pl.col("ends_on") + timedelta(days=config.delay_days) <= cut_on
        rows = frame.judged.filter(is_over)
    else:
        rows = frame.judged.filter(
            pl.col("as_of_on").is_in(list_train_dates(dates, cut_on, config))
        )
    labels = known_labels(rows, cut_on, config.delay_days)
    newest = max(day for day in dates if day <= cut_on)
    standing = frame.rows.filter(pl.col("as_of_on") == newest)
    return Training(rows, labels.fill_null(float("nan")).to_numpy(), standing)


def fit_ranker(name: str, training: Training, config: RiskConfig, unit: str) -> FittedRanker:
    """Fit a rule or a model by its name.

    Raises
    ------
    NotEnoughLabels
        A model lacks positives or negatives.
    """
    if name in MODELS:
        fit = fit_logistic if name == "logistic" else fit_boosting
        return fit(training, config, unit)
    return fit_rule(name, training, config, unit)
