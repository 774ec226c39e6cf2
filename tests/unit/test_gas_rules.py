"""The rules of gas alarms: dated set points, limits by gas, and what is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from pipelines.rules.compile_rules import RuleError, compile_rules, read_default
from pipelines.rules.gas_rules import gas_alarm_table, gas_limit_table
from pipelines.settings import Settings


def alarms() -> list[dict]:
    entries = read_default("gas_alarms")
    assert isinstance(entries, list)
    return entries


def test_alarms_when_built_in_then_hold_the_standard_for_all_days() -> None:
    (row,) = gas_alarm_table(alarms()).to_dicts()
    assert (row["valid_from"], row["valid_to"]) == (date(1900, 1, 1), date(9999, 12, 31))
    names = ("combustible_1_lel_pct", "combustible_2_lel_pct", "toxic_1_oel_pct",
             "toxic_2_oel_pct", "oxygen_low_vol_pct", "oxygen_high_vol_pct", "hysteresis_pct",
             "gap_intervals", "frozen_readings")  # fmt: skip
    assert [row[name] for name in names] == [25, 50, 100, 200, 19.5, 23.5, 90, 3, 60]


def test_alarms_when_dated_then_each_ends_where_the_next_begins() -> None:
    stricter = alarms()[0] | {"valid_from": date(2026, 7, 1), "combustible_1_lel_pct": 20}
    table = gas_alarm_table([stricter, *alarms()])
    assert table.select("valid_from", "valid_to", "combustible_1_lel_pct").rows() == [
        (date(1900, 1, 1), date(2026, 7, 1), 25.0),
        (date(2026, 7, 1), date(9999, 12, 31), 20.0),
    ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"gap_intervals": 0}, "gap_intervals got 0"),
        ({"gap_intervals": True}, "gap_intervals got True"),
        ({"gap": 3}, "unknown or missing gap"),
        ({"oxygen_low_vol_pct": 21.5}, "oxygen got 21.5, 20.9, 23.5"),
        ({"valid_from": "soon"}, "valid_from got 'soon'"),
    ],
)
def test_alarms_when_an_entry_is_wrong_then_refused_by_name(change: dict, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        gas_alarm_table([alarms()[0] | change])


def test_alarms_when_empty_or_a_day_is_named_twice_then_refused() -> None:
    with pytest.raises(ValueError, match="no entry"):
        gas_alarm_table([])
    with pytest.raises(ValueError, match="twice"):
        gas_alarm_table([*alarms(), *alarms()])


def test_limits_when_named_in_any_way_then_are_the_same_gas() -> None:
    table = gas_limit_table(read_default("gas_limits"), None)
    named = {row["name"]: row for row in table.iter_rows(named=True)}
    assert named["甲烷"]["lel_vol_pct"] == named["ch4"]["lel_vol_pct"] == 5.0
    assert named["co"]["gas"] == named["carbonmonoxide"]["gas"] == "一氧化碳"
    # 28.01 g/mol / 24.45 l/mol: 1 ppm of carbon monoxide is 1.1456 mg/m³ at 25 °C
    assert named["co"]["mg_m3_per_ppm"] == pytest.approx(1.1456, abs=1e-4)
    assert all(row["source"] for row in named.values())


def test_limits_when_a_workspace_adds_and_replaces_then_its_rows_win() -> None:
    own = [
        {"gas": "甲烷", "other_names": ["CH4"], "lel_vol_pct": 4.4, "source": "IEC"},
        {"gas": "二甲醚", "lel_vol_pct": 3.4, "mg_m3_per_ppm": 1.9, "source": "supplier"},
    ]
    table = gas_limit_table(read_default("gas_limits"), own)
    named = {row["name"]: row for row in table.iter_rows(named=True)}
    assert (named["ch4"]["lel_vol_pct"], named["二甲醚"]["mg_m3_per_ppm"]) == (4.4, 1.9)
    assert "methane" not in named
    assert "一氧化碳" in named


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"gas": "甲烷", "lel_vol_pct": 5}, "no gas or no source"),
        ({"gas": "甲烷", "source": "a", "lel": 5}, "got lel"),
        ({"gas": "甲烷", "source": "a", "lel_vol_pct": -5}, "lel_vol_pct got -5"),
        ({"gas": "怪气", "other_names": ["CO"], "source": "a"}, "co names two gases"),
    ],
)
def test_limits_when_a_row_is_wrong_then_refused_by_name(row: dict, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        gas_limit_table(read_default("gas_limits"), [row])


def test_rules_when_a_workspace_file_is_wrong_then_the_sentence_names_it(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    text = yaml.safe_dump([alarms()[0] | {"frozen_readings": "many"}])
    (tmp_path / "rules" / "gas_alarms.yml").write_text(text, "utf-8")
    with pytest.raises(RuleError, match=r"rules/gas_alarms\.yml: entry 1: frozen_readings"):
        compile_rules(Settings(workspace=tmp_path))
