"""The chapter on sensors: devices, time online, episodes by the readings, the vendors' alarms.

Belongs here: its sentences and tables; each part is left out with a sentence when it is empty.
Does not belong here: how episodes are recomputed (dbt), SQL (app/sql).
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import polars as pl

from app import words
from app.report import cells, compose, figures, phrases
from app.report.compose import head
from app.report.model import Block, Chapter, Figure, Paragraph, Table
from app.report.phrases import Measure
from app.report.source import Source


def build(source: Source) -> Chapter:
    """Return the chapter; a bureau without devices gets one sentence."""
    title = words.say("sensors.title")
    has_devices = source.has("dim_devices", "fct_device_days", "fct_alarm_episodes")
    devices = source.ask("period_devices") if has_devices else pl.DataFrame()
    alarms = source.ask("period_alarms") if source.has("fct_alarms") else pl.DataFrame()
    if devices.is_empty() and alarms.is_empty():
        return Chapter("sensors", title, "", [Paragraph(words.say("sensors.none"))])
    headline, blocks = "", []
    if not devices.is_empty():
        headline, blocks = _devices(source, devices)
    blocks += _alarms(source, alarms)
    return Chapter("sensors", title, headline, blocks)


def _amount(source: Source, count: int, unit: str) -> str:
    return phrases.say_amount(int(count), words.say(unit), source.style)


def _devices(source: Source, devices: pl.DataFrame) -> tuple[str, list[Block]]:
    online = source.ask("period_online")
    kinds = words.say("list").join(
        f"{words.term(kind)}{words.say('report.space')}{_amount(source, n, 'unit.devices')}"
        for kind, n in devices.select("device_kind", "count_devices").iter_rows()
    )
    whole = _amount(source, devices["count_devices"].sum(), "unit.devices")
    headline = words.say("sensors.devices_text", n=whole, kinds=kinds)
    said = [headline, words.say(
        "sensors.check_text",
        expired=_amount(source, devices["count_calibration_expired"].sum(), "unit.devices"),
        high=_amount(source, devices["count_set_point_too_high"].sum(), "unit.devices"),
    )]  # fmt: skip
    if online.is_empty():
        said.append(words.say("sensors.no_readings"))
        blocks: list[Block] = [Paragraph(words.say("report.space").join(said))]
        return headline, [*blocks, _device_table(source, devices, online)]
    said.append(_say_online(source, online))
    episodes = source.ask("period_episodes")
    said.append(_say_episodes(source, episodes))
    blocks = [Paragraph(words.say("report.space").join(said))]
    blocks.append(_device_table(source, devices, online))
    if not episodes.is_empty():
        blocks += [_episode_table(episodes), _month_figure(source, online)]
    return headline, blocks


def _say_episodes(source: Source, episodes: pl.DataFrame) -> str:
    if episodes.is_empty():
        return words.say("sensors.no_episodes")
    levels = words.say("list").join(
        f"{words.term(level)}{words.say('report.space')}{_amount(source, n, 'unit.times')}"
        for level, n in episodes.select("level", "count_episodes").iter_rows()
    )
    unreported = _amount(source, episodes["count_unreported"].sum(), "unit.times")
    return words.say("sensors.episodes_text", levels=levels, unreported=unreported)


def _say_online(source: Source, online: pl.DataFrame) -> str:
    return words.say(
        "sensors.online_text",
        first=words.day(online["first_on"][0]),
        last=words.day(online["last_on"][0]),
        n=_amount(source, online["count_devices"].sum(), "unit.devices"),
        rate=f"{_rate(source, online)}%",
    )


def _rate(source: Source, online: pl.DataFrame) -> str:
    """Return minutes online in per cent of minutes installed; a dash when none was."""
    installed = Fraction(float(online["installed_minutes"].sum()))
    if not installed:
        return words.MISSING
    share = Fraction(float(online["online_minutes"].sum())) / installed
    return str(phrases.round_to(share * 100, source.style.percent_places, source.style))


def _device_table(source: Source, devices: pl.DataFrame, online: pl.DataFrame) -> Table:
    def make(row: dict[str, Any]) -> list[str]:
        mine = online.filter(pl.col("device_kind") == row["device_kind"])
        return [
            words.term(row["device_kind"]), cells.write(row["count_devices"]),
            cells.write(row["count_enterprises"]),
            _rate(source, mine) if mine.height else words.MISSING,
            cells.write(row["count_calibration_expired"]),
            cells.write(mine["count_frozen_days"][0] if mine.height else None),
        ]  # fmt: skip

    return Table(
        key="devices",
        caption=words.say("sensors.table_devices"),
        unit=words.say("sensors.unit_devices"),
        columns=[
            head("sensors.kind", "left"), head("sensors.devices"), head("sensors.enterprises"),
            head("sensors.online"), head("sensors.expired"),
            head("sensors.frozen"),
        ],
        rows=compose.listed(devices, make),
        questions=["period_devices", "period_online"],
    )  # fmt: skip


def _episode_table(episodes: pl.DataFrame) -> Table:
    return Table(
        key="episodes",
        caption=words.say("sensors.table_episodes"),
        unit=words.say("sensors.unit_episodes"),
        columns=[
            head("sensors.level", "left"), head("sensors.episodes"), head("sensors.devices"),
            head("sensors.enterprises"), head("sensors.median"), head("sensors.unreported"),
        ],
        rows=compose.listed(
            episodes,
            lambda row: [
                words.term(row["level"]), cells.write(row["count_episodes"]),
                cells.write(row["count_devices"]), cells.write(row["count_enterprises"]),
                f"{row['median_minutes']:.1f}", cells.write(row["count_unreported"]),
            ],
        ),
        questions=["period_episodes"],
    )  # fmt: skip


def _month_figure(source: Source, online: pl.DataFrame) -> Figure:
    """Draw the months that have readings; the others are not zero, they are unknown."""
    days = online.row(0, named=True)  # the same in every row
    first, last = days["first_on"], days["last_on"]
    covered = [m for m in source.period.months() if first.replace(day=1) <= m <= last]
    months = source.ask("period_episodes_by_month")
    series = [
        (
            words.term(level),
            dict(
                months.filter(pl.col("level") == level)
                .select("month", "count_episodes")
                .iter_rows()
            ),
        )
        for level in months["level"].unique().sort()
    ]
    return Figure(
        key="episodes_by_month",
        caption=words.say("sensors.figure_episodes"),
        alt=words.say("sensors.alt_episodes"),
        spec=figures.draw_lines(covered, series),
        questions=["period_episodes_by_month"],
    )


def _alarms(source: Source, alarms: pl.DataFrame) -> list[Block]:
    if alarms.is_empty():
        return [Paragraph(words.say("sensors.no_alarms"))]
    style = source.style
    whole = {c: int(alarms[c].sum()) for c in alarms.columns if c != "level"}
    before = None
    if source.is_comparable("alarms"):
        before = int(source.ask_before("period_alarms")["count_alarms"].sum())
    count = Measure("", whole["count_alarms"], before, words.say("unit.times"))
    change = phrases.say_change(count, style)
    verified = whole["count_true"] + whole["count_false"]
    text = words.say(
        "sensors.alarms_text",
        n=_amount(source, whole["count_alarms"], "unit.times"),
        change=words.say("report.comma") + change if change else "",
        false=_amount(source, whole["count_false"], "unit.times"),
        rate=phrases.say_percent(whole["count_false"], verified, style),
        unverified=_amount(source, whole["count_unverified"], "unit.times"),
    )
    columns = ("alarms", "true", "false", "test", "unverified")

    def make(row: dict[str, Any]) -> list[str]:
        rated = row["count_true"] + row["count_false"]
        return [
            words.term(row["level"]), *(cells.write(row[f"count_{c}"]) for c in columns),
            cells.percent(row["count_false"], rated, style),
        ]  # fmt: skip

    table = Table(
        key="alarms",
        caption=words.say("sensors.table_alarms"),
        unit=words.say("sensors.unit_alarms"),
        columns=[
            head("sensors.level", "left"), *(head(f"sensors.{c}") for c in columns),
            head("sensors.false_rate"),
        ],
        rows=[
            *compose.listed(alarms, make),
            make({**whole, "level": words.say("report.total")}),
        ],
        questions=["period_alarms"],
        notes=[words.say("sensors.false_note")],
    )  # fmt: skip
    return [Paragraph(text), table]
