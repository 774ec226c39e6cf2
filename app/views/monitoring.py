"""Monitoring: devices and their time online, episodes, one day's curve, the vendors' alarms.

Belongs here: the page and its tabs.
Does not belong here: how episodes are recomputed (dbt), drawing (curves.py), rows (records.py).
"""

from __future__ import annotations

import calendar
from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from app import charts, curves, frame, queries, tables, url_state, words
from app.published import Snapshot, current_snapshot
from app.queries import ask
from app.views import records

TAB, TOWN, TEXT, DEVICE, DAY, METRIC = "tab", "town", "text", "device", "day", "metric"
MONTHS = 3
AMBER = "#B86B1B"  # dark enough for the words on a line
#: Columns of the page's own tables, as words of one text.
COLUMNS = {
    "devices": "device_code device_kind gas enterprise_name park_name online_share "
    "last_reading_on count_episodes count_flagged count_spikes count_frozen_days alarm_1 alarm_2 "
    "unit is_set_point_too_high calibrated_until town location is_provisional row_number source",
    "alarms": "device_kind count_alarms count_true count_false count_test count_unverified "
    "false_share minutes_to_acknowledge count_extra",
    "readings": "observed_at metric value unit flag value_given unit_given row_number source",
}


def show() -> None:
    """Show the page."""
    snapshot = current_snapshot()
    holdings = queries.find_holdings(snapshot)
    st.title(words.say("monitoring.title"))
    if not (holdings.devices or holdings.alarms):
        frame.say_absent()
        return
    since = months_before(snapshot.as_of_on, MONTHS)
    st.caption(
        words.say("monitoring.lead", day=words.day(snapshot.as_of_on), since=words.day(since))
    )
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    with left:
        towns = ask(snapshot, "town_names")["town"].to_list()
        town = url_state.choose_one(words.column("town"), towns, words.term, TOWN, words.say("all"))
    _show_figures(snapshot, since, town)
    tabs = {
        "devices": (holdings.devices, show_devices),
        "episodes": (holdings.episodes or holdings.readings, show_episodes),
        "curve": (holdings.readings, show_curve),
        "alarms": (holdings.alarms, show_alarms),
    }
    codes = [code for code, (is_held, _) in tabs.items() if is_held]
    with right:
        tab = url_state.choose_tab(
            words.say("page.monitoring"), codes, lambda c: words.say(f"monitoring.tab.{c}"), TAB
        )
    tabs[tab][1](snapshot, since, town)


def months_before(day: date, count: int) -> date:
    """Return the month end ``count`` whole months before the month of ``day``."""
    year, month = divmod(day.year * 12 + day.month - 1 - count, 12)
    return date(year, month + 1, calendar.monthrange(year, month + 1)[1])


def show_devices(snapshot: Snapshot, since: date, town: str | None) -> None:
    """Show the devices that stand, the longest offline first; a chosen one opens its curve."""
    text = url_state.type_text(words.say("search"), TEXT, words.say("records.text"))
    rows = records.find_rows(
        snapshot, "devices_current", town=town, text=text, limit=records.MOST, since=since
    )
    if rows.is_empty():
        frame.say_no_rows()
        return
    st.caption(words.say("monitoring.devices_hint"))
    chosen = tables.show(
        tables.prepare(rows, COLUMNS["devices"].split()),
        key="monitoring_devices",
        select="one",
        most_rows=16,
    )
    for number in chosen:
        _link_curve(rows.row(number, named=True), rows["last_reading_on"][number])
    frame.link_rows("devices_current", town=town)


def show_episodes(snapshot: Snapshot, since: date, town: str | None) -> None:
    """Show the recomputed episodes of the window; a chosen one opens its day."""
    rows = records.find_rows(snapshot, "episodes_12m", town=town, limit=records.MOST, since=since)
    if rows.is_empty():
        frame.say_no_rows(words.say("monitoring.no_episodes"))
        return
    st.caption(words.say("monitoring.episodes_hint"))
    shown = records.prepare_rows(rows, "episodes_12m")
    for number in tables.show(shown, key="monitoring_episodes", select="one", most_rows=16):
        _link_curve(rows.row(number, named=True), rows["started_on"][number])
    frame.link_rows("episodes_12m", town=town)


def show_curve(snapshot: Snapshot, _since: date, _town: str | None) -> None:
    """Show one day of one device: curve, set points, silences, doubtful readings, and the rows."""
    left, middle, right = st.columns([3, 2, 2])
    with left:
        device = _choose_device(snapshot)
    days = ask(snapshot, "device_day_choices", device=device)
    if days.is_empty():
        frame.say_no_rows(words.say("monitoring.no_readings"))
        return
    with middle:
        day = _choose_day(days)
    readings = ask(snapshot, "device_day", device=device, day=day)
    metrics = readings["metric"].unique(maintain_order=True).to_list()
    metric = metrics[0]
    if len(metrics) > 1:
        with right:
            metric = url_state.choose_required(
                words.say("monitoring.choose_metric"), metrics, words.term, METRIC
            )
    readings = readings.filter(pl.col("metric") == metric)
    gaps = curves.find_gaps(readings["observed_at"].to_list(), readings["interval_seconds"][0], day)
    st.markdown(_say_day(readings, day))
    said = {code: words.term(code) for code in readings["flag"].drop_nulls().unique()}
    drawn = readings.with_columns(pl.col("flag").replace(said))
    st.altair_chart(
        curves.draw_day(drawn, _list_lines(readings), gaps, day, words.column("count_flagged"))
    )
    with st.expander(words.say("rows.shown", n=words.number(readings.height))):
        tables.show(tables.prepare(readings, COLUMNS["readings"].split()))


def show_alarms(snapshot: Snapshot, since: date, town: str | None) -> None:
    """Show what the vendors' alarms proved to be, by kind of device, and the alarms."""
    kinds = ask(snapshot, "monitoring_alarms", since=since, until=snapshot.as_of_on, town=town)
    if kinds.is_empty():
        frame.say_no_rows(words.say("monitoring.no_alarms"))
        return
    st.subheader(words.say("monitoring.alarms_by_kind"))
    tables.show(tables.prepare(kinds, COLUMNS["alarms"].split()))
    st.subheader(words.say("monitoring.alarms_list"))
    rows = records.find_rows(snapshot, "alarms_12m", town=town, since=since)
    tables.show(records.prepare_rows(rows, "alarms_12m"), most_rows=14)
    frame.link_rows("alarms_12m", town=town)


def _show_figures(snapshot: Snapshot, since: date, town: str | None) -> None:
    totals = queries.ask_row(
        snapshot, "monitoring_totals", since=since, until=snapshot.as_of_on, town=town
    )
    assert totals is not None  # the question always has one row

    def amount(key: str, column: str) -> str:
        return words.say(key, n=words.number(totals[column]))

    minutes = totals["minutes_to_acknowledge"]
    figures = [
        ("devices", amount("monitoring.units", "count_devices"), None),
        ("sending", amount("monitoring.units", "count_sending"), None),
        ("online", words.percent(totals["online_share"]), "online_share"),
        ("too_high", amount("monitoring.units", "count_set_too_high"), "is_set_point_too_high"),
        ("episodes", amount("monitoring.times", "count_episodes"), "count_episodes"),
        ("level_2", amount("monitoring.times", "count_level_2"), None),
        ("unreported", amount("monitoring.times", "count_unreported"), "is_reported"),
        ("false", words.percent(totals["false_share"]), "false_share"),
        ("acknowledge", words.MISSING if minutes is None
         else words.say("monitoring.minutes", n=words.number(minutes)), "minutes_to_acknowledge"),
    ]  # fmt: skip
    with st.container(horizontal=True, gap="medium"):
        for name, value, hint in figures:
            label = words.say(f"monitoring.{name}")
            st.metric(label, value, help=words.hint(hint) if hint else None, width="content")


def _choose_device(snapshot: Snapshot) -> str:
    choices = ask(snapshot, "device_choices")
    said = {
        row["device_id"]: words.say(
            "monitoring.device",
            code=row["device_code"],
            gas=row["gas"] or words.term(row["device_kind"]),
            subject=row["subject_name"] or "",
        ).rstrip()
        for row in choices.iter_rows(named=True)
    }
    label = words.say("monitoring.choose_device")
    return url_state.choose_required(label, list(said), said.__getitem__, DEVICE)


def _choose_day(days: pl.DataFrame) -> date:
    said = {
        str(day): words.say("monitoring.day_episode", day=day) if has_episode else str(day)
        for day, has_episode in days.iter_rows()
    }
    label = words.say("monitoring.choose_day")
    return date.fromisoformat(url_state.choose_required(label, list(said), said.__getitem__, DAY))


def _say_day(readings: pl.DataFrame, day: date) -> str:
    least, most = (
        words.MISSING if value is None else f"{value:g}"
        for value in (readings["value"].min(), readings["value"].max())
    )
    return words.say(
        "monitoring.curve_text",
        day=words.day(day),
        n=words.number(readings.height),
        flagged=words.number(readings["flag"].count()),
        least=least,
        most=most,
        unit=readings["unit"][0] or "",
    )


def _list_lines(readings: pl.DataFrame) -> list[curves.Line]:
    colours = {"set_1": AMBER, "set_2": charts.RED, "low_1": AMBER, "low_2": charts.RED}
    last: dict[str, Any] = readings.row(-1, named=True)
    return [
        curves.Line(last[name], words.say(f"monitoring.{name}"), colour)
        for name, colour in colours.items()
        if last[name] is not None
    ]


def _link_curve(row: dict[str, Any], day: date | None) -> None:
    if day is None:
        frame.say_no_rows(words.say("monitoring.no_readings"))
        return
    st.page_link(
        frame.MONITORING,
        label=words.say("monitoring.open_curve", code=row["device_code"], day=day),
        icon=":material/show_chart:",
        query_params=url_state.link(tab="curve", device=row["device_id"], day=str(day)),
    )


if __name__ == "__main__":
    show()
