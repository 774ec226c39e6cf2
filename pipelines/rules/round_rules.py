"""The rules of a round: rules/round.yml over the built-in one, each error with its line.

Belongs here: reading and checking round.yml. Does not belong here: what a knob does (models_ml).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from models_ml.rounds import EXCLUDE, INCLUDE, STRATA, UNITS, RoundRules
from pipelines.contracts.load_yaml import ContractError, MarkedDict, Spot, load_yaml
from pipelines.rules.compile_rules import RuleError
from pipelines.settings import Settings

BUILT_IN = Path(__file__).with_name("round.yml")
NUMBERS = {
    "capacity": (1, 100_000), "window_days": (1, 366), "floor": (1, 1000),
    "cool_down_days": (0, 3660),
}  # fmt: skip
SHARES = ("duty_most", "key_share", "random_least", "park_share")
LISTS = ("overdue_levels", "recheck_levels", "strata", "out_of_use", "cool_down_kinds")
KEYS = (*NUMBERS, *SHARES, *LISTS, "seed", "decisions")
DECISION_KEYS = ("decision", "subject", "name", "town", "decided_on", "until", "reason")


@dataclass(frozen=True)
class Decision:
    """One person's word on one subject: who, until when (None = open end), why; its line."""

    decision: str
    subject: str
    name: str
    town: str | None
    decided_on: date
    until: date | None
    reason: str
    line: int


@dataclass(frozen=True)
class RoundPolicy:
    """All of round.yml: what models_ml needs, and what the edges need."""

    rules: RoundRules
    window_days: int
    cool_down_kinds: tuple[str, ...]
    seed: int | None
    decisions: tuple[Decision, ...]


def load_round_policy(settings: Settings) -> RoundPolicy:
    """Read the workspace's round.yml over the built-in one.

    Raises
    ------
    RuleError : a key or value that cannot be used, with file and line.
    """
    own = settings.rules / BUILT_IN.name
    try:
        values = _read(load_yaml(BUILT_IN))
        if own.exists() and own.read_text("utf-8-sig").strip():
            values |= _read(load_yaml(own))
    except ContractError as error:
        raise RuleError(
            f"rules/{error.path.name} line {error.line}: got {error.got}; "
            f"expected {error.expected}. Next: correct {error.path}, then parkrisk round."
        ) from error
    names = RoundRules.__dataclass_fields__
    return RoundPolicy(
        rules=RoundRules(**{name: values[name] for name in names}),
        **{name: values[name] for name in RoundPolicy.__dataclass_fields__ if name != "rules"},
    )


def with_overrides(
    policy: RoundPolicy, capacity: int | None, key_share: float | None, random_share: float | None
) -> RoundPolicy:
    """Return the policy with what the command line says; None leaves a rule as it is.

    Raises
    ------
    RuleError : a number out of range, or two shares that do not make 1.
    """
    rules = policy.rules
    if capacity is not None:
        low, high = NUMBERS["capacity"]
        if not low <= capacity <= high:
            raise RuleError(f"--capacity: got {capacity}; expected {low} to {high} visits.")
        rules = replace(rules, capacity=capacity)
    for name, share in (("--key-share", key_share), ("--random-share", random_share)):
        if share is not None and not 0 <= share <= 1:
            raise RuleError(f"{name}: got {share}; expected a share of 0 to 1.")
    if key_share is None and random_share is not None:
        key_share = round(1 - random_share, 9)
    elif key_share is not None and random_share is not None and key_share + random_share != 1:
        raise RuleError(
            f"--key-share {key_share} and --random-share {random_share}: expected a sum of 1 "
            "(shares of what duties leave). Next: give one of the two."
        )
    if key_share is not None:
        rules = replace(rules, key_share=key_share)
    return replace(policy, rules=rules)


def _read(spot: Spot) -> dict:
    spot.allow(KEYS)
    values: dict = {}
    for key in spot.mapping:
        if key in NUMBERS:
            values[key] = _whole(spot, key, NUMBERS[key])
        elif key in SHARES:
            values[key] = _share(spot, key)
        elif key in LISTS:
            values[key] = spot.texts(key)
    if "strata" in values and (not values["strata"] or set(values["strata"]) - set(STRATA)):
        raise spot.fail("strata", f"{list(values['strata'])}", f"one or more of {list(STRATA)}")
    if "seed" in spot.mapping:
        seed = spot.mapping["seed"]
        values["seed"] = None if seed is None else _whole(spot, "seed", (0, 2**63 - 1))
    if "decisions" in spot.mapping:
        values["decisions"] = _decisions(spot)
    return values


def _whole(spot: Spot, key: str, bounds: tuple[int, int]) -> int:
    value = spot.mapping[key]
    low, high = bounds
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise spot.fail(key, f"'{value}' under '{key}'", f"a whole number of {low} to {high}")
    return value


def _share(spot: Spot, key: str) -> float:
    value = spot.mapping[key]
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise spot.fail(key, f"'{value}' under '{key}'", "a share of 0 to 1")
    return float(value)


def _decisions(spot: Spot) -> tuple[Decision, ...]:
    entries = spot.mapping["decisions"] or []
    if not isinstance(entries, list):
        raise spot.fail("decisions", f"'{entries}' under 'decisions'", "a list of entries")
    made = []
    for number, entry in enumerate(entries, start=1):
        if not isinstance(entry, MarkedDict):
            raise spot.fail("decisions", f"'{entry}' as entry {number}", "{decision: …, reason: …}")
        made.append(_decision(Spot(spot.path, entry, f"decisions entry {number}")))
    return tuple(made)


def _decision(spot: Spot) -> Decision:
    spot.allow(DECISION_KEYS)
    for key in ("decision", "subject", "name", "decided_on", "reason"):
        if not (spot.text(key) or "").strip():
            raise spot.fail(key, f"no '{key}'", "decision, subject, name, decided_on and reason")
    return Decision(
        decision=_need(spot.one_of("decision", (EXCLUDE, INCLUDE), None)),
        subject=_need(spot.one_of("subject", UNITS, None)),
        name=_need(spot.text("name")).strip(),
        town=spot.text("town"),
        decided_on=_day(spot, "decided_on"),
        until=_day(spot, "until") if spot.text("until") else None,
        reason=_need(spot.text("reason")).strip(),
        line=spot.mapping.line,
    )


def _need(value: str | None) -> str:
    return value or ""


def _day(spot: Spot, key: str) -> date:
    text = spot.text(key) or ""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise spot.fail(key, f"'{text}' under '{key}'", "a day like 2025-10-31") from error
