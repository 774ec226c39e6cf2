"""What every page shares: the sidebar, links between pages, and the sentences for what is absent.

Belongs here: navigation, the freshness badge, links that carry filters.
Does not belong here: the content of a page (views/).
"""

from __future__ import annotations

import re
from datetime import date

import streamlit as st

from app import tables, url_state, words
from app.published import Snapshot

OVERVIEW = "views/overview.py"
RANKING = "views/ranking.py"
PARK = "views/park.py"
ROUNDS = "views/rounds.py"
MONITORING = "views/monitoring.py"
RECORDS = "views/records.py"
QUALITY = "views/quality.py"
REVIEW = "views/review.py"
STATISTICS = "views/statistics.py"
#: page file → (key of its name, icon; Streamlit serves its icon font itself)
PAGES = {
    OVERVIEW: ("page.overview", ":material/dashboard:"),
    RANKING: ("page.ranking", ":material/format_list_numbered:"),
    PARK: ("page.park", ":material/domain:"),
    ROUNDS: ("page.rounds", ":material/event_note:"),
    MONITORING: ("page.monitoring", ":material/sensors:"),
    RECORDS: ("page.records", ":material/table_rows:"),
    STATISTICS: ("page.statistics", ":material/query_stats:"),
    QUALITY: ("page.quality", ":material/fact_check:"),
    REVIEW: ("page.review", ":material/rule:"),
}
_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$<>:&])")
#: Days after which the data date is shown as old: a monthly export that came, and one that did not.
FRESH_DAYS, STALE_DAYS = 40, 75


def show_sidebar(place: str | None, snapshot: Snapshot | None, today: date) -> None:
    """Show the product, the district, the pages, how fresh the data is, and the other language."""
    with st.sidebar:
        st.markdown(f"**{words.say('product')}**")
        if place:
            st.caption(place)
        for file, (name, icon) in PAGES.items():
            if snapshot:
                st.page_link(file, label=words.say(name), icon=icon, query_params=url_state.link())
        st.space("small")
        if snapshot:
            _show_freshness(snapshot, today)
        other = next(code for code in words.LANGUAGES if code != words.language())
        st.button(
            words.say("other_language"),
            on_click=url_state.speak,
            args=(other,),
            type="tertiary",
            icon=":material/translate:",
        )


def plain(text: str) -> str:
    """Return a text from the data so that Markdown shows it as it is written."""
    return _MARKUP.sub(r"\\\1", text)


def table_height(rows: int) -> int:
    """Return the height of a table that shows all its rows, up to a screenful (pixels)."""
    return tables.ROW_HEIGHT * (min(rows, tables.MOST_ROWS) + 1) + 3


def link_park(park_id: str, name: str) -> None:
    """Show the link that opens one park."""
    st.page_link(
        PARK,
        label=words.say("ranking.open", name=name),
        icon=":material/arrow_forward:",
        query_params=url_state.link(park=park_id),
    )


def link_rows(record_set: str, label: str | None = None, **params: str | None) -> None:
    """Show the link to the rows behind a number, with the filters that made it."""
    st.page_link(
        RECORDS,
        label=label or words.say("see_rows"),
        icon=":material/arrow_forward:",
        query_params=url_state.link(set=record_set, **params),
    )


def say_absent() -> None:
    """Say that the workspace has no such data: not an error, and not an empty chart."""
    st.info(words.say("absent"), icon=":material/info:")


def say_no_rows(sentence: str | None = None) -> None:
    """Say that nothing fits."""
    st.info(sentence or words.say("no_rows"), icon=":material/info:")


def _show_freshness(snapshot: Snapshot, today: date) -> None:
    age = (today - snapshot.as_of_on).days
    colour = "green" if age <= FRESH_DAYS else "orange" if age <= STALE_DAYS else "red"
    day = words.day(snapshot.as_of_on)
    built = words.instant(snapshot.built_at)
    st.badge(
        words.say("fresh.as_of", day=day),
        color=colour,
        help=words.say("fresh.help", day=day, days=words.number(age), built=built),
    )
