"""Files of registers: units, enterprises, parks, and the towns' tenant lists.

Belongs here: which register files exist, their layouts, titles and totals.
Does not belong here: events (plan_events.py), mistakes (defects.py).
"""

from __future__ import annotations

from datetime import date

import polars as pl

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
#: Towns that send full rosters (花名册); the others send lists with move-out days.
ROSTER_TOWNS = ("甪安镇", "柳垞镇", "澄湾经济开发区")

ENTERPRISES_OLD = """
    enterprise_id|企业编号
    uscc|统一社会信用代码
    enterprise_name|企业名称
    former_name|曾用名
    subject_kind|主体类型
    town|所属镇街
    address|生产经营地址
    park_name|所在园区
    industry_code|行业代码
    industry_name|行业类别
    scale|企业规模
    employee_count|从业人数|blank
    legal_person|法定代表人
    safety_contact|安全负责人
    phone|联系电话
    phone#2|手机号码|empty
    production_status|生产状态
    registered_on|成立日期|slash
    is_key_unit|是否重点企业|yesno
    has_dust|是否涉爆粉尘|hasnot
    has_confined_space|是否有限空间|hasnot
    uses_hazchem|是否使用危化品|yesno
    extra:serial|系统流水号
"""
ENTERPRISES_NEW = """
    extra:serial|序号
    enterprise_id|档案编号
    enterprise_name|单位名称
    uscc|社会信用代码
    former_name|原名称
    town|属地
    subject_kind|单位类型
    industry_name|所属行业
    industry_code|行业代码
    scale|规模
    employee_count|员工人数|wide
    registered_on|注册日期|mixed
    legal_person|法人代表
    safety_contact|安全员
    phone|联系方式
    phone#2|手机|empty
    production_status|企业状态
    address|经营地址
    park_name|所属园区
    is_key_unit|重点单位|digit
    has_dust|涉爆粉尘|letter
    has_confined_space|有限空间|tick
    has_ammonia|涉氨制冷|yesno
    uses_hazchem|危化品使用|hasnot
"""
PARKS_FIRST = """
    extra:serial|序号
    park_id|园区\\n编号
    park_name|园 区 名 称
    park_kind|园区类型
    town|所属镇街
    lessor_name|出租方
    lessor_uscc|出租方统一社会信用代码
    lessor_kind|出租方类型
    manager_name|园区负责人
    manager_phone|联系电话
    address|园区地址
    longitude|经度|typed
    latitude|纬度|typed
    crs|坐标系
    land_area|占地面积\\n(亩)|typed
    floor_area|建筑面积（㎡）|typed
    building_count|厂房幢数|typed
    fire_class|火灾危险性类别
    has_sandwich_panel|是否存在泡沫夹芯板|yesno
    is_three_in_one|是否三合一|yesno
    has_hazchem_store|是否有危化品专用仓库|hasnot
    listed_on|建档日期|cn
    improved_on|提升完成日期|typed
    park_status|园区状态
"""
PARKS_LATER = """
    park_id|点位编号
    park_name|园区
    park_kind|园区类别
    town|镇街
    lessor_name|房东
    lessor_uscc|房东信用代码
    lessor_kind|出租方性质
    manager_name|安全管理负责人
    manager_phone|负责人电话
    address|坐落
    longitude|lng|typed
    latitude|lat|typed
    crs|坐标系统
    land_area|用地面积|typed
    floor_area|总建筑面积|typed
    building_count|楼栋数|typed
    fire_class|生产类别
    has_sandwich_panel|是否有彩钢板|hasnot
    is_three_in_one|三合一|tick
    has_hazchem_store|危化品仓库|tick
    listed_on|纳入日期|serial
    improved_on|改造完成日期|dot
    park_status|点位状态
"""
LEASES_ROSTER = """
    extra:serial|序号
    park_name|租赁园区
    town|所属镇街
    lessor_name|出租方
    lessor_uscc|出租方信用代码
    sub_lessor_name|二房东
    tenant_name|承租企业
    tenant_uscc|承租企业统一社会信用代码
    building|幢号
    floor|楼层
    leased_area|租赁面积(㎡)|typed
    start_on|租赁起始日期|typed
    end_on|租赁终止日期|open_end
    agreement_signed|是否签订安全协议|yesno
    agreement_on|协议签订日期|cn
    activity|生产内容
    employee_count|从业人数|typed
    uses_hazchem|是否使用危化品|yesno
"""
LEASES_LIST = """
    lease_id|合同编号
    park_id|园区编号
    park_name|园区名称
    town|所属板块
    lessor_name|房东
    lessor_uscc|房东信用代码
    sub_lessor_name|转租方
    tenant_name|租客
    tenant_uscc|租客信用代码
    building|楼栋
    floor|所在楼层
    leased_area|承租面积|thousands
    start_on|起租日期|dot
    end_on|到期日期|open_end
    moved_out_on|迁出日期|slash
    agreement_signed|安全协议|signed
    agreement_on|安全协议签订日期|iso
    activity|主要产品
    employee_count|职工人数|blank
"""


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
        *[_plan_leases(world, day) for day in LEASE_DAYS],
    ]


def _plan_units(world: World) -> Export:
    columns = parse_layout("""
        unit_id|机构编号
        unit_name|机构名称
        kind|机构类型
        level|机构级别
        parent_name|上级机构
        head|负责人
        valid_from|启用日期|iso
        valid_to|停用日期|iso
    """)
    towns = world.towns.select("town", "kind").rows()
    heads = [members[0] for members in world.teams["members"].to_list()]
    rows: list[tuple[str | None, ...]] = [
        (f"JG-{number:03d}", town, kind, "镇级", words.DISTRICT + "应急管理局", None)
        for number, (town, kind) in enumerate(towns, start=1)
    ]
    rows += [
        (
            f"JG-{town * 10 + grid:03d}",
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
    columns = parse_layout(ENTERPRISES_NEW if is_new else ENTERPRISES_OLD)
    page = Page("enterprises", columns, make_rows(cut_enterprises(world, day), columns))
    if is_new:
        page.above = [[f"{words.DISTRICT}企业名录"], [f"导出时间：{day:%Y-%m-%d} 23:10:00"]]
        page.footers = [["共{count}条"]]
        return Export(LAW_FOLDER, f"企业名录（{day:%Y%m%d}）.csv", "csv", [page])
    return Export(LAW_FOLDER, f"企业名录_{day:%Y-%m-%d}.csv", "csv", [page])


def _plan_undated_enterprises(world: World) -> Export:
    """A register nobody dated: its knowledge day is unknown."""
    columns = parse_layout(ENTERPRISES_OLD)
    frame = cut_enterprises(world, REGISTER_DAYS[0]).filter(pl.col("enterprise_no") % 71 == 3)
    page = Page("enterprises", columns, make_rows(frame, columns))
    page.mistakes.append(Mistake("known_at_unknown", "", "issue:known_at_unknown"))
    return Export(LAW_FOLDER, "企业名录补充.csv", "csv", [page], "utf-8-sig")


def _plan_parks(world: World, number: int) -> Export:
    day = PARK_DAYS[number]
    frame = cut_parks(world, day)
    if number == 0:
        columns = parse_layout(PARKS_FIRST)
        page = Page("parks", columns, make_rows(frame, columns), "园区底册")
        page.above = _title(f"{words.DISTRICT}租赁园区底册", "区应急管理局", day)
        page.summed = ("floor_area", "building_count")
        page.footers = [["制表人：办公室", "", "", "审核人：分管领导"]]
        return Export(TOWNS_FOLDER, "园区底册.xlsx", "xlsx", [page])
    if number == 1:
        columns = parse_layout(PARKS_LATER)
        page = Page("parks", columns, make_rows(frame, columns), "园区名册")
        page.units = [
            {"land_area": "亩", "floor_area": "平方米", "building_count": "幢"}.get(column.name, "")
            for column in columns
        ]
        page.repeat_every = 25
        return Export(TOWNS_FOLDER, f"租赁园区名册_{day:%Y%m%d}.xls", "xls", [page])
    columns = parse_layout(PARKS_FIRST + "tenant_count|承租企业数|typed\n")
    pages = []
    for town, *_ in words.TOWNS:
        part = frame.filter(pl.col("town") == town)
        page = Page("parks", columns, make_rows(part, columns), town)
        page.above = _title(f"{town}园区底册", f"{town}安全生产办公室", day)
        page.summed = ("floor_area", "building_count", "tenant_count")
        pages.append(page)
    return Export(TOWNS_FOLDER, f"园区底册_{day.year}年{day.month}月.xlsx", "xlsx", pages)


def _plan_leases(world: World, day: date) -> Export:
    pages = []
    for town, *_ in words.TOWNS:
        is_roster = town in ROSTER_TOWNS
        frame = cut_leases(world, day, is_roster=is_roster).filter(pl.col("town") == town)
        columns = parse_layout(LEASES_ROSTER if is_roster else LEASES_LIST)
        page = Page("leases", columns, make_rows(frame, columns), town)
        title = f"{town}承租企业花名册" if is_roster else f"{town}承租企业清单"
        page.above = _title(title, f"{town}安全生产办公室", day)
        if is_roster:
            page.summed = ("leased_area",)
            page.footers = [["注：本表每半年报送一次"], ["共{count}条"]]
        else:
            page.above.append(["单位：平方米"])
            page.subtotal_every = 30
        pages.append(page)
    name = f"承租企业清单_{day:%Y-%m-%d}.xlsx"
    return Export(TOWNS_FOLDER, name, "xlsx", pages, notes_sheet=day.year != 2024)


def _title(title: str, filer: str, day: date) -> list[list[Cell]]:
    return [[title], [f"填报单位：{filer}", "", f"填报日期：{day.year}年{day.month}月{day.day}日"]]
