"""The published snapshot: which file is current, and one read-only connection to it.

Belongs here: resolving CURRENT.json, opening a snapshot, the facts of a publication.
Does not belong here: questions about the data (queries.py), anything on the screen.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb
import streamlit as st

# No extension may be fetched and no other file may be read: the explorer answers from one file.
_CONFIG = {
    "threads": 2,
    "memory_limit": "1GB",
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


@dataclass(frozen=True)
class Snapshot:
    """One published snapshot. File names are never used twice, so ``path`` identifies content."""

    path: str
    run_id: str
    as_of_on: date
    built_at: datetime


def find_snapshot(workspace: Path) -> Snapshot | None:
    """Return the snapshot that ``published/CURRENT.json`` names, or None when there is none.

    A pointer that cannot be read, or names a file that is gone, counts as nothing published:
    the page then says so instead of showing a traceback.
    """
    published = workspace / "published"
    try:
        pointer = json.loads((published / "CURRENT.json").read_text(encoding="utf-8"))
        snapshot = Snapshot(
            path=str((published / pointer["file"]).resolve()),
            run_id=pointer["run_id"] or "",
            as_of_on=date.fromisoformat((pointer["as_of_on"] or pointer["built_at"])[:10]),
            built_at=datetime.fromisoformat(pointer["built_at"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return snapshot if Path(snapshot.path).is_file() else None


def workspace_of(snapshot: Snapshot) -> Path:
    """Return the folder of the bureau whose snapshot this is."""
    return Path(snapshot.path).parent.parent


@st.cache_resource(max_entries=3, on_release=lambda con: con.close(), show_spinner=False)
def open_snapshot(path: str) -> duckdb.DuckDBPyConnection:
    """Open a snapshot read-only; callers take a fresh ``cursor()`` for every query."""
    return duckdb.connect(path, read_only=True, config=_CONFIG)


def hold_snapshot(snapshot: Snapshot) -> bool:
    """Keep the snapshot for this script run; return True when newer data replaced an older one.

    Every query of a run must use the same file, so the pointer is read once, by main.py.
    """
    before = st.session_state.get("snapshot")
    st.session_state["snapshot"] = snapshot
    return before is not None and before.path != snapshot.path


def current_snapshot() -> Snapshot:
    """Return the snapshot main.py resolved for this script run."""
    return st.session_state["snapshot"]
