"""A sheet as it lies in the file: rows of text, nothing known about headers.

Belongs here: the shape shared by text files and workbooks.
Does not belong here: reading either (text_grid.py, workbook_grid.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

ROW_NUMBER = "_row_number"


@dataclass(frozen=True)
class Grid:
    """All rows of one sheet.

    Attributes
    ----------
    name : the sheet's name, "" for a text file.
    cells : ``_row_number`` Int64 and String columns ``c0``, ``c1``, …; null = empty cell.
    numeric : Boolean columns named like those columns of `cells` that hold numeric cells.
    is_1904 : the workbook counts days from 1904.
    """

    name: str
    cells: pl.DataFrame
    numeric: pl.DataFrame
    is_1904: bool = False

    @property
    def columns(self) -> list[str]:
        """Names of the cell columns, left to right."""
        return [name for name in self.cells.columns if name != ROW_NUMBER]

    def head(self, count: int) -> list[list[str | None]]:
        """Return the first rows as lists of texts, for the search of the header."""
        return [list(row) for row in self.cells.select(self.columns).head(count).iter_rows()]


def make_grid(
    name: str,
    row_numbers: Sequence[int],
    columns: Sequence[pl.Series],
    numeric: Sequence[pl.Series] = (),
    is_1904: bool = False,
) -> Grid:
    """Build a grid; cells of nothing but white space become null."""
    cells = pl.DataFrame([pl.Series(ROW_NUMBER, row_numbers, dtype=pl.Int64), *columns])
    blank_to_null = [
        pl.when(pl.col(series.name).str.strip_chars() != "").then(pl.col(series.name))
        for series in columns
    ]
    return Grid(name, cells.with_columns(blank_to_null), pl.DataFrame(list(numeric)), is_1904)
