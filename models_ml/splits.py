"""Rolling as-of splits: on which days a ranking is judged, and what it may have learned from.

Belongs here: dates only. Does not belong here: rows, labels, models.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from models_ml.config import AT_VISIT, RiskConfig


@dataclass(frozen=True)
class Split:
    """One evaluation date and what may be learned from at it.

    Attributes
    ----------
    split_on
        The evaluation date D.
    train_on
        As-of dates whose labels were complete by D; empty where visits are judged.
    until_on
        Where visits are judged, the last day of those ranked together, (D, until_on]; else None.
    """

    split_on: date
    train_on: tuple[date, ...]
    until_on: date | None = None


def find_splits(as_of_dates: Sequence[date], known_on: date, config: RiskConfig) -> list[Split]:
    """Walk back from the newest evaluation date whose labels are complete at `known_on`.

    An evaluation date D is usable when D + horizon + delay <= known_on; a training date T of D
    when T + horizon + delay <= D, so a model judged at D has learned only what was known at D.
    Dates without any training date are left out. With `splits.anchor_month` only month ends a
    multiple of the step from that month are evaluation dates.

    Where visits are judged (`evaluation: at_visit`) D is usable when the visits of the next
    step_months are known: last day + delay <= known_on.

    Parameters
    ----------
    as_of_dates
        As-of dates of the frame, any order.
    known_on
        The day up to which labels are known.

    Returns
    -------
    list[Split]
        Oldest first, at most `splits.max_splits` of them, the newest.

    Examples
    --------
    Month ends of 2024 and 2025, horizon 180, delay 30 (gap 210 days), step 6 months, known on
    2025-12-31. The newest D with D + 210 days <= 2025-12-31 is 2025-05-31 (2025-12-27);
    2025-06-30 would need 2026-01-26. Six months back: 2024-11-30. D = 2025-05-31 trains on dates
    to 2024-10-31 (+ 210 days = 2025-05-29), D = 2024-11-30 to 2024-04-30 (2024-11-26). Next back
    would be 2024-05-31, whose training dates would end in 2023: left out.

    Source: evidence.md A2.7.
    """
    knobs = config.splits
    dates = sorted(set(as_of_dates))
    if config.evaluation == AT_VISIT:
        periods = [Split(day, (), add_months(day, knobs.step_months)) for day in dates]
        wait = timedelta(days=config.delay_days)
        ended = {p.split_on: p for p in periods if p.until_on and p.until_on + wait <= known_on}
        kept = _thin(list(ended), knobs.step_months, knobs.anchor_month)
        return [ended[day] for day in kept][-knobs.max_splits :]
    usable = list_complete_dates(dates, known_on, config)
    splits = []
    for split_on in _thin(usable, knobs.step_months, knobs.anchor_month):
        train_on = _thin(list_complete_dates(dates, split_on, config), knobs.train_step_months)
        if train_on:
            splits.append(Split(split_on, tuple(train_on)))
    return splits[-knobs.max_splits :]


def list_train_dates(
    as_of_dates: Sequence[date], cut_on: date, config: RiskConfig
) -> tuple[date, ...]:
    """Return the as-of dates a model fitted at the end of `cut_on` learns from, oldest first."""
    complete = list_complete_dates(sorted(set(as_of_dates)), cut_on, config)
    return tuple(_thin(complete, config.splits.train_step_months))


def list_complete_dates(dates: Sequence[date], cut_on: date, config: RiskConfig) -> list[date]:
    """Return the dates whose label window and reporting delay are over at `cut_on`."""
    return [day for day in dates if day + timedelta(days=config.gap_days) <= cut_on]


def add_months(day: date, months: int) -> date:
    """Return the last day of the month `months` after that of `day`."""
    first = _month_number(day) + months  # months counted from 0 = the one after
    return date(first // 12, first % 12 + 1, 1) - timedelta(days=1)


def _thin(dates: list[date], step_months: int, anchor_month: int = 0) -> list[date]:
    """Keep dates a multiple of `step_months` from the newest, or from the anchor, oldest first."""
    if not dates:
        return []
    anchor = anchor_month or _month_number(dates[-1])
    return [day for day in dates if (anchor - _month_number(day)) % step_months == 0]


def _month_number(day: date) -> int:
    return day.year * 12 + day.month
