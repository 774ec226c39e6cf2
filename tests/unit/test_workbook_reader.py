"""A workbook that ends its reader is refused, and the next one is read."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import pytest
import xlwt
from landing_fixture import tables_of

from pipelines.ingest.open_bytes import Refused
from pipelines.ingest.workbook_grid import read_workbook_grids
from pipelines.ingest.workbook_reader import WorkbookChild

HEADER = ("检查编号", "企业名称", "检查日期", "检查类型", "检查人员", "检查结果")
ROW = ("J1", "甲厂", "2026-10-05", "执法检查", "张某", "发现问题")


def workbook(rows: int) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet1")
    for r in range(rows + 1):
        for c, text in enumerate(ROW if r else HEADER):
            sheet.write(r, c, f"{text}{r}" if r and c == 0 else text)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def circular(whole: bytes) -> bytes:
    """Let the directory's chain of sectors run in a circle: its sector follows itself."""
    table, directory = (struct.unpack_from("<I", whole, at)[0] for at in (76, 48))
    entry = 512 * (table + 1) + 4 * directory
    return whole[:entry] + struct.pack("<I", directory) + whole[entry + 4 :]


def test_workbook_when_its_sectors_run_in_a_circle_then_its_reader_ends_and_the_next_is_read() -> (
    None
):
    whole = workbook(40)
    child = WorkbookChild(memory_bytes=1 << 29)
    kind, why = child.ask(circular(whole))
    assert kind == "broken"
    assert "memory" in why
    kind, sheets = child.ask(whole)
    assert kind == "sheets"
    assert [(name, len(rows)) for name, rows in sheets] == [("Sheet1", 41)]
    child.close()


def test_workbook_when_it_is_no_workbook_then_the_reader_says_why_and_lives() -> None:
    child = WorkbookChild()
    kind, why = child.ask(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert kind == "broken" and why
    assert child.ask(workbook(1))[0] == "sheets"
    child.close()
    assert child.ask(workbook(2))[0] == "sheets"  # a closed one is started anew
    child.close()


def test_workbook_when_a_part_of_it_cannot_be_inflated_then_it_is_refused(tmp_path: Path) -> None:
    """Damage inside the stream of xl/workbook.xml: neither zip nor XML, but deflate fails."""
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.add_worksheet("检查记录").write_row(0, 0, HEADER)
    whole = stream.getvalue()
    at = whole.index(b"xl/workbook.xml") + len(b"xl/workbook.xml")
    spoiled = whole[:at] + bytes([255]) * 40 + whole[at + 40 :]
    with pytest.raises(Refused) as caught:
        read_workbook_grids(spoiled, "xlsx")
    assert caught.value.code == "unreadable"
    assert tables_of(tmp_path, spoiled, "检查记录.xlsx")["files"]["refused_code"][0] == "unreadable"
