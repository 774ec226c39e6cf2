"""Plain rules: the comparators every model must beat, and what ships when none does.

Belongs here: rules that need no label. Does not belong here: learned models.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from models_ml.config import RiskConfig
from models_ml.explain import Explanation
from models_ml.rankers import FittedRanker, Training
from models_ml.shrinkage import ShrunkenMeans, fit_means

RANDOM = "random"
# A subject never visited comes before any visited one: longer than any archive reaches back.
NEVER_VISITED_DAYS = 36_500.0


@dataclass(frozen=True)
class ColumnRule:
    """Order by one column: the best filled of `candidates`, each with its sign.

    `fill`: score of an unknown value; None = the mean of the standing rows.
    """

    candidates: tuple[tuple[str, int], ...]
    fill: float | None = None

    def fit(self, training: Training) -> "FittedColumn":
        """Choose the column and learn its mean."""
        rows = training.standing
        present = [(c, s) for c, s in self.candidates if _has_values(rows, c)]
        if not present:
            return FittedColumn(None, 1, 0.0, 0.0)
        column, sign = max(present, key=lambda pair: rows[pair[0]].count())
        mean = sign * float(rows[column].mean())
        return FittedColumn(column, sign, mean, mean if self.fill is None else self.fill)


@dataclass(frozen=True)
class FittedColumn(FittedRanker):
    """score = sign x column; base = its mean, so an average subject has no reason."""

    column: str | None
    sign: int
    mean: float
    fill: float

    def explain(self, rows: pl.DataFrame) -> Explanation:
        """Return the one contribution: how far the column is from its mean."""
        if self.column is None:
            return Explanation(0.0, (), np.empty((rows.height, 0)), np.empty((rows.height, 0)))
        values = read_numbers(rows, (self.column,))
        score = np.where(np.isnan(values), self.fill, self.sign * values)
        return Explanation(self.mean, (self.column,), score - self.mean, values)


@dataclass(frozen=True)
class ShrunkenRule:
    """Order by a shrunken mean of a subject's visits.

    `own`: the column that names the own record; `visits`: how many visits it rests on;
    `is_count`: `own` counts bad visits (else it is a mean); `sign`: -1 = low is risky.
    """

    own: str
    visits: str
    is_count: bool
    sign: int

    def fit(self, training: Training, config: RiskConfig, unit: str) -> "FittedShrunken":
        """Learn the priors from everybody's whole record as it stands."""
        rows = training.standing
        levels = tuple(c for c in config.of_unit(unit).shrink_levels if c in rows.columns)
        means, visits = self.read_record(rows)
        subjects = rows.select(
            pl.Series("mean", means, pl.Float64), pl.Series("visits", visits, pl.Float64), *levels
        )
        spread = self.find_spread(rows, means, visits)
        return FittedShrunken(self, fit_means(subjects, levels, spread, config.shrinkage))

    def read_record(self, rows: pl.DataFrame) -> tuple[np.ndarray, np.ndarray]:
        """Return each row's mean (0 without visits) and its number of visits."""
        own, visits = np.nan_to_num(read_numbers(rows, (self.own, self.visits))).T
        if not self.is_count:
            return own, visits
        bad = np.minimum(own, visits)
        return np.divide(bad, visits, out=np.zeros_like(bad), where=visits > 0), visits

    def find_spread(self, rows: pl.DataFrame, means: np.ndarray, visits: np.ndarray) -> float:
        """Return the variance of one visit: p (1 - p), or that of the subjects' last scores."""
        if self.is_count:
            share = float((means * visits).sum() / max(visits.sum(), 1))
            return share * (1 - share)
        return float(rows["last_score"].var() or 0) if "last_score" in rows.columns else 0.0


@dataclass(frozen=True)
class FittedShrunken(FittedRanker):
    """score = sign x shrunken mean: district, then the pull of each group, then own record."""

    rule: ShrunkenRule
    means: ShrunkenMeans

    def explain(self, rows: pl.DataFrame) -> Explanation:
        """Return base = the district, one contribution a group level, one for own visits."""
        groups = self.means.find_means(rows)
        mean, visits = self.rule.read_record(rows)
        own = visits * (mean - groups[:, -1]) / (visits + self.means.own_strength)
        values = np.full((rows.height, groups.shape[1]), np.nan)
        values[:, -1:] = read_numbers(rows, (self.rule.own,))
        return Explanation(
            self.rule.sign * self.means.district_mean,
            (*self.means.levels, self.rule.own),
            self.rule.sign * np.column_stack([np.diff(groups, axis=1), own]),
            values,
        )


SHRUNKEN_RULES = {
    "shrunken_rate": ShrunkenRule("bad_visits_all", "visits_all", is_count=True, sign=1),
    "shrunken_score": ShrunkenRule("mean_score_all", "scored_visits_all", is_count=False, sign=-1),
}
COLUMN_RULES = {
    "most_hazards": ColumnRule((("hazards_12m", 1), ("hazards_serious_12m", 1))),
    # Worst score first where visits are scored (max takes the first of equally filled ones).
    "last_outcome": ColumnRule((("last_score", -1), ("was_last_visit_bad", 1))),
    "longest_unvisited": ColumnRule((("days_since_last_visit", 1),), fill=NEVER_VISITED_DAYS),
}


def fit_rule(name: str, training: Training, config: RiskConfig, unit: str) -> FittedRanker:
    """Fit a plain rule, or `random`: the expectation over random orders is one equal score."""
    if name == RANDOM:
        return FittedColumn(None, 1, 0.0, 0.0)
    if name in SHRUNKEN_RULES:
        return SHRUNKEN_RULES[name].fit(training, config, unit)
    return COLUMN_RULES[name].fit(training)


def find_lacking_rules(rows: pl.DataFrame, config: RiskConfig) -> dict[str, str]:
    """Return the rules these rows can't feed, each with its reason."""
    lacking = {}
    for name in config.rules:
        shrunken = SHRUNKEN_RULES.get(name)
        columns = [shrunken.own] if shrunken else [c for c, _ in COLUMN_RULES[name].candidates]
        if not any(_varies(rows, column) for column in columns):
            lacking[name] = f"no differing values in {', '.join(columns)}"
        elif shrunken and not _has_values(rows, shrunken.visits):
            lacking[name] = f"no values in {shrunken.visits}"
    return lacking


def read_numbers(rows: pl.DataFrame, columns: tuple[str, ...]) -> np.ndarray:
    """Return (rows, columns) Float64, NaN = unknown."""
    return rows.select(pl.col(columns).cast(pl.Float64).fill_null(float("nan"))).to_numpy()


def _has_values(rows: pl.DataFrame, column: str) -> bool:
    return column in rows.columns and rows[column].count() > 0


def _varies(rows: pl.DataFrame, column: str) -> bool:
    return column in rows.columns and rows[column].drop_nulls().n_unique() > 1
