"""A sheet as a clerk leaves it: title rows, header, data, breaks, totals, footers.

Belongs here: the parts of a sheet, and where each data row ends up (its physical row number).
Does not belong here: what the rows say (plan_*.py), mistakes (defects.py), bytes (write.py).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from pipelines.demo.layouts import Cell, Column


@dataclass
class Mistake:
    """One planted defect: its kind, canonical column ("" = the whole row) and expected finding."""

    kind: str
    column: str
    expected: str


@dataclass
class Row:
    """A data row and what was planted in it. Mutable, since planting edits rows in place.

    ``alias``: kind of a planted spelling of the subject and its registered name, "" = none;
    ``is_kept``: no mistake may be planted here; ``secrets``: personal strings planted where no
    column is meant for them, with their kind.
    """

    cells: list[Cell]
    mistakes: list[Mistake] = field(default_factory=list)
    alias: str = ""
    registered_name: str = ""
    is_kept: bool = False
    secrets: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_free(self) -> bool:
        """True while a mistake may still be planted."""
        return not (self.mistakes or self.is_kept or self.alias)


@dataclass
class Page:
    """One sheet (or the one table of a text file).

    ``above``: title rows; ``upper``, ``lower``: the two rows of a two-row header; ``units``: unit
    row; ``repeat_every``, ``blank_every``, ``subtotal_every``: data rows after which the header, a
    blank row or a 小计 row stands; ``summed``: columns whose sum stands in the 合计 row (none = no
    such row), ``sum_error``: what the clerk adds by mistake; ``footers``: last rows, ``{count}`` =
    number of data rows plus ``count_error``. ``mistakes`` are those of the whole sheet.
    """

    export: str
    columns: tuple[Column, ...]
    rows: list[Row]
    sheet: str = ""
    above: list[list[Cell]] = field(default_factory=list)
    upper: list[str] | None = None
    lower: list[str] | None = None
    units: list[str] | None = None
    repeat_every: int = 0
    blank_every: int = 0
    subtotal_every: int = 0
    summed: tuple[str, ...] = ()
    sum_error: int = 0
    count_error: int = 0
    footers: list[list[Cell]] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)

    places: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self.places = {column.name: place for place, column in enumerate(self.columns)}

    def find(self, name: str) -> int | None:
        """Position of a canonical column, None when the sheet lacks it."""
        return self.places.get(name)


def lay_out(page: Page) -> tuple[list[list[Cell]], list[int]]:
    """All lines of a sheet, and the 1-based line of each data row."""
    width = len(page.columns)
    header: list[list[Cell]] = [[column.header for column in page.columns]]
    if page.upper is not None and page.lower is not None:
        header = [list(page.upper), list(page.lower)]
    if page.units is not None:
        header.append(list(page.units))
    lines = [*page.above, *header]
    numbers = []
    for position, row in enumerate(page.rows):
        if position and page.repeat_every and position % page.repeat_every == 0:
            lines.append(list(header[0]) if page.upper is None else [""] * width)
        if position and page.blank_every and position % page.blank_every == 0:
            lines.append([""] * width)
        if position and page.subtotal_every and position % page.subtotal_every == 0:
            lines.append(["小计", *[""] * (width - 1)])
        lines.append(row.cells)
        numbers.append(len(lines))
    count = len(page.rows) + page.count_error
    lines += _total(page)
    lines += [[str(cell).replace("{count}", str(count)) for cell in line] for line in page.footers]
    return [list(line) + [""] * (width - len(line)) for line in lines], numbers


def spell(cell: Cell) -> str:
    """A cell as text where the file has no types; an empty one is the empty text."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M:%S")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _total(page: Page) -> list[list[Cell]]:
    if not page.summed:
        return []
    line: list[Cell] = [""] * len(page.columns)
    for name in page.summed:
        place = page.find(name)
        if place is not None:
            line[place] = page.sum_error + sum(
                row.cells[place] for row in page.rows if isinstance(row.cells[place], (int, float))
            )
    line[0] = "合 计"
    return [line]


@dataclass
class Export:
    """One file: path below exports/, kind of bytes and its sheets.

    ``kind``: csv, tsv, xlsx, xls, gz (gzip of csv), html, parquet or jsonl; ``encoding`` of text
    kinds.
    """

    folder: str
    name: str
    kind: str
    pages: list[Page]
    encoding: str = "gb18030"
    notes_sheet: bool = False

    def place_rows(self, page: Page) -> list[int]:
        """Physical row of each data row, 1-based; JSON lines have no line of headers."""
        _, numbers = lay_out(page)
        return [number - 1 for number in numbers] if self.kind == "jsonl" else numbers
