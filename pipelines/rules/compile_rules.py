"""Rule files into the small Parquet tables dbt reads: changing a rule reruns dbt and nothing else.

Belongs here: reading and checking rules/, one Parquet table a rule pack (docs/ports.md 2).
Does not belong here: applying a rule (dbt models), what a file looks like (contracts/).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from importlib import resources
from pathlib import Path

import polars as pl
import yaml

from pipelines.contracts.load_contracts import EXPORTS, load_contracts
from pipelines.review.record import decision_rows, subject_rules
from pipelines.rules.gas_rules import gas_alarm_table, gas_limit_table
from pipelines.settings import Settings

#: Day of the next month by which a month's file is due, when a rule names none.
DUE_DAY = 10

LABEL_SCHEMA = {
    "kind": pl.String, "levels": pl.String, "threshold": pl.Float64, "horizon_days": pl.Int64,
    "delay_days": pl.Int64, "visit": pl.String,
}  # fmt: skip
BACKFILL_SCHEMA = {"file_pattern": pl.String, "lag_days": pl.Int64, "export": pl.String}
DECISION_SCHEMA = {
    "decision": pl.String, "subject": pl.String, "left_identity": pl.String,
    "right_identity": pl.String, "decided_on": pl.Date, "ended_on": pl.Date, "reason": pl.String,
}  # fmt: skip
CHOICE_SCHEMA = {
    "export": pl.String, "column_name": pl.String, "code": pl.String, "position": pl.Int64,
}  # fmt: skip
EXPECTED_SCHEMA = {
    "export": pl.String, "source_system": pl.String, "town": pl.String, "due_day": pl.Int64,
}  # fmt: skip
SETTINGS_SCHEMA = {
    "timezone": pl.String, "as_of_on": pl.Date, "first_as_of_on": pl.Date, "language": pl.String,
    "district_name": pl.String,
}  # fmt: skip


class RuleError(ValueError):
    """A rule file that cannot be used; the sentence names file, key, got and expected."""


def compile_rules(settings: Settings) -> str:
    """Write every rule table of a workspace to ``state/rules`` and return their joint fingerprint.

    A file whose content stays the same is not rewritten, so an unchanged rule changes nothing.

    Returns
    -------
    str : 16 hex characters over all tables; part of the "nothing new" comparison.

    Raises
    ------
    RuleError : an unknown key or value, named with its file.
    """
    decisions = decision_rows(settings)
    frames = {
        "rule_label": _label(settings),
        "rule_backfill": _rows(settings, "backfill", BACKFILL_SCHEMA, _backfill_row),
        "rule_subject_decisions": _subject_decisions(settings, decisions),
        "rule_expected_files": _rows(settings, "expected_files", EXPECTED_SCHEMA, _expected_row),
        "review_decisions": decisions,
        "code_choices": _code_choices(settings),
        "rule_gas_alarms": _checked(
            "gas_alarms", gas_alarm_table, read_rule(settings, "gas_alarms")
        ),
        "rule_gas_limits": _checked(
            "gas_limits",
            gas_limit_table,
            read_default("gas_limits"),
            read_own_rule(settings, "gas_limits"),
        ),
        "settings": pl.DataFrame([_settings_row(settings)], schema=SETTINGS_SCHEMA, orient="row"),
    }
    folder = settings.state / "rules"
    folder.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    for name, frame in sorted(frames.items()):
        digest.update(f"{name}:{frame.write_json()}".encode())
        _replace(folder / f"{name}.parquet", frame)
    digest.update(risk_config_text(settings).encode())
    return digest.hexdigest()[:16]


def risk_config_text(settings: Settings) -> str:
    """Text of the workspace's ``rules/risk.yml`` ("" when it has none): knobs of models_ml."""
    path = settings.rules / "risk.yml"
    return path.read_text("utf-8") if path.exists() else ""


def read_rule(settings: Settings, name: str) -> object:
    """Parsed content of a rule file: the workspace's, else the built-in one."""
    own = settings.rules / f"{name}.yml"
    return read_own_rule(settings, name) if own.exists() else read_default(name)


def read_own_rule(settings: Settings, name: str) -> object:
    """Parsed content of the workspace's own rule file; None when it has none."""
    own = settings.rules / f"{name}.yml"
    return yaml.safe_load(own.read_text("utf-8")) if own.exists() else None


def read_default(name: str) -> object:
    """Parsed content of the built-in rule file."""
    text = resources.files("pipelines.rules").joinpath(f"{name}.yml").read_text("utf-8")
    return yaml.safe_load(text)


def _checked(name: str, make: Callable[..., pl.DataFrame], *raw: object) -> pl.DataFrame:
    try:
        return make(*raw)
    except ValueError as error:
        raise RuleError(f"rules/{name}.yml: {error}") from error


def _label(settings: Settings) -> pl.DataFrame:
    default = read_default("label")
    assert isinstance(default, dict)  # ours, and read by every test
    own = read_rule(settings, "label") or {}
    if not isinstance(own, dict) or (unknown := set(own) - set(default)):
        got = ", ".join(sorted(unknown)) if isinstance(own, dict) else type(own).__name__
        raise RuleError(f"rules/label.yml: got {got}, expected keys of {sorted(default)}")
    rule = {**default, **own}
    for key, allowed in {"kind": ("hazard_level", "score_below"), "visit": ("any", "next")}.items():
        if rule[key] not in allowed:
            raise RuleError(f"rules/label.yml: {key} got {rule[key]!r}, expected one of {allowed}")
    for key in ("horizon_days", "delay_days"):
        if not isinstance(rule[key], int) or rule[key] < 0:
            raise RuleError(f"rules/label.yml: {key} got {rule[key]!r}, expected days, 0 or more")
    row = {**rule, "levels": ",".join(rule["levels"]), "threshold": float(rule["threshold"])}
    return pl.DataFrame([row], schema=LABEL_SCHEMA)


def _rows(
    settings: Settings, name: str, schema: dict[str, type], parse: Callable[[dict], dict]
) -> pl.DataFrame:
    raw = read_rule(settings, name) or []
    if not isinstance(raw, list):
        raise RuleError(f"rules/{name}.yml: got {type(raw).__name__}, expected a list of entries")
    rows = []
    for number, entry in enumerate(raw, start=1):
        try:
            rows.append(parse(entry))
        except (KeyError, TypeError, ValueError) as error:
            raise RuleError(f"rules/{name}.yml: entry {number}: {error}") from error
    return pl.DataFrame(rows, schema=schema, orient="row").sort(pl.all(), nulls_last=True)


def _backfill_row(entry: dict) -> dict:
    unknown = set(entry) - set(BACKFILL_SCHEMA)
    if unknown:
        raise ValueError(f"got {sorted(unknown)}, expected {sorted(BACKFILL_SCHEMA)}")
    return {
        "file_pattern": str(entry["file_pattern"]),
        "lag_days": int(entry.get("lag_days", 0)),
        "export": entry.get("export"),
    }


def _subject_decisions(settings: Settings, decisions: pl.DataFrame) -> pl.DataFrame:
    """Return the decisions of the rule file and those of the review queue."""
    written = _rows(settings, "subject_decisions", DECISION_SCHEMA, _decision_row)
    return pl.concat(
        [
            written,
            subject_rules(decisions).select(pl.col(c).cast(t) for c, t in DECISION_SCHEMA.items()),
        ]
    ).sort(pl.all(), nulls_last=True)


def _code_choices(settings: Settings) -> pl.DataFrame:
    """Return the stored values of every coded column, in the order of the code list."""
    rows = [
        {"export": export, "column_name": column.name, "code": code, "position": position}
        for contract in load_contracts(settings.contracts).values()
        for export, feed in contract.feeds.items()
        for column in feed.columns.values()
        if column.type == "enum"
        for position, code in enumerate(dict.fromkeys(column.words.values()), start=1)
    ]
    return (
        pl.DataFrame(rows, schema=CHOICE_SCHEMA, orient="row")
        .group_by("export", "column_name", "code")
        .agg(pl.col("position").min())
        .sort("export", "column_name", "position", "code")
    )


def _expected_row(entry: dict) -> dict:
    unknown = set(entry) - set(EXPECTED_SCHEMA)
    if unknown:
        raise ValueError(f"got {sorted(unknown)}, expected {sorted(EXPECTED_SCHEMA)}")
    if entry["export"] not in EXPORTS:
        raise ValueError(f"export got {entry['export']!r}, expected one of {', '.join(EXPORTS)}")
    day = entry.get("due_day", DUE_DAY)
    if not isinstance(day, int) or not 1 <= day <= 28:
        raise ValueError(f"due_day got {day!r}, expected a day of the next month, 1 to 28")
    return {
        "export": entry["export"],
        "source_system": str(entry["source_system"]),
        "town": entry.get("town"),
        "due_day": day,
    }


def _decision_row(entry: dict) -> dict:
    if entry["decision"] not in ("same", "different"):
        raise ValueError(f"decision got {entry['decision']!r}, expected same or different")
    if entry["subject"] not in ("enterprise", "park"):
        raise ValueError(f"subject got {entry['subject']!r}, expected enterprise or park")
    ended_on = entry.get("ended_on")
    return {
        "decision": entry["decision"],
        "subject": entry["subject"],
        "left_identity": str(entry["left"]),
        "right_identity": str(entry["right"]),
        "decided_on": _day(entry["decided_on"]),
        "ended_on": None if ended_on is None else _day(ended_on),
        "reason": str(entry.get("reason", "")),
    }


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _settings_row(settings: Settings) -> dict:
    return {key: getattr(settings, key) for key in SETTINGS_SCHEMA}


def _replace(path: Path, frame: pl.DataFrame) -> None:
    if path.exists() and pl.read_parquet(path).equals(frame):
        return
    fresh = path.with_suffix(".tmp")
    frame.write_parquet(fresh)
    fresh.replace(path)
