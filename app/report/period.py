"""The report's period: whole days, half open, and the same days of the year before.

Belongs here: reading and shifting periods. Does not belong here: what is counted in one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

SEPARATOR = ".."
_ONE = timedelta(days=1)


class ReportError(ValueError):
    """A report that cannot be made; the sentence says what, got, expected and what to do."""


@dataclass(frozen=True)
class Period:
    """Days from ``start`` up to, not including, ``end``."""

    start: date
    end: date

    @property
    def last_on(self) -> date:
        """The last day inside."""
        return self.end - _ONE

    @property
    def code(self) -> str:
        """``FROM..TO`` with both days included, as it is written in commands and addresses."""
        return f"{self.start}{SEPARATOR}{self.last_on}"

    @property
    def is_calendar_year(self) -> bool:
        """Whether the period is one whole calendar year."""
        return (self.start, self.end) == (
            date(self.start.year, 1, 1),
            date(self.start.year + 1, 1, 1),
        )

    def year_before(self) -> Period:
        """Return the same days of the year before (29 February becomes 28 February).

        Source: domain.md 3.7: a year-on-year figure compares the same days of the year before.
        """
        return Period(_year_before(self.start), _year_before(self.end))

    def cut(self, as_of_on: date) -> Period:
        """Return the part up to the data date: later days are not known yet.

        Raises
        ------
        ReportError : the period begins after the data date.
        """
        if self.start > as_of_on:
            raise ReportError(
                f"period: got {self.code}, expected one that begins by the data date {as_of_on}. "
                "Next: choose an earlier period, or run parkrisk refresh with newer exports."
            )
        return Period(self.start, min(self.end, as_of_on + _ONE))

    def months(self) -> list[date]:
        """Return the first days of the months the period touches."""
        first = self.start.replace(day=1)
        months = []
        while first < self.end:
            months.append(first)
            first = (first + timedelta(days=32)).replace(day=1)
        return months


def read_period(text: str) -> Period:
    """Read ``FROM..TO`` (ISO days, both included) or a year like ``2025``.

    Raises
    ------
    ReportError : not two days, in the wrong order, or longer than a year.
    """
    try:
        if SEPARATOR in text:
            first, last = (date.fromisoformat(part.strip()) for part in text.split(SEPARATOR))
        else:
            first, last = date(int(text), 1, 1), date(int(text), 12, 31)
    except ValueError as error:
        raise ReportError(
            f"period: got {text!r}, expected FROM..TO like 2025-01-01..2025-12-31, or a year. "
            "Next: parkrisk report --period 2025-01-01..2025-12-31"
        ) from error
    if last < first or last >= date(first.year + 1, first.month, min(first.day, 28)):
        raise ReportError(
            f"period: got {text!r}, expected the first day before the last and at most a year "
            "between them, so that it can be compared with the year before."
        )
    return Period(first, last + _ONE)


def last_full_year(as_of_on: date) -> Period:
    """Return the newest calendar year that ended by ``as_of_on``."""
    year = (as_of_on + _ONE).year - 1
    return Period(date(year, 1, 1), date(year + 1, 1, 1))


def _year_before(day: date) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return date(day.year - 1, day.month, 28 if is_leap_day else day.day)
