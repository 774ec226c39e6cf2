"""Fit a ranker on exactly the rows and labels known at a cut.

Belongs here: what may be learned from, and which ranker answers to which name.
Does not belong here: scoring, evaluation.
"""

from datetime import date

import polars as pl

from models_ml.baselines import fit_rule
from models_ml.config import MODELS, RiskConfig
from models_ml.estimators import fit_logistic
from models_ml.frame import RiskFrame, known_labels
from models_ml.rankers import FittedRanker, Training
from models_ml.splits import list_train_dates


def collect_training(frame: RiskFrame, cut_on: date, config: RiskConfig) -> Training:
    """Return the rows whose labels were complete at `cut_on`, with the labels known then."""
    train_on = list_train_dates(frame.dates(), cut_on, config)
    rows = frame.rows.filter(pl.col("as_of_on").is_in(train_on))
    labels = known_labels(rows, cut_on, config.horizon_days, config.delay_days)
    return Training(rows, labels.fill_null(float("nan")).to_numpy())


def fit_ranker(name: str, training: Training, config: RiskConfig, unit: str) -> FittedRanker:
    """Fit a rule or a model by its name.

    Raises
    ------
    NotEnoughLabels
        A model lacks positives or negatives.
    """
    if name in MODELS:
        return fit_logistic(training, config, unit)
    return fit_rule(name, training, config, unit)
