"""Features that know too much: copies of the label, ids, row numbers.

Belongs here: checks on the values of features. Does not belong here: names and types (frame.py).
"""

from datetime import date

import numpy as np
import polars as pl

from models_ml.baselines import read_numbers
from models_ml.config import RiskConfig
from models_ml.frame import RiskFrame, known_labels
from models_ml.metrics import measure_auc


class LeakFound(ValueError):
    """A feature can't be what it says; the message names it and the knob that lets it through."""


def check_leaks(frame: RiskFrame, known_on: date, config: RiskConfig) -> None:
    """Refuse features that copy the label or number subjects or rows.

    Raises
    ------
    LeakFound
        Names every such feature not listed in `leaks.allow`.
    """
    found = find_leaks(frame, known_on, config)
    if found:
        listed = "; ".join(f"{name} {why}" for name, why in found.items())
        raise LeakFound(f"features: {listed}. If a person has looked, list it in leaks.allow")


def find_leaks(frame: RiskFrame, known_on: date, config: RiskConfig) -> dict[str, str]:
    """Return feature -> what is wrong with it.

    Looked for: a feature that alone orders the labels as well as `leaks.auc`; one that is known
    just where a label is, or just where it is bad (or is not); whole numbers that count subjects
    or rows one by one.

    Source: evidence.md A2.4.
    """
    judged = frame.judged
    labels = known_labels(judged, known_on, config.delay_days)
    label = labels.fill_null(float("nan")).to_numpy()
    has_label = (~np.isnan(label)).astype(float)
    # Presence is a question only where a label could have been: windows that are over.
    is_over = judged["as_of_on"].to_numpy() <= _newest(judged, labels)
    found = {}
    for name in frame.numbers:
        if name in config.leaks.allow:
            continue
        values = read_numbers(judged, (name,))[:, 0]
        is_known = (~np.isnan(values)).astype(float)
        both = (~np.isnan(label)) & (~np.isnan(values))
        if _separates(values[both], label[both], config):
            found[name] = "orders the labels almost perfectly"
        elif _separates(is_known[is_over], has_label[is_over], config):
            found[name] = "is known just where a label is"
        elif _separates(is_known[has_label == 1], label[has_label == 1], config):
            found[name] = "is known just where the label is bad"
        elif _counts_up(frame.rows, name, config.leaks.min_rows):
            found[name] = "numbers the subjects or rows"
    return found


def _newest(judged: pl.DataFrame, labels: pl.Series) -> np.datetime64:
    days = judged["as_of_on"].filter(labels.is_not_null())
    return np.datetime64(days.max() or date.min)


def _separates(values: np.ndarray, label: np.ndarray, config: RiskConfig) -> bool:
    if len(values) < config.leaks.min_rows or min((label == 1).sum(), (label == 0).sum()) < 5:
        return False
    auc = float(measure_auc(values, label)[0])
    return max(auc, 1 - auc) >= config.leaks.auc


def _counts_up(rows: pl.DataFrame, name: str, min_rows: int) -> bool:
    """Whether whole numbers run one by one (gaps to as many again) over subjects or rows.

    Areas are whole numbers too and differ between subjects, but they do not fill their range.
    """
    known = rows.filter(pl.col(name).is_not_null())
    if known.height < min_rows or known.select((pl.col(name) % 1 != 0).any()).item():
        return False
    by_subject = known.group_by("subject_id").agg(
        pl.col(name).first(), pl.col(name).n_unique().alias("n")
    )
    is_constant = by_subject["n"].max() == 1
    values = by_subject[name] if is_constant else known[name]
    if len(values) < min_rows or values.n_unique() < len(values):
        return False
    return values.max() - values.min() < 2 * len(values)
