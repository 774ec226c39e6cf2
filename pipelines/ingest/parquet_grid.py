"""Read a Parquet table into a grid of text.

Belongs here: which typed columns there are and how each is written as text.
Does not belong here: delimited text and workbooks (text_grid.py, workbook_grid.py).
"""

from __future__ import annotations

import io

import polars as pl

from pipelines.ingest.grid import Grid, make_grid
from pipelines.ingest.open_bytes import Refused
from pipelines.ingest.typed_text import write_days, write_numbers, write_truths


def read_parquet_grid(payload: bytes) -> Grid:
    """Read a table; row 1 is its column names, so its first record is row 2.

    A column of instants that all lie at midnight holds days: no clock is written. Instants with a
    zone are written in UTC with a Z. Lists and structs are kept as JSON text.

    Raises
    ------
    Refused : ``unreadable`` for a damaged or encrypted table.
    """
    try:
        frame = pl.read_parquet(io.BytesIO(payload), use_pyarrow=False)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic of the reader is no Exception
        why = str(error).split("\n")[0]
        raise Refused(
            "unreadable",
            f"The Parquet table is damaged, cut off or encrypted ({why}). Nothing of it was "
            "loaded. Export it again, without a password.",
        ) from error
    texts, numeric = [], []
    for index, column in enumerate(frame.get_columns()):
        name = f"c{index}"
        header = pl.Series(name, [column.name], dtype=pl.String)
        texts.append(header.append(_write(column).cast(pl.String)))
        if column.dtype.is_numeric():
            is_number = pl.Series(name, [False]).append(_write(column).is_not_null())
            numeric.append(is_number)
    return make_grid("", range(1, frame.height + 2), texts, numeric)


def _write(column: pl.Series) -> pl.Series:
    """Return a typed column as text."""
    kind = column.dtype
    if kind == pl.Float64:
        return write_numbers(column)
    if kind.is_float():  # shortest text of the narrower number: 0.1, not 0.10000000149
        return column.fill_nan(None).cast(pl.String)
    if isinstance(kind, pl.Decimal):
        return column.cast(pl.String).str.replace(r"(\.\d*?)0+$", "$1").str.strip_chars_end(".")
    if isinstance(kind, pl.Datetime):
        return _write_instants(column)
    if kind == pl.Date:
        return write_days(column)
    if kind == pl.Boolean:
        return write_truths(column)
    if kind == pl.Binary:
        return column.cast(pl.String, strict=False)
    if kind == pl.Duration:
        return pl.Series([None if v is None else str(v) for v in column], dtype=pl.String)
    if kind.is_nested():
        boxed = pl.select(pl.struct(pl.lit(column).alias("v")).struct.json_encode()).to_series()
        inner = boxed.str.strip_prefix('{"v":').str.strip_suffix("}")
        return inner.set(column.is_null(), None)
    return column.cast(pl.String)


def _write_instants(column: pl.Series) -> pl.Series:
    if column.dtype.time_zone is not None:  # type: ignore[attr-defined]
        return column.dt.convert_time_zone("UTC").dt.to_string("%Y-%m-%d %H:%M:%SZ")
    at_midnight = (column.dt.truncate("1d") == column).drop_nulls()
    return write_days(column) if at_midnight.all() else column.dt.to_string("%Y-%m-%d %H:%M:%S")
