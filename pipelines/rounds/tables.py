"""A composed round as the three tables that leave this room: ``ml.rounds round_lines round_frame``.

Belongs here: their columns, keys and checks (docs/ports.md), and how a draw fills them.
Does not belong here: drawing (models_ml), files (record.py).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date

import polars as pl

from models_ml.duties import count_beside
from models_ml.rounds import DUTY, KEY, RANDOM, ROUND_METHOD, RoundDraw, RoundRules, compose_round

LEFT = "left"
ROUND_TABLES = {
    "rounds": """
        round_id varchar primary key, as_of_on date not null, begins_on date not null,
        ends_on date not null check (ends_on >= begins_on), district_name varchar not null,
        seed bigint not null, capacity bigint not null check (capacity > 0),
        count_duty bigint not null, count_key bigint not null, count_random bigint not null,
        count_left bigint not null, count_eligible bigint not null, count_cohort bigint not null,
        park_run_id varchar, enterprise_run_id varchar, input_fingerprint varchar not null,
        method bigint not null, rules varchar not null,
        check (count_duty + count_key + count_random <= capacity)""",
    "round_lines": """
        round_id varchar not null, unit varchar not null check (unit in ('park', 'enterprise')),
        subject_id varchar not null,
        part varchar not null check (part in ('duty', 'key', 'random', 'left')),
        place bigint check (place >= 1), park_id varchar, name varchar, park_name varchar,
        town varchar, address varchar, rank bigint not null, score double not null,
        inclusion_probability double not null
            check (inclusion_probability > 0 and inclusion_probability <= 1),
        stratum varchar, last_inspected_on date, hazards_open bigint, duty varchar,
        hazard_code varchar, level varchar, found_on date, duty_days bigint, count_due bigint,
        duty_place bigint, decision varchar, decision_reason varchar, reason_1 varchar,
        value_1 double, reason_2 varchar, value_2 double, reason_3 varchar, value_3 double,
        primary key (round_id, unit, subject_id)""",
    "round_frame": """
        round_id varchar not null, unit varchar not null, subject_id varchar not null,
        name varchar, town varchar, part varchar, exclusion varchar, decision varchar,
        decision_reason varchar, stratum varchar, count_stratum bigint, count_drawn bigint,
        inclusion_probability double not null check (inclusion_probability between 0 and 1),
        lot varchar, primary key (round_id, unit, subject_id),
        check ((exclusion is null) = (inclusion_probability > 0))""",
}


@dataclass(frozen=True)
class RoundInputs:
    """Everything a round depends on; the same inputs are the same round."""

    district_name: str
    language: str
    as_of_on: date
    begins_on: date
    ends_on: date
    seed: int
    rules: RoundRules
    runs: dict[str, str]
    decisions_lost: list[str]
    hazards_unplaced: int
    frame: pl.DataFrame
    hazards: pl.DataFrame
    decisions: pl.DataFrame

    def to_json(self) -> dict:
        """The inputs as JSON types; frames by their fingerprints, decisions in full."""
        return {
            "method": ROUND_METHOD,
            "district_name": self.district_name,
            "language": self.language,
            "as_of_on": str(self.as_of_on),
            "begins_on": str(self.begins_on),
            "ends_on": str(self.ends_on),
            "seed": self.seed,
            "rules": json.loads(json.dumps(asdict(self.rules))),
            "runs": self.runs,
            "decisions_lost": self.decisions_lost,
            "hazards_unplaced": self.hazards_unplaced,
            "decisions": self.decisions.to_dicts(),
            "cohort": fingerprint(self.frame),
            "hazards": fingerprint(self.hazards),
        }

    @property
    def hash(self) -> str:
        """16 hex over all inputs."""
        text = json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @property
    def round_id(self) -> str:
        """First day of the round and a hash of all inputs."""
        return f"{self.begins_on:%Y%m%d}-{self.hash[:8]}"


@dataclass(frozen=True)
class RoundFrames:
    """A round as its three tables; ``rounds`` has one row."""

    rounds: pl.DataFrame
    round_lines: pl.DataFrame
    round_frame: pl.DataFrame


def fingerprint(frame: pl.DataFrame) -> str:
    """16 hex over a frame's content, whatever file it lay in."""
    return hashlib.sha256(frame.write_csv().encode()).hexdigest()[:16]


def lay_round(inputs: RoundInputs) -> RoundFrames:
    """Compose the round of these inputs and lay it out as the tables of docs/ports.md."""
    draw = compose_round(
        inputs.frame, inputs.hazards, inputs.decisions, inputs.rules,
        (inputs.as_of_on, inputs.begins_on), inputs.seed,
    )  # fmt: skip
    return RoundFrames(
        _lay_head(inputs, draw),
        _lay_lines(inputs.round_id, draw),
        _lay_frame(inputs.round_id, draw),
    )


def _lay_head(inputs: RoundInputs, draw: RoundDraw) -> pl.DataFrame:
    members = draw.members
    parts = dict(members.group_by("part").len().iter_rows())
    said = inputs.to_json()
    gone = pl.col("exclusion").is_not_null() & pl.col("count_due").is_not_null()
    rules = {
        **said["rules"],
        **{name: said[name] for name in ("decisions_lost", "hazards_unplaced")},
        "hazards_beside": count_beside(
            inputs.hazards, inputs.rules.overdue_levels, inputs.rules.recheck_levels
        ),
        "excluded_owed": members.filter(gone).height,
    }
    row = {
        "round_id": inputs.round_id,
        "as_of_on": inputs.as_of_on,
        "begins_on": inputs.begins_on,
        "ends_on": inputs.ends_on,
        "district_name": inputs.district_name,
        "seed": inputs.seed,
        "capacity": inputs.rules.capacity,
        **{f"count_{part}": parts.get(part, 0) for part in (DUTY, KEY, RANDOM)},
        "count_left": members["is_left_duty"].sum(),
        "count_eligible": members["exclusion"].null_count(),
        "count_cohort": members.height,
        "park_run_id": inputs.runs.get("park"),
        "enterprise_run_id": inputs.runs.get("enterprise"),
        "input_fingerprint": inputs.hash,
        "method": ROUND_METHOD,
        "rules": json.dumps(rules, ensure_ascii=False, sort_keys=True),
    }
    kinds = dict.fromkeys(("park_run_id", "enterprise_run_id"), pl.String)
    return pl.DataFrame([row], schema_overrides=kinds)


def _lay_lines(round_id: str, draw: RoundDraw) -> pl.DataFrame:
    return (
        draw.members.filter(pl.col("part").is_not_null() | pl.col("is_left_duty"))
        .with_columns(part=pl.col("part").fill_null(LEFT))
        .select(
            pl.lit(round_id).alias("round_id"), "unit", "subject_id", "part", "place", "park_id",
            "name", "park_name", "town", "address", "rank", "score", "inclusion_probability",
            "stratum", "last_inspected_on", "hazards_open", "duty", "hazard_code", "level",
            "found_on", "duty_days", "count_due", "duty_place", "decision", "decision_reason",
            "reason_1", "value_1", "reason_2", "value_2", "reason_3", "value_3",
        )
        .sort("place", "duty_place", nulls_last=True)
    )  # fmt: skip


def _lay_frame(round_id: str, draw: RoundDraw) -> pl.DataFrame:
    return draw.members.select(
        pl.lit(round_id).alias("round_id"), "unit", "subject_id", "name", "town", "part",
        "exclusion", "decision", "decision_reason", "stratum", "count_stratum", "count_drawn",
        "inclusion_probability", "lot",
    ).sort("unit", "subject_id")  # fmt: skip
