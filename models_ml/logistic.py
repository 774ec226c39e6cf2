"""A ridge logistic regression in one scikit-learn Pipeline.

Imputation, scaling and encoding live inside the Pipeline and are fitted on training rows only.

Belongs here: the logistic and its additive explanation. Does not belong here: trees
(boosting.py), plain rules, splits.
"""

from dataclasses import dataclass

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
from models_ml.inner_split import demand_both_classes, split_inside, teaches
from models_ml.rankers import FittedRanker, Training

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
    demand_both_classes(labelled, config.splits.min_train_each)
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
    sources = tuple(find_source(name) for name in steps.get_feature_names_out())
    return FittedLogistic(pipeline, knobs, sources, steps.transform(inputs).mean(axis=0), c)


def _make_pipeline(c: float, rows: pl.DataFrame, knobs: UnitKnobs) -> Pipeline:
    """Compose the Pipeline over the columns these rows can teach anything about."""
    log = [name for name in knobs.log if teaches(rows, name)]
    linear = [name for name in knobs.linear if teaches(rows, name)]
    logarithm = FunctionTransformer(take_signed_log, feature_names_out="one-to-one")
    encoder = OneHotEncoder(handle_unknown="ignore", sparse_output=False)
    encoder.set_params(feature_name_combiner=name_category)
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
    halves = split_inside(labelled, config)
    if halves is None:
        return config.logistic.c_default
    early, late = halves
    knobs = config.of_unit(unit)
    losses = []
    for c in candidates:
        scores = _fit_at(c, early, knobs).score(late.rows)
        losses.append(measure_log_loss(late.labels, scores))
    return candidates[int(np.argmin(losses))]


def measure_log_loss(labels: np.ndarray, log_odds: np.ndarray) -> float:
    """Return the mean log loss of log-odds; far ones are clipped, so that exp stays finite."""
    return float(log_loss(labels, 1 / (1 + np.exp(-np.clip(log_odds, -500, 500)))))


def name_category(feature: str, category: object) -> str:
    """Return the name of a category's own column."""
    return f"{feature}={category}"


def find_source(name: str) -> str:
    """Return the feature a column of the Pipeline came from."""
    return name.removeprefix(INDICATOR).split("=", 1)[0]
