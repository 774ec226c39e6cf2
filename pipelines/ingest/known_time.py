"""When the bureau's exports first said a row: knowledge time.

Belongs here: where ``known_at`` comes from, the newest time-of-row of a file, file dates nobody
can mean. Source: exports.md 9.4.1, 9.4.2.
Does not belong here: what a date in a name is (dates_in_text.py), versions (dbt).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from pipelines.ingest.sheets import TitleFacts

#: A time-of-row, or a date in a name, further than this from the rows is nobody's date.
LONGEST_JUMP_DAYS = 366
#: Events may lie this far after known_at: clocks and midnights differ.
GRACE_DAYS = 1


@dataclass(frozen=True)
class FileTime:
    """What all rows of a file say together.

    ``newest_row_on``: newest time-of-row by the jump rule, None = no event in the file;
    ``named_on``: date of the file's names, None when there is none or it is ignored.
    """

    newest_row_on: date | None = None
    named_on: date | None = None
    is_name_ignored: bool = False


@dataclass(frozen=True)
class KnownTime:
    """Knowledge time per row: ``day`` (null = unknown), ``clock`` (null = end of the day) and
    ``source`` (cell, title, file_name, row_time, unknown)."""

    day: pl.Series
    clock: pl.Series
    source: pl.Series


def find_file_time(row_days: pl.Series, named_on: date | None) -> FileTime:
    """Return what the time-of-row of a whole file says.

    Parameters
    ----------
    row_days : Date, the day of every event row of every sheet; nulls are left out.
    named_on : earliest date of the file's names (``Hint.named_on``).

    Notes
    -----
    A date in the name is ignored when it is more than 366 days after the newest time-of-row that
    it could have known: rows after it are wrong by themselves (``time_out_of_range``).
    """
    days = row_days.drop_nulls().unique().sort(descending=True)
    newest = newest_after_jumps(days)
    if named_on is None or days.is_empty():
        return FileTime(newest, named_on)
    could_know = days.filter(days <= named_on + timedelta(days=GRACE_DAYS))
    is_ignored = (
        not could_know.is_empty() and (named_on - could_know.max()).days > LONGEST_JUMP_DAYS  # type: ignore[operator]
    )
    return FileTime(newest, None if is_ignored else named_on, is_ignored)


def newest_after_jumps(days: pl.Series) -> date | None:
    """Return the newest day after dropping, from the newest down, each day more than 366 days
    after the next older distinct one."""
    distinct = days.drop_nulls().unique().sort(descending=True).to_list()
    while len(distinct) > 1 and (distinct[0] - distinct[1]).days > LONGEST_JUMP_DAYS:
        distinct = distinct[1:]
    return distinct[0] if distinct else None


def find_known_time(
    cell_day: pl.Series,
    cell_clock: pl.Series,
    title: TitleFacts,
    file_time: FileTime,
    is_event: bool,
) -> KnownTime:
    """Return the knowledge time of each row, from the first source that says one.

    Order: cell ``exported_at``, title block, file name, for events the newest time-of-row of the
    file; registers without any are unknown.
    """
    day, clock, source = _of_sheet(title, file_time, is_event)
    is_cell = cell_day.is_not_null()
    return KnownTime(
        pl.select(pl.coalesce(cell_day, pl.lit(day, pl.Date))).to_series(),
        pl.select(
            pl.when(is_cell).then(cell_clock).otherwise(pl.lit(clock, pl.String))
        ).to_series(),
        pl.select(pl.when(is_cell).then(pl.lit("cell")).otherwise(pl.lit(source))).to_series(),
    )


def _of_sheet(
    title: TitleFacts, file_time: FileTime, is_event: bool
) -> tuple[date | None, str | None, str]:
    if title.exported_on is not None:
        return title.exported_on, title.exported_clock, "title"
    if file_time.named_on is not None:
        return file_time.named_on, None, "file_name"
    if is_event and file_time.newest_row_on is not None:
        return file_time.newest_row_on, None, "row_time"
    return None, None, "unknown"
