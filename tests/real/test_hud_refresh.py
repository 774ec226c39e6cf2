"""Seven real workbooks through the whole house, by contracts and rules alone.

The counts are counted here by other code: the cells of the workbooks as the reader library gives
them, with no contract in between.
"""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from warehouse_state import rows

from pipelines.publish import current_snapshot
from pipelines.settings import Settings


@pytest.fixture(scope="module")
def snapshot(hud: Settings) -> Path:
    found = current_snapshot(hud)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def counted(real_files: Path) -> dict[str, int]:
    """Rows with any cell, and rows whose date is missing, over all workbooks."""
    filled = undated = 0
    for path in sorted((real_files / "hud_reac").iterdir()):
        data = path.read_bytes()
        data = gzip.decompress(data) if path.suffix == ".gz" else data
        table = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
        header = [str(cell).strip().upper() for cell in table[0]]
        day = header.index("INSPECTION_DATE")
        body = [row for row in table[1:] if any(str(cell).strip() for cell in row)]
        filled += len(body)
        undated += sum(str(row[day]).strip() in ("", ".") for row in body)
    return {"filled": filled, "undated": undated}


def test_hud_when_refreshed_then_every_row_is_accounted_for_in_both_feeds(
    snapshot: Path, counted: dict[str, int]
) -> None:
    assert counted == {"filled": 52_850, "undated": 350}
    ledger = {
        export: (read, accounted, rejected)
        for export, read, accounted, rejected in rows(
            snapshot,
            """
            select export, sum(rows_read)::bigint,
                   sum(rows_accepted + rows_duplicate + rows_superseded + rows_rejected)::bigint,
                   sum(rows_rejected)::bigint
            from marts.fct_file_ledger group by export
            """,
        )
    }
    assert ledger == {
        "parks": (52_850, 52_850, 0),
        "inspections": (52_850, 52_850, 350),
    }


def test_hud_when_refreshed_then_inspections_and_sites_are_those_counted_elsewhere(
    snapshot: Path,
) -> None:
    """evidence.md A3: 32,901 distinct inspections by id, 8,271 development ids."""
    assert rows(snapshot, "select count(*) from marts.fct_inspections") == [(32_901,)]
    assert rows(snapshot, "select count(*) from marts.dim_parks") == [(8_271,)]


def test_hud_when_ranked_then_every_site_has_a_place_and_the_rule_to_beat_wins(
    snapshot: Path,
) -> None:
    ranked = rows(
        snapshot, "select count(*), count(reason_1), min(rank) from marts.rpt_park_ranking"
    )
    assert ranked == [(8_271, 8_271, 1)]
    evidence = dict(
        rows(
            snapshot,
            "select estimator, avg(value) from marts.fct_model_metrics "
            "where metric = 'auc' group by estimator",
        )
    )
    # evidence.md A3: last score 0.776, empirical Bayes 0.809, longest unvisited far below random.
    assert evidence["last_outcome"] == pytest.approx(0.776, abs=0.02)
    assert evidence["shrunken_score"] == pytest.approx(0.809, abs=0.02)
    assert evidence["longest_unvisited"] < 0.5 < evidence["logistic"]
