"""The only module that knows how the warehouse is opened, and who may write at a time.

Belongs here: short connections, the run lock, views over the lake.
Does not belong here: what a table means (dbt), what readers see (publish.py).
"""

from __future__ import annotations

import json
import os
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from pipelines.settings import Settings

#: Nothing is ever fetched at run time (design.md 2.3).
OFFLINE: dict[str, str | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}

#: Tables compiled from rules/ into ``state/rules`` (docs/ports.md 2).
RULE_TABLES = (
    "rule_label", "rule_backfill", "rule_subject_decisions", "rule_expected_files",
    "rule_gas_alarms", "rule_gas_limits", "review_decisions", "code_choices", "settings",
)  # fmt: skip


class WarehouseBusy(RuntimeError):
    """Another process holds the warehouse; the sentence names it and the next command."""


@contextmanager
def open_warehouse(
    settings: Settings, *, read_only: bool = False
) -> Generator[duckdb.DuckDBPyConnection]:
    """Open the warehouse for the length of a ``with`` block; nobody keeps a connection longer.

    dbt runs in a process of its own and DuckDB locks the file both ways, so a connection that
    outlives its block would make the next dbt step fail (design.md 2.4).

    Raises
    ------
    WarehouseBusy : another process has the file open.
    """
    try:
        connection = duckdb.connect(str(settings.warehouse), read_only=read_only, config=OFFLINE)
    except duckdb.IOException as error:
        if "lock" not in str(error).lower():
            raise
        raise WarehouseBusy(_busy_sentence(settings)) from error
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def hold_run_lock(settings: Settings, what: str) -> Generator[None]:
    """Hold the workspace's run lock: one run at a time, whoever started it.

    The operating system lets go of the lock when the process dies, so a kill leaves none behind.

    Raises
    ------
    WarehouseBusy : another run holds it.
    """
    settings.state.mkdir(parents=True, exist_ok=True)
    lock = FileLock(str(settings.state / "run.lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise WarehouseBusy(_busy_sentence(settings)) from error
    try:
        holder = {"pid": os.getpid(), "what": what}
        (settings.state / "run.json").write_text(json.dumps(holder), "utf-8")
        yield
    finally:
        lock.release()


def create_lake_views(settings: Settings, exports: tuple[str, ...]) -> None:
    """(Re)create ``raw.*`` and ``ops.*``: views over the lake, the sightings and the rules.

    Paths are absolute, so a workspace that was moved heals at its next refresh.
    """
    lake, state = settings.lake.as_posix(), settings.state.as_posix()
    views = {f"raw.{name}": f"{lake}/*/*/{name}.parquet" for name in exports}
    for table in ("files", "sheets", "rejected", "issues"):
        views[f"ops.{table}"] = f"{lake}/*/*/{table}.parquet"
    views["ops.sightings"] = f"{state}/sightings/*.parquet"
    for table in RULE_TABLES:
        views[f"ops.{table}"] = f"{state}/rules/{table}.parquet"
    with open_warehouse(settings) as connection:
        for schema in ("raw", "ops", "ml", "review"):
            connection.execute(f"create schema if not exists {schema}").fetchall()
        for view, glob in views.items():
            connection.execute(
                f"create or replace view {view} as "
                f"select * from read_parquet({quoted(glob)}, hive_partitioning = false)"
            ).fetchall()


def ensure_table(connection: duckdb.DuckDBPyConnection, name: str, columns: str) -> None:
    """Create a table where it is missing, and anew where an older release left other columns.

    What the old table says in columns that are still there is carried over; where a new column may
    not be empty the old rows cannot be, and go.

    Parameters
    ----------
    name : ``schema.table``; ``columns``: its definition as ``create table`` takes it.
    """
    schema, table = name.split(".")
    connection.execute(f"create table if not exists {name} ({columns})").fetchall()
    fresh = f"{schema}._fresh_{table}"
    connection.execute(f"create or replace table {fresh} ({columns})").fetchall()
    old, new = (_column_names(connection, schema, t) for t in (table, f"_fresh_{table}"))
    if old != new:
        kept = ", ".join(column for column in new if column in old)
        carry = f"insert into {fresh} by name select {kept} from {name}"
        with suppress(duckdb.ConstraintException):
            connection.execute(carry).fetchall()
        connection.execute(f"drop table {name}").fetchall()
        connection.execute(f"create table {name} ({columns})").fetchall()
        connection.execute(f"insert into {name} select * from {fresh}").fetchall()
    connection.execute(f"drop table {fresh}").fetchall()


def _column_names(connection: duckdb.DuckDBPyConnection, schema: str, table: str) -> list[str]:
    rows = connection.execute(
        "select column_name from duckdb_columns() "
        "where schema_name = ? and table_name = ? order by column_index",
        [schema, table],
    ).fetchall()
    return [name for (name,) in rows]


def quoted(text: str) -> str:
    """A text as an SQL literal, for statements that take no parameters (DDL, attach)."""
    return "'" + text.replace("'", "''") + "'"


def _busy_sentence(settings: Settings) -> str:
    holder = settings.state / "run.json"
    who = "another process"
    if holder.exists():
        try:
            facts = json.loads(Path(holder).read_text("utf-8"))
            who = f"process {facts['pid']} ({facts['what']})"
        except (ValueError, KeyError):
            pass  # half-written by a killed run: the sentence stays general
    return (
        f"{settings.warehouse.name} of workspace {settings.name!r} is in use by {who}. "
        "Expected: one run at a time. Next: wait for it to end, or stop it, then run again."
    )
