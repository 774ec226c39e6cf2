"""The annual report of a workspace: its choices and its published snapshot into reports/.

Belongs here: which snapshot, period, region, day and template. Does not belong here: numbers,
words and layout (app/report).
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from app import words
from app.published import Snapshot, find_snapshot
from app.report.content import build_report
from app.report.options import ReportOptions, read_options
from app.report.period import Period, ReportError, last_full_year, read_period
from app.report.write import write_report
from pipelines.settings import Settings

TEMPLATE = "report.docx"


def make_report(
    settings: Settings,
    today: date,
    period: str | None = None,
    region: str | None = None,
    day: date | None = None,
    language: str | None = None,
) -> Path:
    """Write the report of the current snapshot and return its folder.

    Parameters
    ----------
    today : names of penalised organisations are printed only while published on this day.
    period : ``FROM..TO`` or a year; None takes ``rules/report.yml``, else the last full year.
    region : a town or ``all``; None takes ``rules/report.yml``.
    day : date of the report; None takes the day of publication, so the same snapshot gives the
        same bytes.
    language : ``zh`` or ``en``; None takes the workspace's.

    Raises
    ------
    ReportError : nothing is published, or the period, region, rules or glyphs do not fit.
    """
    snapshot = find_snapshot(settings.workspace)
    if snapshot is None:
        raise ReportError("report: nothing is published yet. Next: parkrisk refresh.")
    options = read_options(settings.rules)
    own = settings.rules / TEMPLATE
    words.choose_language(language or settings.language)
    try:
        report = build_report(
            snapshot, _choose_period(snapshot, options, period), region or options.region,
            options, day, names_on=today,
        )  # fmt: skip
        folder = settings.workspace / "reports"
        return write_report(report, folder, own if own.is_file() else None)
    finally:
        words.choose_language(None)


def _choose_period(snapshot: Snapshot, options: ReportOptions, period: str | None) -> Period:
    text = period or options.period
    return read_period(text) if text else last_full_year(snapshot.as_of_on)
