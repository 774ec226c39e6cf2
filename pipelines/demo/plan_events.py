"""All event files: the law platform's, the grid platform's, and the backfill.

Belongs here: the list of event files; the grid workbooks and the backfill, which hold both exports.
Does not belong here: the law platform's own files (plan_visits.py, plan_hazards.py), mistakes.
"""

from __future__ import annotations

import polars as pl

from pipelines.demo import event_layouts as layouts
from pipelines.demo.layouts import parse_layout
from pipelines.demo.pages import Export, Page
from pipelines.demo.plan_hazards import (
    BACKFILL_DAY,
    dress_hazards,
    plan_corrections,
    plan_half_month,
    plan_law_hazards,
)
from pipelines.demo.plan_registers import LAW_FOLDER, make_rows
from pipelines.demo.plan_visits import (
    LAW_PERIODS,
    dress_visits,
    month_end,
    only_day,
    plan_expert_visits,
    plan_law_visits,
    plan_peer_visits,
)
from pipelines.demo.states import find_changed
from pipelines.demo.world import COUNT_MONTHS, MONTHS_BACKFILL, World

GRID_FOLDER = "网格平台"
#: Months whose first fortnight is exported before the whole month is.
HALF_MONTHS = (40, 46, 51)
GRID_PERIODS = tuple((month, month + 1) for month in range(34, 58, 2))


def plan_events(world: World) -> list[Export]:
    """All event files of the district, the backfill first."""
    return [
        *_plan_backfill(world),
        *[plan_law_visits(world, number) for number in range(len(LAW_PERIODS))],
        plan_expert_visits(world),
        plan_peer_visits(world),
        *[plan_law_hazards(world, month) for month in range(MONTHS_BACKFILL, COUNT_MONTHS)],
        *[plan_half_month(world, month) for month in HALF_MONTHS],
        plan_corrections(world),
        *[_plan_grid(world, number) for number in range(len(GRID_PERIODS))],
    ]


def _plan_grid(world: World, number: int) -> Export:
    """One workbook of the grid platform: visits and problems, two months a file."""
    first, last = GRID_PERIODS[number]
    day = month_end(last)
    before = BACKFILL_DAY if number == 0 else month_end(GRID_PERIODS[number - 1][1])
    visits = world.inspections.filter(
        pl.col("is_grid")
        & (pl.col("month") >= MONTHS_BACKFILL)
        & pl.col("reported_month").is_between(first, last)
    )
    columns = parse_layout(layouts.INSPECTIONS_GRID)
    frame = only_day(dress_visits(visits, world, names_site=False))
    walks = Page("inspections", columns, make_rows(frame, columns), "巡查记录")
    grid = world.hazards.filter(pl.col("is_grid"))
    reported = (pl.col("reported_month") <= last) & (pl.col("month") >= MONTHS_BACKFILL)
    is_known = reported | (pl.col("month") < MONTHS_BACKFILL)
    is_new = reported & (pl.col("reported_month") >= first)
    chosen = grid.filter(is_new | (is_known & find_changed(before, day)))
    columns = parse_layout(layouts.HAZARDS_GRID)
    problems = Page(
        "hazards", columns, make_rows(dress_hazards(chosen, world, day), columns), "问题清单"
    )
    for page, title in ((walks, "网格巡查台账"), (problems, "网格巡查问题清单")):
        page.above = [[title], [f"导出时间：{day:%Y-%m-%d} 20:15"]]
    problems.blank_every = 100
    return Export(GRID_FOLDER, f"网格平台导出_{day:%Y%m%d}.xlsx", "xlsx", [walks, problems])


def _plan_backfill(world: World) -> list[Export]:
    """Years that arrive in one file each when the bureau joins."""
    source = pl.when("is_grid").then(pl.lit(GRID_FOLDER)).otherwise(pl.lit(LAW_FOLDER))
    past = pl.col("month") < MONTHS_BACKFILL
    columns = parse_layout(layouts.INSPECTIONS_HISTORY)
    visits = only_day(dress_visits(world.inspections.filter(past), world, names_site=True))
    visits = visits.with_columns(source.alias("source_system"))
    first = Page("inspections", columns, make_rows(visits, columns))
    columns = parse_layout(layouts.HAZARDS_HISTORY)
    hazards = dress_hazards(world.hazards.filter(past), world, BACKFILL_DAY)
    second = Page(
        "hazards", columns, make_rows(hazards.with_columns(source.alias("source_system")), columns)
    )
    stamp = f"历史数据导出{BACKFILL_DAY:%Y%m%d}"
    return [
        Export(LAW_FOLDER, f"检查记录_2021年至2023年_{stamp}.csv", "csv", [first]),
        Export(LAW_FOLDER, f"隐患台账_2021年至2023年_{stamp}.csv.gz", "gz", [second]),
    ]
