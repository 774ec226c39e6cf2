"""The tables of one landing, and the zero-row folder that keeps every glob alive.

Belongs here: column names and types of the lake (docs/ports.md 2), built from the contract.
Does not belong here: filling them (check_rows.py), when they are written (land.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import polars as pl

from pipelines.contracts.contract import Column, Feed

Schema = dict[str, pl.DataType]

TEXT, COUNT, DAY, NUMBER, TRUTH = pl.String(), pl.Int64(), pl.Date(), pl.Float64(), pl.Boolean()
#: Text columns that name a subject and so carry a normalised name beside them.
NORMALISED = (
    "enterprise_name", "park_name", "tenant_name", "lessor_name", "former_name", "party_name",
    "party_enterprise",
)  # fmt: skip
_SINGLE: dict[str, pl.DataType] = {
    "text": TEXT, "id": TEXT, "code": TEXT, "enum": TEXT, "uscc": TEXT, "list": TEXT,
    "bool": TRUTH, "int": COUNT, "money": COUNT, "number": NUMBER, "area": NUMBER,
    "lon": NUMBER, "lat": NUMBER, "date": DAY, "month": DAY, "datetime": DAY,
    "person": TEXT, "phone": TEXT, "idno": TEXT,
}  # fmt: skip
TECHNICAL: Schema = {
    "_file_id": TEXT, "_sheet": TEXT, "_row_number": COUNT, "_part": TEXT, "_key": TEXT,
    "_known_on": DAY,
    "_known_clock": TEXT, "_known_from_what": TEXT, "_row_on": DAY, "_columns": TEXT,
    "_content_hash": TEXT, "_is_full_list": TRUTH, "_filer": TEXT, "_contract": TEXT,
    "_source_system": TEXT, "_flags": TEXT, "_extra": TEXT,
}  # fmt: skip
FILES: Schema = {
    "_file_id": TEXT, "landing_key": TEXT, "ingest_version": TEXT, "kind": TEXT, "encoding": TEXT,
    "size_bytes": COUNT, "outcome": TEXT, "refused_code": TEXT, "refused_sentence": TEXT,
    "named_on": DAY, "sheets_read": COUNT, "sheets_skipped": COUNT,
}  # fmt: skip
#: Kinds of rows that are no data, as ``Sheet.dropped`` names them.
DROPPED_KINDS = ("header", "title", "unit", "total", "footer", "repeated_header", "blank")
SHEETS: Schema = {
    "_file_id": TEXT, "_sheet": TEXT, "export": TEXT, "contract": TEXT, "outcome": TEXT,
    "score": NUMBER, "runner_up": TEXT, "runner_up_score": NUMBER, "header_row": COUNT,
    "header_text": TEXT, "known_on": DAY, "known_from_what": TEXT, "rows_physical": COUNT,
    **{f"rows_{kind}": COUNT for kind in DROPPED_KINDS},
    "melt_factor": COUNT, "rows_read": COUNT, "rows_typed": COUNT, "rows_rejected": COUNT,
    "is_full_list": TRUTH, "filer": TEXT, "columns_mapped": TEXT, "columns_extra": TEXT,
}  # fmt: skip
REJECTED: Schema = {
    "_file_id": TEXT, "_sheet": TEXT, "_row_number": COUNT, "_part": TEXT, "export": TEXT,
    "column_name": TEXT, "reason": TEXT, "raw_value": TEXT, "cells": TEXT, "town": TEXT,
}  # fmt: skip
ISSUES: Schema = {
    "_file_id": TEXT, "_sheet": TEXT, "_row_number": COUNT, "_part": TEXT, "export": TEXT,
    "column_name": TEXT, "rule": TEXT, "raw_value": TEXT, "message": TEXT,
}  # fmt: skip
LEDGERS: dict[str, Schema] = {
    "files": FILES, "sheets": SHEETS, "rejected": REJECTED, "issues": ISSUES,
}  # fmt: skip


def lake_columns(column: Column) -> Schema:
    """Return the lake columns one canonical column becomes, in order."""
    name = column.name
    columns: Schema = {name: _SINGLE[column.type]}
    if column.type == "datetime":
        columns[f"{name}_clock"] = TEXT
    if column.type in ("person", "phone", "idno") or column.personal_list:
        columns[f"{name}_hash"] = TEXT
    if column.personal_list:
        columns[f"{name}_count"] = COUNT
    if name in NORMALISED:
        columns[f"{name}_norm"] = TEXT
    if column.type in ("lon", "lat"):
        columns[f"{name}_wgs84"] = NUMBER
    return columns


def lake_schema(feed: Feed) -> Schema:
    """Return the schema of ``<export>.parquet``: canonical columns, then technical ones."""
    canonical: Schema = {}
    for column in feed.columns.values():
        canonical |= lake_columns(column)
    return {**canonical, **TECHNICAL}


def lake_tables(feeds: Mapping[str, Feed]) -> dict[str, Schema]:
    """Return table name -> schema of everything a landing may hold.

    Parameters
    ----------
    feeds : export -> its canonical feed (``load_contracts.export_dictionary``).
    """
    return {**{export: lake_schema(feed) for export, feed in feeds.items()}, **LEDGERS}


def schema_hash(tables: Mapping[str, Schema]) -> str:
    """Return 16 hex over names and types of all tables."""
    text = "\n".join(
        f"{t} {c} {dtype}" for t, cs in sorted(tables.items()) for c, dtype in cs.items()
    )
    return hashlib.sha256(text.encode()).hexdigest()[:16]
