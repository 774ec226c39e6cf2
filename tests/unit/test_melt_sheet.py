"""Wide files: one physical row opens into one row a measured column, and none is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from landing_fixture import tables_of

from pipelines.contracts.load_contracts import load_contracts

CONTRACT = """
contract: wide
date_order: dmy
feeds:
  readings:
    constants: {device_id: S-1}
    columns:
      observed_at: {join: [Day, Hour], required: true}
    melt:
      metric: metric
      value: value
      columns:
        CO: {metric: carbon_monoxide, unit: ppm, missing: [-200, -999]}
        T: {unit: ℃, missing: [-200]}
        H: {metric: humidity}
"""


@pytest.fixture
def contracts(tmp_path: Path):
    (tmp_path / "contracts").mkdir()
    (tmp_path / "contracts" / "wide.yml").write_text(CONTRACT, encoding="utf-8")
    return load_contracts(tmp_path / "contracts")


def land(folder: Path, contracts, *rows: str, header: str = "Hour,CO,Day,T,H,Note"):
    return tables_of(folder, "\n".join([header, *rows]) + "\n", "wide.csv", contracts)


def test_wide_row_when_landed_then_every_cell_is_a_row_of_its_own(
    tmp_path: Path, contracts
) -> None:
    tables = land(
        tmp_path,
        contracts,
        "18:00,1.5,10/03/2024,-200,-200,a",
        "19:00,-999.0,10/03/2024,20,,",
    )
    wanted = ("_row_number", "_part", "metric", "value", "unit", "_flags")
    assert tables["readings"].select(wanted).rows() == [
        (2, "CO", "carbon_monoxide", 1.5, "ppm", None),
        (2, "T", "T", None, "℃", "value=missing"),
        (2, "H", "humidity", -200.0, None, None),  # no code of this column
        (3, "CO", "carbon_monoxide", None, "ppm", "value=missing"),
        (3, "T", "T", 20.0, "℃", None),
        (3, "H", "humidity", None, None, "value=missing"),
    ]
    assert tables["readings"]["observed_at_clock"].to_list() == ["18:00:00"] * 3 + ["19:00:00"] * 3
    assert tables["readings"]["_key"].n_unique() == 6
    assert tables["readings"]["_extra"][0] == '{"Note":"a"}'


def test_wide_row_when_it_is_rejected_then_each_part_is_and_the_factor_balances(
    tmp_path: Path, contracts
) -> None:
    tables = land(
        tmp_path, contracts, "18:00,x,10/03/2024,1,1,", "18:00,1,,1,1,", "25:00,1,10/03/2024,1,1,"
    )
    assert tables["rejected"].select("_row_number", "_part", "reason").rows() == [
        (2, "CO", "bad_value"),
        (3, "CO", "bad_time"), (3, "T", "bad_time"), (3, "H", "bad_time"),
        (4, "CO", "bad_time"), (4, "T", "bad_time"), (4, "H", "bad_time"),
    ]  # fmt: skip
    sheet = tables["sheets"].row(0, named=True)
    assert sheet["melt_factor"] == 3
    assert (sheet["rows_physical"], sheet["rows_read"], sheet["rows_rejected"]) == (4, 9, 7)
    dropped = sum(value for name, value in sheet.items() if name in ("rows_header", "rows_blank"))
    assert sheet["rows_physical"] == dropped + sheet["rows_read"] / sheet["melt_factor"]


def test_wide_file_when_half_of_the_instant_is_missing_then_is_refused(
    tmp_path: Path, contracts
) -> None:
    tables = land(tmp_path, contracts, "1,10/03/2024,1,1", header="CO,Day,T,H")
    refused = tables["files"].row(0, named=True)
    assert refused["refused_code"] == "missing_column"
    assert "observed_at" in refused["refused_sentence"]


def test_wide_file_when_a_measured_column_is_absent_then_the_factor_is_smaller(
    tmp_path: Path, contracts
) -> None:
    tables = land(tmp_path, contracts, "18:00,1,10/03/2024", header="Hour,CO,Day")
    assert tables["sheets"]["melt_factor"].to_list() == [1]
    assert tables["readings"]["metric"].to_list() == ["carbon_monoxide"]
