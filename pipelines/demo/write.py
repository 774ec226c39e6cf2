"""Pages into bytes, the same bytes every time.

Belongs here: text encodings, gzip, xlsx, BIFF .xls, Parquet and JSON lines, all clocks stopped.
Does not belong here: what stands in the pages, web pages (write_html.py).
"""

from __future__ import annotations

import csv
import gzip
import io
import json
from datetime import date, datetime

import polars as pl
import xlsxwriter
import xlwt

from pipelines.demo.pages import Export, Page, lay_out, spell
from pipelines.demo.write_html import write_html

#: Written into workbooks instead of the present moment.
CLOCK = datetime(2025, 11, 1, 8, 0, 0)
NOTES = ("填表说明", ["一、本表由各镇街按期填报。", "二、面积按实际测量填写。"])


def write_bytes(export: Export) -> bytes:
    """The bytes of one file; equal input gives equal bytes."""
    if export.kind == "xlsx":
        return _write_xlsx(export)
    if export.kind == "xls":
        return _write_xls(export)
    if export.kind == "parquet":
        return _write_parquet(export.pages[0])
    if export.kind == "jsonl":
        return _write_lines(export.pages[0]).encode(export.encoding)
    if export.kind == "html":
        return write_html(export.pages[0], export.encoding)
    separator = "\t" if export.kind == "tsv" else ","
    text = _write_text(export.pages[0], separator)
    data = text.encode(export.encoding)
    return gzip.compress(data, mtime=0) if export.kind == "gz" else data


def _write_text(page: Page, separator: str) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=separator, lineterminator="\r\n")
    lines, _ = lay_out(page)
    writer.writerows([[spell(cell) for cell in line] for line in lines])
    return buffer.getvalue()


def _write_parquet(page: Page) -> bytes:
    """A typed table; every column must hold cells of one type."""
    columns = zip(*[row.cells for row in page.rows], strict=True)
    frame = pl.DataFrame(
        [
            pl.Series(column.header, list(cells))
            for column, cells in zip(page.columns, columns, strict=True)
        ]
    )
    buffer = io.BytesIO()
    frame.write_parquet(buffer, compression="zstd", statistics=False)
    return buffer.getvalue()


def _write_lines(page: Page) -> str:
    """One object a line; an empty cell is null."""
    headers = [column.header for column in page.columns]
    return "".join(
        json.dumps(
            {
                header: cell if isinstance(cell, (int, float)) else spell(cell) or None
                for header, cell in zip(headers, row.cells, strict=True)
            },
            ensure_ascii=False,
        )
        + "\n"
        for row in page.rows
    )


def _write_xlsx(export: Export) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_numbers": False})
    book.set_properties({"created": CLOCK, "author": "", "company": ""})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    title = book.add_format({"bold": True, "align": "center"})
    for number, page in enumerate(export.pages, start=1):
        sheet = book.add_worksheet(page.sheet or f"Sheet{number}")
        lines, _ = lay_out(page)
        if page.above and len(page.columns) > 1:
            sheet.merge_range(0, 0, 0, len(page.columns) - 1, "", title)
        for place, line in enumerate(lines):
            for column, cell in enumerate(line):
                if isinstance(cell, datetime):
                    sheet.write_datetime(place, column, cell, moment)
                elif isinstance(cell, date):
                    sheet.write_datetime(place, column, cell, day)
                elif isinstance(cell, (int, float)):
                    sheet.write_number(place, column, cell)
                elif cell:
                    sheet.write_string(place, column, cell)
    if export.notes_sheet:
        sheet = book.add_worksheet(NOTES[0])
        sheet.write_column(0, 0, NOTES[1])
    book.close()
    return buffer.getvalue()


def _write_xls(export: Export) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    moment = xlwt.easyxf(num_format_str="YYYY-MM-DD HH:MM")
    for number, page in enumerate(export.pages, start=1):
        sheet = book.add_sheet(page.sheet or f"Sheet{number}")
        lines, _ = lay_out(page)
        for place, line in enumerate(lines):
            for column, cell in enumerate(line):
                if isinstance(cell, datetime):
                    sheet.write(place, column, cell, moment)
                elif isinstance(cell, date):
                    sheet.write(place, column, cell, day)
                elif cell not in (None, ""):
                    sheet.write(place, column, cell)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
