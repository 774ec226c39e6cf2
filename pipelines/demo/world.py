"""The simulated district: everything that happened, before anybody wrote it down.

Belongs here: putting the drawn parts together into one frozen world.
Does not belong here: drawing (places, tenancies, visits, trails), exports and their mistakes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from pipelines.demo import (
    accidents,
    alarms,
    cases,
    devices,
    places,
    readings,
    tenancies,
    trails,
    visits,
    words,
)  # fmt: skip
from pipelines.demo.people import make_citizen_numbers, make_phones

#: First day of the two years that arrive month by month; before it lies the backfill.
COUNT_MONTHS = tenancies.COUNT_MONTHS
MONTHS_BACKFILL = visits.MONTHS_BACKFILL


@dataclass(frozen=True)
class World:
    """All that is true in the district. Frames hold one row per thing named.

    ``risk`` is the hidden risk of each park (never exported); ``hazards`` holds whole trails;
    ``inspections.reported_month`` is the month whose export first shows the visit; ``episodes``
    are the true alarm episodes in ``readings``.
    """

    seed: int
    towns: pl.DataFrame
    parks: pl.DataFrame
    enterprises: pl.DataFrame
    leases: pl.DataFrame
    teams: pl.DataFrame
    inspections: pl.DataFrame
    hazards: pl.DataFrame
    risk: pl.DataFrame
    cases: pl.DataFrame
    accidents: pl.DataFrame
    devices: pl.DataFrame
    readings: pl.DataFrame
    episodes: pl.DataFrame
    alarms: pl.DataFrame


def simulate(seed: int) -> World:
    """Draw one district from a seed; the same seed gives the same district.

    Returns
    -------
    World
        Five towns, 60 parks, about 900 enterprises, visits of 2021-01-01 … 2025-10-31.
    """
    rng = np.random.default_rng(seed)
    lessors = places.draw_lessors(rng)
    parks, base = places.draw_parks(rng, lessors)
    enterprises = places.draw_enterprises(rng, lessors)
    leases = tenancies.draw_leases(rng, parks, enterprises)
    by_month = tenancies.place_by_month(leases, enterprises.height)
    hidden = visits.draw_hidden(rng, base, enterprises.height)
    teams = visits.draw_teams(rng)
    subjects = visits.gather_subjects(parks, enterprises, by_month)
    drawn = _date_visits(visits.draw_visits(rng, subjects, hidden, teams))
    hazards = trails.draw_hazards(rng, drawn)
    inspections = _describe_visits(rng, drawn, hazards, parks, enterprises, teams)
    hazards = _describe_hazards(hazards, inspections)
    # what follows draws from generators of its own: the years above stay as they were
    happened = accidents.draw_accidents(_own(seed, 11), parks, enterprises, hidden, by_month)
    installed = devices.draw_devices(_own(seed, 13), parks, enterprises)
    sent, episodes = readings.draw_readings(_own(seed, 14), installed)
    return World(
        seed=seed,
        towns=_list_towns(),
        parks=parks,
        enterprises=_close_enterprises(enterprises, leases),
        leases=leases,
        teams=teams,
        inspections=inspections,
        hazards=hazards,
        risk=_state_risk(parks, base, hidden, by_month),
        cases=cases.draw_cases(_own(seed, 12), hazards, happened, parks, enterprises),
        accidents=happened,
        devices=installed,
        readings=sent,
        episodes=episodes,
        alarms=alarms.draw_alarms(_own(seed, 15), installed, episodes),
    )


def _own(seed: int, number: int) -> np.random.Generator:
    return np.random.default_rng([seed, number])


def _list_towns() -> pl.DataFrame:
    return pl.DataFrame(
        [row[:3] for row in words.TOWNS], schema=["town", "kind", "short"], orient="row"
    )


def _date_visits(drawn: pl.DataFrame) -> pl.DataFrame:
    """Days for month and day numbers; visits in the order they happened."""
    starts = pl.Series([tenancies.month_start(month) for month in range(COUNT_MONTHS)])
    on = starts.gather(drawn["month"]) + drawn["day"].cast(pl.Duration("ms")) * 86_400_000
    kinds = pl.Series(visits.KINDS).gather(drawn["kind"])
    return (
        drawn.with_columns(
            on.cast(pl.Date).alias("found_on"),
            kinds.alias("kind"),
            kinds.is_in(list(words.KINDS_GRID)).alias("is_grid"),
        )
        .sort("found_on", "visit_no")
        .with_columns(pl.int_range(pl.len()).alias("visit_no"))
    )


def _describe_visits(
    rng: np.random.Generator,
    drawn: pl.DataFrame,
    hazards: pl.DataFrame,
    parks: pl.DataFrame,
    enterprises: pl.DataFrame,
    teams: pl.DataFrame,
) -> pl.DataFrame:
    """Visits with ids, names and what the visiting side notes."""
    count = drawn.height
    counts = hazards.group_by("visit_no").agg(
        pl.len().alias("hazard_count"), (pl.col("level") != "一般").any().alias("has_serious")
    )
    firms = enterprises.select(
        "enterprise_no", "uscc", "enterprise_name", pl.col("town").alias("firm_town")
    )
    sites = parks.select("park_no", "park_id", "park_name", pl.col("town").alias("park_town"))
    minutes = rng.integers(8 * 60 + 30, 16 * 60 + 30, count)
    night = rng.random(count) < 0.03
    minutes = np.where(night, minutes + 4 * 60, minutes)
    is_late = (rng.random(count) < 0.03) & (drawn["month"].to_numpy() < COUNT_MONTHS - 1)
    is_park = pl.col("subject") >= enterprises.height
    remarks, callbacks = _draw_remarks(rng, count)
    return (
        drawn.with_columns(
            pl.when(~is_park).then(pl.col("subject")).alias("enterprise_no"),
            pl.when(is_park).then(pl.col("subject") - enterprises.height).alias("park_no"),
            pl.when(pl.col("place") >= 0).then(pl.col("place")).alias("site_park_no"),
            pl.Series("minutes", minutes),
            pl.Series("spent", rng.integers(25, 150, count)),
            pl.Series("is_night", night),
            pl.Series("remark", remarks),
            pl.Series("callback", callbacks),
            pl.Series(
                "origin",
                rng.choice(["计划", "举报", "交办", "复查"], count, p=[0.8, 0.08, 0.07, 0.05]),
            ),
            (pl.col("month") + pl.Series(is_late.astype(int))).alias("reported_month"),
        )
        .join(counts, on="visit_no", how="left", maintain_order="left")
        .join(firms, on="enterprise_no", how="left", maintain_order="left")
        .join(sites, on="park_no", how="left", maintain_order="left")
        .join(
            teams.select("team_no", "unit", "group", "members"), on="team_no", maintain_order="left"
        )
        .with_columns(
            pl.col("hazard_count").fill_null(0),
            pl.coalesce("firm_town", "park_town").alias("town"),
            pl.col("has_serious").fill_null(value=False).alias("is_bad"),
            _number_visits().alias("inspection_id"),
        )
        .drop("has_serious", "firm_town", "park_town", "day", "place")
        .rename({"found_on": "inspected_on"})
    )


def _draw_remarks(
    rng: np.random.Generator, count: int
) -> tuple[list[str | None], list[str | None]]:
    """Remarks that carry telephone and citizen numbers, and call-back numbers; null for most."""
    marked = rng.choice(count, size=160, replace=False)
    phones, numbers = make_phones(rng, 160), make_citizen_numbers(rng, 80)
    remarks: list[str | None] = [None] * count
    callbacks: list[str | None] = [None] * count
    for place, visit in enumerate(marked.tolist()):
        if place < 80:
            remarks[visit] = f"现场联系电话{phones[place]}，身份证号{numbers[place]}，已告知"
        else:
            callbacks[visit] = phones[place]
    return remarks, callbacks


def _number_visits() -> pl.Expr:
    """``JC-202311-0012``: platform, month, running number of the month."""
    prefix = pl.when("is_grid").then(pl.lit("XC-")).otherwise(pl.lit("JC-"))
    running = pl.int_range(pl.len()).over("month", "is_grid") + 1
    return (
        prefix + pl.col("found_on").dt.strftime("%Y%m") + "-" + running.cast(pl.String).str.zfill(4)
    )


def _describe_hazards(hazards: pl.DataFrame, inspections: pl.DataFrame) -> pl.DataFrame:
    """Hazards with ids and the facts of their visit; the grid platform gives hazards no id."""
    facts = inspections.select(
        "visit_no", "inspection_id", "enterprise_no", "park_no", "uscc", "enterprise_name", 
        "park_id", "park_name", "town", "kind", "month", "reported_month",
    )  # fmt: skip
    running = pl.int_range(pl.len()).over("month") + 1
    number = pl.col("found_on").dt.strftime("%Y%m") + "-" + running.cast(pl.String).str.zfill(5)
    return (
        hazards.drop("subject", "danger")
        .join(facts, on="visit_no", maintain_order="left")
        .with_columns(
            pl.when(~pl.col("is_grid")).then("YH-" + number).alias("hazard_id"),
            pl.when(~pl.col("is_grid")).then("责改-" + number).alias("notice_no"),
        )
    )


def _close_enterprises(enterprises: pl.DataFrame, leases: pl.DataFrame) -> pl.DataFrame:
    """Add ``gone_on``: the day a tenant left the district for good (null = still there)."""
    last = (
        leases.sort("start_on")
        .group_by("enterprise_no", maintain_order=True)
        .agg(pl.col("left_on").last().alias("gone_on"))
    )
    return enterprises.join(last, on="enterprise_no", how="left", maintain_order="left")


def _state_risk(
    parks: pl.DataFrame, base: np.ndarray, hidden: visits.Hidden, by_month: np.ndarray
) -> pl.DataFrame:
    """Hidden risk of each park at the last month, on the logit scale (higher = worse)."""
    last = COUNT_MONTHS - 1
    own = [hidden.enterprise[by_month[:, last] == park, last] for park in range(base.size)]
    return parks.select("park_id", "park_name").with_columns(
        pl.Series("latent_base", np.round(base, 6)),
        pl.Series("latent_risk", np.round(hidden.park[:, last], 6)),
        pl.Series("latent_tenants", [round(float(v.mean()), 6) if v.size else 0.0 for v in own]),
    )
