"""The chapter on data quality: where every row went, and what needs attention.

Belongs here: its sentences and tables, from the explorer's own questions. Files have no town, so
the chapter is about the whole workspace. Does not belong here: judging the data (ingest, dbt).
"""

from __future__ import annotations

from typing import Any

import polars as pl

from app import queries, words
from app.report import cells, compose, phrases
from app.report.compose import head
from app.report.model import Block, Chapter, Paragraph, Table
from app.report.source import Source

PARTS = ("read", "accepted", "duplicate", "superseded", "rejected")


def build(source: Source) -> Chapter:
    """Return the chapter."""
    snapshot, style = source.snapshot, source.style
    totals = queries.ask_row(snapshot, "quality_totals") or {}
    off = queries.ask(snapshot, "file_ledger").filter(~pl.col("is_balanced"))["_file_id"].n_unique()
    headline = words.say(
        "quality_report.headline",
        files=phrases.say_amount(totals["count_files"], words.say("unit.files"), style),
        balance=words.say("quality_report.unbalanced", n=off)
        if off
        else words.say("quality_report.balanced"),
        **{part: totals[f"rows_{part}"] for part in PARTS},
    )
    refused = queries.ask(snapshot, "refused_files")
    said = [words.say("quality_report.whole"), headline, _say_provisional(source)]
    said.append(
        words.say(
            "quality_report.refused_text",
            n=phrases.say_amount(refused.height, words.say("unit.files"), style),
        )
        if refused.height
        else words.say("quality_report.none_refused")
    )
    blocks: list[Block] = [
        Paragraph(words.say("report.space").join(said)),
        _ledger_table(source, totals),
    ]
    if refused.height:
        blocks.append(_refused_table(refused))
    for question, key in (("reject_reasons", "reasons"), ("issue_rules", "issues")):
        counts = queries.ask(snapshot, question)
        if counts.height:
            blocks.append(_count_table(source, question, key, counts))
    return Chapter("quality", words.say("quality_report.title"), headline, blocks)


def _say_provisional(source: Source) -> str:
    counts = queries.ask_row(source.snapshot, "provisional") or {}
    return words.say(
        "quality_report.provisional",
        enterprises=phrases.say_amount(
            counts["enterprises"], words.say("unit.count_enterprises"), source.style
        ),
        parks=phrases.say_amount(counts["parks"], words.say("unit.count_parks"), source.style),
    )


def _ledger_table(source: Source, totals: dict[str, Any]) -> Table:
    rows = queries.ask(source.snapshot, "ledger_by_export")

    def make(row: dict[str, Any]) -> list[str]:
        name = row["export"] or words.say("report.total")
        counts = [cells.write(row[f"rows_{part}"]) for part in PARTS]
        return [words.term(name), cells.write(row["count_files"]), *counts]

    # A file may hold sheets of several exports: the sum of its counts would count it twice.
    whole = make({**totals, "export": None, "count_files": None})
    return Table(
        key="ledger",
        caption=words.say("quality_report.table_ledger"),
        unit=words.say("quality_report.unit_rows"),
        columns=[
            head("quality_report.export", "left"), head("quality_report.files"),
            *(head(f"quality_report.{part}") for part in PARTS),
        ],
        rows=[*compose.listed(rows, make), whole],
        questions=["ledger_by_export", "quality_totals"],
    )  # fmt: skip


def _refused_table(refused: pl.DataFrame) -> Table:
    ordered = refused.sort("file_name")
    return Table(
        key="refused",
        caption=words.say("quality_report.table_refused"),
        unit="",
        columns=[head("quality_report.file", "left"), head("quality_report.why", "left")],
        rows=compose.listed(
            ordered, lambda row: [row["file_name"], words.term(row["refused_code"])]
        ),
        questions=["refused_files"],
    )


def _count_table(source: Source, question: str, key: str, counts: pl.DataFrame) -> Table:
    column = "rows" if key == "reasons" else "count"
    name = "why" if key == "reasons" else "rule"
    shares = iter(compose.share_cells(counts["count_rows"].to_list(), source.style))
    return Table(
        key=key,
        caption=words.say(f"quality_report.table_{key}"),
        unit="",
        columns=[
            head(f"quality_report.{name}", "left"), head(f"quality_report.{column}"),
            head("report.share"),
        ],
        rows=compose.listed(
            counts,
            lambda row: [words.term(row["code"]), cells.write(row["count_rows"]), next(shares)],
        ),
        questions=[question],
    )  # fmt: skip
