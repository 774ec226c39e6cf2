"""The sections of risk.yml as types.

Belongs here: one frozen class a section. Does not belong here: reading and checking (config.py).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class SplitKnobs:
    """Evaluation and training dates."""

    step_months: int
    train_step_months: int
    max_splits: int
    min_splits: int
    min_train_each: int
    anchor_month: int


@dataclass(frozen=True)
class MetricKnobs:
    """What is measured, and the metric a winner must win."""

    k_shares: tuple[float, ...]
    headline: str
    headline_k_share: float


@dataclass(frozen=True)
class WinnerKnobs:
    """How a gain is proved."""

    bootstrap: int
    confidence: float


@dataclass(frozen=True)
class ShrinkageKnobs:
    """Prior of the shrunken rate."""

    strength: str
    fixed_visits: float
    min_members: int


@dataclass(frozen=True)
class LogisticKnobs:
    """Strength of the ridge."""

    c: tuple[float, ...]
    c_default: float


@dataclass(frozen=True)
class BoostingKnobs:
    """Size of the trees, how many, and what may never lower or raise the score."""

    learning_rate: float
    iterations: tuple[int, ...]
    max_leaves: int
    max_depth: int
    min_leaf_rows: int
    ridge: float
    never_lower: tuple[str, ...]
    never_raise: tuple[str, ...]

    def direction_of(self, feature: str) -> int:
        """Return 1 = more never lowers the score, -1 = more never raises it, 0 = free."""
        return int(feature in self.never_lower) - int(feature in self.never_raise)


@dataclass(frozen=True)
class LeakKnobs:
    """When a feature knows too much."""

    auc: float
    min_rows: int
    allow: tuple[str, ...]


@dataclass(frozen=True)
class UnitKnobs:
    """Features of one unit, by the scale they enter on."""

    log: tuple[str, ...]
    linear: tuple[str, ...]
    category: tuple[str, ...]
    shrink_levels: tuple[str, ...]

    @property
    def numbers(self) -> tuple[str, ...]:
        """Numeric features, in the order of the file."""
        return self.log + self.linear


@dataclass(frozen=True)
class UnitsKnobs:
    """The two units."""

    park: UnitKnobs
    enterprise: UnitKnobs
