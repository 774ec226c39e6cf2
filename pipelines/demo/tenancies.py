"""Who rents where, and when: arrivals, moves between parks, exits.

Belongs here: drawing leases, and each enterprise's park by month.
Does not belong here: rosters as files (plan.py).
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl

from pipelines.demo.people import make_names
from pipelines.demo.places import START

END = date(2025, 10, 31)
COUNT_MONTHS = 58  # 2021-01 … 2025-10
SHARE_ARRIVING_LATE = 0.34
SHARE_LEAVING = 0.3
SHARE_MOVING = 0.08


def month_start(month: int) -> date:
    """First day of the month that many months after January 2021."""
    return date(START.year + month // 12, month % 12 + 1, 1)


def draw_leases(
    rng: np.random.Generator, parks: pl.DataFrame, enterprises: pl.DataFrame
) -> pl.DataFrame:
    """One row a stay: ``start_on``, ``left_on`` (null = still there), and what the contract says.

    A tenant rents in its own town, leaves at most once for good and may move once between parks.
    """
    tenants = enterprises.filter(pl.col("group") == "tenant")
    by_town = {
        town: group["park_no"].to_list()
        for (town,), group in parks.group_by(["town"], maintain_order=True)
    }
    weights = dict(zip(parks["park_no"].to_list(), parks["floor_area"].to_list(), strict=True))
    stays = []
    for number, town, registered in tenants.select(
        "enterprise_no", "town", "registered_on"
    ).iter_rows():
        stays += _draw_stays(rng, number, by_town[town], weights, registered)
    frame = pl.DataFrame(stays, schema=_STAY_SCHEMA, orient="row")
    return _dress_leases(rng, frame, parks)


_STAY_SCHEMA = {
    "enterprise_no": pl.Int64,
    "park_no": pl.Int64,
    "start_on": pl.Date,
    "left_on": pl.Date,
}


def _draw_stays(
    rng: np.random.Generator,
    number: int,
    town_parks: list[int],
    weights: dict[int, int],
    registered: date,
) -> list[tuple[int, int, date, date | None]]:
    share = np.array([weights[park] for park in town_parks], dtype=float)
    first, second = (
        rng.choice(town_parks, size=2, replace=False, p=share / share.sum())
        if len(town_parks) > 1
        else (town_parks[0], town_parks[0])
    )
    late = rng.random() < SHARE_ARRIVING_LATE
    start = START + timedelta(days=int(rng.integers(30, 1660) if late else -rng.integers(10, 1100)))
    start = max(start, registered + timedelta(days=20))
    leaves, moves = rng.random() < SHARE_LEAVING, rng.random() < SHARE_MOVING
    span = (END - timedelta(days=70) - max(start, START)).days
    if span < 240:
        return [(number, int(first), start, None)]
    change = max(start, START) + timedelta(days=int(rng.integers(120, span)))
    if leaves:
        return [(number, int(first), start, change)]
    if moves and first != second:
        return [
            (number, int(first), start, change),
            (number, int(second), change + timedelta(days=int(rng.integers(1, 12))), None),
        ]
    return [(number, int(first), start, None)]


def _dress_leases(
    rng: np.random.Generator, stays: pl.DataFrame, parks: pl.DataFrame
) -> pl.DataFrame:
    count = stays.height
    buildings = dict(parks.select("park_no", "building_count").iter_rows())
    building = [
        f"{rng.integers(1, buildings[park] + 1)}号楼" for park in stays["park_no"].to_list()
    ]
    signed = rng.random(count) < 0.82
    subletters = np.array(make_names(rng, count))
    return stays.with_columns(
        pl.Series("lease_id", [f"HT-{number:05d}" for number in range(1, count + 1)]),
        pl.Series("building", building),
        pl.Series("floor", [f"{floor}层" for floor in rng.integers(1, 5, count)]),
        pl.Series("leased_area", np.round(np.exp(rng.normal(6.4, 0.6, count))).astype(int)),
        pl.Series("agreement_signed", signed),
        pl.col("start_on").dt.offset_by("3d").alias("agreement_on"),
        pl.Series("term_years", rng.integers(1, 4, count)),
        pl.Series("sub_lessor_name", np.where(rng.random(count) < 0.13, subletters, "")).replace(
            "", None
        ),
    ).with_columns(pl.when("agreement_signed").then("agreement_on").alias("agreement_on"))


def place_by_month(leases: pl.DataFrame, count_enterprises: int) -> np.ndarray:
    """Park number of each enterprise in the middle of each month (-1 = in none).

    Shape (``count_enterprises``, ``COUNT_MONTHS``).
    """
    places = np.full((count_enterprises, COUNT_MONTHS), -1)
    middles = np.array([month_start(month) + timedelta(days=14) for month in range(COUNT_MONTHS)])
    for number, park, start, left in leases.select(
        "enterprise_no", "park_no", "start_on", "left_on"
    ).iter_rows():
        inside = (middles >= start) & (middles < (left or date(2100, 1, 1)))
        places[number, inside] = park
    return places
