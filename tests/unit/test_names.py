"""What file names say: dates, titles, full lists."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from landing_fixture import tables_of

from pipelines.contracts.load_contracts import load_contracts
from pipelines.ingest.dates_in_text import date_of_name
from pipelines.ingest.names import hint_of

CONTRACTS = load_contracts(None)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("隐患台账_2026-10.csv", date(2026, 10, 31)),
        ("隐患台账_20261005.xlsx", date(2026, 10, 5)),
        ("隐患台账2026年10月5日.xls", date(2026, 10, 5)),
        ("隐患台账2026年2月.csv.gz", date(2026, 2, 28)),
        ("隐患台账（２０２６．１０．５）.csv", date(2026, 10, 5)),
        ("隐患台账202402.csv", date(2024, 2, 29)),
        ("隐患台账2026年第3季度.csv", date(2026, 9, 30)),
        ("隐患台账2026年一季度.csv", date(2026, 3, 31)),
        ("hazards_2026Q4.csv", date(2026, 12, 31)),
        ("隐患台账2026年上半年.csv", date(2026, 6, 30)),
        ("hazards_2026H2.csv", date(2026, 12, 31)),
        ("隐患台账2026年1-6月.csv", date(2026, 6, 30)),
        ("隐患台账2026年1月至11月.csv", date(2026, 11, 30)),
        ("隐患台账20260101-20260930.csv", date(2026, 9, 30)),
        ("隐患台账2026-01-01至2026-06-30.csv", date(2026, 6, 30)),
        ("隐患台账2026年1月1日-6月30日.csv", date(2026, 6, 30)),
        ("2026-05-02-hazards-2019-01.csv", date(2026, 5, 2)),
        ("导出20260101_隐患台账_20260915.csv", date(2026, 9, 15)),
        ("隐患台账_20261005153000.csv", date(2026, 10, 5)),
        ("隐患台账_20261005_201211.csv", date(2026, 10, 5)),
        ("隐患台账_2026-10-05-11-30.csv", date(2026, 10, 5)),
        ("隐患台账2026.1.1~3.31.csv", date(2026, 3, 31)),
        ("隐患台账2026.csv", None),
        ("隐患台账2026年度.csv", None),
        ("scores_0620.xlsx", None),
        ("隐患台账_2026-02-30.csv", None),
        ("隐患台账_20261345.csv", None),
        ("2025-2026年隐患台账.csv", None),
        ("隐患台账.csv", None),
        ("2015-07-01-public_housing_physical_inspection_scores.xlsx", date(2015, 7, 1)),
        ("2020-09-18-public_housing_physical_inspection_scores_0620.xlsx", date(2020, 9, 18)),
    ],
)
def test_date_of_name_when_written_in_many_ways_then_the_rule_of_the_dictionary_holds(
    name: str, day: date | None
) -> None:
    assert date_of_name(name) == day


def test_hint_when_there_are_several_names_then_the_earliest_date_counts_in_any_order() -> None:
    names = ["隐患台账_2026-10.csv", "copy of 隐患台账_2026-09-15.csv", "隐患.csv"]
    assert hint_of(names, CONTRACTS).named_on == date(2026, 9, 15)
    assert hint_of(names, CONTRACTS) == hint_of(names[::-1], CONTRACTS)


def test_hint_when_a_name_holds_titles_then_all_of_them_are_kept_sorted() -> None:
    assert hint_of(["简易隐患.csv"], CONTRACTS).titles == ("简易隐患",)
    assert "网格巡查" in hint_of(["网格巡查台账.csv"], CONTRACTS).titles
    found = hint_of(["承租企业清单全量.csv"], CONTRACTS).titles
    assert found == ("企业清单", "全量", "承租企业清单")


def test_hint_when_no_name_says_anything_then_it_is_empty() -> None:
    hint = hint_of(["新建文件.csv"], CONTRACTS)
    assert hint.named_on is None
    assert hint.titles == ()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("组织机构与网格_2026-06-30.csv", None),  # the list's own name is no kind of unit
        ("网格清单_2026-06-30.csv", "网格"),
        ("组织机构与网格_检查小组_2026-06-30.csv", "检查小组"),
    ],
)
def test_word_in_a_name_when_it_is_the_lists_own_title_then_it_says_nothing_of_rows(
    name: str, kind: str | None, tmp_path: Path
) -> None:
    text = "机构编号,机构名称,上级机构,启用日期,停用日期\nU1,东片,青川镇,2020-01-01,\n"
    for above in ("", f"{name.split('_2026')[0]}\n"):
        assert tables_of(tmp_path, above + text, name)["units"]["kind"].to_list() == [kind]
