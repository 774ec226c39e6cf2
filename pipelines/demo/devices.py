"""Devices of the district: what hangs where, how it is set, and whether it is looked after.

Belongs here: drawing gas and smoke devices, and cutting the register to a day.
Does not belong here: what they measure (readings.py), what the vendor reports (alarms.py).
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl

from pipelines.demo import event_words as words
from pipelines.demo.tenancies import END

COUNT_PARKS, COUNT_FIRMS = 20, 26
#: Gas devices whose readings are exported; they stand first.
COUNT_METERED = 30
COUNT_GAS, COUNT_SMOKE, COUNT_OTHER = 44, 130, 8
FIRST_ON = date(2022, 3, 1)
DAYS_CALIBRATED = 365

#: What is peculiar about a metered device, by its number; the others are plain.
HOURLY = (26, 27, 28, 29)
FAST = (0, 1, 2, 3, 4, 5)
ROLES: dict[int, str] = {
    6: "ppm", 7: "ppm", 8: "frozen", 9: "offline", 10: "clock_1970", 11: "clock_2000",
    12: "skewed", 13: "negative", 14: "spiky", 15: "set_too_high", 16: "silent", 19: "utc",
}  # fmt: skip
SET_TOO_HIGH = 15
CALIBRATED_LATE = date(2025, 7, 22)
#: Gas kinds of the metered devices in turn: mostly combustible, so that set points compare.
METERED_KINDS = (0, 0, 1, 3, 0, 5, 0, 0, 0, 4, 0, 1, 0, 3, 0, 0, 1, 5, 3, 0, 0, 2, 0, 4, 0, 0, 0, 1,
                 3, 0)  # fmt: skip


def draw_devices(
    rng: np.random.Generator, parks: pl.DataFrame, enterprises: pl.DataFrame
) -> pl.DataFrame:
    """One row a device: metered gas devices, further gas devices, smoke heads, others.

    A device belongs to a firm or to a park (the other number is null). ``role`` names what is
    peculiar about its readings ("" = nothing); ``interval`` is in seconds; ``calibrated_days``
    holds the days it was calibrated; ``removed_on`` null = still there. Set points in ``unit``.
    """
    chosen = rng.permutation(parks.height)[:COUNT_PARKS]
    firms = enterprises.filter(
        (pl.col("uses_hazchem") | pl.col("has_ammonia")) & (pl.col("group") == "standalone")
    ).sort("employee_count", "enterprise_no", descending=[True, False])["enterprise_no"]
    count = COUNT_GAS + COUNT_SMOKE + COUNT_OTHER
    at_park = rng.random(count) < np.where(np.arange(count) < COUNT_GAS, 0.55, 0.75)
    park = rng.choice(chosen, count)
    firm = rng.choice(firms.head(COUNT_FIRMS).to_numpy(), count)
    installed = [FIRST_ON + timedelta(days=int(d)) for d in rng.integers(0, 720, count)]
    frame = pl.DataFrame(
        {
            "device_no": np.arange(count),
            "park_no": pl.Series(park).set(pl.Series(~at_park), None).cast(pl.Int64),
            "enterprise_no": pl.Series(firm).set(pl.Series(at_park), None).cast(pl.Int64),
            "installed_on": installed,
            "vendor": rng.choice(words.VENDORS, count),
            "role": [ROLES.get(number, "") for number in range(count)],
            "removed_on": _draw_removals(rng, count),
            "calibrated_days": [_calibrate(rng, day) for day in installed],
        }
    )
    kinds = _draw_kinds(rng, count)
    named = _name_subjects(frame, parks, enterprises)
    return _set_some_too_high(named.join(kinds, on="device_no", maintain_order="left"))


def _draw_removals(rng: np.random.Generator, count: int) -> list[date | None]:
    """Days of removal in the last year; what is metered stays."""
    gone = (rng.random(count) < 0.07) & (np.arange(count) >= COUNT_METERED)
    days = rng.integers(20, 330, count)
    return [
        END - timedelta(days=int(day)) if is_gone else None
        for is_gone, day in zip(gone.tolist(), days.tolist(), strict=True)
    ]


def _calibrate(rng: np.random.Generator, installed: date) -> list[date]:
    """Once a year, a little late, and one owner in six forgets from some year on."""
    days = [installed]
    while days[-1] < END and rng.random() > 0.16:
        days.append(days[-1] + timedelta(days=int(rng.integers(330, 375))))
    return days


def _draw_kinds(rng: np.random.Generator, count: int) -> pl.DataFrame:
    further = rng.choice(len(words.GAS_KINDS), COUNT_GAS - COUNT_METERED).tolist()
    rows: list[tuple[object, ...]] = []
    for number in range(count):
        if number >= COUNT_GAS:
            is_smoke = number < COUNT_GAS + COUNT_SMOKE
            kind = "烟感" if is_smoke else ("温感", "视频", "一键响铃", "其他")[number % 4]
            prefix = "YG" if is_smoke else "QT"
            rows.append((number, f"{prefix}-{number + 1:04d}", kind, *[None] * 6))
            continue
        gas = METERED_KINDS[number] if number < COUNT_METERED else further.pop()
        rows.append((number, f"KR-{number + 1:04d}", *words.GAS_KINDS[gas]))
    frame = pl.DataFrame(
        rows,
        schema={
            "device_no": pl.Int64, "device_id": pl.String, "device_kind": pl.String,
            "gas": pl.String, "unit": pl.String, "range_low": pl.Float64,
            "range_high": pl.Float64, "alarm_1": pl.Float64, "alarm_2": pl.Float64,
        },
        orient="row",
    )  # fmt: skip
    number = pl.col("device_no")
    is_gas = number < COUNT_GAS
    places = np.where(
        np.arange(count) < COUNT_GAS,
        rng.choice(words.GAS_PLACES, count),
        rng.choice(words.SMOKE_PLACES, count),
    )
    interval = (
        pl.when(number.is_in(FAST)).then(300).when(number.is_in(HOURLY)).then(3600).otherwise(600)
    )
    return frame.with_columns(
        pl.when(is_gas).then(interval).alias("interval"),
        pl.Series("location", places),
        pl.concat_str(
            pl.Series(places), pl.coalesce("gas", pl.lit("")), pl.lit("探测器")
        ).alias("device_name"),
    )  # fmt: skip


def _set_some_too_high(devices: pl.DataFrame) -> pl.DataFrame:
    """A metered device and two more alarm at 30 %LEL; each was calibrated since the last register.

    The standard allows 25 and 50 %LEL at the most. Source: domain.md 3.2.
    """
    number = pl.col("device_no")
    stays = (pl.col("device_kind") == "可燃气体") & pl.col("removed_on").is_null()
    further = devices.filter(stays & (number >= COUNT_METERED))["device_no"].head(2)
    is_chosen = number.is_in([SET_TOO_HIGH, *further.to_list()])
    days = pl.concat_list("calibrated_days", pl.lit(CALIBRATED_LATE).cast(pl.Date))
    return devices.with_columns(
        pl.when(is_chosen).then(30.0).otherwise("alarm_1").alias("alarm_1"),
        pl.when(is_chosen).then(60.0).otherwise("alarm_2").alias("alarm_2"),
        pl.when(is_chosen).then(days).otherwise("calibrated_days").alias("calibrated_days"),
        is_chosen.alias("is_set_too_high"),
    )


def _name_subjects(
    frame: pl.DataFrame, parks: pl.DataFrame, enterprises: pl.DataFrame
) -> pl.DataFrame:
    firms = enterprises.select(
        "enterprise_no", "uscc", "enterprise_name", pl.col("town").alias("firm_town")
    )
    sites = parks.select("park_no", "park_id", "park_name", "longitude", "latitude",
                         pl.col("town").alias("park_town"))  # fmt: skip
    return (
        frame.join(firms, on="enterprise_no", how="left", maintain_order="left")
        .join(sites, on="park_no", how="left", maintain_order="left")
        .with_columns(pl.coalesce("firm_town", "park_town").alias("town"))
        .drop("firm_town", "park_town")
    )


def cut_devices(devices: pl.DataFrame, day: date) -> pl.DataFrame:
    """The register of ``day`` in canonical columns: what was installed by then.

    ``calibrated_until`` is one year after the last calibration, which may have passed.
    """
    calibrated = pl.col("calibrated_days").list.eval(
        pl.element().filter(pl.element() <= day)
    ).list.last()  # fmt: skip
    is_gas = pl.col("device_kind").is_in(["可燃气体", "有毒气体", "氧气"])
    is_gone = pl.col("removed_on") <= day
    return (
        devices.filter(pl.col("installed_on") <= day)
        .with_columns(
            pl.when(is_gone).then("removed_on").alias("removed_on"),
            pl.when(is_gas).then(calibrated).alias("calibrated_on"),
            pl.lit("WGS84").alias("crs"),
            pl.when(is_gone)
            .then(pl.lit("停用"))
            .when((pl.col("role") == "offline") & (pl.lit(day) == END))
            .then(pl.lit("离线"))
            .otherwise(pl.lit("在线"))
            .alias("device_status"),
            (pl.col("interval") // 60).alias("interval_minutes"),
            pl.col("interval").alias("interval_seconds"),
            pl.concat_str(pl.col("range_low").cast(pl.Int64), pl.lit("-"),
                          pl.col("range_high").cast(pl.Int64)).alias("range_both"),
        )
        .with_columns(
            (pl.col("calibrated_on") + timedelta(days=DAYS_CALIBRATED)).alias("calibrated_until")
        )
    )  # fmt: skip
