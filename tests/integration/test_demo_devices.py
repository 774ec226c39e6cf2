"""The demo's alarm episodes: every one that was drawn is found to the second, and none else."""

from __future__ import annotations

import csv
import json
from datetime import datetime

import duckdb
from conftest import DemoBuild


def ask(demo: DemoBuild, sql: str) -> list[tuple]:
    folder = demo.settings.published
    current = json.loads((folder / "CURRENT.json").read_text("utf-8"))["file"]
    with duckdb.connect(str(folder / current), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_demo_when_built_then_episodes_are_those_that_were_drawn(demo: DemoBuild) -> None:
    path = demo.settings.workspace / "truth" / "episodes.csv"
    with path.open(encoding="utf-8", newline="") as file:
        drawn = {
            (row["device_id"], datetime.fromisoformat(row["started_at"]),
             datetime.fromisoformat(row["ended_at"]), row["level"], float(row["peak"]),
             int(row["count_readings"]))
            for row in csv.DictReader(file)
        }  # fmt: skip
    found = ask(
        demo,
        "select device_code, started_at, ended_at, level, peak, count_readings "
        "from marts.fct_alarm_episodes join marts.dim_devices using (device_id)",
    )
    assert len(drawn) >= 15 and {row[3] for row in drawn} == {"一级", "二级"}
    assert set(found) == drawn and len(found) == len(drawn)


def test_demo_when_built_then_every_accepted_reading_is_counted_in_a_day(demo: DemoBuild) -> None:
    ((counted, accepted),) = ask(
        demo,
        "select (select sum(count_readings) from marts.fct_device_days), "
        "(select sum(rows_accepted) from marts.fct_file_ledger where export = 'readings')",
    )
    assert counted == accepted > 50_000
