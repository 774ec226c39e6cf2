"""Measured values whose unit or range stands in the cell: 25%LEL, 0-100.

Belongs here: parting such cells before they are typed. Source: exports.md 3 (devices, readings).
Does not belong here: units that are a factor of the stored unit (cells/numbers.py).
"""

from __future__ import annotations

import re
from dataclasses import replace

import polars as pl

from pipelines.contracts.contract import Column, Feed
from pipelines.ingest.cells.text import fold_text, repeat
from pipelines.ingest.gather_cells import Gathered

_RANGE = r"^\s*(?P<low>[+-]?[\d.]+)\s*(?:-|~|—+|–|至|到)\s*(?P<high>[+-]?[\d.]+.*)$"


def split_measures(gathered: dict[str, Gathered], feed: Feed) -> dict[str, Gathered]:
    """Return the columns with ranges and units taken out of the cells that hold them.

    A range fills the lower end only where its own cell is empty. The unit of a value comes from
    the value's cell, else the unit's own cell, else the header; never from the value's size.
    """
    parted = dict(gathered)
    for column in feed.columns.values():
        if column.name in parted and column.low_column is not None:
            parted |= _split_range(parted, column.name, column.low_column)
    for column in feed.columns.values():
        if column.name in parted and column.unit_column is not None:
            parted |= _split_unit(parted, column, feed.columns[column.unit_column])
    return parted


def _split_range(gathered: dict[str, Gathered], high: str, low: str) -> dict[str, Gathered]:
    cell = gathered[high]
    parts = fold_text(cell.texts).str.extract_groups(_RANGE).struct.unnest()
    is_range = parts["low"].is_not_null()
    if not is_range.any():
        return {}
    own = gathered.get(low)
    lows = (
        parts["low"] if own is None else own.texts.zip_with(own.texts.is_not_null(), parts["low"])
    )
    raw = cell.raw if own is None else own.raw
    return {
        high: replace(cell, texts=parts["high"].zip_with(is_range, cell.texts)),
        low: replace(own or cell, texts=lows, raw=raw),
    }


def _split_unit(gathered: dict[str, Gathered], column: Column, unit: Column) -> dict[str, Gathered]:
    cell = gathered[column.name]
    words = {word.lower(): stored for word, stored in unit.words.items()}
    pattern = "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))
    folded = fold_text(cell.texts).str.to_lowercase()
    found = folded.str.extract(rf"^[^a-z]*?\d[\d.,]*(?:e[+-]?\d+)?({pattern})$")
    is_in_cell = found.is_not_null()
    bare = folded.str.replace(rf"({pattern})$", "")
    own = gathered.get(unit.name)
    units = found.replace_strict(words, default=None, return_dtype=pl.String)
    if own is not None:
        units = units.zip_with(is_in_cell, own.texts)
    header = words.get(cell.unit.lower())
    if header is not None:
        units = units.zip_with(units.is_not_null(), repeat(header, len(units), pl.String()))
    if units.null_count() == len(units) and own is None:
        return {}
    return {
        column.name: replace(cell, texts=bare.zip_with(is_in_cell, cell.texts)),
        unit.name: replace(own or cell, texts=units, raw=own.raw if own else units),
    }
