"""Visits that are owed: overdue serious hazards and rechecks, one line a subject.

Belongs here: which open hazards oblige a visit, and which subject comes first.
Does not belong here: how many visits there are (rounds.py), words (app).
"""

from collections.abc import Sequence
from datetime import date

import polars as pl

#: What is owed: a hazard past its deadline, or rectified and not yet rechecked.
OVERDUE, RECHECK = "overdue", "recheck"
DUTY_SCHEMA = {
    "unit": pl.String, "subject_id": pl.String, "duty": pl.String, "hazard_code": pl.String,
    "level": pl.String, "found_on": pl.Date, "duty_days": pl.Int64, "count_due": pl.Int64,
    "duty_place": pl.Int64,
}  # fmt: skip


def list_duties(
    hazards: pl.DataFrame,
    overdue_levels: Sequence[str],
    recheck_levels: Sequence[str],
    as_of_on: date,
) -> pl.DataFrame:
    """Return one row a subject that is owed a visit, the gravest first.

    A hazard obliges when it is not closed at `as_of_on` and either past its deadline without
    being rectified (its level in one of the two lists) or rectified without a passed recheck (its
    level in `recheck_levels`).
    Order: level as listed, overdue before rectified, longest first, then the id.
    Source: exports.md 9.6 (rectified, closed, overdue, deadline in force).

    Parameters
    ----------
    hazards
        Hazards not closed at the as-of day: `unit`, `subject_id`, `hazard_id`, `hazard_code`
        (null = none), `level`, `found_on`, `deadline_on`, `rectified_on`, `is_rectified`,
        `is_overdue`.
    overdue_levels, recheck_levels
        Levels, gravest first.

    Returns
    -------
    pl.DataFrame
        `unit`, `subject_id`; of the gravest hazard `duty`, `hazard_code`, `level`, `found_on`,
        `duty_days` (days past the deadline, or since it was rectified); `count_due` (hazards
        that oblige); `duty_place` (1 = gravest subject).
    """
    levels = list(dict.fromkeys([*overdue_levels, *recheck_levels]))
    is_late, is_unchecked = _obliges(overdue_levels, recheck_levels)
    due = hazards.filter(is_late | is_unchecked).with_columns(
        pl.when(is_late).then(pl.lit(OVERDUE)).otherwise(pl.lit(RECHECK)).alias("duty"),
        pl.when(is_late)
        .then(pl.lit(as_of_on) - pl.col("deadline_on"))
        .otherwise(pl.lit(as_of_on) - pl.col("rectified_on"))
        .dt.total_days()
        .alias("duty_days"),
        pl.col("level")
        .replace_strict(levels, list(range(len(levels))), default=None, return_dtype=pl.Int64)
        .alias("_gravity"),
    )
    order = ["_gravity", "duty", "duty_days", "unit", "subject_id", "hazard_id"]
    down = [False, False, True, False, False, False]
    return (
        due.sort(order, descending=down, nulls_last=True)  # "overdue" sorts before "recheck"
        .group_by("unit", "subject_id", maintain_order=True)
        .agg(
            pl.first("duty", "hazard_code", "level", "found_on", "duty_days"),
            pl.len().cast(pl.Int64).alias("count_due"),
        )
        .with_row_index("duty_place", offset=1)
        .select(pl.col(name).cast(kind) for name, kind in DUTY_SCHEMA.items())
    )


def count_beside(
    hazards: pl.DataFrame, overdue_levels: Sequence[str], recheck_levels: Sequence[str]
) -> int:
    """Count hazards past their deadline or not rechecked that oblige no visit by their level.

    They are somebody's work, yet not this round's: a list must say how many it leaves out.
    """
    is_late, is_unchecked = _obliges(overdue_levels, recheck_levels)
    is_due = pl.col("is_overdue") | pl.col("is_rectified")
    return hazards.filter(is_due & ~(is_late | is_unchecked)).height


def _obliges(overdue_levels: Sequence[str], recheck_levels: Sequence[str]) -> tuple[pl.Expr, ...]:
    levels = [*overdue_levels, *recheck_levels]
    is_late = pl.col("is_overdue") & pl.col("level").is_in(levels).fill_null(False)
    is_unchecked = pl.col("is_rectified") & pl.col("level").is_in(list(recheck_levels))
    return is_late, is_unchecked.fill_null(False)
