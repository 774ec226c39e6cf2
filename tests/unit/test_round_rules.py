"""rules/round.yml: the built-in one, a workspace's changes, and errors with their line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipelines.rules.compile_rules import RuleError
from pipelines.rules.round_rules import load_round_policy, with_overrides
from pipelines.settings import Settings


def workspace(folder: Path, text: str | None = None) -> Settings:
    settings = Settings(workspace=folder)
    settings.rules.mkdir(exist_ok=True)
    if text is not None:
        (settings.rules / "round.yml").write_text(text, "utf-8")
    return settings


def test_rules_when_workspace_says_nothing_then_the_built_in_ones(tmp_path: Path) -> None:
    policy = load_round_policy(workspace(tmp_path))
    assert (policy.rules.capacity, policy.rules.key_share, policy.rules.floor) == (60, 0.5, 1)
    assert policy.rules.overdue_levels == ("重大",)
    assert policy.seed is None and policy.decisions == ()


def test_rules_when_workspace_overrides_then_only_those_keys_change(tmp_path: Path) -> None:
    before = load_round_policy(workspace(tmp_path))
    after = load_round_policy(
        workspace(tmp_path, "capacity: 24\nstrata: [unit, kind]\nseed: 20251101\nkey_share: 1\n")
    )
    expected = replace(before.rules, capacity=24, strata=("unit", "kind"), key_share=1.0)
    assert (after.rules, after.seed) == (expected, 20251101)
    assert load_round_policy(workspace(tmp_path, "\n")) == before


def test_decision_when_listed_then_read_with_its_line(tmp_path: Path) -> None:
    text = (
        "capacity: 9\ndecisions:\n- decision: exclude\n  subject: park\n  name: 甲园\n"
        "  decided_on: 2025-10-31\n  until: 2025-12-31\n  reason: 联合检查中\n"
    )
    (decision,) = load_round_policy(workspace(tmp_path, text)).decisions
    assert (decision.decision, decision.subject, decision.name) == ("exclude", "park", "甲园")
    assert (decision.decided_on, decision.until) == (date(2025, 10, 31), date(2025, 12, 31))
    assert (decision.reason, decision.town, decision.line) == ("联合检查中", None, 3)


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ("\ncapacity: 0\n", 2, "a whole number of 1 to 100000"),
        ("capacity: many\n", 1, "a whole number"),
        ("key_share: 1.5\n", 1, "a share of 0 to 1"),
        ("floor: true\n", 1, "a whole number"),
        ("strata: [unit, colour]\n", 1, "one or more of"),
        ("strata: []\n", 1, "one or more of"),
        ("seed: -1\n", 1, "a whole number of 0"),
        ("floor: 1\nfloors: 2\n", 2, "one of capacity"),
        ("- a\n", 1, "keys such as"),
        ("decisions: 3\n", 1, "a list of entries"),
        ("decisions:\n- {decision: maybe, subject: park, name: a, decided_on: 2025-01-31, "
         "reason: b}\n", 2, "one of exclude, include"),
        ("decisions:\n- {decision: exclude, subject: park, name: a, decided_on: 2025-01-31}\n",
         2, "reason"),
        ("decisions:\n- {decision: exclude, subject: park, name: a, decided_on: 31.1.2025, "
         "reason: b}\n", 2, "a day like 2025-10-31"),
    ],
)  # fmt: skip
def test_rules_when_wrong_then_refused_with_file_and_line(
    tmp_path: Path, text: str, line: int, expected: str
) -> None:
    with pytest.raises(RuleError) as told:
        load_round_policy(workspace(tmp_path, text))
    assert f"rules/round.yml line {line}: got " in str(told.value)
    assert expected in str(told.value) and "Next: " in str(told.value)


def test_overrides_when_given_then_shares_make_one(tmp_path: Path) -> None:
    policy = load_round_policy(workspace(tmp_path))
    assert with_overrides(policy, None, None, None) == policy
    assert with_overrides(policy, 7, None, 0.8).rules.key_share == 0.2
    assert with_overrides(policy, 7, 0.3, 0.7).rules.capacity == 7
    for wrong in ((0, None, None), (None, 1.2, None), (None, 0.3, 0.3)):
        with pytest.raises(RuleError, match="expected"):
            with_overrides(policy, *wrong)
