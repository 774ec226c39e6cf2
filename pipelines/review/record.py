"""The record of decisions: ``rules/review_decisions.yml``, append-only, one line a decision.

Belongs here: copying the explorer's inbox into the record, reading it, how long each decision
counts, the rows dbt and landing read. Does not belong here: the inbox (app/decisions.py), what a
link or a code means.

The record outlives warehouse, lake and inbox: a rebuild from ``exports/`` and ``rules/`` alone
gives the same links (decision 0035).
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import date

import polars as pl
import yaml

from app.decisions import (
    ACTIONS,
    COLUMNS,
    KINDS,
    Decision,
    add_decisions,
    day_of,
    inbox_path,
    read_inbox,
)
from pipelines.ingest.personal import scrub_text
from pipelines.settings import Settings

NAME = "review_decisions"
HEAD = """\
# Decisions of the review queue, one a line, oldest first. parkrisk appends here and never edits:
# to take one back, use `parkrisk review undo` or the page 待办核实, which add a line of their own.
"""
#: ``ops.review_decisions``; who decided stays in the record and the inbox.
DECISIONS_SCHEMA = {
    "decision_id": pl.String, "item_key": pl.String, "item_kind": pl.String, "action": pl.String,
    "subject": pl.String, "left_identity": pl.String, "right_identity": pl.String,
    "export": pl.String, "column_name": pl.String, "word": pl.String, "code": pl.String,
    "reason": pl.String, "revokes": pl.String, "made_on": pl.Date, "ended_on": pl.Date,
    "made_at": pl.String,
}  # fmt: skip


class RecordError(ValueError):
    """A record that cannot be read; the sentence names file, line, got and expected."""


def harvest(settings: Settings) -> int:
    """Append the inbox's new decisions to the record; return how many.

    The record says the day in the workspace's zone, wherever the machine stands.

    An inbox that lost decisions the record holds gets them back, so that the page shows them.
    """
    path = inbox_path(settings.workspace)
    inbox, kept = read_inbox(path), read_record(settings)
    known = {decision.decision_id for decision in kept}
    fresh = [
        replace(decision, made_on=day_of(decision.made_at, settings.timezone))
        for decision in inbox
        if decision.decision_id not in known
    ]
    if fresh:
        target = settings.rules / f"{NAME}.yml"
        target.parent.mkdir(parents=True, exist_ok=True)
        old = target.read_text("utf-8") if target.exists() else HEAD
        lines = "".join(f"- {_line(decision)}\n" for decision in fresh)
        part = target.with_suffix(".tmp")
        part.write_text(old + lines, "utf-8")
        part.replace(target)
    met = {decision.decision_id for decision in inbox}
    if lost := [decision for decision in kept if decision.decision_id not in met]:
        add_decisions(path, lost)
    return len(fresh)


def read_record(settings: Settings) -> list[Decision]:
    """Return the record's decisions, the oldest first; [] when nobody has decided anything.

    Raises
    ------
    RecordError : not a list of decisions, an unknown key, kind or action.
    """
    path = settings.rules / f"{NAME}.yml"
    if not path.exists():
        return []
    raw = yaml.safe_load(path.read_text("utf-8")) or []
    if not isinstance(raw, list):
        raise RecordError(f"rules/{path.name}: got {type(raw).__name__}, expected a list of lines")
    found = [_read_line(entry, number) for number, entry in enumerate(raw, start=1)]
    return sorted(found, key=lambda d: (d.made_at, d.decision_id))


def decision_rows(settings: Settings) -> pl.DataFrame:
    """Return every decision with the day it stopped counting (null = counts still).

    A decision ends on the day the next one on its item is made, an undo included.
    """
    decisions = read_record(settings)
    ends: dict[str, date] = {}
    newest: dict[str, str] = {}
    for decision in decisions:
        if before := newest.get(decision.item_key):
            ends[before] = date.fromisoformat(decision.made_on)
        newest[decision.item_key] = decision.decision_id
    rows = [
        {
            **{name: text or None for name, text in asdict(decision).items()},
            "reason": scrub_text(decision.reason) or None,
            "made_on": date.fromisoformat(decision.made_on),
            "ended_on": ends.get(decision.decision_id),
        }
        for decision in decisions
    ]
    return pl.DataFrame(rows, schema=DECISIONS_SCHEMA, orient="row")


def subject_rules(decisions: pl.DataFrame) -> pl.DataFrame:
    """Return decisions on who is who as rows of ``rule_subject_decisions``.

    Confirming says that two identities are the same subject; refusing a link says that the right
    one is not the left one's. Refusing what was never linked changes no link, so it is no rule.
    """
    same = (pl.col("action") == "confirm") & (pl.col("item_kind") != "unknown_code")
    apart = (pl.col("action") == "refuse") & (pl.col("item_kind") == "district_link")
    return decisions.filter(same | apart).select(
        pl.when(pl.col("action") == "confirm")
        .then(pl.lit("same"))
        .otherwise(pl.lit("different"))
        .alias("decision"),
        "subject", "left_identity", "right_identity",
        pl.col("made_on").alias("decided_on"), "ended_on",
        pl.col("reason").fill_null(""),
    )  # fmt: skip


def code_words(decisions: pl.DataFrame) -> pl.DataFrame:
    """Return the words that count as a stored code now, with export, column and code."""
    return decisions.filter(
        (pl.col("item_kind") == "unknown_code")
        & (pl.col("action") == "confirm")
        & pl.col("ended_on").is_null()
    ).select("export", "column_name", "word", "code", "made_on", "reason")


def _line(decision: Decision) -> str:
    told = {name: text for name, text in asdict(decision).items() if text}
    return json.dumps(told, ensure_ascii=False)


def _read_line(entry: object, number: int) -> Decision:
    where = f"rules/{NAME}.yml: line {number}"
    if not isinstance(entry, dict) or (unknown := set(entry) - set(COLUMNS)):
        got = ", ".join(sorted(unknown)) if isinstance(entry, dict) else repr(entry)
        raise RecordError(f"{where}: got {got}, expected keys of {', '.join(COLUMNS)}")
    for key, words in {"item_kind": KINDS, "action": ACTIONS}.items():
        if entry.get(key) not in words:
            raise RecordError(
                f"{where}: {key} got {entry.get(key)!r}, expected one of {', '.join(words)}"
            )
    try:
        date.fromisoformat(str(entry.get("made_on")))
    except ValueError as error:
        raise RecordError(
            f"{where}: made_on got {entry.get('made_on')!r}, expected a day like 2026-03-05"
        ) from error
    return Decision(**{name: str(value) for name, value in entry.items()})
