"""What the vendor's system reported: most of the true episodes, and much that was nothing.

Belongs here: drawing alarms with what came of them, and cutting them to a day.
Does not belong here: the readings (readings.py), headers and files (plan_sensors.py).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np
import polars as pl

from pipelines.demo import event_words as words
from pipelines.demo.tenancies import END

FIRST_ON = date(2024, 1, 1)
COUNT_GAS, COUNT_SMOKE, COUNT_FAULTS, COUNT_BY_HAND = 90, 190, 120, 14
SHARE_REPORTED = 0.85
#: Alarms of metered devices that no reading bears out: device, when, peak over set point 1.
UNFOUNDED = (
    (1, datetime(2025, 10, 24, 3, 12, 9), 1.1), (18, datetime(2025, 10, 17, 9, 40, 31), 1.3),
    (22, datetime(2025, 10, 20, 14, 5, 2), 1.2), (24, datetime(2025, 10, 26, 21, 33, 48), 1.05),
)  # fmt: skip
#: Verified as, by kind of device: most smoke alarms are nothing.
VERDICTS = ("真警", "误报", "测试", "未核实")
GAS_SHARES, SMOKE_SHARES = (0.45, 0.3, 0.15, 0.1), (0.06, 0.74, 0.12, 0.08)

_SCHEMA = {
    "device_no": pl.Int64, "started_at": pl.Datetime("us"), "ended_at": pl.Datetime("us"),
    "level": pl.String, "peak": pl.Float64, "verified": pl.String,
}  # fmt: skip


def draw_alarms(
    rng: np.random.Generator, devices: pl.DataFrame, episodes: pl.DataFrame
) -> pl.DataFrame:
    """One row an alarm in the order they started, ids and subjects included.

    ``device_no`` is null where a person reported it for a place. The vendor misses one true
    episode in seven and reports others that no reading shows. Peaks are in the device's unit.
    """
    rows = [
        *_from_episodes(rng, devices, episodes),
        *_from_nothing(devices),
        *_from_gas(rng, devices),
        *_from_smoke(rng, devices),
        *_from_faults(rng, devices),
    ]
    frame = pl.DataFrame(rows, schema=_SCHEMA, orient="row")
    return _describe(rng, frame.sort("started_at", "device_no", "level"), devices)


def _draw_moments(rng: np.random.Generator, count: int, first: date) -> list[datetime]:
    start = datetime(first.year, first.month, first.day)
    seconds = (END - first).days * 86_400
    return [start + timedelta(seconds=int(s)) for s in rng.integers(0, seconds, count)]


def _from_episodes(
    rng: np.random.Generator, devices: pl.DataFrame, episodes: pl.DataFrame
) -> list[tuple[object, ...]]:
    number = dict(devices.select("device_id", "device_no").iter_rows())
    rows: list[tuple[object, ...]] = []
    for row in episodes.iter_rows(named=True):
        if rng.random() < SHARE_REPORTED:
            start = row["started_at"] + timedelta(seconds=int(rng.integers(1, 9)))
            end = row["ended_at"] + timedelta(seconds=int(rng.integers(10, 290)))
            peak = round(row["peak"], 1)
            rows.append((number[row["device_id"]], start, end, row["level"], peak, "真警"))
    return rows


def _from_nothing(devices: pl.DataFrame) -> list[tuple[object, ...]]:
    low = dict(devices.select("device_no", "alarm_1").iter_rows())
    return [
        (number, at, at + timedelta(minutes=3), "一级", round(low[number] * over, 1), "误报")
        for number, at, over in UNFOUNDED
    ]


def _from_gas(rng: np.random.Generator, devices: pl.DataFrame) -> list[tuple[object, ...]]:
    """Gas alarms of the months before any reading is exported."""
    gas = devices.filter(pl.col("alarm_1").is_not_null() & (pl.col("device_kind") != "氧气"))
    rows: list[tuple[object, ...]] = []
    for at in _draw_moments(rng, COUNT_GAS, FIRST_ON):
        row = gas.row(int(rng.integers(gas.height)), named=True)
        if not _is_there(row, at) or at >= datetime(2025, 8, 1):
            continue
        is_high = rng.random() < 0.25
        peak = row["alarm_2"] * 1.2 if is_high else row["alarm_1"] * (1 + 0.5 * rng.random())
        end = at + timedelta(minutes=int(rng.integers(2, 90)))
        verdict = str(rng.choice(VERDICTS, p=GAS_SHARES))
        rows.append((row["device_no"], at, end, "二级" if is_high else "一级", round(peak, 1),
                     verdict))  # fmt: skip
    return rows


def _from_smoke(rng: np.random.Generator, devices: pl.DataFrame) -> list[tuple[object, ...]]:
    """Smoke alarms: some heads cry wolf again and again."""
    smoke = devices.filter(pl.col("device_kind") == "烟感")
    weight = rng.pareto(1.6, smoke.height) + 0.2
    rows: list[tuple[object, ...]] = []
    for at in _draw_moments(rng, COUNT_SMOKE, FIRST_ON):
        pick = int(rng.choice(smoke.height, p=weight / weight.sum()))
        row = smoke.row(pick, named=True)
        verdict = str(rng.choice(VERDICTS, p=SMOKE_SHARES))
        if _is_there(row, at):
            end = at + timedelta(minutes=int(rng.integers(1, 40)))
            rows.append((row["device_no"], at, end, "火警", None, verdict))
    for at in _draw_moments(rng, COUNT_BY_HAND, FIRST_ON):
        rows.append((None, at, None, "火警", None, str(rng.choice(VERDICTS, p=GAS_SHARES))))
    return rows


def _from_faults(rng: np.random.Generator, devices: pl.DataFrame) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for at in _draw_moments(rng, COUNT_FAULTS, FIRST_ON):
        row = devices.row(int(rng.integers(devices.height)), named=True)
        level = str(rng.choice(["故障", "低电量", "离线"], p=[0.3, 0.3, 0.4]))
        if _is_there(row, at):
            end = at + timedelta(hours=int(rng.integers(1, 120)))
            rows.append((row["device_no"], at, end, level, None, "未核实"))
    return rows


def _is_there(row: dict[str, object], at: datetime) -> bool:
    gone = row["removed_on"]
    return row["installed_on"] <= at.date() and (gone is None or at.date() < gone)


def _describe(rng: np.random.Generator, frame: pl.DataFrame, devices: pl.DataFrame) -> pl.DataFrame:
    """Add ids, subjects and what people did: acknowledged, handled, by whom."""
    count = frame.height
    subjects = devices.select(
        "device_no", "device_id", "device_kind", "unit", "uscc", "enterprise_name", "park_id",
        "park_name", "town", "location",
    )  # fmt: skip
    sites = devices.filter(pl.col("park_id").is_not_null()).select("park_id", "park_name", "town")
    site = sites[rng.integers(0, sites.height, count).tolist()]
    people = np.array(words.CANARY_NAMES[:12])
    minute = pl.duration(minutes=1)
    is_checked = pl.col("verified") != "未核实"
    started = pl.col("started_at")
    month = started.dt.strftime("%Y%m")
    running = (pl.int_range(pl.len()) + 1).over(month).cast(pl.String).str.zfill(4)
    acknowledged = started + minute * pl.Series(rng.integers(1, 55, count))
    handled = acknowledged + minute * pl.Series(rng.integers(5, 60 * 24 * 9, count))
    is_false = pl.col("verified") == "误报"
    return (
        frame.join(subjects, on="device_no", how="left", maintain_order="left")
        .with_columns(
            (pl.lit("BJ-") + month + "-" + running).alias("alarm_id"),
            *[
                pl.when(pl.col("device_no").is_null()).then(site[name]).otherwise(name).alias(name)
                for name in ("park_id", "park_name", "town")
            ],
            pl.when(pl.col("peak").is_not_null()).then("unit").alias("unit"),
            pl.when(is_checked | pl.Series(rng.random(count) < 0.5))
            .then(acknowledged).alias("acknowledged_at"),
            pl.when(is_checked).then(handled).alias("handled_at"),
            pl.when(is_checked).then(pl.Series(people[rng.integers(0, 12, count)]))
            .alias("handled_by"),
            pl.when(is_false).then(pl.Series(rng.choice(words.FALSE_REASONS, count)))
            .alias("remark"),
        )
    )  # fmt: skip


def cut_alarms(alarms: pl.DataFrame, day: date) -> pl.DataFrame:
    """Alarms that had started by the end of ``day`` and what was known of them then."""
    end = datetime(day.year, day.month, day.day) + timedelta(days=1)
    is_handled = (pl.col("handled_at") < end).fill_null(value=False)
    return alarms.filter(pl.col("started_at") < end).with_columns(
        *[
            pl.when(pl.col(name) < end).then(name).alias(name)
            for name in ("ended_at", "acknowledged_at", "handled_at")
        ],
        pl.when(is_handled).then("verified").otherwise(pl.lit("未核实")).alias("verified"),
        pl.when(is_handled).then("handled_by").alias("handled_by"),
        pl.when(is_handled).then("remark").alias("remark"),
    )


def find_changed_alarms(before: date, day: date) -> pl.Expr:
    """True where an export of ``day`` says something an export of ``before`` did not."""
    return pl.any_horizontal(
        pl.col(name).dt.date().is_between(before, day, closed="right").fill_null(value=False)
        for name in ("started_at", "ended_at", "acknowledged_at", "handled_at")
    )
