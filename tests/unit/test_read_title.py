"""What the rows above a header say."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.ingest.read_title import read_title

OWN = {"企业名录", "网格员花名册"}


@pytest.mark.parametrize(
    ("line", "day", "clock"),
    [
        ("导出时间：2026-10-05 14:30", date(2026, 10, 5), "14:30:00"),
        ("导出时间:2026年10月5日 14:30:05", date(2026, 10, 5), "14:30:05"),
        ("数据截止2026.9.30", date(2026, 9, 30), None),
        ("数据截至 2026年9月", date(2026, 9, 30), None),
        ("填报日期：２０２６/１０/５", date(2026, 10, 5), None),
        ("制表日期: 20261005", date(2026, 10, 5), None),
        ("制表日期：2026-10-09  导出时间：2026-10-05", date(2026, 10, 5), None),
        ("统计期间：2026-01-01至2026-09-30", None, None),
        ("填报日期：   年  月  日", None, None),
    ],
)
def test_read_title_when_a_day_is_labelled_then_the_strongest_label_counts(
    line: str, day: date | None, clock: str | None
) -> None:
    facts = read_title([["企业名录"], [line]], "Sheet1", OWN)
    assert facts.exported_on == day
    assert facts.exported_clock == clock


def test_read_title_when_label_and_value_stand_in_two_cells_then_they_belong_together() -> None:
    row = ["填报单位：", "玉山镇", None, "导出时间：", "2026-10-05", "单位：", "万元"]
    facts = read_title([row], "", OWN)
    assert facts.filer == "玉山镇"
    assert facts.exported_on == date(2026, 10, 5)
    assert facts.unit == "万元"


def test_read_title_when_all_stands_in_one_cell_then_the_parts_are_told_apart() -> None:
    facts = read_title([["填报单位：玉山镇安监办填报日期：2026-10-05 单位：元"]], "", OWN)
    assert facts.filer == "玉山镇安监办"
    assert facts.unit == "元"


def test_read_title_when_only_the_filing_body_is_named_then_there_is_no_unit() -> None:
    assert read_title([["填报单位：玉山镇"]], "", OWN).unit is None


@pytest.mark.parametrize(
    ("title", "sheet", "is_full"),
    [
        ("企业名录（全量）", "", True),
        ("企业名录", "花名册", True),
        ("网格员花名册", "", False),
        ("企业名录", "Sheet1", False),
    ],
)
def test_read_title_when_a_word_goes_beyond_the_own_titles_then_the_list_is_full(
    title: str, sheet: str, is_full: bool
) -> None:
    assert read_title([[title]], sheet, OWN).says_full_list == is_full


def test_read_title_when_there_is_no_row_above_then_nothing_is_said() -> None:
    facts = read_title([], "Sheet1", OWN)
    assert (facts.text, facts.filer, facts.unit, facts.exported_on) == ("", None, None, None)
