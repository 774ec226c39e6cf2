"""What waits for a person: who is who, unknown words, rows to correct, expected files.

Belongs here: the page's head and its tabs without decisions.
Does not belong here: forms that decide (review_forms.py), what a decision changes (pipelines, dbt).
"""

from __future__ import annotations

from datetime import date

import polars as pl
import streamlit as st

from app import downloads, frame, queries, review_queue, tables, url_state, words
from app.published import Snapshot, current_snapshot
from app.queries import ask
from app.review_queue import Queue, read_queue
from app.review_workbook import write_review
from app.views import review_forms

TAB, TOWN, SHOWN, MOST = "tab", "town", 500, 10_000_000
CORRECTIONS = [
    "disposition_said", "rule", "column_name", "raw_value", "explanation", "export_said", "town",
    "file_name", "sheet", "row_number",
]  # fmt: skip
FILES = [
    "arrival", "export_said", "source_system", "town", "month_said", "due_on", "arrived_on",
    "file_name", "asked_by",
]  # fmt: skip


def show() -> None:
    """Show the page."""
    snapshot = current_snapshot()
    st.title(words.say("review.title"))
    st.caption(words.say("review.lead"))
    if not review_queue.has_queue(snapshot):
        frame.say_no_rows(words.say("review.absent"))
        return
    queue = read_queue(snapshot)
    if queue.count_waiting:
        st.info(
            words.say("review.waiting", n=words.number(queue.count_waiting)),
            icon=":material/schedule:",
        )
    expected = _expected(snapshot, date.today())
    counts = {
        "subjects": review_forms.count_open(queue.subjects),
        "codes": review_forms.count_open(queue.codes),
        "corrections": int(ask(snapshot, "correction_towns")["count_rows"].sum()),
        "files": expected.filter(pl.col("arrival") == "late").height,
        "decided": len(queue.decided),
    }

    def describe(code: str) -> str:
        return words.say(
            "counted", name=words.say(f"review.tab.{code}"), n=words.number(counts[code])
        )

    tab = url_state.choose_tab(words.say("review.title"), list(counts), describe, TAB)
    if tab == "subjects":
        _offer_workbook(snapshot, queue)
        review_forms.show_subjects(snapshot, queue)
    elif tab == "codes":
        _offer_workbook(snapshot, queue)
        review_forms.show_codes(snapshot, queue)
    elif tab == "corrections":
        _show_corrections(snapshot)
    elif tab == "files":
        _show_files(expected)
    else:
        review_forms.show_decided(snapshot, queue)


def _offer_workbook(snapshot: Snapshot, queue: Queue) -> None:
    code = words.language()

    def build() -> bytes:
        words.choose_language(code)  # the click is served by another thread
        return write_review(queue, snapshot)

    st.download_button(
        words.say("review.workbook"),
        build,
        f"{words.say('review.file', day=snapshot.as_of_on.isoformat())}.xlsx",
        downloads.EXCEL,
        key="review_xlsx",
        on_click="ignore",
        help=words.say("review.workbook_hint"),
    )


def _show_corrections(snapshot: Snapshot) -> None:
    st.caption(words.say("review.corrections_lead"))
    folder = review_queue.workspace_of(snapshot)
    st.code(words.say("review.corrections_command", folder=folder), language=None)
    counts = dict(ask(snapshot, "correction_towns").iter_rows())
    if not counts:
        frame.say_no_rows(words.say("review.no_corrections"))
        return
    town = url_state.choose_one(
        words.say("review.filter_town"),
        list(counts),
        lambda code: words.say("counted", name=_town(code), n=words.number(counts[code])),
        TOWN,
        words.say("all"),
    )
    rows = ask(snapshot, "correction_rows", town=town, limit=SHOWN)
    count = int(rows["count_all"][0])
    said = _town(town) if town else words.say("all")

    def make() -> downloads.Sheet:
        everything = ask(snapshot, "correction_rows", town=town, limit=MOST)
        title = words.say("review.list_title", town=said)
        return downloads.describe_sheet(title, "", snapshot, _prepare(everything))

    with st.container(horizontal=True, vertical_alignment="center"):
        key = "rows.shown" if count <= SHOWN else "rows.limited"
        st.markdown(words.say(key, n=words.number(count), shown=SHOWN))
        name = words.say("review.list_file", town=said, day=snapshot.as_of_on.isoformat())
        downloads.offer(name, make, key="corrections")
    tables.show(_prepare(rows))


def _prepare(rows: pl.DataFrame) -> pl.DataFrame:
    told = tables.explain(rows, "rule").with_columns(
        pl.when("is_rejected")
        .then(pl.lit(words.term("rejected")))
        .otherwise(pl.lit(words.term("doubtful")))
        .alias("disposition_said"),
        review_queue.say_export(rows),
        pl.col("town").replace("?", words.say("review.no_town")),
    )
    return tables.prepare(told, CORRECTIONS)


def _show_files(expected: pl.DataFrame) -> None:
    st.caption(words.say("review.files_lead", today=words.day(date.today())))
    if expected.is_empty():
        frame.say_no_rows(words.say("review.no_files"))
        return
    late = expected.filter(pl.col("arrival") == "late").height
    due = expected.filter(pl.col("is_due_this_month")).height
    with st.container(horizontal=True):
        st.badge(words.say("review.count_late", n=late), color="red" if late else "green")
        st.badge(words.say("review.count_due", n=due), color="orange" if due else "green")
    told = expected.with_columns(
        pl.col("arrival").replace({c: words.term(c) for c in ("arrived", "late", "due")}),
        review_queue.say_export(expected),
        pl.col("month_end_on").dt.strftime("%Y-%m").alias("month_said"),
        pl.when("is_rule")
        .then(pl.lit(words.term("by_rule")))
        .otherwise(pl.lit(words.term("by_habit")))
        .alias("asked_by"),
        pl.col("town").replace("", None),
    )
    tables.show(tables.prepare(told, FILES))


def _expected(snapshot: Snapshot, today: date) -> pl.DataFrame:
    """Expected files as of today: late, due this month, or here; later months are left out."""
    if "rpt_expected_files" not in set(ask(snapshot, "tables")["table_name"]):
        return pl.DataFrame(schema={"arrival": pl.String})
    files = queries.ask(snapshot, "expected_files")
    is_missing, is_past = pl.col("is_missing"), pl.col("due_on") < today
    this_month = (pl.col("due_on").dt.year() == today.year) & (
        pl.col("due_on").dt.month() == today.month
    )
    told = files.with_columns(
        pl.when(~is_missing)
        .then(pl.lit("arrived"))
        .when(is_past)
        .then(pl.lit("late"))
        .otherwise(pl.lit("due"))
        .alias("arrival"),
        (is_missing & ~is_past & this_month).alias("is_due_this_month"),
    )
    return told.filter((pl.col("arrival") != "due") | this_month)


def _town(code: str) -> str:
    return words.say("review.no_town") if code == "?" else code


if __name__ == "__main__":
    show()
