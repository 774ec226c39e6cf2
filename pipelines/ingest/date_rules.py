"""Rules of dates that need the rest of the row: missing years, bounds, order.

Belongs here: what a day may be, seen from its row. Source: exports.md 9.2, 9.3.
Does not belong here: how a date is written (cells/dates.py), knowledge time (known_time.py).
"""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from pipelines.contracts.contract import Column
from pipelines.ingest.cells.text import repeat
from pipelines.ingest.draft import Draft
from pipelines.ingest.known_time import GRACE_DAYS, KnownTime

#: No register of today holds an older day. Source: exports.md 9.2.
REGISTER_FLOOR = date(1949, 10, 1)
#: Dates that lie ahead by nature: they may be this far after known_at.
DEADLINES = ("deadline", "extended_to", "due_on", "publish_until")
DEADLINE_DAYS = 3653
#: Dates that may lie ahead without a bound.
OPEN_ENDED = ("end_on", "valid_to", "valid_from", "start_on", "exported_at", "updated_at")
#: A missing year is sought this far back: a 29 February comes at the latest after eight years.
_YEARS_BACK = 9


def date_columns(draft: Draft) -> list[Column]:
    """Return the date columns the sheet fills."""
    return [
        column for column in draft.feed.columns.values()
        if column.type in ("date", "datetime") and column.name in draft.values
    ]  # fmt: skip


def infer_years(draft: Draft, known: KnownTime) -> None:
    """Give 7月2日 the latest such day not after known_at (flag ``year_inferred``)."""
    for column in date_columns(draft):
        number = draft.month_days.get(column.name)
        if number is None or number.null_count() == len(number):
            continue
        days = latest_day(number, known.day)
        is_wanted = number.is_not_null()
        draft.values[column.name] = draft.values[column.name].zip_with(~is_wanted, days)
        draft.grades[column.name] = draft.grade(column.name).set(
            is_wanted & days.is_not_null(), "year_inferred"
        )
        draft.mark(column.name, is_wanted & days.is_null(), "bad_date")


def latest_day(number: pl.Series, not_after: pl.Series) -> pl.Series:
    """Return the latest day with month × 100 + day = `number` that is not after `not_after`."""
    frame = pl.DataFrame({"number": number, "top": not_after})
    top = pl.col("top")
    month_day = pl.col("number").cast(pl.String).str.zfill(4)
    tries = [
        pl.concat_str((top.dt.year() - back).cast(pl.String), month_day).str.to_date(
            "%Y%m%d", strict=False
        )
        for back in range(_YEARS_BACK)
    ]
    return frame.select(pl.coalesce([pl.when(day <= top).then(day) for day in tries])).to_series()


def bound_days(draft: Draft, known: KnownTime) -> pl.Series:
    """Null the days outside their range; return the mask of rows whose own time is outside.

    Floor: the column's, else 1949-10-01. Ceiling in event exports: known_at + 1 day for the
    time column, and for the other events where known_at is more than a guess from the rows;
    10 years after known_at for deadlines.
    """
    time_column = draft.feed.time_column
    is_time_outside = repeat(False, draft.height, pl.Boolean())
    for column in date_columns(draft):
        days = draft.values[column.name]
        floor = date.fromisoformat(column.floor) if column.floor else REGISTER_FLOOR
        ceiling = _ceiling(column.name, time_column, known)
        is_outside = ((days < floor) | (days > ceiling).fill_null(False)).fill_null(False)
        if column.name == time_column and draft.feed.time_else is None:
            is_time_outside = is_outside
            continue
        draft.mark(column.name, is_outside, "out_of_range")
        draft.values[column.name] = days.set(is_outside, None)
        clock = f"{column.name}_clock"
        if clock in draft.values:
            draft.values[clock] = draft.values[clock].set(is_outside, None)
        draft.grades[column.name] = draft.grade(column.name).set(is_outside, None)
    return is_time_outside


def _ceiling(name: str, time_column: str | None, known: KnownTime) -> pl.Series:
    """Return the last allowed day per row, null = none."""
    nothing = known.day.clear(len(known.day))
    if name in DEADLINES:
        return known.day + timedelta(days=DEADLINE_DAYS)
    if time_column is None or name in OPEN_ENDED:
        return nothing
    event = known.day + timedelta(days=GRACE_DAYS)
    is_guess = ~known.source.is_in(["cell", "title", "file_name"])
    return event if name == time_column else event.set(is_guess, None)


def report_order(draft: Draft) -> None:
    """Note dates that come before the date they must follow; nothing is changed."""
    for column in date_columns(draft):
        other = column.not_before
        if other is None or other not in draft.values:
            continue
        this, that = draft.values[column.name], draft.values[other]
        # 2024年5月 stands for the whole month: judged by its last day.
        is_month = (draft.grade(column.name) == "month").fill_null(False)
        is_before = this.zip_with(~is_month, this.dt.month_end()) < that
        clocks = f"{column.name}_clock", f"{other}_clock"
        if all(clock in draft.values for clock in clocks):
            early = draft.values[clocks[0]] < draft.values[clocks[1]]
            is_before |= ((this == that) & early).fill_null(False)
        draft.mark(column.name, is_before, "order", other=other)
