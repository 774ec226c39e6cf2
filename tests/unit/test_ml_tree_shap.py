"""Shapley values of trees: one worked by hand, all others against the definition."""

from collections.abc import Callable
from itertools import combinations
from math import factorial

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier

from models_ml.tree_shap import explain_trees, tabulate_shapley

NODE = [
    ("value", float), ("count", int), ("feature_idx", int), ("num_threshold", float),
    ("missing_go_to_left", bool), ("left", int), ("right", int), ("is_leaf", bool),
]  # fmt: skip
# x0 <= 5 (6 of 10 rows): 0; else x1 <= 2 (3 of 4): 10, else 20.
SMALL = np.array(
    [
        (0, 10, 0, 5.0, True, 1, 2, False),
        (0, 6, 0, 0, False, 0, 0, True),
        (0, 4, 1, 2.0, False, 3, 4, False),
        (10, 3, 0, 0, False, 0, 0, True),
        (20, 1, 0, 0, False, 0, 0, True),
    ],
    dtype=NODE,
)


def expect(nodes: np.ndarray, row: np.ndarray, known: set[int], at: int = 0) -> float:
    """What the tree says of a row when only some columns are known: the game, by recursion."""
    node = nodes[at]
    if node["is_leaf"]:
        return float(node["value"])
    left, right = int(node["left"]), int(node["right"])
    if node["feature_idx"] in known:
        value = row[node["feature_idx"]]
        is_left = node["missing_go_to_left"] if np.isnan(value) else value <= node["num_threshold"]
        return expect(nodes, row, known, left if is_left else right)
    return sum(
        nodes[child]["count"] / node["count"] * expect(nodes, row, known, child)
        for child in (left, right)
    )


def shapley(game: Callable[[set[int]], float], count: int) -> list[float]:
    """The definition: the mean gain of a player over all sets of the others."""
    values = []
    for player in range(count):
        others = [other for other in range(count) if other != player]
        values.append(
            sum(
                factorial(size)
                * factorial(count - size - 1)
                / factorial(count)
                * (game({*chosen, player}) - game(set(chosen)))
                for size in range(count)
                for chosen in combinations(others, size)
            )
        )
    return values


def test_explain_trees_when_worked_by_hand_then_base_and_both_shares():
    # Nothing known: 0.6 x 0 + 0.4 x (0.75 x 10 + 0.25 x 20) = 5. Row (6, 3): x0 alone known says
    # 12.5, x1 alone 0.4 x 20 = 8, both 20. x0: (7.5 + 12) / 2 = 9.75; x1: (3 + 7.5) / 2 = 5.25.
    base, parts = explain_trees([SMALL], np.array([[6.0, 3.0], [1.0, 3.0]]))
    assert base == pytest.approx(5)
    # Row (1, 3): x0 alone 0, x1 alone 8, both 0. x0: (-5 - 8) / 2; x1: (3 + 0) / 2.
    np.testing.assert_allclose(parts, [[9.75, 5.25], [-6.5, 1.5]])


def test_explain_trees_when_a_value_is_unknown_then_it_goes_where_the_split_says():
    nan = float("nan")
    base, parts = explain_trees([SMALL], np.array([[nan, 0.0], [6.0, nan]]))
    np.testing.assert_allclose(base + parts.sum(axis=1), [0, 20])


def test_tabulate_shapley_when_one_feature_then_met_less_share():
    np.testing.assert_allclose(tabulate_shapley([0.3]), [[-0.3], [0.7]])


def fitted(seed: int, leaves: int, depth: int, iterations: int, rows: int = 300) -> tuple:
    rng = np.random.default_rng(seed)
    inputs = rng.normal(size=(rows, 4)).round(1)
    inputs[rng.random(inputs.shape) < 0.15] = np.nan
    odds = np.nan_to_num(inputs[:, 0]) * 2 + (np.nan_to_num(inputs[:, 1]) > 0.3) * inputs[:, 2] ** 2
    labels = (rng.random(rows) < 1 / (1 + np.exp(-np.nan_to_num(odds)))).astype(int)
    model = HistGradientBoostingClassifier(
        max_leaf_nodes=leaves, max_depth=depth, max_iter=iterations, min_samples_leaf=5,
        early_stopping=False, random_state=seed,
    ).fit(inputs, labels)  # fmt: skip
    return model, [predictor.nodes for (predictor,) in model._predictors], inputs


@pytest.mark.parametrize("seed", range(3))
def test_explain_trees_when_fitted_then_equal_to_the_definition(seed):
    # Eight leaves over four columns: columns come back on a path, values are missing.
    _, trees, inputs = fitted(seed, leaves=8, depth=5, iterations=3)
    rows = inputs[:12]
    base, parts = explain_trees(trees, rows)
    assert base == pytest.approx(sum(expect(tree, rows[0], set()) for tree in trees))
    for row, told in zip(rows, parts, strict=True):
        wanted = shapley(
            lambda known, row=row: sum(expect(tree, row, known) for tree in trees), rows.shape[1]
        )
        np.testing.assert_allclose(told, wanted, atol=1e-10)


def test_explain_trees_when_many_trees_then_parts_sum_to_the_log_odds():
    model, trees, inputs = fitted(9, leaves=6, depth=4, iterations=80)
    base, parts = explain_trees(trees, inputs)
    start = float(np.ravel(model._baseline_prediction)[0])
    np.testing.assert_allclose(
        start + base + parts.sum(axis=1), model.decision_function(inputs), atol=1e-10
    )
