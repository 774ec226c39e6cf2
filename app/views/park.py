"""One park: why it stands where it stands, who is in it, what was found there.

Belongs here: choosing a park, its head figures, and the tabs of its file.
Does not belong here: drawing of each tab (park_tabs.py).
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from app import frame, queries, url_state, words
from app.published import Snapshot, current_snapshot
from app.queries import Holdings, ask
from app.views import park_tabs

PARK, TAB = "park", "tab"


def show() -> None:
    """Show the page."""
    snapshot = current_snapshot()
    holdings = queries.find_holdings(snapshot)
    left, right = st.columns([3, 2], vertical_alignment="top")
    with right:
        park_id = _choose_park(snapshot)
    if park_id is None:
        left.title(words.say("page.park"))
        frame.say_no_rows(words.say("park.start"))
        return
    until = snapshot.as_of_on
    park = queries.ask_row(
        snapshot, "park", park=park_id, since=queries.year_before(until), until=until
    )
    if park is None:
        left.title(words.say("page.park"))
        frame.say_no_rows(words.say("park.unknown", park=park_id))
        return
    with left:
        _show_name(park)
    _show_figures(park, holdings)
    tabs = {
        "reasons": (holdings.ranking, park_tabs.show_reasons),
        "leases": (holdings.leases, park_tabs.show_leases),
        "inspections": (holdings.inspections, park_tabs.show_inspections),
        "hazards": (holdings.hazards, park_tabs.show_hazards),
        "cases": (holdings.cases, park_tabs.show_cases),
        "accidents": (holdings.accidents, park_tabs.show_accidents),
        "devices": (holdings.devices, park_tabs.show_devices),
        "facts": (True, park_tabs.show_facts),
    }
    codes = [code for code, (is_held, _) in tabs.items() if is_held]
    wanted = url_state.read(TAB)
    tab = url_state.choose_tab(
        words.say("page.park"), codes, lambda code: words.say(f"park.tab.{code}"), TAB
    )
    if wanted in tabs and wanted not in codes:
        frame.say_absent()
    tabs[tab][1](snapshot, park)


def _choose_park(snapshot: Snapshot) -> str | None:
    choices = ask(snapshot, "park_choices")
    said = {
        row["park_id"]: words.say(
            "park.choice",
            rank=words.MISSING if row["rank"] is None else f"{row['rank']:>3}",
            name=row["park_name"] or row["park_id"],
            town=row["town"] or "",
        ).rstrip()
        for row in choices.iter_rows(named=True)
    }
    wanted = url_state.read(PARK)
    chosen = url_state.choose_one(
        words.say("park.choose"),
        list(said),
        said.__getitem__,
        PARK,
        words.say("park.choose_hint"),
        label_shown=False,
    )
    return chosen or wanted


def _show_name(park: dict[str, Any]) -> None:
    st.title(park["park_name"] or park["park_id"])
    facts = [park["park_code"], park["town"], words.term(park["park_kind"]), park["address"]]
    if park["park_status"]:
        facts.append(words.term(park["park_status"]))
    if park["is_provisional"]:
        facts.append(words.column("is_provisional"))
    st.caption(" · ".join(fact for fact in facts if fact and fact != words.MISSING))


def _show_figures(park: dict[str, Any], holdings: Holdings) -> None:
    figures = _list_figures(park, holdings)
    with st.container(horizontal=True, gap="medium"):
        for name, value in figures:
            st.metric(words.column(name), value, help=words.hint(name), width="content")
    if holdings.ranking and park["rank"] is None:
        st.caption(words.say("park.unranked"))


def _list_figures(park: dict[str, Any], holdings: Holdings) -> list[tuple[str, str]]:
    figures: list[tuple[str, str]] = []
    if park["rank"] is not None:
        rank = words.say("park.rank_of", rank=park["rank"], n=words.number(park["count_cohort"]))
        figures = [("rank", rank), ("risk_score", words.score(park["risk_score"]))]
    if holdings.leases:
        figures.append(("count_tenants", words.number(park["count_tenants"])))
    if holdings.inspections:
        last = park["last_inspected_on"]
        figures.append(("visits_12m", words.number(park["visits_12m"])))
        figures.append(("last_inspected_on", last.isoformat() if last else words.say("park.never")))
    if park["last_score"] is not None:
        figures.append(("last_score", words.number(park["last_score"], 1)))
    if holdings.hazards:
        names = ("hazards_serious_12m", "hazards_open", "hazards_overdue")
        figures += [(name, words.number(park[name])) for name in names]
    if holdings.cases:
        figures.append(("cases_12m", words.number(park["cases_12m"])))
    if holdings.accidents:
        figures.append(("accidents_12m", words.number(park["accidents_12m"])))
    return figures


if __name__ == "__main__":
    show()
