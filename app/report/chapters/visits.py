"""Visits of the chapter on inspections and hazards.

Belongs here: visits by kind, town and month, never added up over kinds from 2025 on.
Does not belong here: hazards (hazards.py), SQL (app/sql).
"""

from __future__ import annotations

from datetime import date

import polars as pl

from app import words
from app.report import cells, compose, figures, phrases
from app.report.compose import head
from app.report.model import Block, Figure, Heading, Paragraph, Table
from app.report.phrases import Measure
from app.report.source import Source

#: From this day kinds are never added up. Source: domain.md 0, trap 8; exports.md 11.
KINDS_APART_FROM = date(2025, 1, 1)
#: Kinds the summary names.
MOST_KINDS = 3


def build(source: Source) -> tuple[str, list[Block]]:
    """Return the sentence for the summary and the blocks."""
    visits = source.ask("period_visits")
    title = Heading(words.say("safety.visits"))
    if visits.is_empty():
        return "", [title, Paragraph(words.say("safety.no_visits"))]
    measures = measure_kinds(source)
    said = phrases.say_measures([m for m in measures if m.now], source.style)
    text = words.say("safety.visits_text", kinds=said)
    blocks: list[Block] = [
        title,
        Paragraph((text + words.say("report.space") + _say_sum(source)).strip()),
    ]
    blocks.append(_kind_table(source, visits, measures))
    blocks.append(_figure(source, visits["kind"].to_list()))
    if source.town is None:
        blocks.append(_town_table(source, visits["kind"].to_list()))
    main = measures[:MOST_KINDS]
    brief = phrases.say_briefly(main, [m.name for m in main], source.style)
    return words.say("safety.visits_text", kinds=brief), blocks


def may_add_up(source: Source) -> bool:
    """Return whether every day counted, the year before included, is before the rule."""
    return source.period.end <= KINDS_APART_FROM


def measure_kinds(source: Source) -> list[Measure]:
    """Return each kind of visit with its count of the year before, the largest first."""
    visits = source.ask("period_visits")
    before = source.counts_before("period_visits", "inspections", "kind", "count_visits")
    now = dict(visits.select("kind", "count_visits").iter_rows())
    gone = sorted(code for code in before.codes() if code not in now)
    unit = words.say("unit.count_visits")
    return [
        Measure(words.term(kind), now.get(kind, 0), before.get(kind), unit)
        for kind in [*now, *gone]
    ]


def _say_sum(source: Source) -> str:
    if not may_add_up(source):
        several = source.ask("period_visits").height > 1
        return words.say("safety.kinds_apart") if several else ""
    count = int(source.ask("period_visits")["count_visits"].sum())
    amount = phrases.say_amount(count, words.say("unit.count_visits"), source.style)
    return words.say("safety.visits_total", n=amount)


def _kind_table(source: Source, visits: pl.DataFrame, measures: list[Measure]) -> Table:
    by_kind = {words.term(row["kind"]): row for row in visits.iter_rows(named=True)}
    rows = []
    for measure in measures:
        row = by_kind.get(measure.name, {"count_enterprises": 0, "count_with_problem": 0})
        rate = cells.percent(row["count_with_problem"], measure.now, source.style)
        rows.append([
            measure.name, *compose.compare_cells(measure, source.style),
            cells.write(row["count_enterprises"]), cells.write(row["count_with_problem"]), rate,
        ])  # fmt: skip
    if may_add_up(source):
        known = all(m.before is not None for m in measures)
        whole = Measure(
            words.say("report.total"), sum(m.now for m in measures),
            sum(m.before or 0 for m in measures) if known else None,
        )  # fmt: skip
        found = int(visits["count_with_problem"].sum())
        rows.append([
            whole.name, *compose.compare_cells(whole, source.style), words.MISSING,
            cells.write(found), cells.percent(found, whole.now, source.style),
        ])  # fmt: skip
    return Table(
        key="visits",
        caption=words.say("safety.table_visits"),
        unit=words.say("safety.unit_visits"),
        columns=[
            head("safety.kind", "left"), *compose.compare_columns(),
            head("safety.enterprises"), head("safety.with_problem"),
            head("safety.problem_rate"),
        ],
        rows=rows,
        questions=["period_visits"],
        notes=[*compose.compare_notes(measures), words.say("safety.visit_note")],
    )  # fmt: skip


def _figure(source: Source, kinds: list[str]) -> Figure:
    months = source.ask("period_visits_by_month")
    series = [
        (
            words.term(kind),
            dict(months.filter(pl.col("kind") == kind).select("month", "count_visits").iter_rows()),
        )
        for kind in kinds
        if kind != "?"
    ]
    return Figure(
        key="visits_by_month",
        caption=words.say("safety.figure_visits"),
        alt=words.say("safety.alt_visits"),
        spec=figures.draw_lines(source.period.months(), series),
        questions=["period_visits_by_month"],
    )


def _town_table(source: Source, kinds: list[str]) -> Table:
    counts = {
        (row["town"], row["kind"]): row["count_visits"]
        for row in source.ask("period_visits_by_town").iter_rows(named=True)
    }
    towns = sorted({town for town, _ in counts}, key=lambda t: (t == "?", t))
    return Table(
        key="visits_by_town",
        caption=words.say("safety.table_visit_towns"),
        unit=words.say("unit.count_visits"),
        columns=[
            head("base.town", "left"),
            *(compose.Column(words.term(kind)) for kind in kinds),
        ],
        rows=[
            [words.term(town), *(cells.write(counts.get((town, kind), 0)) for kind in kinds)]
            for town in towns
        ],
        questions=["period_visits_by_town"],
    )
