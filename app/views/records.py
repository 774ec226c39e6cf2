"""Records: the rows behind each number, with source file and row.

Belongs here: choosing a set of rows, narrowing it by town, park or text, taking it away.
Does not belong here: figures computed from the rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app import downloads, frame, queries, tables, url_state, words
from app.published import Snapshot, current_snapshot
from app.queries import Holdings, ask

SHOWN = 500
MOST = 10_000_000
SET, TOWN, PARK, MONTH, TEXT = "set", "town", "park", "month", "text"


@dataclass(frozen=True)
class RecordSet:
    """A set of rows: the question that answers it, and which part of the answer (``only``)."""

    table: str
    only: str


SETS = {
    "parks_current": RecordSet("parks", "current"),
    "parks": RecordSet("parks", "all"),
    "enterprises_current": RecordSet("enterprises", "current"),
    "enterprises": RecordSet("enterprises", "all"),
    "leases_current": RecordSet("leases", "current"),
    "leases": RecordSet("leases", "all"),
    "inspections_12m": RecordSet("inspections", "year"),
    "inspections_bad": RecordSet("inspections", "bad"),
    "inspections_bad_all": RecordSet("inspections", "bad_all"),
    "inspections": RecordSet("inspections", "all"),
    "hazards_12m": RecordSet("hazards", "year"),
    "hazards_serious": RecordSet("hazards", "serious"),
    "hazards_open": RecordSet("hazards", "open"),
    "hazards_overdue": RecordSet("hazards", "overdue"),
    "hazards": RecordSet("hazards", "all"),
    "cases_12m": RecordSet("cases", "year"),
    "cases_double": RecordSet("cases", "double"),
    "cases": RecordSet("cases", "all"),
    "accidents_12m": RecordSet("accidents", "year"),
    "accidents": RecordSet("accidents", "all"),
    "devices_current": RecordSet("devices", "current"),
    "devices_high": RecordSet("devices", "too_high"),
    "devices": RecordSet("devices", "all"),
    "episodes_12m": RecordSet("episodes", "year"),
    "episodes": RecordSet("episodes", "all"),
    "alarms_12m": RecordSet("alarms", "year"),
    "alarms_true": RecordSet("alarms", "true"),
    "alarms": RecordSet("alarms", "all"),
    "readings_flagged": RecordSet("readings", "flagged"),
    "readings": RecordSet("readings", "all"),
}
DATED = ("inspections", "hazards", "cases", "accidents", "episodes", "alarms", "readings")
#: What a set adds up to beside its rows, and how that is written.
SUMS = {
    "count_tenancies": words.number,
    "sum_fines_fen": words.amount,
    "sum_deaths": words.number,
}
COLUMNS = {
    "parks": "park_name park_code town park_kind park_status lessor_name count_tenants "
    "floor_area_m2 is_provisional row_number source address listed_on",
    "enterprises": "enterprise_name town park_name industry_name scale employee_count "
    "production_status subject_kind is_provisional row_number source",
    "leases": "tenant_name park_name building leased_area_m2 start_on end_on gone_on is_current "
    "agreement_signed row_number source town floor sub_lessor_name activity",
    "inspections": "inspected_on kind enterprise_name park_name town result score count_hazards "
    "is_bad inspecting_unit row_number source count_inspectors inspection_code",
    "hazards": "found_on level state description enterprise_name park_name deadline_on "
    "rectified_on days_overdue row_number source town category location found_by hazard_code",
    "cases": "decided_on case_code party_names cause total_fine_yuan is_double_penalty "
    "case_disposition town row_number source filed_on days_to_decision person_fine_yuan cause_kind "
    "legal_basis procedure origin decision_no publish_until",
    "accidents": "occurred_on grade deaths count_injured enterprise_name park_name "
    "accident_type direct_loss_yuan is_counted row_number source town accident_place cause "
    "serious_injuries grade_claimed struck_off_reason reported_on concluded_on accident_code",
    "devices": "device_code device_kind gas enterprise_name park_name online_share last_reading_on "
    "count_episodes count_flagged alarm_1 alarm_2 unit is_set_point_too_high calibrated_until town "
    "row_number source location installed_on removed_on vendor device_status is_provisional",
    "episodes": "started_at level minutes peak unit device_code metric enterprise_name park_name "
    "is_reported count_readings row_number source town location",
    "alarms": "started_on started_clock level verified reconciled device_code device_kind "
    "enterprise_name park_name minutes_to_acknowledge peak unit row_number source town location "
    "acknowledged_on handled_on ended_on alarm_code",
    "readings": "observed_at device_code metric value unit flag value_given unit_given "
    "enterprise_name park_name town row_number source",
}


def find_rows(
    snapshot: Snapshot,
    name: str,
    *,
    town: str | None = None,
    park: str | None = None,
    month: str | None = None,
    text: str = "",
    limit: int = SHOWN,
    since: date | None = None,
) -> pl.DataFrame:
    """Return the rows of a set; ``count_all`` says how many there are without the limit.

    The window of a set is (``since``, data date]; by default the last 12 months.
    """
    question = f"rows_{SETS[name].table}"
    params: dict[str, Any] = {
        "only": SETS[name].only,
        "town": town,
        "park": park,
        "month": month,
        "text": text,
        "limit": limit,
        "since": since or queries.year_before(snapshot.as_of_on),
        "until": snapshot.as_of_on,
    }
    wanted = queries.parameters_of(question)
    return ask(snapshot, question, **{k: v for k, v in params.items() if k in wanted})


def prepare_rows(rows: pl.DataFrame, name: str, without: tuple[str, ...] = ()) -> pl.DataFrame:
    """Return the rows of a set as they are shown, without the named columns."""
    columns = [c for c in COLUMNS[SETS[name].table].split() if c not in without]
    return tables.prepare(rows, columns)


def show() -> None:
    """Show the page."""
    snapshot = current_snapshot()
    holdings = queries.find_holdings(snapshot)
    st.title(words.say("records.title"))
    st.caption(words.say("records.lead"))
    left, middle, right = st.columns(3)
    with left:
        name = _choose_set(holdings)
    if name is None:
        frame.say_absent()
        return
    narrow = _choose_filters(snapshot, name, middle, right)
    rows = find_rows(snapshot, name, **narrow)
    if rows.is_empty():
        frame.say_no_rows()
        return
    count_all = int(rows["count_all"][0])
    with st.container(horizontal=True, vertical_alignment="center"):
        key = "rows.shown" if count_all <= SHOWN else "rows.limited"
        st.markdown(words.say(key, n=words.number(count_all), shown=SHOWN))
        _show_sums(rows)
        _offer_files(snapshot, name, narrow)
    tables.show(prepare_rows(rows, name), most_rows=18)


def _show_sums(rows: pl.DataFrame) -> None:
    """Show what the rows of the whole set add up to, where they count something else, too."""
    for name, write in SUMS.items():
        if name in rows.columns and rows[name][0] is not None:
            st.markdown(words.say(f"records.{name}", n=write(rows[name][0])))


def _choose_set(holdings: Holdings) -> str | None:
    held = {"parks": True, **{t: getattr(holdings, t) for t in COLUMNS if t != "parks"}}
    wanted = url_state.read(SET)
    if wanted in SETS and not held[SETS[wanted].table]:
        return None
    codes = [code for code, record_set in SETS.items() if held[record_set.table]]
    return url_state.choose_required(
        words.say("records.set"), codes, lambda code: words.say(f"set.{code}"), SET
    )


def _choose_filters(
    snapshot: Snapshot, name: str, middle: DeltaGenerator, right: DeltaGenerator
) -> dict[str, Any]:
    towns = ask(snapshot, "town_names")["town"].to_list()
    with middle:
        town = url_state.choose_one(words.column("town"), towns, words.term, TOWN, words.say("all"))
    with right:
        text = url_state.type_text(words.say("search"), TEXT, words.say("records.text"))
    park, month = url_state.read(PARK), url_state.read(MONTH)
    dated = SETS[name].table in DATED
    with st.container(horizontal=True):
        if park:
            found = ask(snapshot, "park_name", park=park)
            shown = found["park_name"][0] if found.height else park
            url_state.offer_removal(words.say("records.of_park", name=shown), PARK)
        if month and dated:
            url_state.offer_removal(words.say("records.of_month", month=month), MONTH)
    return {"town": town, "park": park, "month": month if dated else None, "text": text}


def _offer_files(snapshot: Snapshot, name: str, narrow: dict[str, Any]) -> None:
    title = words.say(f"set.{name}")
    filter_text = words.say("join").join(str(value) for value in narrow.values() if value)

    def make() -> downloads.Sheet:
        rows = prepare_rows(find_rows(snapshot, name, **narrow, limit=MOST), name)
        return downloads.describe_sheet(title, filter_text, snapshot, rows)

    day = snapshot.as_of_on.isoformat()
    downloads.offer(words.say("records.file", name=title, day=day), make, key="records")


if __name__ == "__main__":
    show()
