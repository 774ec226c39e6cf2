"""Figures of probabilities: by hand, and recovered from a known distortion."""

import numpy as np
import pytest

from models_ml.calibrate import measure_calibration, measure_expected_error


def odds(chance: list[float]) -> np.ndarray:
    given = np.array(chance)
    return np.log(given / (1 - given))


def names(count: int) -> np.ndarray:
    return np.array([f"s{at}" for at in range(count)])


def test_measure_calibration_when_worked_by_hand_then_brier_and_log_loss():
    # (0.2 - 0)^2 = 0.04, (0.8 - 1)^2 = 0.04, (0.5 - 1)^2 = 0.25: mean 0.11.
    found = measure_calibration(odds([0.2, 0.8, 0.5]), np.array([0.0, 1, 1]), names(3), 0.95)
    assert found.brier == pytest.approx(0.11)
    assert found.log_loss == pytest.approx(-(2 * np.log(0.8) + np.log(0.5)) / 3)


def test_measure_expected_error_when_two_groups_then_their_distances_by_size():
    # 30 rows say 0.1 and 6 of them are bad (0.2), 10 rows say 0.5 and 5 are: (30 x 0.1 + 0) / 40.
    chance = np.repeat([0.1, 0.5], [30, 10])
    labels = np.concatenate([np.arange(30) < 6, np.arange(10) < 5]).astype(float)
    assert measure_expected_error(chance, labels) == pytest.approx(0.075)
    turned = np.random.default_rng(1).permutation(40)
    assert measure_expected_error(chance[turned], labels[turned]) == pytest.approx(0.075)


def test_measure_calibration_when_odds_are_doubled_and_shifted_then_slope_and_intercept_say_so():
    rng = np.random.default_rng(2)
    true = rng.normal(-1, 1.2, 20_000)
    labels = (rng.random(len(true)) < 1 / (1 + np.exp(-true))).astype(float)
    right = measure_calibration(true, labels, names(len(true)), 0.95)
    assert right.slope_low < 1 < right.slope_high
    assert right.intercept_low < 0 < right.intercept_high
    assert right.expected_error < 0.015
    sure = measure_calibration(2 * true, labels, names(len(true)), 0.95)
    assert sure.slope == pytest.approx(right.slope / 2)
    assert sure.slope_high < 0.6
    high = measure_calibration(true + 0.7, labels, names(len(true)), 0.95)
    assert high.slope == pytest.approx(right.slope)
    assert high.intercept == pytest.approx(right.intercept - 0.7)
    assert high.brier > right.brier
    assert high.log_loss > right.log_loss


def test_measure_calibration_when_rows_are_copies_of_a_subject_then_no_surer():
    rng = np.random.default_rng(3)
    true = rng.normal(0, 1, 400)
    labels = (rng.random(400) < 1 / (1 + np.exp(-true))).astype(float)
    once = measure_calibration(true, labels, names(400), 0.95)
    nine = measure_calibration(np.tile(true, 9), np.tile(labels, 9), np.tile(names(400), 9), 0.95)
    assert nine.slope == pytest.approx(once.slope)
    assert nine.slope_low == pytest.approx(once.slope_low)
    assert nine.intercept_high == pytest.approx(once.intercept_high)


def test_measure_calibration_when_nothing_can_be_fitted_then_none():
    flat = measure_calibration(np.zeros(4), np.array([0.0, 1, 0, 1]), names(4), 0.95)
    assert flat.slope is None  # one constant has no slope
    assert flat.intercept == pytest.approx(0)
    one = measure_calibration(odds([0.2, 0.4]), np.zeros(2), names(2), 0.95)
    assert (one.slope, one.intercept) == (None, None)
