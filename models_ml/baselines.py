"""Plain rules: the comparators every model must beat, and what ships when none does.

Belongs here: rules that need no label. Does not belong here: learned models.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl

from models_ml.config import RiskConfig
from models_ml.explain import Explanation
from models_ml.rankers import FittedRanker, Training
from models_ml.shrinkage import ShrunkenRates, fit_rates

RANDOM = "random"
# A subject never visited comes before any visited one: longer than any archive reaches back.
NEVER_VISITED_DAYS = 36_500.0


@dataclass(frozen=True)
class ColumnRule:
    """Order by one column: the best filled of `candidates`, each with its sign.

    `fill`: score of an unknown value; None = the mean of the training rows.
    """

    candidates: tuple[tuple[str, int], ...]
    fill: float | None = None

    def fit(self, training: Training) -> "FittedColumn":
        """Choose the column and learn its mean."""
        present = [(c, s) for c, s in self.candidates if _has_values(training.rows, c)]
        if not present:
            return FittedColumn(None, 1, 0.0, 0.0)
        column, sign = max(present, key=lambda pair: training.rows[pair[0]].count())
        mean = sign * float(training.rows[column].mean())
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
class FittedRate(FittedRanker):
    """Shrunken share of bad visits: district, then the pull of each group, then own record."""

    rates: ShrunkenRates

    def explain(self, rows: pl.DataFrame) -> Explanation:
        """Return base = district rate, one contribution a group level, one for own visits."""
        means = self.rates.find_means(rows)
        counts = np.nan_to_num(read_numbers(rows, ("bad_visits_all", "visits_all")))
        visits = counts[:, 1]
        bad = np.minimum(counts[:, 0], visits)
        strength, prior = self.rates.own_strength, means[:, -1]
        own = (bad - visits * prior) / (visits + strength)
        values = np.full((rows.height, means.shape[1]), np.nan)
        values[:, -1:] = read_numbers(rows, ("bad_visits_all",))
        return Explanation(
            self.rates.district_rate,
            (*self.rates.levels, "bad_visits_all"),
            np.column_stack([np.diff(means, axis=1), own]),
            values,
        )


RULE_BY_NAME: dict[str, ColumnRule] = {
    "most_hazards": ColumnRule((("hazards_12m", 1), ("hazards_serious_12m", 1))),
    # Worst score first where visits are scored (max takes the first of equally filled ones).
    "last_outcome": ColumnRule((("last_score", -1), ("was_last_visit_bad", 1))),
    "longest_unvisited": ColumnRule((("days_since_last_visit", 1),), fill=NEVER_VISITED_DAYS),
}


def fit_rule(name: str, training: Training, config: RiskConfig, unit: str) -> FittedRanker:
    """Fit a plain rule, or `random`: the expectation over random orders is one equal score."""
    if name == RANDOM:
        return FittedColumn(None, 1, 0.0, 0.0)
    if name == "shrunken_rate":
        return _fit_rate(training, config, unit)
    return RULE_BY_NAME[name].fit(training)


def find_lacking_rules(rows: pl.DataFrame, config: RiskConfig) -> dict[str, str]:
    """Return the rules these rows can't feed, each with its reason."""
    lacking = {}
    for name in config.rules:
        columns, needs = _needs(name)
        if not needs(_varies(rows, column) for column in columns):
            lacking[name] = f"no differing values in {', '.join(columns)}"
    return lacking


def read_numbers(rows: pl.DataFrame, columns: tuple[str, ...]) -> np.ndarray:
    """Return (rows, columns) Float64, NaN = unknown."""
    return rows.select(pl.col(columns).cast(pl.Float64).fill_null(float("nan"))).to_numpy()


def _fit_rate(training: Training, config: RiskConfig, unit: str) -> FittedRate:
    levels = tuple(c for c in config.of_unit(unit).shrink_levels if c in training.rows.columns)
    visits = pl.col("visits_all").fill_null(0)
    # Visits add up over as-of dates: each subject's newest row holds its whole record.
    subjects = training.rows.unique("subject_id", keep="last", maintain_order=True).select(
        pl.min_horizontal(pl.col("bad_visits_all").fill_null(0), visits).alias("bad"),
        visits.alias("visits"),
        *levels,
    )
    return FittedRate(fit_rates(subjects, levels, config.shrinkage))


def _needs(name: str) -> tuple[tuple[str, ...], Callable[..., bool]]:
    if name == "shrunken_rate":
        return ("visits_all", "bad_visits_all"), all
    return tuple(column for column, _ in RULE_BY_NAME[name].candidates), any


def _has_values(rows: pl.DataFrame, column: str) -> bool:
    return column in rows.columns and rows[column].count() > 0


def _varies(rows: pl.DataFrame, column: str) -> bool:
    return column in rows.columns and rows[column].drop_nulls().n_unique() > 1
