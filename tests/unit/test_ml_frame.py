"""The constructor check, the canonical order and what was known at a cut."""

from datetime import date

import polars as pl
import pytest
from ml_worlds import make_frame, small_config

from models_ml.config import load_config
from models_ml.frame import RiskFrame, known_labels
from models_ml.frame_checks import FrameError
from models_ml.leaks import LeakFound, check_leaks, find_leaks

CONFIG = load_config(
    "units: {park: {log: [visits_all], linear: [has_dust], category: [], shrink_levels: [town]}}"
)
DAY = date(2024, 1, 31)


def features(**columns) -> pl.DataFrame:
    start = {
        "subject_id": ["b", "a"],
        "as_of_on": [DAY, DAY],
        "visits_all": [1, None],
        "has_dust": [True, False],
        "town": ["东", None],
    }
    return pl.DataFrame(start | columns)


def labels(**columns) -> pl.DataFrame:
    start = {
        "subject_id": ["a"],
        "as_of_on": [DAY],
        "label": [True],
        "positive_known_on": [date(2024, 3, 1)],
        "visited_known_on": [date(2024, 2, 1)],
    }
    return pl.DataFrame(start | columns)


def test_build_when_rows_come_in_any_order_then_canonical_numbers():
    frame = RiskFrame.build(features(), labels(), CONFIG, "park")
    assert frame.rows["subject_id"].to_list() == ["a", "b"]
    assert frame.rows["visits_all"].to_list() == [None, 1.0]
    assert frame.rows["has_dust"].to_list() == [0.0, 1.0]
    assert frame.rows["label"].to_list() == [True, None]
    turned = RiskFrame.build(features().reverse(), labels(), CONFIG, "park")
    assert turned.rows.equals(frame.rows)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (features(subject_id=["a", "a"]), "key a at 2024-01-31 comes more than once"),
        (features(subject_id=["a", None]), "subject_id has nulls"),
        (features(subject_id=[1, 2]), "subject_id must be String"),
        (features(as_of_on=["2024-01-31"] * 2), "as_of_on must be Date"),
        (features().drop("as_of_on"), "key column as_of_on is missing"),
        (features().drop("visits_all"), "missing: visits_all"),
        (features(visits_all=["1", "2"]), "visits_all must be a number"),
        (features(visits_all=[date(2024, 5, 1)] * 2), "visits_all must be a number"),
        (features(visits_all=[1.0, float("inf")]), "infinite values in visits_all"),
        (features(town=[1, 2]), "town must be text"),
        (features(label=[True, False]), "label columns among the features: label"),
        (features(positive_known_on=[DAY] * 2), "label columns among the features"),
    ],
)
def test_build_when_features_are_wrong_then_refusal_names_the_column(wrong, sentence):
    with pytest.raises(FrameError, match=sentence):
        RiskFrame.build(wrong, labels().clear(), CONFIG, "park")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (pl.concat([labels(), labels()]), "labels: key a at 2024-01-31 comes more than once"),
        (labels(subject_id=["z"]), "key z at 2024-01-31 is not among the features"),
        (labels(label=[1]), "label must be Boolean"),
        (labels(label=[False]), "disagrees with its known days"),
        (labels(label=[None]), "disagrees with its known days"),
        (labels().drop("visited_known_on"), "visited_known_on is missing"),
    ],
)
def test_build_when_labels_are_wrong_then_refusal_says_where(wrong, sentence):
    with pytest.raises(FrameError, match=sentence):
        RiskFrame.build(features(), wrong, CONFIG, "park")


@pytest.mark.parametrize("name", ["park_id", "inspector_strictness", "next_score", "x_known_on"])
def test_build_when_a_feature_names_an_id_or_the_future_then_refusal(name):
    config = load_config(f"units: {{park: {{log: [{name}], linear: []}}}}")
    with pytest.raises(FrameError, match=name):
        RiskFrame.build(features(**{name: [1, 2]}), labels(), config, "park")


# as_of 2024-01-31 + 10 + 5 days = 2024-02-15 is the first cut at which labels are complete.
@pytest.mark.parametrize(
    ("positive", "visited", "cut", "expected"),
    [
        (date(2024, 2, 5), date(2024, 2, 5), date(2024, 2, 15), 1.0),
        (date(2024, 2, 5), date(2024, 2, 5), date(2024, 2, 14), None),  # window not over
        (None, date(2024, 2, 5), date(2024, 2, 15), 0.0),
        (None, None, date(2024, 2, 15), None),  # never visited
        (date(2024, 2, 16), date(2024, 2, 5), date(2024, 2, 15), 0.0),  # reported a day late
        (date(2024, 2, 16), date(2024, 2, 5), date(2024, 2, 16), 1.0),
        (None, date(2024, 2, 16), date(2024, 2, 15), None),  # visit reported a day late
    ],
)
def test_known_labels_when_row_is_on_an_edge_then_only_what_was_known(
    positive, visited, cut, expected
):
    rows = pl.DataFrame(
        {
            "ends_on": [date(2024, 2, 10)],
            "positive_known_on": [positive],
            "visited_known_on": [visited],
        },
        schema=dict.fromkeys(("ends_on", "positive_known_on", "visited_known_on"), pl.Date),
    )
    assert known_labels(rows, cut, 5).to_list() == [expected]


def test_known_labels_when_delay_is_longer_then_the_row_waits():
    config = CONFIG.with_label("x", 30, 30)
    rows = RiskFrame.build(features(), labels(), config, "park").rows
    cut = date(2024, 3, 31)  # 60 days after the as-of date
    assert known_labels(rows, cut, 30).to_list() == [1.0, None]
    assert known_labels(rows, cut, 31).to_list() == [None, None]


def test_as_known_when_facts_are_later_then_they_are_blank():
    frame = RiskFrame.build(features(), labels(), CONFIG, "park")
    before = frame.as_known(DAY, date(2024, 2, 29)).rows.row(0, named=True)
    assert (before["label"], before["positive_known_on"]) == (False, None)
    assert frame.as_known(DAY, date(2024, 1, 31)).rows["label"].to_list() == [None, None]
    assert frame.as_known(date(2024, 1, 30), DAY).rows.height == 0


def plant(name: str, column: pl.Expr) -> dict[str, str]:
    """Leaks found when `name` holds `column` of the world's rows."""
    frame = make_frame(small_config(), 1)
    planted = RiskFrame(
        frame.rows.with_columns(column.cast(pl.Float64).alias(name)), frame.numbers, frame.texts
    )
    return find_leaks(planted, frame.dates()[-1], small_config())


def test_find_leaks_when_features_are_honest_then_none():
    assert plant("hazards_12m", pl.col("hazards_12m")) == {}


@pytest.mark.parametrize(
    ("column", "why"),
    [
        (pl.col("label"), "orders the labels"),
        (pl.col("label").fill_null(False) * -1, "orders the labels"),
        (pl.when(pl.col("label").is_not_null()).then(7), "is known just where a label is"),
        (pl.col("label") * 3 + pl.int_range(pl.len()) % 3 / 2, "orders the labels"),
        (
            (pl.col("positive_known_on") - pl.col("as_of_on")).dt.total_days(),
            "is known just where the label is bad",
        ),
        (pl.int_range(pl.len()), "numbers the subjects or rows"),
        (pl.col("subject_id").rank("dense"), "numbers the subjects or rows"),
    ],
    ids=[
        "label",
        "mirrored label",
        "label presence",
        "hazards of the future",
        "days to the outcome",
        "row order",
        "id",
    ],
)
def test_find_leaks_when_a_canary_is_planted_then_flagged(column, why):
    found = plant("floor_area_m2", column)
    assert list(found) == ["floor_area_m2"]
    assert why in found["floor_area_m2"]


def test_check_leaks_when_a_person_has_looked_then_let_through():
    frame = make_frame(small_config(), 1)
    planted = RiskFrame(
        frame.rows.with_columns(
            pl.col("subject_id").rank("dense").cast(pl.Float64).alias("floor_area_m2")
        ),
        frame.numbers,
        frame.texts,
    )
    with pytest.raises(LeakFound, match="floor_area_m2 numbers the subjects"):
        check_leaks(planted, frame.dates()[-1], small_config())
    check_leaks(planted, frame.dates()[-1], small_config("leaks: {allow: [floor_area_m2]}"))
