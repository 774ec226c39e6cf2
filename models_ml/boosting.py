"""Gradient boosting of small trees that may not reward a worse record.

Unknown values stay unknown: a split sends them to the side where training rows were better told
apart. Features are columns of numbers; a category enters as one column a word.

Belongs here: fitting, the score and its exact reasons by feature. Does not belong here: how trees
are split into contributions (tree_shap.py).
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder

from models_ml.baselines import read_numbers
from models_ml.config import RiskConfig, UnitKnobs
from models_ml.explain import Explanation
from models_ml.inner_split import demand_both_classes, split_inside, teaches
from models_ml.logistic import find_source, measure_log_loss, name_category, select_inputs
from models_ml.rankers import FittedRanker, Training
from models_ml.tree_shap import explain_trees


@dataclass(frozen=True)
class FittedBoosting(FittedRanker):
    """score = log-odds; base = log-odds with no feature known."""

    pipeline: Pipeline
    knobs: UnitKnobs
    sources: tuple[str, ...]
    iterations: int

    def score(self, rows: pl.DataFrame) -> np.ndarray:
        """Return (rows,) log-odds; the probability rises with them."""
        return self.pipeline.decision_function(select_inputs(rows, self.knobs))

    def explain(self, rows: pl.DataFrame) -> Explanation:
        """Return exact Shapley values of the trees, summed to the feature they came from."""
        model = self.pipeline["model"]
        inputs = np.asarray(self.pipeline[:-1].transform(select_inputs(rows, self.knobs)), float)
        # The fitted trees have no public name; a test holds their sum to decision_function.
        trees = [predictor.nodes for (predictor,) in model._predictors]
        base, parts = explain_trees(trees, inputs)
        features = tuple(dict.fromkeys(self.sources))
        belongs = np.array([[source == name for name in features] for source in self.sources])
        numbers = tuple(name for name in features if name in self.knobs.numbers)
        values = np.full((rows.height, len(features)), np.nan)
        values[:, [features.index(name) for name in numbers]] = read_numbers(rows, numbers)
        start = float(np.ravel(model._baseline_prediction)[0])
        return Explanation(start + base, features, parts @ belongs.astype(float), values)


def fit_boosting(training: Training, config: RiskConfig, unit: str) -> FittedBoosting:
    """Fit the trees on the labelled training rows.

    Raises
    ------
    NotEnoughLabels
        Fewer positives or negatives than `splits.min_train_each`.
    """
    labelled = training.labelled()
    demand_both_classes(labelled, config.splits.min_train_each)
    iterations = _choose_iterations(labelled, config, unit)
    return _fit_at(iterations, labelled, config, unit)


def _choose_iterations(labelled: Training, config: RiskConfig, unit: str) -> int:
    """Choose how many trees by log loss on later rows; one fit is read at every candidate."""
    candidates = config.boosting.iterations
    if len(candidates) == 1:
        return candidates[0]
    halves = split_inside(labelled, config)
    if halves is None:
        return candidates[0]
    early, late = halves
    pipeline = _fit_at(max(candidates), early, config, unit).pipeline
    inputs = pipeline[:-1].transform(select_inputs(late.rows, config.of_unit(unit)))
    staged = enumerate(pipeline["model"].staged_decision_function(inputs), start=1)
    losses = {n: measure_log_loss(late.labels, odds) for n, odds in staged if n in candidates}
    return min(candidates, key=lambda n: losses[n])


def _fit_at(iterations: int, labelled: Training, config: RiskConfig, unit: str) -> FittedBoosting:
    knobs = config.of_unit(unit)
    numbers = [name for name in knobs.numbers if teaches(labelled.rows, name)]
    encoder = OneHotEncoder(
        handle_unknown="ignore", sparse_output=False, feature_name_combiner=name_category
    )
    prepare = ColumnTransformer(
        [("number", "passthrough", numbers), ("category", encoder, list(knobs.category))],
        verbose_feature_names_out=False,
    )
    inputs = select_inputs(labelled.rows, knobs)
    prepare.fit(inputs)
    sources = tuple(find_source(name) for name in prepare.get_feature_names_out())
    boosting = config.boosting
    model = HistGradientBoostingClassifier(
        learning_rate=boosting.learning_rate,
        max_iter=iterations,
        max_leaf_nodes=boosting.max_leaves,
        max_depth=boosting.max_depth,
        min_samples_leaf=boosting.min_leaf_rows,
        l2_regularization=boosting.ridge,
        monotonic_cst=[boosting.direction_of(name) for name in sources],
        early_stopping=False,
        random_state=config.seed,
    )
    pipeline = Pipeline([("prepare", prepare), ("model", model)])
    pipeline.fit(inputs, labelled.labels.astype(int))
    return FittedBoosting(pipeline, knobs, sources, iterations)
