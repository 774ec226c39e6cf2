"""Drawn rounds as an asset: the folders of ``rounds/`` into ``ml.rounds round_lines round_frame``.

Belongs here: reading records, writing ``ml.*`` whole. Does not belong here: drawing (rounds/), the
tables' columns (rounds/tables.py). The folders are the record, so a rebuilt warehouse has every
round that was ever drawn, as it was drawn.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
from dagster import (
    AssetExecutionContext,
    AssetKey,
    AssetsDefinition,
    AssetSpec,
    MaterializeResult,
    multi_asset,
)

from pipelines.assets.workspace import Workspace
from pipelines.build_state import input_fingerprint, last_build, note_rounds
from pipelines.rounds.cohort import RoundError
from pipelines.rounds.record import list_rounds, read_outputs
from pipelines.rounds.tables import ROUND_TABLES, RoundFrames
from pipelines.rules.compile_rules import compile_rules
from pipelines.settings import Settings
from pipelines.warehouse import ensure_table, open_warehouse, quoted

#: The job that publishes rounds and nothing else.
ROUNDS_JOB = "rounds"


def build_rounds_asset() -> AssetsDefinition:
    """The asset behind ``ml/rounds``, ``ml/round_lines`` and ``ml/round_frame``."""

    @multi_asset(
        name="drawn_rounds",
        specs=[
            AssetSpec(
                key=["ml", table], group_name="ml", skippable=True,
                # nothing of it is read: a refresh that stops after landing stops here, too
                deps=[AssetKey(["ops", "rule_backfill"])],
            )
            for table in ROUND_TABLES
        ],
    )  # fmt: skip
    def drawn_rounds(
        context: AssetExecutionContext, workspace: Workspace
    ) -> Iterator[MaterializeResult]:
        settings = workspace.settings()
        if context.job_name == ROUNDS_JOB and not is_as_published(settings):
            workspace.say(
                "exports, rules or code have changed since the last publication: "
                "the rounds come with the next refresh"
            )
            return
        ids = list_rounds(settings)
        rounds = read_rounds(settings, ids, workspace.say)
        write_rounds(settings, rounds, workspace.say)
        note_rounds(settings, ids)
        for table in ROUND_TABLES:
            rows = sum(getattr(frames, table).height for frames in rounds)
            yield MaterializeResult(asset_key=AssetKey(["ml", table]), metadata={"rows": rows})

    return drawn_rounds


def is_as_published(settings: Settings) -> bool:
    """Whether the warehouse is what was last published; a half-done refresh must not get out."""
    return last_build(settings).get("fingerprint") == input_fingerprint(
        settings, compile_rules(settings)
    )


def read_rounds(
    settings: Settings, ids: list[str], say: Callable[[str], None]
) -> list[RoundFrames]:
    """Read every round; one that cannot be read is said and left out, the others stand."""
    rounds = []
    for round_id in ids:
        try:
            rounds.append(read_outputs(settings, round_id))
        except RoundError as error:
            say(f"  left out: {error}")
    return rounds


def write_rounds(settings: Settings, rounds: list[RoundFrames], say: Callable[[str], None]) -> None:
    """Replace the round tables of ``ml`` by these rounds, each whole or not at all."""
    with open_warehouse(settings) as connection, TemporaryDirectory(dir=settings.state) as folder:
        create_round_tables(connection)
        for table in ROUND_TABLES:
            connection.execute(f"delete from ml.{table}").fetchall()
        for frames in rounds:
            connection.execute("begin").fetchall()
            try:
                _insert(connection, frames, Path(folder))
            except duckdb.Error as error:
                connection.execute("rollback").fetchall()
                name = frames.rounds["round_id"].to_list()
                say(f"  left out: rounds/{', '.join(name)}: it does not fit the tables: {error}")
            else:
                connection.execute("commit").fetchall()


def _insert(connection: duckdb.DuckDBPyConnection, frames: RoundFrames, folder: Path) -> None:
    for table in ROUND_TABLES:
        # DuckDB reads files, never Python objects (performance.md 1).
        path = folder / f"{table}.parquet"
        getattr(frames, table).write_parquet(path)
        connection.execute(
            f"insert into ml.{table} by name from read_parquet({quoted(path.as_posix())})"
        ).fetchall()


def create_round_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the round tables where missing, so that dbt's sources exist before the first round."""
    connection.execute("create schema if not exists ml").fetchall()
    for table, columns in ROUND_TABLES.items():
        ensure_table(connection, f"ml.{table}", columns)
