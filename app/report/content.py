"""Numbers into the content model: the report of one period and region.

Belongs here: title, scope, the order of chapters, numbering. Does not belong here: what a chapter
says (chapters/), files (write.py), the screen (views/).
"""

from __future__ import annotations

import unicodedata
from calendar import month_name
from dataclasses import replace
from datetime import date

from app import queries, words
from app.published import Snapshot
from app.report.chapters import accidents, annex, base, cases, quality, risk, safety, sensors
from app.report.model import Block, Chapter, Figure, Heading, Report, Table
from app.report.options import ReportOptions
from app.report.period import Period, ReportError
from app.report.source import FIRST_DAYS, Source

ALL = "all"
ANNEX = "annex"
CHAPTERS = (base, safety, cases, accidents, sensors, risk, quality, annex)
#: Half-width characters of 22 pt in a line of 156 mm.
TITLE_WIDTH = 40
#: Widths of columns in half-width characters.
LEAST_WIDTH, MOST_WIDTH, PADDING = 4, 44, 1
#: Heads up to this width stay on one line.
WHOLE_HEAD = 8


def build_report(
    snapshot: Snapshot,
    period: Period,
    region: str,
    options: ReportOptions,
    day: date | None = None,
    names_on: date | None = None,
) -> Report:
    """Return the report of a period and region in the language that is spoken (words.py).

    Parameters
    ----------
    region : a town that the data names, or ``all``.
    day : the report's date; None takes the day the snapshot was published.
    names_on : day on which a penalty must still be published for its name to be printed;
        never before ``day``.

    Raises
    ------
    ReportError : the region is in no table, or the period begins after the data date.
    """
    written_on = day or snapshot.built_at.date()
    source = Source(
        snapshot=snapshot,
        period=period.cut(snapshot.as_of_on),
        town=find_town(snapshot, region),
        options=options,
        names_on=max(written_on, names_on or written_on),
    )
    chapters = number_chapters([chapter.build(source) for chapter in CHAPTERS])
    overview = queries.ask_row(snapshot, "overview") or {}
    district = overview.get("district_name") or overview.get("workspace_name") or ""
    place = source.town or district
    title = [
        words.say("report.of", region=place, period=say_period(source.period)),
        words.say("report.name"),
    ]
    whole = words.say("report.space").join(title)
    return Report(
        title=whole,
        title_lines=title if _measure("".join(title)) > TITLE_WIDTH else [whole],
        issuer=options.issuer or district,
        day=words.day(written_on),
        language=words.language(),
        facts={
            "period": source.period.code, "region": region, "run": snapshot.run_id,
            "as_of_on": snapshot.as_of_on.isoformat(), "built_at": snapshot.built_at.isoformat(),
            "written_on": written_on.isoformat(), "names_on": source.names_on.isoformat(),
            "year_before": source.period.year_before().code,
        },
        scope_title=words.say("report.scope_title"),
        scope=_say_scope(source, period, place),
        summary_title=words.say("report.summary_title"),
        summary=[chapter.headline for chapter in chapters if chapter.headline],
        chapters=chapters,
    )  # fmt: skip


def find_town(snapshot: Snapshot, region: str) -> str | None:
    """Return the town of a region, None for the whole district.

    Raises
    ------
    ReportError : no register and no event names the town.
    """
    if region == ALL:
        return None
    towns = queries.ask(snapshot, "town_names")["town"].to_list()
    if region not in towns:
        raise ReportError(
            f"region: got {region!r}, expected {ALL} or one of {', '.join(towns)}. "
            f"Next: parkrisk report --region {ALL}"
        )
    return region


def say_period(period: Period) -> str:
    """Return the period as a title says it: a year, whole months of a year, or both days."""
    if period.is_calendar_year:
        return words.say("report.year", year=period.start.year)
    first, last = period.start, period.last_on
    if first.day == 1 and period.end.day == 1 and first.year == last.year:
        one, other = (
            day.month if words.language() == "zh" else month_name[day.month]
            for day in (first, last)
        )
        if one == other:
            return words.say("report.month", year=first.year, month=one)
        return words.say("report.months", year=first.year, first=one, last=other)
    return words.say(
        "report.from_to", first=words.day(period.start), last=words.day(period.last_on)
    )


def number_chapters(chapters: list[Chapter]) -> list[Chapter]:
    """Return the chapters with their headings, tables and figures numbered throughout."""
    numbers = {"table": 0, "figure": 0}
    numbered = []
    for place, chapter in enumerate(chapters, 1):
        section = 0
        blocks: list[Block] = []
        for block in chapter.blocks:
            if isinstance(block, Heading):
                section += 1
                text = words.say("report.section", number=say_ordinal(section), title=block.text)
                blocks.append(Heading(text))
            elif isinstance(block, Table | Figure):
                numbers[block.kind] += 1
                key = f"report.{block.kind}_number"
                caption = words.say(key, n=numbers[block.kind], caption=block.caption)
                numbered_block = replace(block, caption=caption)
                if isinstance(numbered_block, Table):
                    numbered_block = fit_columns(numbered_block)
                blocks.append(numbered_block)
            else:
                blocks.append(block)
        title = chapter.title
        if chapter.key != ANNEX:
            title = words.say("report.chapter", number=say_ordinal(place), title=title)
        numbered.append(replace(chapter, title=title, blocks=blocks))
    return numbered


def fit_columns(table: Table) -> Table:
    """Return the table with columns as wide as their longest cell, up to a line that wraps.

    A head may take two lines. Widths count half-width characters.
    """
    columns = []
    for place, column in enumerate(table.columns):
        longest = max((_measure(row[place]) for row in table.rows), default=0)
        title = _measure(column.title)
        need = max(longest, title if title <= WHOLE_HEAD else (title + 1) // 2 + 1, LEAST_WIDTH)
        columns.append(replace(column, width=min(need, MOST_WIDTH) + PADDING))
    return replace(table, columns=columns)


def _measure(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def say_ordinal(number: int) -> str:
    """Return 1 to 19 as a heading counts it, in Chinese numerals or digits."""
    numerals = words.say("report.numerals")
    return numerals.split(",")[number - 1] if numerals else str(number)


def _say_scope(source: Source, asked: Period, place: str) -> list[str]:
    period, before = source.period, source.period.year_before()
    style = source.style
    said = [
        words.say(
            "report.scope_period",
            first=words.day(period.start), last=words.day(period.last_on),
            before_first=words.day(before.start), before_last=words.day(before.last_on),
        ),
        words.say("report.scope_region", region=place),
        words.say(
            "report.scope_state",
            last=words.day(period.last_on), built=words.day(source.snapshot.built_at.date()),
            run=source.snapshot.run_id, as_of=words.day(source.snapshot.as_of_on),
        ),
        words.say(
            "report.scope_rounding",
            places=style.percent_places, mode=words.say(f"report.mode_{style.rounding}"),
        ),
    ]  # fmt: skip
    if asked.end != period.end:
        said.insert(1, words.say(
            "report.scope_cut",
            asked=words.day(asked.last_on), last=words.day(period.last_on),
        ))  # fmt: skip
    for events in FIRST_DAYS:
        first = source.first_on(events)
        if first is not None and not source.is_comparable(events):
            name = words.say(f"report.events_{events}")
            said.append(words.say("report.scope_no_base", events=name, first=words.day(first)))
    return said
