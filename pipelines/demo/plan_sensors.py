"""Device registers and alarm records of the sensor platform.

Belongs here: which register and alarm files exist, and how each words its codes.
Does not belong here: layouts (sensor_layouts.py), readings (plan_readings.py), mistakes.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from pipelines.demo import sensor_layouts as layouts
from pipelines.demo import words
from pipelines.demo.alarms import cut_alarms, find_changed_alarms
from pipelines.demo.devices import cut_devices
from pipelines.demo.layouts import parse_layout
from pipelines.demo.pages import Export, Mistake, Page
from pipelines.demo.plan_registers import make_rows
from pipelines.demo.plan_visits import month_end
from pipelines.demo.tenancies import month_start
from pipelines.demo.world import World

SENSOR_FOLDER = "智慧安防网"
DEVICE_DAYS = (date(2024, 1, 31), date(2024, 8, 31), date(2025, 4, 30), date(2025, 10, 31))
#: Months of the alarm records: three a file, from 2024-01 on, the last file one month.
ALARM_PERIODS = tuple((month, min(month + 2, 57)) for month in range(36, 58, 3))
ALARM_STYLES = (
    (layouts.ALARMS_TEXT, "csv", "gb18030", "csv"),
    (layouts.ALARMS_BOOK, "xlsx", "", "xlsx"),
    (layouts.ALARMS_LINES, "jsonl", "utf-8", "jsonl"),
)
LOW_AND_HIGH = {"一级": "低报", "二级": "高报"}
VERDICT_WORDS = {"真警": "属实", "误报": "假警", "测试": "演练"}


def plan_sensors(world: World) -> list[Export]:
    """All device registers and alarm records."""
    registers = [_plan_devices(world, number) for number in range(len(DEVICE_DAYS))]
    registers += [_plan_undated_devices(world), _plan_device_corrections(world)]
    return [*registers, *[_plan_alarms(world, number) for number in range(len(ALARM_PERIODS))]]


def _plan_devices(world: World, number: int) -> Export:
    day = DEVICE_DAYS[number]
    frame = cut_devices(world.devices, day)
    if number % 2 == 0:
        columns = parse_layout(layouts.DEVICES_TEXT)
        frame = _dress_text(frame)
        page = Page("devices", columns, make_rows(frame, columns))
        return Export(SENSOR_FOLDER, f"感知设备清单_{day:%Y-%m-%d}.csv", "csv", [page], "utf-8")
    columns = parse_layout(layouts.DEVICES_BOOK)
    frame = frame.with_columns(pl.col("interval_minutes").alias("interval_seconds"))
    page = Page("devices", columns, make_rows(frame, columns), "设备清单")
    page.above = [[f"{words.DISTRICT}监测设备台账"], [f"数据截止：{day:%Y-%m-%d}"]]
    page.repeat_every = 60
    if day == DEVICE_DAYS[-1]:  # the register that counts
        for row, is_too_high in zip(page.rows, frame["is_set_too_high"], strict=True):
            if is_too_high:
                row.mistakes.append(Mistake("set_too_high", "alarm_1", "issue:set_point_too_high"))
    return Export(SENSOR_FOLDER, f"监测设备台账_{day:%Y%m%d}.xlsx", "xlsx", [page])


def _plan_undated_devices(world: World) -> Export:
    """A register nobody dated: its knowledge day is unknown."""
    frame = _dress_text(cut_devices(world.devices, DEVICE_DAYS[0])).filter(
        pl.col("device_no") % 41 == 9
    )
    columns = parse_layout(layouts.DEVICES_TEXT)
    page = Page("devices", columns, make_rows(frame, columns))
    page.mistakes.append(Mistake("known_at_unknown", "", "issue:known_at_unknown"))
    return Export(SENSOR_FOLDER, "感知设备清单补充.csv", "csv", [page])


def _plan_device_corrections(world: World) -> Export:
    """Some devices once more on a register's own day: which came later nobody can say.

    Devices calibrated since the register before, so that the register itself says something new.
    """
    before, day = DEVICE_DAYS[1:3]
    frame = (
        _dress_text(cut_devices(world.devices, day))
        .filter(pl.col("calibrated_on").is_between(before, day, closed="right"))
        .head(4)
    )
    columns = parse_layout(layouts.DEVICES_TEXT)
    moved = frame.with_columns(("更正：" + pl.col("location")).alias("location"))
    page = Page("devices", columns, make_rows(moved, columns))
    for row in page.rows:
        row.mistakes.append(Mistake("corrected_same_day", "", "issue:version_tie"))
    return Export(SENSOR_FOLDER, f"感知设备清单更正_{day:%Y-%m-%d}.csv", "csv", [page])


def _dress_text(devices: pl.DataFrame) -> pl.DataFrame:
    return devices.with_columns(
        pl.col("range_both").alias("range_high"), pl.lit(None, dtype=pl.String).alias("remark")
    )


def _plan_alarms(world: World, number: int) -> Export:
    """Alarms of a quarter, and older ones that were looked into since the last record."""
    first, last = ALARM_PERIODS[number]
    day = month_end(last)
    before = month_end(first - 1)
    chosen = world.alarms.filter(find_changed_alarms(before, day))
    frame = cut_alarms(chosen, day)
    text, kind, encoding, suffix = ALARM_STYLES[number % len(ALARM_STYLES)]
    if text is layouts.ALARMS_TEXT:
        frame = frame.with_columns(pl.col("level").replace(LOW_AND_HIGH))
    if text is layouts.ALARMS_BOOK:
        frame = frame.with_columns(pl.col("verified").replace(VERDICT_WORDS))
    columns = parse_layout(text)
    page = Page("alarms", columns, make_rows(frame, columns))
    if kind == "xlsx":
        page.sheet = "报警明细"
        page.above = [["报警明细"], [f"导出时间：{day:%Y-%m-%d} 08:30"]]
        page.blank_every = 30
    name = f"报警记录_{month_start(first):%Y%m%d}-{day:%Y%m%d}.{suffix}"
    return Export(SENSOR_FOLDER, name, kind, [page], encoding)
