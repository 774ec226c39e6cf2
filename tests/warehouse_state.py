"""What a warehouse says, as one number a mart: to compare two builds of the same exports."""

from __future__ import annotations

from pathlib import Path

import duckdb

#: Columns that say when or in which run something was loaded, not what is true.
OF_THE_RUN = ("first_seen_at", "run_id", "built_at")
#: Past rankings stay as history, so these say how often a workspace was refreshed, too; the
#: ranking in force is compared through rpt_park_ranking.
HISTORY = (
    "fct_model_runs", "fct_model_metrics", "fct_park_scores", "fct_park_reasons",
    "fct_enterprise_scores", "fct_enterprise_reasons",
)  # fmt: skip


def marts_state(warehouse: Path) -> dict[str, tuple[int, int]]:
    """Row count and order-free content hash of every table of ``marts`` but past rankings."""
    connection = duckdb.connect(str(warehouse), read_only=True)
    try:
        tables = connection.execute(
            "select table_name from duckdb_tables() where schema_name = 'marts' order by 1"
        ).fetchall()
        return {name: _hash(connection, name) for (name,) in tables if name not in HISTORY}
    finally:
        connection.close()


def rows(warehouse: Path, sql: str, parameters: list | None = None) -> list[tuple]:
    """Rows of one query on a warehouse or snapshot file."""
    connection = duckdb.connect(str(warehouse), read_only=True)
    try:
        return connection.execute(sql, parameters or []).fetchall()
    finally:
        connection.close()


def _hash(connection: duckdb.DuckDBPyConnection, table: str) -> tuple[int, int]:
    columns = connection.execute(
        "select column_name from duckdb_columns() where schema_name = 'marts' "
        "and table_name = ? order by column_index", [table],
    ).fetchall()  # fmt: skip
    kept = ", ".join(f'"{name}"' for (name,) in columns if name not in OF_THE_RUN)
    found = connection.execute(
        f"select count(*), coalesce(sum(hash(row({kept}))::hugeint), 0) from marts.{table}"
    ).fetchone()
    assert found is not None
    return found
