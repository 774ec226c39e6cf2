"""Metrics worked by hand, and their laws."""

from itertools import pairwise, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models_ml.metrics import (
    count_top,
    measure_auc,
    measure_base,
    measure_lift,
    measure_precision,
    measure_recall,
)

NAN = float("nan")
# Ten subjects: scores 9 .. 0, labels of the first five 1 0 NaN 1 0, then 0 NaN NaN 1 0.
SCORES = np.arange(9.0, -1, -1)
LABELS = np.array([1, 0, NAN, 1, 0, 0, NAN, NAN, 1, 0])


def figures(measure) -> tuple[float, float, float]:
    return tuple(round(float(part[0]), 9) for part in (measure.value, measure.worst, measure.best))


def test_measures_when_no_ties_then_as_counted_by_hand():
    top = count_top(SCORES, LABELS, 0.4)  # 1, 0, NaN, 1: 2 of 3 labelled
    assert figures(measure_precision(top)) == (round(2 / 3, 9), 0.5, 0.75)
    # 3 positives in all, 2 found; 2 unlabelled outside, 1 inside
    assert figures(measure_recall(top)) == (round(2 / 3, 9), 0.4, 0.75)
    assert figures(measure_base(top)) == (round(3 / 7, 9), 0.3, 0.6)
    # value (2/3)/(3/7); worst (2/4)/(5/10); best (3/4)/(4/10)
    assert figures(measure_lift(top)) == (round(14 / 9, 9), 1.0, 1.875)


def test_count_top_when_k_is_no_whole_number_then_rounded_up():
    assert count_top(SCORES, LABELS, 0.31).top_size[0] == 4
    assert count_top(SCORES, LABELS, 0.3).top_size[0] == 3
    assert count_top(np.arange(100.0), np.zeros(100), 0.07).top_size[0] == 7


def test_precision_when_tie_is_cut_then_expected_over_orders():
    # One clear first (positive), then four tied with one positive, two places left: 1 + 2/4.
    scores, labels = np.array([9, 5, 5, 5, 5.0]), np.array([1, 1, 0, 0, 0.0])
    assert figures(measure_precision(count_top(scores, labels, 0.6)))[0] == 0.5


def test_precision_when_nobody_at_the_top_is_labelled_then_no_figure_but_bounds():
    top = count_top(np.array([2.0, 1.0]), np.array([NAN, 1.0]), 0.5)
    assert np.isnan(measure_precision(top).value[0])
    assert (measure_precision(top).worst[0], measure_precision(top).best[0]) == (0, 1)


def test_auc_when_ties_then_they_count_half():
    # pairs: (3 over 1) won, (3 over 2) won, (2 over 1) won, (2 over 2) half
    scores, labels = np.array([3, 2, 2, 1.0]), np.array([1, 1, 0, 0.0])
    assert measure_auc(scores, labels)[0] == 3.5 / 4
    assert np.isnan(measure_auc(scores, np.ones(4))[0])


def test_measures_when_a_row_is_drawn_twice_then_as_if_it_stood_there_twice():
    weights = np.array([[2, 0, 1, 1, 1, 3, 1, 0, 1, 0.0]])
    rows = np.repeat(np.arange(10), weights[0].astype(int))
    drawn = count_top(SCORES, LABELS, 0.4, weights)
    stood = count_top(SCORES[rows], LABELS[rows], 0.4)
    assert figures(measure_lift(drawn)) == figures(measure_lift(stood))
    assert measure_auc(SCORES, LABELS, weights) == measure_auc(SCORES[rows], LABELS[rows])


def test_order_when_a_score_is_missing_then_refusal():
    with pytest.raises(ValueError, match="finite"):
        measure_auc(np.array([1.0, NAN]), np.array([0, 1.0]))


labelled = st.lists(st.sampled_from([0.0, 1.0, NAN]), min_size=1, max_size=30)
share = st.sampled_from([0.05, 0.1, 0.2, 0.5])


@given(labelled, share)
def test_constant_scores_when_measured_then_precision_is_base_rate_and_auc_half(labels, k_share):
    outcome, same = np.array(labels), np.full(len(labels), 4.2)
    top = count_top(same, outcome, k_share)
    np.testing.assert_allclose(measure_precision(top).value, measure_base(top).value)
    if {0.0, 1.0} <= set(labels):
        assert measure_auc(same, outcome)[0] == 0.5


@given(st.data(), share)
def test_measures_when_rows_are_shuffled_then_unchanged(data, k_share):
    labels = np.array(data.draw(labelled))
    scores = np.array(
        data.draw(st.lists(st.integers(0, 4), min_size=len(labels), max_size=len(labels)))
    ).astype(float)
    order = np.array(data.draw(st.permutations(range(len(labels)))))
    first, second = (
        count_top(scores, labels, k_share),
        count_top(scores[order], labels[order], k_share),
    )
    for measure in (measure_precision, measure_recall, measure_lift):
        np.testing.assert_allclose(figures(measure(first)), figures(measure(second)))
        value, worst, best = figures(measure(first))
        if not np.isnan(value) and not np.isnan(labels).all():
            assert worst <= best + 1e-9
    np.testing.assert_allclose(
        measure_auc(scores, labels), measure_auc(scores[order], labels[order])
    )


@given(
    st.lists(st.tuples(st.integers(0, 2), st.sampled_from([0.0, 1.0])), min_size=2, max_size=6),
    share,
)
def test_precision_when_all_are_labelled_then_mean_over_every_order_of_the_ties(rows, k_share):
    scores = np.array([score for score, _ in rows], dtype=float)
    labels = np.array([label for _, label in rows])
    k = int(np.ceil(round(k_share * len(rows), 9)))
    orders = [
        order
        for order in permutations(range(len(rows)))
        if all(scores[a] >= scores[b] for a, b in pairwise(order))
    ]
    by_hand = np.mean([labels[list(order[:k])].mean() for order in orders])
    assert measure_precision(count_top(scores, labels, k_share)).value[0] == pytest.approx(by_hand)
