"""The round's workbook read back by another library: layout, checks, protection, safety."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date
from io import BytesIO

import openpyxl
import polars as pl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from snapshot_fixture import make_rows
from snapshot_rounds import inputs

from app import words
from app.round_text import RoundTables, say_reasons, say_stratum
from app.round_workbook import COLUMNS, INPUTS, write_round
from pipelines.rounds.tables import lay_round

FORMULA = '=HYPERLINK("http://evil.example","点我")'
NAMES = [name for name, _ in COLUMNS]


@pytest.fixture(scope="module")
def tables() -> RoundTables:
    rows = make_rows(random.Random(7), scores_only=False)
    for park in rows["dim_parks"][:10]:  # five of them are key visits, others may be drawn
        park["park_name"] = FORMULA
        park["address"] = "+86-512"
    for one in rows["dim_enterprises"][::2]:
        one["enterprise_name"] = "@SUM(A1)"
    frames = lay_round(inputs(rows, date(2026, 10, 31), 11))
    return RoundTables(frames.rounds.row(0, named=True), frames.round_lines, frames.round_frame)


@pytest.fixture(scope="module")
def book(tables: RoundTables) -> Workbook:
    return openpyxl.load_workbook(BytesIO(write_round(tables)))


@pytest.fixture
def english() -> Iterator[None]:
    words.choose_language("en")
    yield
    words.choose_language(None)


def column(page: Worksheet, name: str) -> list:
    at = NAMES.index(name) + 1
    return [page.cell(row, at).value for row in range(4, page.max_row + 1)]


def test_workbook_when_read_back_then_has_list_method_and_hidden_words(book: Workbook) -> None:
    assert [(s.title, s.sheet_state) for s in book.worksheets] == [
        ("检查计划", "visible"), ("抽取说明", "visible"), ("字典", "hidden"),
    ]  # fmt: skip
    page = book["检查计划"]
    assert page["A1"].value == "苏州市吴江区检查计划（2026-11-01 至 2026-11-30）"
    assert "数据截至 2026-10-31" in page["A2"].value and "20261101-" in page["A2"].value
    header = [cell.value for cell in page[3]]
    assert header == [
        "序号", "类别", "对象类型", "名称", "所属镇街", "地址", "排名", "风险得分", "理由",
        "入选概率", "上次检查", "未整改隐患", "检查日期", "检查人员", "结果", "发现隐患数",
        "备注", "对象编号",
    ]  # fmt: skip
    assert column(page, "place") == list(range(1, 21))
    assert set(column(page, "part")) == {"必查", "重点", "随机"}


def test_workbook_when_printed_then_set_up_for_a4(book: Workbook) -> None:
    page = book["检查计划"]
    assert page.freeze_panes == "E4"
    assert page.auto_filter.ref == "A3:R23"
    assert page.print_title_rows == "$1:$3"
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    # one page wide (the default of the format), as many high as it takes
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert (page.page_setup.fitToWidth or 1, page.page_setup.fitToHeight) == (1, 0)
    assert page.print_area == "'检查计划'!$A$1:$Q$23"
    assert page.column_dimensions["R"].hidden


def test_workbook_when_protected_then_only_yellow_cells_are_open(book: Workbook) -> None:
    page = book["检查计划"]
    assert page.protection.sheet
    for row in page.iter_rows(min_row=1, max_row=23):
        for cell in row:
            is_input = cell.row > 3 and NAMES[cell.column - 1] in INPUTS
            assert cell.protection.locked is not is_input, cell.coordinate
            if is_input:
                assert cell.fill.fgColor.rgb == "FFFFF6CC" and cell.value is None


def test_workbook_when_filled_in_then_dates_results_and_counts_are_checked(book: Workbook) -> None:
    checks = {str(check.sqref): check for check in book["检查计划"].data_validations.dataValidation}
    day = checks["M4:M23"]
    # 2026-11-01 and 2026-11-30 as Excel counts days
    assert (day.type, day.operator or "between", day.formula1, day.formula2) == (
        "date", "between", "46327", "46356",
    )  # fmt: skip
    result = checks["O4:O23"]
    assert (result.type, result.formula1) == ("list", "'字典'!$A$1:$A$4")
    assert [row[0].value for row in book["字典"].iter_rows()] == [
        "未发现问题", "发现问题", "拒绝检查", "未开门",
    ]  # fmt: skip
    count = checks["P4:P23"]
    assert (count.type, count.operator, count.formula1) == ("whole", "greaterThanOrEqual", "0")


def test_workbook_when_a_name_is_a_formula_then_it_is_text_everywhere(
    book: Workbook, tables: RoundTables
) -> None:
    listed = column(book["检查计划"], "name")
    assert f"'{FORMULA}" in listed and "'@SUM(A1)" in listed
    assert "'@SUM(A1)" in [row[1].value for row in book["抽取说明"].iter_rows(max_col=2)]
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f" and cell.hyperlink is None
                assert not str(cell.value or "").startswith(("=", "@", "+"))


def test_workbook_when_read_back_then_equals_the_lines(book: Workbook, tables: RoundTables) -> None:
    page = book["检查计划"]
    lines = tables.lines.filter(pl.col("part") != "left").sort("place")
    assert column(page, "subject_id") == lines["subject_id"].to_list()
    assert column(page, "inclusion_probability") == pytest.approx(
        lines["inclusion_probability"].to_list()
    )
    assert column(page, "rank") == lines["rank"].to_list()
    assert column(page, "why") == say_reasons(lines, tables.frame).to_list()


def test_method_when_read_back_then_strata_left_and_decisions_are_there(
    book: Workbook, tables: RoundTables
) -> None:
    texts = [row[0].value for row in book["抽取说明"].iter_rows(max_col=1)]
    said = "\n".join(str(text) for text in texts if text)
    assert "可检查 20 家次：必查 6、重点 7、随机 7。" in said
    assert "种子 11" in said and "parkrisk round verify 20261101-" in said
    assert "“没有这家企业”没有对上任何排名对象" in said
    assert "另有 3 条未销号隐患没有对上" in said
    beside = json.loads(tables.round["rules"])["hazards_beside"]
    assert f"其他等级的隐患有 {beside} 条" in said and beside > 0
    left = tables.lines.filter(part="left").height
    assert f"未排入的必查（{left} 家）" in texts
    at = texts.index("分层与入选概率") + 3
    sheet = book["抽取说明"]
    strata = [[cell.value for cell in sheet[row][:5]] for row in range(at, at + 7)]
    assert [row[0] for row in strata] == list(range(1, 8))
    # N of all strata is the random frame, n the random visits, and the last column n/N
    in_frame = tables.frame["stratum"].count()
    assert sum(row[2] for row in strata) == in_frame
    assert sum(row[3] for row in strata) == 7
    assert all(row[4] == pytest.approx(row[3] / row[2]) for row in strata)
    decisions = texts.index("人工决定")
    assert [cell.value for cell in sheet[decisions + 3]][3::2] == ["指定入选", "信访举报"]


def test_reasons_when_said_then_name_code_days_and_figures() -> None:
    base = {
        **dict.fromkeys(("decision", "decision_reason", "hazard_code", "stratum", "duty")),
        **{f"{k}_{i}": None for k in ("reason", "value") for i in (1, 2, 3)},
        "unit": "park", "level": "重大", "duty_days": 1463, "count_due": 1, "rank": 3,
        "found_on": date(2025, 4, 5),
    }  # fmt: skip
    lines = [
        base | {"part": "duty", "duty": "overdue", "hazard_code": "YH-1"},
        base | {"part": "duty", "duty": "recheck", "duty_days": 9, "count_due": 3},
        base | {"part": "duty", "decision": "include", "decision_reason": "信访举报"},
        base | {"part": "key", "reason_1": "hazards_open", "value_1": 2.0,
                "reason_2": "visits_12m", "value_2": 0.0},
        base | {"part": "key", "unit": "enterprise"},
        base | {"part": "random", "stratum": "enterprise|甪安镇"},
    ]  # fmt: skip
    frame = pl.DataFrame(
        {
            "stratum": ["enterprise|甪安镇", None], "count_stratum": [228, None],
            "count_drawn": [3, None], "inclusion_probability": [3 / 228, 1.0],
        }
    )  # fmt: skip
    assert say_reasons(pl.DataFrame(lines, infer_schema_length=None), frame).to_list() == [
        "重大隐患 YH-1 逾期 1,463 天未整改",
        "重大隐患 (无编号，2025-04-05 发现) 已整改 9 天，尚未复查；另有 2 条应查",
        "人工指定：信访举报",
        "园区风险排名第 3 位：未整改隐患 2 条；近12个月检查 0 家次",
        "企业风险排名第 3 位",
        "随机抽取：企业·甪安镇 228 家中抽 3 家",
    ]


def test_stratum_when_merged_then_members_are_named_up_to_three() -> None:
    assert say_stratum("park|甲镇+park|?") == "园区·甲镇、园区·(未填)"
    assert say_stratum("+".join(f"park|镇{n}" for n in range(5))) == "园区·镇0等 5 层"


def test_workbook_when_english_then_says_so_and_stays_the_same_list(
    tables: RoundTables, english: None
) -> None:
    page = openpyxl.load_workbook(BytesIO(write_round(tables)))["Round"]
    assert page["D3"].value == "Name"
    assert set(column(page, "part")) == {"Duty", "Key", "Random"}
    assert len(column(page, "place")) == 20


def test_workbook_when_written_twice_then_the_same_bytes(tables: RoundTables) -> None:
    assert write_round(tables) == write_round(tables)
