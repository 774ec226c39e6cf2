"""Exact Shapley values of boosted trees, by tables over the ways a path can be met.

The game is the path-dependent one: with only some features known, a row goes down every branch of
a split on an unknown feature, in proportion to the training rows that went there. A leaf that n
features lead to then adds value x prod(met by the row) over the known features x prod(share of
training rows) over the others. That is a product, so a row's Shapley values for one leaf depend
only on which of the n features' conditions it meets: 2^n cases, worked out once a leaf and looked
up for all rows at once.

Source: Lundberg, Erion, Lee, Consistent Individualized Feature Attribution for Tree Ensembles
(2018), which defines the game; shallow trees need none of its recursion.

Belongs here: trees as arrays, the table of a leaf. Does not belong here: fitting, features by name.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import factorial

import numpy as np


@dataclass
class Path:
    """How one leaf is reached.

    Attributes
    ----------
    value
        What the leaf adds to the score.
    columns
        Distinct columns split on along the way.
    shares
        Of each column, the share of training rows that its splits on the way let through.
    conditions
        (position in `columns`, threshold, goes left, missing goes left) a split.
    """

    value: float
    columns: list[int] = field(default_factory=list)
    shares: list[float] = field(default_factory=list)
    conditions: list[tuple[int, float, bool, bool]] = field(default_factory=list)


def list_paths(nodes: np.ndarray, at: int = 0, path: Path | None = None) -> Iterator[Path]:
    """Walk a tree of scikit-learn's histogram boosting and return its leaves.

    Parameters
    ----------
    nodes
        (nodes,) structured: `value`, `count`, `feature_idx`, `num_threshold`,
        `missing_go_to_left`, `left`, `right`, `is_leaf`; splits by threshold only.
    """
    path = path or Path(0.0)
    node = nodes[at]
    if node["is_leaf"]:
        yield Path(float(node["value"]), path.columns, path.shares, path.conditions)
        return
    column, missing_left = int(node["feature_idx"]), bool(node["missing_go_to_left"])
    known = column in path.columns
    place = path.columns.index(column) if known else len(path.columns)
    for child, is_left in ((int(node["left"]), True), (int(node["right"]), False)):
        share = float(nodes[child]["count"]) / float(node["count"])
        shares = path.shares.copy() if known else [*path.shares, 1.0]
        shares[place] *= share
        condition = (place, float(node["num_threshold"]), is_left, missing_left)
        yield from list_paths(
            nodes,
            child,
            Path(
                0.0,
                path.columns if known else [*path.columns, column],
                shares,
                [*path.conditions, condition],
            ),
        )


def explain_trees(trees: list[np.ndarray], inputs: np.ndarray) -> tuple[float, np.ndarray]:
    """Split the sum of trees into a base and one contribution a column.

    Parameters
    ----------
    trees
        Node arrays (see `list_paths`).
    inputs
        (rows, columns) NaN = unknown.

    Returns
    -------
    tuple
        The score with no feature known, and (rows, columns) Shapley values; base + their sum is
        the sum of the leaves each row falls into.
    """
    base, contributions = 0.0, np.zeros(inputs.shape)
    for nodes in trees:
        for path in list_paths(nodes):
            base += path.value * float(np.prod(path.shares))
            if path.columns:
                case = _number_cases(path, inputs)
                contributions[:, path.columns] += path.value * tabulate_shapley(path.shares)[case]
    return base, contributions


def tabulate_shapley(shares: list[float]) -> np.ndarray:
    """Return (2^n cases, n features) Shapley values of prod(met) x prod(shares).

    Bit i of a case says that feature i's conditions are met. Feature i gets (met_i - share_i) x
    sum over sets S of the others of |S|! (n - |S| - 1)! / n! x prod(met in S) x prod(shares
    outside S): the sum over sets of one size is a coefficient of prod(share_j + met_j t).
    """
    count = len(shares)
    cases = (np.arange(2**count)[:, None] >> np.arange(count)) & 1
    weights = [factorial(s) * factorial(count - s - 1) / factorial(count) for s in range(count)]
    table = np.empty((2**count, count))
    for i in range(count):
        sums = np.zeros((2**count, count))
        sums[:, 0] = 1.0
        for j in range(count):
            if j != i:
                raised = np.roll(sums, 1, axis=1) * cases[:, [j]]
                raised[:, 0] = 0.0
                sums = sums * shares[j] + raised
        table[:, i] = (cases[:, i] - shares[i]) * (sums @ weights)
    return table


def _number_cases(path: Path, inputs: np.ndarray) -> np.ndarray:
    """Return (rows,) which of the path's columns have all their conditions met, as bits."""
    met = np.ones((len(inputs), len(path.columns)), dtype=bool)
    for place, threshold, is_left, missing_left in path.conditions:
        values = inputs[:, path.columns[place]]
        goes_left = np.where(np.isnan(values), missing_left, values <= threshold)
        met[:, place] &= goes_left == is_left
    return met @ (1 << np.arange(len(path.columns)))
