"""The chapter on penalties: cases by the day they were filed or decided.

Belongs here: its sentences, tables and the names still published. Does not belong here: SQL.
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

#: measure → (column of period_cases, is money)
MAIN = {
    "cases.filed": ("count_filed", False), "cases.decided": ("count_decided", False),
    "cases.before": ("count_before", False), "cases.after": ("count_after", False),
    "cases.double": ("count_double", False), "cases.offsite": ("count_offsite", False),
    "cases.hearing": ("count_hearing", False), "cases.fines": ("total_fine_fen", True),
    "cases.unit_fines": ("fine_fen", True), "cases.person_fines": ("person_fine_fen", True),
    "cases.confiscated": ("confiscated_fen", True), "cases.exempted": ("exempted_fen", True),
}  # fmt: skip
TEXT = ("cases.filed", "cases.decided", "cases.fines")


def build(source: Source) -> Chapter:
    """Return the chapter; without cases it is one sentence."""
    title = words.say("cases.title")
    if not source.has("fct_cases", "fct_case_parties") or source.first_on("cases") is None:
        return Chapter("cases", title, "", [Paragraph(words.say("cases.none"))])
    now, before = source.row("period_cases"), source.row_before("period_cases", "cases")
    if (
        not now["count_filed"]
        and not now["count_decided"]
        and not (before or {}).get("count_decided")
    ):
        return Chapter("cases", title, "", [Paragraph(words.say("cases.none"))])
    measures = {key: _measure(key, now, before) for key in MAIN}
    headline = phrases.say_measures([measures[key] for key in TEXT], source.style)
    groups = source.ask("period_case_groups")
    blocks: list[Block] = [Paragraph(_say(source, headline, now, groups))]
    caption = words.say("cases.table_main")
    table = compose.measure_table(
        "cases", caption, list(measures.values()), ["period_cases"], source.style
    )
    table.notes.append(words.say("cases.note"))
    blocks += [table, _month_figure(source)]
    blocks += [_group_table(source, groups, d) for d in ("cause", "town") if _is_shown(source, d)]
    blocks += _penalised(source)
    return Chapter("cases", title, headline, blocks)


def _measure(key: str, now: dict[str, Any], before: dict[str, Any] | None) -> Measure:
    column, is_money = MAIN[key]
    unit = words.say("unit.money" if is_money else "unit.cases")
    return Measure(words.say(key), now[column], before and before[column], unit, is_money)


def _is_shown(source: Source, dimension: str) -> bool:
    return dimension != "town" or source.town is None


def _say(source: Source, headline: str, now: dict[str, Any], groups: pl.DataFrame) -> str:
    unit, style = words.say("unit.cases"), source.style
    parts = [headline]
    if now["count_decided"]:
        parts.append(
            words.say(
                "cases.kinds_text",
                before=phrases.say_amount(now["count_before"], unit, style),
                after=phrases.say_amount(now["count_after"], unit, style),
                double=phrases.say_amount(now["count_double"], unit, style),
                rate=phrases.say_percent(now["count_double"], now["count_decided"], style),
            )
        )
    doubts = source.row("period_case_doubts")
    if doubts["count_fines"]:
        amount = phrases.say_money(doubts["fine_fen"], style)
        parts.append(words.say("cases.doubts", n=doubts["count_fines"], amount=amount))
    causes = compose.name_top(compose.select(groups, "cause"), "count_cases", unit, style)
    if causes:
        parts.append(words.say("cases.causes_text", causes=causes))
    return words.say("report.space").join(parts)


def _group_table(source: Source, groups: pl.DataFrame, dimension: str) -> Table:
    rows = compose.keep_top(
        compose.select(groups, dimension), "count_cases", source.options.top_groups
    )
    shares = iter(compose.share_cells(rows["count_cases"].to_list(), source.style))
    name = "base.town" if dimension == "town" else "cases.cause"
    return Table(
        key=f"cases_{dimension}",
        caption=words.say(f"cases.table_{dimension}"),
        unit=words.say("cases.unit_cases"),
        columns=[
            head(name, "left"), head("cases.count"),
            head("report.share"), head("cases.double"), head("cases.fine"),
        ],
        rows=compose.listed(
            rows,
            lambda row: [
                words.term(row["code"]), cells.write(row["count_cases"]), next(shares),
                cells.write(row["count_double"]),
                cells.money(row["total_fine_fen"], source.style),
            ],
        ),
        questions=["period_case_groups"],
    )  # fmt: skip


def _month_figure(source: Source) -> Figure:
    before = None
    if source.is_comparable("cases"):
        before = dict(source.ask_before("period_cases_by_month").iter_rows())
    now = dict(source.ask("period_cases_by_month").iter_rows())
    return Figure(
        key="cases_by_month",
        caption=words.say("cases.figure_months"),
        alt=words.say("cases.alt_months"),
        spec=figures.draw_compared(source.period.months(), now, before),
        questions=["period_cases_by_month"],
    )


def _penalised(source: Source) -> list[Block]:
    """Return the organisations still published on the report's day; the others as a number."""
    rows = source.ask("period_penalised")
    if rows.is_empty():
        return []
    named = rows.filter(pl.col("party_name").is_not_null())
    hidden = rows.height - named.height
    day = words.day(source.names_on)
    if named.is_empty():
        return [Paragraph(words.say("cases.hidden_all", n=hidden, day=day))]
    table = Table(
        key="penalised",
        caption=words.say("cases.table_penalised"),
        unit=words.say("cases.unit_penalised"),
        columns=[
            head("cases.party", "left"), head("base.town", "left"),
            head("cases.decided_on", "center"), head("cases.fine"),
            head("cases.publish_until", "center"),
        ],
        rows=compose.listed(
            named,
            lambda row: [
                row["party_name"], row["town"] or words.MISSING, row["decided_on"].isoformat(),
                cells.money(row["fine_fen"], source.style), row["publish_until"].isoformat(),
            ],
        ),
        questions=["period_penalised"],
        notes=[words.say("cases.hidden", n=hidden, day=day)],
    )  # fmt: skip
    return [table]
