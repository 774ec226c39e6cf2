"""Files of visits of the law platform, and how visits are written anywhere.

Belongs here: which visit files exist, what falls into each.
Does not belong here: layouts (event_layouts.py), hazards (plan_hazards.py), mistakes.
"""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from pipelines.demo import event_layouts as layouts
from pipelines.demo import words
from pipelines.demo.layouts import parse_layout
from pipelines.demo.pages import Export, Mistake, Page
from pipelines.demo.plan_registers import LAW_FOLDER, make_rows
from pipelines.demo.tenancies import month_start
from pipelines.demo.world import MONTHS_BACKFILL, World

#: Month whose expert visits come in one undated file of their own (2025-05).
EXPERT_MONTH = 52
#: Month whose peer visits come in a file with an impossible date in its name (2025-02).
PEER_MONTH = 49
#: Files of law visits: first and last month. Two months a file at first, then one.
LAW_PERIODS = tuple((month, month + 1) for month in range(34, 46, 2)) + tuple(
    (month, month) for month in range(46, 58)
)
#: The file that is a web page under the name of a workbook (2025-10).
WEB_PAGE = 17
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


def dress_visits(visits: pl.DataFrame, world: World, *, names_site: bool) -> pl.DataFrame:
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


def only_day(frame: pl.DataFrame) -> pl.DataFrame:
    """Visits without the time of day."""
    return frame.with_columns(pl.col("_day").alias("inspected_on"))


def plan_law_visits(world: World, number: int) -> Export:
    """One file of visits of the law platform: ``number`` in ``LAW_PERIODS``."""
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
    visits = pl.concat([visits, _find_corrected(world, number)])
    frame = dress_visits(visits, world, names_site=number % 2 == 0)
    if layout == layouts.INSPECTIONS_UTF16:
        frame = only_day(frame)
    page = Page("inspections", columns, make_rows(frame, columns))
    for row, is_told_twice in zip(
        page.rows, frame.select(_is_corrected()).to_series(), strict=True
    ):
        row.is_kept = is_told_twice
    if layout == layouts.INSPECTIONS_BOOK:
        _dress_book(page, month_end(last), kind)
    name = _name_period("检查记录", first, last)
    suffix = "xls" if number == 14 else suffix  # one workbook under the wrong suffix
    if number == WEB_PAGE:
        kind, encoding = "html", "gb18030"
    return Export(LAW_FOLDER, f"{name}.{suffix}", kind, [page], encoding)


def _is_corrected() -> pl.Expr:
    """Visits whose unit is put right in the next file."""
    return (pl.col("visit_no") % 31 == 0) & (pl.col("month") == pl.col("reported_month"))


def _find_corrected(world: World, number: int) -> pl.DataFrame:
    """Visits of the file before, told again with another unit."""
    if number == 0:
        return world.inspections.clear()
    first, last = LAW_PERIODS[number - 1]
    chosen = world.inspections.filter(
        ~pl.col("is_grid")
        & pl.col("month").is_between(first, last)
        & _is_corrected()
        & ~_is_expert()
        & ~_is_peer()
    )
    return chosen.with_columns((pl.col("town") + "综合行政执法局").alias("unit"))


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


def plan_expert_visits(world: World) -> Export:
    """Expert visits without a date in the name: known by their newest visit."""
    columns = parse_layout(layouts.INSPECTIONS_EXPERT)
    visits = world.inspections.filter(~pl.col("is_grid") & _is_expert())
    frame = only_day(dress_visits(visits, world, names_site=True))
    page = Page("inspections", columns, make_rows(frame, columns))
    return Export(LAW_FOLDER, "专家检查记录补报.csv", "csv", [page], "utf-8")


def plan_peer_visits(world: World) -> Export:
    """Peer visits in a file whose name carries a day years ahead."""
    columns = parse_layout(layouts.INSPECTIONS_PLAIN)
    visits = world.inspections.filter(~pl.col("is_grid") & _is_peer())
    frame = dress_visits(visits, world, names_site=True)
    page = Page("inspections", columns, make_rows(frame, columns))
    page.mistakes.append(Mistake("file_date_ignored", "", "issue:file_date_ignored"))
    return Export(LAW_FOLDER, "互查检查记录_2029-12-31.csv", "csv", [page], "utf-8")
