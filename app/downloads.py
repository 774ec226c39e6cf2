"""Files to take away: Excel and CSV of exactly what is shown.

Belongs here: file formats, print set-up, safety of cells that look like formulas.
Does not belong here: which rows and columns (tables.py, sql/).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

import polars as pl
import streamlit as st
import xlsxwriter

from app import tables, words
from app.published import Snapshot
from app.safe_cells import make_safe

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
_HEADER_ROW = 3
_WIDTHS = (8, 60)


@dataclass(frozen=True)
class Sheet:
    """What goes into a file: a relabelled frame, its title, and the lines that say what it is."""

    title: str
    notes: tuple[str, ...]
    frame: pl.DataFrame
    page_footer: str


def describe_sheet(
    title: str, filter_text: str, snapshot: Snapshot, prepared: pl.DataFrame
) -> Sheet:
    """Return the sheet of a prepared frame with its filter, data date and publication."""
    notes = (
        words.say("download.filter", filter=filter_text or words.say("all")),
        words.say("download.run", day=words.day(snapshot.as_of_on), run=snapshot.run_id),
    )
    return Sheet(title, notes, tables.relabel(prepared), words.say("download.page"))


def offer(
    name: str, make_sheet: Callable[[], Sheet], *, key: str, label: str | None = None
) -> None:
    """Show download buttons; the file is built on the click, not on every run of the page.

    With a ``label`` only the Excel button is shown, under that name.
    """
    code = words.language()

    def build(write: Callable[[Sheet], bytes]) -> bytes:
        words.choose_language(code)  # the click is served by another thread
        return write(make_sheet())

    st.download_button(
        label or words.say("download.excel"),
        lambda: build(write_excel),
        f"{name}.xlsx",
        EXCEL,
        key=f"{key}_xlsx",
        on_click="ignore",
    )
    if label is None:
        st.download_button(
            words.say("download.csv"),
            lambda: build(write_csv),
            f"{name}.csv",
            CSV,
            key=f"{key}_csv",
            on_click="ignore",
        )


def offer_bytes(file: str, make: Callable[[], bytes], label: str, *, key: str) -> None:
    """Show the button of one ready-made workbook; it is built on the click."""
    code = words.language()

    def build() -> bytes:
        words.choose_language(code)  # the click is served by another thread
        return make()

    st.download_button(label, build, file, EXCEL, key=key, on_click="ignore")


def write_csv(sheet: Sheet) -> bytes:
    """Return UTF-8 CSV with a byte-order mark (Excel reads it as Chinese), cells made safe."""
    return make_safe(sheet.frame).write_csv(include_bom=True).encode("utf-8")


def write_excel(sheet: Sheet) -> bytes:
    """Return a workbook: title, notes, frozen header with filter, ready to print on A4."""
    target = BytesIO()
    book = xlsxwriter.Workbook(
        target,
        {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "in_memory": True,
        },
    )
    page = book.add_worksheet()
    frame = make_safe(sheet.frame)
    page.write(0, 0, sheet.title, book.add_format({"bold": True, "font_size": 14}))
    note = book.add_format({"font_color": "#5B6770"})
    for number, text in enumerate(sheet.notes, 1):
        page.write_string(number, 0, text, note)
    _write_table(book, page, frame)
    page.freeze_panes(_HEADER_ROW + 1, 0)
    page.autofilter(_HEADER_ROW, 0, _HEADER_ROW + max(frame.height, 1), frame.width - 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(_HEADER_ROW)
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    page.set_footer(f"&L{sheet.title}&R{sheet.page_footer}")
    book.close()
    return target.getvalue()


def _write_table(
    book: xlsxwriter.Workbook, page: xlsxwriter.worksheet.Worksheet, frame: pl.DataFrame
) -> None:
    header = book.add_format(
        {"bold": True, "bg_color": "#E8EEF5", "bottom": 1, "text_wrap": True, "valign": "vcenter"}
    )
    for place, (name, kind) in enumerate(frame.schema.items()):
        style = book.add_format(_choose_format(kind))
        page.write_string(_HEADER_ROW, place, name, header)
        values = frame[name].to_list()
        page.write_column(_HEADER_ROW + 1, place, ["" if v is None else v for v in values], style)
        page.set_column(place, place, _measure_width(name, frame[name]))


def _choose_format(kind: pl.DataType) -> dict[str, str]:
    if kind == pl.Date:
        return {"num_format": "yyyy-mm-dd"}
    if kind == pl.Datetime:
        return {"num_format": "yyyy-mm-dd hh:mm"}
    if kind.is_float():
        return {"num_format": "#,##0.###"}
    return {"num_format": "#,##0"} if kind.is_integer() else {"valign": "top"}


def _measure_width(name: str, values: pl.Series) -> float:
    """Return a column width in characters; Chinese text is about twice as wide as its count."""
    texts = values.head(200).cast(pl.String).drop_nulls()
    widest = texts.str.len_bytes().max() if texts.len() else 0
    widest_text = int(widest or 0) * 0.75
    low, high = _WIDTHS
    return min(high, max(low, len(name) * 2 + 3, widest_text + 2))
