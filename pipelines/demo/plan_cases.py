"""Ledgers of cases: one row a case at first, one row a party later.

Belongs here: which case files exist, what each says again, wide and long form.
Does not belong here: layouts (safety_layouts.py), the cases (cases.py), mistakes.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from pipelines.demo import safety_layouts as layouts
from pipelines.demo import words
from pipelines.demo.cases import cut_cases, find_changed_cases
from pipelines.demo.layouts import parse_layout
from pipelines.demo.pages import Export, Mistake, Page
from pipelines.demo.plan_hazards import BACKFILL_DAY
from pipelines.demo.plan_registers import LAW_FOLDER, make_rows
from pipelines.demo.plan_visits import month_end
from pipelines.demo.tenancies import month_start
from pipelines.demo.world import World

#: Two months a file, from 2023-11 on.
CASE_PERIODS = tuple((month, month + 1) for month in range(34, 58, 2))
#: From this file on the ledger has one row a party (2025).
FIRST_LONG = 7
#: File whose headers say nothing of the unit of money (2024-05/06).
UNITLESS = 3
#: How the numbers of a file write their year.
BRACKETS = ("〔〕", "[]", "（）", "【】")
#: Layout, kind of bytes, encoding, suffix; the third is tab text under the name of a workbook.
WIDE_STYLES = (
    (layouts.CASES_WIDE_BOOK, "xlsx", "", "xlsx"),
    (layouts.CASES_WIDE_TEXT, "csv", "gb18030", "csv"),
    (layouts.CASES_WIDE_TEXT, "tsv", "gb18030", "xls"),
)
LONG_STYLES = (
    (layouts.CASES_LONG, "csv", "utf-8-sig", "csv"),
    (layouts.CASES_LONG_BOOK, "xlsx", "", "xlsx"),
)
CREDIT_KINDS = {"单位": "法人及非法人组织", "个人": "自然人"}
OLD_CAUSES = {"事前": "监督类", "事故": "事故类"}


def plan_cases(world: World) -> list[Export]:
    """All case ledgers, the backfill first."""
    ledgers = [_plan_ledger(world, number) for number in range(len(CASE_PERIODS))]
    return [_plan_backfill(world), *ledgers]


def widen(cases: pl.DataFrame, brackets: str) -> pl.DataFrame:
    """Canonical columns, one row a case; a person alone stands where the unit would."""
    alone = pl.col("by_person")
    return _number(cases, brackets).with_columns(
        pl.when(alone).then("person_name").otherwise("party_name").alias("party_name"),
        pl.when(alone).then(pl.lit("个人")).otherwise(pl.lit("单位")).alias("party_kind"),
        pl.when(~alone).then("uscc").alias("uscc"),
        pl.when(alone).then("person_fine").otherwise("fine").alias("fine"),
        pl.when(~alone).then("person_name").alias("person_name"),
        pl.when(~alone).then("person_fine").alias("person_fine"),
        _remark(),
    )


def lengthen(cases: pl.DataFrame, brackets: str) -> pl.DataFrame:
    """Canonical columns, one row a party: the unit, the person, a second person."""
    numbered = _number(cases, brackets).with_columns(
        pl.int_range(pl.len()).alias("_at"), _has_paid().alias("_paid")
    )
    firm = pl.coalesce("party_name", "party_enterprise")
    unit = numbered.filter(~pl.col("by_person")).with_columns(
        pl.lit("单位").alias("party_kind"), pl.lit(0).alias("_party"),
        pl.when("_paid").then(pl.lit("罚款已缴清")).alias("remark"),
        pl.lit(None, dtype=pl.String).alias("party_enterprise"),
    )  # fmt: skip
    persons = [
        numbered.filter(pl.col(name).is_not_null()).with_columns(
            firm.alias("party_enterprise"), pl.col(name).alias("party_name"),
            pl.lit("个人").alias("party_kind"), pl.lit(None, dtype=pl.String).alias("uscc"),
            pl.when("_paid").then("当事人" + pl.col(name) + "已缴清罚款").alias("remark"),
            pl.col("person_fine").alias("fine"), pl.lit(number).alias("_party"),
            pl.lit(None, dtype=pl.Int64).alias("confiscated"),
            pl.lit(None, dtype=pl.Int64).alias("exempted"),
        )
        for number, name in ((1, "person_name"), (2, "second_person"))
    ]  # fmt: skip
    return pl.concat([unit, *persons], how="diagonal").sort("_at", "_party")


def _number(cases: pl.DataFrame, brackets: str) -> pl.DataFrame:
    left, right = brackets
    year, running = pl.col("case_year").cast(pl.String), pl.col("case_running").cast(pl.String)
    number = pl.concat_str(pl.lit(left), year, pl.lit(right), running, pl.lit("号"))
    return cases.with_columns(
        ("澄应急罚立" + number).alias("case_no"),
        pl.when(pl.col("decided_on").is_not_null())
        .then("澄应急罚决" + number)
        .alias("decision_no"),
    )


def _remark() -> pl.Expr:
    """Every ninth case says in words who has paid."""
    return (
        pl.when(_has_paid() & pl.col("person_name").is_not_null())
        .then("当事人" + pl.col("person_name") + "已缴清罚款")
        .when(_has_paid())
        .then(pl.lit("罚款已缴清"))
        .alias("remark")
    )


def _has_paid() -> pl.Expr:
    is_fined = pl.any_horizontal(pl.col("fine", "person_fine").is_not_null())
    return (pl.col("case_running") % 9 == 4) & pl.col("closed_on").is_not_null() & is_fined


def _plan_ledger(world: World, number: int) -> Export:
    """Cases filed in two months, and older ones that moved on since the last ledger."""
    first, last = CASE_PERIODS[number]
    day = month_end(last)
    before = BACKFILL_DAY if number == 0 else month_end(CASE_PERIODS[number - 1][1])
    known = cut_cases(world.cases.filter(find_changed_cases(before, day)), day)
    brackets = BRACKETS[number % len(BRACKETS)]
    is_long = number >= FIRST_LONG
    styles = LONG_STYLES if is_long else WIDE_STYLES
    text, kind, encoding, suffix = styles[number % len(styles)]
    mistakes: list[Mistake] = []
    if number == UNITLESS:
        text = text.replace("罚款金额(万元)", "罚款金额").replace("tens_of_thousands", "typed", 1)
        mistakes = [Mistake("unit_unsaid", "fine", "issue:unit_assumed")]
    frame = lengthen(known, brackets) if is_long else widen(known, brackets)
    if is_long:
        frame = frame.with_columns(pl.col("party_kind").replace(CREDIT_KINDS))
    if text is layouts.CASES_WIDE_TEXT:
        frame = frame.with_columns(pl.col("cause_kind").replace(OLD_CAUSES))
    columns = parse_layout(text)
    page = Page("cases", columns, make_rows(frame, columns))
    page.mistakes += mistakes
    if kind == "xlsx":
        _dress_book(page, day)
    title = "行政处罚公示" if is_long else "行政处罚台账"
    name = f"{title}_{month_start(first):%Y%m%d}-{day:%Y%m%d}.{suffix}"
    return Export(LAW_FOLDER, name, kind, [page], encoding)


def _dress_book(page: Page, day: date) -> None:
    page.sheet = "案件明细"
    page.above = [
        [f"{words.DISTRICT}应急管理局行政处罚台账"],
        [f"数据截止：{day.year}年{day.month}月{day.day}日"],
    ]
    page.footers = [["制表人：法规科"], ["共{count}条"]]


def _plan_backfill(world: World) -> Export:
    """Cases of the years before the bureau joined."""
    known = cut_cases(world.cases, BACKFILL_DAY)
    columns = parse_layout(layouts.CASES_HISTORY)
    frame = widen(known, BRACKETS[1]).with_columns(pl.col("cause_kind").replace(OLD_CAUSES))
    page = Page("cases", columns, make_rows(frame, columns))
    name = f"行政处罚台账_2021年至2023年_历史数据导出{BACKFILL_DAY:%Y%m%d}.csv"
    return Export(LAW_FOLDER, name, "csv", [page])
