"""What a chapter asks: the same question of the period and of the year before it.

Belongs here: binding period and region to questions, what the snapshot lacks, whether the year
before can be compared. Does not belong here: SQL (app/sql), words, layout.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from app import queries
from app.published import Snapshot
from app.report.options import ReportOptions
from app.report.period import Period
from app.report.phrases import Style

#: Events that come every month: the year before is whole only when its first weeks have some.
FREQUENT = ("inspections", "hazards")
#: Events: the question for their first day and the table it needs.
FIRST_DAYS = {
    "inspections": ("first_days", "fct_inspections"),
    "hazards": ("first_days", "fct_hazards"),
    "cases": ("first_case", "fct_cases"),
    "accidents": ("first_accident", "fct_accidents"),
    "alarms": ("first_alarm", "fct_alarms"),
}
_GRACE = timedelta(days=31)


@dataclass(frozen=True)
class Source:
    """A snapshot seen through one period and one region.

    ``town`` None = the whole district; ``names_on`` is the day a penalty must still be published.
    """

    snapshot: Snapshot
    period: Period
    town: str | None
    options: ReportOptions
    names_on: date

    @property
    def style(self) -> Style:
        """How numbers are rounded."""
        return self.options.style

    def has(self, *tables: str) -> bool:
        """Return whether the snapshot holds the tables (an older publication may not)."""
        return set(tables) <= set(queries.ask(self.snapshot, "tables")["table_name"])

    def ask(self, question: str, **params: Any) -> pl.DataFrame:
        """Ask about the period and region; a question takes only the parameters it names."""
        return self._ask(question, self.period, params)

    def ask_before(self, question: str) -> pl.DataFrame:
        """Ask the same about the year before."""
        return self._ask(question, self.period.year_before(), {})

    def row(self, question: str) -> dict[str, Any]:
        """Return the one row of an answer."""
        return self.ask(question).row(0, named=True)

    def row_before(self, question: str, events: str) -> dict[str, Any] | None:
        """Return the one row of the year before; None when that year is not comparable."""
        if not self.is_comparable(events):
            return None
        return self.ask_before(question).row(0, named=True)

    def counts_before(self, question: str, events: str, key: str, value: str) -> Counts:
        """Return a count of the year before by code."""
        if not self.is_comparable(events):
            return Counts(None)
        answer = self.ask_before(question)
        return Counts(dict(zip(answer[key], answer[value], strict=True)))

    def first_on(self, events: str) -> date | None:
        """Return the first day of any such event in the workspace; None when there is none."""
        question, table = FIRST_DAYS[events]
        if not self.has(table):
            return None
        answer = queries.ask(self.snapshot, question)
        return dict(answer.iter_rows())[events]

    def is_comparable(self, events: str) -> bool:
        """Return whether the year before was recorded: no record is not the same as zero."""
        first, before = self.first_on(events), self.period.year_before()
        if first is None:
            return False
        return first <= before.start + _GRACE if events in FREQUENT else first < before.end

    def _ask(self, question: str, period: Period, params: dict[str, Any]) -> pl.DataFrame:
        known = {
            "start": period.start, "end": period.end, "town": self.town,
            "names_on": self.names_on, **params,
        }  # fmt: skip
        named = queries.parameters_of(question)
        return queries.ask(self.snapshot, question, **{k: known[k] for k in named})


@dataclass(frozen=True)
class Counts:
    """Counts of the year before by code; ``by_code`` None = the year is not comparable."""

    by_code: dict[str, int] | None

    def get(self, code: str) -> int | None:
        """Return the count of a code: 0 when it had none, None when nothing is known."""
        return None if self.by_code is None else int(self.by_code.get(code, 0))

    def codes(self) -> list[str]:
        """Return the codes the year before had."""
        return list(self.by_code or {})
