"""What a landing depends on, as one key.

Belongs here: the key of a landing, and the cheaper key that says whether to look at a file at all.
Does not belong here: rules that never enter a landing (rules/, sightings' times and folders).

Landing is a pure function of (bytes, hint, contract): equal keys mean equal folders.
Source: design.md, "Landing is a pure function of (bytes, hint, contract)".
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from pipelines.contracts.contract import Contract
from pipelines.ingest.landing_settings import LandingSettings
from pipelines.ingest.sheets import Hint, ReadFile

#: Raised by hand whenever the same bytes would land as other rows.
INGEST_VERSION = "4"
KEY_LENGTH = 16


def landing_key(read: ReadFile, hint: Hint, settings: LandingSettings, tables_hash: str) -> str:
    """Return 16 hex over everything that decides what stands in a content's folder.

    Parameters
    ----------
    read : the file as recognised; contract fingerprints, scores and refusal enter the key.
    tables_hash : ``schema.schema_hash`` of the lake's tables.
    """
    recognised = [
        (s.name, s.match.contract.name, s.match.contract.fingerprint, s.match.score,
         s.match.runner_up, s.match.runner_up_score)
        for s in read.sheets
    ]  # fmt: skip
    refusal = read.refusal and (read.refusal.code, read.refusal.sentence, read.refusal.sheet)
    return _digest(
        recognised,
        read.skipped_sheets,
        refusal,
        hint,
        *_cell_settings(settings),
        tables_hash,
        *settings.redactions.of(read.content_id),
    )


def asked_key(file_id: str, hint: Hint, names: tuple[str, ...], contracts: Mapping[str, Contract],
              settings: LandingSettings, tables_hash: str) -> str:  # fmt: skip
    """Return 16 hex over what recognition and landing could depend on, without opening the file.

    While it stays the same, the landing key does too.
    """
    known = sorted((c.name, c.fingerprint) for c in contracts.values())
    return _digest(
        hint, names, known, *_cell_settings(settings), tables_hash,
        *settings.redactions.of(file_id),
    )  # fmt: skip


def _cell_settings(settings: LandingSettings) -> tuple[object, ...]:
    return (
        INGEST_VERSION, settings.timezone, settings.crs, settings.box,
        settings.tokens().key_id(),
    )  # fmt: skip


def _digest(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:KEY_LENGTH]
