"""Decisions on who is who: in force from their day, gone again from the day they are undone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from lake_rows import Row, open_warehouse, run_dbt, write_lake
from lake_world import district_files
from warehouse_state import rows

pytestmark = pytest.mark.integration

LINKS = "select subject, identity, subject_id, linked_by, known_from from marts.fct_subject_links"
FEATURES = (
    "select * from marts.fct_{unit}_features where replay = 'as_published' order by all",
    "select * from marts.fct_{unit}_features where replay = 'as_happened' order by all",
)
DECIDED, ENDED = date(2024, 3, 10), date(2024, 6, 20)


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lake")


def build(lake: Path, *decisions: Row) -> dict[str, list[tuple]]:
    """Links and features of the district under some decisions, built from nothing."""
    write_lake(lake, district_files(11), subject_decisions=list(decisions))
    path = open_warehouse(lake)
    run_dbt(
        lake, "run", "--select", "+fct_subject_links", "+fct_enterprise_features",
        "+fct_park_features",
    )  # fmt: skip
    told = {"links": sorted(rows(path, LINKS), key=str)}
    for unit in ("enterprise", "park"):
        for replay, sql in zip(("published", "happened"), FEATURES, strict=True):
            told[f"{unit} {replay}"] = rows(path, sql.format(unit=unit))
    return told


def decision(word: str, left: str, right: str, ended_on: date | None = None) -> Row:
    return {
        "decision": word, "subject": "enterprise", "left_identity": left,
        "right_identity": right, "decided_on": DECIDED, "ended_on": ended_on, "reason": "",
    }  # fmt: skip


def before(features: list[tuple], day: date) -> list[tuple]:
    return [row for row in features if as_of(row) < day]


def since(features: list[tuple], day: date) -> list[tuple]:
    return [row for row in features if as_of(row) >= day]


def as_of(row: tuple) -> date:
    return next(value for value in row if isinstance(value, date))


def subject_of(told: dict[str, list[tuple]], identity: str) -> str:
    return next(row[2] for row in told["links"] if row[:2] == ("enterprise", identity))


@pytest.fixture(scope="module")
def undecided(lake: Path) -> dict[str, list[tuple]]:
    return build(lake)


def test_same_when_decided_then_joins_from_its_day_and_leaves_earlier_features(
    lake: Path, undecided: dict[str, list[tuple]]
) -> None:
    left, right = "企业0厂|甲镇", "企业1厂|乙镇"
    assert subject_of(undecided, left) != subject_of(undecided, right)
    told = build(lake, decision("same", left, right))
    assert subject_of(told, left) == subject_of(told, right)
    known = {row[1]: row[4] for row in told["links"] if row[0] == "enterprise"}
    assert DECIDED in (known[left], known[right])
    for unit in ("enterprise", "park"):
        now, then = told[f"{unit} published"], undecided[f"{unit} published"]
        assert before(now, DECIDED) and before(now, DECIDED) == before(then, DECIDED)
    assert since(told["enterprise published"], DECIDED) != since(
        undecided["enterprise published"], DECIDED
    )


@pytest.mark.parametrize(
    ("word", "left", "right"),
    [("same", "企业0厂|甲镇", "企业1厂|乙镇"), ("different", "企业6厂|甲镇", "企业7厂|乙镇")],
)
def test_decision_when_undone_then_links_and_later_features_are_the_former_ones(
    lake: Path, undecided: dict[str, list[tuple]], word: str, left: str, right: str
) -> None:
    told = build(lake, decision(word, left, right, ENDED))
    plain = [row[:4] for row in undecided["links"]]
    assert [row[:4] for row in told["links"]] == plain
    for unit in ("enterprise", "park"):
        now, then = told[f"{unit} published"], undecided[f"{unit} published"]
        assert before(now, DECIDED) == before(then, DECIDED)
        assert since(now, ENDED) and since(now, ENDED) == since(then, ENDED)
        assert told[f"{unit} happened"] == undecided[f"{unit} happened"]
    held = [row for row in told["enterprise published"] if DECIDED <= as_of(row) < ENDED]
    free = [row for row in undecided["enterprise published"] if DECIDED <= as_of(row) < ENDED]
    assert held != free


def test_decision_when_undone_on_its_day_then_nothing_ever_changed(
    lake: Path, undecided: dict[str, list[tuple]]
) -> None:
    told = build(lake, decision("same", "企业0厂|甲镇", "企业1厂|乙镇", DECIDED))
    assert told == undecided
