"""The tabs of the review queue in which a person decides.

Belongs here: choosing an item, its facts side by side, the form, taking a decision back.
Does not belong here: the page's head and other tabs (review.py), the inbox (decisions.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import polars as pl
import streamlit as st

from app import decisions, frame, review_queue, tables, url_state, words
from app.published import Snapshot
from app.review_queue import Queue

KIND, STATE, TOWN = "kind", "state", "town"
OPEN = ("waiting", "deferred")
ANSWERS = ("confirm", "refuse", "defer")
SUBJECTS = [
    "item_kind", "subject", "left_name", "left_town", "right_name", "right_town", "similarity",
    "grounds", "count_rows", "left_rank", "right_rank", "answer_state", "answer_reason",
]  # fmt: skip
CODES = [
    "export_said", "column_name", "word", "count_rows", "count_files", "code_said", "answer_state",
    "answer_reason", "file_name",
]  # fmt: skip
DECIDED = ["made_on", "action", "item_kind", "about", "made_by", "answer_reason", "is_applied"]


def count_open(items: pl.DataFrame) -> int:
    """Return how many items wait: undecided or put off."""
    return items.filter(pl.col("state").is_in(OPEN)).height


def show_subjects(snapshot: Snapshot, queue: Queue) -> None:
    """Show the questions on who is who, and the form of the chosen one."""
    st.caption(words.say("review.subjects_lead"))
    left, right = st.columns(2)
    with left:
        kinds = _choose(queue.subjects, "item_kind", KIND, "review.filter_kind")
    with right:
        states = _choose(queue.subjects, "state", STATE, "review.filter_state")
    kept = queue.subjects.filter(
        pl.col("state").is_in(states or OPEN) & (pl.col("item_kind").is_in(kinds or KINDS))
    )
    if kept.is_empty():
        frame.say_no_rows(words.say("review.none"))
        return
    said = review_queue.say_subjects(kept).with_columns(
        pl.col("count_rows_moving").alias("count_rows")
    )
    st.caption(words.say("review.choose_hint"))
    chosen = tables.show(tables.prepare(said, SUBJECTS), key="review_subjects", select="one")
    if chosen:
        _show_pair(snapshot, kept.row(chosen[0], named=True))


KINDS = ("similar", "district_link", "code_conflict")


def show_codes(snapshot: Snapshot, queue: Queue) -> None:
    """Show the words nobody knows, and the form of the chosen one."""
    st.caption(words.say("review.codes_lead"))
    states = _choose(queue.codes, "state", STATE, "review.filter_state")
    kept = queue.codes.filter(pl.col("state").is_in(states or OPEN))
    if kept.is_empty():
        frame.say_no_rows(words.say("review.none"))
        return
    st.caption(words.say("review.choose_hint"))
    said = review_queue.say_codes(kept)
    chosen = tables.show(tables.prepare(said, CODES), key="review_codes", select="one")
    if not chosen:
        return
    item = kept.row(chosen[0], named=True)
    with st.container(border=True):
        facts = {
            "export": words.term(item["export"]), "column": words.field(item["column_name"]),
            "word": item["word"], "rows": item["count_rows"], "files": item["count_files"],
        }  # fmt: skip
        st.markdown(frame.plain(words.say("review.word", **facts)))
        choices = queue.choices.get((item["export"], item["column_name"]), [])
        _show_form(snapshot, item, choices)


def show_decided(snapshot: Snapshot, queue: Queue) -> None:
    """Show every decision; one that still counts can be taken back."""
    st.caption(words.say("review.decided_lead"))
    if not queue.decided:
        frame.say_no_rows(words.say("review.no_decisions"))
        return
    rows = [
        {
            "made_on": made.made_on,
            "action": words.term(made.action),
            "item_kind": words.term(made.item_kind),
            "about": review_queue.say_about(made),
            "made_by": made.made_by,
            "answer_reason": made.reason or None,
            "is_applied": made.decision_id in queue.applied,
        }
        for made in queue.decided
    ]
    chosen = tables.show(
        tables.prepare(pl.DataFrame(rows), DECIDED), key="review_decided", select="one"
    )
    in_force = {d.decision_id for d in decisions.in_force(queue.decided).values()}
    if chosen and queue.decided[chosen[0]].decision_id in in_force:
        _show_undo(snapshot, queue.decided[chosen[0]])


def _show_pair(snapshot: Snapshot, item: Mapping[str, Any]) -> None:
    with st.container(border=True):
        for side, place in zip(("left", "right"), st.columns(2), strict=True):
            with place:
                st.markdown(f"**{words.say(f'review.{side}')}**")
                st.markdown(frame.plain(item[f"{side}_name"]))
                key = "review.party_park" if item["subject"] == "park" else "review.party"
                facts = {
                    name: words.MISSING
                    if item[f"{side}_{name}"] is None
                    else item[f"{side}_{name}"]
                    for name in ("town", "code", "rank")
                }
                st.caption(frame.plain(words.say(key, **facts)))
        st.markdown(frame.plain(words.say("review.why", why=review_queue.say_grounds(item))))
        st.markdown(frame.plain(review_queue.say_effect(item)))
        _show_form(snapshot, item, ())


def _show_form(snapshot: Snapshot, item: Mapping[str, Any], choices: Sequence[str]) -> None:
    """Show the form; a saved decision is written and the page drawn again."""
    is_word = item["item_kind"] == "unknown_code"
    with st.form(f"decide_{item['item_key']}", border=False):
        answer = st.radio(
            words.say("review.answer"),
            ANSWERS,
            format_func=lambda code: words.say(f"review.{code}"),
            horizontal=True,
        )
        code = (
            st.selectbox(
                words.say("review.code"), choices, index=None, format_func=words.term,
                placeholder=words.say("choose"),
            )
            if is_word
            else None
        )  # fmt: skip
        reason = st.text_input(
            words.say("review.reason"), placeholder=words.say("review.reason_hint")
        )
        by = st.text_input(words.say("review.by"), value=st.session_state.get("decided_by", ""))
        if not st.form_submit_button(words.say("review.save"), type="primary"):
            return
        if not by.strip():
            st.error(words.say("review.need_by"))
        elif is_word and answer == "confirm" and not code:
            st.error(words.say("review.need_code"))
        else:
            _save(snapshot, item, answer, by, reason, code=code or "")


def _show_undo(snapshot: Snapshot, made: decisions.Decision) -> None:
    item = {name: getattr(made, name) for name in review_queue.ABOUT}
    with st.form(f"undo_{made.decision_id}"):
        st.markdown(frame.plain(review_queue.say_about(made)))
        reason = st.text_input(words.say("review.reason"))
        by = st.text_input(words.say("review.by"), value=st.session_state.get("decided_by", ""))
        if st.form_submit_button(words.say("review.undo")):
            if by.strip():
                _save(snapshot, item, "undo", by, reason, revokes=made.decision_id)
            else:
                st.error(words.say("review.need_by"))


def _save(
    snapshot: Snapshot, item: Mapping[str, Any], action: str, by: str, reason: str, **more: str
) -> None:
    made = decisions.make_decision(
        review_queue.about(item), action, by.strip(), reason.strip(), datetime.now(UTC), **more
    )
    path = decisions.inbox_path(review_queue.workspace_of(snapshot))
    decisions.add_decisions(path, [made])
    st.session_state["decided_by"] = by.strip()
    st.toast(words.say("review.saved"), icon=":material/check:")
    st.rerun()


def _choose(items: pl.DataFrame, column: str, param: str, label: str) -> tuple[str, ...]:
    counts = dict(items[column].value_counts().sort(column).iter_rows())
    return url_state.choose_many(
        words.say(label),
        list(counts),
        lambda code: words.say("counted", name=words.term(code), n=words.number(counts[code])),
        param,
        words.say("all") if column == "item_kind" else words.term("waiting"),
    )
