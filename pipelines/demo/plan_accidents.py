"""Accident tables: the years before, then a table a quarter, and a flash report.

Belongs here: which accident files exist and what each says again.
Does not belong here: layouts (safety_layouts.py), the accidents (accidents.py), mistakes.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from pipelines.demo import safety_layouts as layouts
from pipelines.demo import words
from pipelines.demo.accidents import cut_accidents
from pipelines.demo.layouts import parse_layout
from pipelines.demo.pages import Export, Page
from pipelines.demo.plan_hazards import BACKFILL_DAY
from pipelines.demo.plan_registers import LAW_FOLDER, make_rows
from pipelines.demo.world import World

#: Last day of each quarter told by a table of the year so far; late closings need the next ones.
QUARTERS = (
    date(2023, 12, 31), date(2024, 3, 31), date(2024, 6, 30), date(2024, 9, 30),
    date(2024, 12, 31), date(2025, 3, 31), date(2025, 6, 30), date(2025, 9, 30),
)  # fmt: skip
#: Tables of the quarter's end; the others are text of the flash reports' system.
BOOKS = (1, 3, 4, 6)
FLASH_DAY = date(2025, 10, 31)
SUMMED = ("deaths", "serious_injuries", "minor_injuries")


def plan_accidents(world: World) -> list[Export]:
    """All accident tables, the backfill first."""
    tables = [_plan_quarter(world, number) for number in range(len(QUARTERS))]
    return [_plan_backfill(world), *tables, _plan_flash(world)]


def _dress(world: World, day: date) -> pl.DataFrame:
    """Canonical columns of all accidents known by ``day``."""
    return cut_accidents(world.accidents, day).with_columns(
        pl.when(pl.col("accident_type") == "火灾")
        .then(pl.lit("消防"))
        .when(pl.col("enterprise_no").is_null() & pl.col("park_no").is_null())
        .then(pl.lit("建筑施工"))
        .otherwise(pl.lit("工贸"))
        .alias("sector"),
        pl.lit(None, dtype=pl.String).alias("remark"),
        pl.lit(None, dtype=pl.String).alias("extra:desk"),
    )


def _is_told(since: date, day: date) -> pl.Expr:
    """Accidents of a table: of its span, told late in it, or concluded or struck off in it."""
    return pl.any_horizontal(
        pl.col(name).is_between(since, day).fill_null(value=False)
        for name in ("occurred_on", "told_on", "concluded_on", "struck_on", "died_later_on")
    )


def _plan_quarter(world: World, number: int) -> Export:
    """The year so far with what changed in it of the year before."""
    day = QUARTERS[number]
    frame = _dress(world, day).filter(_is_told(date(day.year, 1, 1), day))
    title = f"生产安全事故统计表_{day.year}年第{day.month // 3}季度"
    if number not in BOOKS:
        columns = parse_layout(layouts.ACCIDENTS_FLASH)
        page = Page("accidents", columns, make_rows(frame, columns))
        return Export(LAW_FOLDER, f"{title}.csv", "csv", [page], "utf-8")
    columns = parse_layout(layouts.ACCIDENTS_TABLE)
    page = Page("accidents", columns, make_rows(frame, columns), "事故统计表")
    page.above = [
        [f"{words.DISTRICT}生产安全事故统计表"],
        [f"填报单位：{words.DISTRICT}应急管理局", "", f"填报日期：{day:%Y-%m-%d}"],
    ]
    page.summed = SUMMED
    page.footers = [["注：死亡人数为空表示尚未核定"]]
    return Export(LAW_FOLDER, f"{title}.xlsx", "xlsx", [page])


def _plan_flash(world: World) -> Export:
    """The flash report of the last month: what happened since the last quarter."""
    frame = _dress(world, FLASH_DAY).filter(_is_told(date(2025, 8, 1), FLASH_DAY))
    columns = parse_layout(layouts.ACCIDENTS_FLASH)
    page = Page("accidents", columns, make_rows(frame, columns))
    return Export(LAW_FOLDER, f"事故快报_{FLASH_DAY:%Y-%m-%d}.csv", "csv", [page], "utf-8-sig")


def _plan_backfill(world: World) -> Export:
    columns = parse_layout(layouts.ACCIDENTS_HISTORY)
    page = Page("accidents", columns, make_rows(_dress(world, BACKFILL_DAY), columns))
    name = f"事故台账_2021年至2023年_历史数据导出{BACKFILL_DAY:%Y%m%d}.csv"
    return Export(LAW_FOLDER, name, "csv", [page])
