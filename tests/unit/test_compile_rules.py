"""Rules of a workspace become the small tables dbt reads."""

from pathlib import Path

import polars as pl
import pytest

from pipelines.rules.compile_rules import RuleError, compile_rules
from pipelines.settings import Settings


def workspace(folder: Path) -> Settings:
    (folder / "rules").mkdir()
    return Settings(workspace=folder)


def rule(settings: Settings, name: str) -> pl.DataFrame:
    return pl.read_parquet(settings.state / "rules" / f"{name}.parquet")


def test_label_when_workspace_says_nothing_then_default(tmp_path: Path) -> None:
    settings = workspace(tmp_path)
    compile_rules(settings)
    row = rule(settings, "rule_label").row(0, named=True)
    assert (row["kind"], row["levels"], row["horizon_days"]) == ("hazard_level", "重大,较大", 180)


def test_label_when_workspace_overrides_then_only_those_keys_change(tmp_path: Path) -> None:
    settings = workspace(tmp_path)
    (settings.rules / "label.yml").write_text("kind: score_below\nhorizon_days: 365\n", "utf-8")
    compile_rules(settings)
    row = rule(settings, "rule_label").row(0, named=True)
    assert (row["kind"], row["threshold"], row["horizon_days"]) == ("score_below", 60.0, 365)


@pytest.mark.parametrize(
    "text", ["kind: worst\n", "horizon: 3\n", "horizon_days: -1\n", "- a\n", "visit: last\n"]
)
def test_label_when_wrong_then_refused_with_file_and_expectation(tmp_path: Path, text: str) -> None:
    settings = workspace(tmp_path)
    (settings.rules / "label.yml").write_text(text, "utf-8")
    with pytest.raises(RuleError, match=r"rules/label\.yml: .*expected"):
        compile_rules(settings)


def test_backfill_when_listed_then_one_row_each(tmp_path: Path) -> None:
    settings = workspace(tmp_path)
    text = "- {file_pattern: '%首批%', lag_days: 7, export: hazards}\n- {file_pattern: 'a%'}\n"
    (settings.rules / "backfill.yml").write_text(text, "utf-8")
    compile_rules(settings)
    assert rule(settings, "rule_backfill").rows() == [("%首批%", 7, "hazards"), ("a%", 0, None)]


def test_decision_when_word_unknown_then_refused_with_entry_number(tmp_path: Path) -> None:
    settings = workspace(tmp_path)
    text = "- {decision: maybe, subject: park, left: a, right: b, decided_on: 2025-01-31}\n"
    (settings.rules / "subject_decisions.yml").write_text(text, "utf-8")
    with pytest.raises(RuleError, match="entry 1"):
        compile_rules(settings)


def test_fingerprint_when_a_rule_changes_then_changes_and_else_not(tmp_path: Path) -> None:
    settings = workspace(tmp_path)
    first = compile_rules(settings)
    assert compile_rules(settings) == first
    (settings.rules / "risk.yml").write_text("seed: 2\n", "utf-8")
    assert compile_rules(settings) != first
