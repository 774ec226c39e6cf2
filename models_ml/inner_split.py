"""Training rows split once more in time, so that a model's knobs are chosen on later rows.

Belongs here: what every learned model asks of its training rows. Does not belong here: models.
"""

from datetime import timedelta

import polars as pl

from models_ml.config import RiskConfig
from models_ml.rankers import NotEnoughLabels, Training

# The last third of the as-of dates judges the candidates.
EARLY_SHARE = 2 / 3


def split_inside(labelled: Training, config: RiskConfig) -> tuple[Training, Training] | None:
    """Return earlier rows to fit candidates on and later ones to judge them; None = too few.

    The earlier ones are those whose labels were complete when the later ones begin, so a candidate
    is judged as a model is.
    """
    dates = labelled.rows["as_of_on"].unique().sort()
    judged_from = dates[int(len(dates) * EARLY_SHARE)]
    known = pl.col("ends_on") <= judged_from - timedelta(days=config.delay_days)
    later = pl.col("as_of_on") >= judged_from
    marks = labelled.rows.select(known.alias("early"), later.alias("late"))
    early, late = (labelled.take(marks[side].to_numpy()) for side in ("early", "late"))
    try:
        demand_both_classes(early, config.splits.min_train_each)
        demand_both_classes(late, 1)
    except NotEnoughLabels:
        return None
    return early, late


def demand_both_classes(labelled: Training, least: int) -> None:
    """Demand at least so many positives and negatives.

    Raises
    ------
    NotEnoughLabels
        Says how many there are.
    """
    positive = int((labelled.labels == 1).sum())
    negative = int((labelled.labels == 0).sum())
    if min(positive, negative) < least:
        raise NotEnoughLabels(
            f"{positive} positives and {negative} negatives, at least {least} each are needed"
        )


def teaches(rows: pl.DataFrame, name: str) -> bool:
    """Whether a column differs between rows: a constant or empty one says nothing."""
    return rows[name].count() > 0 and rows[name].n_unique() > 1
