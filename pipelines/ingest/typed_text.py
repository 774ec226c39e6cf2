"""Typed cells of workbooks and tables as the text a person would have written.

Belongs here: numbers, days, instants and truth values as text, a column at a time.
Does not belong here: opening files (workbook_grid.py, parquet_grid.py).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import polars as pl

#: From here on a double does not hold every whole number, and Excel shows 15 digits.
EXACT_BELOW = 1e15


def write_column(name: str, values: Sequence[Any]) -> tuple[pl.Series, pl.Series | None]:
    """Return a column as text and, if it has any numeric cell, which cells were numbers."""
    kinds = list(map(type, values))
    met = set(kinds)
    if met <= {str}:
        return pl.Series(name, values, dtype=pl.String), None
    parts = [_only(values, kinds, (str,), pl.String)]
    numbers = None
    if met & {int, float}:
        numbers = _only(values, kinds, (int, float), pl.Float64)
        parts.append(write_numbers(numbers))
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


def write_numbers(numbers: pl.Series) -> pl.Series:
    """Write Float64 numbers as a person would: 90, 0.3, 913205821234568000; NaN is null."""
    numbers = numbers.fill_nan(None)
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


def write_days(days: pl.Series) -> pl.Series:
    """Write days (Date or Datetime) as 2024-05-31."""
    return days.dt.to_string("%Y-%m-%d")


def write_truths(truths: pl.Series) -> pl.Series:
    """Write truth values as TRUE and FALSE."""
    return truths.cast(pl.String).str.to_uppercase()


_WRITERS: tuple[tuple[type, Any, Callable[[pl.Series], pl.Series]], ...] = (
    (datetime, pl.Datetime("us"), _write_instants),
    (date, pl.Date, write_days),
    (bool, pl.Boolean, write_truths),
)
