"""Decisions of people: the inbox, the record, what each counts for and until when."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from app.decisions import add_decisions, in_force, inbox_path, make_decision, read_inbox
from pipelines.contracts.load_contracts import ContractError, load_contracts
from pipelines.review.code_words import take_decisions
from pipelines.review.record import (
    RecordError,
    code_words,
    decision_rows,
    harvest,
    read_record,
    subject_rules,
)
from pipelines.rules.compile_rules import compile_rules
from pipelines.settings import Settings

ZONE = "Asia/Shanghai"
PAIR = {
    "item_key": "k1", "item_kind": "similar", "subject": "enterprise",
    "left_identity": "甲厂|乙镇", "right_identity": "甲工厂|乙镇",
}  # fmt: skip
LINK = {**PAIR, "item_key": "k2", "item_kind": "district_link"}
WORD = {
    "item_key": "k3", "item_kind": "unknown_code", "export": "hazards",
    "column_name": "status", "word": "整完了",
}  # fmt: skip


def at(day: int, hour: int = 1) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=UTC)


def decide(
    settings: Settings, item: dict[str, str], action: str, when: datetime, **more: str
) -> str:
    made = make_decision(item, action, "王工", "核对执照", when, ZONE, **more)
    add_decisions(inbox_path(settings.workspace), [made])
    return made.decision_id


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(workspace=tmp_path)


def test_day_when_decided_late_in_utc_then_is_the_workspaces_day() -> None:
    assert make_decision(PAIR, "confirm", "a", "", at(5, 20), ZONE).made_on == "2026-03-06"


def test_decision_when_action_unknown_or_code_missing_then_refused() -> None:
    with pytest.raises(ValueError, match="expected one of confirm"):
        make_decision(PAIR, "merge", "a", "", at(5), ZONE)
    with pytest.raises(ValueError, match="code: got nothing"):
        make_decision(WORD, "confirm", "a", "", at(5), ZONE)


def test_inbox_when_the_same_decision_comes_twice_then_holds_it_once(settings: Settings) -> None:
    decide(settings, PAIR, "confirm", at(5))
    decide(settings, PAIR, "confirm", at(5))
    assert [d.action for d in read_inbox(inbox_path(settings.workspace))] == ["confirm"]


def test_in_force_when_newer_or_undone_then_the_newest_of_the_item_counts(
    settings: Settings,
) -> None:
    decide(settings, PAIR, "confirm", at(5))
    second = decide(settings, PAIR, "refuse", at(6))
    path = inbox_path(settings.workspace)
    assert {k: d.action for k, d in in_force(read_inbox(path)).items()} == {"k1": "refuse"}
    decide(settings, PAIR, "undo", at(7), revokes=second)
    assert in_force(read_inbox(path)) == {}


def test_harvest_when_run_again_then_appends_only_what_is_new(settings: Settings) -> None:
    decide(settings, PAIR, "confirm", at(5))
    assert (harvest(settings), harvest(settings)) == (1, 0)
    decide(settings, LINK, "refuse", at(6))
    assert harvest(settings) == 1
    text = (settings.rules / "review_decisions.yml").read_text("utf-8")
    assert [line[:18] for line in text.splitlines() if line[0] == "-"] == ['- {"decision_id": '] * 2
    assert [d.made_by for d in read_record(settings)] == ["王工", "王工"]


def test_harvest_when_the_inbox_was_lost_then_the_record_fills_it_again(
    settings: Settings,
) -> None:
    decide(settings, PAIR, "confirm", at(5))
    harvest(settings)
    kept = read_record(settings)
    inbox_path(settings.workspace).unlink()
    assert harvest(settings) == 0
    assert read_inbox(inbox_path(settings.workspace)) == kept


def test_rows_when_undone_then_the_decision_ends_that_day(settings: Settings) -> None:
    first = decide(settings, PAIR, "confirm", at(5))
    decide(settings, PAIR, "undo", at(9), revokes=first)
    decide(settings, LINK, "refuse", at(6))
    decide(settings, {**PAIR, "item_key": "k9"}, "refuse", at(6))
    harvest(settings)
    rules = subject_rules(decision_rows(settings)).sort("decision")
    assert rules.select("decision", "decided_on", "ended_on").rows() == [
        ("different", date(2026, 3, 6), None),
        ("same", date(2026, 3, 5), date(2026, 3, 9)),
    ]


def test_record_when_a_line_is_wrong_then_refused_with_its_number(settings: Settings) -> None:
    settings.rules.mkdir()
    (settings.rules / "review_decisions.yml").write_text('- {"decision_id": "a"}\n', "utf-8")
    with pytest.raises(RecordError, match=r"review_decisions\.yml: line 1: item_kind got None"):
        read_record(settings)


def test_rules_when_compiled_then_hold_file_and_queue_decisions(settings: Settings) -> None:
    decide(settings, PAIR, "confirm", at(5))
    harvest(settings)
    (settings.rules / "subject_decisions.yml").write_text(
        "- {decision: same, subject: park, left: a, right: b, decided_on: 2025-01-31}\n", "utf-8"
    )
    before = compile_rules(settings)
    kept = pl.read_parquet(settings.state / "rules" / "rule_subject_decisions.parquet")
    assert kept["subject"].to_list() == ["enterprise", "park"]
    decide(settings, PAIR, "undo", at(6), revokes="x")
    harvest(settings)
    assert compile_rules(settings) != before


def test_word_when_decided_then_enters_the_contract_and_leaves_it_when_undone(
    settings: Settings,
) -> None:
    plain = load_contracts(settings.contracts)
    made = decide(settings, WORD, "confirm", at(5), code="已整改")
    assert take_decisions(settings) == 1
    told = load_contracts(settings.contracts)
    assert told["hazards"].feeds["hazards"].columns["status"].words["整完了"] == "已整改"
    assert told["hazards"].fingerprint != plain["hazards"].fingerprint
    assert told["parks"] == plain["parks"]
    assert code_words(decision_rows(settings)).height == 1
    decide(settings, WORD, "undo", at(6), revokes=made)
    take_decisions(settings)
    assert load_contracts(settings.contracts) == plain
    assert not list(settings.contracts.glob("*"))


def test_word_when_its_code_is_no_stored_value_then_refused(settings: Settings) -> None:
    settings.contracts.mkdir()
    path = settings.contracts / "_code_words.yml"
    path.write_text("hazards: {status: {整完了: 好了}}\n", "utf-8")
    with pytest.raises(ContractError, match="好了"):
        load_contracts(settings.contracts)
