"""The workbook of a round: the list to take along, how it was drawn, and the words to choose from.

Belongs here: layout, print set-up, input cells and their checks, protection.
Does not belong here: sentences (round_text.py), which rows (models_ml, sql/).

The same round gives the same bytes: the only times inside are days of the round itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO
from typing import Any

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app import round_text, words
from app.round_method_sheet import write_method
from app.round_styles import LINE_POINTS, count_lines, make_styles, set_print
from app.round_text import RoundTables
from app.safe_cells import make_safe
from app.words_rounds import VISIT_RESULTS

HEADER_ROW, FIRST_ROW = 2, 3
#: The least height of a line that is filled in by hand.
WRITING_POINTS = 21
FROZEN_COLUMNS = 4
#: Columns of the list: name, width in characters. The last one is the hidden key.
COLUMNS = (
    ("place", 5), ("part", 6), ("visited_kind", 6), ("name", 22), ("in_town", 12), ("address", 18),
    ("rank", 6), ("risk_score", 8), ("why", 44), ("inclusion_probability", 8),
    ("visited_on", 11), ("open_hazards", 8), ("done_on", 11), ("done_by", 10), ("outcome", 11),
    ("found_hazards", 8), ("remark", 16), ("subject_id", 18),
)  # fmt: skip
INPUTS = ("done_on", "done_by", "outcome", "found_hazards", "remark")
HIDDEN_KEY = "subject_id"


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
    styles = make_styles(book)
    page = book.add_worksheet(words.say("round.sheet"))
    method = book.add_worksheet(words.say("round.method_sheet"))
    dictionary = book.add_worksheet(words.say("round.dictionary"))
    listed = prepare_list(tables)
    _write_list(page, tables, listed, styles)
    _set_checks(page, tables.round, listed.height)
    set_print(page, words.say("round.sheet"), HEADER_ROW)
    write_method(method, tables, styles)
    dictionary.write_column(0, 0, [words.term(result) for result in VISIT_RESULTS])
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
        pl.col("hazards_open").alias("open_hazards"),
        pl.col("last_inspected_on").alias("visited_on"),
        pl.col("unit").alias("visited_kind"),
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
    page.write_string(1, 0, words.say("round.note", run=run), styles["note"])
    page.set_row(HEADER_ROW, 2 * LINE_POINTS + 4)
    for place, (name, width) in enumerate(COLUMNS):
        page.write_string(HEADER_ROW, place, words.column(name), styles["header"])
        hidden = {"hidden": True} if name == HIDDEN_KEY else {}
        page.set_column(place, place, width, None, hidden)
    for number, row in enumerate(listed.iter_rows(named=True)):
        _write_line(page, FIRST_ROW + number, row, styles)
    last = FIRST_ROW + max(listed.height, 1) - 1
    page.print_area(0, 0, last, len(COLUMNS) - 2)  # without the hidden key
    page.freeze_panes(FIRST_ROW, FROZEN_COLUMNS)
    page.autofilter(HEADER_ROW, 0, last, len(COLUMNS) - 1)


def _write_line(
    page: Worksheet, at: int, row: Mapping[str, Any], styles: Mapping[str, Format]
) -> None:
    part = row["part"]
    shown = {
        **row,
        "part": words.say(f"part.{part}"),
        "visited_kind": words.say(f"unit.{row['visited_kind']}"),
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
            height = max(height, count_lines(value, width))
        elif isinstance(value, date):
            page.write_datetime(
                at, place, datetime(value.year, value.month, value.day), styles["day"]
            )
        else:
            page.write_number(at, place, value, styles[_number_style(name, value)])
    page.set_row(at, max(height * LINE_POINTS + 3, WRITING_POINTS))


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
    source = f"='{words.say('round.dictionary')}'!$A$1:$A${len(VISIT_RESULTS)}"
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
