"""Sensors by the definitions of exports.md 9.6, one reading after the other.

Belongs here: plain Python that shares nothing with the models, for tests to compare with.
Does not belong here: test data, anything the product imports.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

Reading = tuple[int, float | None]
GAP_INTERVALS = 3


@dataclass(frozen=True)
class Episode:
    """First and last second, whether two neighbours reached set point 2, and its readings."""

    started: int
    ended: int
    is_level_2: bool
    values: tuple[float, ...]


@dataclass(frozen=True)
class Limits:
    """What a value reaches; by default at or above, for the low side strictly below."""

    reaches_1: Callable[[float], bool]
    reaches_2: Callable[[float], bool]
    stays: Callable[[float], bool]


def above(set_1: float, set_2: float | None, hysteresis: float = 0.9) -> Limits:
    """Limits of everything but oxygen."""
    keep = round(set_1 * hysteresis, 6)
    return Limits(
        lambda value: value >= set_1,
        lambda value: set_2 is not None and value >= set_2,
        lambda value: value >= keep,
    )


def oxygen(side: str, limit: float, normal: float = 20.9, hysteresis: float = 0.9) -> Limits:
    """Limits of one side of oxygen, which has one set point."""
    keep = round(normal + (limit - normal) * hysteresis, 6)
    if side == "high":
        return Limits(lambda v: v > limit, lambda _: False, lambda v: v >= keep)
    return Limits(lambda v: v < limit, lambda _: False, lambda v: v <= keep)


def find_episodes(
    readings: Sequence[Reading], limits: Limits, interval: float
) -> tuple[list[Episode], list[int]]:
    """Episodes of one series in time order, and the seconds of its spikes."""
    known = [(at, value) for at, value in sorted(readings) if value is not None]
    most = GAP_INTERVALS * interval
    episodes: list[Episode] = []
    spikes: list[int] = []
    inside: list[Reading] = []

    def close() -> None:
        if inside:
            values = tuple(v for _, v in inside if v is not None)
            pairs = itertools.pairwise(values)
            twice = any(limits.reaches_2(a) and limits.reaches_2(b) for a, b in pairs)
            episodes.append(Episode(inside[0][0], inside[-1][0], twice, values))
            inside.clear()

    for place, (at, value) in enumerate(known):
        if inside and (at - known[place - 1][0] > most or not limits.stays(value)):
            close()
        if inside:
            inside.append((at, value))
            continue
        if not limits.reaches_1(value):
            continue
        after = known[place + 1] if place + 1 < len(known) else None
        if after and after[0] - at <= most and limits.reaches_1(after[1]):
            inside.append((at, value))
        else:
            spikes.append(at)
    close()
    return episodes, spikes


def median_gap(seconds: Sequence[int]) -> float | None:
    """Median of the gaps between the instants; None when there are fewer than two."""
    ordered = sorted(set(seconds))
    gaps = [b - a for a, b in itertools.pairwise(ordered)]
    return median(gaps) if gaps else None


def online_seconds(seconds: Sequence[int], interval: float | None, start: int, end: int) -> float:
    """Online time of a device inside [start, end), whatever its metrics."""
    if interval is None:
        return 0.0
    ordered = sorted(set(seconds))
    total = 0.0
    for at, after in zip(ordered, [*ordered[1:], None], strict=True):
        gap = interval if after is None else after - at
        covered = gap if gap <= GAP_INTERVALS * interval else interval
        total += max(0.0, min(at + covered, end) - max(at, start))
    return total


def frozen_seconds(readings: Sequence[Reading], least: int) -> set[int]:
    """Seconds of readings in a stretch of at least that many equal values other than 0."""
    known = [(at, value) for at, value in sorted(readings) if value is not None]
    found: set[int] = set()
    stretch: list[Reading] = []
    for at, value in [*known, (0, None)]:
        if stretch and stretch[-1][1] != value:
            if len(stretch) >= least and stretch[-1][1] != 0:
                found |= {second for second, _ in stretch}
            stretch = []
        stretch.append((at, value))
    return found
