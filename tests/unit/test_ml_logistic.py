"""The logistic Pipeline: exact reasons, missing values, the inner choice of C."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from ml_worlds import make_frame, month_ends, small_config

from models_ml.logistic import fit_logistic, take_signed_log
from models_ml.rankers import NotEnoughLabels, Training
from models_ml.train import collect_training

TINY = """
splits: {min_train_each: 2}
logistic: {c: [1.0]}
units:
  park: {log: [visits_all, hazards_12m], linear: [last_score], category: [town]}
"""


def tiny_training() -> Training:
    rows = pl.DataFrame(
        {
            "subject_id": list("abcdefgh"),
            "as_of_on": [date(2024, 1, 31)] * 8,
            "ends_on": [date(2024, 7, 29)] * 8,
            "visits_all": [0.0, 1, 2, 3, 4, 5, 6, 7],
            "hazards_12m": [None] * 8,
            "last_score": [None, 90, 80, None, 60, 50, None, 30],
            "town": ["x", "y", "x", "y", "x", "y", "x", None],
        },
        schema_overrides={"hazards_12m": pl.Float64, "last_score": pl.Float64},
    )
    return Training(rows, np.array([0, 0, 1, 0, 1, 1, float("nan"), 1]), rows)


def test_take_signed_log_when_counts_then_even_and_odd():
    np.testing.assert_allclose(take_signed_log(np.array([0, np.e - 1, 1 - np.e])), [0, 1, -1])


def test_explain_when_logistic_then_parts_add_up_to_the_log_odds():
    training, config = tiny_training(), small_config(TINY)
    ranker = fit_logistic(training, config, "park")
    told = ranker.explain(training.rows)
    np.testing.assert_allclose(told.scores(), ranker.score(training.rows), atol=1e-12)
    assert told.features == ("visits_all", "last_score", "town")  # the all-null one teaches nothing


def test_explain_when_rows_are_those_learned_from_then_parts_average_zero():
    training = tiny_training().labelled()
    told = fit_logistic(training, small_config(TINY), "park").explain(training.rows)
    np.testing.assert_allclose(told.contributions.mean(axis=0), 0, atol=1e-12)
    assert told.base == pytest.approx(told.scores().mean())


def test_explain_when_value_is_unknown_then_its_indicator_belongs_to_the_feature():
    training, config = tiny_training(), small_config(TINY)
    told = fit_logistic(training, config, "park").explain(training.rows)
    at = told.features.index("last_score")
    assert np.isnan(told.values[[0, 3, 6], at]).all()
    assert told.contributions[0, at] == pytest.approx(told.contributions[3, at])
    assert np.isnan(told.values[:, told.features.index("town")]).all()


def test_score_when_a_town_is_new_then_it_has_no_say():
    training, config = tiny_training(), small_config(TINY)
    ranker = fit_logistic(training, config, "park")
    moved = training.rows.with_columns(pl.lit("new").alias("town"))
    assert np.isfinite(ranker.score(moved)).all()


def test_fit_logistic_when_classes_are_short_then_says_how_many():
    with pytest.raises(NotEnoughLabels, match="4 positives and 3 negatives, at least 5"):
        fit_logistic(tiny_training(), small_config(TINY.replace("2}", "5}", 1)), "park")


def test_fit_logistic_when_archive_is_too_short_for_an_inner_split_then_the_default_c():
    config = small_config(TINY.replace("[1.0]", "[0.01, 1.0], c_default: 0.5"))
    assert fit_logistic(tiny_training(), config, "park").c == 0.5


def test_fit_logistic_when_several_c_then_chosen_on_rows_a_gap_later():
    # Which side is bad agrees with x in 60 % of the rows learned from (to month 13), in all of
    # the seven months of the gap, and in 40 % of the rows judged on (from month 20): judged
    # there the model that believed least is best, judged inside the gap the one that believed.
    days = month_ends(date(2022, 1, 31), 30)
    side = np.tile(np.arange(20) % 2, 30)
    place, month = np.tile(np.arange(20) // 2, 30), np.repeat(np.arange(30), 20)
    rows = pl.DataFrame(
        {
            "subject_id": [f"{at:02d}" for at in np.tile(np.arange(20), 30)],
            "as_of_on": np.repeat(np.array(days, dtype="datetime64[D]"), 20),
            "visits_all": side.astype(float),
        }
    ).with_columns(
        pl.lit(None, pl.Float64).alias("last_score"),
        (pl.col("as_of_on") + timedelta(days=180)).alias("ends_on"),
        hazards_12m=1.0,
        town=pl.lit("x"),
    )
    config = small_config(TINY.replace("[1.0]", "[0.001, 100.0]"))

    def chosen(late_share: int) -> float:
        share = np.where(month <= 13, 6, np.where(month < 20, 10, late_share))
        labels = np.where(place < share, side, 1 - side).astype(float)
        return fit_logistic(Training(rows, labels, rows), config, "park").c

    assert chosen(late_share=4) == 0.001
    assert chosen(late_share=6) == 100.0


def test_collect_training_when_delay_grows_then_fewer_rows_and_only_old_ones():
    frame = make_frame(small_config(), 3)
    cut = frame.dates()[-1]
    for delay, count in ((30, 29), (61, 28)):  # months whose window and delay are over
        config = small_config(f"delay_days: {delay}")
        rows = collect_training(frame, cut, config).rows
        assert rows["as_of_on"].n_unique() == count
        assert (cut - rows["as_of_on"].max()).days >= 180 + delay


def test_collect_training_when_a_positive_is_reported_after_the_cut_then_not_yet_a_positive():
    frame = make_frame(small_config(), 3)
    cut = frame.dates()[20]
    late = pl.col("positive_known_on").is_not_null() & (pl.col("as_of_on") == frame.dates()[0])
    told_late = replace(
        frame,
        rows=frame.rows.with_columns(
            pl.when(late)
            .then(cut + timedelta(days=1))
            .otherwise("positive_known_on")
            .alias("positive_known_on")
        ),
    )
    before = collect_training(frame, cut, small_config())
    after = collect_training(told_late, cut, small_config())
    moved = np.flatnonzero(before.labels != after.labels)
    moved = moved[~np.isnan(before.labels[moved])]
    assert len(moved) == frame.rows.filter(late).height > 0
    assert set(after.labels[moved]) == {0.0}
