"""The one frame the learning works on: features and labels by (subject, as-of date), checked.

Belongs here: the constructor check, canonical order, what was known at a cut.
Does not belong here: where rows come from, splits, models.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import polars as pl

from models_ml.config import AT_VISIT, RiskConfig
from models_ml.frame_checks import (
    KEY,
    LABEL_TYPES,
    VISIT_KEY,
    check_finite,
    check_keys,
    check_labels,
    check_names,
    check_types,
    label_from_known_days,
)

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


@dataclass(frozen=True)
class RiskFrame:
    """Checked rows in canonical order (as_of_on, subject_id).

    Attributes
    ----------
    rows
        `subject_id` String, `as_of_on` Date, numbers Float64 (null = unknown), texts String:
        whoever can be ranked. Where cohorts are judged also the columns of `judged`.
    numbers, texts
        Names of the numeric and the text columns.
    visits
        `evaluation: at_visit` only: one row a subject and `visited_on`, with the columns of `rows`
        as they stood at `as_of_on`, the month end before, in the order (visited_on, subject_id).
    """

    rows: pl.DataFrame
    numbers: tuple[str, ...]
    texts: tuple[str, ...]
    visits: pl.DataFrame | None = None

    @property
    def judged(self) -> pl.DataFrame:
        """What rankers are judged on and learn from: `visits`, else `rows`.

        Besides the features it has `ends_on` Date (the last day that decides the label), `label`
        Boolean (null = unlabelled), `positive_known_on`, `visited_known_on` Date.
        """
        return self.rows if self.visits is None else self.visits

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
            are left out; keys must be keys of `features`, absent keys are unlabelled. With
            `evaluation: at_visit` one row a visit, which also has `visited_on`.
        unit
            `park` or `enterprise`.

        Raises
        ------
        FrameError
            Missing or ill-typed column, null or repeated key, label column among the features,
            label without the day it was known, label of an unknown key, visit judged by what was
            known on its own day or later.
        """
        knobs = config.of_unit(unit)
        present = set(features.columns)
        check_names(knobs.numbers + knobs.category, present)
        numbers = tuple(
            dict.fromkeys(knobs.numbers + tuple(c for c in RULE_COLUMNS if c in present))
        )
        levels = tuple(c for c in knobs.shrink_levels if c in present)
        texts = tuple(dict.fromkeys(knobs.category + levels))
        is_visit = config.evaluation == AT_VISIT
        check_keys(features, "features", KEY)
        check_keys(labels, "labels", VISIT_KEY if is_visit else KEY)
        check_types(features, numbers, texts)
        check_labels(labels, features, is_visit)
        rows = features.select(
            *KEY,
            *(pl.col(name).cast(pl.Float64).fill_nan(None) for name in numbers),
            *(pl.col(name).cast(pl.String) for name in texts),
        )
        check_finite(rows, numbers)
        if not is_visit:
            ends_on = (pl.col("as_of_on") + timedelta(days=config.horizon_days)).alias("ends_on")
            known = rows.join(labels.select(*KEY, *LABEL_TYPES), on=KEY, how="left")
            return cls(known.with_columns(ends_on).sort("as_of_on", "subject_id"), numbers, texts)
        known = labels.select(*KEY, "visited_on", *LABEL_TYPES)
        visits = rows.join(known, on=KEY).with_columns(ends_on=pl.col("visited_on"))
        return cls(
            rows.sort("as_of_on", "subject_id"), numbers, texts,
            visits.sort("visited_on", "subject_id"),
        )  # fmt: skip

    def as_known(self, current_on: date, known_on: date) -> "RiskFrame":
        """Return only what a run at `current_on` with labels known by `known_on` may see.

        Every later row is gone and every later label is blank, so nothing downstream can
        depend on them.
        """
        rows = self.rows.filter(pl.col("as_of_on") <= current_on)
        if self.visits is None:
            return replace(self, rows=_blank_later(rows, known_on))
        met = (pl.col("as_of_on") <= current_on) & (pl.col("visited_known_on") <= known_on)
        return replace(self, rows=rows, visits=_blank_later(self.visits.filter(met), known_on))

    def dates(self) -> list[date]:
        """Return the as-of dates, oldest first."""
        return self.rows.get_column("as_of_on").unique().sort().to_list()


def known_labels(rows: pl.DataFrame, cut_on: date, delay_days: int) -> pl.Series:
    """Return each row's label as it could be known at the end of `cut_on`.

    A row counts only when its whole window and the reporting delay are over (ends_on + delay <=
    cut): a label read earlier would favour subjects visited early. Then it is 1 if a positive
    was known by the cut, 0 if only a visit was, else null.

    Returns
    -------
    pl.Series
        Float64 `label`, one value a row: 1.0, 0.0 or null (unlabelled).

    Source: evidence.md A2.3, A2.7.
    """
    is_complete = pl.col("ends_on") <= cut_on - timedelta(days=delay_days)
    label = (
        pl.when(pl.col("positive_known_on") <= cut_on)
        .then(1.0)
        .when(pl.col("visited_known_on") <= cut_on)
        .then(0.0)
    )
    return rows.select(pl.when(is_complete).then(label).alias("label")).to_series()


def _blank_later(rows: pl.DataFrame, known_on: date) -> pl.DataFrame:
    """Make every label known after `known_on` what it was before."""
    positive, visited = pl.col("positive_known_on"), pl.col("visited_known_on")
    return rows.with_columns(
        pl.when(positive <= known_on).then(positive).alias("positive_known_on"),
        pl.when(visited <= known_on).then(visited).alias("visited_known_on"),
    ).with_columns(label_from_known_days())
