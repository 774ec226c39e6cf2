"""What the metered devices send: quiet readings, episodes, and the faults of real sensors.

Belongs here: drawing readings, and the truth about the episodes in them.
Does not belong here: devices (devices.py), files and units as written (plan_readings.py).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np
import polars as pl

from pipelines.demo.devices import COUNT_METERED, HOURLY
from pipelines.demo.tenancies import END

#: First day of the readings every five or ten minutes, and of the hourly history.
FIRST_ON, FIRST_HOURLY_ON = date(2025, 10, 11), date(2025, 8, 1)
DAYS_HELD_BACK = timedelta(hours=8)  # a device that writes UTC
PPM_OF_ONE_LEL = 500  # methane: 1 %LEL = 500 ppm. Source: exports.md 9.6
MIN_GAP = 8  # readings between two things planned for one device
#: Quiet value and noise by device kind, in the register's unit.
QUIET = {"甲烷": (1.6, 0.35), "丙烷": (1.2, 0.3), "氢气": (0.8, 0.25), "一氧化碳": (3.0, 0.6),
         "硫化氢": (0.6, 0.15), "氧气": (20.8, 0.13)}  # fmt: skip

#: Episodes: device, day, hour, readings, level.
EPISODES: tuple[tuple[int, date, int, int, int], ...] = (
    (0, date(2025, 10, 13), 9, 7, 1), (0, date(2025, 10, 27), 14, 12, 2),
    (1, date(2025, 10, 19), 22, 5, 1), (2, date(2025, 10, 16), 10, 9, 1),
    (3, date(2025, 10, 21), 15, 11, 2), (4, date(2025, 10, 12), 8, 4, 1),
    (4, date(2025, 10, 25), 16, 6, 1), (5, date(2025, 10, 23), 11, 8, 1),
    (6, date(2025, 10, 18), 13, 6, 2), (7, date(2025, 10, 29), 9, 4, 1),
    (13, date(2025, 10, 14), 10, 3, 1), (15, date(2025, 10, 20), 17, 5, 1),
    (18, date(2025, 10, 22), 20, 7, 1), (20, date(2025, 10, 30), 7, 5, 2),
    (22, date(2025, 10, 28), 12, 2, 1), (24, date(2025, 10, 15), 18, 4, 1),
    (26, date(2025, 8, 17), 6, 3, 1), (26, date(2025, 9, 24), 19, 4, 2),
    (28, date(2025, 9, 5), 13, 3, 1),
)  # fmt: skip
#: Spans without any reading: device, first and last moment.
SILENCES: tuple[tuple[int, datetime, datetime], ...] = (
    (9, datetime(2025, 10, 20), datetime(2025, 10, 22, 23, 59)),
    (9, datetime(2025, 10, 30), datetime(2025, 10, 31, 23, 59)),
    (16, datetime(2025, 10, 15, 17, 0), datetime(2025, 10, 31, 23, 59)),
    (21, datetime(2025, 10, 17, 4, 0), datetime(2025, 10, 17, 12, 0)),
    (27, datetime(2025, 9, 11), datetime(2025, 9, 13, 23, 59)),
)
FROZEN = (8, datetime(2025, 10, 22, 6), datetime(2025, 10, 25, 6), 1.8)
#: Clocks gone wrong: device, from, to (true time), what the clock then counts from.
WRONG_CLOCKS = (
    (10, datetime(2025, 10, 24, 3), datetime(2025, 10, 24, 7), datetime(1970, 1, 1, 8)),
    (11, datetime(2025, 10, 27, 1), datetime(2025, 10, 27, 3), datetime(2000, 1, 1)),
)
SLOW_CLOCK = (12, date(2025, 10, 19), date(2025, 10, 23), timedelta(minutes=7, seconds=10))


def draw_readings(
    rng: np.random.Generator, devices: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the readings in true order, and the episodes that stand in them.

    Readings: ``device_no``, ``device_id``, ``true_at`` (when it was), ``observed_at`` (what the
    device's clock says), ``received_at``, ``metric``, ``value`` (null = not measured) in
    ``unit_sent``, ``is_kept`` (part of something whose truth is told), ``fault`` ("" = none).
    Episodes: ``device_id``, ``started_at``, ``ended_at`` by the device's clock, ``level``,
    ``peak`` in the register's unit, ``count_readings``.
    """
    metered = devices.filter(pl.col("device_no") < COUNT_METERED)
    parts, told = [], []
    for row in metered.iter_rows(named=True):
        one, episodes = _draw_device(rng, row)
        parts.append(one)
        told += episodes
    readings = pl.concat(parts).sort("true_at", "device_no")
    return _set_clocks(rng, readings), pl.DataFrame(told)


def _draw_device(
    rng: np.random.Generator, row: dict[str, object]
) -> tuple[pl.DataFrame, list[dict[str, object]]]:
    number, step = int(row["device_no"]), int(row["interval"])  # type: ignore[call-overload]
    first = FIRST_HOURLY_ON if number in HOURLY else FIRST_ON
    start = datetime(first.year, first.month, first.day) + timedelta(seconds=7 * number % 60)
    count = (END - first).days * 86_400 // step + 86_400 // step
    times = np.datetime64(start, "us") + np.arange(count) * np.timedelta64(step, "s")
    level, noise = QUIET[str(row["gas"])]
    daily = 0.4 * noise * np.sin(2 * np.pi * np.arange(count) * step / 86_400)
    value = np.round(level + daily + rng.normal(0, noise, count), 1)
    if row["device_kind"] != "氧气":
        value = np.clip(value, 0, None)
    is_kept = np.zeros(count, dtype=bool)
    told = []
    for device, day, hour, length, grade in EPISODES:
        if device == number:
            at = int((datetime(day.year, day.month, day.day, hour) - start).total_seconds() // step)
            value[at : at + length] = _shape(rng, row, length, grade)
            is_kept[at - MIN_GAP : at + length + MIN_GAP] = True
            told.append(_tell(row, times[at : at + length], value[at : at + length], grade))
    faults = _add_faults(rng, row, times, value, is_kept)
    is_lost = (rng.random(count) < 0.008) & ~is_kept
    for device, from_at, to_at in SILENCES:
        if device == number:
            is_lost |= (times >= np.datetime64(from_at)) & (times <= np.datetime64(to_at))
    frame = pl.DataFrame(
        {
            "device_no": np.full(count, number), "device_id": [str(row["device_id"])] * count,
            "true_at": times, "metric": [str(row["gas"])] * count,
            "value": pl.Series(value).set(pl.Series(faults == "missing"), None),
            "unit_sent": [str(row["unit"])] * count, "is_kept": is_kept, "fault": faults,
        }
    ).filter(pl.Series(~is_lost))  # fmt: skip
    if row["role"] == "ppm":
        frame = frame.with_columns(
            (pl.col("value") * PPM_OF_ONE_LEL).round(0), pl.lit("ppm").alias("unit_sent")
        )
    return frame, told


def _shape(rng: np.random.Generator, row: dict[str, object], length: int, grade: int) -> np.ndarray:
    """Values of one episode: at and above set point 1, of grade 2 with its middle above 2."""
    low, high = float(row["alarm_1"]), float(row["alarm_2"])  # type: ignore[arg-type]
    if row["device_kind"] == "氧气":  # too little oxygen
        return np.round(low - 0.3 - 0.4 * rng.random(length), 1)
    top = min(high * 0.85, low * 1.7)
    values = low * 1.04 + (top - low * 1.04) * rng.random(length)
    if length > 4:
        values[2] = low * 0.95  # below the set point, but not below 90 % of it: it goes on
    if grade == 2:
        middle = length // 2
        values[middle : middle + 2] = high * (1.05 + 0.3 * rng.random(2))
    return np.round(values, 1)


def _tell(
    row: dict[str, object], times: np.ndarray, values: np.ndarray, grade: int
) -> dict[str, object]:
    is_oxygen = row["device_kind"] == "氧气"
    return {
        "device_id": row["device_id"], "started_at": times[0].item(), "ended_at": times[-1].item(),
        "level": "二级" if grade == 2 else "一级",
        "peak": float(values.min() if is_oxygen else values.max()), "unit": row["unit"],
        "count_readings": len(values),
    }  # fmt: skip


def _add_faults(
    rng: np.random.Generator,
    row: dict[str, object],
    times: np.ndarray,
    value: np.ndarray,
    is_kept: np.ndarray,
) -> np.ndarray:
    """Change ``value`` in place by the device's peculiarity; return what each reading suffers."""
    faults = np.full(value.size, "", dtype="<U8")
    free = np.flatnonzero(~is_kept)
    role, number = row["role"], row["device_no"]
    if role == "spiky":
        places = free[MIN_GAP::400][:6]
        value[places] = float(row["alarm_1"]) * 1.5  # type: ignore[arg-type]
        faults[places] = "spike"
    if role == "negative":
        places = rng.choice(free, 14, replace=False)
        value[places] = -np.round(0.2 + rng.random(14), 1)
        faults[places] = "negative"
    if number == FROZEN[0]:
        _, from_at, to_at, stuck = FROZEN
        is_stuck = (times >= np.datetime64(from_at)) & (times < np.datetime64(to_at))
        value[is_stuck] = stuck
        faults[is_stuck] = "frozen"
    if number in (13, 17, 21):
        places = rng.choice(free[faults[free] == ""], 18, replace=False)
        faults[places] = "missing"
    return faults


def _set_clocks(rng: np.random.Generator, readings: pl.DataFrame) -> pl.DataFrame:
    """Add what the device's clock and the receiver said; wrong clocks are a fault ``clock``."""
    true = pl.col("true_at")
    observed, fault = true, pl.col("fault")
    for device, from_at, to_at, zero in WRONG_CLOCKS:
        is_wrong = (pl.col("device_no") == device) & (true >= from_at) & (true < to_at)
        observed = pl.when(is_wrong).then(pl.lit(zero) + (true - pl.lit(from_at))).otherwise(
            observed
        )  # fmt: skip
        fault = pl.when(is_wrong).then(pl.lit(f"clock_{zero.year}")).otherwise(fault)
    device, first, last, behind = SLOW_CLOCK
    is_slow = (pl.col("device_no") == device) & true.dt.date().is_between(first, last)
    observed = pl.when(is_slow).then(true - behind).otherwise(observed)
    observed = pl.when(pl.col("role") == "utc").then(true - DAYS_HELD_BACK).otherwise(observed)
    roles = pl.when(pl.col("device_no") == 19).then(pl.lit("utc")).otherwise(pl.lit(""))
    wait = pl.Series(rng.integers(1, 5, readings.height))
    return (
        readings.with_columns(roles.alias("role"))
        .with_columns(
            observed.alias("observed_at"), fault.alias("fault"),
            (true + pl.duration(seconds=1) * wait).alias("received_at"),
        )
        .drop("role")
    )  # fmt: skip
