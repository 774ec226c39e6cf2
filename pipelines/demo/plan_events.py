"""Files of events: visit records and hazard ledgers of the two platforms, and the backfill.

Belongs here: which event files exist, what falls into each, and its known day.
Does not belong here: layouts (event_layouts.py), mistakes (defects.py).
"""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from pipelines.demo import event_layouts as layouts
from pipelines.demo import words
from pipelines.demo.layouts import parse_layout
from pipelines.demo.pages import Export, Mistake, Page
from pipelines.demo.plan_registers import LAW_FOLDER, make_rows
from pipelines.demo.states import cut_hazards, find_changed
from pipelines.demo.tenancies import month_start
from pipelines.demo.world import COUNT_MONTHS, MONTHS_BACKFILL, World

GRID_FOLDER = "网格平台"
BACKFILL_DAY = date(2023, 11, 5)
#: Month whose expert visits come in one undated file of their own (2025-05).
EXPERT_MONTH = 52
#: Month whose peer visits come in a file with an impossible date in its name (2025-02).
PEER_MONTH = 49
#: Month whose ledger is corrected on its own day (2025-03).
TIED_MONTH = 50
HALF_MONTHS = (40, 46, 51)
UNITLESS_MONTH = 51
#: Files of law visits: first and last month. Two months a file at first, then one.
LAW_PERIODS = tuple((month, month + 1) for month in range(34, 46, 2)) + tuple(
    (month, month) for month in range(46, 58)
)
GRID_PERIODS = tuple((month, month + 1) for month in range(34, 58, 2))
#: How the law platform's files look, in turn: layout, kind of bytes, encoding, suffix.
LAW_STYLES = (
    (layouts.INSPECTIONS_PLAIN, "csv", "gb18030", "csv"),
    (layouts.INSPECTIONS_BOM, "csv", "utf-8-sig", "csv"),
    (layouts.INSPECTIONS_BOOK, "xlsx", "", "xlsx"),
    (layouts.INSPECTIONS_UTF16, "tsv", "utf-16", "txt"),
    (layouts.INSPECTIONS_PLAIN, "gz", "utf-8", "csv.gz"),
    (layouts.INSPECTIONS_BOOK, "xls", "", "xls"),
)


def month_end(month: int) -> date:
    """Last day of the month that many months after January 2021."""
    return month_start(month + 1) - timedelta(days=1)


def plan_events(world: World) -> list[Export]:
    """All event files of the district, the backfill first."""
    return [
        *_plan_backfill(world),
        *[_plan_law_visits(world, number) for number in range(len(LAW_PERIODS))],
        _plan_expert_visits(world),
        _plan_peer_visits(world),
        *[_plan_law_hazards(world, month) for month in range(MONTHS_BACKFILL, COUNT_MONTHS)],
        *[_plan_half_month(world, month) for month in HALF_MONTHS],
        *[_plan_grid(world, number) for number in range(len(GRID_PERIODS))],
    ]


def _dress_visits(visits: pl.DataFrame, world: World, *, names_site: bool) -> pl.DataFrame:
    """Canonical columns of visits; ``names_site`` also writes the park of a tenant visited."""
    sites = world.parks.select(
        pl.col("park_no").alias("site_park_no"), pl.col("park_name").alias("site_name")
    )
    moment = pl.col("inspected_on").cast(pl.Datetime("us"))
    named = visits.join(sites, on="site_park_no", how="left", maintain_order="left")
    site = pl.coalesce("park_name", "site_name") if names_site else pl.col("park_name")
    is_scored = pl.col("kind") == "专家检查"
    return named.with_columns(
        site.alias("park_name"),
        pl.col("inspected_on").alias("_day"),
        (moment + pl.duration(minutes="minutes")).alias("inspected_on"),
        (moment + pl.duration(minutes=pl.col("minutes") + pl.col("spent"))).alias("ended_at"),
        pl.when(pl.col("kind") == "非现场检查")
        .then(pl.lit("非现场"))
        .otherwise(pl.lit("现场"))
        .alias("mode"),
        pl.col("members").alias("inspectors"),
        pl.col("unit").alias("inspecting_unit"),
        pl.col("group").alias("inspection_group"),
        pl.when(pl.col("hazard_count") > 0)
        .then(pl.lit("发现问题"))
        .otherwise(pl.lit("未发现问题"))
        .alias("result"),
        pl.when(is_scored).then(96 - 4 * pl.col("hazard_count").cast(pl.Int64)).alias("score"),
        pl.col("inspected_on").dt.strftime("%Y-%m").alias("round"),
        pl.col("callback").alias("extra:callback"),
    )


def _only_day(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.col("_day").alias("inspected_on"))


def _plan_law_visits(world: World, number: int) -> Export:
    first, last = LAW_PERIODS[number]
    layout, kind, encoding, suffix = LAW_STYLES[number % len(LAW_STYLES)]
    columns = parse_layout(layout)
    comes_apart = _is_expert() | _is_peer()
    visits = world.inspections.filter(
        ~pl.col("is_grid")
        & (pl.col("month") >= MONTHS_BACKFILL)
        & pl.col("reported_month").is_between(first, last)
        & ~comes_apart
    )
    frame = _dress_visits(visits, world, names_site=number % 2 == 0)
    if layout == layouts.INSPECTIONS_UTF16:
        frame = _only_day(frame)
    page = Page("inspections", columns, make_rows(frame, columns))
    if layout == layouts.INSPECTIONS_BOOK:
        _dress_book(page, month_end(last), kind)
    name = _name_period("检查记录", first, last)
    suffix = "xls" if number == 14 else suffix  # one workbook under the wrong suffix
    return Export(LAW_FOLDER, f"{name}.{suffix}", kind, [page], encoding)


def _dress_book(page: Page, day: date, kind: str) -> None:
    """Title, and in xlsx a two-row header; in xls a repeated header and a count below."""
    page.sheet = "检查明细"
    page.above = [[f"{words.DISTRICT}安全生产检查记录"], [f"数据截止：{day:%Y-%m-%d}"]]
    if kind == "xlsx":
        page.upper = list(layouts.INSPECTIONS_BOOK_GROUPS)
        lower = [column.header for column in page.columns]
        page.lower = ["", *lower[1:-1], ""]
        page.blank_every = 40
    else:
        page.repeat_every = 50
        page.footers = [["共{count}条"], ["制表人：综合科"]]


def _name_period(title: str, first: int, last: int) -> str:
    if first == last:
        return f"{title}_{month_start(first):%Y-%m}"
    return f"{title}_{month_start(first):%Y%m%d}-{month_end(last):%Y%m%d}"


def _is_expert() -> pl.Expr:
    return (pl.col("month") == EXPERT_MONTH) & (pl.col("kind") == "专家检查")


def _is_peer() -> pl.Expr:
    return (pl.col("month") == PEER_MONTH) & (pl.col("kind") == "互查")


def _plan_expert_visits(world: World) -> Export:
    """Expert visits without a date in the name: known by their newest visit."""
    columns = parse_layout(layouts.INSPECTIONS_EXPERT)
    visits = world.inspections.filter(~pl.col("is_grid") & _is_expert())
    frame = _only_day(_dress_visits(visits, world, names_site=True))
    page = Page("inspections", columns, make_rows(frame, columns))
    return Export(LAW_FOLDER, "专家检查记录补报.csv", "csv", [page], "utf-8")


def _plan_peer_visits(world: World) -> Export:
    """Peer visits in a file whose name carries a day years ahead."""
    columns = parse_layout(layouts.INSPECTIONS_PLAIN)
    visits = world.inspections.filter(~pl.col("is_grid") & _is_peer())
    frame = _dress_visits(visits, world, names_site=True)
    page = Page("inspections", columns, make_rows(frame, columns))
    page.mistakes.append(Mistake("file_date_ignored", "", "issue:file_date_ignored"))
    return Export(LAW_FOLDER, "互查检查记录_2029-12-31.csv", "csv", [page], "utf-8")


def _dress_hazards(hazards: pl.DataFrame, world: World, day: date) -> pl.DataFrame:
    people = pl.concat(
        [
            world.enterprises.select("enterprise_no", pl.lit(None, dtype=pl.Int64).alias("park_no"),
                                     pl.col("safety_contact").alias("responsible")),
            world.parks.select(pl.lit(None, dtype=pl.Int64).alias("enterprise_no"), "park_no",
                               pl.col("manager_name").alias("responsible")),
        ]
    )  # fmt: skip
    return cut_hazards(hazards, day).join(
        people, on=["enterprise_no", "park_no"], how="left", nulls_equal=True, maintain_order="left"
    )


def _plan_law_hazards(world: World, month: int) -> Export:
    """Hazards of this month and the last, and older ones that changed since the last ledger."""
    day = month_end(month)
    before = BACKFILL_DAY if month == MONTHS_BACKFILL else month_end(month - 1)
    law = world.hazards.filter(~pl.col("is_grid"))
    reported = (pl.col("reported_month") <= month) & (pl.col("month") >= MONTHS_BACKFILL)
    is_recent = reported & (pl.col("reported_month") >= month - 1)
    is_known = reported | (pl.col("month") < MONTHS_BACKFILL)
    chosen = law.filter(is_recent | (is_known & find_changed(law, before, day)))
    is_book = month % 3 == 0
    columns = parse_layout(layouts.HAZARDS_BOOK if is_book else layouts.HAZARDS_PLAIN)
    page = Page("hazards", columns, make_rows(_dress_hazards(chosen, world, day), columns))
    name = f"隐患台账_{month_start(month):%Y-%m}"
    if not is_book:
        encoding = "utf-8-sig" if month % 3 == 1 else "gb18030"
        return Export(LAW_FOLDER, f"{name}.csv", "csv", [page], encoding)
    page.sheet = "隐患台账"
    page.above = [
        [f"{words.DISTRICT}隐患排查治理台账"],
        [f"数据截止：{day.year}年{day.month}月{day.day}日"],
    ]
    page.repeat_every = 120
    page.footers = [["审核人：综合科"], ["共{count}条"]]
    return Export(LAW_FOLDER, f"{name}.xlsx", "xlsx", [page])


def _plan_half_month(world: World, month: int) -> Export:
    """The first fortnight, exported before the whole month is."""
    first = month_start(month)
    day = first + timedelta(days=14)
    chosen = world.hazards.filter(
        ~pl.col("is_grid")
        & pl.col("found_on").is_between(first, day)
        & (pl.col("reported_month") == month)
    )
    text, mistakes = layouts.HAZARDS_PLAIN, []
    if month == UNITLESS_MONTH:  # the clerk left the unit out of the header
        text = text.replace("整改资金（元）", "整改资金")
        mistakes = [Mistake("unit_unsaid", "cost", "issue:unit_assumed")]
    columns = parse_layout(text)
    page = Page("hazards", columns, make_rows(_dress_hazards(chosen, world, day), columns))
    page.mistakes += mistakes
    return Export(LAW_FOLDER, f"隐患台账_{first:%Y%m%d}-{day:%Y%m%d}.csv", "csv", [page])


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
    frame = _only_day(_dress_visits(visits, world, names_site=False))
    walks = Page("inspections", columns, make_rows(frame, columns), "巡查记录")
    grid = world.hazards.filter(pl.col("is_grid"))
    reported = (pl.col("reported_month") <= last) & (pl.col("month") >= MONTHS_BACKFILL)
    is_known = reported | (pl.col("month") < MONTHS_BACKFILL)
    is_new = reported & (pl.col("reported_month") >= first)
    chosen = grid.filter(is_new | (is_known & find_changed(grid, before, day)))
    columns = parse_layout(layouts.HAZARDS_GRID)
    problems = Page(
        "hazards", columns, make_rows(_dress_hazards(chosen, world, day), columns), "问题清单"
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
    visits = _only_day(_dress_visits(world.inspections.filter(past), world, names_site=True))
    visits = visits.with_columns(source.alias("source_system"))
    first = Page("inspections", columns, make_rows(visits, columns))
    columns = parse_layout(layouts.HAZARDS_HISTORY)
    hazards = _dress_hazards(world.hazards.filter(past), world, BACKFILL_DAY)
    second = Page(
        "hazards", columns, make_rows(hazards.with_columns(source.alias("source_system")), columns)
    )
    stamp = f"历史数据导出{BACKFILL_DAY:%Y%m%d}"
    return [
        Export(LAW_FOLDER, f"检查记录_2021年至2023年_{stamp}.csv", "csv", [first]),
        Export(LAW_FOLDER, f"隐患台账_2021年至2023年_{stamp}.csv.gz", "gz", [second]),
    ]


def plan_corrections(world: World) -> list[Export]:
    """A correction of a ledger sent on the ledger's own day: which came later nobody can say."""
    month = TIED_MONTH
    chosen = world.hazards.filter(
        ~pl.col("is_grid") & (pl.col("reported_month") == month) & (pl.col("month") == month)
    ).head(8)
    columns = parse_layout(layouts.HAZARDS_PLAIN)
    frame = _dress_hazards(chosen, world, month_end(month))
    page = Page(
        "hazards",
        columns,
        make_rows(frame.with_columns(("更正：" + pl.col("location")).alias("location")), columns),
    )
    for row in page.rows:
        row.mistakes.append(Mistake("corrected_same_day", "", "issue:version_tie"))
    return [Export(LAW_FOLDER, "隐患台账更正_2025-03-31.csv", "csv", [page])]
