"""Gradient boosting: directions on a grid, exact reasons, unknown values, how many trees."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from ml_worlds import make_frame, month_ends, small_config
from threadpoolctl import threadpool_limits

from models_ml.boosting import FittedBoosting, fit_boosting
from models_ml.config import RiskConfig
from models_ml.rankers import NotEnoughLabels, Training
from models_ml.train import collect_training, fit_ranker

CONFIG = small_config("boosting: {min_leaf_rows: 10, iterations: [40]}")
GRID = 25


def train(seed: int = 5, config: RiskConfig = CONFIG, **world: object) -> Training:
    frame = make_frame(config, seed, **world)
    return collect_training(frame, frame.dates()[-1], config)


def with_labels(training: Training, labels: np.ndarray) -> Training:
    return replace(training, labels=labels)


def reverse_of(training: Training, column: str) -> Training:
    """Labels that reward what must not be rewarded: bad where the column is low."""
    values = training.rows[column].fill_null(0).to_numpy()
    rng = np.random.default_rng(1)
    return with_labels(training, (values + rng.normal(0, 0.3, len(values)) < 0.5).astype(float))


def scan(ranker: FittedBoosting, rows: pl.DataFrame, column: str) -> np.ndarray:
    """Score each row at each value of a column: (grid, rows)."""
    known = rows[column].drop_nulls()
    grid = np.linspace(known.min() - 1, known.max() + 1, GRID)
    return np.array([ranker.score(rows.with_columns(pl.lit(x).alias(column))) for x in grid])


@pytest.mark.parametrize("column", ["bad_visits_12m", "bad_visits_all"])
def test_fit_boosting_when_the_world_rewards_a_bad_record_then_the_score_never_falls(column):
    training = reverse_of(train(), column)
    free = replace(CONFIG, boosting=replace(CONFIG.boosting, never_lower=(), never_raise=()))
    rows = training.rows[::40]
    held = scan(fit_boosting(training, CONFIG, "park"), rows, column)
    assert (np.diff(held, axis=0) >= 0).all()
    loose = scan(fit_boosting(training, free, "park"), rows, column)
    assert (np.diff(loose, axis=0) < 0).any()  # without the constraint it would have


def test_fit_boosting_when_a_score_rises_then_the_risk_never_does():
    knobs = replace(CONFIG.units.park, linear=(*CONFIG.units.park.linear, "last_score"))
    config = replace(CONFIG, units=replace(CONFIG.units, park=knobs))
    training = train()
    rng = np.random.default_rng(2)
    score = rng.uniform(40, 100, training.rows.height)
    rows = training.rows.with_columns(pl.Series("last_score", score))
    labels = (score + rng.normal(0, 10, len(score)) > 70).astype(float)  # good scores fail
    ranker = fit_boosting(replace(training, rows=rows, labels=labels), config, "park")
    assert (np.diff(scan(ranker, rows[::40], "last_score"), axis=0) <= 0).all()


def test_fit_boosting_when_nothing_constrains_a_column_then_it_may_go_either_way():
    training = train()
    area = training.rows["floor_area_m2"].to_numpy()
    middle = np.abs(np.log(area) - 9) < 0.5
    told = scan(
        fit_boosting(with_labels(training, middle.astype(float)), CONFIG, "park"),
        training.rows[::40],
        "floor_area_m2",
    )
    steps = np.diff(told, axis=0)
    assert (steps > 0).any()
    assert (steps < 0).any()


def test_explain_when_boosting_then_parts_sum_to_the_log_odds_by_feature():
    training = train(risk_of="panel")
    ranker = fit_boosting(training, CONFIG, "park")
    rows = training.rows.with_columns(
        pl.when(pl.int_range(pl.len()) % 3 == 0).then(None).otherwise("floor_area_m2")
        .alias("floor_area_m2")
    )  # fmt: skip
    told = ranker.explain(rows)
    np.testing.assert_allclose(told.scores(), ranker.score(rows), atol=1e-10)
    assert told.contributions[:, told.features.index("has_sandwich_panel")].std() > 0.1
    at = told.features.index("floor_area_m2")
    assert np.isnan(told.values[::3, at]).all()


def test_explain_when_a_category_is_on_then_its_columns_are_one_reason():
    knobs = replace(CONFIG.units.park, category=("town",))
    config = replace(CONFIG, units=replace(CONFIG.units, park=knobs))
    training = train(config=config)
    labels = (training.rows["town"] == "town 2").cast(pl.Float64).to_numpy()
    ranker = fit_boosting(with_labels(training, labels), config, "park")
    told = ranker.explain(training.rows)
    assert told.features.count("town") == 1
    np.testing.assert_allclose(told.scores(), ranker.score(training.rows), atol=1e-10)
    moved = training.rows.with_columns(pl.lit("new").alias("town"))
    assert np.isfinite(ranker.score(moved)).all()


def test_fit_boosting_when_refitted_then_the_same_bits():
    training = train()
    with threadpool_limits(limits=1):
        first, second = (fit_ranker("gradient_boosting", training, CONFIG, "park") for _ in "ab")
        assert (first.score(training.rows) == second.score(training.rows)).all()


def test_fit_boosting_when_classes_are_short_then_says_how_many():
    training = train()
    with pytest.raises(NotEnoughLabels, match="3 positives"):
        fit_boosting(with_labels(training, np.r_[np.ones(3), np.zeros(training.rows.height - 3)]),
                     CONFIG, "park")  # fmt: skip


def test_fit_boosting_when_several_sizes_then_chosen_on_rows_a_gap_later():
    # As for the logistic: what was learned holds in the rows judged on, or turns round there.
    days = month_ends(date(2022, 1, 31), 30)
    side, place = np.tile(np.arange(60) % 2, 30), np.tile(np.arange(60) // 2, 30)
    month = np.repeat(np.arange(30), 60)
    config = small_config(
        "boosting: {min_leaf_rows: 10, iterations: [1, 60], never_lower: [], never_raise: []}"
    )
    rows = pl.DataFrame(
        {
            "subject_id": [f"{at:02d}" for at in np.tile(np.arange(60), 30)],
            "as_of_on": np.repeat(np.array(days, dtype="datetime64[D]"), 60),
            **dict.fromkeys(config.units.park.numbers, 0.0),
        }
    ).with_columns(
        pl.Series("visits_all", side.astype(float)),
        (pl.col("as_of_on") + timedelta(days=180)).alias("ends_on"),
    )

    def chosen(late_share: int) -> int:
        share = np.where(month <= 13, 18, np.where(month < 20, 30, late_share))
        labels = np.where(place < share, side, 1 - side).astype(float)
        return fit_boosting(Training(rows, labels, rows), config, "park").iterations

    assert chosen(late_share=12) == 1
    assert chosen(late_share=18) == 60
