"""Do the file's own totals agree with its rows?

Belongs here: 合计 rows against sums, 共N条 against the rows. Source: exports.md 9.1.
Does not belong here: finding such rows (split_rows.py).
"""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from pipelines.ingest.draft import Draft
from pipelines.ingest.gather_cells import gather_columns
from pipelines.ingest.sheets import Hint, Sheet
from pipelines.ingest.type_column import Typing, type_column

SUMMED_TYPES = ("int", "number", "money", "area")
#: Issues about cells that keep their value.
KEPT = ("two_values", "doubtful_value")
#: A total printed with fewer digits than its parts may differ by this share of itself.
TOLERANCE = 1e-6


def report_totals(draft: Draft, sheet: Sheet, hint: Hint, typing: Typing) -> None:
    """Note totals and counts the rows do not bear out (issue ``total_mismatch``).

    A column some of whose cells were emptied is not compared: its own issues say why it cannot
    agree. A cell that was kept and only noted counts like any other.
    """
    if sheet.stated_count is not None and sheet.stated_count != sheet.cells.height:
        message = f"the file says {sheet.stated_count} rows, it has {sheet.cells.height}"
        draft.report_sheet("total_mismatch", None, message)
    if sheet.totals.is_empty() or draft.feed.melt is not None:  # melted sums mix what is measured
        return
    unread = {
        name
        for defect in draft.defects
        for name in defect.filter(pl.col("_at").is_not_null() & ~pl.col("rule").is_in(KEPT))[
            "column_name"
        ].unique()
    }
    totals = gather_columns(
        replace(sheet, cells=sheet.totals, numeric=pl.DataFrame()), draft.feed, hint
    )
    for name, gathered in totals.items():
        column = draft.feed.columns[name]
        if column.type not in SUMMED_TYPES or name in unread or gathered.is_literal:
            continue
        open_range = replace(column, low=None, high=None)
        stated = type_column(open_range, gathered, typing).values[name].drop_nulls()
        total = draft.values[name].sum()
        if any(abs(value - total) > TOLERANCE * abs(total) for value in stated):
            header = column.headers[0] if column.headers else name
            draft.report_sheet("total_mismatch", name, f"{header}: the total differs from the rows")
