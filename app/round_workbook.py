"""The workbook of a round: the list to take along, how it was drawn, and the words to choose from.

Belongs here: layout, print set-up, input cells and their checks, protection.
Does not belong here: sentences (round_text.py), which rows (models_ml, sql/).

The same round gives the same bytes: the only times inside are days of the round itself.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app import round_text, words
from app.safe_cells import make_safe

RESULTS = ("未发现问题", "发现问题", "拒绝检查", "未开门")
HEADER_ROW, FIRST_ROW = 2, 3
FROZEN_COLUMNS = 4
A4 = 9
LINE_POINTS = 13.5
#: Columns of the list: name, width in characters. The last one is the hidden key.
COLUMNS = (
    ("place", 5), ("part", 6), ("unit", 6), ("name", 22), ("in_town", 12), ("address", 18),
    ("rank", 6), ("risk_score", 8), ("why", 38), ("inclusion_probability", 8),
    ("visited_on", 11), ("hazards_open", 7), ("done_on", 11), ("done_by", 10), ("outcome", 11),
    ("found_hazards", 7), ("remark", 16), ("subject_id", 18),
)  # fmt: skip
INPUTS = ("done_on", "done_by", "outcome", "found_hazards", "remark")
HIDDEN_KEY = "subject_id"
PART_COLOURS = {"duty": "#F8D7DA", "key": "#FFE8CC", "random": "#DCEBF7"}
METHOD_WIDTHS = (10, 34, 14, 60, 12)


@dataclass(frozen=True)
class RoundTables:
    """One round as its marts hold it: the round, its lines, every member of the cohort."""

    round: Mapping[str, Any]
    lines: pl.DataFrame
    frame: pl.DataFrame


def write_round(tables: RoundTables) -> bytes:
    """Return the workbook of a round, in the language in use."""
    target = BytesIO()
    book = xlsxwriter.Workbook(
        target,
        {
            "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
            "in_memory": True,
        },
    )  # fmt: skip
    begins: date = tables.round["begins_on"]
    book.set_properties({"created": datetime(begins.year, begins.month, begins.day)})
    styles = _make_styles(book)
    page = book.add_worksheet(words.say("round.sheet"))
    method = book.add_worksheet(words.say("round.method_sheet"))
    dictionary = book.add_worksheet(words.say("round.dictionary"))
    listed = prepare_list(tables)
    _write_list(page, tables, listed, styles)
    _set_checks(page, tables.round, listed.height)
    _set_print(page, words.say("round.sheet"))
    _write_method(method, tables, styles)
    dictionary.write_column(0, 0, [words.term(result) for result in RESULTS])
    dictionary.hide()
    for sheet in (page, method, dictionary):
        sheet.protect("", {"autofilter": True, "format_columns": True, "format_rows": True})
    page.activate()
    book.close()
    return target.getvalue()


def prepare_list(tables: RoundTables) -> pl.DataFrame:
    """Return the lines in the round, in order, as they are shown: words, days, figures."""
    lines = tables.lines.filter(pl.col("part") != "left").sort("place")
    said = lines.with_columns(
        round_text.say_reasons(lines, tables.frame),
        pl.col("town").alias("in_town"),
        pl.col("score").alias("risk_score"),
        pl.col("last_inspected_on").alias("visited_on"),
        pl.concat_str("park_name", "address", separator=" ", ignore_nulls=True).alias("address"),
        *(pl.lit(None, pl.String).alias(name) for name in INPUTS),
    )
    # names are text from files: none may run as a formula (exports.md 9.1)
    return make_safe(said.select(name for name, _ in COLUMNS))


def _write_list(
    page: Worksheet, tables: RoundTables, listed: pl.DataFrame, styles: Mapping[str, Format]
) -> None:
    facts = tables.round
    heading = words.say("round.heading", district=facts["district_name"])
    days = {"begins": facts["begins_on"], "ends": facts["ends_on"]}
    page.write_string(
        0, 0, words.say("round.heading_days", heading=heading, **days), styles["title"]
    )
    run = words.say(
        "round.run", round=facts["round_id"], day=facts["as_of_on"],
        park=facts["park_run_id"] or words.MISSING,
        enterprise=facts["enterprise_run_id"] or words.MISSING,
    )  # fmt: skip
    page.write_string(1, 0, f"{run}　{words.say('round.fill')}", styles["note"])
    page.set_row(HEADER_ROW, 2 * LINE_POINTS + 4)
    for place, (name, width) in enumerate(COLUMNS):
        page.write_string(HEADER_ROW, place, words.column(name), styles["header"])
        hidden = {"hidden": True} if name == HIDDEN_KEY else {}
        page.set_column(place, place, width, None, hidden)
    for number, row in enumerate(listed.iter_rows(named=True)):
        _write_line(page, FIRST_ROW + number, row, styles)
    last = FIRST_ROW + max(listed.height, 1) - 1
    page.freeze_panes(FIRST_ROW, FROZEN_COLUMNS)
    page.autofilter(HEADER_ROW, 0, last, len(COLUMNS) - 1)


def _write_line(
    page: Worksheet, at: int, row: Mapping[str, Any], styles: Mapping[str, Format]
) -> None:
    part = row["part"]
    shown = {
        **row,
        "part": words.say(f"part.{part}"),
        "unit": words.say(f"unit.{row['unit']}"),
    }
    height = 1
    for place, (name, width) in enumerate(COLUMNS):
        value = shown[name]
        if name in INPUTS:
            page.write_blank(at, place, None, styles["day_in" if name == "done_on" else "input"])
        elif value is None:
            page.write_blank(at, place, None, styles["text"])
        elif isinstance(value, str):
            page.write_string(
                at, place, value, styles.get(f"part_{part}") if name == "part" else styles["text"]
            )
            height = max(height, _count_lines(value, width))
        elif isinstance(value, date):
            page.write_datetime(
                at, place, datetime(value.year, value.month, value.day), styles["day"]
            )
        else:
            page.write_number(at, place, value, styles[_number_style(name, value)])
    page.set_row(at, height * LINE_POINTS + 3)


def _number_style(name: str, value: float) -> str:
    if name == "inclusion_probability":
        return "share"
    return "score" if name == "risk_score" and value != int(value) else "whole"


def _set_checks(page: Worksheet, facts: Mapping[str, Any], count: int) -> None:
    last = FIRST_ROW + max(count, 1) - 1
    at = {name: place for place, (name, _) in enumerate(COLUMNS)}
    begins, ends = facts["begins_on"], facts["ends_on"]
    page.data_validation(
        FIRST_ROW, at["done_on"], last, at["done_on"],
        {
            "validate": "date", "criteria": "between", "minimum": begins, "maximum": ends,
            "error_title": words.say("round.date_title"),
            "error_message": words.say("round.date_error", begins=begins, ends=ends),
        },
    )  # fmt: skip
    source = f"='{words.say('round.dictionary')}'!$A$1:$A${len(RESULTS)}"
    page.data_validation(
        FIRST_ROW, at["outcome"], last, at["outcome"],
        {
            "validate": "list", "source": source,
            "error_message": words.say("round.result_error"),
        },
    )  # fmt: skip
    page.data_validation(
        FIRST_ROW, at["found_hazards"], last, at["found_hazards"],
        {
            "validate": "integer", "criteria": ">=", "value": 0,
            "error_message": words.say("round.count_error"),
        },
    )  # fmt: skip


def _set_print(page: Worksheet, title: str) -> None:
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0, HEADER_ROW)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.set_footer(f"&L{title}&R{words.say('download.page')}")


def _write_method(page: Worksheet, tables: RoundTables, styles: Mapping[str, Format]) -> None:
    for place, width in enumerate(METHOD_WIDTHS):
        page.set_column(place, place, width)
    page.write_string(0, 0, words.say("method.title"), styles["title"])
    at = 1
    for sentence in round_text.say_method(tables.round, tables.frame):
        page.merge_range(at, 0, at, len(METHOD_WIDTHS) - 1, "", styles["text_open"])
        page.write_string(at, 0, sentence, styles["text_open"])
        page.set_row(at, _count_lines(sentence, sum(METHOD_WIDTHS)) * LINE_POINTS + 3)
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
    _set_print(page, words.say("round.method_sheet"))
    page.repeat_rows(0, 0)


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
    rows = [
        [words.say(f"unit.{unit}"), name, town, why, probability]
        for unit, name, town, why, probability in make_safe(
            said.select("unit", "name", "town", "why", "inclusion_probability")
        ).iter_rows()
    ]
    return ("unit", "name", "in_town", "why", "inclusion_probability"), rows


def _decision_rows(tables: RoundTables) -> Block:
    decided = tables.frame.filter(pl.col("decision").is_not_null()).sort("unit", "name")
    rows = [
        [words.say(f"unit.{unit}"), name, words.say(f"decision.{decision}"), reason, None]
        for unit, name, decision, reason in make_safe(
            decided.select("unit", "name", "decision", "decision_reason")
        ).iter_rows()
    ]
    return ("unit", "name", "decision", "decision_reason"), rows


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
        for place, value in enumerate(row[: len(header)]):
            if isinstance(value, str):
                page.write_string(number, place, value, styles["text"])
                height = max(height, _count_lines(value, METHOD_WIDTHS[place]))
            elif value is None:
                page.write_blank(number, place, None, styles["text"])
            else:
                style = styles["share" if isinstance(value, float) else "whole"]
                page.write_number(number, place, value, style)
        page.set_row(number, height * LINE_POINTS + 3)
    return at + 2 + len(rows)


def _count_lines(text: str, width: float) -> int:
    """Lines a text needs in a column: a Chinese character is as wide as two."""
    wide = sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)
    return max(1, math.ceil(wide / (width - 1)))


def _make_styles(book: xlsxwriter.Workbook) -> dict[str, Format]:
    cell = {"border": 1, "border_color": "#B8C2CC", "valign": "vcenter", "font_size": 10}
    wrapped = {**cell, "text_wrap": True}
    fill = {**wrapped, "bg_color": "#FFF6CC", "locked": False}
    kinds: dict[str, dict[str, Any]] = {
        "title": {"bold": True, "font_size": 16},
        "subtitle": {"bold": True, "font_size": 12},
        "note": {"font_color": "#5B6770", "font_size": 10},
        "header": {**wrapped, "bold": True, "bg_color": "#E8EEF5", "align": "center"},
        "text": wrapped,
        "text_open": {"text_wrap": True, "valign": "vcenter", "font_size": 10},
        "whole": {**cell, "num_format": "#,##0"},
        "score": {**cell, "num_format": "0.000"},
        "share": {**cell, "num_format": "0.0%"},
        "day": {**cell, "num_format": "yyyy-mm-dd"},
        "input": fill,
        "day_in": {**fill, "num_format": "yyyy-mm-dd"},
        **{
            f"part_{part}": {**cell, "bg_color": colour, "align": "center"}
            for part, colour in PART_COLOURS.items()
        },
    }
    return {name: book.add_format(kind) for name, kind in kinds.items()}
