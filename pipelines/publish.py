"""Marts into a versioned snapshot that readers open: written aside, then one atomic rename.

Belongs here: which tables are copied, the pointer CURRENT.json, how many are kept, rollback.
Does not belong here: what the tables mean (dbt), how they are shown (app).
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from pipelines.settings import Settings
from pipelines.warehouse import OFFLINE, quoted

#: Snapshots kept beside the current one: enough to roll back, and for readers to finish.
KEPT = 3
SNAPSHOT_NAME = re.compile(r"^snap-\d{8}T\d{6}Z-[0-9a-z]+\.duckdb$")
POINTER = "CURRENT.json"


class PublishError(RuntimeError):
    """Nothing was published or rolled back; the sentence says why and what to do next."""


@dataclass(frozen=True)
class PublishFacts:
    """What a snapshot says of itself (table ``meta.publish``). Times are UTC."""

    run_id: str
    built_at: datetime
    code_version: str
    workspace_name: str
    language: str


def publish_snapshot(settings: Settings, tables: Sequence[str], facts: PublishFacts) -> Path:
    """Copy ``marts`` tables with keys and comments into a new snapshot and point readers to it.

    A CTAS copy would lose keys and comments, so each table is made by its own DDL (design.md 2.6).
    A file name is never used twice: DuckDB would hand a reader the old file (design.md 2.4).

    Parameters
    ----------
    tables : names in schema ``marts`` of the warehouse.

    Returns
    -------
    Path : the snapshot; ``CURRENT.json`` names it.
    """
    folder = settings.published
    folder.mkdir(parents=True, exist_ok=True)
    _drop_leftovers(folder)
    name = f"snap-{facts.built_at:%Y%m%dT%H%M%SZ}-{facts.run_id}.duckdb"
    if (folder / name).exists():
        raise PublishError(f"{name}: exists already. Expected a new name. Next: publish again.")
    fresh = folder / f".tmp-{name}"
    connection = duckdb.connect(str(fresh), config=OFFLINE)
    try:
        warehouse = quoted(str(settings.warehouse))
        connection.execute(f"attach {warehouse} as warehouse (read_only)").fetchall()
        connection.execute("create schema marts; create schema meta;").fetchall()
        for table in tables:
            _copy_table(connection, table)
        as_of = _write_facts(connection, facts)
        connection.execute("detach warehouse").fetchall()
        connection.execute("checkpoint").fetchall()
    finally:
        connection.close()
    _sync(fresh)
    fresh.replace(folder / name)
    _point_to(folder, name, facts.run_id, as_of, facts.built_at)
    _forget_old(folder, name)
    return folder / name


def roll_back(settings: Settings) -> str:
    """Point readers to the snapshot before the current one; nothing is deleted.

    Returns
    -------
    str : file name now current.

    Raises
    ------
    PublishError : there is no older snapshot.
    """
    folder = settings.published
    current = current_snapshot(settings)
    names = [n for n in _snapshots(folder) if current is None or n < current.name]
    if not names:
        raise PublishError(
            f"{folder.name}/: no snapshot older than the current one. "
            "Next: parkrisk refresh builds a new one."
        )
    name = names[-1]
    connection = duckdb.connect(str(folder / name), read_only=True, config=OFFLINE)
    try:
        row = connection.execute("select run_id, as_of_on, built_at from meta.publish").fetchone()
    finally:
        connection.close()
    if row is None:
        raise PublishError(f"{name}: holds no publication facts. Next: parkrisk refresh.")
    _point_to(folder, name, row[0], row[1], row[2])
    return name


def current_snapshot(settings: Settings) -> Path | None:
    """Path of the snapshot readers open now; None before the first publication."""
    pointer = settings.published / POINTER
    if not pointer.exists():
        return None
    path = settings.published / json.loads(pointer.read_text("utf-8"))["file"]
    return path if path.exists() else None


def _copy_table(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    where = "database_name = 'warehouse' and schema_name = 'marts' and table_name = ?"
    found = connection.execute(
        f"select sql, comment from duckdb_tables() where {where}", [table]
    ).fetchone()
    if found is None:
        raise PublishError(
            f"marts.{table}: not in the warehouse. Expected a published table. "
            "Next: parkrisk refresh, and read the first failing dbt model above."
        )
    ddl, comment = found
    connection.execute(re.sub(r"(?i)^create table (warehouse\.)?", "create table ", ddl)).fetchall()
    connection.execute(
        f"insert into marts.{table} select * from warehouse.marts.{table}"
    ).fetchall()
    if comment:
        connection.execute(f"comment on table marts.{table} is {quoted(comment)}").fetchall()
    columns = connection.execute(
        f"select column_name, comment from duckdb_columns() where {where}", [table]
    ).fetchall()
    for column, text in columns:
        if text:
            connection.execute(
                f'comment on column marts.{table}."{column}" is {quoted(text)}'
            ).fetchall()


def _write_facts(connection: duckdb.DuckDBPyConnection, facts: PublishFacts) -> object:
    connection.execute(
        "create table meta.publish (run_id varchar primary key, built_at timestamp, "
        "as_of_on date, workspace_name varchar, language varchar, code_version varchar)"
    ).fetchall()
    connection.execute(
        "insert into meta.publish select ?, ?, (select max(as_of_on) from marts.rpt_overview), "
        "?, ?, ?",
        [facts.run_id, facts.built_at.replace(tzinfo=None), facts.workspace_name,
         facts.language, facts.code_version],
    ).fetchall()  # fmt: skip
    row = connection.execute("select as_of_on from meta.publish").fetchone()
    return row[0] if row else None


def _point_to(folder: Path, name: str, run_id: str, as_of: object, built_at: datetime) -> None:
    pointer = {
        "file": name, "run_id": run_id, "as_of_on": None if as_of is None else str(as_of),
        "built_at": f"{built_at:%Y-%m-%dT%H:%M:%SZ}",
    }  # fmt: skip
    fresh = folder / f".tmp-{POINTER}"
    fresh.write_text(json.dumps(pointer, ensure_ascii=False), "utf-8")
    _sync(fresh)
    fresh.replace(folder / POINTER)


def _snapshots(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir() if SNAPSHOT_NAME.match(p.name))


def _forget_old(folder: Path, current: str) -> None:
    for name in _snapshots(folder)[:-KEPT]:
        if name != current:
            # Windows keeps files that a reader has open: they go at a later publication.
            with suppress(OSError):
                (folder / name).unlink()


def _drop_leftovers(folder: Path) -> None:
    for path in folder.glob(".tmp-*"):
        with suppress(OSError):
            path.unlink()


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
