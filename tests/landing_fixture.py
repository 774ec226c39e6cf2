"""Files typed and landed in a folder of the test, from inline text.

Belongs here: settings of a test's workspace, one call from bytes to tables.
Does not belong here: expectations (the tests).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import polars as pl

from pipelines.contracts.contract import Contract
from pipelines.contracts.load_contracts import load_contracts
from pipelines.ingest.land import LandingSettings, LandingSummary, land_workspace
from pipelines.ingest.land_file import check_file, landing_tables

BUILT_IN = load_contracts(None)
#: Box around a made-up district; degrees.
BOX = (120.0, 121.0, 30.5, 31.5)
KEY = b"a key only tests know"
NOW = datetime(2026, 1, 31, 8, 0)


def make_settings(workspace: Path, **changes: object) -> LandingSettings:
    """Settings of a workspace in a folder of the test."""
    values: dict[str, object] = {
        "timezone": "Asia/Shanghai", "crs": "WGS84", "box": BOX, "token_key": KEY,
        "lake": workspace / "lake", "exports": workspace / "exports",
        "originals": workspace / "originals", "state": workspace / "state",
    }  # fmt: skip
    return LandingSettings(**{**values, **changes})


def tables_of(
    folder: Path, raw: str | bytes, name: str, contracts: Mapping[str, Contract] = BUILT_IN
) -> dict[str, pl.DataFrame]:
    """All tables a file would land as; errors of our own code are raised."""
    path = folder / "bytes"
    path.write_bytes(raw.encode() if isinstance(raw, str) else raw)
    checked = check_file(path, (name,), contracts, make_settings(folder), must_raise=True)
    return landing_tables(checked, "0" * 16)


def drop(workspace: Path, relative: str, raw: str | bytes) -> Path:
    """Put a file into the exports of a workspace."""
    path = workspace / "exports" / relative
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw.encode() if isinstance(raw, str) else raw)
    return path


def land(
    workspace: Path, contracts: Mapping[str, Contract] = BUILT_IN, **changes: object
) -> LandingSummary:
    """Land a workspace; errors of our own code are raised."""
    return land_workspace(contracts, make_settings(workspace, **changes), NOW, must_raise=True)


def read_lake(workspace: Path, table: str) -> pl.DataFrame:
    """One table over all live landings, as the warehouse's view sees it."""
    return pl.concat(
        pl.read_parquet(p) for p in sorted((workspace / "lake").glob(f"*/*/{table}.parquet"))
    )


def lake_bytes(workspace: Path) -> dict[str, bytes]:
    """Every file of the lake by its path, for comparisons to the byte."""
    lake = workspace / "lake"
    return {p.relative_to(lake).as_posix(): p.read_bytes() for p in lake.rglob("*") if p.is_file()}
