"""Read the sheets of a workbook (.xlsx, .xls) into grids of text.

Belongs here: cell types of workbooks and how each is written as text.
Does not belong here: which sheet is an export (recognise.py).
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import polars as pl
from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, load_workbook

from pipelines.ingest.grid import Grid, make_grid
from pipelines.ingest.open_bytes import broken_workbook, locked_workbook

#: From here on a double does not hold every whole number, and Excel shows 15 digits.
EXACT_BELOW = 1e15


def read_workbook_grids(payload: bytes, kind: str) -> list[Grid]:
    """Read every worksheet, hidden ones too; charts and macro sheets hold no rows.

    A number that is whole has no ".0"; a typed date at midnight is a date only; a truth value is
    TRUE or FALSE. Row 1 is the first row of the sheet even when it is empty.

    Raises
    ------
    Refused : ``unreadable`` for a damaged or password-protected workbook.
    """
    is_1904 = _counts_from_1904(payload, kind)
    try:
        workbook = load_workbook(io.BytesIO(payload))
        return [
            _read_sheet(workbook, sheet.name, is_1904)
            for sheet in workbook.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet
        ]
    except PasswordError as error:
        raise locked_workbook() from error
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # the reader's panics on damaged files are no Exception
        raise broken_workbook(f"{type(error).__name__}: {error}") from error


def _read_sheet(workbook: CalamineWorkbook, name: str, is_1904: bool) -> Grid:
    rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    texts, numeric = [], []
    for index, values in enumerate(zip(*rows, strict=True)):
        text, is_number = _write_column(f"c{index}", values)
        texts.append(text)
        if is_number is not None:
            numeric.append(is_number)
    return make_grid(name, range(1, len(rows) + 1), texts, numeric, is_1904)


def _write_column(name: str, values: Sequence[Any]) -> tuple[pl.Series, pl.Series | None]:
    """Return a column as text and, if it has any numeric cell, which cells were numbers."""
    kinds = list(map(type, values))
    met = set(kinds)
    if met <= {str}:
        return pl.Series(name, values, dtype=pl.String), None
    parts = [_only(values, kinds, (str,), pl.String)]
    numbers = None
    if met & {int, float}:
        numbers = _only(values, kinds, (int, float), pl.Float64)
        parts.append(_write_numbers(numbers))
    for kind, dtype, write in _WRITERS:
        if kind in met:
            parts.append(write(_only(values, kinds, (kind,), dtype)))
    for kind in met & {time, timedelta}:
        texts = [str(v) if k is kind else None for v, k in zip(values, kinds, strict=True)]
        parts.append(pl.Series(texts, dtype=pl.String))
    frame = pl.DataFrame([part.alias(str(i)) for i, part in enumerate(parts)])
    text = frame.select(pl.coalesce(pl.all()).alias(name)).to_series()
    return text, numbers.is_not_null().alias(name) if numbers is not None else None


def _only(values: Sequence[Any], kinds: list[type], wanted: tuple[type, ...], dtype: Any) -> Any:
    """Return a column that keeps the values of the wanted types, null elsewhere."""
    picked = [v if k in wanted else None for v, k in zip(values, kinds, strict=True)]
    return pl.Series(picked, dtype=dtype, strict=False)


def _write_numbers(numbers: pl.Series) -> pl.Series:
    """Write numbers as a person would: 90, 0.3, 913205821234568000."""
    number = pl.col("n")
    is_whole = (number == number.round()) & (number.abs() < EXACT_BELOW)
    slow = number.map_elements(_write_exactly, return_dtype=pl.String, skip_nulls=True)
    frame = pl.DataFrame({"n": numbers})
    plain = frame.select(
        pl.when(is_whole).then(number.cast(pl.Int64, strict=False).cast(pl.String))
    ).to_series()
    rest = frame.filter(plain.is_null() & numbers.is_not_null()).unique()
    if rest.is_empty():
        return plain
    written = rest.with_columns(slow.alias("text"))
    joined = frame.join(written, on="n", how="left", maintain_order="left")["text"]
    return plain.zip_with(plain.is_not_null(), joined)


def _write_exactly(number: float) -> str:
    return format(Decimal(repr(number)), "f")


def _write_instants(instants: pl.Series) -> pl.Series:
    rounded = instants.dt.round("1s")  # Excel keeps seconds as fractions of a day
    day, clock = rounded.dt.to_string("%Y-%m-%d"), rounded.dt.to_string("%Y-%m-%d %H:%M:%S")
    return day.zip_with(rounded.dt.time() == time(0), clock)


def _write_days(days: pl.Series) -> pl.Series:
    return days.dt.to_string("%Y-%m-%d")


def _write_truth(truths: pl.Series) -> pl.Series:
    return truths.cast(pl.String).str.to_uppercase()


_WRITERS: tuple[tuple[type, Any, Callable[[pl.Series], pl.Series]], ...] = (
    (datetime, pl.Datetime("us"), _write_instants),
    (date, pl.Date, _write_days),
    (bool, pl.Boolean, _write_truth),
)


def _counts_from_1904(payload: bytes, kind: str) -> bool:
    """Say whether serial day numbers of this workbook start in 1904 (exports.md 9.2)."""
    if kind == "xlsx":
        try:
            with zipfile.ZipFile(io.BytesIO(payload)) as archive:
                book = archive.read("xl/workbook.xml")
        except (zipfile.BadZipFile, KeyError, OSError) as error:
            raise broken_workbook(str(error)) from error
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
