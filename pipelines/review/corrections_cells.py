"""The cells of one row of the 纠错清单, under the headers of its export.

Belongs here: which cells go out, under which header, and what is masked for whom.
Does not belong here: which rows (corrections.py), layout (corrections_book.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from pipelines.contracts.contract import PERSONAL_TYPES, Contract, Feed
from pipelines.ingest.landing_settings import LandingSettings
from pipelines.ingest.personal import (
    MAYBE_PERSONS,
    is_person_header,
    looks_personal,
    mask_name,
    split_list,
)
from pipelines.ingest.sheets import Landed, MappedColumn, Sheet
from pipelines.ingest.whole_rows import mask_raw
from pipelines.review.wanted import group_columns

#: Knowledge times of the old file: the corrected one has a day of its own.
LEFT_OUT = ("exported_at", "updated_at")


@dataclass(frozen=True)
class Header:
    """A column of a block: its header, and the canonical column it fills ("" = extra)."""

    text: str
    column: str


def row_values(
    sheet: Sheet,
    feed: Feed,
    landed: Landed,
    row: Mapping[str, str | None],
    is_own: bool,
    landing: LandingSettings,
) -> dict[Header, str | None]:
    """Return header → cell of one row of a sheet.

    Parameters
    ----------
    is_own : the reader filed the row: its cells are the original ones. Else personal columns are
        left out and the other cells masked.
    """
    values: dict[Header, str | None] = {}
    taken: set[str] = set()
    persons = () if is_own else _persons(sheet, feed, row)
    for mapped in sheet.mapping:
        if mapped.column in LEFT_OUT or (not is_own and _is_personal(feed, mapped)):
            continue
        text = _header_text(sheet.match.contract, feed, mapped)
        if text in taken:
            text = mapped.header
        if text in taken:
            continue  # two columns of one field under one header: the first is used anyway
        taken.add(text)
        told = row[mapped.cell]
        if not is_own and told is not None:
            told = _masked(told, feed, mapped, landing, persons)
        values[Header(text, mapped.column or "")] = told
    met = {header.column for header in values}
    for name in feed.absent_from_title:
        if name not in met and name in landed.rows.columns:
            stated = landed.rows[name].drop_nulls().unique()
            if len(stated) == 1:  # the sheet's or file's name said it; another file must say it too
                told = {"True": "是", "False": "否"}.get(str(stated[0]), str(stated[0]))
                values[Header(primary_header(feed, name), name)] = told
    return values


def _persons(sheet: Sheet, feed: Feed, row: Mapping[str, str | None]) -> tuple[str, ...]:
    """Names the row's own personal columns hold, the longest first."""
    names = {
        name
        for mapped in sheet.mapping
        if _is_personal(feed, mapped)
        for name in split_list(row[mapped.cell] or "")
        if len(name) > 1 and (mapped.column not in MAYBE_PERSONS or looks_personal(name))
    }
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


def _masked(
    text: str,
    feed: Feed,
    mapped: MappedColumn,
    landing: LandingSettings,
    persons: tuple[str, ...],
) -> str:
    """A cell of a row the reader did not file, as the lake would hold it."""
    told = mask_raw(pl.Series([text]), feed, mapped.column, landing.tokens(), mapped.header)[0]
    for name in persons:
        told = told.replace(name, mask_name(name))
    return told


def is_usable(sheet: Sheet, feed: Feed, is_own: bool) -> bool:
    """Whether the sheet is still an export without the personal columns of other bodies."""
    return is_own or not any(
        _is_personal(feed, mapped) and mapped.column and feed.columns[mapped.column].required
        for mapped in sheet.mapping
        if mapped.column in feed.columns
    )


def added_columns(
    feed: Feed, rule: str, column_name: str | None, values: Mapping[Header, object]
) -> dict[Header, None]:
    """Columns a rejected row lacks altogether and must be able to fill."""
    met = {header.column for header in values}
    return {
        Header(primary_header(feed, name), name): None
        for name in group_columns(rule, column_name, feed)
        if name not in met and feed.columns[name].headers
    }


def _header_text(contract: Contract, feed: Feed, mapped: MappedColumn) -> str:
    """The primary header with the unit the file gave; a foreign contract's own header stays."""
    if mapped.column is None or not contract.is_builtin or mapped.column not in feed.columns:
        return mapped.header
    unit = f"({mapped.unit})" if mapped.unit else ""
    return primary_header(feed, mapped.column) + unit


def primary_header(feed: Feed, column: str) -> str:
    """Return the first header of a canonical column; its name when it has none."""
    headers = feed.columns[column].headers
    return headers[0] if headers else column


def _is_personal(feed: Feed, mapped: MappedColumn) -> bool:
    if mapped.column is None:
        return is_person_header(mapped.header)
    column = feed.columns.get(mapped.column)
    return mapped.column in MAYBE_PERSONS or (
        column is not None and (column.type in PERSONAL_TYPES or column.personal_list)
    )
