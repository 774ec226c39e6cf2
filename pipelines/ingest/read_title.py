"""Read what the rows above a header say about the whole sheet.

Belongs here: who filed, the unit line, the export's date. Does not belong here: data rows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

from pipelines.ingest.dates_in_text import find_dates
from pipelines.ingest.headers import Row
from pipelines.ingest.names import says_full_list
from pipelines.ingest.sheets import TitleFacts
from pipelines.ingest.unit_words import find_unit

#: Labels of the export's day, the strongest first (exports.md 9.4.1).
DAY_LABELS = (
    "导出(?:时间|日期)",
    "(?:数据|统计)截[止至]",
    "填[报表](?:日期|时间)",
    "制表(?:日期|时间)",
)
_CLOCK = re.compile(r"^\s*(?:T\s*)?([01]?\d|2[0-3])[:时]([0-5]\d)(?:[:分]([0-5]\d))?")
_NEXT_LABEL = r"(?=\s|填[报表]|统计期间|单位:|导出|数据截|制表|联系|$)"
_FILER = re.compile(rf"填报单位:?\s*([^\s:].*?){_NEXT_LABEL}")
_UNIT = re.compile(r"(?:^|[\s,,;(]|金额|计量|面积)单位:?\s*([^\s,,;)、]+)")


def read_title(rows: Sequence[Row], sheet: str, own_titles: set[str]) -> TitleFacts:
    """Return the facts of the title block.

    Parameters
    ----------
    rows : the rows above the header.
    sheet : the sheet's name; it may say 全量 or 花名册 as well as a title row.
    own_titles : titles of the recognised contract, which do not make a list full by themselves.

    Notes
    -----
    Source: exports.md 9.1 (title block), 9.4.1, 9.4.7.
    """
    lines = ["  ".join(cell.strip() for cell in row if cell) for row in rows]
    plain = [unicodedata.normalize("NFKC", line) for line in lines if line]
    text = "\n".join(plain)
    exported_on, clock = _read_day(text)
    filer = next((m.group(1).strip() for line in plain if (m := _FILER.search(line))), None)
    found = (find_unit(m.group(1)) for line in plain for m in _UNIT.finditer(line))
    return TitleFacts(
        text=text,
        filer=filer,
        unit=next((unit for unit in found if unit), None),
        exported_on=exported_on,
        exported_clock=clock,
        says_full_list=says_full_list(f"{text}\n{sheet}", own_titles),
    )


def _read_day(text: str) -> tuple[date | None, str | None]:
    """Return the day (and clock) behind the strongest label that is followed by a date."""
    for label in DAY_LABELS:
        for match in re.finditer(label, text):
            rest = text[match.end() : match.end() + 60].split("\n")[0]
            day = next(find_dates(rest), None)
            if day is not None:
                return day, _read_clock(rest)
    return None, None


def _read_clock(rest: str) -> str | None:
    """Return the clock right behind a full date, HH:MM:SS."""
    behind = re.search(r"\d{4}\D{0,3}\d{1,2}\D{0,3}\d{1,2}\s*日?(.*)", rest)
    found = _CLOCK.match(behind.group(1)) if behind else None
    if not found:
        return None
    hour, minute, second = (int(part or 0) for part in found.groups())
    return f"{hour:02}:{minute:02}:{second:02}"
