"""Judging visits one by one: what was known before each, and which are ranked together."""

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from ml_worlds import make_world, month_ends, small_config

from models_ml.backtest import run_backtest, select_judged
from models_ml.config import RiskConfig, load_config
from models_ml.frame import RiskFrame
from models_ml.frame_checks import FrameError
from models_ml.score import run_ranking
from models_ml.splits import add_months, find_splits
from models_ml.train import collect_training

TINY = (
    "evaluation: at_visit\ndelay_days: 30\nunits: {park: {log: [visits_all], linear: [],"
    " category: [], shrink_levels: []}}\nsplits: {step_months: 12, anchor_month: 12}"
)
DATES = month_ends(date(2020, 12, 31), 49)  # to 2024-12-31


def tiny_config(more: str = "") -> RiskConfig:
    return load_config(TINY + more)


def features() -> pl.DataFrame:
    return pl.DataFrame(
        {"subject_id": ["a", "b"], "as_of_on": [date(2023, 12, 31)] * 2, "visits_all": [1, 2]}
    )


def visit(on: date, subject: str = "a", known: date | None = None, bad: bool = True) -> dict:
    learned = known or on
    return {
        "subject_id": subject,
        "as_of_on": date(2023, 12, 31),
        "visited_on": on,
        "label": bad,
        "positive_known_on": learned if bad else None,
        "visited_known_on": learned,
    }


def visits(*rows: dict) -> pl.DataFrame:
    days = ("as_of_on", "visited_on", "positive_known_on", "visited_known_on")
    return pl.DataFrame(list(rows), schema_overrides=dict.fromkeys(days, pl.Date))


def test_build_when_visits_are_judged_then_one_row_a_visit_with_what_was_known_before():
    labels = visits(visit(date(2024, 1, 20)), visit(date(2024, 1, 5), bad=False))
    frame = RiskFrame.build(features(), labels, tiny_config(), "park")
    assert frame.rows.select("subject_id", "visits_all").rows() == [("a", 1), ("b", 2)]
    assert frame.judged.select("visited_on", "ends_on", "visits_all", "label").rows() == [
        (date(2024, 1, 5), date(2024, 1, 5), 1, False),
        (date(2024, 1, 20), date(2024, 1, 20), 1, True),
    ]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ((visit(date(2023, 12, 31)),), "visit of a on 2023-12-31 has an as-of day not before it"),
        ((visit(date(2024, 1, 5)),) * 2, "key a at 2024-01-05 comes more than once"),
        ((visit(date(2024, 1, 5), "z"),), "key z at 2023-12-31 is not among the features"),
    ],
)
def test_build_when_a_visit_is_wrong_then_refusal_says_which(rows, sentence):
    with pytest.raises(FrameError, match=sentence):
        RiskFrame.build(features(), visits(*rows), tiny_config(), "park")


def test_as_known_when_a_visit_is_reported_later_then_it_does_not_exist_yet():
    labels = visits(visit(date(2024, 1, 5), known=date(2024, 2, 1)), visit(date(2024, 1, 9), "b"))
    frame = RiskFrame.build(features(), labels, tiny_config(), "park")
    assert frame.as_known(date(2024, 1, 31), date(2024, 1, 31)).judged["subject_id"].item() == "b"
    assert frame.as_known(date(2024, 1, 31), date(2024, 2, 1)).judged.height == 2


def test_add_months_when_counted_then_the_last_day_of_that_month():
    assert add_months(date(2023, 12, 31), 12) == date(2024, 12, 31)
    assert add_months(date(2023, 12, 31), 2) == date(2024, 2, 29)
    assert add_months(date(2023, 11, 30), 1) == date(2023, 12, 31)


def test_find_splits_when_visits_are_judged_then_the_year_after_each_anchor():
    # 2023-12-31: its visits run to 2024-12-31, + 30 days = 2025-01-30.
    splits = find_splits(DATES, date(2025, 1, 30), tiny_config())
    assert [(split.split_on.year, split.until_on) for split in splits] == [
        (2020, date(2021, 12, 31)),
        (2021, date(2022, 12, 31)),
        (2022, date(2023, 12, 31)),
        (2023, date(2024, 12, 31)),
    ]
    earlier = find_splits(DATES, date(2025, 1, 29), tiny_config())
    assert earlier[-1].split_on == date(2022, 12, 31)


def test_find_splits_when_an_anchor_is_set_then_cohorts_keep_to_it_too():
    # Gap 210 days: the newest usable D is 2024-05-31; by the anchor 2023-12-31.
    known_on = date(2024, 12, 31)
    free = load_config("splits: {step_months: 12}")
    assert find_splits(DATES, known_on, free)[-1].split_on == date(2024, 5, 31)
    held = load_config("splits: {step_months: 12, anchor_month: 12}")
    days = [split.split_on for split in find_splits(DATES, known_on, held)]
    assert days == [date(2021, 12, 31), date(2022, 12, 31), date(2023, 12, 31)]


def test_select_judged_when_visits_lie_on_the_edges_then_after_the_day_and_to_the_end():
    days = (date(2024, 1, 1), date(2024, 6, 1), date(2024, 12, 31), date(2025, 1, 1))
    labels = visits(*(visit(day) for day in days))
    frame = RiskFrame.build(features(), labels, tiny_config(), "park")
    (split,) = find_splits([date(2023, 12, 31)], date(2025, 6, 30), tiny_config())
    assert select_judged(frame, split)["visited_on"].to_list() == list(days[:3])


def test_collect_training_when_visits_are_judged_then_those_older_than_the_delay():
    # Cut 2024-02-29, delay 30: 2024-01-30 is in, 2024-01-31 is not.
    labels = visits(visit(date(2024, 1, 30)), visit(date(2024, 1, 31), "b"))
    frame = RiskFrame.build(features(), labels, tiny_config(), "park")
    training = collect_training(frame, date(2024, 2, 29), tiny_config())
    assert training.rows["subject_id"].to_list() == ["a"]
    assert training.labels.tolist() == [1.0]
    assert training.standing["subject_id"].to_list() == ["a", "b"]


def world(seed: int = 4) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The small world, whose labels become the visits: the first of each window, judged before."""
    features, labels = make_world(seed, "site", 150, 48, 0.3)
    met = labels.filter(pl.col("visited_known_on").is_not_null())
    seen = met.with_columns(
        visited_on=pl.col("visited_known_on"),
        positive_known_on=pl.when(pl.col("positive_known_on") == pl.col("visited_known_on")).then(
            "positive_known_on"
        ),
    ).with_columns(label=pl.col("positive_known_on").is_not_null())
    before = seen.filter(pl.col("as_of_on") + timedelta(days=32) > pl.col("visited_on"))
    return features, before.unique(["subject_id", "visited_on"])


def test_run_backtest_when_history_tells_then_the_record_orders_visits_better_than_chance():
    config = small_config("evaluation: at_visit")
    frame = RiskFrame.build(*world(), config, "park")
    done = run_backtest(frame, frame.dates()[-1], config, "park")
    auc = done.metrics.filter(pl.col("metric") == "auc").group_by("estimator").agg(
        pl.col("value").mean()
    )  # fmt: skip
    values = dict(auc.rows())
    assert values["random"] == 0.5
    assert values["shrunken_rate"] > 0.6
    assert values["gradient_boosting"] > 0.55
    assert (done.metrics["labelled_share"] == 1).all()  # who is visited has an outcome


def test_run_ranking_when_visits_are_judged_then_later_ones_change_nothing():
    config = small_config("evaluation: at_visit")
    features, labels = world()
    day = features["as_of_on"].unique().sort()[-6]
    run = run_ranking(RiskFrame.build(features, labels, config, "park"), day, day, config, "park")
    assert run.scores.height == 150
    later = pl.col("visited_on") > day
    turned = labels.with_columns(
        label=pl.when(later).then(~pl.col("label")).otherwise("label"),
        positive_known_on=pl.when(later & ~pl.col("label")).then("visited_known_on")
        .when(~later).then("positive_known_on"),
    )  # fmt: skip
    assert not turned.equals(labels)
    again = run_ranking(RiskFrame.build(features, turned, config, "park"), day, day, config, "park")
    for name in ("run", "scores", "reasons", "metrics"):
        assert getattr(run, name).equals(getattr(again, name)), name
    assert np.isfinite(run.scores["score"].to_numpy()).all()
