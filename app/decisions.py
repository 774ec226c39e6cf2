"""Decisions of people: the one thing the explorer writes, into ``state/app.sqlite``.

Belongs here: the inbox's table, adding a decision, reading them back, who is at the machine.
Does not belong here: what a decision changes (pipelines/review, dbt); anything on the screen.

The inbox is append-only: nothing is edited, an undo is a decision of its own. A refresh copies
new decisions into ``rules/review_decisions.yml``, which is the record (decision 0035).
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from dataclasses import astuple, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

KINDS = ("similar", "district_link", "code_conflict", "unknown_code")
ACTIONS = ("confirm", "refuse", "defer", "undo")
#: Longest wait for another writer of the inbox, in seconds.
PATIENCE_SECONDS = 10.0


@dataclass(frozen=True)
class Decision:
    """One decision of one person on one item of the queue.

    ``made_on`` is the day in the workspace's zone (YYYY-MM-DD): it counts from the end of that
    day. ``made_at`` is UTC, ISO. ``revokes``: the decision an ``undo`` takes back. Texts that do
    not apply are empty.
    """

    decision_id: str
    item_key: str
    item_kind: str
    action: str
    subject: str = ""
    left_identity: str = ""
    right_identity: str = ""
    export: str = ""
    column_name: str = ""
    word: str = ""
    code: str = ""
    made_on: str = ""
    made_at: str = ""
    made_by: str = ""
    reason: str = ""
    revokes: str = ""


COLUMNS = tuple(field.name for field in fields(Decision))
_TABLE = "create table if not exists decisions (decision_id text primary key, {})".format(
    ", ".join(f"{name} text not null" for name in COLUMNS[1:])
)


def inbox_path(workspace: Path) -> Path:
    """Return where a workspace's inbox lies."""
    return workspace / "state" / "app.sqlite"


def make_decision(
    item: dict[str, str],
    action: str,
    made_by: str,
    reason: str,
    now: datetime,
    timezone: str | None = None,
    *,
    code: str = "",
    revokes: str = "",
) -> Decision:
    """Return a decision on ``item`` (its key, kind and what it is about).

    Parameters
    ----------
    now : the moment, with a zone.
    timezone : the workspace's zone, which says what day it is; None = the machine's, until the
        record puts the day right.
    code : stored value an unknown word is taken for.

    Raises
    ------
    ValueError : an action nobody knows, or an unknown word confirmed without a code.
    """
    if action not in ACTIONS:
        raise ValueError(f"action: got {action!r}, expected one of {', '.join(ACTIONS)}")
    if item["item_kind"] == "unknown_code" and action == "confirm" and not code:
        raise ValueError("code: got nothing, expected the stored value the word stands for")
    moment = now.astimezone(UTC).isoformat(timespec="microseconds")
    told = "|".join((item["item_key"], action, code, moment, made_by, revokes))
    kept = {name: str(item.get(name) or "") for name in COLUMNS if name in item}
    return Decision(
        **{
            **kept,
            "decision_id": hashlib.sha256(told.encode()).hexdigest()[:12],
            "action": action,
            "code": code or kept.get("code", ""),
            "made_on": day_of(moment, timezone),
            "made_at": moment,
            "made_by": made_by,
            "reason": reason,
            "revokes": revokes,
        }
    )


def day_of(moment: str, timezone: str | None) -> str:
    """Return the day (YYYY-MM-DD) of an ISO moment in a zone; None = the machine's."""
    zone = ZoneInfo(timezone) if timezone else None
    return datetime.fromisoformat(moment).astimezone(zone).date().isoformat()


def newest_answers(decisions: list[Decision]) -> dict[str, Decision]:
    """Return item key -> the newest decision on it, an undo included."""
    ordered = sorted(decisions, key=lambda d: (d.made_at, d.decision_id))
    return {decision.item_key: decision for decision in ordered}


def add_decisions(path: Path, decisions: list[Decision]) -> None:
    """Append decisions to the inbox; all or none. One met again is left as it is."""
    marks = ", ".join("?" * len(COLUMNS))
    with _open(path) as connection, connection:
        connection.executemany(
            f"insert or ignore into decisions ({', '.join(COLUMNS)}) values ({marks})",
            [astuple(decision) for decision in decisions],
        )


def read_inbox(path: Path) -> list[Decision]:
    """Return every decision of the inbox in the order they were made; [] when there is none."""
    if not path.exists():
        return []
    with _open(path) as connection:
        found = connection.execute(
            f"select {', '.join(COLUMNS)} from decisions order by made_at, decision_id"
        )
        return [Decision(*row) for row in found]


def in_force(decisions: list[Decision]) -> dict[str, Decision]:
    """Return item key -> the decision that counts: the newest of its item, unless it is an undo."""
    newest = newest_answers(decisions)
    return {key: decision for key, decision in newest.items() if decision.action != "undo"}


@contextmanager
def _open(path: Path) -> Generator[sqlite3.Connection]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path, timeout=PATIENCE_SECONDS)) as connection:
        connection.execute("pragma journal_mode = wal").fetchall()
        connection.execute(_TABLE)
        yield connection
