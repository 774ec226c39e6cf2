"""Draw a round of a workspace, and verify one: the two things the command does.

Belongs here: the order of the steps. Does not belong here: any step itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from models_ml.rounds import ROUND_METHOD
from pipelines.rounds.cohort import RoundError, find_decided, read_cohort
from pipelines.rounds.record import (
    OUTPUTS,
    DrawnRound,
    layout_version,
    read_inputs,
    read_record,
    workbook_bytes,
    workbook_name,
    write_drawn,
)
from pipelines.rounds.tables import RoundInputs, fingerprint, lay_round
from pipelines.rules.round_rules import RoundPolicy
from pipelines.settings import Settings


@dataclass(frozen=True)
class Check:
    """One thing verified: what was compared, whether it is the same, and a sentence.

    ``is_same`` None: it cannot be compared, and the sentence says why.
    """

    name: str
    is_same: bool | None
    sentence: str


def draw_round(
    settings: Settings, policy: RoundPolicy, seed: int, begins_on: date | None = None
) -> DrawnRound:
    """Draw a round from the current snapshot and keep it in ``rounds/``.

    Parameters
    ----------
    policy : rules of the round, the command line's wishes included.
    seed : seed of the random part; recorded.
    begins_on : first day of the round; None takes the day after the data's as-of day.

    Raises
    ------
    RoundError : nothing to draw from, or a first day the data already covers.
    """
    cohort = read_cohort(settings, policy)
    first = begins_on or cohort.as_of_on + timedelta(days=1)
    if first <= cohort.as_of_on:
        raise RoundError(
            f"--on {first}: expected a day after the data's as-of day {cohort.as_of_on}, since "
            "visits up to it are known. Next: leave --on out, or give a later day."
        )
    decided, lost = find_decided(cohort.frame, policy.decisions, first)
    inputs = RoundInputs(
        district_name=cohort.district_name, language=settings.language, as_of_on=cohort.as_of_on,
        begins_on=first, ends_on=first + timedelta(days=policy.window_days - 1), seed=seed,
        rules=policy.rules, runs=cohort.runs, decisions_lost=lost,
        hazards_unplaced=cohort.hazards_unplaced, frame=cohort.frame,
        hazards=cohort.hazards, decisions=decided,
    )  # fmt: skip
    return write_drawn(settings, inputs)


def verify_round(settings: Settings, round_id: str) -> list[Check]:
    """Draw a round again from its recorded inputs and compare everything with the record.

    Raises
    ------
    RoundError : no such round, or its files are not what the record says.
    """
    record = read_record(settings, round_id)
    inputs = read_inputs(settings, round_id)
    if record["inputs"]["method"] != ROUND_METHOD:
        raise RoundError(
            f"rounds/{round_id}: drawn by method {record['inputs']['method']}, this version "
            f"draws by {ROUND_METHOD}. Next: verify it with the version that drew it."
        )
    frames = lay_round(inputs)
    checks = [
        Check("inputs", inputs.round_id == round_id, f"round id {inputs.round_id} from the inputs")
    ]
    for name in OUTPUTS:
        got, expected = fingerprint(getattr(frames, name)), record["outputs"][name]
        checks.append(Check(name, got == expected, f"{got}, recorded {expected}"))
    return [*checks, _check_workbook(record, workbook_bytes(frames, inputs.language))]


def _check_workbook(record: Mapping[str, Any], content: bytes) -> Check:
    again, recorded = hashlib.sha256(content).hexdigest(), record["workbook_sha256"]
    sentence = f"{again[:16]}, recorded {recorded[:16]}"
    if again != recorded and record.get("layout") != layout_version():
        why = f"{sentence}: laid out by another version ({record.get('layout')}); the list decides"
        return Check("workbook", None, why)
    return Check("workbook", again == recorded, sentence)


def is_filled_in(settings: Settings, round_id: str) -> bool | None:
    """Whether the workbook on disk differs from the drawn one; None when it is not there."""
    path = settings.rounds / round_id / workbook_name(round_id)
    if not path.exists():
        return None
    recorded = read_record(settings, round_id)["workbook_sha256"]
    return hashlib.sha256(path.read_bytes()).hexdigest() != recorded
