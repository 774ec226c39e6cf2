"""Cells kept as they were written, masked: extra columns, rejected rows, raw values of issues.

Belongs here: header → text as JSON, and the masks of text that never got a type.
Does not belong here: masks of typed columns (type_column.py).
"""

from __future__ import annotations

import json
from collections.abc import Mapping

import polars as pl

from pipelines.contracts.contract import PERSONAL_TYPES, Feed
from pipelines.ingest.cells.text import repeat
from pipelines.ingest.personal import (
    MAYBE_PERSONS,
    Tokens,
    is_person_header,
    mask_lessors,
    mask_people,
    mask_person_lists,
    scrub,
)
from pipelines.ingest.sheets import Sheet


def mask_raw(
    texts: pl.Series,
    feed: Feed,
    column: str | None,
    tokens: Tokens,
    header: str = "",
    kinds: Mapping[str, pl.Series] | None = None,
) -> pl.Series:
    """Return raw cells of one column with everything personal masked.

    `column` None = a column no contract knows: its header says whether it holds names.
    `kinds`: column of ``MAYBE_PERSONS`` -> what the rows say it names; None = not known here.
    """
    kind = feed.columns[column].type if column in feed.columns else None
    if kind in PERSONAL_TYPES:
        return mask_people(texts, kind, tokens)[0]
    if kind == "list" and feed.columns[column].personal_list:
        return mask_person_lists(texts, tokens)[0]
    if column in MAYBE_PERSONS:
        unknown = repeat(None, len(texts), pl.String())
        return scrub(mask_lessors(texts, (kinds or {}).get(column, unknown), tokens)[0])
    if column is None and is_person_header(header):
        return mask_people(texts, "person", tokens)[0]
    return scrub(texts)


def extra_json(sheet: Sheet, feed: Feed, tokens: Tokens) -> pl.Series:
    """Return the extra columns of each row as JSON, null when all are empty.

    A column another feed of the contract takes is no extra one.
    """
    cells = [(m.cell, m.header, None) for m in sheet.mapping if m.column is None]
    return _json(sheet.cells, cells, feed, tokens)


def whole_json(
    sheet: Sheet,
    rows: pl.DataFrame,
    feed: Feed,
    tokens: Tokens,
    kinds: Mapping[str, pl.Series],
) -> pl.Series:
    """Return all cells of `rows` (rows of ``sheet.cells``) as JSON, masked."""
    columns: dict[str, tuple[str, str, str | None]] = {}
    headers: dict[str, int] = {}
    for mapped in sheet.mapping:
        # The strictest reading of a cell counts where feeds read it differently.
        known = columns.get(mapped.cell)
        if known is not None and not _is_personal(feed, mapped.column):
            continue
        header = known[1] if known else _distinct(mapped.header, headers)
        columns[mapped.cell] = (mapped.cell, header, mapped.column)
    whole = _json(rows, list(columns.values()), feed, tokens, kinds)
    return whole.fill_null("{}")


def _is_personal(feed: Feed, column: str | None) -> bool:
    if column not in feed.columns:
        return False
    kind = feed.columns[column]
    return kind.type in PERSONAL_TYPES or kind.personal_list or column in MAYBE_PERSONS


def _distinct(header: str, met: dict[str, int]) -> str:
    met[header] = met.get(header, 0) + 1
    return header if met[header] == 1 else f"{header} ({met[header]})"


def _json(
    rows: pl.DataFrame,
    cells: list[tuple[str, str, str | None]],
    feed: Feed,
    tokens: Tokens,
    kinds: Mapping[str, pl.Series] | None = None,
) -> pl.Series:
    parts = [
        _pair(header, mask_raw(rows[cell], feed, column, tokens, header, kinds))
        for cell, header, column in cells
    ]
    if not parts:
        return repeat(None, rows.height, pl.String())
    inner = pl.concat_str(parts, separator=",", ignore_nulls=True)
    return pl.select(pl.when(inner != "").then(pl.lit("{") + inner + pl.lit("}"))).to_series()


def _pair(header: str, texts: pl.Series) -> pl.Series:
    forms = {text: json.dumps(text, ensure_ascii=False) for text in texts.drop_nulls().unique()}
    if not forms:
        return texts.cast(pl.String)
    quoted = texts.replace_strict(forms, default=None, return_dtype=pl.String)
    return json.dumps(header, ensure_ascii=False) + ":" + quoted
