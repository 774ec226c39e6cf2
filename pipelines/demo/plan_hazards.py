"""Ledgers of hazards of the law platform, and how hazards are written anywhere.

Belongs here: which ledgers exist, what each says again, and its day.
Does not belong here: layouts (event_layouts.py), visits (plan_visits.py), mistakes.
"""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from pipelines.demo import event_layouts as layouts
from pipelines.demo import words
from pipelines.demo.layouts import parse_layout
from pipelines.demo.pages import Export, Mistake, Page
from pipelines.demo.plan_registers import LAW_FOLDER, make_rows
from pipelines.demo.plan_visits import month_end
from pipelines.demo.states import cut_hazards, find_changed
from pipelines.demo.tenancies import month_start
from pipelines.demo.world import MONTHS_BACKFILL, World

BACKFILL_DAY = date(2023, 11, 5)
#: Month whose ledger is corrected on its own day (2025-03).
TIED_MONTH = 50
#: Half month whose header says nothing of the unit of money (2025-04).
UNITLESS_MONTH = 51


def dress_hazards(hazards: pl.DataFrame, world: World, day: date) -> pl.DataFrame:
    """Canonical columns of hazards as known on ``day``."""
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


def plan_law_hazards(world: World, month: int) -> Export:
    """Hazards of this month and the last, and older ones that changed since the last ledger."""
    day = month_end(month)
    before = BACKFILL_DAY if month == MONTHS_BACKFILL else month_end(month - 1)
    law = world.hazards.filter(~pl.col("is_grid"))
    reported = (pl.col("reported_month") <= month) & (pl.col("month") >= MONTHS_BACKFILL)
    is_recent = reported & (pl.col("reported_month") >= month - 1)
    is_known = reported | (pl.col("month") < MONTHS_BACKFILL)
    chosen = law.filter(is_recent | (is_known & find_changed(before, day)))
    is_book = month % 3 == 0
    columns = parse_layout(layouts.HAZARDS_BOOK if is_book else layouts.HAZARDS_PLAIN)
    page = Page("hazards", columns, make_rows(dress_hazards(chosen, world, day), columns))
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


def plan_half_month(world: World, month: int) -> Export:
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
    page = Page("hazards", columns, make_rows(dress_hazards(chosen, world, day), columns))
    page.mistakes += mistakes
    return Export(LAW_FOLDER, f"隐患台账_{first:%Y%m%d}-{day:%Y%m%d}.csv", "csv", [page])


def plan_corrections(world: World) -> Export:
    """A correction of a ledger sent on the ledger's own day: which came later nobody can say."""
    month = TIED_MONTH
    chosen = world.hazards.filter(
        ~pl.col("is_grid") & (pl.col("reported_month") == month) & (pl.col("month") == month)
    ).head(8)
    columns = parse_layout(layouts.HAZARDS_PLAIN)
    frame = dress_hazards(chosen, world, month_end(month))
    page = Page(
        "hazards",
        columns,
        make_rows(frame.with_columns(("更正：" + pl.col("location")).alias("location")), columns),
    )
    for row in page.rows:
        row.mistakes.append(Mistake("corrected_same_day", "", "issue:version_tie"))
    return Export(LAW_FOLDER, "隐患台账更正_2025-03-31.csv", "csv", [page])
