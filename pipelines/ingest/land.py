"""All exports of a workspace into its lake.

Belongs here: which contents are new or stand under another key, and the summary of a run.
Does not belong here: landing one file (land_file.py), folders (landing_folder.py), names
(sightings.py).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl

from pipelines.contracts.contract import Contract
from pipelines.contracts.load_contracts import export_dictionary
from pipelines.ingest.find_exports import find_exports
from pipelines.ingest.land_file import CheckedFile, check_file, land_file, write_checked
from pipelines.ingest.landing_folder import clean_replaced, heal, live_landings, write_empty
from pipelines.ingest.landing_key import INGEST_VERSION, asked_key, landing_key
from pipelines.ingest.landing_settings import LandingSettings
from pipelines.ingest.names import hint_of
from pipelines.ingest.schema import lake_tables, schema_hash
from pipelines.ingest.sightings import (
    add_sightings,
    find_original,
    keep_original,
    read_sightings,
)

__all__ = [
    "LandingSettings", "LandingSummary", "clean_replaced", "heal", "land_file", "land_workspace",
    "landing_key",
]  # fmt: skip

#: Said for each file that is landed: done, of how many, file name.
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class LandingSummary:
    """What a run of landing did.

    ``count_files``: files below exports/; ``names_added``: sightings new in this run;
    ``contents_landed``: folders written; ``contents_same``: contents whose landing stood already;
    ``contents_refused``: of those landed now; ``contents_stale``: contents that would land anew but
    whose original is gone; rows are those of the folders written now; ``landing_keys``: all live
    landings, ``<file id>/<landing key>``, sorted: equal sets mean nothing new.
    """

    count_files: int
    names_added: int
    contents_landed: int
    contents_same: int
    contents_refused: int
    contents_stale: int
    files_unfinished: int
    rows_read: int
    rows_typed: int
    rows_rejected: int
    landing_keys: tuple[str, ...]


def land_workspace(
    contracts: Mapping[str, Contract],
    settings: LandingSettings,
    now: datetime,
    progress: Progress | None = None,
    *,
    must_raise: bool = False,
) -> LandingSummary:
    """Bring the lake in step with the exports: land what is new or stands under another key.

    Parameters
    ----------
    now : moment of the scan (UTC, without zone); it is stored with new sightings and decides
        nothing.
    must_raise : raise errors of our own code instead of refusing the file.

    Notes
    -----
    Contents that left exports/ stay in the lake. Source: exports.md 9.4.4-9.4.5, design.md 1.
    """
    heal(settings.lake)
    settings.lake.mkdir(parents=True, exist_ok=True)
    tables = lake_tables(export_dictionary())
    write_empty(settings.lake, tables, INGEST_VERSION)
    found = list(find_exports(settings.exports))
    # bytes that were forgotten and are dropped once more are not kept a second time
    forgotten = settings.redactions.by_content
    kept = [f for f in found if f.content_id in forgotten or keep_original(f, settings.originals)]
    names_added = add_sightings(kept, read_sightings(settings.state), settings.state, now)
    names = _names_by_content(read_sightings(settings.state))
    record = _Record(settings.state / "landings.json")
    counts: list[_Counts] = []
    todo, stale = _to_look_at(names, contracts, settings, record, schema_hash(tables))
    live = {path for paths in live_landings(settings.lake).values() for path in paths}
    try:
        for number, content in enumerate(todo, start=1):
            if progress is not None:
                progress(number, len(todo), content.names[0])
            checked = check_file(
                content.path, content.names, contracts, settings, must_raise=must_raise
            )
            path = write_checked(checked, settings)
            if not checked.is_our_fault:
                record.asked[content.file_id] = content.asked
            if path not in live:
                counts.append(_count(checked))
    finally:
        record.write()
    return LandingSummary(
        count_files=len(found), names_added=names_added, contents_landed=len(counts),
        contents_same=len(names) - len(counts) - stale,
        contents_refused=sum(count.is_refused for count in counts),
        contents_stale=stale, files_unfinished=len(found) - len(kept),
        rows_read=sum(count.read for count in counts),
        rows_typed=sum(count.typed for count in counts),
        rows_rejected=sum(count.rejected for count in counts),
        landing_keys=tuple(
            f"{path.parent.name}/{path.name}"
            for paths in live_landings(settings.lake).values() for path in paths
        ),
    )  # fmt: skip


@dataclass(frozen=True)
class _Content:
    """A content that must be looked at: it is new, or something it depends on changed."""

    file_id: str
    names: tuple[str, ...]
    path: Path
    asked: str


@dataclass(frozen=True)
class _Counts:
    is_refused: bool
    read: int
    typed: int
    rejected: int


class _Record:
    """``state/landings.json``: what was asked of each content when it was last looked at.

    It only saves time: without it every content is recognised again, to the same landings.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.asked: dict[str, str] = dict(json.loads(path.read_text("utf-8")))
        except (FileNotFoundError, ValueError):
            self.asked = {}

    def write(self) -> None:
        """Replace the file as a whole."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.path.with_suffix(".tmp")
        fresh.write_text(json.dumps(self.asked, indent=0, sort_keys=True), "utf-8")
        fresh.replace(self.path)


def _to_look_at(
    names: Mapping[str, tuple[str, ...]],
    contracts: Mapping[str, Contract],
    settings: LandingSettings,
    record: _Record,
    tables_hash: str,
) -> tuple[list[_Content], int]:
    """Return the contents to look at, and how many have lost their original."""
    live = live_landings(settings.lake)
    todo: list[_Content] = []
    stale = 0
    for file_id, own_names in names.items():
        asked = asked_key(
            file_id, hint_of(own_names, contracts), own_names, contracts, settings, tables_hash
        )
        if len(live.get(file_id, ())) == 1 and record.asked.get(file_id) == asked:
            continue
        original = find_original(file_id, settings.originals)
        if original is None:
            stale += 1
            continue
        todo.append(_Content(file_id, own_names, original, asked))
    return todo, stale


def note_asked(
    file_ids: Iterable[str], contracts: Mapping[str, Contract], settings: LandingSettings
) -> None:
    """Record that the live landings of some contents answer to the settings as they are now.

    For contents that were redacted where they stand: their originals are gone, so nobody could
    land them again, and nothing is stale about them.
    """
    names = _names_by_content(read_sightings(settings.state))
    tables_hash = schema_hash(lake_tables(export_dictionary()))
    record = _Record(settings.state / "landings.json")
    for file_id in file_ids:
        hint = hint_of(names[file_id], contracts)
        record.asked[file_id] = asked_key(
            file_id, hint, names[file_id], contracts, settings, tables_hash
        )
    record.write()


def _names_by_content(sightings: pl.DataFrame) -> dict[str, tuple[str, ...]]:
    """Return file id -> its names, sorted; contents in the order of their smallest name."""
    grouped = sightings.group_by("_file_id").agg(pl.col("file_name").unique().sort())
    return {
        file_id: tuple(file_names)
        for file_id, file_names in grouped.sort(
            pl.col("file_name").list.first(), "_file_id"
        ).iter_rows()
    }


def _count(checked: CheckedFile) -> _Counts:
    sheets = [landed for _, landed in checked.landed]
    return _Counts(
        is_refused=checked.read.refusal is not None,
        read=sum(landed.rows_read for landed in sheets),
        typed=sum(landed.rows.height for landed in sheets),
        rejected=sum(landed.rejected.height for landed in sheets),
    )
