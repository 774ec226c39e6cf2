"""How a column of a real export looks: its header, and the form its cells are written in.

Belongs here: the layout of a sheet as data, and rendering a frame into cells by it.
Does not belong here: which rows go into which file (plan_*.py), bytes (write.py).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import polars as pl

#: What stands in a cell: text, a number or day typed by the workbook, or nothing.
Cell = str | int | float | date | None

EPOCH = date(1899, 12, 30)
DATE_FORMS = {
    "iso": "%Y-%m-%d",
    "cn": "%Y年%-m月%-d日",
    "dot": "%Y.%-m.%-d",
    "slash": "%Y/%-m/%-d",
    "compact": "%Y%m%d",
    "month": "%Y年%-m月",
    "moment": "%Y-%m-%d %H:%M",
    "moment_slash": "%Y/%-m/%-d %H:%M",
    "moment_cn": "%Y年%-m月%-d日 %H:%M",
    "second": "%Y-%m-%d %H:%M:%S",
    "second_slash": "%Y/%-m/%-d %H:%M:%S",
    "second_compact": "%Y%m%d%H%M%S",
}
MIXED_FORMS = ("iso", "cn", "dot", "slash", "compact")
BOOL_FORMS = {
    "yesno": ("是", "否"),
    "hasnot": ("有", "无"),
    "tick": ("√", "×"),
    "digit": ("1", "0"),
    "letter": ("Y", "N"),
    "signed": ("已签", "未签"),
}
#: Tokens real clerks leave in an empty cell; the words for "none" are kept off bool columns.
EMPTY_FORMS = ("", "", "/", "", "—", "", "无", "")
#: What devices write where they measured nothing.
NOTHING_MEASURED = ("-", "", "NULL", "--")


@dataclass(frozen=True)
class Column:
    """A physical column: canonical ``name`` (``extra:…`` = unknown to any contract), its header
    and the form of its cells (key of the forms above, ``mixed`` = one date form after the other,
    ``typed`` = left as a typed cell, ``serial``, ``wide`` = full-width digits, ``text``)."""

    name: str
    header: str
    form: str = "text"


def parse_layout(text: str) -> tuple[Column, ...]:
    """Columns from ``name|header|form`` lines; a header may hold ``\\n`` for a line break."""
    columns = []
    for line in text.strip().splitlines():
        name, header, *form = line.strip().split("|")
        columns.append(Column(name, header.replace("\\n", "\n"), form[0] if form else "text"))
    return tuple(columns)


def render(frame: pl.DataFrame, columns: tuple[Column, ...]) -> list[list[Cell]]:
    """Cells of ``frame`` in the order and form of ``columns``; columns it lacks stay empty."""
    rendered = [
        _render_column(frame[column.name], column.form)
        if column.name in frame.columns
        else [None] * frame.height
        for column in columns
    ]
    return [list(row) for row in zip(*rendered, strict=True)] if frame.height else []


def _render_column(values: pl.Series, form: str) -> list[Cell]:
    if form in ("typed", "empty"):
        return values.to_list()
    if form in BOOL_FORMS:
        yes, no = BOOL_FORMS[form]
        return [None if value is None else yes if value else no for value in values.to_list()]
    if form == "serial":
        return [None if day is None else (day - EPOCH).days for day in values.to_list()]
    if form == "mixed":
        return _mix_dates(values)
    if form in DATE_FORMS:
        return _fill_empty(values.dt.strftime(DATE_FORMS[form]).to_list())
    return _RENDERERS.get(form, _render_text)(values)


def _mix_dates(values: pl.Series) -> list[Cell]:
    """One form after the other, as when several clerks fill one sheet."""
    forms = [values.dt.strftime(DATE_FORMS[form]).to_list() for form in MIXED_FORMS]
    return [forms[number % len(forms)][number] for number in range(len(values))]


def _render_text(values: pl.Series) -> list[Cell]:
    return _fill_empty(values.cast(pl.String).to_list())


def _fill_empty(cells: list[str | None]) -> list[Cell]:
    return [
        EMPTY_FORMS[number % len(EMPTY_FORMS)] if cell is None else cell
        for number, cell in enumerate(cells)
    ]


_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")

_RENDERERS: dict[str, Callable[[pl.Series], list[Cell]]] = {
    "blank": lambda values: [
        "" if value is None else value for value in values.cast(pl.String).to_list()
    ],
    "wide": lambda values: [
        "" if value is None else str(value).translate(_WIDE) for value in values.to_list()
    ],
    "thousands": lambda values: [
        "" if value is None else f"{value:,}" for value in values.to_list()
    ],
    "tens_of_thousands": lambda values: [
        "" if value is None else f"{value / 10_000:.2f}" for value in values.to_list()
    ],
    "measure": lambda values: [
        NOTHING_MEASURED[number % len(NOTHING_MEASURED)] if value is None else f"{value:g}"
        for number, value in enumerate(values.to_list())
    ],
    "people_comma": lambda values: [
        "" if value is None else "、".join(value) for value in values.to_list()
    ],
    "people_space": lambda values: [
        "" if value is None else " ".join(value) for value in values.to_list()
    ],
    "people_semicolon": lambda values: [
        "" if value is None else "；".join(value) for value in values.to_list()
    ],
    "open_end": lambda values: [
        "长期" if day is None else day.strftime("%Y-%m-%d") for day in values.to_list()
    ],
}
