"""How good an order is: precision, recall, lift at k, AUC, with ties and unlabelled subjects.

Every metric is computed for many weightings of the rows at once: one row of ones is the plain
figure, a row of draw counts is one bootstrap replicate.

Belongs here: definitions of metrics. Does not belong here: which cohorts are measured.
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class TiedOrder:
    """Rows from highest to lowest score, with the places where a new score starts."""

    order: np.ndarray
    starts: np.ndarray

    def sum_groups(self, values: np.ndarray) -> np.ndarray:
        """Sum `values` (replicates x rows) over each group of equal scores."""
        return np.add.reduceat(values[..., self.order], self.starts, axis=-1)


def order_scores(scores: np.ndarray) -> TiedOrder:
    """Group rows by score, highest first.

    Raises
    ------
    ValueError
        A score is missing or infinite.
    """
    if not np.isfinite(scores).all():
        raise ValueError("scores must be finite")
    order = np.argsort(-scores, kind="stable")
    ordered = scores[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    return TiedOrder(order, starts)


@dataclass(frozen=True)
class TopCounts:
    """Expected counts among the first k over random orders of tied rows, one a replicate.

    `size`, `labelled`, `positive`: cohort; `top_*`: the same among the first k.
    """

    size: np.ndarray
    labelled: np.ndarray
    positive: np.ndarray
    top_size: np.ndarray
    top_labelled: np.ndarray
    top_positive: np.ndarray


@dataclass(frozen=True)
class Measure:
    """A metric, and its bounds if the unlabelled rows had turned out worst or best."""

    value: np.ndarray
    worst: np.ndarray
    best: np.ndarray


def count_top(
    scores: np.ndarray, labels: np.ndarray, k_share: float, weights: np.ndarray | None = None
) -> TopCounts:
    """Count the first k = ceil(k_share x cohort) rows, splitting ties evenly.

    Of a group of m tied rows of which only t fit, each has the chance t / m to be in: counts are
    expectations over all orders of the ties, so row order never matters.

    Parameters
    ----------
    scores
        (rows,) higher = riskier.
    labels
        (rows,) 1, 0, NaN = unlabelled.
    weights
        (replicates, rows) how often each row is drawn; None = each once.

    Source: evidence.md A2.5.
    """
    weights = np.ones((1, len(scores))) if weights is None else weights
    tied = order_scores(scores)
    is_labelled, is_positive = ~np.isnan(labels), labels == 1
    sizes = tied.sum_groups(weights)
    labelled = tied.sum_groups(weights * is_labelled)
    positive = tied.sum_groups(weights * is_positive)
    size = sizes.sum(axis=-1)
    # 100 x 0.07 is 7.000000000000001 in binary: round before ceil.
    k = np.ceil(np.round(k_share * size, 9))
    before = np.cumsum(sizes, axis=-1) - sizes
    room = np.clip(k[:, None] - before, 0, sizes)
    taken = np.divide(room, sizes, out=np.zeros_like(room), where=sizes > 0)
    return TopCounts(
        size,
        labelled.sum(axis=-1),
        positive.sum(axis=-1),
        room.sum(axis=-1),
        (taken * labelled).sum(axis=-1),
        (taken * positive).sum(axis=-1),
    )


def measure_precision(counts: TopCounts) -> Measure:
    """Positives among the labelled of the first k; bounds over all k.

    With unlabelled rows inside a tie that is cut, the value is expected positives over expected
    labelled rows. NaN = nobody among the first k is labelled.
    """
    unlabelled = counts.top_size - counts.top_labelled
    return Measure(
        _divide(counts.top_positive, counts.top_labelled),
        _divide(counts.top_positive, counts.top_size),
        _divide(counts.top_positive + unlabelled, counts.top_size),
    )


def measure_recall(counts: TopCounts) -> Measure:
    """Share of the labelled positives found in the first k. NaN = no positive at all.

    Worst: the unlabelled outside the first k are positive, those inside are not; best: reverse.
    """
    inside = counts.top_size - counts.top_labelled
    outside = counts.size - counts.labelled - inside
    return Measure(
        _divide(counts.top_positive, counts.positive),
        _divide(counts.top_positive, counts.positive + outside),
        _divide(counts.top_positive + inside, counts.positive + inside),
    )


def measure_lift(counts: TopCounts) -> Measure:
    """Precision over base rate: how often better than a random list. Bounds as in recall."""
    precision, base, recall = (
        measure_precision(counts),
        measure_base(counts),
        measure_recall(counts),
    )
    share = _divide(counts.top_size, counts.size)
    return Measure(
        _divide(precision.value, base.value),
        _divide(recall.worst, share),
        _divide(recall.best, share),
    )


def measure_base(counts: TopCounts) -> Measure:
    """Positives among the labelled of the cohort; bounds over the whole cohort."""
    unlabelled = counts.size - counts.labelled
    return Measure(
        _divide(counts.positive, counts.labelled),
        _divide(counts.positive, counts.size),
        _divide(counts.positive + unlabelled, counts.size),
    )


def measure_auc(
    scores: np.ndarray, labels: np.ndarray, weights: np.ndarray | None = None
) -> np.ndarray:
    """Chance that a positive scores above a negative, ties counting half; labelled rows only.

    Returns
    -------
    np.ndarray
        (replicates,) NaN where positives or negatives are missing.
    """
    weights = np.ones((1, len(scores))) if weights is None else weights
    tied = order_scores(scores)
    positive = tied.sum_groups(weights * (labels == 1))
    negative = tied.sum_groups(weights * (labels == 0))
    below = negative.sum(axis=-1, keepdims=True) - np.cumsum(negative, axis=-1)
    won = (positive * (below + negative / 2)).sum(axis=-1)
    return _divide(won, positive.sum(axis=-1) * negative.sum(axis=-1))


def _divide(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    return np.divide(above, below, out=np.full_like(above, np.nan, dtype=float), where=below > 0)
