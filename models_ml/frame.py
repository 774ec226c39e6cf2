"""The one frame the learning works on: features and labels by (subject, as-of date), checked.

Belongs here: the constructor check, canonical order, what was known at a cut.
Does not belong here: where rows come from, splits, models.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import polars as pl

from models_ml.config import RiskConfig

KEY = ["subject_id", "as_of_on"]
LABEL_TYPES = {
    "label": pl.Boolean,
    "positive_known_on": pl.Date,
    "visited_known_on": pl.Date,
}
# What the plain rules read, besides the features of risk.yml; a missing one skips its rule.
RULE_COLUMNS = (
    "was_last_visit_bad",
    "last_score",
    "hazards_12m",
    "hazards_serious_12m",
    "days_since_last_visit",
    "visits_all",
    "bad_visits_all",
    "scored_visits_all",
    "mean_score_all",
)
# Names that say by themselves that a column can't be a feature.
FORBIDDEN_STARTS = ("_", "label", "next_", "future_", "inspector")
FORBIDDEN_ENDS = ("_known_on", "_known_at", "_id", "_code", "_hash", "_number")


class FrameError(ValueError):
    """Features or labels can't be learned from; the message names the column or key."""


@dataclass(frozen=True)
class RiskFrame:
    """Checked rows in canonical order (as_of_on, subject_id).

    Attributes
    ----------
    rows
        `subject_id` String, `as_of_on` Date, numbers Float64 (null = unknown), texts String,
        then `label` Boolean (null = unlabelled), `positive_known_on`, `visited_known_on` Date.
    numbers, texts
        Names of the numeric and the text columns.
    """

    rows: pl.DataFrame
    numbers: tuple[str, ...]
    texts: tuple[str, ...]

    @classmethod
    def build(
        cls, features: pl.DataFrame, labels: pl.DataFrame, config: RiskConfig, unit: str
    ) -> "RiskFrame":
        """Check features and labels and join them by their key.

        Parameters
        ----------
        features
            One row a `subject_id` (String) and `as_of_on` (Date). Columns that neither risk.yml
            nor a rule names are left out. Booleans become 1 and 0.
        labels
            `subject_id`, `as_of_on`, `label`, `positive_known_on`, `visited_known_on`, others
            are left out; keys must be keys of `features`, absent keys are unlabelled.
        unit
            `park` or `enterprise`.

        Raises
        ------
        FrameError
            Missing or ill-typed column, null or repeated key, label column among the features,
            label without the day it was known, label of an unknown key.
        """
        knobs = config.of_unit(unit)
        present = set(features.columns)
        _check_names(knobs.numbers + knobs.category, present)
        numbers = tuple(
            dict.fromkeys(knobs.numbers + tuple(c for c in RULE_COLUMNS if c in present))
        )
        levels = tuple(c for c in knobs.shrink_levels if c in present)
        texts = tuple(dict.fromkeys(knobs.category + levels))
        _check_keys(features, "features")
        _check_keys(labels, "labels")
        _check_types(features, numbers, texts)
        _check_labels(labels, features)
        rows = (
            features.select(
                *KEY,
                *(pl.col(name).cast(pl.Float64).fill_nan(None) for name in numbers),
                *(pl.col(name).cast(pl.String) for name in texts),
            )
            .join(labels.select(*KEY, *LABEL_TYPES), on=KEY, how="left")
            .sort("as_of_on", "subject_id")
        )
        _check_finite(rows, numbers)
        return cls(rows, numbers, texts)

    def as_known(self, current_on: date, known_on: date) -> "RiskFrame":
        """Return only what a run at `current_on` with labels known by `known_on` may see.

        Every later row is gone and every later label is blank, so nothing downstream can
        depend on them.
        """
        positive, visited = pl.col("positive_known_on"), pl.col("visited_known_on")
        rows = (
            self.rows.filter(pl.col("as_of_on") <= current_on)
            .with_columns(
                pl.when(positive <= known_on).then(positive).alias("positive_known_on"),
                pl.when(visited <= known_on).then(visited).alias("visited_known_on"),
            )
            .with_columns(_label_from_known_days())
        )
        return replace(self, rows=rows)

    def dates(self) -> list[date]:
        """Return the as-of dates, oldest first."""
        return self.rows.get_column("as_of_on").unique().sort().to_list()


def known_labels(rows: pl.DataFrame, cut_on: date, horizon_days: int, delay_days: int) -> pl.Series:
    """Return each row's label as it could be known at the end of `cut_on`.

    A row counts only when its whole window and the reporting delay are over (as_of_on +
    horizon + delay <= cut): a label read earlier would favour subjects visited early. Then it
    is 1 if a positive was known by the cut, 0 if only a visit was, else null.

    Returns
    -------
    pl.Series
        Float64 `label`, one value a row: 1.0, 0.0 or null (unlabelled).

    Source: evidence.md A2.3, A2.7.
    """
    is_complete = pl.col("as_of_on") <= cut_on - timedelta(days=horizon_days + delay_days)
    label = (
        pl.when(pl.col("positive_known_on") <= cut_on)
        .then(1.0)
        .when(pl.col("visited_known_on") <= cut_on)
        .then(0.0)
    )
    return rows.select(pl.when(is_complete).then(label).alias("label")).to_series()


def _label_from_known_days() -> pl.Expr:
    return (
        pl.when(pl.col("positive_known_on").is_not_null())
        .then(True)
        .when(pl.col("visited_known_on").is_not_null())
        .then(False)
        .alias("label")
    )


def _check_names(wanted: tuple[str, ...], present: set[str]) -> None:
    leaked = sorted(present & ({*LABEL_TYPES, "count_visits"}))
    if leaked:
        raise FrameError(f"features: label columns among the features: {', '.join(leaked)}")
    for name in wanted:
        if name.startswith(FORBIDDEN_STARTS) or name.endswith(FORBIDDEN_ENDS):
            raise FrameError(f"features: {name} names an id, an inspector or the future")
    missing = [name for name in wanted if name not in present]
    if missing:
        raise FrameError(f"features: columns of risk.yml are missing: {', '.join(missing)}")


def _check_keys(table: pl.DataFrame, what: str) -> None:
    for name, kind in zip(KEY, (pl.String, pl.Date), strict=True):
        if name not in table.columns:
            raise FrameError(f"{what}: key column {name} is missing")
        if table.schema[name] != kind:
            raise FrameError(f"{what}: {name} must be {kind}, got {table.schema[name]}")
        if table.get_column(name).null_count():
            raise FrameError(f"{what}: {name} has nulls")
    if table.select(KEY).is_duplicated().any():
        repeated = table.filter(table.select(KEY).is_duplicated()).select(KEY).row(0)
        raise FrameError(f"{what}: key {repeated[0]} at {repeated[1]} comes more than once")


def _check_types(features: pl.DataFrame, numbers: tuple[str, ...], texts: tuple[str, ...]) -> None:
    for name in numbers:
        kind = features.schema[name]
        # An all-null column of unknown type is a level the workspace lacks.
        if not (kind.is_numeric() or kind in (pl.Boolean, pl.Null)):
            raise FrameError(f"features: {name} must be a number or Boolean, got {kind}")
    for name in texts:
        if features.schema[name] not in (pl.String, pl.Categorical, pl.Null):
            raise FrameError(f"features: {name} must be text, got {features.schema[name]}")


def _check_finite(rows: pl.DataFrame, numbers: tuple[str, ...]) -> None:
    endless = rows.select(pl.col(numbers).is_infinite().any()).row(0, named=True)
    bad = [name for name, found in endless.items() if found]
    if bad:
        raise FrameError(f"features: infinite values in {', '.join(bad)}")


def _check_labels(labels: pl.DataFrame, features: pl.DataFrame) -> None:
    for name, kind in LABEL_TYPES.items():
        if name not in labels.columns:
            raise FrameError(f"labels: column {name} is missing")
        if labels.schema[name] not in (kind, pl.Null):
            raise FrameError(f"labels: {name} must be {kind}, got {labels.schema[name]}")
    typed = labels.with_columns(pl.col(name).cast(kind) for name, kind in LABEL_TYPES.items())
    disagrees = typed.filter(_label_from_known_days().ne_missing(pl.col("label")))
    if disagrees.height:
        key = disagrees.select(KEY).row(0)
        raise FrameError(f"labels: label of {key[0]} at {key[1]} disagrees with its known days")
    unknown = labels.join(features, on=KEY, how="anti")
    if unknown.height:
        key = unknown.select(KEY).row(0)
        raise FrameError(f"labels: key {key[0]} at {key[1]} is not among the features")
