"""The review queue as a person reads it: published items, and what was decided since.

Belongs here: joining the snapshot with the inbox, items in words, what an item hands to a decision.
Does not belong here: layout (views/review.py, review_workbook.py), writing a decision
(decisions.py).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from app import decisions, words
from app.decisions import Decision
from app.published import Snapshot
from app.queries import ask

STATES = {"confirm": "confirmed", "refuse": "refused", "defer": "deferred", "undo": "waiting"}
#: What a decision keeps of its item.
ABOUT = (
    "item_key", "item_kind", "subject", "left_identity", "right_identity", "export",
    "column_name", "word",
)  # fmt: skip
TABLES = frozenset(
    ("fct_review_items", "fct_unknown_codes", "dim_code_choices", "fct_review_decisions")
)


@dataclass(frozen=True)
class Queue:
    """What waits and what was decided.

    ``subjects``, ``codes``: published items with ``state`` as the inbox says it now and
    ``is_applied``; ``choices``: (export, column) -> stored values; ``decided``: every decision of
    the inbox, the newest first; ``applied``: decisions the publication was built with.
    """

    subjects: pl.DataFrame
    codes: pl.DataFrame
    choices: Mapping[tuple[str, str], list[str]]
    decided: list[Decision]
    applied: frozenset[str]

    @property
    def count_waiting(self) -> int:
        """Decisions the next refresh will apply."""
        return sum(d.decision_id not in self.applied for d in self.decided)


def workspace_of(snapshot: Snapshot) -> Path:
    """Return the workspace a snapshot was published in."""
    return Path(snapshot.path).parent.parent


def has_queue(snapshot: Snapshot) -> bool:
    """Whether the publication holds a review queue; an older one does not."""
    return set(ask(snapshot, "tables")["table_name"]) >= TABLES


def read_queue(snapshot: Snapshot) -> Queue:
    """Return the queue of a publication with every decision made since."""
    inbox = decisions.read_inbox(decisions.inbox_path(workspace_of(snapshot)))
    applied = frozenset(ask(snapshot, "review_applied")["decision_id"])
    newest = decisions.newest_answers(inbox)
    choices: dict[tuple[str, str], list[str]] = {}
    for export, column, code in ask(snapshot, "code_choices").iter_rows():
        choices.setdefault((export, column), []).append(code)
    codes = _with_answers(ask(snapshot, "review_words"), newest, applied)
    return Queue(
        subjects=_with_answers(ask(snapshot, "review_items"), newest, applied),
        codes=codes.with_columns(pl.lit("unknown_code").alias("item_kind")),
        choices=choices,
        decided=sorted(inbox, key=lambda d: (d.made_at, d.decision_id), reverse=True),
        applied=applied,
    )


def about(item: Mapping[str, Any]) -> dict[str, str]:
    """Return what a decision keeps of its item."""
    return {name: str(item[name]) for name in ABOUT if item.get(name) is not None}


def say_subjects(items: pl.DataFrame) -> pl.DataFrame:
    """Return items with kind, grounds, effect and state in words."""
    return items.with_columns(
        _said(items, "item_kind", words.term),
        pl.Series("grounds", [say_grounds(row) for row in items.iter_rows(named=True)], pl.String),
        pl.Series("effect", [say_effect(row) for row in items.iter_rows(named=True)], pl.String),
        _said(items, "state", words.term).alias("answer_state"),
        pl.col("reason").alias("answer_reason"),
    )


def say_codes(items: pl.DataFrame) -> pl.DataFrame:
    """Return words with their export, column and state in words."""
    return items.with_columns(
        say_export(items),
        _said(items, "state", words.term).alias("answer_state"),
        _said(items, "code", words.term).alias("code_said"),
        pl.col("reason").alias("answer_reason"),
    )


def say_export(rows: pl.DataFrame) -> pl.Expr:
    """Return the rows' export in words, as ``export_said``."""
    return _said(rows, "export", words.term).alias("export_said")


def say_grounds(item: Mapping[str, Any]) -> str:
    """Return why an item is asked: likeness, place, and what speaks for or against."""
    parts = []
    if item["item_kind"] == "similar" and item["similarity"] is not None:
        parts.append(words.say("review.similarity", value=f"{item['similarity']:.1f}"))
    if item["met_in"]:
        parts.append(words.say("review.met_in", place=item["met_in"]))
    parts += [words.term(code) for code in item["why"].split(",") if code]
    return words.say("join").join(parts)


def say_effect(item: Mapping[str, Any]) -> str:
    """Return what the answer that moves rows would do."""
    moves: dict[str, int] = json.loads(item["moves"])
    rows = words.say("list").join(
        words.say("review.rows_of", export=words.term(export), n=words.number(count))
        for export, count in moves.items()
    )
    key = f"review.moves_{item['moving_answer']}"
    return words.say(key, rows=rows or words.say("review.no_moves"))


def say_about(decision: Decision) -> str:
    """Return what a decision was about."""
    if decision.item_kind == "unknown_code":
        where = f"{words.term(decision.export)}·{words.field(decision.column_name)}"
        told = f"{where} {decision.word}"
        return f"{told} → {words.term(decision.code)}" if decision.code else told
    names = [i.replace("|", " ") for i in (decision.left_identity, decision.right_identity)]
    return " ↔ ".join(names)


def _with_answers(
    items: pl.DataFrame, newest: Mapping[str, Decision], applied: frozenset[str]
) -> pl.DataFrame:
    """Say each item's state as the inbox has it now."""
    states, reasons, days, done, codes = [], [], [], [], []
    for row in items.iter_rows(named=True):
        answer = newest.get(row["item_key"])
        undone = answer is None or answer.action == "undo"
        states.append(_state(row, answer))
        reasons.append(row["reason"] if answer is None else None if undone else answer.reason)
        days.append(answer.made_on if answer and not undone else row["decided_on"])
        done.append(answer is None or answer.decision_id in applied)
        codes.append(None if answer and undone else answer.code if answer else row.get("code"))
    told = items.with_columns(
        pl.Series("state", states, pl.String),
        pl.Series("reason", [reason or None for reason in reasons], pl.String),
        pl.Series("decided_on", [str(day) if day else None for day in days], pl.String),
        pl.Series("is_applied", done, pl.Boolean),
    )
    if "code" in items.columns:
        told = told.with_columns(pl.Series("code", [c or None for c in codes], pl.String))
    return told


def _state(row: Mapping[str, Any], answer: Decision | None) -> str:
    if answer is not None:
        return STATES[answer.action]
    return "waiting" if row["state"] == "open" else row["state"]


def _said(frame: pl.DataFrame, column: str, speak: Any) -> pl.Expr:
    codes = {code: speak(code) for code in frame[column].drop_nulls().unique()}
    return pl.col(column).replace(codes)
