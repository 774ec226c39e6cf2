"""Tables as they are shown and as they are downloaded: the same columns, words and order.

Belongs here: codes into words, source columns into one, column headers, formats and definitions.
Does not belong here: which rows (sql/), file formats (downloads.py).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

import polars as pl
import streamlit as st

from app import words

ROW_HEIGHT = 35
MOST_ROWS = 15
_CODED = [
    "town",
    "park_kind",
    "park_status",
    "kind",
    "result",
    "level",
    "found_by",
    "state",
    "subject_kind",
    "scale",
    "production_status",
    "export",
    "rule",
    "reason",
    "refused_code",
    "subject",
    "linked_by",
    "party_names",
    "cause_kind",
    "case_disposition",
    "procedure",
    "origin",
    "grade",
    "grade_claimed",
    "accident_type",
    "device_kind",
    "device_status",
    "verified",
    "reconciled",
    "flag",
]
_BARS = ("risk_score",)
_PLACES = {
    "value": "%.2f",
    "minutes": "%.0f",
    "minutes_to_acknowledge": "%.0f",
    "value_given": "%.2f",
    "contribution": "%.3f",
    "ranked_score": "%.3f",
    "recognition": "%.2f",
}
_SHARES = (
    "online_share",
    "false_share",
    "inclusion_probability",
    "precision",
    "precision_worst_split",
    "labelled_share",
)
_DAY_WIDTH = 95
_WIDTHS = {
    "rank": 60,
    "risk_score": 130,
    "description": 205,
    "enterprise_name": 175,
    "tenant_name": 175,
    "reasons": 330,
    "why": 430,
    "stratum": 330,
    "name": 200,
    "place": 55,
    "source": 230,
    "row_number": 62,
    "raw_value": 130,
    "party_names": 190,
    "case_code": 165,
    "cause": 190,
    "accident_place": 150,
    "park_name": 130,
    "device_code": 90,
    "location": 120,
    "column_name": 120,
    "message": 330,
    "explanation": 380,
    "cells": 420,
    "refused_sentence": 520,
}


def prepare(frame: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """Return the named columns as a reader sees them; absent and wholly empty ones are left out.

    Codes become words, flags yes or no, and provenance is ``source`` and ``row_number``.
    """
    if "file_name" in frame.columns and "_row_number" in frame.columns:
        frame = frame.with_columns(_source().alias("source"), row_number="_row_number")
    kept = [c for c in columns if c in frame.columns and not _is_empty(frame, c)]
    return frame.select(_readable(frame, column) for column in kept)


def explain(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    """Return the frame with ``explanation``: what the rule or refusal in ``column`` means."""
    said = {code: words.explain(code) for code in frame[column].drop_nulls().unique()}
    return frame.with_columns(
        pl.col(column)
        .replace_strict(said, default=None, return_dtype=pl.String)
        .alias("explanation")
    )


def relabel(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a prepared frame with its headers in words, for a file."""
    return frame.rename({column: words.column(column) for column in frame.columns})


def show(
    frame: pl.DataFrame,
    *,
    key: str | None = None,
    select: str | None = None,
    most_rows: int = MOST_ROWS,
) -> list[int]:
    """Show a prepared frame; return the numbers of its chosen rows.

    Parameters
    ----------
    select : {"one", "many"} or None
        Rows that may be chosen. A click into a cell chooses its row too.
    """
    modes = {"one": ["single-row", "single-cell"], "many": ["multi-row", "single-cell"]}
    # Row numbers index this very frame, so a choice must not outlive a change of its rows.
    event = st.dataframe(
        frame,
        hide_index=True,
        height=ROW_HEIGHT * (min(frame.height, most_rows) + 1) + 3,
        column_config={c: _configure(frame, c) for c in frame.columns},
        placeholder=words.MISSING,
        key=f"{key}_{frame.height}" if key else None,
        on_select="rerun" if select else "ignore",
        selection_mode=modes[select or "one"],
    )
    if not select:
        return []
    chosen = list(event.selection.rows) or [cell[0] for cell in event.selection.cells]
    return [row for row in chosen if row < frame.height]


def _choose_speech(column: str) -> Callable[[str], str] | None:
    if column == "column_name":
        return words.field
    if column == "cells":
        return _read_cells
    return words.term if column in _CODED else None


def _read_cells(text: str) -> str:
    """Return a whole row, kept as JSON header → text, as a reader writes it."""
    cells = json.loads(text)
    said = [words.say("cell", name="".join(str(k).split()), value=v) for k, v in cells.items()]
    return words.say("join").join(said)


def _source() -> pl.Expr:
    """Return file and sheet as one text; the row has a column of its own, so it is never cut."""
    sheet = pl.col("_sheet").fill_null("")
    in_sheet = pl.format(words.say("source.sheet"), "file_name", sheet)
    return pl.when(sheet == "").then("file_name").otherwise(in_sheet)


def _is_empty(frame: pl.DataFrame, column: str) -> bool:
    return frame.height > 0 and frame[column].null_count() == frame.height


def _readable(frame: pl.DataFrame, column: str) -> pl.Expr:
    if frame.schema[column] == pl.Boolean:
        marks = {True: words.say("yes"), False: words.say("no")}
        return pl.col(column).replace_strict(marks, default=None, return_dtype=pl.String)
    speak = _choose_speech(column)
    if speak:
        codes = {code: speak(code) for code in frame[column].drop_nulls().unique()}
        return pl.col(column).replace(codes)
    return pl.col(column)


def _configure(frame: pl.DataFrame, column: str) -> Any:
    kind = frame.schema[column]
    common: dict[str, Any] = {
        "label": words.column(column),
        "help": words.hint(column),
        "width": _DAY_WIDTH if kind == pl.Date else _WIDTHS.get(column),
    }
    config = st.column_config
    if column in _BARS:
        low, top = _measure_bar(frame[column])
        is_whole = frame[column].is_null().all() or (frame[column] % 1 == 0).all()
        form = "%.0f" if is_whole else "%.3f"
        return config.ProgressColumn(**common, min_value=low, max_value=top, format=form)
    if column in _SHARES:
        return config.NumberColumn(**common, format="percent")
    if kind == pl.Date:
        return config.DateColumn(**common, format="YYYY-MM-DD")
    if kind == pl.Datetime:
        return config.DatetimeColumn(**common, format="YYYY-MM-DD HH:mm")
    if column.endswith("_yuan"):
        return config.NumberColumn(**common, format="localized")
    if kind.is_float():
        places = _PLACES.get(column, "%.0f" if column.endswith("_m2") else "%.1f")
        return config.NumberColumn(**common, format=places)
    if kind.is_integer():
        is_place = column in ("row_number", "header_row")
        return config.NumberColumn(**common, format="%d" if is_place else "localized")
    return config.TextColumn(**common)


def _measure_bar(values: pl.Series) -> tuple[float, float]:
    """Return the ends of the bar: from 0, unless scores go below it (a rule may count down)."""
    low, top = (float(values.min() or 0.0), float(values.max() or 0.0)) if values.len() else (0, 0)
    if low >= 0:
        low = 0.0
    return (low, top) if top > low else (low, low + 1.0)
