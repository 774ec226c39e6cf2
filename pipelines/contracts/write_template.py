"""The blank workbook of an export: what a clerk fills so that every cell is understood.

Belongs here: sheets, formats and drop-down lists made from a contract.
Does not belong here: the words (column_words.py), reading a filled workbook (ingest).
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import date, datetime

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from pipelines.contracts.column_words import (
    LANGUAGES,
    allowed_words,
    by_header,
    say_allowed,
    say_rejections,
    say_type,
    say_unit,
)
from pipelines.contracts.contract import Contract
from pipelines.contracts.template_columns import TemplateColumn, template_columns
from pipelines.contracts.template_words import HINTS, WORDS

#: Rows below the header that carry lists and formats.
ROWS_READY = 5000
LEAST_WIDTH = 12
#: Columns that may hold several words of their list: the list warns there, it does not stop.
MIXED_WORDS = ("fire_class",)
LAST_DAY = date(2099, 12, 31)
FIRST_DAY = date(1949, 10, 1)
#: Written instead of the present moment, so that equal contracts give equal bytes.
CLOCK = datetime(2026, 1, 1)
_FORMATS = {"date": "yyyy-mm-dd", "datetime": "yyyy-mm-dd hh:mm", "month": "yyyy-mm",
            "int": "0", "money": "0.00", "area": "0.00", "number": "General",
            "lon": "0.000000", "lat": "0.000000"}  # fmt: skip
_TEXT_FORMAT = "@"
#: Widths of the columns of 填写说明 in characters, and the height of one line in points.
_NOTE_WIDTHS = (34, 18, 26, 26, 48, 72)
LINE_POINTS = 16


class UnknownExport(ValueError):
    """No contract has the name that was asked for."""


def write_template(contract: Contract) -> bytes:
    """Return the blank workbook (.xlsx) of a contract; equal contracts give equal bytes.

    Sheets: the table with one header row, 填写说明 (how to fill it), 字典 (lists, hidden).
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": contract.title, "created": CLOCK})
    columns = template_columns(contract)
    table = book.add_worksheet(_sheet_name(contract.title))
    notes = book.add_worksheet(_word("notes_sheet", contract))
    lists = book.add_worksheet(_word("list_sheet", contract))
    lists.hide()
    styles = _Styles(book)
    sources = _write_lists(lists, columns, _word("list_sheet", contract))
    _write_table(table, columns, sources, contract, styles)
    _write_notes(notes, columns, contract, styles)
    table.activate()
    book.close()
    return buffer.getvalue()


def find_contract(name: str, contracts: Mapping[str, Contract]) -> Contract:
    """Return the contract of that name.

    Raises
    ------
    UnknownExport : with the names there are.
    """
    if name not in contracts:
        known = ", ".join(contracts)
        raise UnknownExport(f"template: no export '{name}'. Expected one of {known}.")
    return contracts[name]


def template_name(contract: Contract) -> str:
    """Return the file name of a blank workbook."""
    return f"{_plain(contract.title)}_{_word('template', contract)}.xlsx"


class _Styles:
    """Cell formats of one workbook."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        head = {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1}
        self.plain = book.add_format({**head, "bg_color": "#E8EEF5"})
        self.marked = book.add_format({**head, "bg_color": "#FCE8D5"})
        self.title = book.add_format({"bold": True, "font_size": 14})
        line = {"text_wrap": True, "valign": "top", "bottom": 1, "bottom_color": "#C9D3DF"}
        self.wrapped = book.add_format(line)
        self.named = book.add_format({**line, "bold": True})
        self.bold = book.add_format({"bold": True})
        self.numbers = {
            kind: book.add_format({"num_format": kind}) for kind in {*_FORMATS.values(), "@"}
        }


def _write_lists(
    sheet: Worksheet, columns: tuple[TemplateColumn, ...], sheet_name: str
) -> dict[str, str]:
    """Write every list of words as a column; return header -> its range."""
    sources: dict[str, str] = {}
    with_words = [c for c in columns if c.column.words]
    for place, item in enumerate(with_words):
        words = allowed_words(item.column)
        sheet.write_string(0, place, f"「{item.name}」")
        sheet.write_column(1, place, words)
        letter = xlsxwriter.utility.xl_col_to_name(place)
        sources[item.header] = f"='{sheet_name}'!${letter}$2:${letter}${len(words) + 1}"
    return sources


def _write_table(
    sheet: Worksheet,
    columns: tuple[TemplateColumn, ...],
    sources: Mapping[str, str],
    contract: Contract,
    styles: _Styles,
) -> None:
    for place, item in enumerate(columns):
        style = styles.marked if item.mark else styles.plain
        sheet.write_string(0, place, item.header, style)
        sheet.write_comment(0, place, _comment(item, contract.language), {"x_scale": 2})
        kind = _FORMATS.get(item.column.type, _TEXT_FORMAT)
        sheet.set_column(place, place, max(LEAST_WIDTH, _width(item.header)), styles.numbers[kind])
        rule = _validation(item, sources, contract)
        if rule:
            sheet.data_validation(1, place, ROWS_READY, place, rule)
    sheet.set_row(0, 32)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(0)


def _validation(
    item: TemplateColumn, sources: Mapping[str, str], contract: Contract
) -> dict[str, object]:
    column = item.column
    if column.words:
        is_loose = column.name in MIXED_WORDS
        return {
            "validate": "list", "source": sources[item.header],
            "error_type": "warning" if is_loose else "stop",
            "error_message": _word("bad_list", contract),
        }  # fmt: skip
    if column.type in ("date", "datetime"):
        first = date.fromisoformat(column.floor) if column.floor else FIRST_DAY
        return {
            "validate": "date", "criteria": "between", "minimum": first, "maximum": LAST_DAY,
            "error_type": "warning", "error_message": _word("bad_date", contract),
        }  # fmt: skip
    return {}


def _write_notes(
    sheet: Worksheet, columns: tuple[TemplateColumn, ...], contract: Contract, styles: _Styles
) -> None:
    language = contract.language if contract.language in LANGUAGES else "en"
    sheet.write_string(0, 0, f"「{contract.title}」{_word('notes_sheet', contract)}", styles.title)
    row = 2
    hints = tuple(hint[LANGUAGES.index(language)] for hint in HINTS)
    refusals = [
        text
        for feed in contract.feeds.values()
        for text in say_rejections(feed, language, by_header)
    ]
    for key, lines in (("rules", hints), ("rejected", refusals)):
        sheet.write_string(row, 0, _word(key, contract), styles.bold)
        for number, line in enumerate(lines, start=1):
            sheet.write_string(row + number, 0, f"{number}. {line}")
        row += len(lines) + 2
    heads = ("column", "required", "type", "unit", "allowed", "others")
    for place, key in enumerate(heads):
        sheet.write_string(row, place, _word(key, contract), styles.plain)
    for number, item in enumerate(columns, start=row + 1):
        texts = _describe(item, contract)
        lines = max(-(-_width(t) // width) for t, width in zip(texts, _NOTE_WIDTHS, strict=True))
        sheet.set_row(number, LINE_POINTS * lines)
        for place, text in enumerate(texts):
            sheet.write_string(number, place, text, styles.wrapped if place else styles.named)
    for place, width in enumerate(_NOTE_WIDTHS):
        sheet.set_column(place, place, width)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _describe(item: TemplateColumn, contract: Contract) -> tuple[str, ...]:
    language = contract.language if contract.language in LANGUAGES else "en"
    column = item.column
    group = _word("group", contract).format(column.required)
    required = {"": "", "yes": _word("yes", contract)}.get(column.required, group)
    others = ("、" if language == "zh" else ", ").join(item.others)
    return (
        f"「{item.name}」", required, say_type(column, language),
        say_unit(column, language), say_allowed(column, item.columns, language, by_header), others,
    )  # fmt: skip


def _comment(item: TemplateColumn, language: str) -> str:
    language = language if language in LANGUAGES else "en"
    parts = (
        say_type(item.column, language), say_unit(item.column, language),
        say_allowed(item.column, item.columns, language, by_header),
    )  # fmt: skip
    return "\n".join(part for part in parts if part)


def _word(key: str, contract: Contract) -> str:
    return WORDS[key][0 if contract.language == "zh" else 1]


def _width(text: str) -> int:
    """Return the width of a text in characters, with room beside it; a Chinese one takes two."""
    return sum(1 if sign.isascii() else 2 for sign in text) + 3


def _sheet_name(title: str) -> str:
    return _plain(title)[:31]  # Excel takes no more


def _plain(title: str) -> str:
    """Return a title without what sheets and files may not be called."""
    return re.sub(r"[\[\]:*?/\\'<>|\"]", " ", title)
