"""The chapter on accidents: those that count, by the day they happened.

Belongs here: its sentences in the order accidents, deaths, injured, loss, and its tables.
Does not belong here: SQL (app/sql), how changes are worded (phrases.py).
"""

from __future__ import annotations

from typing import Any

import polars as pl

from app import words
from app.report import cells, compose, figures, phrases
from app.report.compose import head
from app.report.model import Block, Chapter, Figure, Paragraph, Table
from app.report.phrases import Measure
from app.report.source import Source

#: What the changes of the summary are of.
SHORT = ("short_count", "short_deaths", "short_injured", "loss")
UNKNOWN = {
    "accidents.unknown_deaths": "count_deaths_unknown",
    "accidents.unknown_injured": "count_injured_unknown",
    "accidents.unknown_loss": "count_loss_unknown",
}


def build(source: Source) -> Chapter:
    """Return the chapter; without any record of accidents it is one sentence."""
    title = words.say("accidents.title")
    if not source.has("fct_accidents") or source.first_on("accidents") is None:
        return Chapter("accidents", title, "", [Paragraph(words.say("accidents.none"))])
    now, before = source.row("period_accidents"), source.row_before("period_accidents", "accidents")
    measures = list_measures(now, before)
    if now["count_accidents"]:
        names = [words.say(f"accidents.{key}") for key in SHORT]
        headline = phrases.say_briefly(measures, names, source.style)
        text = phrases.say_measures(measures, source.style)
    else:
        headline = text = _say_zero(source, measures[0])
    blocks: list[Block] = [Paragraph(_say(source, text, now))]
    if now["count_accidents"] or (before and before["count_accidents"]):
        caption = words.say("accidents.table_main")
        blocks.append(
            compose.measure_table(
                "accidents", caption, measures, ["period_accidents"], source.style
            )
        )
        blocks.append(_month_figure(source))
    groups = source.ask("period_accident_groups")
    for dimension in ("grade", "accident_type", "town"):
        if not groups.is_empty() and (dimension != "town" or source.town is None):
            blocks.append(_group_table(source, groups, dimension))
    return Chapter("accidents", title, headline, blocks)


def list_measures(now: dict[str, Any], before: dict[str, Any] | None) -> list[Measure]:
    """Return accidents, deaths, injured and loss, in this order."""
    people, was = words.say("unit.people"), before or {}
    return [
        Measure(words.say("accidents.count"), now["count_accidents"], was.get("count_accidents"),
                words.say("unit.count_accidents")),
        Measure(words.say("accidents.deaths"), now["count_deaths"], was.get("count_deaths"),
                people),
        Measure(words.say("accidents.injured"), now["count_injured"], was.get("count_injured"),
                people),
        Measure(words.say("accidents.loss"), now["direct_loss_fen"], was.get("direct_loss_fen"),
                words.say("unit.money"), money=True),
    ]  # fmt: skip


def _say_zero(source: Source, count: Measure) -> str:
    change = phrases.say_change(count, source.style)
    return words.say("accidents.zero", change=words.say("report.comma") + change if change else "")


def _say(source: Source, text: str, now: dict[str, Any]) -> str:
    unit, style = words.say("unit.count_accidents"), source.style
    parts = [text]
    if now["count_accidents"]:
        serious = now["count_serious"]
        amount = phrases.say_amount(serious, unit, style)
        parts.append(
            words.say("accidents.serious", n=amount)
            if serious
            else words.say("accidents.no_serious")
        )
        unknown = [
            words.say(key, n=phrases.say_amount(now[column], unit, style))
            for key, column in UNKNOWN.items()
            if now[column]
        ]
        if unknown:
            said = words.say("list").join(unknown)
            parts.append(words.say("accidents.unknown", parts=said))
    struck = source.row("period_accidents_struck_off")["count_accidents"]
    if struck:
        amount = phrases.say_amount(struck, unit, style)
        parts.append(words.say("accidents.struck_off", n=amount))
    return words.say("report.space").join(parts)


def _group_table(source: Source, groups: pl.DataFrame, dimension: str) -> Table:
    rows = compose.select(groups, dimension)
    if dimension != "grade":
        rows = compose.keep_top(rows, "count_accidents", source.options.top_groups)
    shares = iter(compose.share_cells(rows["count_accidents"].to_list(), source.style))
    name = {"grade": "accidents.grade", "accident_type": "accidents.type", "town": "base.town"}
    key = {"grade": "grade", "accident_type": "type", "town": "town"}[dimension]
    return Table(
        key=f"accidents_{key}",
        caption=words.say(f"accidents.table_{key}"),
        unit=words.say("accidents.unit_groups"),
        columns=[
            head(name[dimension], "left"), head("accidents.short_count"), head("report.share"),
            head("accidents.deaths"), head("accidents.injured"),
            head("accidents.loss"),
        ],
        rows=compose.listed(
            rows,
            lambda row: [
                words.term(row["code"]), cells.write(row["count_accidents"]), next(shares),
                cells.write(row["count_deaths"]), cells.write(row["count_injured"]),
                cells.money(row["direct_loss_fen"], source.style),
            ],
        ),
        questions=["period_accident_groups"],
        notes=[words.say("accidents.grade_note")] if dimension == "grade" else [],
    )  # fmt: skip


def _month_figure(source: Source) -> Figure:
    before = None
    if source.is_comparable("accidents"):
        before = dict(source.ask_before("period_accidents_by_month").iter_rows())
    now = dict(source.ask("period_accidents_by_month").iter_rows())
    return Figure(
        key="accidents_by_month",
        caption=words.say("accidents.figure_months"),
        alt=words.say("accidents.alt_months"),
        spec=figures.draw_compared(source.period.months(), now, before, figures.RED),
        questions=["period_accidents_by_month"],
    )
