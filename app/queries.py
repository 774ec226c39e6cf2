"""Questions to the snapshot: one file in sql/ each, parameters bound, answers cached.

Belongs here: reading a question, asking it, windows of time, what a workspace holds.
Does not belong here: words, layout, or SQL text (sql/).
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

import polars as pl
import streamlit as st

from app.published import Snapshot, open_snapshot


@dataclass(frozen=True)
class Holdings:
    """What kinds of data a workspace has; a page says so instead of showing empty charts."""

    ranking: bool
    enterprises: bool
    leases: bool
    inspections: bool
    hazards: bool
    cases: bool
    accidents: bool
    devices: bool
    episodes: bool
    alarms: bool
    readings: bool
    scored_visits: bool


def ask(snapshot: Snapshot, question: str, **params: Any) -> pl.DataFrame:
    """Answer ``sql/<question>.sql`` with its named parameters bound.

    The snapshot's path is part of the cache key, so an answer is never of another publication.
    Lists are passed as tuples (they must be hashable).
    """
    return _answer(snapshot.path, question, tuple(sorted(params.items())))


def ask_row(snapshot: Snapshot, question: str, **params: Any) -> dict[str, Any] | None:
    """Return the first row of an answer as a dict, or None when it has no rows."""
    return next(ask(snapshot, question, **params).iter_rows(named=True), None)


def parameters_of(question: str) -> frozenset[str]:
    """Return the names of the parameters a question takes."""
    return frozenset(re.findall(r"\$([a-z_]+)", _read_question(question)))


def find_holdings(snapshot: Snapshot) -> Holdings:
    """Return which kinds of data the snapshot has rows of."""
    return Holdings(**ask(snapshot, "holdings").row(0, named=True))


def year_before(day: date) -> date:
    """Return the day after which the 12 months up to ``day`` begin: a month end.

    A month that ``day`` cuts counts as one of the twelve.
    Source: docs/ports.md section 5 (windows are whole months, (D - 12 months, D]).
    """
    return date(day.year - 1, day.month, calendar.monthrange(day.year - 1, day.month)[1])


@st.cache_data(max_entries=512, show_spinner=False)
def _answer(path: str, question: str, params: tuple[tuple[str, Any], ...]) -> pl.DataFrame:
    bound = {k: list(v) if isinstance(v, tuple) else v for k, v in params}
    return open_snapshot(path).cursor().sql(_read_question(question), params=bound).pl()


@cache
def _read_question(question: str) -> str:
    return resources.files("app").joinpath("sql", f"{question}.sql").read_text(encoding="utf-8")
