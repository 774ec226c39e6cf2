"""Open the rows of a wide sheet: one row a measured column.

Belongs here: the long form of a sheet, and which cell each of its rows came from.
Does not belong here: what a contract says about it (contracts/parse_melt.py).
Source: exports.md 10.
"""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from pipelines.contracts.contract import Feed, Melt
from pipelines.contracts.fold_headers import fold_header
from pipelines.ingest.sheets import MappedColumn, Sheet

#: Header of the cell a melted row was opened from; a row of its own has none.
PART = "_part"
_METRIC, _VALUE, _UNIT, _ORDER = "melted_metric", "melted_value", "melted_unit", "_order"


def melt_factor(sheet: Sheet, feed: Feed) -> int:
    """Return into how many rows one physical row opens."""
    return len(_measured(sheet, feed)) if feed.melt is not None else 1


def melt_sheet(sheet: Sheet, feed: Feed) -> Sheet:
    """Return the sheet with one row a measured cell, in the order of the file.

    A cell with one of its column's codes for "not measured" is empty. ``_part`` names the header
    of the cell, so that file, sheet, row and part are one cell. Other sheets come back as they are.
    """
    measured = _measured(sheet, feed)
    if feed.melt is None or not measured:
        return sheet
    numbered = sheet.cells.with_row_index("_at")
    flags = sheet.numeric
    shared = [c for c in sheet.cells.columns if c not in {m.cell for m in measured}]
    parts, numeric = [], []
    for order, mapped in enumerate(measured):
        parts.append(_open(numbered, shared, mapped, feed.melt, order))
        if flags.width:
            own = flags[mapped.cell] if mapped.cell in flags.columns else pl.lit(value=False)
            numeric.append(
                flags.select(pl.exclude([m.cell for m in measured])).with_columns(
                    pl.lit(own).alias(_VALUE), pl.int_range(pl.len()).alias("_at"),
                    pl.lit(order).alias(_ORDER),
                )
            )  # fmt: skip
    cells = pl.concat(parts).sort("_at", _ORDER).drop("_at", _ORDER)
    kept = [m for m in sheet.mapping if m not in measured]
    added = [MappedColumn(_METRIC, "", feed.melt.metric, "", (feed.export,))]
    added.append(MappedColumn(_VALUE, feed.melt.value, feed.melt.value, "", (feed.export,)))
    if feed.melt.unit is not None:
        added.append(MappedColumn(_UNIT, "", feed.melt.unit, "", (feed.export,)))
    return replace(
        sheet,
        cells=cells,
        numeric=pl.concat(numeric).sort("_at", _ORDER).drop("_at", _ORDER) if numeric else flags,
        mapping=(*kept, *added),
    )


def _measured(sheet: Sheet, feed: Feed) -> list[MappedColumn]:
    if feed.melt is None:
        return []
    return [
        m for m in sheet.mapping if m.column == feed.melt.value and feed.export in m.feeds
    ]  # fmt: skip


def _open(
    numbered: pl.DataFrame, shared: list[str], mapped: MappedColumn, melt: Melt, order: int
) -> pl.DataFrame:
    folded = {fold_header(header): column for header, column in melt.columns.items()}
    column = folded[fold_header(mapped.header)]
    text = pl.col(mapped.cell)
    number = text.str.strip_chars().cast(pl.Float64, strict=False)
    is_missing = number.is_in(pl.Series(column.missing, dtype=pl.Float64).implode()).fill_null(
        value=False
    )
    return numbered.select(
        "_at", *shared,
        pl.when(~is_missing).then(text).alias(_VALUE),
        pl.lit(column.metric).alias(_METRIC),
        pl.lit(column.unit or mapped.unit or None, pl.String).alias(_UNIT),
        pl.lit(mapped.header).alias(PART),
        pl.lit(order).alias(_ORDER),
    )  # fmt: skip
