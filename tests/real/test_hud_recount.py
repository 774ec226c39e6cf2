"""evidence.md A3 to the row: the seven workbooks counted by other code, then asked of our own.

The other code reads the cells with the reader library and the dates with the standard library;
no contract, no lake and no SQL is in between.
"""

from __future__ import annotations

import gzip
import io
import itertools
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from warehouse_state import rows

from pipelines.settings import Settings

FORMS = (("%m/%d/%Y %H:%M", True), ("%m/%d/%Y", False), ("%d-%b-%y", False))
SITE = ("PROPERTY_ID", "DEVLOPMENT_ID", "DEVELOPMENT_ID")


@dataclass(frozen=True)
class Inspection:
    """One row of one workbook, in the order of the workbooks' dates."""

    site: str
    number: str | None
    day: date | None
    clock: str | None
    score: float | None

    @property
    def key(self) -> tuple:
        return ("id", self.number) if self.number else ("site", self.site, self.day)


@pytest.fixture(scope="module")
def counted(real_files: Path) -> list[Inspection]:
    found = []
    for path in sorted((real_files / "hud_reac").iterdir()):
        data = path.read_bytes()
        data = gzip.decompress(data) if path.suffix == ".gz" else data
        table = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
        header = [str(cell).strip().upper() for cell in table[0]]
        site = next(at for at, text in enumerate(header) if text in SITE)
        number = header.index("INSPECTION_ID") if "INSPECTION_ID" in header else None
        score, day = header.index("INSPECTION_SCORE"), header.index("INSPECTION_DATE")
        for row in table[1:]:
            if any(str(cell).strip() for cell in row):
                text = str(row[score]).strip()
                found.append(
                    Inspection(
                        str(row[site]).strip(),
                        None if number is None else str(row[number]).split(".")[0],
                        *_when(row[day]),
                        None if text in ("", ".") else float(text),
                    )
                )
    return found


def _when(cell: object) -> tuple[date | None, str | None]:
    if isinstance(cell, datetime):
        clock = cell.strftime("%H:%M:%S")
        return cell.date(), None if clock == "00:00:00" else clock
    if isinstance(cell, date):
        return cell, None
    for form, has_clock in FORMS:
        try:
            moment = datetime.strptime(str(cell).strip(), form)
        except ValueError:
            continue
        return moment.date(), moment.strftime("%H:%M:%S") if has_clock else None
    return None, None


def test_workbooks_when_counted_by_other_code_then_they_are_those_of_the_evidence(
    counted: list[Inspection],
) -> None:
    """evidence.md A3, figure by figure."""
    dated = [row for row in counted if row.day is not None]
    assert (len(counted), len(counted) - len(dated)) == (52_850, 350)
    assert len({row.site for row in counted}) == 8_271
    assert len({row.site for row in dated}) == 8_150
    seen: dict[tuple, Inspection] = {}
    equal = other_time = revised = 0
    for row in dated:
        before = seen.get((row.site, row.day))
        if before is not None:
            is_revised, is_other = before.score != row.score, before.clock != row.clock
            revised += is_revised
            other_time += not is_revised and is_other
            equal += not is_revised and not is_other
        seen[(row.site, row.day)] = row
    assert len(seen) == 32_902
    assert (equal, other_time, revised) == (10_594, 8_916, 88)
    keys = {row.key for row in dated}
    assert (len(keys), len(dated) - len(keys)) == (32_901, 19_599)


def test_ledger_when_compared_then_it_holds_the_same_rows(
    hud: Settings, counted: list[Inspection]
) -> None:
    keys = {row.key for row in counted if row.day is not None}
    ledger = rows(
        hud.warehouse,
        """
        select sum(rows_read)::int, sum(rows_accepted)::int,
               sum(rows_duplicate + rows_superseded)::int, sum(rows_rejected)::int
        from marts.fct_file_ledger where export = 'inspections'
        """,
    )
    undated = sum(row.day is None for row in counted)
    re_met = len(counted) - undated - len(keys)
    assert ledger == [(len(counted), len(keys), re_met, undated)]
    # one inspection moved to another site's id later: the sites of the newest versions count
    newest = {row.key: row.site for row in counted if row.day is not None}
    assert rows(
        hud.warehouse, "select count(distinct park_id) from marts.fct_inspections"
    ) == [(len(set(newest.values())),)]  # fmt: skip


def test_versions_when_a_score_is_revised_then_both_are_kept_and_the_newest_is_true(
    hud: Settings, counted: list[Inspection]
) -> None:
    by_key: dict[tuple, list[Inspection]] = {}
    for row in counted:
        if row.day is not None:
            by_key.setdefault(row.key, []).append(row)
    # one key's scores in the order of the workbooks, repeats left out
    revisions = sum(
        before.score != after.score
        for met in by_key.values()
        for before, after in itertools.pairwise(met)
    )
    assert revisions > 0
    assert rows(
        hud.warehouse,
        """
        select count(*) from (
            select score is distinct from lag(score) over key_rows as is_revised,
                   row_number() over key_rows as position
            from intermediate.int_inspections__versions
            window key_rows as (partition by source_system, _key order by version_number)
        ) where is_revised and position > 1
        """,
    ) == [(revisions,)]
    newest = {("id", key[1]): met[-1].score for key, met in by_key.items() if key[0] == "id"}
    told = rows(
        hud.warehouse,
        """
        select inspection_code, score from marts.fct_inspections
        where inspection_code is not null
        """,
    )
    assert {("id", number): score for number, score in told} == newest
