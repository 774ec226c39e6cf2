"""The seven public-housing workbooks, landed by the example contract: every row accounted for."""

from __future__ import annotations

import shutil
from pathlib import Path

import polars as pl
import pytest
from landing_fixture import land, read_lake

from pipelines.contracts.load_contracts import load_contracts

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = ROOT / "examples" / "another_regulator" / "contracts"

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def landed(real_files: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    workspace = tmp_path_factory.mktemp("hud")
    shutil.copytree(real_files / "hud_reac", workspace / "exports")
    land(workspace, load_contracts(CONTRACTS))
    return workspace


def test_hud_when_landed_then_every_row_is_read_in_both_feeds(landed: Path) -> None:
    sheets = read_lake(landed, "sheets").group_by("export").agg(
        pl.col("rows_read", "rows_typed", "rows_rejected").sum()
    )  # fmt: skip
    assert sorted(sheets.rows()) == [
        ("inspections", 52_850, 52_500, 350), ("parks", 52_850, 52_850, 0),
    ]  # fmt: skip


def test_hud_when_landed_then_only_rows_without_a_date_are_rejected(landed: Path) -> None:
    rejected = read_lake(landed, "rejected")
    assert rejected["reason"].unique().to_list() == ["bad_time"]
    assert rejected["raw_value"].unique().to_list() == ["."]
    assert read_lake(landed, "issues").is_empty()


def test_hud_when_landed_then_keys_and_days_are_those_counted_by_other_code(landed: Path) -> None:
    rows = read_lake(landed, "inspections")
    assert rows.select("park_id", "inspected_on").n_unique() == 32_902
    assert rows.filter(pl.col("inspection_id").is_not_null())["_known_on"].min().year == 2015
    assert (rows["score"] < 60).sum() == (rows["result"] == "发现问题").sum()
    assert read_lake(landed, "parks")["park_id"].n_unique() == 8_271
    assert rows["_known_from_what"].unique().to_list() == ["file_name"]
