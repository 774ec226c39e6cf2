"""Clean rows of any export, from its contract alone, with the values they must land as.

Belongs here: sound cells by type, dates in their order, codes with right check digits.
Does not belong here: damage (cells.py, lines.py), bytes (write.py), anything of the demo.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np

from pipelines.contracts.contract import Column, Feed
from pipelines.contracts.load_contracts import export_dictionary

#: Day in the file's name: what all rows are known by.
KNOWN_ON = date(2026, 6, 30)
BOX = (120.0, 121.0, 30.5, 31.5)
USCC_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
#: Columns left out of clean files: they say what other columns say already.
LEFT_OUT = ("exported_at", "term", "source_system")
CODES = {"region_code": ("320509", "320583", "320506"), "industry_code": ("C3311", "C33", "F5134")}
PERSON_KINDS = ("lessor_kind", "party_kind")
TOWNS = ("青川镇", "柳浦镇", "望溪街道", "石桥镇")
#: What one of a unit is in 元 or ㎡.
FACTORS = {"元": 1, "万元": 10_000, "㎡": 1, "": 1, "亩": 2000 / 3, "公顷": 10_000}
WORDS = ("清点", "东侧", "样例", "南门", "库房", "常规")


@dataclass
class Cell:
    """One cell: as text, as a typed value where a workbook would hold one, and what it lands as.

    ``number`` is the amount in the unit of the header, for totals.
    """

    text: str | None
    typed: Any = None
    number: float | None = None


@dataclass
class Row:
    """A row with all that must be said of it. ``touched``: it has its damage already."""

    cells: dict[str, Cell]
    lands_as: dict[str, Any]
    flags: dict[str, str] = field(default_factory=dict)
    rejected: tuple[str, tuple[str, ...]] | None = None
    issues: list[tuple[str, str]] = field(default_factory=list)
    extra: dict[str, str] = field(default_factory=dict)
    touched: bool = False


@dataclass
class Head:
    """One physical column: ``key`` finds its cells, ``column`` None = one nobody knows."""

    key: str
    column: Column | None
    text: str
    unit: str = ""


@dataclass
class Page:
    """One sheet before it is written."""

    export: str
    feed: Feed
    heads: list[Head]
    rows: list[Row]
    name: str
    above: list[list[str]] = field(default_factory=list)
    #: Upper row of a header of two rows, by key.
    upper: dict[str, str] = field(default_factory=dict)
    has_notes: bool = False
    units: dict[str, str] | None = None
    #: What stands among the rows: place in `rows` before which it comes -> kind and cells by key.
    between: list[tuple[int, str, dict[str, str]]] = field(default_factory=list)
    issues: list[tuple[str | None, str]] = field(default_factory=list)
    known_on: date | None = KNOWN_ON
    done: list[str] = field(default_factory=list)

    def has(self, name: str) -> bool:
        """Whether a column is on the page."""
        return any(head.key == name for head in self.heads)

    def head(self, name: str) -> Head:
        """Return the physical column of a key."""
        return next(head for head in self.heads if head.key == name)

    def columns(self) -> Iterator[Column]:
        """Yield the canonical columns on the page."""
        return (head.column for head in self.heads if head.column and head.key == head.column.name)


def make_page(export: str, count: int, rng: np.random.Generator) -> Page:
    """Return a clean page: required and identifying columns, and most of the others."""
    feed = export_dictionary()[export]
    chosen = [column for column in feed.columns.values() if _is_chosen(column, feed, rng)]
    base_days = sorted(KNOWN_ON - timedelta(days=int(d)) for d in rng.integers(30, 290, count))
    rows = [_make_row(chosen, feed, number, base_days[number], rng) for number in range(count)]
    heads = [Head(c.name, c, c.headers[0]) for c in chosen]
    for head in heads:
        if head.column is not None and head.column.type == "money":
            head.text, head.unit = f"{head.text}(元)", "元"
    return Page(export, feed, heads, rows, f"{feed.title}_{KNOWN_ON}")


def _is_chosen(column: Column, feed: Feed, rng: np.random.Generator) -> bool:
    if column.name in LEFT_OUT or not column.headers:
        return False
    needed = column.required or column.is_identifying or column.name in feed.absent_from_title
    is_part_of_key = any(column.name in parts for parts in feed.key)
    return bool(needed or is_part_of_key or column.type in ("lon", "lat") or column.name == "crs"
                or rng.random() < 0.75)  # fmt: skip


def _make_row(
    chosen: list[Column], feed: Feed, number: int, base: date, rng: np.random.Generator
) -> Row:
    cells: dict[str, Cell] = {}
    lands_as: dict[str, Any] = {}
    days = _order_days(chosen, feed, base, rng)
    for column in chosen:
        cell, lands = _make_cell(column, number, days, rng)
        cells[column.name] = cell
        lands_as |= lands
    return Row(cells, lands_as)


def _order_days(
    chosen: list[Column], feed: Feed, base: date, rng: np.random.Generator
) -> dict[str, datetime]:
    """Return an instant for each date column: nothing before what it must follow."""
    instants: dict[str, datetime] = {}
    waiting = [c for c in chosen if c.type in ("date", "datetime", "month")]
    names = {c.name for c in waiting}
    while waiting:
        column = waiting.pop(0)
        other = column.not_before
        if other in names and other not in instants:
            waiting.append(column)
            continue
        start = instants[other].date() if other in instants else base
        later = int(rng.integers(0, 5)) if column.name != feed.time_column else 0
        minutes = int(rng.integers(1, 700))
        if other in instants:
            minutes = max(minutes, instants[other].hour * 60 + instants[other].minute + 1)
        clock = time(minutes // 60, minutes % 60)
        instants[column.name] = datetime.combine(start + timedelta(days=later), clock)
    return instants


def _make_cell(
    column: Column, number: int, days: dict[str, datetime], rng: np.random.Generator
) -> tuple[Cell, dict[str, Any]]:
    name, kind = column.name, column.type
    if kind in ("date", "month", "datetime"):
        return _make_day(column, days[name])
    if kind in ("int", "number", "money", "area", "lon", "lat"):
        return _make_number(column, rng)
    if kind == "bool":
        truth = bool(rng.random() < 0.5)
        return Cell("是" if truth else "否"), {name: truth}
    if kind == "enum":
        stored = list(dict.fromkeys(column.words.values()))
        word = stored[int(rng.integers(len(stored)))]
        word = "单位" if name in PERSON_KINDS else word  # a person's name would be masked
        return Cell(word), {name: word}
    if kind == "person":
        return Cell("王某某"), {name: "王*"}
    if kind == "phone":
        return Cell(f"138{number:04d}5678"), {name: "138****5678"}
    if kind == "idno":
        return Cell("320101199001011234"), {name: "320***********1234"}
    if kind == "list":
        return Cell("王某、李某某"), {name: "王*、李*"}
    text = _make_text(column, number, rng)
    return Cell(text), {name: text}


def _make_text(column: Column, number: int, rng: np.random.Generator) -> str:
    name = column.name
    if column.type == "uscc":
        return make_uscc(int(rng.integers(10**8)))
    if column.type == "code":
        allowed = CODES[name]
        return allowed[int(rng.integers(len(allowed)))]
    if column.type == "id":
        return f"{name[:2].upper()}-{number:04d}"
    if name == "town":
        return TOWNS[int(rng.integers(len(TOWNS)))]
    if name.endswith("_name") or name == "party_enterprise":
        return f"青川样例{number}号{WORDS[int(rng.integers(len(WORDS)))]}有限公司"
    return f"{WORDS[int(rng.integers(len(WORDS)))]}第{number}处"


def make_uscc(serial: int) -> str:
    """Return a credit code with its check digit. Source: GB 32100-2015, weights 3^i modulo 31."""
    body = f"91320509{serial:08d}M"
    total = sum(USCC_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(body))
    return body + USCC_SIGNS[(31 - total % 31) % 31]


def _make_day(column: Column, instant: datetime) -> tuple[Cell, dict[str, Any]]:
    day = instant.date()
    if column.type == "datetime":
        clock = instant.strftime("%H:%M:%S")
        lands = {column.name: day, f"{column.name}_clock": clock}
        return Cell(f"{day} {clock}", instant), lands
    return Cell(day.isoformat(), day), {column.name: day}


def _make_number(column: Column, rng: np.random.Generator) -> tuple[Cell, dict[str, Any]]:
    kind = column.type
    if kind == "lon":
        value = round(float(rng.uniform(BOX[0] + 0.1, BOX[1] - 0.1)), 5)
    elif kind == "lat":
        value = round(float(rng.uniform(BOX[2] + 0.1, BOX[3] - 0.1)), 5)
    elif kind == "int":
        value = int(rng.integers(max(1, int(column.low or 1)), 90))
    else:
        value = int(rng.integers(100, 9_000)) / 100  # two decimals, exactly
    lands = round(value * 100) if kind == "money" else value
    return Cell(repr(value), value, value), {column.name: lands}
