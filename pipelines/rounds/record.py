"""A drawn round on disk: ``rounds/<round_id>/``, written once, never changed, read back.

Belongs here: the files of a round, their hashes, the record ``round.json``.
Does not belong here: drawing (models_ml), where the inputs come from (cohort.py).

``round.json`` is written last and the folder appears by one rename, so a half-written round does
not exist. No clock is read: the same inputs give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import polars as pl

from app import words
from app.round_text import RoundTables
from app.round_workbook import write_round
from models_ml.rounds import RoundRules
from pipelines.build_state import ROOT
from pipelines.rounds.cohort import DECIDED_SCHEMA, RoundError
from pipelines.rounds.tables import RoundFrames, RoundInputs, fingerprint, lay_round
from pipelines.settings import Settings

RECORD = "round.json"
INPUTS = ("cohort", "hazards")
#: Inputs that stand in the record as they are.
SAID = ("district_name", "language", "seed", "runs", "decisions_lost", "hazards_unplaced")
OUTPUTS = tuple(field.name for field in fields(RoundFrames))


@dataclass(frozen=True)
class DrawnRound:
    """A round in its folder; ``is_new`` false = the same inputs had been drawn before."""

    round_id: str
    folder: Path
    workbook: Path
    frames: RoundFrames
    is_new: bool


def write_drawn(settings: Settings, inputs: RoundInputs) -> DrawnRound:
    """Draw the round of these inputs and keep it; one that is there already is left as it is."""
    frames = lay_round(inputs)
    folder = settings.rounds / inputs.round_id
    workbook = folder / workbook_name(inputs.round_id)
    drawn = DrawnRound(inputs.round_id, folder, workbook, frames, not folder.exists())
    if not drawn.is_new:
        return drawn
    fresh = settings.rounds / f".tmp-{inputs.round_id}"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    tables = {
        "cohort": inputs.frame, "hazards": inputs.hazards,
        **{name: getattr(frames, name) for name in OUTPUTS},
    }  # fmt: skip
    for name, frame in tables.items():
        frame.write_parquet(fresh / f"{name}.parquet")
    content = workbook_bytes(frames, inputs.language)
    (fresh / workbook.name).write_bytes(content)
    record = {
        "round_id": inputs.round_id,
        "inputs": inputs.to_json(),
        "outputs": {name: fingerprint(getattr(frames, name)) for name in OUTPUTS},
        "layout": layout_version(),
        "workbook_sha256": hashlib.sha256(content).hexdigest(),
    }
    text = json.dumps(record, ensure_ascii=False, indent=2, sort_keys=True)
    (fresh / RECORD).write_text(text + "\n", "utf-8")
    fresh.replace(folder)
    return drawn


def workbook_name(round_id: str) -> str:
    """File name of a round's workbook."""
    return f"检查计划_{round_id}.xlsx"


def workbook_bytes(frames: RoundFrames, language: str) -> bytes:
    """The round's workbook, in the language of its workspace."""
    words.choose_language(language)
    return write_round(
        RoundTables(
            frames.rounds.row(0, named=True), frames.round_lines, frames.round_frame
        )
    )  # fmt: skip


@cache
def layout_version() -> str:
    """Hash (12 hex) of what makes a workbook of a list: its code, its words, the library.

    A workbook can be made again byte by byte only by the version that made it; the list can by
    any version of the same method.
    """
    digest = hashlib.sha256(version("xlsxwriter").encode())
    for pattern in ("round_*.py", "words*.py", "safe_cells.py"):
        for path in sorted((ROOT / "app").glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def list_rounds(settings: Settings) -> list[str]:
    """Ids of the rounds of a workspace, the earliest first."""
    return sorted(path.parent.name for path in settings.rounds.glob(f"[!.]*/{RECORD}"))


def read_record(settings: Settings, round_id: str) -> dict[str, Any]:
    """The record of a round.

    Raises
    ------
    RoundError : no such round, or its record cannot be read.
    """
    path = settings.rounds / round_id / RECORD
    if not path.exists():
        known = ", ".join(list_rounds(settings)) or "none yet"
        raise RoundError(
            f"rounds/{round_id}: no such round. Expected one of: {known}. Next: parkrisk round."
        )
    try:
        return json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise RoundError(
            f"rounds/{round_id}/{RECORD}: got {error}; expected the JSON it was written as. "
            "Next: restore the folder from a backup."
        ) from error


def read_outputs(settings: Settings, round_id: str) -> RoundFrames:
    """The tables of a round as they were drawn.

    Raises
    ------
    RoundError : a table is missing or is not what the record says.
    """
    record = read_record(settings, round_id)
    found = {
        name: read_table(settings, round_id, name, record["outputs"][name]) for name in OUTPUTS
    }
    return RoundFrames(**found)


def read_inputs(settings: Settings, round_id: str) -> RoundInputs:
    """The inputs of a round as they were recorded.

    Raises
    ------
    RoundError : a table is missing or is not what the record says.
    """
    said = read_record(settings, round_id)["inputs"]
    try:
        cohort, hazards = (read_table(settings, round_id, name, said[name]) for name in INPUTS)
        lists = {k: tuple(v) if isinstance(v, list) else v for k, v in said["rules"].items()}
        days = {k: date.fromisoformat(said[k]) for k in ("as_of_on", "begins_on", "ends_on")}
        return RoundInputs(
            **days, **{k: said[k] for k in SAID}, rules=RoundRules(**lists), frame=cohort,
            hazards=hazards,
            decisions=pl.DataFrame(said["decisions"], schema=DECIDED_SCHEMA, orient="row"),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError) as error:
        raise RoundError(
            f"rounds/{round_id}/{RECORD}: got inputs without {error}; expected those of this "
            "version. Next: verify it with the version that drew it."
        ) from error


def read_table(settings: Settings, round_id: str, name: str, expected: str) -> pl.DataFrame:
    """One table of a round, checked against the fingerprint the record holds.

    Raises
    ------
    RoundError : it is missing, cannot be read, or was changed.
    """
    path = settings.rounds / round_id / f"{name}.parquet"
    where = f"rounds/{round_id}/{path.name}"
    try:
        frame = pl.read_parquet(path)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise RoundError(
            f"{where}: cannot be read ({type(error).__name__}); expected the file the round was "
            "drawn with. Next: restore the folder from a backup."
        ) from error
    if (got := fingerprint(frame)) != expected:
        raise RoundError(
            f"{where}: got content {got}, expected {expected}: it was changed after the draw. "
            "Next: restore the folder from a backup."
        )
    return frame
