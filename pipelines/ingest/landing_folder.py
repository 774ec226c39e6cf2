"""Folders of the lake: written beside, renamed in, moved out, healed.

Belongs here: everything that makes a landing whole or absent at any moment.
Does not belong here: what stands in the tables (land_file.py).

``lake/<file_id>/<landing_key>/`` is live; ``lake/.tmp-*`` is being written; ``lake/.old-*`` was
replaced and waits for the next publication. No glob of the warehouse meets the dotted ones.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from pipelines.ingest.schema import Schema, schema_hash

MANIFEST = "manifest.json"
#: Folder of the zero-row tables, in place of a file id.
EMPTY = "_empty"
_TMP, _OLD = ".tmp-", ".old-"


def write_landing(
    lake: Path, file_id: str, landing_key: str, tables: Mapping[str, pl.DataFrame], version: str
) -> Path:
    """Write the tables of a content and make them the only live landing of it.

    The folder is written beside, its manifest last; older landings of the content leave the glob
    first, so a reader meets one of them or none, never two.
    """
    fresh = lake / f"{_TMP}{file_id}-{landing_key}-{os.getpid()}"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for name, table in tables.items():
        path = fresh / f"{name}.parquet"
        table.write_parquet(path, compression="zstd", statistics=True)
        _sync(path)
    manifest = {
        "file_id": file_id, "landing_key": landing_key, "ingest_version": version,
        "rows": {name: table.height for name, table in tables.items()},
    }  # fmt: skip
    (fresh / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", "utf-8")
    _sync(fresh / MANIFEST)
    _sync(fresh)
    target = lake / file_id / landing_key
    target.parent.mkdir(exist_ok=True)
    for live in sorted(target.parent.iterdir()):
        retire(live)
    fresh.rename(target)
    _sync(target.parent)
    return target


def write_empty(lake: Path, tables: Mapping[str, Schema], version: str) -> Path:
    """Keep one folder with a zero-row file of every table, so that no glob is ever empty."""
    key = schema_hash(tables)
    target = lake / EMPTY / key
    if (target / MANIFEST).exists() and len(list(target.parent.iterdir())) == 1:
        return target
    frames = {name: pl.DataFrame(schema=schema) for name, schema in tables.items()}
    return write_landing(lake, EMPTY, key, frames, version)


def live_landings(lake: Path) -> dict[str, list[Path]]:
    """Return file id -> its whole landings (one, but for a crash of an earlier release)."""
    landings: dict[str, list[Path]] = {}
    for manifest in sorted(lake.glob(f"[!._]*/*/{MANIFEST}")):
        landings.setdefault(manifest.parent.parent.name, []).append(manifest.parent)
    return landings


def retire(folder: Path) -> None:
    """Take a live landing out of every glob; ``clean_replaced`` deletes it later."""
    lake, file_id = folder.parent.parent, folder.parent.name
    goal = lake / f"{_OLD}{file_id}-{folder.name}"
    shutil.rmtree(goal, ignore_errors=True)
    folder.rename(goal)


def heal(lake: Path) -> None:
    """Undo what a killed run left: half-written folders go, a content without landing gets its own
    back. Safe to call at any time nobody lands."""
    if not lake.is_dir():
        return
    for fresh in lake.glob(f"{_TMP}*"):
        shutil.rmtree(fresh, ignore_errors=True)
    for old in sorted(lake.glob(f"{_OLD}*")):
        file_id, _, key = old.name.removeprefix(_OLD).rpartition("-")
        home = lake / file_id
        if not (old / MANIFEST).exists():  # its deletion was cut short
            shutil.rmtree(old, ignore_errors=True)
        elif not any(home.glob(f"*/{MANIFEST}")):
            home.mkdir(exist_ok=True)
            old.rename(home / key)
    for half in [
        path for path in lake.glob("*/*") if path.is_dir() and not path.parent.name.startswith(".")
    ]:
        if not (half / MANIFEST).exists():
            shutil.rmtree(half, ignore_errors=True)


def clean_replaced(lake: Path) -> None:
    """Delete the landings that were replaced; called after a publication."""
    for old in lake.glob(f"{_OLD}*"):
        (old / MANIFEST).unlink(missing_ok=True)  # from here on heal finishes the deletion
        shutil.rmtree(old, ignore_errors=True)


def _sync(path: Path) -> None:
    """Bring a file or folder to the disk; folders cannot be opened on every system."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except PermissionError:
        return
    try:
        os.fsync(handle)
    except OSError:  # a read-only handle cannot be flushed everywhere
        pass
    finally:
        os.close(handle)
