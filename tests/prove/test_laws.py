"""Laws of the whole pipeline: order-independence, idempotence, no time travel."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from conftest import DemoBuild, parkrisk
from small_workspace import small_workspace
from warehouse_state import marts_state, rows

from pipelines.settings import Settings

pytestmark = pytest.mark.prove


def move(files: list[Path], source: Path, target: Path) -> None:
    for path in files:
        goal = target / path.relative_to(source)
        goal.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(path, goal)


def test_exports_when_they_come_in_another_order_then_marts_are_equal(
    demo: DemoBuild, tmp_path: Path
) -> None:
    at_once = small_workspace(demo, tmp_path / "once", 2)
    parkrisk(at_once.workspace, "refresh")

    in_parts = small_workspace(demo, tmp_path / "parts", 2)
    waiting = tmp_path / "waiting"
    files = sorted(p for p in in_parts.exports.rglob("*") if p.is_file())
    move(files, in_parts.exports, waiting)
    newest_first = sorted((p for p in waiting.rglob("*") if p.is_file()), reverse=True)
    third = -(-len(newest_first) // 3)
    for begin in range(0, len(newest_first), third):
        move(newest_first[begin : begin + third], waiting, in_parts.exports)
        parkrisk(in_parts.workspace, "refresh", check=begin + third >= len(newest_first))
    assert marts_state(in_parts.warehouse) == marts_state(at_once.warehouse)


def test_same_bytes_when_dropped_under_another_name_then_only_a_name_is_added(
    demo: DemoBuild, tmp_path: Path
) -> None:
    settings = small_workspace(demo, tmp_path / "ws", 4)
    parkrisk(settings.workspace, "refresh")
    before = marts_state(settings.warehouse)
    lake = sorted(p.name for p in settings.lake.glob("*/*"))
    first = sorted(p for p in settings.exports.rglob("*.csv"))[0]
    # A later name, so that the content keeps the name it is shown under.
    shutil.copyfile(first, first.with_name(f"{first.stem}_副本.csv"))
    parkrisk(settings.workspace, "refresh")
    after = marts_state(settings.warehouse)
    assert sorted(p.name for p in settings.lake.glob("*/*")) == lake
    assert {t for t in after if after[t] != before[t]} == {"dim_files"}


def features(settings: Settings, table: str, day: date) -> list[tuple]:
    return rows(
        settings.warehouse,
        f"select * from marts.{table} where as_of_on = ? and replay = 'as_published' order by all",
        [day],
    )


@pytest.mark.parametrize("day", [date(2024, 6, 30), date(2025, 3, 31)])
def test_features_when_later_exports_are_missing_then_are_the_same(
    demo: DemoBuild, tmp_path: Path, day: date
) -> None:
    """No time travel: a workspace that holds only what was known by D says the same of D."""
    then = small_workspace(demo, tmp_path / "then", 1)
    known = dict(
        rows(
            demo.settings.warehouse,
            "select file_name, max(known_on) from marts.fct_file_ledger group by 1",
        )
    )
    for path in (p for p in then.exports.rglob("*") if p.is_file()):
        known_on = known.get(path.name)
        if known_on is not None and known_on > day:
            path.unlink()
    with (then.workspace / "workspace.yml").open("a", encoding="utf-8") as handle:
        handle.write(f"\nas_of_on: {day}\n")
    parkrisk(then.workspace, "refresh")
    for table in ("fct_park_features", "fct_enterprise_features"):
        now = features(demo.settings, table, day)
        assert now and features(then, table, day) == now
