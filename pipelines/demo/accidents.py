"""Accidents of the district: what happened, and what was known of it when.

Belongs here: drawing accidents, and cutting them to what a table of a day could say.
Does not belong here: headers and files (plan_accidents.py), cases that follow (cases.py).
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl

from pipelines.demo import event_words as words
from pipelines.demo.tenancies import COUNT_MONTHS, month_start
from pipelines.demo.visits import Hidden

ACCIDENTS_A_MONTH = 0.55
#: An accident's numbers may change for so many days. Source: domain.md 3.1 (decree 493, Art 13).
DAYS_OPEN_NUMBERS = 30
SHARE_AT_FIRM, SHARE_AT_PARK = 0.8, 0.1
#: Smallest deaths, serious injuries and loss (yuan) of 较大, 重大, 特别重大. Source: domain.md 3.5.
GRADES = (("特别重大", 30, 100, 100_000_000), ("重大", 10, 50, 50_000_000),
          ("较大", 3, 10, 10_000_000))  # fmt: skip


def draw_accidents(
    rng: np.random.Generator,
    parks: pl.DataFrame,
    enterprises: pl.DataFrame,
    hidden: Hidden,
    by_month: np.ndarray,
) -> pl.DataFrame:
    """One row an accident, in the order they happened.

    ``enterprise_no`` and ``park_no`` are null where nobody's firm is named. ``deaths`` null =
    nobody wrote it down; ``died_later_on``: day on which one of the seriously injured died;
    ``struck_on``: day it was struck off the statistics; ``loss`` in yuan. Worse firms in worse
    parks have more of them.
    """
    counts = rng.poisson(ACCIDENTS_A_MONTH, COUNT_MONTHS)
    month = np.repeat(np.arange(COUNT_MONTHS), counts)
    firm, park = _pick_subjects(rng, month, enterprises, hidden, by_month)
    length = np.array([(month_start(m + 1) - month_start(m)).days for m in month.tolist()])
    day = (rng.random(month.size) * length).astype(int)
    days = [
        month_start(at) + timedelta(days=offset)
        for at, offset in zip(month.tolist(), day.tolist(), strict=True)
    ]
    frame = pl.DataFrame(
        {
            "enterprise_no": pl.Series(firm).replace(-1, None),
            "park_no": pl.Series(park).replace(-1, None),
            "occurred_on": days,
            "minutes": rng.integers(6 * 60, 22 * 60, month.size),
        }
    ).sort("occurred_on", "minutes")
    return _describe(rng, _name_subjects(frame, parks, enterprises))


def _pick_subjects(
    rng: np.random.Generator,
    month: np.ndarray,
    enterprises: pl.DataFrame,
    hidden: Hidden,
    by_month: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Firm and park numbers (−1 = none); a park is named only without a firm."""
    staff = enterprises["employee_count"].to_numpy()
    is_tenant = (enterprises["group"] == "tenant").to_numpy()
    firm, park = np.full(month.size, -1), np.full(month.size, -1)
    draw = rng.random(month.size)
    for place, at in enumerate(month.tolist()):
        site = by_month[:, at]
        landlord = np.where(site >= 0, hidden.park[site, at], 0.0)
        weight = np.exp(0.7 * hidden.enterprise[:, at] + 0.6 * landlord) * staff**0.5
        weight = np.where(is_tenant & (site < 0), 0.0, weight)  # not come yet, or gone
        parks = np.exp(0.8 * hidden.park[:, at])
        if draw[place] < SHARE_AT_FIRM:
            firm[place] = rng.choice(staff.size, p=weight / weight.sum())
        elif draw[place] < SHARE_AT_FIRM + SHARE_AT_PARK:
            park[place] = rng.choice(parks.size, p=parks / parks.sum())
    return firm, park


def _name_subjects(
    frame: pl.DataFrame, parks: pl.DataFrame, enterprises: pl.DataFrame
) -> pl.DataFrame:
    firms = enterprises.select(
        "enterprise_no", "uscc", "enterprise_name", "address", pl.col("town").alias("firm_town")
    )
    sites = parks.select(
        "park_no", "park_id", "park_name", pl.col("address").alias("park_address"),
        pl.col("town").alias("park_town"),
    )  # fmt: skip
    return (
        frame.join(firms, on="enterprise_no", how="left", maintain_order="left")
        .join(sites, on="park_no", how="left", maintain_order="left")
        .with_columns(
            pl.coalesce("firm_town", "park_town").alias("town"),
            pl.coalesce("address", "park_address").alias("address"),
        )
        .drop("firm_town", "park_town", "park_address")
    )


def _describe(rng: np.random.Generator, frame: pl.DataFrame) -> pl.DataFrame:
    count = frame.height
    shares = np.array([entry[1] for entry in words.ACCIDENTS])
    kind = rng.choice(len(words.ACCIDENTS), count, p=shares / shares.sum())
    deaths = rng.choice(4, count, p=[0.52, 0.4, 0.05, 0.03])
    serious = np.where(deaths > 0, rng.integers(0, 2, count), rng.integers(0, 3, count))
    minor = np.where(deaths + serious == 0, 1, rng.integers(0, 3, count))
    dies = (deaths == 0) & (serious > 0) & (rng.random(count) < 0.45)
    later = rng.integers(2, DAYS_OPEN_NUMBERS, count)
    silent, struck = rng.random(count) < 0.4, rng.random(count) < 0.14
    told = np.where(rng.random(count) < 0.06, rng.integers(35, 60, count), 0)
    is_driven = np.array([entry[0] == "车辆伤害" for entry in words.ACCIDENTS])[kind]
    why = np.where(is_driven, len(words.STRUCK_OFF) - 1, rng.integers(0, 2, count))
    loss = np.round(np.exp(rng.normal(12.4, 0.7, count)) + deaths * 900_000, -3).astype(int)
    is_open = pl.col("enterprise_no").is_null() & pl.col("park_no").is_null()
    where = np.array([entry[2] for entry in words.ACCIDENTS])[kind]
    day, year = pl.col("occurred_on"), pl.col("occurred_on").dt.year().cast(pl.String)
    running = (pl.int_range(pl.len()) + 1).over(pl.col("occurred_on").dt.year())
    return frame.with_columns(
        (pl.lit("SG-") + year + "-" + running.cast(pl.String).str.zfill(3)).alias("accident_no"),
        pl.Series("accident_type", np.array([entry[0] for entry in words.ACCIDENTS])[kind]),
        pl.Series("cause", np.array([entry[3] for entry in words.ACCIDENTS])[kind]),
        pl.when(is_open)
        .then(pl.Series(rng.choice(words.OPEN_PLACES, count)))
        .otherwise(pl.col("address") + pl.Series(where))
        .alias("place"),
        # an empty cell is "nobody wrote it", which is not the same as a nought
        pl.Series("deaths", deaths).set(pl.Series((deaths == 0) & silent), None),
        pl.Series("serious", serious),
        pl.Series("minor", minor),
        pl.when(pl.Series(dies)).then(_later(day, later)).alias("died_later_on"),
        pl.when(pl.Series(struck)).then(_later(day, later + 35)).alias("struck_on"),
        pl.Series("struck_off_reason", np.array(words.STRUCK_OFF)[why]),
        pl.Series("loss", loss),
        _later(day, told).alias("told_on"),
        pl.Series("minutes_to_report", rng.integers(12, 95, count)),
        _later(day, rng.integers(50, 130, count)).alias("concluded_on"),
    ).drop("address")


def _later(day: pl.Expr, days: np.ndarray) -> pl.Expr:
    return (day + pl.duration(days=1) * pl.Series(days.astype(np.int64))).cast(pl.Date)


def cut_accidents(accidents: pl.DataFrame, day: date) -> pl.DataFrame:
    """Accidents a table of ``day`` holds, with the numbers of that day in canonical columns.

    Who died later still counts as seriously injured before; the loss is known with the conclusion.
    """
    has_died = (pl.col("died_later_on") <= day).fill_null(value=False)
    is_struck = (pl.col("struck_on") <= day).fill_null(value=False)
    is_done = pl.col("concluded_on") <= day
    moment = pl.col("occurred_on").cast(pl.Datetime("us")) + pl.duration(minutes="minutes")
    return (
        accidents.filter(pl.col("told_on") <= day)
        .with_columns(
            (pl.col("deaths").fill_null(0) + 1).alias("_more"),
            (pl.col("serious") - 1).alias("_fewer"),
        )
        .with_columns(
            moment.alias("occurred_at"),
            pl.when(has_died).then("_more").otherwise("deaths").alias("deaths"),
            pl.when(has_died).then("_fewer").otherwise("serious").alias("serious_injuries"),
            pl.col("minor").alias("minor_injuries"),
            pl.when(is_done).then("loss").alias("direct_loss"),
            pl.when(is_done).then("concluded_on").alias("concluded_on"),
            (~is_struck).alias("is_counted"),
            pl.when(is_struck).then("struck_off_reason").alias("struck_off_reason"),
            pl.lit(words.EDITION).alias("type_edition"),
            _report_time(moment).alias("reported_at"),
        )
        .with_columns(
            (pl.col("serious_injuries") + pl.col("minor_injuries")).alias("injured"),
            (pl.col("serious_injuries") * 110 + pl.col("minor_injuries") * 12).alias("lost_days"),
            _grade().alias("grade"),
        )
        .drop("_more", "_fewer")
    )


def _report_time(moment: pl.Expr) -> pl.Expr:
    told = pl.col("told_on").cast(pl.Datetime("us")) + pl.duration(minutes="minutes")
    is_late = pl.col("told_on") > pl.col("occurred_on")
    in_time = moment + pl.duration(minutes="minutes_to_report")
    return pl.when(is_late).then(told).otherwise(in_time)


def _grade() -> pl.Expr:
    """Worst of deaths, serious injuries and loss; unknown ones count as nothing."""
    word = pl.lit("一般")
    for name, deaths, serious, loss in reversed(GRADES):
        reached = (
            (pl.col("deaths") >= deaths)
            | (pl.col("serious_injuries") >= serious)
            | (pl.col("direct_loss") >= loss)
        ).fill_null(value=False)
        word = pl.when(reached).then(pl.lit(name)).otherwise(word)
    return word
