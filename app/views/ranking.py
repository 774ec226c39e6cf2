"""Ranking: parks by risk, with the reasons of each and the evidence of the order.

Belongs here: filters, search, choice and download of ranked parks; which method won and why.
Does not belong here: one park's details (park.py).
"""

from __future__ import annotations

import json
from typing import Any

import polars as pl
import streamlit as st

from app import downloads, frame, queries, tables, url_state, words
from app.published import Snapshot, current_snapshot
from app.queries import Holdings, ask

TOWN, KIND, TEXT = "town", "kind", "text"


def find_parks(
    snapshot: Snapshot,
    towns: tuple[str, ...] = (),
    kinds: tuple[str, ...] = (),
    text: str = "",
) -> pl.DataFrame:
    """Return the ranked parks that pass the filters, with their main ``reasons`` in words."""
    parks = ask(snapshot, "ranking", towns=towns, kinds=kinds, text=text)
    reasons = ask(snapshot, "ranking_reasons")
    return parks.join(_phrase_reasons(reasons), on="park_id", how="left", maintain_order="left")


def show() -> None:
    """Show the page."""
    snapshot = current_snapshot()
    holdings = queries.find_holdings(snapshot)
    st.title(words.say("ranking.title"))
    if not holdings.ranking:
        frame.say_no_rows(words.say("ranking.none"))
        return
    facets = ask(snapshot, "ranking_facets")
    count_all = int(facets.filter(pl.col("facet") == "kind")["parks"].sum())
    _show_evidence(snapshot, count_all)
    towns, kinds, text = _show_filters(facets)
    parks = find_parks(snapshot, towns, kinds, text)
    actions = st.container(horizontal=True, vertical_alignment="center")
    if parks.is_empty():
        frame.say_no_rows()
        return
    shown = tables.prepare(parks, _list_columns(holdings))
    chosen = tables.show(shown, key="ranking", select="many", most_rows=18)
    with actions:
        st.markdown(
            words.say("ranking.shown", n=words.number(parks.height), all=words.number(count_all))
        )
        _offer_files(snapshot, shown, chosen, _describe_filter(towns, kinds, text))
    if len(chosen) == 1:
        row = chosen[0]
        with actions:
            frame.link_park(parks["park_id"][row], parks["park_name"][row])
    else:
        st.caption(words.say("ranking.choose_hint"))


def _list_columns(holdings: Holdings) -> list[str]:
    columns = ["rank", "risk_score", "park_name", "town", "park_kind"]
    columns += ["count_tenants"] if holdings.leases else []
    columns += ["last_inspected_on"] if holdings.inspections else []
    if holdings.hazards:
        columns += ["hazards_serious_12m", "hazards_open", "hazards_overdue"]
    return [*columns, "reasons"]


def _phrase_reasons(reasons: pl.DataFrame) -> pl.DataFrame:
    """Return one row a park: its reasons joined to a sentence. Each distinct value is said once."""
    distinct = reasons.select("feature", "value").unique(maintain_order=True)
    phrases = [words.reason(feature, value) for feature, value in distinct.iter_rows()]
    said = distinct.with_columns(pl.Series("reason", phrases, dtype=pl.String))
    return (
        reasons.join(
            said, on=["feature", "value"], how="left", nulls_equal=True, maintain_order="left"
        )
        .group_by("park_id", maintain_order=True)
        .agg(pl.col("reason").str.join(words.say("join")).alias("reasons"))
    )


def _show_filters(facets: pl.DataFrame) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    def choices(facet: str) -> dict[str, str]:
        rows = facets.filter(pl.col("facet") == facet).select("code", "parks")
        return {
            code: words.say("counted", name=words.term(code), n=words.number(count))
            for code, count in rows.iter_rows()
        }

    left, middle, right = st.columns([3, 3, 2])
    towns, kinds = choices("town"), choices("kind")
    placeholder = words.say("all")
    with left:
        chosen_towns = url_state.choose_many(
            words.column("town"), list(towns), towns.__getitem__, TOWN, placeholder
        )
    with middle:
        chosen_kinds = url_state.choose_many(
            words.column("park_kind"), list(kinds), kinds.__getitem__, KIND, placeholder
        )
    with right:
        text = url_state.type_text(words.say("search"), TEXT, words.say("ranking.text"))
    if chosen_towns or chosen_kinds or text:
        url_state.offer_removal(words.say("clear"), TOWN, KIND, TEXT)
    return chosen_towns, chosen_kinds, text


def _describe_filter(towns: tuple[str, ...], kinds: tuple[str, ...], text: str) -> str:
    parts = {
        "ranking.filter_town": ", ".join(map(words.term, towns)),
        "ranking.filter_kind": ", ".join(map(words.term, kinds)),
        "ranking.filter_text": text,
    }
    said = [words.say(key, values=values) for key, values in parts.items() if values]
    return words.say("join").join(said)


def _offer_files(
    snapshot: Snapshot, shown: pl.DataFrame, chosen: list[int], filter_text: str
) -> None:
    name = words.say("ranking.file", day=snapshot.as_of_on.isoformat())
    title = words.say("ranking.title")
    if len(chosen) > 1:
        by_hand = words.say("ranking.filter_chosen", n=len(chosen))
        text = words.say("join").join(filter(None, [filter_text, by_hand]))
        downloads.offer(
            name,
            lambda: downloads.describe_sheet(title, text, snapshot, shown[sorted(chosen)]),
            key="chosen",
            label=words.say("download.chosen", n=len(chosen)),
        )
        return
    downloads.offer(
        name, lambda: downloads.describe_sheet(title, filter_text, snapshot, shown), key="shown"
    )


def _show_evidence(snapshot: Snapshot, count_all: int) -> None:
    run = queries.ask_row(snapshot, "model_run") or {}
    st.caption(
        words.say(
            "ranking.lead",
            day=words.day(snapshot.as_of_on),
            n=words.number(count_all),
            days=run.get("horizon_days", words.MISSING),
            label=words.label(run.get("label_name")),
        )
    )
    evidence = ask(snapshot, "model_evidence", run_id=run.get("run_id", ""))
    st.markdown(_say_evidence(run, evidence))
    if run.get("is_rule"):
        proof = "ranking.too_short" if run["gain_low"] is None else "ranking.rule_won"
        st.markdown(words.say(proof))
    st.caption(words.say("ranking.caveat"))
    if not evidence.is_empty():
        with st.expander(words.say("ranking.evidence_more")):
            _show_methods(evidence)


def _say_evidence(run: dict[str, Any], evidence: pl.DataFrame) -> str:
    winner = run.get("winner")
    rows = {row["estimator"]: row for row in evidence.iter_rows(named=True)}
    if winner not in rows or rows[winner]["precision"] is None:
        return words.say("ranking.unproved", winner=words.term(winner))
    best = rows.pop(winner)
    text = words.say(
        "ranking.evidence",
        winner=words.term(winner),
        splits=best["count_splits"],
        precision=words.percent(best["precision"]),
    )
    others = [
        words.say("ranking.method", name=words.term(name), value=words.percent(row["precision"]))
        for name, row in rows.items()
    ]
    if others:
        text += words.say("ranking.versus", others=words.say("list").join(others))
    evaluation = json.loads(run["config"]).get("evaluation")
    if evaluation == "at_visit":  # each visit judged by itself: all have an outcome
        return text + words.say("ranking.at_visit")
    return text + words.say("ranking.labelled", share=words.percent(best["labelled_share"], 0))


def _show_methods(evidence: pl.DataFrame) -> None:
    bounds = [
        f"{words.percent(low, 0)} – {words.percent(high, 0)}"
        for low, high in evidence.select("bound_low", "bound_high").iter_rows()
    ]
    names = [words.term(code) for code in evidence["estimator"]]
    shown = evidence.with_columns(
        pl.Series("bounds", bounds, dtype=pl.String), pl.Series("estimator", names, dtype=pl.String)
    )
    columns = ["estimator", "precision", "precision_worst_split", "bounds", "labelled_share"]
    tables.show(tables.prepare(shown, columns))


if __name__ == "__main__":
    show()
