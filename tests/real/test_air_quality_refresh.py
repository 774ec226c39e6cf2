"""The sensor station through the whole house: thirteen metrics, no register, no set point."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest
from conftest import ROOT, parkrisk

CONTRACT = ROOT / "examples/another_regulator/contracts/air_quality_station.yml"
HOURS, METRICS = 9357, 13  # evidence.md A3: rows of the file, columns melted


@pytest.fixture(scope="module")
def warehouse(real_files: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Warehouse of a workspace that holds this one file."""
    workspace = tmp_path_factory.mktemp("station")
    for folder, source in (
        ("exports", real_files / "air_quality_uci.csv.gz"), ("contracts", CONTRACT),
    ):  # fmt: skip
        (workspace / folder).mkdir()
        shutil.copy(source, workspace / folder)
    parkrisk(workspace, "refresh")
    return workspace / "warehouse.duckdb"


def ask(warehouse: Path, sql: str) -> list[tuple]:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_station_when_refreshed_then_metrics_do_not_multiply_its_time_online(
    warehouse: Path,
) -> None:
    ((readings, minutes, most),) = ask(
        warehouse,
        "select sum(count_readings), sum(online_minutes), max(online_share) "
        "from marts.fct_device_days",
    )
    # one row an hour without a gap: every hour is online once, whatever its metrics
    assert (readings, minutes, most) == (HOURS * METRICS, HOURS * 60, 1.0)


def test_station_when_nothing_sets_points_then_no_episode_and_an_issue_a_metric(
    warehouse: Path,
) -> None:
    assert ask(warehouse, "select count(*) from marts.fct_alarm_episodes") == [(0,)]
    assert ask(warehouse, "select rule, count(*) from marts.fct_issues group by rule") == [
        ("set_point_missing", METRICS)
    ]
    assert ask(
        warehouse, "select device_code, is_provisional, enterprise_id from marts.dim_devices"
    ) == [("road-station-1", True, None)]
