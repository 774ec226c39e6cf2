"""Files of registers: units, enterprises, parks, and the towns' tenant lists.

Belongs here: which register files exist, their layouts, titles and totals.
Does not belong here: events (plan_events.py), mistakes (defects.py).
"""

from __future__ import annotations

from datetime import date

import polars as pl

from pipelines.demo import register_layouts as layouts
from pipelines.demo import words
from pipelines.demo.layouts import Cell, Column, parse_layout, render
from pipelines.demo.pages import Export, Mistake, Page, Row
from pipelines.demo.states import cut_enterprises, cut_leases, cut_parks
from pipelines.demo.world import World

TOWNS_FOLDER = "镇街报送"
LAW_FOLDER = "智慧安监"
REGISTER_DAYS = (
    date(2023, 10, 31), date(2024, 1, 31), date(2024, 4, 30), date(2024, 7, 31),
    date(2024, 10, 31), date(2025, 4, 30), date(2025, 10, 31),
)  # fmt: skip
LEASE_DAYS = (
    date(2023, 10, 31), date(2024, 4, 30), date(2024, 10, 31), date(2025, 4, 30),
    date(2025, 10, 31),
)  # fmt: skip
PARK_DAYS = (date(2023, 10, 31), date(2024, 10, 31), date(2025, 10, 31))
#: Towns that sent a file of their own on a day: the files whose rows get rejected, so that a list
#: with rejected rows is a whole file.
SENT_APART = (("望溪镇", date(2024, 4, 30)), ("柳垞镇", date(2025, 4, 30)))
#: Towns that send full rosters (花名册); the others send lists with move-out days.
ROSTER_TOWNS = ("甪安镇", "柳垞镇", "澄湾经济开发区")


def make_rows(frame: pl.DataFrame, columns: tuple[Column, ...]) -> list[Row]:
    """Rows of a page; a column ``extra:serial`` numbers them."""
    numbered = frame.with_columns((pl.int_range(pl.len()) + 1).alias("extra:serial"))
    return [Row(cells) for cells in render(numbered, columns)]


def plan_registers(world: World) -> list[Export]:
    """All register files of the district."""
    return [
        _plan_units(world),
        *[_plan_enterprises(world, day) for day in REGISTER_DAYS],
        _plan_undated_enterprises(world),
        *[_plan_parks(world, number) for number in range(len(PARK_DAYS))],
        *[export for day in LEASE_DAYS for export in _plan_leases(world, day)],
    ]


def _plan_units(world: World) -> Export:
    columns = parse_layout(layouts.UNITS)
    towns = world.towns.select("town", "kind").rows()
    heads = [members[0] for members in world.teams["members"].to_list()]
    rows: list[tuple[str | None, ...]] = [
        (f"JG-{number:03d}", town, kind, "镇级", words.DISTRICT + "应急管理局", None)
        for number, (town, kind) in enumerate(towns, start=1)
    ]
    rows += [
        (
            f"JG-2{town}{grid}",
            f"{towns[town][0]}第{grid}网格",
            "网格",
            "村级",
            towns[town][0],
            None,
        )
        for town in range(len(towns))
        for grid in range(5, 9)
    ]
    rows += [
        (
            f"JG-1{number:02d}",
            group,
            "检查小组",
            "区级",
            words.DISTRICT + "应急管理局",
            heads[number],
        )
        for number, group in enumerate(world.teams["group"].to_list())
    ]
    frame = pl.DataFrame(
        rows, schema=["unit_id", "unit_name", "kind", "level", "parent_name", "head"], orient="row"
    ).with_columns(
        pl.lit(date(2020, 1, 1)).alias("valid_from"), pl.lit(None, dtype=pl.Date).alias("valid_to")
    )
    page = Page("units", columns, make_rows(frame, columns))
    return Export(LAW_FOLDER, "组织机构与网格_2023-10-31.csv", "csv", [page], "utf-8")


def _plan_enterprises(world: World, day: date) -> Export:
    is_new = day >= date(2024, 10, 31)
    columns = parse_layout(layouts.ENTERPRISES_NEW if is_new else layouts.ENTERPRISES_OLD)
    page = Page("enterprises", columns, make_rows(cut_enterprises(world, day), columns))
    if is_new:
        page.above = [[f"{words.DISTRICT}企业名录"], [f"导出时间：{day:%Y-%m-%d} 23:10:00"]]
        page.footers = [["共{count}条"]]
        return Export(LAW_FOLDER, f"企业名录（{day:%Y%m%d}）.csv", "csv", [page])
    return Export(LAW_FOLDER, f"企业名录_{day:%Y-%m-%d}.csv", "csv", [page])


def _plan_undated_enterprises(world: World) -> Export:
    """A register nobody dated: its knowledge day is unknown."""
    columns = parse_layout(layouts.ENTERPRISES_OLD)
    frame = cut_enterprises(world, REGISTER_DAYS[0]).filter(pl.col("enterprise_no") % 71 == 3)
    page = Page("enterprises", columns, make_rows(frame, columns))
    page.mistakes.append(Mistake("known_at_unknown", "", "issue:known_at_unknown"))
    return Export(LAW_FOLDER, "企业名录补充.csv", "csv", [page], "utf-8-sig")


def _plan_parks(world: World, number: int) -> Export:
    day = PARK_DAYS[number]
    frame = cut_parks(world, day)
    if number == 0:
        columns = parse_layout(layouts.PARKS_FIRST)
        page = Page("parks", columns, make_rows(frame, columns), "园区底册")
        page.above = _title(f"{words.DISTRICT}租赁园区底册", "区应急管理局", day)
        page.summed = ("floor_area", "building_count")
        page.footers = [["制表人：办公室", "", "", "审核人：分管领导"]]
        return Export(TOWNS_FOLDER, "园区底册.xlsx", "xlsx", [page])
    if number == 1:
        columns = parse_layout(layouts.PARKS_LATER)
        page = Page("parks", columns, make_rows(frame, columns), "园区名册")
        page.units = [
            {"land_area": "亩", "floor_area": "平方米", "building_count": "幢"}.get(column.name, "")
            for column in columns
        ]
        page.repeat_every = 25
        return Export(TOWNS_FOLDER, f"租赁园区名册_{day:%Y%m%d}.xls", "xls", [page])
    columns = parse_layout(layouts.PARKS_FIRST + "tenant_count|承租企业数|typed\n")
    pages = []
    for town, *_ in words.TOWNS:
        part = frame.filter(pl.col("town") == town)
        page = Page("parks", columns, make_rows(part, columns), town)
        page.above = _title(f"{town}园区底册", f"{town}安全生产办公室", day)
        page.summed = ("floor_area", "building_count", "tenant_count")
        pages.append(page)
    return Export(TOWNS_FOLDER, f"园区底册_{day.year}年{day.month}月.xlsx", "xlsx", pages)


def _plan_leases(world: World, day: date) -> list[Export]:
    """The towns' tenant lists of a day: one workbook, a sheet a town, and towns that send apart."""
    pages = {town: _plan_town_leases(world, town, day) for town, *_ in words.TOWNS}
    apart = [
        Export(TOWNS_FOLDER, f"{page.above[0][0]}_{day:%Y-%m-%d}.xlsx", "xlsx", [page])
        for town, page in pages.items()
        if (town, day) in SENT_APART
    ]
    together = [page for town, page in pages.items() if (town, day) not in SENT_APART]
    name = f"承租企业清单_{day:%Y-%m-%d}.xlsx"
    return [
        Export(TOWNS_FOLDER, name, "xlsx", together, notes_sheet=day.year != 2024),
        *apart,
    ]


def _plan_town_leases(world: World, town: str, day: date) -> Page:
    is_roster = town in ROSTER_TOWNS
    frame = cut_leases(world, day, is_roster=is_roster).filter(pl.col("town") == town)
    columns = parse_layout(layouts.LEASES_ROSTER if is_roster else layouts.LEASES_LIST)
    page = Page("leases", columns, make_rows(frame, columns), town)
    title = f"{town}承租企业花名册" if is_roster else f"{town}承租企业清单"
    page.above = _title(title, f"{town}安全生产办公室", day)
    if is_roster:
        page.summed = ("leased_area",)
        page.footers = [["注：本表每半年报送一次"], ["共{count}条"]]
    else:
        page.above.append(["单位：平方米"])
        page.subtotal_every = 30
    return page


def _title(title: str, filer: str, day: date) -> list[list[Cell]]:
    return [[title], [f"填报单位：{filer}", "", f"填报日期：{day.year}年{day.month}月{day.day}日"]]
