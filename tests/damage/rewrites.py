"""Cells written in another way that say the same: nothing may be lost and nothing reported.

Belongs here: one function a way of writing. Source: exports.md 9.2.
Does not belong here: damage (cells.py).
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import numpy as np

from damage.cells import DATES, NOTHING, NUMBERS, CellDamage, is_time, pick, put
from damage.clean import FACTORS, PERSON_KINDS, Cell, Page, Row
from pipelines.contracts.contract import Column

#: Day 0 of workbooks. Source: exports.md 9.2.
DAY_ZERO = date(1899, 12, 30)
#: Text that names a subject without saying so in its column's name.
NAMING = ("town", "party_enterprise")
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
DIGITS = "零一二三四五六七八九"


def widen(text: str) -> str:
    """Return a text with its ASCII signs in full width."""
    return "".join(chr(ord(s) + 0xFEE0) if "!" <= s <= "~" else s for s in text)


def full_width(page: Page, row: Row, column: Column, rng: np.random.Generator) -> bool:
    kinds = ("id", "code", "enum", "uscc", "int", "number", "money", "area", "date", "bool")
    if column.type not in kinds:
        return False
    row.cells[column.name] = Cell(
        widen(row.cells[column.name].text or ""), None, row.cells[column.name].number
    )
    return True


def spaces_inside(page: Page, row: Row, column: Column, rng: np.random.Generator) -> bool:
    if column.type not in ("uscc", "code", "enum", "id"):
        return False
    text = row.cells[column.name].text or ""
    row.cells[column.name] = Cell(f" {text[:2]} {text[2:]}\u3000".replace("  ", " "))
    return True


def small_letters(page: Page, row: Row, column: Column, rng: np.random.Generator) -> bool:
    if column.type != "uscc":
        return False
    row.cells[column.name] = Cell((row.cells[column.name].text or "").lower())
    return True


def another_word(page: Page, row: Row, column: Column, rng: np.random.Generator) -> bool:
    words = [(w, s) for w, s in column.words.items() if w != s and w not in ("yes", "no")]
    if not words or column.type not in ("enum", "bool") or column.name in PERSON_KINDS:
        return False
    word, stored = words[int(rng.integers(len(words)))]
    lands = stored == "yes" if column.type == "bool" else stored
    put(row, column, Cell(word), lands)
    return True


def nothing(page: Page, row: Row, column: Column, rng: np.random.Generator) -> bool:
    """Say nothing in a column nobody must fill."""
    needed = {n for rule in page.feed.reject for n in rule.get("missing", ())}  # type: ignore[attr-defined]
    if is_time(page, column) or column.name in needed | {"longitude", "latitude", "crs"}:
        return False
    is_part_of_key = any(column.name in parts for parts in page.feed.key)
    if is_part_of_key or column.default is not None:
        return False
    means_something = {w.lower() for w in column.words}
    text = pick(tuple(t for t in NOTHING if t.strip().lower() not in means_something), rng)
    put(row, column, Cell(text), None)
    if column.missing is not None:
        row.flags[column.name] = "missing"
    return True


def no_means_no(page: Page, row: Row, column: Column, rng: np.random.Generator) -> bool:
    if column.type != "bool":
        return False
    put(row, column, Cell("无"), False)
    return True


def thousands_commas(page: Page, row: Row, column: Column, rng: np.random.Generator) -> bool:
    value = 12_345
    if column.type not in NUMBERS or (column.high is not None and column.high < value * 100):
        return False
    put(row, column, Cell("12,345", value, value), value * 100 if column.type == "money" else value)
    return True


def ten_thousands(page: Page, row: Row, column: Column, rng: np.random.Generator) -> bool:
    if column.type not in ("int", "number") or (column.high or 1e9) < 32_000 or column.units:
        return False
    put(row, column, Cell("3.2万", 32_000, 32_000), 32_000)
    return True


def chinese_number(page: Page, row: Row, column: Column, rng: np.random.Generator) -> bool:
    if column.type != "int":
        return False
    number = int(rng.integers(21, 89))
    tens, ones = divmod(number, 10)
    text = f"{DIGITS[tens]}十{DIGITS[ones] if ones else ''}"
    put(row, column, Cell(text, None, number), number)
    return True


def unit_behind(page: Page, row: Row, column: Column, rng: np.random.Generator) -> bool:
    unit = {"money": "元", "area": "㎡", "int": column.unit}.get(column.type, "")
    if not unit:
        return False
    lands = row.lands_as[column.name]
    amount = lands / 100 if column.type == "money" else lands
    row.cells[column.name] = Cell(f"{amount!r}{unit}", None, row.cells[column.name].number)
    return True


def another_unit(page: Page, row: Row, column: Column, rng: np.random.Generator) -> bool:
    """Write the unit into the cell, whatever the header says: 0.5万元, 3亩 (3 × 2000/3 ㎡)."""
    if column.type not in ("money", "area"):
        return False
    factor = FACTORS[page.head(column.name).unit]
    if column.type == "money":
        put(row, column, Cell("0.53万元", None, 5_300 / factor), 530_000)
    else:
        put(row, column, Cell("3亩", None, 2_000 / factor), 2_000.0)
    return True


def about(page: Page, row: Row, column: Column, rng: np.random.Generator) -> bool:
    if column.type not in ("int", "area"):
        return False
    put(row, column, Cell(pick(("约50", "近50", "50余", "50左右"), rng), None, 50), 50)
    row.flags[column.name] = "approximate"
    return True


def written_date(page: Page, row: Row, column: Column, rng: np.random.Generator) -> bool:
    if column.type not in DATES:
        return False
    day = row.lands_as[column.name]
    forms = [
        f"{day.year}年{day.month}月{day.day}日", f"{day.year}.{day.month}.{day.day}",
        f"{day.year}/{day.month}/{day.day}", f"{day:%Y%m%d}", str((day - DAY_ZERO).days),
        f"{day.day:02}-{MONTHS[day.month - 1]}-{day:%y}",
    ]  # fmt: skip
    if not _has_neighbours(page, column):  # a clock counts when two instants are on one day
        forms.append(f"{day}T00:00:00+08:00")
    form = int(rng.integers(len(forms)))
    put(row, column, Cell(forms[form]), day)
    if forms[form].endswith("+08:00") and column.type == "datetime":
        row.lands_as[f"{column.name}_clock"] = "00:00:00"
    return True


def written_instant(page: Page, row: Row, column: Column, rng: np.random.Generator) -> bool:
    """A clock as people, systems and workbooks write it; a zone is brought to Shanghai's."""
    clock = row.lands_as.get(f"{column.name}_clock")
    if column.type != "datetime" or clock is None:
        return False
    day = row.lands_as[column.name]
    at = datetime.fromisoformat(f"{day} {clock}")
    utc = at - timedelta(hours=8)
    forms = (
        f"{day.year}年{day.month}月{day.day}日 {at.hour}时{at.minute}分", f"{at:%Y/%m/%d %H:%M}",
        f"{at:%Y%m%d%H%M%S}", f"{at:%Y-%m-%dT%H:%M:%S}+0800", f"{utc:%Y-%m-%dT%H:%M:%S}Z",
        f"{at:%Y-%m-%d %H:%M:%S}.000", widen(f"{at:%Y-%m-%d}") + f"  {at:%H:%M:%S}",
        str((at - datetime.combine(DAY_ZERO, time())) / timedelta(days=1)),
    )  # fmt: skip
    row.cells[column.name] = Cell(pick(forms, rng))
    return True


def month_only(page: Page, row: Row, column: Column, rng: np.random.Generator) -> bool:
    day = row.lands_as.get(column.name)
    if day is None or column.type not in DATES or _has_neighbours(page, column):
        return False
    put(row, column, Cell(f"{day.year}年{day.month}月"), day.replace(day=1))
    row.flags[column.name] = "month"
    return True


def year_left_out(page: Page, row: Row, column: Column, rng: np.random.Generator) -> bool:
    """The latest such day not after the export: clean days are less than a year old."""
    if column.type not in DATES:
        return False
    day = row.lands_as[column.name]
    put(row, column, Cell(f"{day.month}月{day.day}日"), day)
    row.flags[column.name] = "year_inferred"
    return True


def open_end(page: Page, row: Row, column: Column, rng: np.random.Generator) -> bool:
    if column.name not in ("end_on", "valid_to", "extended_to", "deadline"):
        return False
    put(row, column, Cell("长期"), None)
    row.flags[column.name] = "open"
    return True


def is_free_text(column: Column) -> bool:
    """Whether any words may stand there: no name, no place that tells who it is."""
    return column.type == "text" and column.name not in NAMING and "_name" not in column.name


def like_a_formula(page: Page, row: Row, column: Column, rng: np.random.Generator) -> bool:
    """What a spreadsheet would run is plain text. Source: exports.md 9.1."""
    if not is_free_text(column):
        return False
    text = pick(("=1+1", "@甲", "+东侧", "-2层", "=HYPERLINK(A1)"), rng)
    put(row, column, Cell(text), text)
    return True


def several_lines(page: Page, row: Row, column: Column, rng: np.random.Generator) -> bool:
    """A list in one cell: the lines stay, and the rows below keep their numbers."""
    if not is_free_text(column):
        return False
    text = "1.通道堵塞\n2.线路老化\n3.未设警示"
    put(row, column, Cell(text), text)
    return True


def separators_inside(page: Page, row: Row, column: Column, rng: np.random.Generator) -> bool:
    if not is_free_text(column):
        return False
    text = '甲,乙;"丙"|丁 & <戊>'
    put(row, column, Cell(text), text)
    return True


def person_in_text(page: Page, row: Row, column: Column, rng: np.random.Generator) -> bool:
    """Numbers of persons are masked wherever they stand. Source: exports.md 9.7."""
    if not is_free_text(column):
        return False
    told = "联系13912345678,证件320501199003071234"
    put(row, column, Cell(told), "联系139****5678,证件320***********1234")
    return True


def _has_neighbours(page: Page, column: Column) -> bool:
    """Whether another date of the page must follow or precede this one."""
    others = [c for c in page.columns() if c.not_before == column.name]
    return bool(others) or bool(column.not_before and page.has(column.not_before))


REWRITES: tuple[CellDamage, ...] = (
    full_width, spaces_inside, small_letters, another_word, nothing, no_means_no, thousands_commas,
    ten_thousands, chinese_number, unit_behind, another_unit, about, written_date, written_instant,
    month_only, year_left_out, open_end, like_a_formula, several_lines, separators_inside,
    person_in_text,
)  # fmt: skip
