"""What every ranker is: fitted on training rows, it scores rows and says why.

Belongs here: the interface and the training rows. Does not belong here: any ranker.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np
import polars as pl

from models_ml.explain import Explanation


class NotEnoughLabels(ValueError):
    """Too few positives or negatives among the training rows to fit a model."""


@dataclass(frozen=True)
class Training:
    """Rows a ranker may learn from, in canonical order, and what was known of their labels.

    `labels`: (rows,) 1, 0, NaN = unlabelled.
    """

    rows: pl.DataFrame
    labels: np.ndarray

    def labelled(self) -> "Training":
        """Return the labelled rows only."""
        known = ~np.isnan(self.labels)
        return Training(self.rows.filter(pl.Series(known)), self.labels[known])


class FittedRanker(ABC):
    """A ranker that has learned; higher score = riskier."""

    @abstractmethod
    def explain(self, rows: pl.DataFrame) -> Explanation:
        """Return each row's score in parts."""

    def score(self, rows: pl.DataFrame) -> np.ndarray:
        """Return (rows,) scores."""
        return self.explain(rows).scores()
