"""One canonical column from text to lake values, with what was wrong with each cell.

Belongs here: which reader serves which type, ranges of numbers, personal masks.
Does not belong here: readers themselves (cells/), what needs several columns (date_rules.py,
places, keys).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from pipelines.contracts.contract import Column
from pipelines.ingest.cells.codes import read_codes, read_ids, read_truths, read_uscc, read_words
from pipelines.ingest.cells.dates import DateForms, read_dates
from pipelines.ingest.cells.numbers import NumberForm, read_numbers
from pipelines.ingest.cells.text import repeat
from pipelines.ingest.gather_cells import Gathered
from pipelines.ingest.personal import (
    LIST_SEPARATORS,
    Tokens,
    mask_people,
    mask_person_lists,
    scrub,
)

#: Columns whose dates may be open (长期): the end of something.
OPEN_ENDS = ("end_on", "valid_to", "extended_to", "deadline")


@dataclass(frozen=True)
class Typing:
    """What typing needs besides the cell: how the file writes dates, and the key of hashes."""

    dates: DateForms
    tokens: Tokens


@dataclass(frozen=True)
class Typed:
    """One canonical column typed.

    ``values``: lake column -> values; ``rule``: issue rule of a cell that was nulled, null = fine;
    ``grade``: flag of a cell (``month``, ``approximate``, ``open``), null = none; ``month_day``: of
    dates whose year is still to be found; ``assumes_unit``: some amount has no unit anywhere;
    ``is_doubtful``: values kept but to be checked.
    """

    values: dict[str, pl.Series]
    rule: pl.Series
    grade: pl.Series | None = None
    month_day: pl.Series | None = None
    assumes_unit: bool = False
    is_doubtful: pl.Series | None = None


def type_column(column: Column, gathered: Gathered, typing: Typing) -> Typed:
    """Return the typed column; a cell that does not fit is null and has a rule.

    Source: exports.md 9.2, 9.3.
    """
    if gathered.is_literal and column.type in ("text", "id", "code", "enum", "uscc"):
        return _clean(column.name, gathered.texts)
    return _READERS[column.type](column, gathered, typing)


def _clean(name: str, values: pl.Series, **more: pl.Series) -> Typed:
    return Typed({name: values, **more}, _no_rule(values))


def _no_rule(values: pl.Series) -> pl.Series:
    return repeat(None, len(values), pl.String())


def _failed(texts: pl.Series, values: pl.Series, rule: str) -> pl.Series:
    """Return `rule` where there was a text and is no value."""
    is_failed = texts.is_not_null() & values.is_null()
    return _no_rule(values).set(is_failed, rule)


def _text(column: Column, cell: Gathered, _: Typing) -> Typed:
    return _clean(column.name, scrub(cell.texts))


def _id(column: Column, cell: Gathered, _: Typing) -> Typed:
    values = read_ids(cell.texts)
    if column.has_equal_brackets:
        values = values.str.replace_all(r"[\[【(]", "〔").str.replace_all(r"[\]】)]", "〕")
    return _clean(column.name, values)


def _code(column: Column, cell: Gathered, _: Typing) -> Typed:
    values = read_codes(cell.texts, column, cell.is_number)
    return Typed({column.name: values}, _failed(cell.texts, values, "bad_value"))


def _enum(column: Column, cell: Gathered, _: Typing) -> Typed:
    values = read_words(cell.texts, column)
    rule = _failed(cell.texts, values, "unknown_code")
    if column.default is not None:
        values = values.set(cell.texts.is_null(), column.default)
    return Typed({column.name: values}, rule)


def _bool(column: Column, cell: Gathered, _: Typing) -> Typed:
    values = read_truths(cell.texts, column)
    return Typed({column.name: values}, _failed(cell.texts, values, "not_bool"))


def _uscc(column: Column, cell: Gathered, _: Typing) -> Typed:
    verdict = read_uscc(cell.texts, cell.is_number)
    return Typed({column.name: verdict["value"]}, verdict["rule"])


def _number(column: Column, cell: Gathered, _: Typing) -> Typed:
    form = NumberForm(column.units, column.unit, cell.unit, column.type == "money")
    verdict = read_numbers(cell.texts, form)
    is_whole = column.type in ("int", "money")
    values = verdict["whole"] if is_whole else verdict["value"]
    rule = _failed(cell.texts, values, "bad_value")
    if column.type not in ("lon", "lat"):  # judged together, by the box
        is_outside = repeat(False, len(values), pl.Boolean())
        if column.low is not None:
            is_outside |= (values < column.low).fill_null(False)
        if column.high is not None:
            is_outside |= (values > column.high).fill_null(False)
        rule, values = rule.set(is_outside, "out_of_range"), values.set(is_outside, None)
    grade = _no_rule(values)
    if column.missing is not None:
        is_missing = cell.texts.is_null() | verdict["value"].is_in(
            pl.Series(column.missing, dtype=pl.Float64).implode()
        )
        values, rule = values.set(is_missing, None), rule.set(is_missing, None)
        grade = grade.set(is_missing, "missing")
    doubt = repeat(False, len(values), pl.Boolean())
    if column.doubt_above is not None:
        doubt = (values > column.doubt_above).fill_null(False)
    is_about = verdict["is_about"].fill_null(False) & values.is_not_null()
    assumes = form.is_money and not form.has_header_unit()
    return Typed(
        {column.name: values}, rule,
        grade=grade.set(is_about, "approximate"), is_doubtful=doubt,
        assumes_unit=assumes and bool((verdict["is_bare"] & values.is_not_null()).any()),
    )  # fmt: skip


def _date(column: Column, cell: Gathered, typing: Typing) -> Typed:
    verdict = read_dates(cell.texts, typing.dates)
    is_open = (verdict["grade"] == "open").fill_null(False) & (column.name in OPEN_ENDS)
    is_failed = (
        cell.texts.is_not_null() & verdict["day"].is_null() & verdict["month_day"].is_null()
    ) & ~is_open
    grade = verdict["grade"].set(is_failed, None)
    if column.type == "month":
        grade = grade.set((grade == "month").fill_null(False), None)
    values = {column.name: verdict["day"]}
    if column.type == "month":
        values = {column.name: verdict["day"].dt.month_start()}
    if column.type == "datetime":
        values[f"{column.name}_clock"] = verdict["clock"]
    rule = _no_rule(cell.texts).set(is_failed, "bad_date")
    return Typed(values, rule, grade=grade, month_day=verdict["month_day"])


def _list(column: Column, cell: Gathered, typing: Typing) -> Typed:
    if column.personal_list:
        masks, hashes, count = mask_person_lists(cell.texts, typing.tokens)
        more = {f"{column.name}_hash": hashes, f"{column.name}_count": count}
        return _clean(column.name, masks, **more)
    parts = cell.texts.str.replace_all(LIST_SEPARATORS, "、").str.strip_chars("、")
    return _clean(column.name, scrub(parts))


def _person(column: Column, cell: Gathered, typing: Typing) -> Typed:
    masks, hashes = mask_people(cell.texts, column.type, typing.tokens)
    return _clean(column.name, masks, **{f"{column.name}_hash": hashes})


_READERS: dict[str, Callable[[Column, Gathered, Typing], Typed]] = {
    "text": _text, "id": _id, "code": _code, "enum": _enum, "bool": _bool, "uscc": _uscc,
    "int": _number, "number": _number, "money": _number, "area": _number, "lon": _number,
    "lat": _number, "date": _date, "datetime": _date, "month": _date, "list": _list,
    "person": _person, "phone": _person, "idno": _person,
}  # fmt: skip
