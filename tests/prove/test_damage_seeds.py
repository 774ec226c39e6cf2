"""Random damage with many seeds: every file kind, every export, every column."""

from __future__ import annotations

from pathlib import Path

import pytest
from damage.judge import Verdict, judge
from damage.pages import damaged_page
from damage.write import ENCODINGS, KINDS, write_page, zipped
from landing_fixture import tables_of

from pipelines.contracts.load_contracts import EXPORTS

SEEDS = range(100, 104)
LEAST_PRECISION = 0.99


@pytest.mark.parametrize("export", EXPORTS)
def test_damage_when_done_with_many_seeds_then_recall_is_one(export: str, tmp_path: Path) -> None:
    sum_of_all = Verdict()
    for seed in SEEDS:
        for place, kind in enumerate(KINDS):
            page = damaged_page(export, kind, seed)
            encoding = ENCODINGS[(seed + place) % len(ENCODINGS)]
            written = write_page(page, kind, encoding, is_typed=(seed + place) % 2 == 0)
            written = zipped(written) if (seed + place) % 3 == 0 else written
            tables = tables_of(tmp_path, written.raw, page.name)
            where = f"{export} {kind} {encoding} seed {seed}"
            sum_of_all.add(judge(page, written, tables, where))
    assert sum_of_all.planted > 10 * len(SEEDS) * len(KINDS) / 2
    assert sum_of_all.missed == []
    assert sum_of_all.wrong == []
    assert sum_of_all.precision() >= LEAST_PRECISION, sum_of_all.unplanted


@pytest.mark.parametrize("export", EXPORTS)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_damage_when_done_to_every_column_it_fits_then_recall_is_one(
    export: str, kind: str, tmp_path: Path
) -> None:
    page = damaged_page(export, kind, 200, line_share=0.2, every_column=True)
    written = write_page(page, kind)
    verdict = judge(page, written, tables_of(tmp_path, written.raw, page.name), export)
    assert verdict.missed == []
    assert verdict.wrong == []
    assert verdict.precision() >= LEAST_PRECISION, verdict.unplanted
