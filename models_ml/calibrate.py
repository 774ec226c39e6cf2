"""Whether probabilities are what they say: Brier, log loss, expected error, slope, intercept.

Belongs here: figures of probabilities against outcomes. Does not belong here: order (metrics.py),
mending probabilities: the ranking uses only their order.
"""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

# Rows are put into that many bins of equal size by their probability.
BINS = 10
# Beyond these log-odds a probability is 0 or 1 to all digits that matter.
FAR_ODDS = 30.0
STEPS = 50


@dataclass(frozen=True)
class Calibration:
    """Figures over labelled rows; a slope or intercept that can't be fitted is None.

    Attributes
    ----------
    brier, log_loss
        Mean squared error and mean log loss of the probabilities.
    expected_error
        Mean distance between probability and share of positives, over bins of equal size.
    slope, slope_low, slope_high
        Of the outcome's log-odds on those given: 1 = right, below 1 = too sure of itself.
    intercept, intercept_low, intercept_high
        What has to be added to the log-odds given: 0 = right, below 0 = too high on the whole.
    """

    brier: float
    log_loss: float
    expected_error: float
    slope: float | None
    slope_low: float | None
    slope_high: float | None
    intercept: float | None
    intercept_low: float | None
    intercept_high: float | None


def measure_calibration(
    log_odds: np.ndarray, labels: np.ndarray, subjects: np.ndarray, confidence: float
) -> Calibration:
    """Measure probabilities given as log-odds.

    Parameters
    ----------
    log_odds, labels
        (rows,) finite numbers; 1, 0. At least one row.
    subjects
        (rows,) whose row it is: rows of one subject are not independent, so intervals rest on the
        spread between subjects.
    confidence
        Of the two-sided intervals.

    Source: evidence.md A2.8.
    """
    odds = np.clip(log_odds, -FAR_ODDS, FAR_ODDS)
    chance = _logistic(odds)
    loss = np.logaddexp(0, np.where(labels == 1, -odds, odds))
    ones = np.ones(len(odds))
    slope = _fit(np.column_stack([odds, ones]), np.zeros(len(odds)), labels, subjects, confidence)
    shift = _fit(ones[:, None], odds, labels, subjects, confidence)
    return Calibration(
        float(np.mean((chance - labels) ** 2)),
        float(loss.mean()),
        measure_expected_error(chance, labels),
        *slope,
        *shift,
    )


def measure_expected_error(chance: np.ndarray, labels: np.ndarray) -> float:
    """Return the mean |probability - share of positives| over bins of equal size.

    Equal probabilities share a bin, so the order of rows never matters.
    """
    _, inverse, counts = np.unique(chance, return_inverse=True, return_counts=True)
    middle = np.cumsum(counts) - counts / 2
    bins = np.minimum((middle * BINS / len(chance)).astype(int), BINS - 1)[inverse]
    sizes = np.bincount(bins, minlength=BINS)
    gaps = np.abs(np.bincount(bins, chance - labels, minlength=BINS))
    return float(gaps.sum() / sizes.sum())


def _fit(
    inputs: np.ndarray,
    offset: np.ndarray,
    labels: np.ndarray,
    subjects: np.ndarray,
    confidence: float,
) -> tuple[float | None, float | None, float | None]:
    """Fit labels on inputs by Newton's method; return the first coefficient and its interval.

    The variance is the sandwich with sums by subject. None where a class is missing or the inputs
    are one constant.
    """
    if np.linalg.matrix_rank(inputs) < inputs.shape[1] or len(np.unique(labels)) < 2:
        return None, None, None
    weights = np.zeros(inputs.shape[1])
    for _ in range(STEPS):
        chance = _logistic(offset + inputs @ weights)
        bend = (inputs * (chance * (1 - chance))[:, None]).T @ inputs
        step = np.linalg.solve(bend, inputs.T @ (labels - chance))
        weights = weights + step
        if np.abs(step).max() < 1e-10:
            break
    else:
        return None, None, None
    _, owner = np.unique(subjects, return_inverse=True)
    by_subject = np.zeros((owner.max() + 1, inputs.shape[1]))
    np.add.at(by_subject, owner, inputs * (labels - chance)[:, None])
    inverse = np.linalg.inv(bend)
    error = float(np.sqrt((inverse @ by_subject.T @ by_subject @ inverse)[0, 0]))
    reach = NormalDist().inv_cdf((1 + confidence) / 2) * error
    first = float(weights[0])
    return first, first - reach, first + reach


def _logistic(odds: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-np.clip(odds, -FAR_ODDS, FAR_ODDS)))
