"""Published snapshots: the pointer is read, and a broken one is no traceback."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from snapshot_fixture import RUN_ID, build_snapshot

from app import run
from app.published import find_snapshot
from app.run import choose_workspace


def test_snapshot_when_published_then_pointer_facts_are_read(tmp_path: Path) -> None:
    file = build_snapshot(tmp_path)
    found = find_snapshot(tmp_path)
    assert found is not None
    assert (found.path, found.run_id) == (str(file.resolve()), RUN_ID)
    assert found.as_of_on == date(2026, 10, 31)
    assert found.built_at == datetime(2026, 11, 1, 2, tzinfo=UTC)


GONE = {
    "file": "gone.duckdb",
    "run_id": "r",
    "as_of_on": "2026-10-31",
    "built_at": "2026-11-01T02:00:00Z",
}


@pytest.mark.parametrize("pointer", ["", "{", "[]", "{}", json.dumps(GONE)])
def test_snapshot_when_pointer_is_broken_then_nothing_is_published(
    tmp_path: Path, pointer: str
) -> None:
    (tmp_path / "published").mkdir()
    (tmp_path / "published" / "CURRENT.json").write_text(pointer, encoding="utf-8")
    assert find_snapshot(tmp_path) is None


def test_snapshot_when_workspace_is_absent_then_nothing_is_published(tmp_path: Path) -> None:
    assert find_snapshot(tmp_path / "nowhere") is None


def test_workspace_when_named_twice_then_the_argument_wins() -> None:
    environment = {"PARKRISK_WORKSPACE": "from_environment"}
    assert choose_workspace(["-q", "--workspace=given"], environment) == Path("given")
    assert choose_workspace(["-q"], environment) == Path("from_environment")
    assert choose_workspace([], {}) is None


def test_command_when_built_then_serves_this_machine_only_and_calls_nobody(tmp_path: Path) -> None:
    command = run.command(tmp_path, 8600)
    assert "--server.port=8600" in command
    assert "--server.address=127.0.0.1" in command
    assert "--browser.gatherUsageStats=false" in command
    assert command[-2:] == ["--", f"--workspace={tmp_path.resolve()}"]
