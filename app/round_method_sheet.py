"""The second sheet of a round's workbook: the method, the strata, what did not fit.

Belongs here: its layout. Does not belong here: the list itself (round_workbook.py), sentences
(round_text.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app import round_text, words
from app.round_styles import LINE_POINTS, count_lines, set_print
from app.round_text import RoundTables
from app.safe_cells import make_safe

METHOD_WIDTHS = (8, 34, 16, 11, 11, 62)


def write_method(page: Worksheet, tables: RoundTables, styles: Mapping[str, Format]) -> None:
    """Write the sheet that says how the round was drawn, and what did not fit."""
    for place, width in enumerate(METHOD_WIDTHS):
        page.set_column(place, place, width)
    page.write_string(0, 0, words.say("method.title"), styles["title"])
    at = 1
    for sentence in round_text.say_method(tables.round, tables.frame):
        page.merge_range(at, 0, at, len(METHOD_WIDTHS) - 1, "", styles["text_open"])
        page.write_string(at, 0, sentence, styles["text_open"])
        page.set_row(at, count_lines(sentence, sum(METHOD_WIDTHS)) * LINE_POINTS + 3)
        at += 1
    at = _write_block(page, at + 1, words.say("method.strata"), _strata_rows(tables), styles)
    left = tables.lines.filter(pl.col("part") == "left").sort("duty_place")
    if left.is_empty():
        page.write_string(at + 1, 0, words.say("method.left_none"), styles["text_open"])
        at += 2
    else:
        title = words.say("method.left", n=left.height)
        at = _write_block(page, at + 1, title, _left_rows(left, tables.frame), styles)
    decided = _decision_rows(tables)
    if decided[1]:
        _write_block(page, at + 1, words.say("method.decisions"), decided, styles)
    set_print(page, words.say("round.method_sheet"), 0)


Block = tuple[Sequence[str], list[list[Any]]]


def _strata_rows(tables: RoundTables) -> Block:
    strata = round_text.list_strata(tables.frame)
    rows: list[list[Any]] = [
        [number, round_text.say_stratum(stratum), size, drawn, probability]
        for number, (stratum, size, drawn, probability) in enumerate(strata.iter_rows(), 1)
    ]
    return ("place", "stratum", "count_stratum", "count_drawn", "inclusion_probability"), rows


def _left_rows(left: pl.DataFrame, frame: pl.DataFrame) -> Block:
    said = left.with_columns(round_text.say_reasons(left, frame))
    shown = said.select("unit", "name", "town", "inclusion_probability", "last_inspected_on", "why")
    rows = [[words.say(f"unit.{unit}"), *rest] for unit, *rest in make_safe(shown).iter_rows()]
    return ("visited_kind", "name", "in_town", "inclusion_probability", "visited_on", "why"), rows


def _decision_rows(tables: RoundTables) -> Block:
    decided = tables.frame.filter(pl.col("decision").is_not_null()).sort("unit", "name")
    shown = decided.select(
        "unit", "name", "town", "decision", "inclusion_probability", "decision_reason"
    )
    rows = [
        [words.say(f"unit.{unit}"), name, town, words.say(f"decision.{decision}"), *rest]
        for unit, name, town, decision, *rest in make_safe(shown).iter_rows()
    ]
    header = (
        "visited_kind",
        "name",
        "in_town",
        "decision",
        "inclusion_probability",
        "decision_reason",
    )
    return header, rows


def _write_block(
    page: Worksheet, at: int, title: str, block: Block, styles: Mapping[str, Format]
) -> int:
    """Write a titled table below row ``at`` and return the row after it."""
    header, rows = block
    page.write_string(at, 0, title, styles["subtitle"])
    for place, name in enumerate(header):
        page.write_string(at + 1, place, words.column(name), styles["header"])
    for number, row in enumerate(rows, at + 2):
        height = 1
        for place, value in enumerate(row):
            if isinstance(value, date):
                page.write_datetime(number, place, value, styles["day"])
            elif isinstance(value, str):
                page.write_string(number, place, value, styles["text"])
                height = max(height, count_lines(value, METHOD_WIDTHS[place]))
            elif value is None:
                page.write_blank(number, place, None, styles["text"])
            else:
                style = styles["share" if isinstance(value, float) else "whole"]
                page.write_number(number, place, value, style)
        page.set_row(number, height * LINE_POINTS + 3)
    return at + 2 + len(rows)
