"""Tell data rows from everything else below a header.

Belongs here: unit rows, totals, footers, repeated headers, blank rows, the count phrase.
Does not belong here: what stands above the header (read_title.py), cells (check_rows.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl

from pipelines.contracts.fold_headers import fold_header
from pipelines.ingest.grid import ROW_NUMBER, Grid
from pipelines.ingest.headers import ORDINAL_HEADERS, Header
from pipelines.ingest.unit_words import find_unit

DROPPED_KINDS = ("header", "title", "unit", "total", "footer", "repeated_header", "blank")

_TOTAL = r"^(?:合计|总计|小计|累计|总数)"
_COMPARED_TOTAL = r"^(?:合计|总计)"
_FOOTER = r"^(?:制表人|审核人|填表人|单位负责人|注:|备注:|说明:|共[0-9,]+条|第[0-9]+页)"
_COUNT = re.compile(r"共([0-9][0-9,]*)条")


@dataclass(frozen=True)
class SplitRows:
    """The rows of a sheet by kind.

    ``data``: row number and cells; ``numeric``: its numeric flags; ``units``: cell -> unit of the
    unit row; ``totals``: rows 合计/总计; ``dropped``: counts by ``DROPPED_KINDS``.
    """

    data: pl.DataFrame
    numeric: pl.DataFrame
    totals: pl.DataFrame
    units: dict[str, str]
    dropped: dict[str, int]
    stated_count: int | None


def split_rows(grid: Grid, header: Header) -> SplitRows:
    """Split all rows of a grid; the counts and the data rows add up to its height.

    Source: exports.md 9.1.
    """
    top, below = header.rows[0], header.rows[-1] + 1
    columns = grid.columns
    above = grid.cells.slice(0, top)
    count_blank_above = above.filter(pl.all_horizontal(pl.col(columns).is_null())).height
    units = _read_unit_row(grid, below)
    start = below + bool(units)
    body = grid.cells.slice(start)
    kinds = _kinds_of(body, header, columns, grid)
    flags = grid.numeric.slice(start) if grid.numeric.width else grid.numeric
    is_data = kinds == "data"
    counts = dict(kinds.value_counts().iter_rows())
    dropped = {kind: counts.get(kind, 0) for kind in DROPPED_KINDS}
    dropped["header"] = len(header.rows)
    dropped["title"] = top - count_blank_above
    dropped["blank"] += count_blank_above
    dropped["unit"] = int(bool(units))
    first = _fold(_first_text(columns))
    totals = body.filter(kinds == "total").filter(first.str.contains(_COMPARED_TOTAL))
    apart = pl.concat([above, body.filter(kinds.is_in(["total", "footer"]))])
    return SplitRows(
        data=body.filter(is_data),
        numeric=flags.filter(is_data) if flags.width else flags,
        totals=totals,
        units=units,
        dropped=dropped,
        stated_count=_stated_count(apart, columns),
    )


def _kinds_of(body: pl.DataFrame, header: Header, columns: list[str], grid: Grid) -> pl.Series:
    """Return one word a row: data, blank, total, footer or repeated_header."""
    counted = [
        name
        for name, label in zip(columns, header.labels, strict=True)
        if fold_header(label.text) not in ORDINAL_HEADERS
    ]
    is_blank = pl.all_horizontal(pl.col(counted).is_null()) if counted else pl.lit(value=True)
    first = _fold(_first_text(columns))
    kinds = body.select(
        pl.when(first.str.contains(_TOTAL))
        .then(pl.lit("total"))
        .when(first.str.contains(_FOOTER))
        .then(pl.lit("footer"))
        .when(is_blank)
        .then(pl.lit("blank"))
        .otherwise(pl.lit("data"))
        .alias("kind")
    )["kind"]
    repeated = _find_repeats(body, header, columns, grid)
    return kinds.zip_with(~body[ROW_NUMBER].is_in(repeated), pl.Series(["repeated_header"]))


def _find_repeats(body: pl.DataFrame, header: Header, columns: list[str], grid: Grid) -> list[int]:
    """Return the row numbers of later rows that equal one of the header rows."""
    repeats: list[int] = []
    for row in header.rows:
        texts = dict(zip(columns, grid.cells.select(columns).row(row), strict=True))
        filled = [name for name in columns if texts[name] is not None]
        if not filled:
            continue
        anchor = _fold(pl.col(filled[0])) == _folded(texts[filled[0]])
        near = body.filter(anchor)  # few rows at most: only these are compared in full
        same = [
            pl.col(name).is_null()
            if texts[name] is None
            else _fold(pl.col(name)) == _folded(texts[name])
            for name in columns
        ]
        repeats += near.filter(pl.all_horizontal(same))[ROW_NUMBER].to_list()
    return repeats


def _read_unit_row(grid: Grid, position: int) -> dict[str, str]:
    """Return cell -> unit when the row right under the header holds only units and blanks."""
    if position >= grid.cells.height:
        return {}
    row = dict(zip(grid.columns, grid.cells.select(grid.columns).row(position), strict=True))
    units = {name: find_unit(text) for name, text in row.items() if text is not None}
    return units if units and all(units.values()) else {}


def _stated_count(rows: pl.DataFrame, columns: list[str]) -> int | None:
    """Return the number of the last count phrase 共N条 in title, total and footer rows."""
    if rows.is_empty():
        return None
    texts = rows.select(_fold(pl.concat_str(pl.col(columns), separator=" ", ignore_nulls=True)))
    found = [m.group(1) for text in texts.to_series() for m in _COUNT.finditer(text or "")]
    return int(found[-1].replace(",", "")) if found else None


def _first_text(columns: list[str]) -> pl.Expr:
    return pl.coalesce(pl.col(columns))


def _fold(expression: pl.Expr) -> pl.Expr:
    return expression.str.normalize("NFKC").str.replace_all(r"\s+", "")


def _folded(text: str | None) -> str:
    import unicodedata

    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text or ""))
