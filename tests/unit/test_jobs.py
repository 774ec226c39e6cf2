"""The exports-folder sensor's view of the folder, and when jobs run."""

import os
from pathlib import Path

from pipelines.jobs import build_schedules, folder_state


def test_folder_when_a_file_comes_then_state_changes(tmp_path: Path) -> None:
    empty, newest = folder_state(tmp_path)
    assert newest is None
    (tmp_path / "a.csv").write_text("x", "utf-8")
    one, newest = folder_state(tmp_path)
    assert one != empty and newest is not None
    assert folder_state(tmp_path)[0] == one


def test_folder_when_a_file_changes_in_place_then_state_changes(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("x", "utf-8")
    before, _ = folder_state(tmp_path)
    path.write_text("y", "utf-8")
    os.utime(path, ns=(1, 1))
    assert folder_state(tmp_path)[0] != before


def test_folder_when_only_hidden_files_come_then_state_stays(tmp_path: Path) -> None:
    before, _ = folder_state(tmp_path)
    (tmp_path / ".a.csv.part").write_text("x", "utf-8")
    assert folder_state(tmp_path)[0] == before


def test_schedules_when_built_then_daily_and_weekly_in_the_bureaus_zone() -> None:
    daily, weekly = build_schedules("Asia/Shanghai")
    assert (daily.cron_schedule, weekly.cron_schedule) == ("0 6 * * *", "30 6 * * 1")
    assert daily.execution_timezone == weekly.execution_timezone == "Asia/Shanghai"
