"""Why a subject stands where it stands: contributions that add up to its score.

Belongs here: the additive form every ranker answers in, and its long table.
Does not belong here: how a ranker finds its contributions; words for users.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

BASE = "base"


@dataclass(frozen=True)
class Explanation:
    """Scores as a common base plus one contribution a feature.

    Attributes
    ----------
    base
        The score of a subject that is average in everything, on the scale of the ranker.
    features
        Names, one a column of the two arrays.
    contributions
        (rows, features) on the scale of the score.
    values
        (rows, features) the features as they came; NaN = unknown or not a number.
    """

    base: float
    features: tuple[str, ...]
    contributions: np.ndarray
    values: np.ndarray

    def scores(self) -> np.ndarray:
        """Return base + sum of contributions, one a row."""
        return self.base + self.contributions.sum(axis=1)


def list_reasons(run_id: str, subject_ids: pl.Series, explanation: Explanation) -> pl.DataFrame:
    """Lay an explanation out as `ml.reasons`.

    Returns
    -------
    pl.DataFrame
        `run_id`, `subject_id`, `feature`, `value` (null = unknown), `contribution`, `position`
        (1 = largest absolute contribution, equal ones in feature order; 0 = the base row).
    """
    count, width = explanation.contributions.shape
    by_size = np.argsort(-np.abs(explanation.contributions), axis=1, kind="stable")
    position = np.empty((count, width), dtype=np.int64)
    np.put_along_axis(position, by_size, np.arange(1, width + 1)[None, :].repeat(count, 0), axis=1)
    reasons = pl.DataFrame(
        {
            "subject_id": np.repeat(subject_ids.to_numpy(), width),
            "feature": np.tile(np.array(explanation.features, dtype=object), count),
            "value": explanation.values.ravel(),
            "contribution": explanation.contributions.ravel(),
            "position": position.ravel(),
        },
        schema={
            "subject_id": pl.String,
            "feature": pl.String,
            "value": pl.Float64,
            "contribution": pl.Float64,
            "position": pl.Int64,
        },
    ).with_columns(pl.col("value").fill_nan(None))
    base = pl.DataFrame({"subject_id": subject_ids}).with_columns(
        pl.lit(BASE).alias("feature"),
        pl.lit(None, pl.Float64).alias("value"),
        pl.lit(explanation.base, pl.Float64).alias("contribution"),
        pl.lit(0, pl.Int64).alias("position"),
    )
    return (
        pl.concat([base, reasons])
        .sort("subject_id", "position")
        .select(pl.lit(run_id).alias("run_id"), pl.all())
    )
