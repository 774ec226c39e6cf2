"""Hazards of the chapter on inspections and hazards.

Belongs here: what was found, rectified, closed and overdue at the period's end.
Does not belong here: visits (visits.py), SQL (app/sql).
"""

from __future__ import annotations

from typing import Any

import polars as pl

from app import words
from app.report import cells, compose, figures, phrases
from app.report.compose import head
from app.report.model import Block, Figure, Heading, Paragraph, Table
from app.report.phrases import Measure
from app.report.source import Source

DIMENSIONS = ("level", "category", "town", "found_by")
#: measure of the main table → its column in period_hazards
MAIN = {
    "safety.found": "count_found", "safety.major": "count_major",
    "safety.serious": "count_serious", "safety.simple": "count_simple",
    "safety.rectified": "count_rectified", "safety.closed": "count_closed",
    "safety.overdue_found": "count_overdue", "safety.due": "count_due",
    "safety.on_time": "count_on_time",
}  # fmt: skip


def build(source: Source) -> tuple[str, list[Block]]:
    """Return the sentence for the summary and the blocks."""
    title = Heading(words.say("safety.hazards"))
    now = source.row("period_hazards")
    if not now["count_found"] and not now["count_open_all"]:
        return "", [title, Paragraph(words.say("safety.no_hazards"))]
    before = source.row_before("period_hazards", "hazards")
    headline = _say_found(source, now, before)
    gap = words.say("report.space")
    blocks: list[Block] = [
        title,
        Paragraph(headline + gap + _say_closed(source, now, before)),
        Paragraph(_say_stock(source, now)),
        _main_table(source, now, before),
        _month_figure(source),
    ]
    groups = source.ask("period_hazard_groups")
    for dimension in DIMENSIONS:
        if dimension == "town" and source.town is not None:
            continue
        table = _group_table(source, groups, dimension)
        if table.rows:
            blocks.append(table)
    blocks.insert(5, _category_figure(groups, source))
    return headline, blocks


def _amount(source: Source, count: int) -> str:
    return phrases.say_amount(count, words.say("unit.count_hazards"), source.style)


def _points(source: Source, now: dict[str, Any], before: dict[str, Any] | None, *parts: str) -> str:
    """Return the change of a rate as a clause of its own, or nothing."""
    if before is None:
        return ""
    rates = [
        phrases.percent_of(row[parts[0]], row[parts[1]], source.style) for row in (now, before)
    ]
    said = phrases.say_points(*rates)
    return words.say("report.comma") + said if said else ""


def _say_found(source: Source, now: dict[str, Any], before: dict[str, Any] | None) -> str:
    found = Measure("", now["count_found"], before and before["count_found"])
    amount = _amount(source, now["count_found"])
    change = phrases.say_change(
        Measure("", found.now, found.before, words.say("unit.count_hazards")), source.style
    )
    return words.say(
        "safety.headline",
        found=words.say("report.comma").join(part for part in (amount, change) if part),
        major=_amount(source, now["count_major"]),
        serious=_amount(source, now["count_serious"]),
        rectified=_amount(source, now["count_rectified"]),
        rate=phrases.say_percent(now["count_rectified"], now["count_found"], source.style),
        points=_points(source, now, before, "count_rectified", "count_found"),
    )


def _say_closed(source: Source, now: dict[str, Any], before: dict[str, Any] | None) -> str:
    median = now["median_days"]
    return words.say(
        "safety.closed_text",
        closed=_amount(source, now["count_closed"]),
        closed_rate=phrases.say_percent(now["count_closed"], now["count_found"], source.style),
        due=_amount(source, now["count_due"]),
        on_time=_amount(source, now["count_on_time"]),
        on_time_rate=phrases.say_percent(now["count_on_time"], now["count_due"], source.style),
        points=_points(source, now, before, "count_on_time", "count_due"),
        median="" if median is None else words.say("safety.median", n=median),
    ).strip()


def _say_stock(source: Source, now: dict[str, Any]) -> str:
    text = words.say(
        "safety.stock_text",
        open=_amount(source, now["count_open_all"]),
        overdue=_amount(source, now["count_overdue_all"]),
    )
    bands = [
        words.say(f"safety.band.{row['band']}", n=_amount(source, row["count_overdue"]))
        for row in source.ask("period_overdue").iter_rows(named=True)
    ]
    if not bands:
        return text
    said = words.say("safety.overdue_bands", bands=words.say("list").join(bands))
    return text + words.say("report.space") + said


def _main_table(source: Source, now: dict[str, Any], before: dict[str, Any] | None) -> Table:
    unit = words.say("unit.count_hazards")
    measures = [
        Measure(words.say(key), now[column], before and before[column], unit)
        for key, column in MAIN.items()
    ]
    caption = words.say("safety.table_hazards")
    return compose.measure_table("hazards", caption, measures, ["period_hazards"], source.style)


def _group_table(source: Source, groups: pl.DataFrame, dimension: str) -> Table:
    style = source.style
    rows = compose.select(groups, dimension)
    if dimension == "category":
        rows = compose.keep_top(rows, "count_found", source.options.top_groups)
    shares = iter(compose.share_cells(rows["count_found"].to_list(), style))

    def make(row: dict[str, Any]) -> list[str]:
        found = row["count_found"]
        return [
            words.term(row["code"]), cells.write(found), next(shares),
            cells.write(row["count_rectified"]),
            cells.percent(row["count_rectified"], found, style),
            cells.write(row["count_closed"]),
            cells.percent(row["count_closed"], found, style),
            cells.write(row["count_overdue"]),
        ]  # fmt: skip

    name = "base.town" if dimension == "town" else f"safety.{dimension}"
    return Table(
        key=f"hazards_{dimension}",
        caption=words.say(f"safety.table_{dimension}"),
        unit=words.say("safety.unit_hazards"),
        columns=[
            head(name, "left"), head("safety.found"), head("report.share"),
            head("safety.rectified"), head("safety.rectified_rate"),
            head("safety.closed"), head("safety.closed_rate"), head("safety.overdue"),
        ],
        rows=compose.listed(rows, make),
        questions=["period_hazard_groups"],
        notes=[words.say("safety.state_note")] if dimension == "level" else [],
    )  # fmt: skip


def _month_figure(source: Source) -> Figure:
    now = source.ask("period_hazards_by_month").select("month", "count_found")
    before = None
    if source.is_comparable("hazards"):
        answer = source.ask_before("period_hazards_by_month")
        before = dict(answer.select("month", "count_found").iter_rows())
    spec = figures.draw_compared(source.period.months(), dict(now.iter_rows()), before)
    return Figure(
        key="hazards_by_month",
        caption=words.say("safety.figure_hazards"),
        alt=words.say("safety.alt_hazards"),
        spec=spec,
        questions=["period_hazards_by_month"],
    )


def _category_figure(groups: pl.DataFrame, source: Source) -> Figure:
    rows = compose.keep_top(
        compose.select(groups, "category"), "count_found", source.options.top_groups
    )
    bars = [(words.term(r["code"]), r["count_found"], str(r["count_found"]))
            for r in rows.iter_rows(named=True)]  # fmt: skip
    return Figure(
        key="hazards_by_category",
        caption=words.say("safety.figure_category"),
        alt=words.say("safety.alt_category"),
        spec=figures.draw_bars(bars),
        questions=["period_hazard_groups"],
    )
