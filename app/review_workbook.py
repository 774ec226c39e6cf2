"""The review queue as a workbook that comes back: decisions are chosen from lists, keys are hidden.

Belongs here: layout, lists, protection, print set-up. Does not belong here: reading it back
(pipelines/review/import_book.py), sentences (words_review.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app import review_queue, words
from app.published import Snapshot
from app.review_queue import Queue
from app.round_styles import LINE_POINTS, count_lines, make_styles, set_print
from app.safe_cells import make_safe

HEADER_ROW, FIRST_ROW = 2, 3
ANSWERS = ("confirm", "refuse", "defer")
KEY = "item_key"
#: Columns of both sheets: name and width in characters; the key is hidden.
SUBJECTS = (
    (KEY, 14), ("item_kind", 12), ("subject", 6), ("left_name", 24), ("left_town", 10),
    ("left_code", 20), ("left_rank", 6), ("right_name", 24), ("right_town", 10),
    ("right_code", 20), ("right_rank", 6), ("grounds", 30), ("effect", 46),
    ("answer", 8), ("answer_reason", 22),
)  # fmt: skip
CODES = (
    (KEY, 14), ("export", 14), ("column_name", 14), ("word", 18), ("count_rows", 6),
    ("count_files", 6), ("file_name", 34), ("answer", 8), ("code", 14), ("answer_reason", 26),
)  # fmt: skip
INPUTS = ("answer", "code", "answer_reason")


def write_review(queue: Queue, snapshot: Snapshot) -> bytes:
    """Return the workbook of everything that waits, in the language in use."""
    target = BytesIO()
    book = xlsxwriter.Workbook(
        target,
        {
            "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
            "in_memory": True,
        },
    )  # fmt: skip
    book.set_properties({"created": snapshot.built_at.replace(tzinfo=None)})
    styles = make_styles(book)
    waiting = pl.col("state").is_in(["waiting", "deferred"])
    subjects = review_queue.say_subjects(queue.subjects.filter(waiting))
    codes = review_queue.say_codes(queue.codes.filter(waiting))
    page = book.add_worksheet(words.say("review.sheet_subjects"))
    second = book.add_worksheet(words.say("review.sheet_codes"))
    lists = book.add_worksheet(words.say("review.sheet_words"))
    note = words.say("download.run", day=words.day(snapshot.as_of_on), run=snapshot.run_id)
    _write_sheet(page, note, SUBJECTS, _say_columns(subjects), styles)
    _write_sheet(second, note, CODES, _say_columns(codes), styles)
    _write_lists(lists, page, second, queue, codes)
    for sheet in (page, second, lists):
        sheet.protect("", {"autofilter": True, "format_columns": True, "format_rows": True})
    book.close()
    return target.getvalue()


def header(name: str) -> str:
    """Return the header of a column of the workbook, in the language in use."""
    special = {KEY: "review.key", "answer": "review.answer", "code": "review.code"}
    return words.say(special[name]) if name in special else words.column(name)


def _say_columns(items: pl.DataFrame) -> pl.DataFrame:
    said = {"subject": words.term, "export": words.term, "column_name": words.field}
    return items.with_columns(
        pl.col(column).replace({c: speak(c) for c in items[column].drop_nulls().unique()})
        for column, speak in said.items()
        if column in items.columns
    )


def _write_sheet(
    page: Worksheet,
    note: str,
    columns: Sequence[tuple[str, int]],
    items: pl.DataFrame,
    styles: Mapping[str, Format],
) -> None:
    page.write_string(0, 0, "", styles["note"])  # the key's column is hidden: titles start beside
    page.write_string(0, 1, f"{words.say('review.title')} · {page.get_name()}", styles["title"])
    page.write_string(1, 1, f"{words.say('review.book_note')}  {note}", styles["note"])
    page.set_row(HEADER_ROW, 2 * LINE_POINTS + 4)
    for place, (name, width) in enumerate(columns):
        page.write_string(HEADER_ROW, place, header(name), styles["header"])
        page.set_column(place, place, width, None, {"hidden": True} if name == KEY else {})
    shown = make_safe(items.select(c for c, _ in columns if c in items.columns))
    for number, row in enumerate(shown.iter_rows(named=True), start=FIRST_ROW):
        _write_row(page, number, columns, row, styles)
    last = FIRST_ROW + max(shown.height, 1) - 1
    page.print_area(0, 1, last, len(columns) - 1)
    page.freeze_panes(FIRST_ROW, 4)
    page.autofilter(HEADER_ROW, 0, last, len(columns) - 1)
    set_print(page, words.say("review.title"), HEADER_ROW)


def _write_row(
    page: Worksheet,
    at: int,
    columns: Sequence[tuple[str, int]],
    row: Mapping[str, Any],
    styles: Mapping[str, Format],
) -> None:
    height = 1
    for place, (name, width) in enumerate(columns):
        value = row.get(name)
        if name in ("answer", "code") or (name in INPUTS and value is None):
            page.write_blank(at, place, None, styles["input"])
        elif value is None:
            page.write_blank(at, place, None, styles["text"])
        elif isinstance(value, str):
            page.write_string(at, place, value, styles["input" if name in INPUTS else "text"])
            height = max(height, count_lines(value, width))
        else:
            page.write_number(at, place, value, styles["whole"])
    page.set_row(at, height * LINE_POINTS + 4)


def _write_lists(
    lists: Worksheet, page: Worksheet, second: Worksheet, queue: Queue, codes: pl.DataFrame
) -> None:
    """Write the drop-down lists on a hidden sheet and point the input cells at them."""
    lists.write_column(0, 0, [words.say(f"review.{answer}") for answer in ANSWERS])
    answers = {"validate": "list", "source": f"='{lists.get_name()}'!$A$1:$A${len(ANSWERS)}"}
    names = [name for name, _ in SUBJECTS]
    place = names.index("answer")
    page.data_validation(
        FIRST_ROW, place, FIRST_ROW + max(queue.subjects.height, 1), place, answers
    )
    names = [name for name, _ in CODES]
    place = names.index("answer")
    second.data_validation(FIRST_ROW, place, FIRST_ROW + max(codes.height, 1), place, answers)
    for number, (key, choices) in enumerate(queue.choices.items(), start=1):
        lists.write_column(0, number, list(choices))
        column = xlsxwriter.utility.xl_col_to_name(number)
        source = f"='{lists.get_name()}'!${column}$1:${column}${len(choices)}"
        rows = [
            at
            for at, told in enumerate(codes.iter_rows(named=True), start=FIRST_ROW)
            if (told["export"], told["column_name"]) == key
        ]
        for at in rows:
            second.data_validation(
                at, names.index("code"), at, names.index("code"),
                {"validate": "list", "source": source},
            )  # fmt: skip
    lists.hide()
