"""Files of readings: a week in one table, then a file a day, and the hourly history.

Belongs here: which reading files exist, what is sent twice, which unit a file writes.
Does not belong here: layouts (sensor_layouts.py), the readings (readings.py), mistakes.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import polars as pl

from pipelines.demo import sensor_layouts as layouts
from pipelines.demo.devices import HOURLY
from pipelines.demo.layouts import parse_layout
from pipelines.demo.pages import Export, Mistake, Page
from pipelines.demo.plan_registers import make_rows
from pipelines.demo.plan_sensors import SENSOR_FOLDER
from pipelines.demo.readings import FIRST_ON
from pipelines.demo.tenancies import END
from pipelines.demo.world import World

#: The days of the first file, and from when on files write the unit in the header.
DAYS_IN_TABLE, HEADER_UNIT_FROM = 7, date(2025, 10, 25)
#: Every daily file sends the last hours of the day before again.
SENT_AGAIN = timedelta(hours=2)
HISTORY_MONTHS = (date(2025, 8, 1), date(2025, 9, 1), date(2025, 10, 1))


def plan_readings(world: World) -> list[Export]:
    """All files of readings. A reading falls into the file of the day it was received."""
    dressed = world.readings.with_columns(
        pl.col("unit_sent").alias("unit"),
        pl.when(pl.col("value").is_null()).then(pl.lit("故障")).otherwise(pl.lit("正常"))
        .alias("reading_state"),
    )  # fmt: skip
    is_hourly = pl.col("device_no").is_in(HOURLY)
    often, hourly = dressed.filter(~is_hourly), dressed.filter(is_hourly)
    days = (END - FIRST_ON).days + 1
    return [
        _plan_table(often),
        *[_plan_day(often, FIRST_ON + timedelta(days=at)) for at in range(DAYS_IN_TABLE, days)],
        *[_plan_history(hourly, first) for first in HISTORY_MONTHS],
    ]


def _plan_table(readings: pl.DataFrame) -> Export:
    last = FIRST_ON + timedelta(days=DAYS_IN_TABLE - 1)
    page = _make_page(readings.filter(_received(FIRST_ON, last)), layouts.READINGS_PARQUET)
    name = f"实时数据_{FIRST_ON:%Y%m%d}-{last:%Y%m%d}.parquet"
    return Export(SENSOR_FOLDER, name, "parquet", [page])


def _plan_day(readings: pl.DataFrame, day: date) -> Export:
    frame = readings.filter(_received(day, day, before=SENT_AGAIN))
    name = f"实时数据_{day:%Y-%m-%d}.csv"
    if day < HEADER_UNIT_FROM:
        return Export(SENSOR_FOLDER, name, "csv", [_make_page(frame, layouts.READINGS_TEXT)])
    is_other = pl.col("unit") != "%LEL"
    page = _make_page(
        frame.with_columns(pl.when(is_other).then("unit").alias("unit")),
        layouts.READINGS_HEADER_UNIT,
    )
    return Export(SENSOR_FOLDER, name, "csv", [page])


def _plan_history(readings: pl.DataFrame, first: date) -> Export:
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    page = _make_page(readings.filter(_received(first, last)), layouts.READINGS_HOURLY)
    if first == HISTORY_MONTHS[-1]:
        return Export(SENSOR_FOLDER, f"历史数据_{first:%Y-%m}.txt", "tsv", [page], "utf-16")
    return Export(SENSOR_FOLDER, f"历史数据_{first:%Y-%m}.csv.gz", "gz", [page], "utf-8")


def _received(first: date, last: date, before: timedelta = timedelta(0)) -> pl.Expr:
    start = datetime(first.year, first.month, first.day) - before
    end = datetime(last.year, last.month, last.day) + timedelta(days=1)
    return pl.col("true_at").is_between(start, end, closed="left")


def _make_page(frame: pl.DataFrame, text: str) -> Page:
    """A page of readings; those of a lost clock are the planted mistake they are."""
    columns = parse_layout(text)
    page = Page("readings", columns, make_rows(frame, columns))
    told = frame.select("is_kept", "fault").rows()
    for row, (is_kept, fault) in zip(page.rows, told, strict=True):
        row.is_kept = is_kept or fault != ""
        if fault.startswith("clock"):
            row.mistakes.append(Mistake(fault, "observed_at", "rejected:time_out_of_range"))
    return page
