"""Tests on the lake's tables are Dagster checks, they run, and they stop what reads a bad table."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from conftest import DemoBuild, parkrisk
from small_workspace import small_workspace

from pipelines.definitions import build_definitions
from pipelines.publish import current_snapshot
from pipelines.settings import Settings
from pipelines.warehouse import open_warehouse

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def built(demo: DemoBuild, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A small workspace, refreshed once."""
    settings = small_workspace(demo, tmp_path_factory.mktemp("small") / "ws", 4)
    parkrisk(settings.workspace, "refresh")
    return settings


def test_definitions_when_built_then_source_tests_are_blocking_checks(built: Settings) -> None:
    definitions = build_definitions(built, quiet=True)
    checks = {
        (key.asset_key.to_user_string(), key.name)
        for key in definitions.resolve_asset_graph().asset_check_keys
    }
    guarded = {asset for asset, _ in checks}
    for export in ("parks", "enterprises", "leases", "inspections", "hazards", "units"):
        assert f"raw/{export}" in guarded
    assert {"marts/fct_file_ledger", "marts/fct_hazards"} <= guarded


def test_definitions_when_built_then_assets_are_named_as_the_tables(built: Settings) -> None:
    keys = {
        key.to_user_string()
        for key in build_definitions(built, quiet=True).resolve_asset_graph().get_all_asset_keys()
    }
    assert {"raw/parks", "ops/files", "marts/dim_parks", "ml/scores", "published/snapshot"} <= keys


def test_connection_when_a_block_ends_then_another_process_may_write(built: Settings) -> None:
    """No connection of ours is open when dbt starts: the child could not build otherwise."""
    with open_warehouse(built) as connection:
        connection.execute("select 1").fetchall()
    done = parkrisk(built.workspace, "rank")
    assert "done" in done.stdout


def test_lake_when_rows_come_twice_then_run_stops_and_readers_keep_what_they_had(
    built: Settings,
) -> None:
    before = current_snapshot(built)
    path = next(
        p
        for p in sorted(built.lake.glob("*/*/inspections.parquet"))
        if pl.read_parquet(p).height > 0
    )
    original = path.read_bytes()
    frame = pl.read_parquet(path)
    pl.concat([frame, frame]).write_parquet(path)
    forget(built)
    try:
        failed = parkrisk(built.workspace, "refresh", check=False)
    finally:
        path.write_bytes(original)
    assert failed.returncode == 1
    assert "inspections" in failed.stderr and "skipped after them" in failed.stderr
    assert "parkrisk refresh" in failed.stderr and "Traceback" not in failed.stderr
    assert current_snapshot(built) == before


def forget(settings: Settings) -> None:
    (Path(settings.state) / "last_build.json").unlink(missing_ok=True)
