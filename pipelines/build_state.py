"""What the last finished build was made from, so that a refresh with nothing new stops early.

Belongs here: fingerprints of inputs and code, the record of the last publication.
Does not belong here: deciding what to rebuild inside dbt, landing (ingest).
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pipelines.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
#: Sources whose change can change a number. The explorer reads, so it is not among them.
CODE_GLOBS = (
    "pipelines/**/*.py", "pipelines/**/*.yml", "models_ml/**/*.py", "models_ml/**/*.yml",
    "dbt_project/*.yml", "dbt_project/models/**/*", "dbt_project/macros/**/*",
    "dbt_project/seeds/**/*", "dbt_project/tests/**/*",
)  # fmt: skip
#: Libraries that compute: another version is another build.
COMPUTING = ("duckdb", "dbt-core", "dbt-duckdb", "polars", "scikit-learn", "numpy")


@lru_cache(maxsize=1)
def code_version() -> str:
    """Hash (12 hex) of our own sources and of the versions of the libraries that compute."""
    digest = hashlib.sha256()
    for pattern in CODE_GLOBS:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(path.relative_to(ROOT).as_posix().encode())
                digest.update(path.read_bytes())
    for name in COMPUTING:
        digest.update(f"{name}={version(name)}".encode())
    return digest.hexdigest()[:12]


def input_fingerprint(settings: Settings, rules_fingerprint: str) -> str:
    """Hash (16 hex) of everything a build depends on: landings, sightings, rules, settings, code.

    Landings and sightings are immutable and named by content, so their names stand for them.
    """
    landings = sorted(
        f"{p.parent.name}/{p.name}"
        for p in settings.lake.glob("*/*")
        if p.is_dir() and not p.parent.name.startswith(".")
    )
    sightings = sorted(p.name for p in (settings.state / "sightings").glob("*.parquet"))
    parts = [*landings, *sightings, rules_fingerprint, repr(settings), code_version()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def last_build(settings: Settings) -> dict[str, Any]:
    """Record of the last publication: ``fingerprint``, ``snapshot``, ``run_id``, ``rounds``.

    It is {} when there is none; ``rounds`` are the ids of the rounds in it.
    """
    path = _record(settings)
    if not path.exists() or not settings.warehouse.exists():
        return {}
    return json.loads(path.read_text("utf-8"))


def remember_build(settings: Settings, fingerprint: str, snapshot: str, run_id: str) -> None:
    """Record a finished publication; written last, so a killed run is simply done again."""
    rounds = json.loads(_noted(settings).read_text("utf-8")) if _noted(settings).exists() else []
    record = {
        "fingerprint": fingerprint, "snapshot": snapshot, "run_id": run_id, "rounds": rounds,
    }  # fmt: skip
    fresh = _record(settings).with_suffix(".tmp")
    fresh.write_text(json.dumps(record), "utf-8")
    fresh.replace(_record(settings))


def note_rounds(settings: Settings, ids: list[str]) -> None:
    """Note which rounds a run has read; its publication takes the note into the record."""
    _noted(settings).write_text(json.dumps(ids), "utf-8")


def _noted(settings: Settings) -> Path:
    return settings.state / "rounds_read.json"


def _record(settings: Settings) -> Path:
    return settings.state / "last_build.json"
