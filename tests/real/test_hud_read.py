"""The seven public-housing workbooks, read by the example contract (exports.md 10)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipelines.contracts.load_contracts import load_contracts
from pipelines.ingest.names import hint_of
from pipelines.ingest.read_export import read_export

ROOT = Path(__file__).resolve().parents[2]
HUD = Path(os.environ.get("PARKRISK_REAL", ROOT.parent / "shared" / "real")) / "hud_reac"
CONTRACTS = ROOT / "examples" / "another_regulator" / "contracts"


@pytest.mark.parametrize(
    ("start", "count", "has_id"),
    [
        ("2011-12-09", 12_261, False),
        ("2015-07-01", 6_464, True),
        ("2016-08-17", 7_257, True),
        ("2018-05-02", 6_923, True),
        ("2019-04-11", 6_783, True),
        ("2020-09-18", 6_638, True),
        ("2021-04-09", 6_524, True),
    ],
)
def test_hud_workbook_when_read_then_headers_are_known_and_every_row_is_there(
    start: str, count: int, has_id: bool
) -> None:
    path = next(HUD.glob(f"{start}*"), None)
    if path is None:
        pytest.skip(f"no workbook of {start} in {HUD}: set PARKRISK_REAL to the real files")
    contracts = load_contracts(CONTRACTS)
    found = read_export(path, [path.name], contracts)
    assert found.refusal is None
    (sheet,) = found.sheets
    assert sheet.match.contract.name == "us_hud_physical_inspections"
    assert sheet.match.score == pytest.approx(1.0)
    assert sheet.cells.height == count
    assert sum(sheet.dropped.values()) == 1
    mapped = {m.column for m in sheet.mapping}
    assert mapped >= {"park_id", "park_name", "lessor_name", "town", "inspected_on", "score"}
    assert ("inspection_id" in mapped) == has_id
    assert str(hint_of([path.name], contracts).named_on) == start
