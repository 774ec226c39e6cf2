"""The chapter on what is supervised: enterprises, parks and tenancies.

Belongs here: its questions, sentences and tables. Does not belong here: SQL (app/sql).
"""

from __future__ import annotations

from typing import Any

from app import words
from app.report import cells, compose, phrases
from app.report.compose import head
from app.report.model import Block, Chapter, Column, Heading, Paragraph, Table
from app.report.source import Source

SUBJECTS = ("enterprises", "parks", "tenancies")
UNITS = {
    "enterprises": "unit.count_enterprises", "parks": "unit.count_parks",
    "tenancies": "unit.households",
}  # fmt: skip
RISKS = ("has_dust", "has_confined_space", "has_ammonia", "uses_hazchem", "is_key_unit")


def build(source: Source) -> Chapter:
    """Return the chapter."""
    flows = {row["subject"]: row for row in source.ask("period_base").iter_rows(named=True)}
    title = words.say("base.title")
    if not flows:
        return Chapter("base", title, "", [Paragraph(words.say("base.none"))])
    headline = words.say("base.headline", **_say_counts(flows, "count_end", source, ""))
    moved = _say_counts(flows, "count_in", source, "_in")
    moved |= _say_counts(flows, "count_out", source, "_out")
    blocks: list[Block] = [
        Heading(words.say("base.flows")),
        Paragraph(headline + words.say("report.space") + words.say("base.flow", **moved)),
        _flow_table(flows),
    ]
    if flows.get("enterprises"):
        blocks += [Heading(words.say("base.structure")), *_structure(source)]
    return Chapter("base", title, headline, blocks)


def _say_counts(
    flows: dict[str, dict[str, Any]], column: str, source: Source, suffix: str
) -> dict[str, str]:
    return {
        f"{subject}{suffix}": phrases.say_amount(
            flows[subject][column] if subject in flows else 0,
            words.say(UNITS[subject]),
            source.style,
        )
        for subject in SUBJECTS
    }


def _flow_table(flows: dict[str, dict[str, Any]]) -> Table:
    columns = ("count_start", "count_in", "count_out", "count_end")
    undated = sum(row["count_undated_exits"] for row in flows.values())
    return Table(
        key="base_flow",
        caption=words.say("base.table_flow"),
        unit=words.say("base.unit_flow"),
        columns=[
            head("base.object", "left"),
            *(head(f"base.{part}") for part in ("start", "in", "out", "end")),
        ],
        rows=[
            [words.say(f"base.{s}"), *(cells.write(flows[s][c]) for c in columns)]
            for s in SUBJECTS
            if s in flows
        ],
        questions=["period_base"],
        notes=[words.say("base.undated", n=undated)] if undated else [],
    )


def _structure(source: Source) -> list[Block]:
    style = source.style
    groups = source.ask("period_enterprises")
    industries = compose.select(groups, "industry")
    unit = words.say("unit.count_enterprises")
    blocks: list[Block] = []
    named = compose.name_top(industries, "count_enterprises", unit, style)
    if named:
        text = words.say("base.top", industries=named)
        blocks.append(Paragraph(text + words.say("report.space") + _say_risks(source)))
    top = compose.keep_top(industries, "count_enterprises", source.options.top_groups)
    blocks.append(_count_table("industry", top, style))
    scales = compose.select(groups, "scale")
    if scales.height > 1:
        blocks.append(_count_table("scale", scales, style))
    if source.town is None:
        blocks.append(_town_table(source))
    return blocks


def _say_risks(source: Source) -> str:
    risks = source.row("period_enterprise_risks")
    unit = words.say("unit.count_enterprises")
    parts = [
        words.say(f"base.risk.{key}", n=phrases.say_amount(risks[key], unit, source.style))
        for key in RISKS
        if risks[key]
    ]
    return words.say("base.risks", risks=words.say("list").join(parts)) if parts else ""


def _count_table(dimension: str, groups: Any, style: phrases.Style) -> Table:
    counts = groups["count_enterprises"].to_list()
    shares = compose.share_cells(counts, style)
    return Table(
        key=f"base_{dimension}",
        caption=words.say(f"base.table_{dimension}"),
        unit=words.say("unit.count_enterprises"),
        columns=[
            head(f"base.{dimension}", "left"), head("base.enterprises"), head("report.share"),
        ],
        rows=[
            [words.term(code), cells.write(n), share]
            for code, n, share in zip(groups["code"], counts, shares, strict=True)
        ],
        questions=["period_enterprises"],
    )  # fmt: skip


def _town_table(source: Source) -> Table:
    enterprises = compose.select(source.ask("period_enterprises"), "town")
    counts = dict(enterprises.select("code", "count_enterprises").iter_rows())
    parks = {row["town"]: row for row in source.ask("period_parks").iter_rows(named=True)}
    towns = [*counts, *(t for t in parks if t not in counts)]
    shares = compose.share_cells([counts.get(t, 0) for t in towns], source.style)

    def make(town: str, share: str) -> list[str]:
        park = parks.get(town, {})
        area = park.get("floor_area_m2")
        return [
            words.term(town), cells.write(counts.get(town, 0)), share,
            cells.write(park.get("count_parks", 0)),
            words.MISSING if area is None else f"{area:.0f}",
            cells.write(park.get("count_tenancies", 0)),
        ]  # fmt: skip

    columns: list[Column] = [
        head("base.town", "left"), head("base.enterprises"), head("report.share"),
        head("base.parks"), head("base.area"), head("base.tenancies"),
    ]  # fmt: skip
    return Table(
        key="base_town",
        caption=words.say("base.table_town"),
        unit=words.say("base.unit_flow"),
        columns=columns,
        rows=[make(town, share) for town, share in zip(towns, shares, strict=True)],
        questions=["period_enterprises", "period_parks"],
        notes=[words.say("base.flow_note")],
    )
