"""Find dates inside names and titles.

Belongs here: days, months, quarters, half-years and ranges written in running text.
Does not belong here: dates in cells (check_rows.py).
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterator
from datetime import date

_YEAR = r"(?<!\d)(?P<{0}y>(?:19|20)\d\d)"
_PATTERN = re.compile(
    "|".join(
        (
            # 2023-01-01至06-30, 2023年1月1日-6月30日: the end of a range without its own year
            _YEAR.format("r")
            + r"\s*[-./年_]\s*\d{1,2}\s*[-./月_]\s*\d{1,2}\s*(?:日\s*-|日?\s*[~—–至到])\s*"
            r"(?P<rm>\d{1,2})\s*[-./月_]\s*(?P<rd>\d{1,2})(?!\d)",
            # 2023年1-6月, 2023年1月至6月: the end of a range of months
            _YEAR.format("s")
            + r"\s*年\s*\d{1,2}\s*月?\s*[~—–至到-]+\s*(?P<sm>\d{1,2})\s*月(?!\s*\d)",
            # 2023年7月2日, 2023-07-02, 2023.7.2, 2023_07_02
            _YEAR.format("d") + r"\s*[-./年_]\s*(?P<dm>\d{1,2})\s*[-./月_]\s*(?P<dd>\d{1,2})(?!\d)",
            # 20230702, with or without a clock behind it
            _YEAR.format("c") + r"(?P<cm>\d\d)(?P<cd>\d\d)(?:[T_\- ]?\d{4}(?:\d\d)?)?(?!\d)",
            # 2023年第3季度, 2023年三季度, 2023Q3
            _YEAR.format("q")
            + r"\s*年?\s*[-_]?\s*(?:第?\s*(?P<qc>[一二三四1-4])\s*季度?|[Qq](?P<qn>[1-4]))(?!\d)",
            # 2023年上半年, 2023H1
            _YEAR.format("h") + r"\s*年?\s*[-_]?\s*(?:(?P<hc>[上下])半年|[Hh](?P<hn>[12]))(?!\d)",
            # 2023年7月, 2023-07, 2023.7
            _YEAR.format("m") + r"\s*[-./年_]\s*(?P<mm>\d{1,2})(?!\d)",
            # 202307
            _YEAR.format("k") + r"(?P<km>0[1-9]|1[0-2])(?!\d)",
        )
    )
)
_LEADING_ISO = re.compile(r"\s*(\d{4})-(\d\d)-(\d\d)(?!\d)")
_SUFFIXES = re.compile(r"(?:\.[A-Za-z][A-Za-z0-9]*)+$")


def date_of_name(name: str) -> date | None:
    """Return the date a file name states: a leading ISO date, else the last date in it.

    A month, quarter or half-year is its last day, a range its end; a year alone does not count,
    and a bare four-digit tail (``scores_0620``) is never a date.

    Source: exports.md 9.4.1.
    """
    text = _SUFFIXES.sub("", unicodedata.normalize("NFKC", name))
    if (leading := _LEADING_ISO.match(text)) and (day := _day(*leading.groups())):
        return day
    found = list(find_dates(text))
    return found[-1] if found else None


def find_dates(text: str) -> Iterator[date]:
    """Yield the dates of an NFKC text from left to right; impossible ones are left out."""
    for match in _PATTERN.finditer(text):
        part = {name: value for name, value in match.groupdict().items() if value is not None}
        day = _day_of(part)
        if day is not None:
            yield day


def _day_of(part: dict[str, str]) -> date | None:
    year = next(value for name, value in part.items() if name.endswith("y"))
    for letter in "rdc":
        if f"{letter}d" in part:
            return _day(year, part[f"{letter}m"], part[f"{letter}d"])
    if quarter := part.get("qc") or part.get("qn"):
        return _month_end(year, 3 * int("一二三四".find(quarter) + 1 or quarter))
    if half := part.get("hc") or part.get("hn"):
        return _month_end(year, 6 if half in "上1" else 12)
    return _month_end(year, part.get("sm") or part.get("mm") or part["km"])


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _month_end(year: str, month: str | int) -> date | None:
    if not 1 <= int(month) <= 12:
        return None
    return date(int(year), int(month), calendar.monthrange(int(year), int(month))[1])
