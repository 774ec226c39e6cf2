"""Visit rounds: who is to be visited, why, and how likely each was.

Belongs here: choosing a round, filtering its list, its strata, the duties that do not fit.
Does not belong here: drawing a round (``parkrisk round``), sentences (round_text.py).
"""

from __future__ import annotations

from typing import Any

import polars as pl
import streamlit as st

from app import downloads, frame, round_text, tables, url_state, words
from app.published import Snapshot, current_snapshot
from app.queries import ask
from app.round_text import RoundTables
from app.round_workbook import write_round

ROUND, TAB, PART, TOWN, TEXT = "round", "tab", "part", "town", "text"
PARTS = ("duty", "key", "random")
TABS = ("list", "strata", "left", "method")
LIST = (
    "place", "part", "visited_kind", "name", "town", "why", "inclusion_probability", "rank",
    "ranked_score", "last_inspected_on", "hazards_open", "park_name", "address",
)  # fmt: skip
LEFT = ("visited_kind", "name", "town", "why", "inclusion_probability", "last_inspected_on")
STRATA = ("stratum", "count_stratum", "count_drawn", "inclusion_probability")


def show() -> None:
    """Show the page."""
    snapshot = current_snapshot()
    st.title(words.say("rounds.title"))
    rounds = ask(snapshot, "rounds")
    if rounds.is_empty():
        frame.say_no_rows(words.say("rounds.none"))
        st.code(words.say("rounds.command"), language=None)
        return
    chosen = _choose_round(rounds)
    drawn = read_round(snapshot, chosen)
    _show_head(snapshot, drawn.round)
    left = drawn.lines.filter(pl.col("part") == "left")
    tabs = [tab for tab in TABS if tab != "left" or left.height]
    tab = url_state.choose_tab(
        words.say("rounds.title"), tabs, lambda code: words.say(f"rounds.tab.{code}"), TAB
    )
    if tab == "list":
        _show_list(snapshot, drawn)
    elif tab == "strata":
        _show_strata(drawn)
    elif tab == "left":
        st.markdown(words.say("rounds.left_lead", n=left.height))
        tables.show(tables.prepare(say_lines(left, drawn.frame), LEFT), most_rows=18)
    else:
        said = round_text.say_method(drawn.round, drawn.frame)
        st.markdown("\n".join(f"- {frame.plain(sentence)}" for sentence in said))


def read_round(snapshot: Snapshot, row: dict[str, Any]) -> RoundTables:
    """Return a round with its lines and its frame."""
    key = row["round_id"]
    return RoundTables(
        row, ask(snapshot, "round_lines", round=key), ask(snapshot, "round_frame", round=key)
    )


def say_lines(lines: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """Return lines with their reasons, part and unit in words."""
    return lines.with_columns(
        round_text.say_reasons(lines, members),
        pl.col("score").alias("ranked_score"),
        pl.col("part").replace({code: words.say(f"part.{code}") for code in (*PARTS, "left")}),
        pl.col("unit")
        .replace({code: words.say(f"unit.{code}") for code in ("park", "enterprise")})
        .alias("visited_kind"),
    )


def _choose_round(rounds: pl.DataFrame) -> dict[str, Any]:
    rows = {row["round_id"]: row for row in rounds.iter_rows(named=True)}

    def describe(code: str) -> str:
        row = rows[code]
        return words.say(
            "rounds.name", begins=row["begins_on"], ends=row["ends_on"], n=row["capacity"],
            round=code,
        )  # fmt: skip

    return rows[url_state.choose_required(words.say("rounds.choose"), list(rows), describe, ROUND)]


def _show_head(snapshot: Snapshot, row: dict[str, Any]) -> None:
    st.caption(
        words.say(
            "rounds.lead", round=row["round_id"], day=words.day(row["as_of_on"]),
            seed=row["seed"], cohort=words.number(row["count_cohort"]),
            eligible=words.number(row["count_eligible"]),
        )
    )  # fmt: skip
    if row["as_of_on"] < snapshot.as_of_on:
        st.info(words.say("rounds.old"), icon=":material/history:")
    figures = [("rounds.capacity", row["capacity"])]
    figures += [(f"part.{part}", row[f"count_{part}"]) for part in PARTS]
    figures += [("rounds.left", row["count_left"])]
    for place, (key, value) in zip(st.columns(len(figures)), figures, strict=True):
        place.metric(words.say(key), words.number(value))


def _show_list(snapshot: Snapshot, drawn: RoundTables) -> None:
    lines = drawn.lines.filter(pl.col("part") != "left")
    parts, towns, text = _show_filters(lines)
    found = lines.filter(_fits(parts, towns, text))
    actions = st.container(horizontal=True, vertical_alignment="center")
    if found.is_empty():
        frame.say_no_rows()
    else:
        shown = tables.prepare(say_lines(found, drawn.frame), LIST)
        chosen = tables.show(shown, key="round", select="one", most_rows=18)
    with actions:
        count = words.number(found.height)
        st.markdown(words.say("rounds.shown", n=count, all=words.number(lines.height)))
        _offer_files(snapshot, drawn, found, (parts, towns, text))
        if found.height and chosen:
            _link_line(found.row(chosen[0], named=True))
    if found.height and not chosen:
        st.caption(words.say("rounds.choose_hint"))


def _show_filters(lines: pl.DataFrame) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    def count(column: str, codes: list[str], speak: Any) -> dict[str, str]:
        counts = dict(lines.group_by(column).len().iter_rows())
        return {
            code: words.say("counted", name=speak(code), n=counts.get(code, 0)) for code in codes
        }

    parts = count("part", list(PARTS), lambda code: words.say(f"part.{code}"))
    names = sorted(lines["town"].drop_nulls().unique())
    towns = count("town", names, words.term)
    left, middle, right = st.columns([3, 3, 2])
    with left:
        chosen_parts = url_state.choose_many(
            words.say("rounds.kind"), list(parts), parts.__getitem__, PART, words.say("all")
        )
    with middle:
        chosen_towns = url_state.choose_many(
            words.column("in_town"), list(towns), towns.__getitem__, TOWN, words.say("all")
        )
    with right:
        text = url_state.type_text(words.say("search"), TEXT, words.say("rounds.text"))
    if chosen_parts or chosen_towns or text:
        url_state.offer_removal(words.say("clear"), PART, TOWN, TEXT)
    return chosen_parts, chosen_towns, text


def _fits(parts: tuple[str, ...], towns: tuple[str, ...], text: str) -> pl.Expr:
    fits = pl.lit(True)
    if parts:
        fits &= pl.col("part").is_in(list(parts))
    if towns:
        fits &= pl.col("town").is_in(list(towns))
    if text:
        sought = pl.concat_str(
            "name", "address", "park_name", "hazard_code", separator="\n", ignore_nulls=True
        )
        fits &= sought.str.to_lowercase().str.contains(text.lower(), literal=True)
    return fits


def _offer_files(
    snapshot: Snapshot, drawn: RoundTables, found: pl.DataFrame, narrow: tuple[Any, ...]
) -> None:
    name = words.say("rounds.file", round=drawn.round["round_id"])
    downloads.offer_bytes(
        f"{name}.xlsx", lambda: write_round(drawn), words.say("rounds.workbook"), key="workbook"
    )
    parts, towns, text = narrow
    said = [*(words.say(f"part.{p}") for p in parts), *towns, *([text] if text else [])]

    def make() -> downloads.Sheet:
        shown = tables.prepare(say_lines(found, drawn.frame), LIST)
        filter_text = words.say("join").join(said)
        return downloads.describe_sheet(words.say("rounds.title"), filter_text, snapshot, shown)

    downloads.offer(name, make, key="round_list")


def _link_line(line: dict[str, Any]) -> None:
    if line["park_id"]:
        frame.link_park(line["park_id"], line["park_name"] or line["name"])
    else:
        st.markdown(words.say("rounds.no_park", name=frame.plain(line["name"])))


def _show_strata(drawn: RoundTables) -> None:
    strata = round_text.list_strata(drawn.frame)
    said = [round_text.say_stratum(stratum) for stratum in strata["stratum"]]
    shown = strata.with_columns(pl.Series("stratum", said, dtype=pl.String))
    tables.show(tables.prepare(shown, STRATA), most_rows=18)
    st.caption(words.say("method.lot"))


if __name__ == "__main__":
    show()
