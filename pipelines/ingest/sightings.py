"""Which contents were met under which names, and their original bytes.

Belongs here: the append-only record of names, the copy of the bytes.
Does not belong here: reading the bytes (read_export.py), what the names mean (names.py).
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import polars as pl

from pipelines.ingest.find_exports import FoundFile, hash_file

SIGHTINGS: dict[str, pl.DataType] = {
    "_file_id": pl.String(), "path": pl.String(), "file_name": pl.String(), "folder": pl.String(),
    "first_seen_at": pl.Datetime("us"),
}  # fmt: skip
_EMPTY = "_empty.parquet"


def read_sightings(state: Path) -> pl.DataFrame:
    """Return every sighting so far, the earliest first."""
    files = sorted((state / "sightings").glob("*.parquet"))
    frames = [pl.read_parquet(path).cast(SIGHTINGS) for path in files]
    return pl.concat([pl.DataFrame(schema=SIGHTINGS), *frames]).sort(
        "first_seen_at", "path", "_file_id"
    )


def add_sightings(
    found: Iterable[FoundFile], seen: pl.DataFrame, state: Path, now: datetime
) -> int:
    """Append the (path, content) pairs nobody has seen yet; return how many.

    Parameters
    ----------
    now : UTC, without zone; one file per scan that saw something new.
    """
    folder = state / "sightings"
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / _EMPTY).exists():
        _write(pl.DataFrame(schema=SIGHTINGS), folder / _EMPTY)
    known = set(seen.select("path", "_file_id").iter_rows())
    rows = [
        (file.content_id, file.relative, file.name, file.folder, now)
        for file in found
        if (file.relative, file.content_id) not in known
    ]
    if rows:
        text = "\n".join(f"{row[0]} {row[1]}" for row in rows)
        name = f"{now:%Y%m%dT%H%M%S%f}Z-{hashlib.sha256(text.encode()).hexdigest()[:8]}.parquet"
        _write(pl.DataFrame(rows, schema=SIGHTINGS, orient="row"), folder / name)
    return len(rows)


def keep_original(file: FoundFile, originals: Path) -> bool:
    """Copy a file's bytes to ``originals/<content id>/``; False when they changed meanwhile.

    A file that is still being written has other bytes than those it was named by: it is left for
    the next scan.
    """
    home = originals / file.content_id
    if find_original(file.content_id, originals) is not None:
        return True
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = home / f".tmp-{os.getpid()}"
    shutil.copyfile(file.path, fresh)
    if hash_file(fresh) != file.content_id:
        fresh.unlink()
        return False
    fresh.rename(home / file.name)
    return True


def find_original(file_id: str, originals: Path) -> Path | None:
    """Return where a content's bytes are kept, None when they are gone."""
    kept = (p for p in (originals / file_id).glob("*") if not p.name.startswith(".tmp-"))
    return min(kept, default=None)


def _write(frame: pl.DataFrame, path: Path) -> None:
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    frame.write_parquet(fresh)
    fresh.replace(path)
