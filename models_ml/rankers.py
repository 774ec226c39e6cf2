"""What every ranker is: fitted on training rows, it scores rows and says why.

Belongs here: the interface and the training rows. Does not belong here: any ranker.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from models_ml.explain import Explanation


class NotEnoughLabels(ValueError):
    """Too few positives or negatives among the training rows to fit a model."""


@dataclass(frozen=True)
class Training:
    """What a ranker may learn from at a cut.

    Attributes
    ----------
    rows
        In canonical order; models learn from the labelled ones.
    labels
        (rows,) 1, 0, NaN = unlabelled.
    standing
        The newest row of everybody at the cut, one a subject. Rules need no label, so they learn
        what is usual from the records as they stand.
    """

    rows: pl.DataFrame
    labels: np.ndarray
    standing: pl.DataFrame

    def labelled(self) -> "Training":
        """Return the labelled rows only."""
        known = ~np.isnan(self.labels)
        return self.take(known)

    def take(self, keep: np.ndarray) -> "Training":
        """Return the rows where `keep` (rows,) is true."""
        return replace(self, rows=self.rows.filter(pl.Series(keep)), labels=self.labels[keep])


class FittedRanker(ABC):
    """A ranker that has learned; higher score = riskier."""

    @abstractmethod
    def explain(self, rows: pl.DataFrame) -> Explanation:
        """Return each row's score in parts."""

    def score(self, rows: pl.DataFrame) -> np.ndarray:
        """Return (rows,) scores."""
        return self.explain(rows).scores()
