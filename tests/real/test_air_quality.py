"""A year of a sensor station, wide and hourly, by a contract alone; recounted by other code."""

from __future__ import annotations

import csv
import gzip
import shutil
from datetime import datetime
from pathlib import Path

import polars as pl
import pytest
from landing_fixture import land, read_lake

from pipelines.contracts.load_contracts import load_contracts

CONTRACTS = Path(__file__).resolve().parents[2] / "examples" / "another_regulator" / "contracts"


@pytest.fixture(scope="module")
def landed(real_files: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    workspace = tmp_path_factory.mktemp("air")
    (workspace / "exports").mkdir()
    shutil.copy(real_files / "air_quality_uci.csv.gz", workspace / "exports")
    land(workspace, load_contracts(CONTRACTS))
    return workspace


@pytest.fixture(scope="module")
def counted(real_files: Path) -> list[dict[str, str]]:
    """The rows as the csv module gives them."""
    with gzip.open(real_files / "air_quality_uci.csv.gz", "rt", encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def test_air_quality_when_landed_then_every_cell_is_a_reading(
    landed: Path, counted: list[dict[str, str]]
) -> None:
    metrics = [name for name in counted[0] if name not in ("Date", "Time")]
    assert (len(counted), len(metrics)) == (9_357, 13)
    sheet = read_lake(landed, "sheets").row(0, named=True)
    assert sheet["melt_factor"] == 13
    assert (sheet["rows_read"], sheet["rows_typed"]) == (9_357 * 13, 9_357 * 13)
    assert read_lake(landed, "rejected").is_empty()
    assert read_lake(landed, "issues").is_empty()


def test_air_quality_when_landed_then_every_code_for_nothing_is_missing(
    landed: Path, counted: list[dict[str, str]]
) -> None:
    by_other_code = {
        name: sum(float(row[name]) == -200 for row in counted)
        for name in counted[0]
        if name not in ("Date", "Time")
    }
    rows = read_lake(landed, "readings")
    missing = rows.filter(pl.col("_flags") == "value=missing")
    assert missing["value"].null_count() == missing.height == sum(by_other_code.values())
    by_part = dict(missing.group_by("_part").len().iter_rows())
    assert by_part == {name: count for name, count in by_other_code.items() if count}
    # 4 to 90 % by column
    shares = [count / len(counted) for count in by_other_code.values()]
    assert 0.035 < min(shares) < 0.045 and 0.89 < max(shares) < 0.91


def test_air_quality_when_landed_then_values_and_instants_are_those_of_the_file(
    landed: Path, counted: list[dict[str, str]]
) -> None:
    rows = read_lake(landed, "readings").filter(pl.col("_part") == "T").sort("_row_number")
    expected = [
        (datetime.strptime(row["Date"], "%d/%m/%Y").date(), row["Time"].zfill(8)) for row in counted
    ]
    assert rows.select("observed_at", "observed_at_clock").rows() == expected
    values = [None if float(row["T"]) == -200 else float(row["T"]) for row in counted]
    assert rows["value"].to_list() == values
    assert rows["_key"].n_unique() == len(counted)
