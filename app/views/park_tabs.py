"""The tabs of a park's file: reasons, tenants, visits, hazards, register facts.

Belongs here: what each tab shows of one park.
Does not belong here: choosing the park (park.py), queries (sql/).
"""

from __future__ import annotations

import math
from typing import Any

import polars as pl
import streamlit as st

from app import charts, frame, queries, tables, words
from app.published import Snapshot
from app.queries import ask
from app.views import records

SHOWN_REASONS = 10
TOLERANCE = 1e-6
#: feature → the set of rows it counts
ROWS_OF_FEATURE = {
    "hazards_12m": "hazards_12m",
    "hazards_serious_12m": "hazards_serious",
    "hazards_open": "hazards_open",
    "hazards_overdue": "hazards_overdue",
    "visits_12m": "inspections_12m",
    "bad_visits_12m": "inspections_bad",
    "visits_all": "inspections",
    "bad_visits_all": "inspections_bad_all",
    "last_score": "inspections",
    "mean_score_all": "inspections",
    "was_last_visit_bad": "inspections",
    "count_tenants": "leases_current",
    "cases_24m": "cases",
    "fines_24m_fen": "cases",
    "accidents_24m": "accidents",
    "deaths_24m": "accidents",
    "gas_level1_episodes_3m": "episodes_12m",
    "gas_level2_episodes_3m": "episodes_12m",
    "true_alarms_12m": "alarms_true",
    "devices_set_too_high": "devices_high",
}
OUTCOMES = {"park.bad": charts.RED, "park.good": charts.BLUE, "park.no_outcome": charts.GREY}
FACTS = [
    "park_code",
    "park_name",
    "park_kind",
    "park_status",
    "town",
    "address",
    "lessor_name",
    "count_tenants_claimed",
    "floor_area_m2",
    "land_area_m2",
    "building_count",
    "fire_class",
    "has_sandwich_panel",
    "is_three_in_one",
    "has_hazchem_store",
    "listed_on",
    "improved_on",
    "delisted_on",
    "is_provisional",
    "known_from",
    "source",
    "row_number",
]


def show_reasons(snapshot: Snapshot, park: dict[str, Any]) -> None:
    """Show what the score is made of: bars that add up to it, and the rows behind them."""
    reasons = ask(snapshot, "park_reasons", park=park["park_id"])
    if reasons.is_empty():
        frame.say_no_rows(words.say("park.reasons_none"))
        return
    st.markdown(_say_sum(reasons, park["risk_score"]))
    st.altair_chart(charts.draw_contributions(_stack_reasons(reasons)))
    linked = {
        record_set: feature
        for feature, value in reasons.select("feature", "value").iter_rows()
        if value and (record_set := ROWS_OF_FEATURE.get(feature))
    }
    with st.container(horizontal=True):
        for record_set in linked:
            frame.link_rows(record_set, words.say(f"set.{record_set}"), park=park["park_id"])
    with st.expander(words.say("park.reasons_all")):
        phrases = [words.reason(f, v) for f, v in reasons.select("feature", "value").iter_rows()]
        listed = reasons.select(pl.Series("feature", phrases, dtype=pl.String), "contribution")
        tables.show(tables.prepare(listed, ["feature", "contribution"]), most_rows=40)


def show_leases(snapshot: Snapshot, park: dict[str, Any]) -> None:
    """Show tenants over time, arrivals and exits, and every tenancy with its days."""
    rows = records.find_rows(snapshot, "leases", park=park["park_id"])
    if rows.is_empty():
        frame.say_no_rows(words.say("park.no_leases"))
        return
    months = ask(snapshot, "park_tenants", park=park["park_id"], until=snapshot.as_of_on)
    left, right = st.columns(2)
    with left:
        st.subheader(words.say("park.tenants_chart"))
        st.altair_chart(charts.draw_level(months, "count_tenants", words.column("count_tenants")))
    with right:
        st.subheader(words.say("park.moves_chart"))
        arrived, gone = words.say("park.arrived"), words.say("park.left")
        st.altair_chart(charts.draw_moves(months, arrived, gone))
    _show_rows(rows, "leases", park)


def show_inspections(snapshot: Snapshot, park: dict[str, Any]) -> None:
    """Show the visits on a time line (by score where visits are scored) and as rows."""
    rows = records.find_rows(snapshot, "inspections", park=park["park_id"])
    if rows.is_empty():
        frame.say_no_rows(words.say("park.no_visits"))
        return
    outcome = (
        pl.when(pl.col("is_bad"))
        .then(pl.lit(words.say("park.bad")))
        .when(pl.col("is_bad").is_null())
        .then(pl.lit(words.say("park.no_outcome")))
        .otherwise(pl.lit(words.say("park.good")))
    )
    kinds = {kind: words.term(kind) for kind in rows["kind"].drop_nulls().unique()}
    marks = rows.select(
        pl.col("inspected_on").cast(pl.String).alias("day"),
        outcome.alias("outcome"),
        pl.col("kind").replace(kinds).fill_null(words.MISSING),
        "score",
    )
    side = "score" if marks["score"].count() else "kind"
    marks = marks.drop_nulls(side)
    met = set(marks["outcome"])
    colours = [
        (words.say(key), colour) for key, colour in OUTCOMES.items() if words.say(key) in met
    ]
    st.subheader(words.say("park.scores_chart" if side == "score" else "park.visits_chart"))
    height = 230 if side == "score" else 70 + 34 * marks["kind"].n_unique()
    st.altair_chart(charts.draw_visits(marks, colours, side, height))
    _show_rows(rows, "inspections", park)


def show_hazards(snapshot: Snapshot, park: dict[str, Any]) -> None:
    """Show hazards by month and as rows with state, deadline, source file and row."""
    rows = records.find_rows(snapshot, "hazards", park=park["park_id"])
    if rows.is_empty():
        frame.say_no_rows(words.say("park.no_hazards"))
        return
    until = snapshot.as_of_on
    since = queries.year_before(queries.year_before(until))
    months = ask(snapshot, "park_monthly", park=park["park_id"], since=since, until=until)
    st.subheader(words.say("park.hazards_chart"))
    levels = words.say("park.serious"), words.say("park.other")
    chart = charts.draw_hazards(months, *levels, since, until, height=210)
    month = charts.read_month(st.altair_chart(chart, on_select="rerun", key="park_hazards"))
    if month:
        label = words.say("overview.month_rows", month=month)
        frame.link_rows("hazards", label, park=park["park_id"], month=month)
    _show_rows(rows, "hazards", park)


def show_cases(snapshot: Snapshot, park: dict[str, Any]) -> None:
    """Show the penalty cases against tenants of the park, with source file and row."""
    _show_plain_rows(snapshot, "cases", park)


def show_accidents(snapshot: Snapshot, park: dict[str, Any]) -> None:
    """Show the accidents in the park, with source file and row."""
    _show_plain_rows(snapshot, "accidents", park)


def show_devices(snapshot: Snapshot, park: dict[str, Any]) -> None:
    """Show the devices that stand in the park, the longest offline first."""
    _show_plain_rows(snapshot, "devices_current", park)


def _show_plain_rows(snapshot: Snapshot, name: str, park: dict[str, Any]) -> None:
    rows = records.find_rows(snapshot, name, park=park["park_id"])
    if rows.is_empty():
        frame.say_no_rows(words.say(f"park.no_{name}"))
        return
    st.caption(words.say(f"park.{name}_lead"))
    _show_rows(rows, name, park)


def show_facts(_: Snapshot, park: dict[str, Any]) -> None:
    """Show what the register says, with the row it comes from."""
    row = tables.prepare(pl.DataFrame([park], infer_schema_length=1), FACTS)
    left, right = st.columns(2)
    half = math.ceil(row.width / 2)
    for place, name in enumerate(row.columns):
        value = row[name][0]
        text = words.number(value) if isinstance(value, (int, float)) else str(value)
        with left if place < half else right, st.container(horizontal=True):
            st.caption(words.column(name), width=170)
            st.markdown(text.replace("*", "\\*"), width="stretch")


def _show_rows(rows: pl.DataFrame, name: str, park: dict[str, Any]) -> None:
    count = int(rows["count_all"][0])
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(words.say("rows.shown", n=words.number(count)))
        frame.link_rows(name, words.say("page.records"), park=park["park_id"])
    tables.show(records.prepare_rows(rows, name, without=("park_name", "town")))


def _say_sum(reasons: pl.DataFrame, score: float | None) -> str:
    """Say how the contributions make the score: directly, or through the logistic function."""
    total = float(reasons["contribution"].sum())
    base = reasons.filter(pl.col("position") == 0)["contribution"].sum()
    said = {"total": words.score(total), "score": words.score(score), "base": words.score(base)}
    if score is None or abs(total - score) < TOLERANCE:
        return words.say("park.reasons_lead", **{**said, "score": words.score(total)})
    if abs(1 / (1 + math.exp(-total)) - score) < TOLERANCE:
        lead = words.say("park.reasons_lead", **{**said, "score": words.score(total)})
        return f"{lead} {words.say('park.reasons_scale', **said)}"
    return words.say("park.reasons_differ", **said)


def _stack_reasons(reasons: pl.DataFrame) -> pl.DataFrame:
    """Return the bars of the waterfall: base, the largest reasons, the rest, the score.

    Each bar starts where the one before ended; ``right`` is where its text stands.
    """
    base = reasons.filter(pl.col("position") == 0)
    parts = reasons.filter((pl.col("position") > 0) & (pl.col("contribution").abs() > TOLERANCE))
    shown, rest = parts.head(SHOWN_REASONS), parts.slice(SHOWN_REASONS)
    steps = [("base", None, float(base["contribution"].sum()))]
    steps += list(shown.select("feature", "value", "contribution").iter_rows())
    if rest.height:
        steps.append(("rest", None, float(rest["contribution"].sum())))
    amounts = [step[2] for step in steps]
    ends = pl.Series(amounts, dtype=pl.Float64).cum_sum().to_list()
    total = ends[-1]
    return pl.DataFrame(
        {
            "label": [words.reason(f, v) for f, v, _ in steps] + [words.column("score")],
            "start": [0.0, *ends[:-1], 0.0],
            "end": [*ends, total],
            "text": [words.score(base["contribution"].sum())]
            + [f"{amount:+.3f}" for amount in amounts[1:]]
            + [words.score(total)],
            "part": ["total"] + ["up" if a > 0 else "down" for a in amounts[1:]] + ["total"],
        }
    ).with_columns(pl.max_horizontal("start", "end").alias("right"))
