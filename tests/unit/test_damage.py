"""Random damage to clean files of every export: all of it found, nothing else reported.

The short run of tests/prove/test_damage_seeds.py: two kinds of file an export.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from damage.cells import CELL_DAMAGE
from damage.clean import make_page
from damage.judge import Verdict, judge
from damage.lines import FIRST_DAMAGE, LINE_DAMAGE, UNIT_DAMAGE
from damage.pages import damaged_page
from damage.rewrites import REWRITES
from damage.write import ENCODINGS, KINDS, write_page, zipped
from landing_fixture import tables_of
from numpy.random import default_rng

from pipelines.contracts.load_contracts import EXPORTS

ALL_DAMAGE = (*CELL_DAMAGE, *REWRITES, *FIRST_DAMAGE, *UNIT_DAMAGE, *LINE_DAMAGE)


@cache
def damaged(seed: int, export: str, kind: str):
    return damaged_page(export, kind, seed)


def cases() -> list[tuple[int, str, str]]:
    """Two kinds an export, every kind somewhere."""
    return [
        (place + 2, export, KINDS[(2 * place + turn) % len(KINDS)])
        for place, export in enumerate(EXPORTS)
        for turn in range(2)
    ]


@pytest.mark.parametrize("export", EXPORTS)
def test_clean_page_when_landed_then_nothing_is_said(export: str, tmp_path: Path) -> None:
    for number, kind in enumerate(("csv", "xlsx", "parquet")):
        page = make_page(export, 12, default_rng(number))
        written = write_page(page, kind)
        verdict = judge(page, written, tables_of(tmp_path, written.raw, page.name), export)
        assert (verdict.reported, verdict.wrong) == (0, [])


@pytest.mark.parametrize(("seed", "export", "kind"), cases())
def test_damage_when_done_to_a_clean_file_then_all_of_it_is_found_and_no_more(
    seed: int, export: str, kind: str, tmp_path: Path
) -> None:
    page = damaged(seed, export, kind)
    written = write_page(page, kind, ENCODINGS[seed % 4], is_typed=seed % 2 == 0)
    written = zipped(written) if seed % 3 == 0 else written
    tables = tables_of(tmp_path, written.raw, page.name)
    verdict = judge(page, written, tables, f"{export} {kind} seed {seed}")
    assert verdict.planted > 3
    assert verdict.missed == []
    assert verdict.wrong == []
    assert verdict.precision() >= 0.99, verdict.unplanted


def test_damage_when_pages_are_made_then_every_kind_of_it_is_done_somewhere() -> None:
    wanted = {damage.__name__ for damage in ALL_DAMAGE}
    done: set[str] = set()
    for later in range(10):  # mostly one round is enough; a new export may move the turns
        done |= {name for s, e, k in cases() for name in damaged(s + later, e, k).done}
        if done == wanted:
            break
    assert done == wanted


def test_judge_when_a_landing_says_too_little_or_too_much_then_it_is_told(tmp_path: Path) -> None:
    page = make_page("hazards", 3, default_rng(1))
    written = write_page(page, "csv")
    tables = tables_of(tmp_path, written.raw, page.name)
    page.rows[0].rejected = ("bad_time", ("found_on",))  # planted, but the file is clean
    page.rows[1].lands_as["level"] = "没有这级"
    page.rows[2].flags["found_on"] = "month"
    verdict = judge(page, written, tables, "hazards")
    assert (verdict.planted, verdict.found, len(verdict.missed)) == (1, 0, 1)
    assert [line.split(": ")[0] for line in verdict.wrong] == [
        "hazards row 2", "hazards row 3", "hazards row 4",
    ]  # fmt: skip
    noisy = Verdict(planted=98, found=98, reported=100)
    noisy.add(verdict)
    assert (noisy.planted, noisy.precision()) == (99, 0.98)
