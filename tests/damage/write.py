"""A page as the bytes of any kind of file, and the number of the row each of its rows is in.

Belongs here: text, workbooks, web pages, JSON lines, Parquet, gzip, spoiled bytes.
Does not belong here: what stands on the page.
"""

from __future__ import annotations

import csv
import gzip
import html
import io
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import polars as pl
import xlsxwriter
import xlwt

from damage.clean import Cell, Page, Row

TEXT_KINDS = {"csv": ",", "tab": "\t", "semicolon": ";", "bar": "|"}
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16")
KINDS = (*TEXT_KINDS, "xlsx", "xls", "html", "jsonl", "parquet")
NOTES = ("一、本表由各镇街按期填报。", "二、面积按实际测量填写。")
RECORD_KINDS = ("jsonl", "parquet")
#: Kind of file as the lake names it.
LAKE_KINDS = {**dict.fromkeys(TEXT_KINDS, "csv"), "jsonl": "jsonl"}


@dataclass(frozen=True)
class Written:
    """Bytes, the physical number of each row of the page, and how many lines are of which kind."""

    raw: bytes
    numbers: list[int]
    dropped: dict[str, int]


@dataclass(frozen=True)
class Line:
    """One line of the sheet: its kind, its cells left to right, and the row it is."""

    kind: str
    cells: list[Any]
    row: Row | None = None


def lay_out(page: Page) -> list[Line]:
    """Return all lines from the top down; cells are texts or ``Cell``."""
    header = [head.text for head in page.heads]
    lines = [Line("title" if any(cells) else "blank", cells) for cells in page.above]
    if page.upper:
        lines.append(Line("header", [page.upper.get(head.key) for head in page.heads]))
    lines.append(Line("header", list(header)))
    if page.units is not None:
        lines.append(Line("unit", [page.units.get(head.key) for head in page.heads]))
    for place in range(len(page.rows) + 1):
        for at, kind, cells in page.between:
            if at == place:
                texts = [cells.get(head.key) for head in page.heads]
                lines.append(Line(kind, list(header) if kind == "repeated_header" else texts))
        if place < len(page.rows):
            row = page.rows[place]
            cells_of_row = [row.cells.get(head.key, Cell(None)) for head in page.heads]
            lines.append(Line("data", cells_of_row, row))
    return lines


def write_page(page: Page, kind: str, encoding: str = "utf-8", *, is_typed: bool = True) -> Written:
    """Return the page as a file; text cells everywhere unless `is_typed`."""
    lines = lay_out(page)
    if kind in RECORD_KINDS:
        return _write_records(page, lines, kind, is_typed=is_typed)
    numbers = list(range(1, len(lines) + 1))
    if kind in TEXT_KINDS:
        text, numbers = _write_text(lines, TEXT_KINDS[kind])
        raw = text.encode(encoding)
    elif kind == "html":
        raw = _write_html(lines, page.has_notes).encode(encoding)
    else:
        while lines[-1].kind == "blank":  # a workbook does not keep what is empty at its end
            lines.pop()
            numbers.pop()
        write = _write_xlsx if kind == "xlsx" else _write_xls
        raw = write(lines, is_typed, NOTES if page.has_notes else ())
    own = [n for line, n in zip(lines, numbers, strict=True) if line.kind == "data"]
    return Written(raw, own, _count(lines))


def zipped(written: Written) -> Written:
    """Return the same file inside gzip."""
    return Written(gzip.compress(written.raw, mtime=0), written.numbers, written.dropped)


def _count(lines: list[Line]) -> dict[str, int]:
    kinds = ("header", "title", "unit", "total", "footer", "repeated_header", "blank")
    return {kind: sum(line.kind == kind for line in lines) for kind in kinds}


def _text(cell: Any) -> str:
    return (cell.text if isinstance(cell, Cell) else cell) or ""


def _write_text(lines: list[Line], separator: str) -> tuple[str, list[int]]:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=separator, lineterminator="\r\n")
    numbers = []
    for line in lines:
        numbers.append(stream.getvalue().count("\n") + 1)
        writer.writerow([_text(cell) for cell in line.cells])
    return stream.getvalue(), numbers


def _write_html(lines: list[Line], has_notes: bool) -> str:
    rows = []
    for line in lines:
        tag = "th" if line.kind == "header" else "td"
        texts = (html.escape(_text(cell)).replace("\n", "<br>") for cell in line.cells)
        rows.append("<tr>" + "".join(f"<{tag}>{text}</{tag}>" for text in texts) + "</tr>")
    notes = "".join(f"<tr><td>{text}</td></tr>" for text in NOTES)
    notes = f"<table>{notes}</table>" if has_notes else ""
    meta = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'
    return f"<html><head>{meta}</head><body><table>{''.join(rows)}</table>{notes}</body></html>"


def _shown(cell: Any, is_typed: bool) -> Any:
    if isinstance(cell, Cell):
        return cell.typed if is_typed and cell.typed is not None else cell.text
    return cell


def _write_xlsx(lines: list[Line], is_typed: bool, notes: tuple[str, ...]) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    sheet = book.add_worksheet("Sheet1")
    for r, line in enumerate(lines):
        for c, cell in enumerate(line.cells):
            value = _shown(cell, is_typed)
            if isinstance(value, datetime):
                sheet.write_datetime(r, c, value, moment)
            elif isinstance(value, date):
                sheet.write_datetime(r, c, value, day)
            elif isinstance(value, int | float):
                sheet.write_number(r, c, value)
            elif value:
                sheet.write_string(r, c, value)
    if notes:
        book.add_worksheet("填表说明").write_column(0, 0, notes)
    book.close()
    return stream.getvalue()


def _write_xls(lines: list[Line], is_typed: bool, notes: tuple[str, ...]) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    moment = xlwt.easyxf(num_format_str="YYYY-MM-DD HH:MM:SS")
    sheet = book.add_sheet("Sheet1")
    for r, line in enumerate(lines):
        for c, cell in enumerate(line.cells):
            value = _shown(cell, is_typed)
            if isinstance(value, date):
                sheet.write(r, c, value, moment if isinstance(value, datetime) else day)
            elif value not in (None, ""):
                sheet.write(r, c, value)
    if notes:
        extra = book.add_sheet("填表说明")
        for r, text in enumerate(notes):
            extra.write(r, 0, text)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _write_records(page: Page, lines: list[Line], kind: str, *, is_typed: bool) -> Written:
    data = [line.cells for line in lines if line.kind == "data"]
    count = {**dict.fromkeys(_count([]), 0), "header": 1}
    if kind == "jsonl":
        texts = [_json_line(page, cells, is_typed) for cells in data]
        return Written("\n".join(texts).encode(), list(range(1, len(data) + 1)), count)
    columns = []
    for place, head in enumerate(page.heads):
        values = [_shown(cells[place], is_typed) for cells in data]
        kinds = {type(v) for v in values if v is not None}
        if len(kinds) > 1:  # a column of a table has one type
            values = [_text(cells[place]) for cells in data]
        columns.append(pl.Series(head.text, values))
    stream = io.BytesIO()
    pl.DataFrame(columns).write_parquet(stream)
    return Written(stream.getvalue(), list(range(2, len(data) + 2)), count)


def _json_line(page: Page, cells: list[Cell], is_typed: bool) -> str:
    """Return one object; written by hand, so that a key may come twice."""
    parts = []
    for head, cell in zip(page.heads, cells, strict=True):
        value = _shown(cell, is_typed)
        value = value.isoformat() if isinstance(value, date) else value
        if value is not None:
            parts.append(f"{json.dumps(head.text)}: {json.dumps(value, ensure_ascii=False)}")
    return "{" + ", ".join(parts) + "}"
