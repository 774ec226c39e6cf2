"""Learned models: today a ridge logistic regression in one scikit-learn Pipeline.

Imputation, scaling and encoding live inside the Pipeline and are fitted on training rows only.

Belongs here: models and their additive explanation. Does not belong here: plain rules, splits.
"""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import polars as pl
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, StandardScaler

from models_ml.baselines import read_numbers
from models_ml.config import RiskConfig, UnitKnobs
from models_ml.explain import Explanation
from models_ml.rankers import FittedRanker, NotEnoughLabels, Training

INDICATOR = "missingindicator_"


@dataclass(frozen=True)
class FittedLogistic(FittedRanker):
    """score = log-odds; base = log-odds at the mean of the training rows."""

    pipeline: Pipeline
    knobs: UnitKnobs
    sources: tuple[str, ...]
    centre: np.ndarray
    c: float

    def score(self, rows: pl.DataFrame) -> np.ndarray:
        """Return (rows,) log-odds; the probability rises with them."""
        return self.pipeline.decision_function(select_inputs(rows, self.knobs))

    def explain(self, rows: pl.DataFrame) -> Explanation:
        """Return coefficient x centred input, summed back to the feature it came from.

        A feature's missing indicator and its one-hot columns count as the feature.
        """
        model = self.pipeline["model"]
        inputs = self.pipeline[:-1].transform(select_inputs(rows, self.knobs))
        parts = (inputs - self.centre) * model.coef_[0]
        features = tuple(dict.fromkeys(self.sources))
        belongs = np.array([[source == name for name in features] for source in self.sources])
        numbers = tuple(name for name in features if name in self.knobs.numbers)
        values = np.full((rows.height, len(features)), np.nan)
        values[:, [features.index(name) for name in numbers]] = read_numbers(rows, numbers)
        base = float(model.intercept_[0] + self.centre @ model.coef_[0])
        return Explanation(base, features, parts @ belongs.astype(float), values)


def fit_logistic(training: Training, config: RiskConfig, unit: str) -> FittedLogistic:
    """Fit the ridge logistic on the labelled training rows.

    Raises
    ------
    NotEnoughLabels
        Fewer positives or negatives than `splits.min_train_each`.
    """
    labelled = training.labelled()
    _demand_both_classes(labelled, config.splits.min_train_each)
    c = _choose_c(labelled, config, unit)
    return _fit_at(c, labelled, config.of_unit(unit))


def select_inputs(rows: pl.DataFrame, knobs: UnitKnobs) -> pl.DataFrame:
    """Return the columns the Pipeline reads, numbers as Float64 with NaN for unknown."""
    return rows.select(
        pl.col(knobs.numbers).fill_null(float("nan")),
        *(pl.col(name).fill_null("") for name in knobs.category),
    )


def _fit_at(c: float, labelled: Training, knobs: UnitKnobs) -> FittedLogistic:
    inputs = select_inputs(labelled.rows, knobs)
    pipeline = _make_pipeline(c, labelled.rows, knobs)
    pipeline.fit(inputs, labelled.labels.astype(int))
    steps = pipeline[:-1]
    sources = tuple(_find_source(name) for name in steps.get_feature_names_out())
    return FittedLogistic(pipeline, knobs, sources, steps.transform(inputs).mean(axis=0), c)


def _make_pipeline(c: float, rows: pl.DataFrame, knobs: UnitKnobs) -> Pipeline:
    """Compose the Pipeline over the columns these rows can teach anything about."""
    log = [name for name in knobs.log if _teaches(rows, name)]
    linear = [name for name in knobs.linear if _teaches(rows, name)]
    logarithm = FunctionTransformer(take_signed_log, feature_names_out="one-to-one")
    encoder = OneHotEncoder(handle_unknown="ignore", sparse_output=False)
    encoder.set_params(feature_name_combiner=_name_category)
    prepare = ColumnTransformer(
        [
            ("log", Pipeline([*_impute(), ("log", logarithm), ("scale", StandardScaler())]), log),
            ("linear", Pipeline([*_impute(), ("scale", StandardScaler())]), linear),
            ("category", encoder, list(knobs.category)),
        ],
        verbose_feature_names_out=False,
    )
    # lbfgs is deterministic; a tight tolerance keeps refits of equal data equal.
    model = LogisticRegression(C=c, solver="lbfgs", max_iter=2000, tol=1e-8)
    return Pipeline([("prepare", prepare), ("model", model)])


def _impute() -> list[tuple[str, SimpleImputer]]:
    return [("impute", SimpleImputer(strategy="median", add_indicator=True))]


def take_signed_log(values: np.ndarray) -> np.ndarray:
    """Return sign(x) ln(1 + |x|): counts of 0, 1, 10, 100 become evenly spread."""
    return np.sign(values) * np.log1p(np.abs(values))


def _choose_c(labelled: Training, config: RiskConfig, unit: str) -> float:
    """Choose C by log loss on later rows, a whole gap after the rows it is tried on."""
    candidates = config.logistic.c
    if len(candidates) == 1:
        return candidates[0]
    dates = labelled.rows["as_of_on"].unique().sort()
    judged_from = dates[len(dates) * 2 // 3]
    learned_to = judged_from - timedelta(days=config.gap_days)
    day = labelled.rows["as_of_on"]
    early = _take(labelled, (day <= learned_to).to_numpy())
    late = _take(labelled, (day >= judged_from).to_numpy())
    try:
        _demand_both_classes(early, config.splits.min_train_each)
        _demand_both_classes(late, 1)
    except NotEnoughLabels:
        return config.logistic.c_default
    knobs = config.of_unit(unit)
    losses = []
    for c in candidates:
        scores = _fit_at(c, early, knobs).score(late.rows)
        losses.append(log_loss(late.labels, 1 / (1 + np.exp(-np.clip(scores, -500, 500)))))
    return candidates[int(np.argmin(losses))]


def _take(training: Training, keep: np.ndarray) -> Training:
    return Training(training.rows.filter(pl.Series(keep)), training.labels[keep])


def _demand_both_classes(labelled: Training, least: int) -> None:
    positive = int((labelled.labels == 1).sum())
    negative = int((labelled.labels == 0).sum())
    if min(positive, negative) < least:
        raise NotEnoughLabels(
            f"{positive} positives and {negative} negatives, at least {least} each are needed"
        )


def _teaches(rows: pl.DataFrame, name: str) -> bool:
    return rows[name].count() > 0 and rows[name].n_unique() > 1


def _name_category(feature: str, category: object) -> str:
    return f"{feature}={category}"


def _find_source(name: str) -> str:
    return name.removeprefix(INDICATOR).split("=", 1)[0]
