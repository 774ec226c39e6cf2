"""A small lake written from inline rows, and dbt run over it.

Belongs here: Parquet files with the ports' columns (docs/ports.md 2), the raw and ops views, one
call of dbt. Does not belong here: expectations (the tests), typing of cells (pipelines/ingest).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from pipelines.contracts.load_contracts import EXPORTS, export_dictionary
from pipelines.ingest.schema import NORMALISED, lake_tables
from pipelines.review.record import DECISIONS_SCHEMA
from pipelines.rules.compile_rules import CHOICE_SCHEMA, EXPECTED_SCHEMA, read_default
from pipelines.rules.gas_rules import (
    ALARM_SCHEMA,
    LIMIT_SCHEMA,
    gas_alarm_table,
    gas_limit_table,
)

ROOT = Path(__file__).resolve().parents[1]
Row = Mapping[str, Any]
_SIGHTINGS: dict[str, Any] = {
    "_file_id": pl.String, "path": pl.String, "file_name": pl.String, "folder": pl.String,
    "first_seen_at": pl.Datetime("us"),
}  # fmt: skip
_RULES: dict[str, dict[str, Any]] = {
    "label": {
        "kind": pl.String, "levels": pl.String, "threshold": pl.Float64,
        "horizon_days": pl.Int64, "delay_days": pl.Int64, "visit": pl.String,
    },
    "backfill": {"file_pattern": pl.String, "lag_days": pl.Int64, "export": pl.String},
    "subject_decisions": {
        "decision": pl.String, "subject": pl.String, "left_identity": pl.String,
        "right_identity": pl.String, "decided_on": pl.Date, "ended_on": pl.Date,
        "reason": pl.String,
    },
    "expected_files": EXPECTED_SCHEMA,
    "review_decisions": DECISIONS_SCHEMA,
    "code_choices": CHOICE_SCHEMA,
    "gas_alarms": ALARM_SCHEMA,
    "gas_limits": LIMIT_SCHEMA,
    "settings": {
        "timezone": pl.String, "as_of_on": pl.Date, "first_as_of_on": pl.Date,
        "language": pl.String, "district_name": pl.String,
    },
}  # fmt: skip
_DEFAULT_RULES: dict[str, list[Row]] = {
    "label": [
        {"kind": "hazard_level", "levels": "较大,重大", "threshold": None, "horizon_days": 180,
         "delay_days": 30, "visit": "any"}
    ],
    "backfill": [],
    "subject_decisions": [],
    "expected_files": [],
    "review_decisions": [],
    "code_choices": [],
    "gas_alarms": gas_alarm_table(read_default("gas_alarms")).to_dicts(),
    "gas_limits": gas_limit_table(read_default("gas_limits"), None).to_dicts(),
    "settings": [
        {"timezone": "Asia/Shanghai", "as_of_on": None, "first_as_of_on": None, "language": "zh",
         "district_name": "示范区"}
    ],
}  # fmt: skip


#: Columns that say when the event of a row was; registers have none of them.
ROW_TIMES = (
    "inspected_on", "found_on", "observed_at", "started_at", "decided_on", "filed_on",
    "occurred_at",
)  # fmt: skip


@dataclass(frozen=True)
class File:
    """One file content with the rows of one sheet of one export.

    ``rows`` hold canonical columns; the sheet's columns are all keys met in them, or ``columns``.
    """

    name: str
    export: str
    rows: Sequence[Row]
    known_on: str | None = None
    known_clock: str | None = None
    folder: str = ""
    sheet: str = ""
    source_system: str | None = None
    filer: str | None = None
    is_full_list: bool = False
    columns: Sequence[str] | None = None
    rejected: Sequence[int] = ()
    issues: Sequence[tuple[int | None, str]] = ()
    other_names: Sequence[str] = field(default_factory=tuple)

    @property
    def file_id(self) -> str:
        """Hash of the content: its rows and what its header says."""
        told = json.dumps(
            [self.export, self.sheet, self.known_on, self.filer, self.columns, list(self.rows)],
            ensure_ascii=False, default=str, sort_keys=True,
        )  # fmt: skip
        return sha256(told.encode()).hexdigest()[:16]


@cache
def lake_columns(table: str) -> dict[str, Any]:
    """Columns and polars types of one table of the lake."""
    return dict(lake_tables(export_dictionary())[table])


def write_lake(folder: Path, files: Sequence[File], **rules: Sequence[Row]) -> Path:
    """Write files, sightings and rules below ``folder``; return the folder."""
    lake, state = folder / "lake", folder / "state"
    for table in (*EXPORTS, "files", "sheets", "rejected", "issues"):
        _write(lake / "_empty" / "schema" / f"{table}.parquet", [], lake_columns(table))
    for file in files:
        _write_file(lake / file.file_id / "landing", file)
    _write(state / "sightings/all.parquet", _sightings(files), _SIGHTINGS)
    for name, default in _DEFAULT_RULES.items():
        _write(state / f"rules/{name}.parquet", rules.get(name, default), _RULES[name])
    return folder


def _write_file(folder: Path, file: File) -> None:
    columns = file.columns or list(dict.fromkeys(c for row in file.rows for c in row))
    given = [c for c in columns if not c.startswith("_") and not c.endswith("_clock")]
    rows = [_lake_row(file, number, row, given) for number, row in enumerate(file.rows, start=2)]
    count, lost = len(rows), len(file.rejected)
    place = {"_file_id": file.file_id, "_sheet": file.sheet, "export": file.export}
    _write(folder / f"{file.export}.parquet", rows, lake_columns(file.export))
    ledger = {
        "landing_key": "landing", "ingest_version": "1", "kind": "csv", "encoding": "utf-8",
        "size_bytes": 1, "outcome": "loaded", "sheets_read": 1, "sheets_skipped": 0,
    }  # fmt: skip
    _write(folder / "files.parquet", [place | ledger], lake_columns("files"))
    zeroes = {
        f"rows_{kind}": 0
        for kind in ("title", "unit", "total", "footer", "repeated_header", "blank")
    }
    sheet = place | zeroes | {
        "contract": file.export, "outcome": "loaded", "score": 1.0, "runner_up_score": 0.0,
        "header_row": 1, "known_on": file.known_on, "known_from_what": "file_name",
        "rows_physical": count + lost + 1, "rows_header": 1, "melt_factor": 1,
        "rows_read": count + lost, "rows_typed": count, "rows_rejected": lost,
        "is_full_list": file.is_full_list, "filer": file.filer,
        "columns_mapped": "{}", "columns_extra": "[]",
    }  # fmt: skip
    _write(folder / "sheets.parquet", [sheet], lake_columns("sheets"))
    bad = [
        place | {"_row_number": n, "_part": "", "reason": "no_subject", "cells": "{}"}
        for n in file.rejected
    ]
    _write(folder / "rejected.parquet", bad, lake_columns("rejected"))
    issues = [place | {"_row_number": n, "_part": "", "rule": rule} for n, rule in file.issues]
    _write(folder / "issues.parquet", issues, lake_columns("issues"))


def _lake_row(file: File, number: int, row: Row, given: Sequence[str]) -> Row:
    event_on = next((row[c] for c in ROW_TIMES if row.get(c)), None)
    names = {f"{c}_norm": row[c] for c in NORMALISED if row.get(c) is not None}
    technical = {
        "_file_id": file.file_id, "_sheet": file.sheet, "_row_number": number, "_part": "",
        "_key": _row_key(file.export, row), "_known_on": file.known_on or event_on,
        "_known_clock": file.known_clock, "_known_from_what": "file_name", "_row_on": event_on,
        "_columns": "," + ",".join(given) + ",", "_is_full_list": file.is_full_list,
        "_filer": file.filer, "_contract": file.export, "_source_system": file.source_system,
    }  # fmt: skip
    present = {c: v for c, v in row.items() if c[0] == "_" or c.removesuffix("_clock") in given}
    return {c: v for c, v in names.items() if c[:-5] in given} | technical | present


def _row_key(export: str, row: Row) -> str:
    def subject(kind: str, *codes: str) -> str:
        name = row.get(f"{kind}_name")
        code = next((str(row[c]) for c in codes if row.get(c)), None)
        return f"{name}|{row.get('town') or ''}" if name else str(code)

    own = {
        "parks": "park_id", "enterprises": "enterprise_id", "leases": "lease_id",
        "inspections": "inspection_id", "hazards": "hazard_id", "units": "unit_id",
        "devices": "device_id", "readings": "", "alarms": "alarm_id",
        "cases": "", "accidents": "accident_no",
    }[export]  # fmt: skip
    if row.get(own):
        return str(row[own])
    park = str(row.get("park_id") or subject("park"))
    who = subject("enterprise", "uscc") if row.get("enterprise_name") or row.get("uscc") else park
    parts = {
        "parks": (subject("park"),),
        "enterprises": (who,),
        "leases": (park, subject("tenant"), row.get("building"), row.get("start_on")),
        "inspections": (who, row.get("inspected_on"), row.get("kind")),
        "hazards": (who, row.get("found_on"), row.get("description")),
        "units": (row.get("kind"), row.get("unit_name")),
        "devices": (row.get("device_id"),),
        "readings": tuple(
            row.get(c) for c in ("device_id", "observed_at", "observed_at_clock", "metric")
        ),
        "alarms": (
            row.get("device_id") or who,
            row.get("started_at"),
            row.get("started_at_clock"),
            row.get("level"),
        ),
        "cases": (
            row.get("case_no"),
            row.get("party_name_norm") or row.get("party_name") or row.get("person_name_hash"),
        ),
        "accidents": (row.get("occurred_at"), row.get("place") if who == "None" else who),
    }[export]
    return "/".join(str(p) for p in parts)


def _sightings(files: Sequence[File]) -> list[Row]:
    return [
        {
            "_file_id": file.file_id, "file_name": name, "folder": file.folder,
            "path": f"{file.folder}/{name}".lstrip("/"), "first_seen_at": datetime(2026, 1, 1),
        }
        for file in files
        for name in (file.name, *file.other_names)
    ]  # fmt: skip


def _write(path: Path, rows: Sequence[Row], schema: Mapping[str, Any]) -> None:
    def cell(name: str, row: Row) -> Any:
        value = row.get(name)
        if schema[name] == pl.Date and isinstance(value, str):
            return date.fromisoformat(value)
        return value

    path.parent.mkdir(parents=True, exist_ok=True)
    columns = {name: [cell(name, row) for row in rows] for name in schema}
    pl.DataFrame(columns, schema=dict(schema)).write_parquet(path)


def open_warehouse(folder: Path) -> Path:
    """Create (anew) the warehouse of a written lake with its raw and ops views and ml tables."""
    path = folder / "warehouse.duckdb"
    path.unlink(missing_ok=True)
    views = {f"raw.{name}": f"lake/*/*/{name}.parquet" for name in EXPORTS}
    for name in ("files", "sheets", "rejected", "issues"):
        views[f"ops.{name}"] = f"lake/*/*/{name}.parquet"
    views["ops.sightings"] = "state/sightings/*.parquet"
    for name in _RULES:
        own = ("settings", "review_decisions", "code_choices")
        rule = name if name in own else f"rule_{name}"
        views[f"ops.{rule}"] = f"state/rules/{name}.parquet"
    with duckdb.connect(str(path)) as con:
        for schema in ("raw", "ops", "ml", "review"):
            con.execute(f"create schema {schema}")
        for view, glob in views.items():
            con.execute(f"create view {view} as select * from read_parquet('{folder / glob}')")
    return path


def run_dbt(folder: Path, *arguments: str) -> None:
    """Run one dbt command against the warehouse of ``folder``; fail with dbt's own words."""
    environment = os.environ | {
        "PARKRISK_WAREHOUSE": str(folder / "warehouse.duckdb"),
        "PARKRISK_TARGET": str(folder / "dbt_target"),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    }
    project = str(ROOT / "dbt_project")
    done = subprocess.run(
        [
            sys.executable, "-m", "dbt.cli.main", "--no-use-colors", "--log-path",
            str(folder / "dbt_logs"), *arguments, "--project-dir", project,
            "--profiles-dir", project, "--target-path", str(folder / "dbt_target"),
        ],
        cwd=project, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


def build_marts(folder: Path) -> Path:
    """Build every model that does not read ml.*, tests included; return the warehouse's path."""
    path = open_warehouse(folder)
    run_dbt(
        folder, "build", "--exclude", "tag:after_models",
        "--exclude-resource-type", "unit_test", "--indirect-selection", "buildable",
    )  # fmt: skip
    return path
