"""Building blocks that several chapters use: tables of measures and of groups.

Belongs here: the shape of tables that compare with the year before or share out a whole.
Does not belong here: what a chapter says (chapters/), rounding and wording (phrases.py).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import polars as pl

from app import words
from app.report import cells, phrases
from app.report.model import Column, Table
from app.report.phrases import Measure, Style


def head(key: str, align: str = "right") -> Column:
    """Return a column whose head is a phrase."""
    return Column(words.say(key), align)


def compare_columns() -> list[Column]:
    """Return the columns this period, the year before, difference and rate of change."""
    return [head(f"report.{key}") for key in ("now", "before", "difference", "change")]


def compare_cells(measure: Measure, style: Style) -> list[str]:
    """Return the cells of a measure under ``compare_columns``."""

    def write(value: int | None) -> str:
        return cells.money(value, style) if measure.money else cells.write(value)

    gap = None if measure.before is None else measure.now - measure.before
    return [
        write(measure.now), write(measure.before), write(gap),
        cells.change(measure.now, measure.before, style),
    ]  # fmt: skip


def compare_notes(measures: Sequence[Measure]) -> list[str]:
    """Return what the dashes of a comparing table mean."""
    earlier = [m.before for m in measures]
    notes = [words.say("report.note_zero")] if cells.needs_zero_note(earlier) else []
    return notes + ([words.say("report.note_no_base")] if None in earlier else [])


def measure_table(
    key: str, caption: str, measures: Sequence[Measure], questions: list[str], style: Style
) -> Table:
    """Return the table of a chapter's main figures, one a row, each with its own unit."""
    columns = [head("report.measure", "left"), head("report.unit_column", "center")]
    rows = [[m.name, m.unit, *compare_cells(m, style)] for m in measures]
    return Table(
        key=key, caption=caption, unit="", columns=columns + compare_columns(), rows=rows,
        questions=questions, notes=compare_notes(measures),
    )  # fmt: skip


def keep_top(groups: pl.DataFrame, count: str, limit: int) -> pl.DataFrame:
    """Return the largest groups and one row that adds up the others, largest first.

    The frame has ``code`` and count columns; the others' code is the phrase that counts them.
    """
    ordered = groups.sort([count, "code"], descending=[True, False])
    if ordered.height <= limit + 1:
        return ordered
    rest = ordered.slice(limit)
    numbers = [c for c in ordered.columns if ordered.schema[c].is_numeric()]
    line: dict[str, Any] = {c: rest[c].sum() for c in numbers}
    line["code"] = words.say("report.others", n=rest.height)
    last = pl.DataFrame([line]).select(
        pl.col(c).cast(ordered.schema[c]) for c in [*numbers, "code"]
    )
    return pl.concat([ordered.head(limit).select([*numbers, "code"]), last])


def share_cells(counts: Sequence[int], style: Style) -> list[str]:
    """Return the share of each count in their sum; dashes when there is nothing."""
    shares: list[Decimal] | None = phrases.share_out(counts, style)
    return [words.MISSING] * len(counts) if shares is None else [str(s) for s in shares]


def select(groups: pl.DataFrame, dimension: str) -> pl.DataFrame:
    """Return the groups of one dimension."""
    return groups.filter(pl.col("dimension") == dimension).drop("dimension")


def name_top(groups: pl.DataFrame, count: str, unit: str, style: Style, most: int = 3) -> str:
    """Name the largest groups with their counts; what is not stated is left out."""
    stated = groups.filter(pl.col("code") != "?").sort([count, "code"], descending=[True, False])
    return words.say("list").join(
        f"{words.term(code)}{words.say('report.space')}{phrases.say_amount(n, unit, style)}"
        for code, n in stated.head(most).select("code", count).iter_rows()
    )


def listed(rows: pl.DataFrame, make: Callable[[dict[str, Any]], list[str]]) -> list[list[str]]:
    """Return the printed rows of a frame."""
    return [make(row) for row in rows.iter_rows(named=True)]
