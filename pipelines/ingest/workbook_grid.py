"""Read the sheets of a workbook (.xlsx, .xls) into grids of text.

Belongs here: worksheets, passwords, the day a workbook counts from.
Does not belong here: how a typed cell is written (typed_text.py), which sheet is an export
(recognise.py).
"""

from __future__ import annotations

import io
import re
import struct
import zipfile

from pipelines.ingest.grid import Grid, make_grid
from pipelines.ingest.open_bytes import broken_workbook
from pipelines.ingest.typed_text import write_column
from pipelines.ingest.workbook_reader import Rows, read_sheets


def read_workbook_grids(payload: bytes, kind: str) -> list[Grid]:
    """Read every worksheet, hidden ones too; charts and macro sheets hold no rows.

    A number that is whole has no ".0"; a typed date at midnight is a date only; a truth value is
    TRUE or FALSE. Row 1 is the first row of the sheet even when it is empty.

    Raises
    ------
    Refused : ``unreadable`` for a damaged or password-protected workbook.
    """
    is_1904 = _counts_from_1904(payload, kind)
    return [_make_grid(name, rows, is_1904) for name, rows in read_sheets(payload)]


def _make_grid(name: str, rows: Rows, is_1904: bool) -> Grid:
    texts, numeric = [], []
    for index, values in enumerate(zip(*rows, strict=True)):
        text, is_number = write_column(f"c{index}", values)
        texts.append(text)
        if is_number is not None:
            numeric.append(is_number)
    return make_grid(name, range(1, len(rows) + 1), texts, numeric, is_1904)


def _counts_from_1904(payload: bytes, kind: str) -> bool:
    """Say whether serial day numbers of this workbook start in 1904 (exports.md 9.2)."""
    if kind == "xlsx":
        try:
            with zipfile.ZipFile(io.BytesIO(payload)) as archive:
                book = archive.read("xl/workbook.xml")
        except Exception as error:  # damage shows in many ways: zip, deflate, encryption, names
            raise broken_workbook(f"{type(error).__name__}: {error}") from error
        return re.search(rb'<workbookPr[^>]*\bdate1904="(?:1|true)"', book) is not None
    return _biff_counts_from_1904(payload)


def _biff_counts_from_1904(payload: bytes) -> bool:
    """Walk the records at the start of a BIFF8 stream up to DATEMODE (0x22)."""
    position = payload.find(b"\x09\x08\x10\x00\x00\x06\x05\x00")  # BOF of the workbook globals
    while 0 <= position <= len(payload) - 6:
        record, size = struct.unpack_from("<HH", payload, position)
        if record == 0x0022:
            return payload[position + 4] == 1
        if record == 0x000A:  # end of the globals
            return False
        position += 4 + size
    return False
