"""Erasure and retention: the record of what is to be forgotten, and its application to a workspace.

Belongs here: who asked for what and when, which contents it touches, their originals.
Does not belong here: which cells are emptied (ingest/redact.py), the command's words (cli.py).
Source: exports.md 9.7.

``state/forgotten.jsonl`` is append-only. Its entries enter the landing keys of the contents they
touched, so a landing stays a function of its bytes, its names, its contract and this record. A
content is redacted where it stands and its original bytes are deleted: from then on the lake is the
only copy of its rows.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from pipelines.contracts.contract import Contract, Feed
from pipelines.contracts.load_contracts import export_dictionary, load_contracts
from pipelines.ingest.find_exports import find_exports
from pipelines.ingest.land import note_asked
from pipelines.ingest.landing_folder import clean_replaced, live_landings, write_landing
from pipelines.ingest.landing_key import INGEST_VERSION
from pipelines.ingest.landing_settings import LandingSettings
from pipelines.ingest.redact import (
    Redactions,
    is_past_keeping,
    names_person,
    personal_columns,
    redact_rejected,
    redact_rows,
)
from pipelines.ingest.sightings import find_original
from pipelines.settings import Settings
from pipelines.warehouse import hold_run_lock

RECORD = "forgotten.jsonl"
#: Folder of the 纠错清单 workbooks below originals/: they quote originals, so they go with them.
CORRECTIONS = "_corrections"


@dataclass(frozen=True)
class Forgetting:
    """What one request touches.

    ``contents``: file ids; ``rows``: typed rows with a cell to empty; ``files``: paths below
    exports/ and originals/ that hold the bytes and are deleted.
    """

    contents: tuple[str, ...]
    rows: int
    files: tuple[Path, ...]


def read_redactions(state: Path) -> Redactions:
    """Return all that was ever asked to be forgotten in a workspace."""
    erased: dict[str, str] = {}
    expired: dict[str, date] = {}
    by_content: dict[str, tuple[str, ...]] = {}
    for entry in _read(state):
        if entry["what"] == "erased":
            erased.setdefault(entry["token"], str(len(erased) + 1))
            word = f"erased:{entry['token']}"
        else:
            before = date.fromisoformat(entry["before_on"])
            expired[entry["export"]] = max(before, expired.get(entry["export"], before))
            word = f"expired:{entry['export']}|{before}"
        for file_id in entry["contents"]:
            by_content[file_id] = (*by_content.get(file_id, ()), word)
    return Redactions(erased, expired, by_content)


def erase_person(
    workspace: Settings, texts: Sequence[str], today: date, reason: str, *, is_real: bool
) -> str:
    """Forget the person with these names, phones or identity numbers; return what was done.

    The texts are hashed at once and never written or printed. Without ``is_real`` nothing changes.
    """
    from pipelines.run import landing_settings

    if not any(text.strip() for text in texts):
        return "nobody named. Next: parkrisk erase --name NAME [--phone …] [--id …]"
    settings = landing_settings(workspace)
    tokens = [settings.tokens().hash(text) for text in texts if text.strip()]
    with hold_run_lock(workspace, "erase"):
        if is_real:
            contracts = load_contracts(workspace.contracts)
            return _told(erase(settings, contracts, tokens, today, reason), is_real=True)
        return _told(find_person(settings, tokens), is_real=False)


def retain(workspace: Settings, today: date, *, is_real: bool) -> str:
    """Forget the persons of every export past its days; return what was done."""
    from pipelines.run import landing_settings

    contracts = load_contracts(workspace.contracts)
    lines = []
    with hold_run_lock(workspace, "retain"):
        for export, days in sorted(workspace.retention_days.items()):
            before = first_kept_day(today, days)
            settings = landing_settings(workspace)
            if is_real:
                found = expire(settings, contracts, export, before, today)
            else:
                found = find_expired(settings, export, before)
            lines.append(f"{export} before {before}: {_told(found, is_real=is_real)}")
    return "\n".join(lines) or "no export has a retention"


def _told(found: Forgetting, *, is_real: bool) -> str:
    what = (
        f"{found.rows} rows of {len(found.contents)} file contents, "
        f"{len(found.files)} original files"
    )
    if not found.contents:
        return f"{what}: nothing to forget"
    if not is_real:
        names = "".join(f"\n  would be deleted: {path.name}" for path in found.files)
        return f"{what} would be forgotten{names}\nNext: the same command with --yes"
    return f"{what} forgotten. Next: parkrisk refresh"


def find_person(settings: LandingSettings, tokens: Sequence[str]) -> Forgetting:
    """Return what erasing the person with these hashes (name, phone, identity number) touches."""
    return _find(settings, lambda rows, feed: names_person(rows, feed, tokens))


def find_expired(settings: LandingSettings, export: str, before_on: date) -> Forgetting:
    """Return the contents with rows of an export before a day that still hold a person."""

    def is_old(rows: pl.DataFrame, feed: Feed) -> pl.Series:
        if feed.export != export:
            return pl.Series([False], dtype=pl.Boolean).new_from_index(0, rows.height)
        return is_past_keeping(rows, feed, before_on)

    return _find(settings, is_old)


def first_kept_day(today: date, days: int) -> date:
    """Return the first day whose persons are still kept."""
    return today - timedelta(days=days)


def erase(
    settings: LandingSettings, contracts: Mapping[str, Contract], tokens: Sequence[str],
    today: date, reason: str,
) -> Forgetting:  # fmt: skip
    """Forget a person: record it, empty the cells of every row, delete the original bytes.

    Returns
    -------
    Forgetting : what was done. Rows read and every row's disposition stay as they were.
    """
    found = find_person(settings, tokens)
    entries = [
        {"what": "erased", "token": token, "asked_on": today.isoformat(), "reason": reason,
         "contents": list(found.contents)}
        for token in tokens
    ]  # fmt: skip
    _apply(settings, contracts, found, entries)
    return found


def expire(
    settings: LandingSettings, contracts: Mapping[str, Contract], export: str, before_on: date,
    today: date,
) -> Forgetting:  # fmt: skip
    """Empty the personal cells of the rows of an export before a day; delete the original bytes."""
    found = find_expired(settings, export, before_on)
    entry = {
        "what": "expired", "export": export, "before_on": before_on.isoformat(),
        "asked_on": today.isoformat(), "contents": list(found.contents),
    }  # fmt: skip
    _apply(settings, contracts, found, [entry] if found.contents else [])
    return found


def _find(
    settings: LandingSettings, is_hit: Callable[[pl.DataFrame, Feed], pl.Series]
) -> Forgetting:
    contents: list[str] = []
    count = 0
    for file_id, (folder, *_) in live_landings(settings.lake).items():
        hits = 0
        for export, feed in export_dictionary().items():
            path = folder / f"{export}.parquet"
            if path.exists() and personal_columns(feed):
                hits += int(is_hit(pl.read_parquet(path), feed).sum())
        if hits:
            contents.append(file_id)
            count += hits
    return Forgetting(tuple(contents), count, tuple(_bytes_of(settings, set(contents))))


def _bytes_of(settings: LandingSettings, contents: set[str]) -> list[Path]:
    """Return every file that holds the bytes of some contents, or rows of originals."""
    dropped = [f.path for f in find_exports(settings.exports) if f.content_id in contents]
    kept = [find_original(file_id, settings.originals) for file_id in sorted(contents)]
    copies = sorted((settings.originals / CORRECTIONS).glob("*")) if contents else []
    return [*dropped, *(path for path in kept if path is not None), *copies]


def _apply(
    settings: LandingSettings, contracts: Mapping[str, Contract], found: Forgetting,
    entries: Sequence[Mapping[str, object]],
) -> None:  # fmt: skip
    """Record first, then redact, then delete: a run that dies half-way is finished by the next."""
    path = settings.state / RECORD
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as stream:
        stream.writelines(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries)
    after = replace(settings, redactions=read_redactions(settings.state))
    landings = live_landings(settings.lake)
    for file_id in found.contents:
        _redact_landing(landings[file_id][0], file_id, after)
    clean_replaced(settings.lake)
    for original in found.files:
        original.unlink(missing_ok=True)
    note_asked(found.contents, contracts, after)


def _redact_landing(folder: Path, file_id: str, settings: LandingSettings) -> None:
    """Write a content's landing again without what must be forgotten."""
    feeds = export_dictionary()
    tables = {
        path.stem: pl.read_parquet(path)
        for path in sorted(folder.glob("*.parquet"))
    }  # fmt: skip
    for name in tables:
        if name in feeds:
            tables[name] = redact_rows(tables[name], feeds[name], settings.redactions)
    tables["rejected"] = redact_rejected(tables["rejected"], file_id, settings.redactions)
    words = "|".join(settings.redactions.of(file_id))
    key = hashlib.sha256(f"{folder.name}|{words}".encode()).hexdigest()[: len(folder.name)]
    tables["files"] = tables["files"].with_columns(pl.lit(key).alias("landing_key"))
    write_landing(settings.lake, file_id, key, tables, INGEST_VERSION)


def _read(state: Path) -> list[dict]:
    path = state / RECORD
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
