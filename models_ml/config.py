"""The knobs of the ranking: the packaged risk.yml, a workspace's changes on top, checked.

Belongs here: reading and checking of settings. Does not belong here: what a knob does.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, is_dataclass, replace
from functools import cache
from importlib import resources
from typing import Any, get_type_hints

import yaml

from models_ml.knobs import (
    BoostingKnobs,
    LeakKnobs,
    LogisticKnobs,
    MetricKnobs,
    ShrinkageKnobs,
    SplitKnobs,
    UnitKnobs,
    UnitsKnobs,
    WinnerKnobs,
)

UNITS = ("park", "enterprise")
RULES = ("shrunken_rate", "shrunken_score", "most_hazards", "last_outcome", "longest_unvisited")
MODELS = ("logistic", "gradient_boosting")
# cohort: everybody of an as-of day over the horizon; at_visit: each visit by itself.
COHORT, AT_VISIT = "cohort", "at_visit"
EVALUATIONS = (COHORT, AT_VISIT)
DEEPEST_TREE = 8
LISTS = {tuple[str, ...]: str, tuple[float, ...]: float, tuple[int, ...]: int}


class ConfigError(ValueError):
    """A knob of risk.yml is wrong; the message names it as section.knob."""


@dataclass(frozen=True)
class RiskConfig:
    """All knobs; every meaning stands as a comment in risk.yml."""

    label_name: str
    horizon_days: int
    delay_days: int
    replay: str
    evaluation: str
    seed: int
    shortlist: int
    splits: SplitKnobs
    metrics: MetricKnobs
    winner: WinnerKnobs
    rules: tuple[str, ...]
    models: tuple[str, ...]
    shrinkage: ShrinkageKnobs
    logistic: LogisticKnobs
    boosting: BoostingKnobs
    leaks: LeakKnobs
    units: UnitsKnobs

    def __post_init__(self) -> None:
        _check(self)

    @property
    def gap_days(self) -> int:
        """Days from an as-of date until its labels count as complete."""
        return self.horizon_days + self.delay_days

    def of_unit(self, unit: str) -> UnitKnobs:
        """Return the feature lists of `park` or `enterprise`."""
        if unit not in UNITS:
            raise ConfigError(f"unit {unit!r} is not one of {', '.join(UNITS)}")
        return getattr(self.units, unit)

    def with_label(self, label_name: str, horizon_days: int, delay_days: int) -> "RiskConfig":
        """Return the same knobs with the label of a workspace's rules/label.yml."""
        return replace(
            self, label_name=label_name, horizon_days=horizon_days, delay_days=delay_days
        )

    def to_json(self) -> str:
        """Return the knobs as one canonical JSON text (sorted keys)."""
        return json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)


def load_config(text: str | None = None) -> RiskConfig:
    """Read the packaged risk.yml and put a workspace's changes on top.

    Parameters
    ----------
    text
        YAML of the workspace's rules/risk.yml; None or empty = defaults.

    Raises
    ------
    ConfigError
        Unknown, missing, ill-typed or impossible knob, named as section.knob.
    """
    try:
        changes = yaml.safe_load(text) if text else None
    except yaml.YAMLError as error:
        raise ConfigError(f"risk.yml is not YAML: {error}") from error
    knobs = _merge(_read_defaults(), {} if changes is None else changes, "")
    return _build(RiskConfig, knobs, "")


@cache
def _read_defaults() -> dict[str, Any]:
    return yaml.safe_load(resources.files("models_ml").joinpath("risk.yml").read_text("utf-8"))


def _merge(default: dict[str, Any], changes: Any, section: str) -> dict[str, Any]:
    if not isinstance(changes, dict):
        raise ConfigError(f"risk.yml: {section or 'the file'} must be a mapping, got {changes!r}")
    merged = dict(default)
    for key, value in changes.items():
        name = f"{section}.{key}" if section else str(key)
        if key not in default:
            raise ConfigError(f"risk.yml: unknown knob {name}; known: {', '.join(sorted(default))}")
        nested = isinstance(default[key], dict)
        merged[key] = _merge(default[key], value, name) if nested else value
    return merged


def _build(cls: type, knobs: dict[str, Any], section: str) -> Any:
    hints = get_type_hints(cls)
    values = {}
    for field in fields(cls):
        name = f"{section}.{field.name}" if section else field.name
        if is_dataclass(hints[field.name]):
            values[field.name] = _build(hints[field.name], knobs[field.name], name)
        else:
            values[field.name] = _cast(knobs[field.name], hints[field.name], name)
    return cls(**values)


def _cast(value: Any, kind: Any, name: str) -> Any:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if kind is int and isinstance(value, int) and is_number:
        return value
    if kind is float and is_number:
        return float(value)
    if kind is str and isinstance(value, str):
        return value
    if kind in LISTS and isinstance(value, list):
        inner = LISTS[kind]
        return tuple(_cast(item, inner, f"{name}[{at}]") for at, item in enumerate(value))
    wanted = getattr(kind, "__name__", str(kind)) if kind in (int, float, str) else "list"
    raise ConfigError(f"risk.yml: {name} must be {wanted}, got {value!r}")


def _check(config: RiskConfig) -> None:
    def demand(holds: bool, name: str, sentence: str) -> None:
        if not holds:
            raise ConfigError(f"risk.yml: {name} {sentence}")

    splits, metrics, winner = config.splits, config.metrics, config.winner
    demand(config.horizon_days >= 1, "horizon_days", "must be at least 1")
    demand(config.delay_days >= 0, "delay_days", "must not be negative")
    demand(
        config.replay in ("as_published", "as_happened"),
        "replay",
        "must be as_published or as_happened",
    )
    demand(
        config.evaluation in EVALUATIONS, "evaluation", f"must be one of {', '.join(EVALUATIONS)}"
    )
    demand(config.shortlist >= 1, "shortlist", "must be at least 1")
    for knob in fields(splits):
        least = 0 if knob.name == "anchor_month" else 1
        demand(
            getattr(splits, knob.name) >= least, f"splits.{knob.name}", f"must be at least {least}"
        )
    demand(splits.anchor_month <= 12, "splits.anchor_month", "must be 0 or a month, 1 to 12")
    demand(bool(metrics.k_shares), "metrics.k_shares", "must not be empty")
    demand(all(0 < k < 1 for k in metrics.k_shares), "metrics.k_shares", "must lie between 0 and 1")
    demand(metrics.headline in ("precision", "auc"), "metrics.headline", "must be precision or auc")
    demand(
        metrics.headline_k_share in metrics.k_shares,
        "metrics.headline_k_share",
        "must be one of metrics.k_shares",
    )
    demand(winner.bootstrap >= 100, "winner.bootstrap", "must be at least 100")
    demand(0.5 <= winner.confidence < 1, "winner.confidence", "must lie in [0.5, 1)")
    for name, known in (("rules", RULES), ("models", MODELS)):
        chosen = getattr(config, name)
        demand(set(chosen) <= set(known), name, f"may hold only {', '.join(known)}")
        demand(len(set(chosen)) == len(chosen), name, "names something twice")
    demand(bool(config.rules), "rules", "must not be empty")
    demand(
        config.shrinkage.strength in ("moments", "fixed"),
        "shrinkage.strength",
        "must be moments or fixed",
    )
    demand(config.shrinkage.fixed_visits > 0, "shrinkage.fixed_visits", "must be above 0")
    demand(config.shrinkage.min_members >= 1, "shrinkage.min_members", "must be at least 1")
    demand(
        bool(config.logistic.c) and min(config.logistic.c) > 0,
        "logistic.c",
        "must hold numbers above 0",
    )
    demand(config.logistic.c_default > 0, "logistic.c_default", "must be above 0")
    _check_boosting(config, demand)
    demand(0.5 < config.leaks.auc <= 1, "leaks.auc", "must lie in (0.5, 1]")
    demand(config.leaks.min_rows >= 2, "leaks.min_rows", "must be at least 2")
    for unit in UNITS:
        knobs = config.of_unit(unit)
        names = knobs.numbers + knobs.category
        demand(len(set(names)) == len(names), f"units.{unit}", "names a feature twice")
        demand(bool(knobs.numbers), f"units.{unit}", "has no numeric feature")


def _check_boosting(config: RiskConfig, demand: Callable[[bool, str, str], None]) -> None:
    knobs = config.boosting
    for name in ("learning_rate", "max_leaves", "max_depth", "min_leaf_rows"):
        demand(getattr(knobs, name) > 0, f"boosting.{name}", "must be above 0")
    demand(knobs.max_leaves >= 2, "boosting.max_leaves", "must be at least 2")
    # A reason is a sum over the 2^depth ways a path can be met (tree_shap.py).
    demand(knobs.max_depth <= DEEPEST_TREE, "boosting.max_depth", f"must be at most {DEEPEST_TREE}")
    demand(knobs.ridge >= 0, "boosting.ridge", "must not be negative")
    demand(
        bool(knobs.iterations) and min(knobs.iterations) >= 1,
        "boosting.iterations",
        "must hold numbers of at least 1",
    )
    both = sorted(set(knobs.never_lower) & set(knobs.never_raise))
    demand(not both, "boosting.never_raise", f"contradicts never_lower: {', '.join(both)}")
    known = {name for unit in UNITS for name in config.of_unit(unit).numbers}
    for unit in UNITS:
        known |= {n for scale in ("log", "linear") for n in _read_defaults()["units"][unit][scale]}
    for side in ("never_lower", "never_raise"):
        strange = sorted(set(getattr(knobs, side)) - known)
        demand(not strange, f"boosting.{side}", f"names no feature: {', '.join(strange)}")
