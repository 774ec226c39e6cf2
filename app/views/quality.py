"""Data quality: how each file was recognised and where each row went.

Belongs here: files, refused files, rejected rows, defects, links of subjects.
Does not belong here: judging the data (ingest and dbt do).
"""

from __future__ import annotations

from typing import Any

import polars as pl
import streamlit as st

from app import downloads, frame, queries, tables, url_state, words
from app.published import Snapshot, current_snapshot
from app.queries import ask

TAB, FILE, RULE, REASON, WAY, TEXT = "tab", "file", "rule", "reason", "way", "text"
SHOWN = 500
MOST = 10_000_000
PARTS = ("rows_read", "rows_accepted", "rows_duplicate", "rows_superseded", "rows_rejected")
LEDGER = [
    "file_name", "sheet", "export", "known_on", *PARTS, "is_balanced", "recognition", "header_row",
]  # fmt: skip
REJECTED = [
    "reason",
    "column_name",
    "raw_value",
    "export",
    "file_name",
    "sheet",
    "row_number",
    "cells",
]
ISSUES = [
    "rule",
    "column_name",
    "raw_value",
    "explanation",
    "export",
    "file_name",
    "sheet",
    "row_number",
    "message",
]
LINKS = [
    "subject",
    "name",
    "town",
    "uscc",
    "linked_by",
    "subject_name",
    "is_provisional",
    "count_rows",
    "known_from",
]
REFUSED = [
    "file_name",
    "refused_code",
    "explanation",
    "refused_sentence",
    "size_kb",
    "first_seen_at",
]


def show() -> None:
    """Show the page."""
    snapshot = current_snapshot()
    st.title(words.say("quality.title"))
    st.caption(words.say("quality.lead"))
    totals = queries.ask_row(snapshot, "quality_totals") or {}
    _show_balance(totals)
    counts = {
        "files": totals["count_files"],
        "refused": totals["count_refused"],
        "rejected": totals["rows_rejected"],
        "issues": totals["count_issues"],
        "links": None,
    }

    def describe(code: str) -> str:
        name, count = words.say(f"quality.tab.{code}"), counts[code]
        return name if count is None else words.say("counted", name=name, n=words.number(count))

    tabs = {
        "files": _show_files,
        "refused": _show_refused,
        "rejected": _show_rejected,
        "issues": _show_issues,
        "links": _show_links,
    }
    tabs[url_state.choose_tab(words.say("quality.title"), list(tabs), describe, TAB)](snapshot)


def _show_balance(totals: dict[str, Any]) -> None:
    off = totals["rows_read"] - sum(totals[part] for part in PARTS[1:])
    sentence = words.say("quality.balance", **{part: words.number(totals[part]) for part in PARTS})
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(sentence, help=words.hint("is_balanced"))
        if off:
            st.badge(words.say("quality.unbalanced", n=words.number(off)), color="red")
        else:
            st.badge(words.say("quality.balanced"), color="green")


def _show_files(snapshot: Snapshot) -> None:
    ledger = ask(snapshot, "file_ledger")
    if ledger.is_empty():
        frame.say_no_rows()
        return
    st.caption(words.say("quality.files_hint"))
    chosen = tables.show(tables.prepare(ledger, LEDGER), key="ledger", select="one")
    if chosen:
        _show_file(snapshot, ledger.row(chosen[0], named=True))


def _show_file(snapshot: Snapshot, line: dict[str, Any]) -> None:
    file = queries.ask_row(snapshot, "file_details", file=line["_file_id"]) or {}
    seen = file.get("first_seen_at")
    with st.container(border=True):
        st.markdown(f"**{line['file_name']}**")
        st.caption(
            words.say(
                "quality.file_facts",
                names=file.get("all_names") or line["file_name"],
                encoding=file.get("encoding") or words.MISSING,
                seen=f"{seen:%Y-%m-%d %H:%M}" if seen else words.MISSING,
            )
        )
        with st.container(horizontal=True):
            for tab in ("rejected", "issues"):
                st.page_link(
                    frame.QUALITY,
                    label=words.say(f"quality.file_{tab}"),
                    icon=":material/arrow_forward:",
                    query_params=url_state.link(tab=tab, file=line["_file_id"]),
                )


def _show_refused(snapshot: Snapshot) -> None:
    refused = ask(snapshot, "refused_files")
    if refused.is_empty():
        frame.say_no_rows(words.say("quality.none_refused"))
        return
    tables.show(tables.prepare(tables.explain(refused, "refused_code"), REFUSED))


def _show_rejected(snapshot: Snapshot) -> None:
    st.caption(words.say("quality.rejected_lead"))
    file = _choose_file(snapshot)
    reasons = _choose_codes(snapshot, "reject_reasons", "quality.filter_reason", REASON)
    _show_rows(
        snapshot, "rejected_rows", REJECTED, "quality.none_rejected", "quality.tab.rejected",
        file=file, reasons=reasons,
    )  # fmt: skip


def _show_issues(snapshot: Snapshot) -> None:
    st.caption(words.say("quality.issues_lead"))
    file = _choose_file(snapshot)
    rules = _choose_codes(snapshot, "issue_rules", "quality.filter_rule", RULE)
    _show_rows(
        snapshot, "issues", ISSUES, "quality.none_issues", "quality.tab.issues",
        file=file, rules=rules,
    )  # fmt: skip


def _show_links(snapshot: Snapshot) -> None:
    provisional = queries.ask_row(snapshot, "provisional") or {}
    st.caption(
        words.say("quality.links_lead", **{k: words.number(v) for k, v in provisional.items()})
    )
    left, right = st.columns(2)
    with left:
        ways = _choose_codes(snapshot, "link_ways", "quality.filter_way", WAY)
    with right:
        text = url_state.type_text(words.say("search"), TEXT, words.column("name"))
    _show_rows(
        snapshot, "subject_links", LINKS, "no_rows", "quality.tab.links", ways=ways, text=text
    )


def _choose_file(snapshot: Snapshot) -> str | None:
    file = url_state.read(FILE)
    if file:
        details = queries.ask_row(snapshot, "file_details", file=file)
        name = details["file_name"] if details else file
        url_state.offer_removal(words.say("quality.of_file", name=name), FILE)
    return file


def _choose_codes(snapshot: Snapshot, question: str, label: str, param: str) -> tuple[str, ...]:
    counts = dict(ask(snapshot, question).iter_rows())
    if not counts:
        return ()
    return url_state.choose_many(
        words.say(label),
        list(counts),
        lambda code: words.say("counted", name=words.term(code), n=words.number(counts[code])),
        param,
        words.say("all"),
    )


def _show_rows(
    snapshot: Snapshot, question: str, columns: list[str], nothing: str, title: str, **params: Any
) -> None:
    rows: pl.DataFrame = ask(snapshot, question, **params, limit=SHOWN)
    if rows.is_empty():
        frame.say_no_rows(words.say(nothing))
        return
    count = int(rows["count_all"][0])

    def make() -> downloads.Sheet:
        everything = ask(snapshot, question, **params, limit=MOST)
        return downloads.describe_sheet(
            words.say(title), "", snapshot, _prepare(everything, columns)
        )

    with st.container(horizontal=True, vertical_alignment="center"):
        key = "rows.shown" if count <= SHOWN else "rows.limited"
        st.markdown(words.say(key, n=words.number(count), shown=SHOWN))
        day = snapshot.as_of_on.isoformat()
        downloads.offer(
            words.say("records.file", name=words.say(title), day=day), make, key="quality"
        )
    tables.show(_prepare(rows, columns))


def _prepare(rows: pl.DataFrame, columns: list[str]) -> pl.DataFrame:
    return tables.prepare(tables.explain(rows, "rule") if "rule" in rows.columns else rows, columns)


if __name__ == "__main__":
    show()
