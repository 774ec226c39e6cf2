"""How a mistake gets into a file: choosing rows, changing cells, putting rows in.

Belongs here: the mechanics, and the rule that one row carries at most one mistake.
Does not belong here: which mistakes there are (defects_cells.py, defects_rows.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

import numpy as np

from pipelines.demo.layouts import EPOCH, Cell
from pipelines.demo.pages import Export, Mistake, Page, Row

_DAY = re.compile(r"(\d{4})\D?(\d{1,2})\D?(\d{1,2})")


@dataclass(frozen=True)
class View:
    """One row seen by canonical names."""

    page: Page
    row: Row

    def get(self, name: str) -> Cell:
        """The cell of a column; None when empty, a null token or without such a column."""
        place = self.page.find(name)
        cell = None if place is None else self.row.cells[place]
        return None if cell in ("", "/", "—", "无") else cell

    def has(self, *names: str) -> bool:
        """True when all columns are there and filled."""
        return all(self.get(name) is not None for name in names)

    def day(self, name: str) -> date | None:
        """The day in a cell of any form the layouts write."""
        cell = self.get(name)
        if isinstance(cell, datetime):
            return cell.date()
        if isinstance(cell, date):
            return cell
        if isinstance(cell, int):
            return EPOCH + timedelta(days=cell)
        found = _DAY.search(cell) if isinstance(cell, str) else None
        return date(*map(int, found.groups())) if found else None


#: Columns that number the row itself: a row put in gets numbers of its own.
COMMON_IDS = ("inspection_id", "hazard_id", "enterprise_id", "lease_id", "notice_no")
OWN_IDS = {
    "cases": ("case_no", "decision_no"), "accidents": ("accident_no",),
    "devices": ("device_id",), "readings": (), "alarms": ("alarm_id",),
}  # fmt: skip

#: A new cell for a row, or None when the row does not suit.
Change = Callable[[View], Cell]


@dataclass(frozen=True)
class CellDefect:
    """A mistake in one cell: what to write where, how often, and what must be found.

    ``files`` narrows the files by a part of their name; ``column`` is canonical, ``written_to``
    the physical column when it differs. ``is_rare``: fewer rows may suit than ``count``.
    """

    kind: str
    export: str
    column: str
    change: Change
    expected: str
    count: int
    files: str = ""
    written_to: str = ""
    is_rare: bool = False


@dataclass
class Planter:
    """Plants mistakes into the planned files, in a fixed order from one generator."""

    rng: np.random.Generator
    exports: list[Export]
    spared: frozenset[str] = frozenset()
    ghosts: int = field(default=0)

    def pages(self, export: str, files: str = "") -> Iterator[Page]:
        """Pages of an export in files whose name contains ``files``; spared files are left out."""
        for planned in self.exports:
            if files in planned.name and planned.name not in self.spared:
                yield from (page for page in planned.pages if page.export == export)

    def plant_cells(self, defect: CellDefect) -> None:
        """Write one mistake into ``count`` rows, spread over the files that suit."""
        target = defect.written_to or defect.column
        rows = [
            (page, row)
            for page in self.pages(defect.export, defect.files)
            if page.find(target) is not None
            for row in page.rows
            if row.is_free
        ]
        wanted = defect.count
        for place in self.rng.permutation(len(rows)).tolist():
            page, row = rows[place]
            if wanted and (cell := defect.change(View(page, row))) is not None:
                row.cells[page.places[target]] = cell
                row.mistakes.append(Mistake(defect.kind, defect.column, defect.expected))
                wanted -= 1
        if wanted and not defect.is_rare:
            raise ValueError(f"{defect.kind}: {wanted} more rows are wanted than suit")

    def pick_row(self, page: Page, suits: Callable[[View], bool]) -> int:
        """Position of a random unharmed row that suits."""
        places = [
            place for place, row in enumerate(page.rows) if row.is_free and suits(View(page, row))
        ]
        return places[int(self.rng.integers(len(places)))]

    def insert_ghost(
        self, page: Page, donor: int, changes: dict[str, Cell], mistake: Mistake | None
    ) -> Row:
        """Put a changed copy of a row right after it; named columns the page lacks are ignored.

        An id column is given a new number unless ``changes`` sets it.
        """
        self.ghosts += 1
        row = Row(list(page.rows[donor].cells))
        for name in OWN_IDS.get(page.export, COMMON_IDS):
            if page.find(name) is not None and name not in changes:
                place = page.places[name]
                prefix = "JC" if name == "inspection_id" else "BL"
                row.cells[place] = f"{prefix}-BL-{self.ghosts:04d}"
        for name, cell in changes.items():
            if (place := page.find(name)) is not None:
                row.cells[place] = cell
        if mistake is not None:
            row.mistakes.append(replace(mistake))
        page.rows.insert(donor + 1, row)
        return row
