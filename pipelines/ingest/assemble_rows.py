"""A typed draft into the three tables of a landing: rows, rejected rows, issues.

Belongs here: technical columns, what is kept of a rejected row, masks of raw values.
Does not belong here: any judgement of a cell (check_rows.py and its parts).
"""

from __future__ import annotations

import polars as pl

from pipelines.contracts.contract import Feed
from pipelines.ingest.cells.text import repeat
from pipelines.ingest.draft import DEFECT, Draft
from pipelines.ingest.hide_names import hide_names, of_kept_rows
from pipelines.ingest.known_time import KnownTime
from pipelines.ingest.landing_settings import LandingContext
from pipelines.ingest.melt_sheet import PART
from pipelines.ingest.row_keys import content_hashes
from pipelines.ingest.schema import ISSUES, REJECTED, lake_schema
from pipelines.ingest.sheets import Hint, Landed, Sheet
from pipelines.ingest.whole_rows import extra_json, mask_raw, whole_json

#: Time column -> column that says when the event ended: then it happened. Source: exports.md 1.
TIME_ENDS = {"inspected_on": "ended_at"}
FULL_LIST_WORDS = ("全量", "花名册")


def row_days(draft: Draft) -> pl.Series:
    """Return the day of each row's event; null for registers."""
    time_column = draft.feed.time_column
    if time_column is None:
        return draft.day("")
    start, end = draft.day(time_column), draft.day(TIME_ENDS.get(time_column, ""))
    if draft.feed.time_else is not None:
        other = draft.day(draft.feed.time_else)
        start = start.zip_with(start.is_not_null(), other)
    return start.zip_with((end < start).fill_null(True) | start.is_null(), end)


def assemble(
    draft: Draft, sheet: Sheet, context: LandingContext, known: KnownTime, keys: pl.Series
) -> Landed:
    """Return the three tables of a sheet and feed, in the lake's schema."""
    feed, tokens = draft.feed, context.settings.tokens()
    is_typed = draft.reason.is_null()
    technical = {
        "_row_number": sheet.cells["_row_number"], "_part": parts_of(sheet), "_key": keys,
        "_known_on": known.day, "_known_clock": known.clock,
        "_known_from_what": known.source, "_row_on": row_days(draft),
        "_content_hash": content_hashes(draft), "_flags": _flags(draft),
        "_extra": hide_names(extra_json(sheet, feed, tokens), draft.names),
    }  # fmt: skip
    contract = sheet.match.contract
    constant = {
        "_file_id": context.file_id, "_sheet": sheet.name, "_filer": sheet.title.filer,
        "_columns": _column_list(draft), "_is_full_list": is_full_list(sheet, feed, context.hint),
        "_contract": contract.name,
    }  # fmt: skip
    said = draft.value("source_system").fill_null(pl.lit(contract.source_system, pl.String))
    columns = {**draft.values, **technical, "_source_system": said}
    schema = lake_schema(feed)
    every = pl.DataFrame({"_row_number": technical["_row_number"]}).select(
        (pl.lit(columns[name]) if name in columns else pl.lit(constant.get(name)))
        .cast(dtype).alias(name)
        for name, dtype in schema.items()
    )  # fmt: skip
    rejected = _rejected(draft, sheet, context)
    return Landed(
        sheet=sheet.name, export=feed.export, rows=every.filter(is_typed), rejected=rejected,
        issues=_issues(draft, sheet, context), rows_read=sheet.cells.height,
    )  # fmt: skip


def parts_of(sheet: Sheet) -> pl.Series:
    """Return the header of the cell each melted row was opened from, "" for a row of its own."""
    if PART in sheet.cells.columns:
        return sheet.cells[PART]
    return repeat("", sheet.cells.height, pl.String())


def is_full_list(sheet: Sheet, feed: Feed, hint: Hint) -> bool:
    """Whether the sheet names every living row of its scope. Source: exports.md 9.4.7."""
    from_name = any(word in hint.titles or word in sheet.name for word in FULL_LIST_WORDS)
    return feed.is_full_list or sheet.title.says_full_list or from_name


def _column_list(draft: Draft) -> str:
    names = [name for name in draft.feed.columns if name in draft.values]
    return "," + ",".join(names) + ","


def _flags(draft: Draft) -> pl.Series:
    parts = [
        f"{name}=" + grades for name, grades in draft.grades.items()
        if grades.null_count() < len(grades)
    ]  # fmt: skip
    if not parts:
        return draft.nothing()
    joined = pl.concat_str(parts, separator=";", ignore_nulls=True)
    return pl.select(pl.when(joined != "").then(joined)).to_series()


def _rejected(draft: Draft, sheet: Sheet, context: LandingContext) -> pl.DataFrame:
    is_rejected = draft.reason.is_not_null()
    rows = sheet.cells.filter(is_rejected)
    tokens = context.settings.tokens()
    fault = draft.fault.filter(is_rejected)
    raw = repeat(None, rows.height, pl.String())
    for column in fault.drop_nulls().unique().to_list():
        if column in draft.gathered:
            own = draft.gathered[column].raw.filter(is_rejected)
            masked = mask_raw(own, draft.feed, column, tokens)
            raw = raw.zip_with((fault != column).fill_null(True), masked)
    kinds = {c: kinds.filter(is_rejected) for c, kinds in draft.stated_kinds().items()}
    names = of_kept_rows(draft.names, is_rejected)
    cells = whole_json(sheet, rows, draft.feed, tokens, kinds)
    frame = pl.DataFrame(
        {
            "_row_number": rows["_row_number"], "_part": parts_of(sheet).filter(is_rejected),
            "column_name": fault, "reason": draft.reason.filter(is_rejected),
            "raw_value": hide_names(raw, names), "cells": hide_names(cells, names),
            "town": draft.value("town").filter(is_rejected),
        }
    )  # fmt: skip
    return _of_file(frame, REJECTED, sheet, draft.feed, context)


def _issues(draft: Draft, sheet: Sheet, context: LandingContext) -> pl.DataFrame:
    tokens = context.settings.tokens()
    defects = pl.concat(draft.defects) if draft.defects else pl.DataFrame(schema=DEFECT)
    is_kept = pl.DataFrame(
        {
            "_row_number": sheet.cells["_row_number"],
            "_part": parts_of(sheet),
            "is_typed": draft.reason.is_null(),
        }
    ).with_row_index("_at")
    frame = defects.join(
        is_kept.with_columns(pl.col("_at").cast(pl.Int64)), on="_at", how="left",
        maintain_order="left",
    )  # fmt: skip
    # a defect of the whole sheet has no row, so no part either
    frame = frame.filter(pl.col("is_typed").fill_null(True)).with_columns(
        pl.col("_part").fill_null("")
    )
    parts = [
        part.with_columns(mask_raw(part["raw_value"], draft.feed, part["column_name"][0], tokens))
        for part in frame.partition_by("column_name", maintain_order=True)
    ]
    whole = pl.concat(parts) if parts else frame
    ordered = whole.sort(
        "_row_number", "_part", "column_name", "rule", nulls_last=False, maintain_order=True
    )
    return _of_file(ordered, ISSUES, sheet, draft.feed, context)


def _of_file(
    frame: pl.DataFrame,
    schema: dict[str, pl.DataType],
    sheet: Sheet,
    feed: Feed,
    context: LandingContext,
) -> pl.DataFrame:
    constant = {"_file_id": context.file_id, "_sheet": sheet.name, "export": feed.export}
    return frame.select(
        (pl.lit(constant[name]) if name in constant else pl.col(name)).cast(dtype).alias(name)
        for name, dtype in schema.items()
    )
