"""Overview: the key figures at the data date, what changed by month, where to look first.

Belongs here: the first page.
Does not belong here: rows (records.py), whole rankings (ranking.py).
"""

from __future__ import annotations

from typing import Any

import altair as alt
import polars as pl
import streamlit as st

from app import charts, frame, queries, tables, url_state, words
from app.published import Snapshot, current_snapshot
from app.queries import Holdings, ask
from app.views import ranking
from app.views.overview_cards import Card, list_cards

TOP = 10
CARDS_A_ROW = 4


def show() -> None:
    """Show the page."""
    snapshot = current_snapshot()
    figures = queries.ask_row(snapshot, "overview") or {}
    holdings = queries.find_holdings(snapshot)
    place = figures.get("district_name") or figures.get("workspace_name") or ""
    st.title(words.say("overview.title", district=place))
    since = queries.year_before(snapshot.as_of_on)
    st.caption(words.say("overview.lead", day=words.day(snapshot.as_of_on), since=words.day(since)))
    _show_cards(list_cards(holdings), figures)
    _show_months(snapshot, holdings)
    _show_top(snapshot, holdings)
    _show_towns(snapshot, holdings)
    _show_files(snapshot, figures)


def _show_cards(cards: list[Card], figures: dict[str, Any]) -> None:
    for first in range(0, len(cards), CARDS_A_ROW):
        # style.css lets a row of cards wrap before a figure would be cut
        with st.container(horizontal=True, key=f"cards_{first}"):
            for card in cards[first : first + CARDS_A_ROW]:
                _show_card(card, figures.get(card.column))


def _show_card(card: Card, value: int | None) -> None:
    write = words.amount if card.unit == "money" else words.number
    amount = words.say("amount", n=write(value), unit=words.say(f"unit.{card.unit}"))
    with st.container(border=True):
        label = words.say(f"overview.{card.name}")
        st.metric(label, amount.strip(), help=words.hint(card.hint))
        frame.link_rows(card.record_set)


def _show_months(snapshot: Snapshot, holdings: Holdings) -> None:
    if not holdings.inspections and not holdings.hazards:
        return
    until = snapshot.as_of_on
    since = queries.year_before(queries.year_before(until))
    months = ask(snapshot, "monthly", since=since, until=until, town=None)
    if months.is_empty():
        frame.say_no_rows(words.say("overview.no_visits"))
        return
    visits = months.filter(pl.col("count_inspections") > 0)
    totals = visits.group_by("kind").agg(pl.col("count_inspections").sum())
    by_size = totals.sort("count_inspections", "kind", descending=[True, False])["kind"]
    kinds = [(kind, words.term(kind)) for kind in by_size]
    left, right = st.columns(2)
    with left:
        chart = charts.draw_kinds(visits, "count_inspections", kinds, since, until)
        _show_chart("monthly_visits", chart, "inspections")
    with right:
        if holdings.hazards:
            levels = words.say("park.serious"), words.say("park.other")
            chart = charts.draw_hazards(months, *levels, since, until)
            _show_chart("monthly_hazards", chart, "hazards")
        else:
            bad = [charts.Series("count_bad", words.say("park.bad"), charts.RED)]
            chart = charts.draw_months(months, bad, since, until)
            _show_chart("monthly_bad", chart, "inspections_bad_all")


def _show_chart(name: str, chart: alt.Chart, record_set: str) -> None:
    """Show a chart by month; a clicked month links to its rows."""
    head = st.container(horizontal=True, vertical_alignment="center")
    head.subheader(
        words.say(f"overview.{name}"), width="content", help=words.say("overview.month_hint")
    )
    month = charts.read_month(st.altair_chart(chart, on_select="rerun", key=name))
    if month:
        with head:
            frame.link_rows(record_set, words.say("overview.month_rows", month=month), month=month)


def _show_top(snapshot: Snapshot, holdings: Holdings) -> None:
    st.subheader(words.say("overview.top"))
    if not holdings.ranking:
        frame.say_no_rows(words.say("ranking.none"))
        return
    parks = ranking.find_parks(snapshot).head(TOP)
    shown = tables.prepare(
        parks, ["rank", "risk_score", "park_name", "town", "last_inspected_on", "reasons"]
    )
    with st.container(horizontal=True):
        actions = st.container(horizontal=True)
    chosen = tables.show(shown, key="top", select="one")
    with actions:
        st.page_link(
            frame.RANKING,
            label=words.say("overview.all_ranks"),
            icon=":material/format_list_numbered:",
            query_params=url_state.link(),
        )
        for row in chosen[:1]:
            frame.link_park(parks["park_id"][row], parks["park_name"][row])


def _show_towns(snapshot: Snapshot, holdings: Holdings) -> None:
    until = snapshot.as_of_on
    towns = ask(snapshot, "towns", since=queries.year_before(until), until=until)
    columns = ["town", "count_parks"]
    columns += ["visits_12m"] if holdings.inspections else []
    if holdings.hazards:
        columns += ["hazards_12m", "hazards_serious_12m", "hazards_open", "hazards_overdue"]
    columns += ["cases_12m"] if holdings.cases else []
    columns += ["accidents_12m"] if holdings.accidents else []
    st.subheader(words.say("overview.towns"))
    actions = st.container(horizontal=True)
    chosen = tables.show(tables.prepare(towns, columns), key="towns", select="one", most_rows=10)
    with actions:
        town = towns["town"][chosen[0]] if chosen else None
        if town is None:
            st.caption(words.say("overview.towns_hint"))
            return
        st.page_link(
            frame.RANKING,
            label=words.say("overview.town_ranking", town=town),
            icon=":material/arrow_forward:",
            query_params=url_state.link(town=town),
        )
        frame.link_rows("inspections_12m", words.say("overview.town_records", town=town), town=town)


def _show_files(snapshot: Snapshot, figures: dict[str, Any]) -> None:
    st.subheader(words.say("overview.files"))
    st.write(
        words.say(
            "overview.files_line",
            files=words.number(figures.get("count_files")),
            rows=words.number(figures.get("rows_read")),
            rejected=words.number(figures.get("rows_rejected")),
            issues=words.number(figures.get("count_issues")),
        )
    )
    refused = ask(snapshot, "refused_files")
    if refused.is_empty():
        st.caption(words.say("overview.all_loaded"))
    else:
        st.warning(words.say("overview.refused", n=refused.height), icon=":material/warning:")
        tables.show(
            tables.prepare(
                tables.explain(refused, "refused_code"),
                ["file_name", "refused_code", "explanation"],
            )
        )
    st.page_link(
        frame.QUALITY,
        label=words.say("page.quality"),
        icon=":material/fact_check:",
        query_params=url_state.link(),
    )


if __name__ == "__main__":
    show()
