"""Walk the folder of exports and name each file's content.

Belongs here: which files count, their hashes, names and folders.
Does not belong here: reading them (read_export.py), remembering them (sightings).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

#: Hex characters of SHA-256 that name a content.
CONTENT_ID_LENGTH = 16
_UNFINISHED_SUFFIXES = (".part", ".partial", ".crdownload", ".tmp", ".filepart")
_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True)
class FoundFile:
    """One file below exports/.

    ``relative``: path below exports/ with ``/``; ``folder``: its first sub-folder, "" = none.
    """

    path: Path
    relative: str
    name: str
    folder: str
    size_bytes: int
    content_id: str


def find_exports(exports: Path) -> Iterator[FoundFile]:
    """Yield every finished, visible file below `exports`, in the order of relative paths.

    Left out: names that start with ``.`` (folders too) or ``~$`` (Office locks), and unfinished
    downloads such as ``.part``.
    """
    found = []
    for path in exports.rglob("*"):
        relative = path.relative_to(exports)
        if path.is_file() and _is_visible(relative):
            found.append((relative.as_posix(), path, relative))
    for name, path, relative in sorted(found):
        folder = relative.parts[0] if len(relative.parts) > 1 else ""
        size = path.stat().st_size
        yield FoundFile(path, name, path.name, folder, size, hash_file(path))


def hash_file(path: Path) -> str:
    """Return the first 16 hex characters of the SHA-256 of a file's bytes."""
    with path.open("rb") as stream:
        digest = hashlib.sha256()
        while chunk := stream.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()[:CONTENT_ID_LENGTH]


def hash_bytes(raw: bytes) -> str:
    """Return the content id of bytes already read."""
    return hashlib.sha256(raw).hexdigest()[:CONTENT_ID_LENGTH]


def _is_visible(relative: Path) -> bool:
    if any(part.startswith(".") for part in relative.parts):
        return False
    name = relative.name
    return not name.startswith("~$") and not name.lower().endswith(_UNFINISHED_SUFFIXES)
