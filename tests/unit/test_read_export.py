"""Whole files: text and workbooks in, recognised sheets or a refusal out."""

from __future__ import annotations

import gzip
import io
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.contracts.load_contracts import load_contracts
from pipelines.ingest.read_export import read_export
from pipelines.ingest.sheets import ReadFile, Sheet

BUILT_IN = load_contracts(None)
VISITS = "检查编号,企业名称,检查日期,检查类型,检查人员,检查结果\n"
ROW = "J1,甲厂,2026-10-05,执法检查,张某,发现问题\n"


def read(folder: Path, raw: bytes | str, name: str = "导出.csv", contracts=None) -> ReadFile:
    path = folder / "file"
    path.write_bytes(raw.encode() if isinstance(raw, str) else raw)
    return read_export(path, [name], contracts or BUILT_IN)


def read_one(folder: Path, raw: bytes | str, name: str = "导出.csv") -> Sheet:
    found = read(folder, raw, name)
    assert found.refusal is None, found.refusal
    assert len(found.sheets) == 1
    return found.sheets[0]


def make_xlsx(sheets: dict[str, Sequence[Sequence[object]]], **options: object) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, **options})
    day = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(r, c, value, day)
                elif value is not None:
                    sheet.write(r, c, value)
    book.close()
    return stream.getvalue()


def make_xls(rows: Sequence[Sequence[object]], is_1904: bool = False) -> bytes:
    book = xlwt.Workbook()
    book.dates_1904 = is_1904
    sheet = book.add_sheet("表1")
    style = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            sheet.write(r, c, value, style) if isinstance(value, date) else sheet.write(r, c, value)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def columns_of(sheet: Sheet) -> dict[str, str | None]:
    return {m.header: m.column for m in sheet.mapping}


def values(sheet: Sheet, column: str) -> list[str | None]:
    cell = next(m.cell for m in sheet.mapping if m.column == column)
    return sheet.cells[cell].to_list()


def test_read_export_when_a_plain_csv_comes_then_its_columns_are_mapped(tmp_path: Path) -> None:
    found = read(tmp_path, (VISITS + ROW).encode("gb18030"))
    sheet = found.sheets[0]
    assert (found.kind, found.encoding, sheet.name) == ("csv", "gb18030", "")
    assert sheet.match.contract.name == "inspections"
    assert sheet.match.score == pytest.approx(1.0)
    assert columns_of(sheet) == {
        "检查编号": "inspection_id", "企业名称": "enterprise_name", "检查日期": "inspected_on",
        "检查类型": "kind", "检查人员": "inspectors", "检查结果": "result",
    }  # fmt: skip
    assert sheet.cells.columns == ["_row_number", "c0", "c1", "c2", "c3", "c4", "c5"]
    assert sheet.cells["_row_number"].to_list() == [2]
    assert sheet.numeric.width == 0


@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_read_export_when_another_separator_is_used_then_it_is_found(
    tmp_path: Path, separator: str
) -> None:
    text = "问题隐患清单\n" + (VISITS + ROW * 3).replace(",", separator)
    assert read_one(tmp_path, text).cells.height == 3


def test_read_export_when_text_cells_hold_separators_then_the_even_one_wins(tmp_path: Path) -> None:
    row = "J1|甲厂|2026-10-05|执法检查|张,王,李,赵,钱,孙,周|发现问题\n"
    assert read_one(tmp_path, VISITS.replace(",", "|") + row * 3).cells.height == 3


def test_read_export_when_a_cell_holds_line_breaks_then_row_numbers_stay_physical(
    tmp_path: Path,
) -> None:
    text = VISITS + 'J1,"甲\n厂",2026-10-05,执法检查,张某,发现问题\n\n' + ROW
    sheet = read_one(tmp_path, text)
    assert sheet.cells["_row_number"].to_list() == [2, 5]
    assert values(sheet, "enterprise_name") == ["甲\n厂", "甲厂"]
    assert sheet.dropped["blank"] == 1


def test_read_export_when_a_quote_is_never_closed_then_no_row_is_swallowed(tmp_path: Path) -> None:
    refusal = read(tmp_path, VISITS + ROW + 'J2,"甲厂,2026-10-05,执法检查\n' + ROW).refusal
    assert refusal is not None
    assert refusal.code == "unreadable"
    assert "line 3" in refusal.sentence


def test_read_export_when_a_gzip_is_named_csv_then_content_decides(tmp_path: Path) -> None:
    assert read_one(tmp_path, gzip.compress((VISITS + ROW).encode())).cells.height == 1


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_read_export_when_a_workbook_comes_then_cells_are_text_and_numbers_are_known(
    tmp_path: Path, pack
) -> None:
    rows = [
        ["企业名称", "检查日期", "检查类型", "检查人员", "发现隐患数", "评分", "统一社会信用代码"],
        ["甲厂", datetime(2026, 10, 5), "互查", "张某", 3, 86.5, 913205821234567890],
        ["乙厂", datetime(2026, 10, 5, 9, 30), "互查", "张某", "4", True, "91320582MA1X"],
    ]
    sheet = read_one(tmp_path, pack(make_xlsx({"检查": rows})))
    assert values(sheet, "inspected_on") == ["2026-10-05", "2026-10-05 09:30:00"]
    assert values(sheet, "hazard_count") == ["3", "4"]
    assert values(sheet, "score") == ["86.5", "TRUE"]
    assert values(sheet, "uscc") == ["913205821234568000", "91320582MA1X"]
    assert sheet.numeric.columns == ["c4", "c5", "c6"]
    assert sheet.numeric["c4"].to_list() == [True, False]
    assert sheet.cells["_row_number"].to_list() == [2, 3]


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_read_export_when_a_biff_workbook_comes_then_it_is_read(tmp_path: Path, pack) -> None:
    rows = [
        ["企业名称", "检查日期", "检查类型", "检查人员", "发现隐患数"],
        ["甲厂", datetime(2026, 10, 5), "互查", "张某", 3],
    ]
    found = read(tmp_path, pack(make_xls(rows)))
    assert found.kind == "xls"
    assert values(found.sheets[0], "inspected_on") == ["2026-10-05"]
    assert values(found.sheets[0], "hazard_count") == ["3"]
    assert not found.sheets[0].is_1904


def test_read_export_when_a_workbook_counts_from_1904_then_it_says_so(tmp_path: Path) -> None:
    rows = [["企业名称", "检查日期", "检查类型", "检查人员"], ["甲厂", 44000, "互查", "张某"]]
    assert read_one(tmp_path, make_xlsx({"a": rows}, date_1904=True)).is_1904
    assert not read_one(tmp_path, make_xlsx({"a": rows})).is_1904
    assert read_one(tmp_path, make_xls(rows, is_1904=True)).is_1904


def test_read_export_when_a_workbook_is_cut_off_then_it_is_unreadable(tmp_path: Path) -> None:
    rows = [["企业名称", "检查日期"], ["甲厂", "2026-10-05"]] * 300
    for raw in (make_xlsx({"a": rows})[:-900], make_xls(rows)[:4000]):
        refusal = read(tmp_path, raw).refusal
        assert refusal is not None
        assert refusal.code == "unreadable"


def test_read_export_when_title_rows_and_two_header_rows_stand_above_then_both_are_found(
    tmp_path: Path,
) -> None:
    rows = [
        ["2026年隐患台账"],
        ["填报单位：玉山镇", None, None, "单位：万元", None, "填报日期：2026年10月5日"],
        [],
        ["序号", "企业名称", "隐患情况", None, None, "整改", None, None],
        [None, None, "发现\n日期", "隐患描述", "隐患等级", "期限", "完成日期", "整改资金"],
        [1, "甲厂", "2026-09-01", "通道堵塞", "一般", "2026-09-30", "2026-09-15", 0.5],
    ]
    sheet = read_one(tmp_path, make_xlsx({"Sheet1": rows}))
    assert sheet.header_rows == (4, 5)
    assert columns_of(sheet) == {
        "企业名称": "enterprise_name", "发现\n日期": "found_on", "隐患描述": "description",
        "隐患等级": "level", "整改期限": "deadline", "整改完成日期": "rectified_on",
        "整改资金": "cost",
    }  # fmt: skip
    assert next(m.unit for m in sheet.mapping if m.column == "cost") == "万元"
    assert sheet.dropped["title"] == 2
    assert sheet.dropped["blank"] == 1
    assert sheet.dropped["header"] == 2
    assert sheet.title.filer == "玉山镇"
    assert sheet.title.exported_on == date(2026, 10, 5)


def test_read_export_when_a_data_value_is_a_header_word_then_its_row_stays_data(
    tmp_path: Path,
) -> None:
    text = "机构名称,机构类型,上级机构,启用日期,级别名称\n周市镇,镇,昆山市,2020-01-01,街道\n"
    sheet = read_one(tmp_path, text)
    assert sheet.header_rows == (1,)
    assert sheet.cells.height == 1


def test_read_export_when_units_stand_in_brackets_and_in_a_row_then_the_bracket_comes_first(
    tmp_path: Path,
) -> None:
    text = (
        "园区名称,园区类型,出租方,占地面积（亩）,建筑面积,承租企业数\n,,,㎡,平方米,家\n"
        "甲园,厂中厂,某公司,30,2000,5\n"
    )
    sheet = read_one(tmp_path, text)
    units = {m.column: m.unit for m in sheet.mapping}
    assert units["land_area"] == "亩"
    assert units["floor_area"] == "平方米"
    assert units["tenant_count"] == "家"
    assert sheet.dropped["unit"] == 1
    assert sheet.cells["_row_number"].to_list() == [3]


def test_read_export_when_totals_footers_and_repeats_stand_among_rows_then_they_are_counted(
    tmp_path: Path,
) -> None:
    head = "序号,企业名称,检查日期,检查类型,检查人员,发现隐患数\n"
    row = "{0},甲厂,2026-10-0{0},互查,张某,2\n"
    text = (
        "检查台账,,,,,\n" + head + row.format(1) + "小计,,,,,2\n" + head + row.format(2)
        + "3,,,,,\n,,,,,\n合 计,,,,,4\n共2条,,,,,\n备注：无,,,,,\n制表人：李某,,,,,\n"
    )  # fmt: skip
    sheet = read_one(tmp_path, text)
    assert sheet.dropped == {
        "header": 1, "title": 1, "unit": 0, "total": 2, "footer": 3, "repeated_header": 1,
        "blank": 2,
    }  # fmt: skip
    assert sheet.cells["_row_number"].to_list() == [3, 6]
    assert sheet.totals["c5"].to_list() == ["4"]
    assert sheet.totals["_row_number"].to_list() == [9]
    assert sheet.stated_count == 2
    assert sum(sheet.dropped.values()) + sheet.cells.height == 12
    assert "序号" not in columns_of(sheet)


def test_read_export_when_there_is_a_header_only_then_zero_rows_are_loaded(tmp_path: Path) -> None:
    assert read_one(tmp_path, VISITS).cells.height == 0
    assert read_one(tmp_path, VISITS.strip()).cells.height == 0


def test_read_export_when_two_headers_mean_one_column_then_both_are_mapped(tmp_path: Path) -> None:
    text = (VISITS + ROW).replace("\n", ",甲公司\n").replace("检查结果,甲公司", "检查结果,单位名称")
    sheet = read_one(tmp_path, text)
    assert [m.cell for m in sheet.mapping if m.column == "enterprise_name"] == ["c1", "c6"]


def test_read_export_when_columns_are_unknown_then_they_are_kept_under_unique_names(
    tmp_path: Path,
) -> None:
    text = VISITS.strip() + ",天气,天气,\n" + ROW.strip() + ",晴,雨,风\n"
    sheet = read_one(tmp_path, text)
    extra = [m.header for m in sheet.mapping if m.column is None]
    assert extra == ["天气", "天气 (2)", "列I"]


def test_read_export_when_headers_are_dressed_up_then_they_still_match(tmp_path: Path) -> None:
    head = "★企 业 名 称：,*检查\u200b日期,检查类型（必填）,检查人员,ＸＸ\n"
    text = head + "甲厂,2026-10-05,互查,张某,1\n"
    mapped = [m.column for m in read_one(tmp_path, text).mapping]
    assert mapped == ["enterprise_name", "inspected_on", "kind", "inspectors", None]


def test_read_export_when_a_required_column_is_missing_then_the_sentence_says_all(
    tmp_path: Path,
) -> None:
    text = "检查台账\n检查编号,企业名称,检查日子,检查类型,检查人员,检查结果\n" + ROW
    found = read(tmp_path, text)
    assert found.sheets == ()
    assert found.refusal is not None
    assert found.refusal.code == "missing_column"
    for part in (
        "row 2",
        "检查日子",
        "inspected_on",
        "检查日期、检查时间",
        "nearest header here is",
    ):
        assert part in found.refusal.sentence


def test_read_export_when_one_sheet_lacks_a_column_then_the_whole_file_is_refused(
    tmp_path: Path,
) -> None:
    good = [VISITS.strip().split(","), ROW.strip().split(",")]
    bad = [[h if h != "检查日期" else "日子" for h in good[0]], good[1]]
    found = read(tmp_path, make_xlsx({"一月": good, "二月": bad}))
    assert found.sheets == ()
    assert found.refusal is not None
    assert found.refusal.sheet == "二月"
    assert "Sheet '二月'" in found.refusal.sentence


def test_read_export_when_a_sheet_is_a_note_then_it_is_skipped_and_named(tmp_path: Path) -> None:
    rows = [VISITS.strip().split(","), ROW.strip().split(",")]
    raw = make_xlsx({"数据": rows, "填表说明": [["请按要求填写"], ["企业"]], "Sheet3": []})
    found = read(tmp_path, raw)
    assert [sheet.name for sheet in found.sheets] == ["数据"]
    assert [name for name, _ in found.skipped_sheets] == ["填表说明", "Sheet3"]
    assert found.skipped_sheets[1][1] == "no cell"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("\n , \n", "empty"),
        ("姓名,爱好\n张三,围棋\n", "unrecognised"),
        ("甲,乙\n丙,丁\n", "unrecognised"),
    ],
)
def test_read_export_when_nothing_is_recognised_then_the_file_is_refused(
    tmp_path: Path, text: str, code: str
) -> None:
    found = read(tmp_path, text)
    assert found.refusal is not None
    assert found.refusal.code == code


def test_read_export_when_a_file_without_header_is_refused_then_no_cell_is_repeated(
    tmp_path: Path,
) -> None:
    refusal = read(tmp_path, "张三,13812345678,企业\n李四,13912345678,企业\n").refusal
    assert refusal is not None
    assert "张三" not in refusal.sentence
    assert "13812345678" not in refusal.sentence


def test_read_export_when_unrecognised_then_the_best_score_and_unknown_headers_are_told(
    tmp_path: Path,
) -> None:
    refusal = read(tmp_path, "企业名称,所属园区,甲,乙,丙,丁,戊\n一,二,三,四,五,六,七\n").refusal
    assert refusal is not None
    assert refusal.code == "unrecognised"
    assert "甲、乙、丙、丁、戊" in refusal.sentence
    assert "expected 0.60" in refusal.sentence


#: Two contracts that differ in name and title only.
EVEN = (
    "contract: {0}\ntitle: {1}\nfeeds:\n  units:\n    columns:\n"
    "      unit_name: {{headers: [名], required: true}}\n"
)


@pytest.mark.parametrize(
    ("name", "title", "winner"),
    [
        ("x.csv", "", None),
        ("甲表2026.csv", "", "a"),
        ("x.csv", "乙表", "b"),
        ("甲表.csv", "乙表", "b"),
    ],
)
def test_read_export_when_two_contracts_fit_alike_then_a_title_decides_or_the_file_is_refused(
    tmp_path: Path, name: str, title: str, winner: str | None
) -> None:
    folder = tmp_path / "contracts"
    folder.mkdir()
    for contract, word in (("a", "甲表"), ("b", "乙表")):
        (folder / f"{contract}.yml").write_text(EVEN.format(contract, word), encoding="utf-8")
    text = (f"{title},\n" if title else "") + "名,启用日期\n东区,2020-01-01\n"
    found = read(tmp_path, text, name, load_contracts(folder))
    if winner is None:
        assert found.refusal is not None
        assert found.refusal.code == "ambiguous"
        assert "甲表 (a, 0." in found.refusal.sentence
        assert "乙表 (b, 0." in found.refusal.sentence
    else:
        assert found.sheets[0].match.contract.name == winner
        assert found.sheets[0].match.runner_up == ("b" if winner == "a" else "a")


def test_read_export_when_two_feeds_share_a_header_then_the_mapping_names_both(
    tmp_path: Path,
) -> None:
    example = Path(__file__).resolve().parents[2] / "examples" / "another_regulator" / "contracts"
    text = "property_id,property_name,city,pha_name,inspection_score,inspection_date,zip\n"
    found = read(tmp_path, text + "A1,Oak,Troy,PHA,59,07/06/2010,1\n", "x", load_contracts(example))
    feeds = {m.header: m.feeds for m in found.sheets[0].mapping}
    assert feeds["property_id"] == ("parks", "inspections")
    assert feeds["city"] == ("parks",)
    assert feeds["zip"] == ()


def test_read_export_when_a_contract_states_how_to_read_then_it_is_read_that_way(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "contracts"
    folder.mkdir()
    (folder / "a.yml").write_text(
        "contract: a\nencoding: cp1252\nseparator: '#'\nskip_rows: 1\nfeeds:\n  units:\n"
        "    columns:\n      unit_name: {headers: [Zone café], required: true}\n"
        "      kind: {headers: [Kind]}\n",
        encoding="utf-8",
    )
    raw = "Kind#Zone café\nKind#Zone café#x\nEast#Zone\n".encode("cp1252")
    sheet = read(tmp_path, raw, "x.txt", load_contracts(folder)).sheets[0]
    assert sheet.header_rows == (2,)
    assert values(sheet, "unit_name") == ["Zone"]


@given(
    st.lists(
        st.sampled_from(
            [ROW, ",,,,,\n", "\n", "合计,,,,,\n", VISITS, "第1页,,,,,\n", 'J2,"a\nb",x,,,\n', "x\n"]
        ),
        max_size=12,
    )
)
@settings(max_examples=60, deadline=None)
def test_read_export_when_rows_are_mixed_in_any_way_then_every_row_is_accounted_for(
    tmp_path_factory: pytest.TempPathFactory, rows: list[str]
) -> None:
    sheet = read_one(tmp_path_factory.mktemp("f"), VISITS + "".join(rows))
    assert sum(sheet.dropped.values()) + sheet.cells.height == 1 + len(rows)
    assert sheet.dropped["repeated_header"] == rows.count(VISITS)
    assert sheet.dropped["total"] == rows.count("合计,,,,,\n")


def test_header_when_a_group_and_its_column_read_like_another_export_then_each_contract_decides(
    tmp_path: Path,
) -> None:
    """园区 spreads over the blank to its right: 园区状态 is the parks', 状态 the hazards' own."""
    text = (
        ",,园区,\n"
        "隐患编号,隐患描述,编号,状态,发现日期,隐患等级\n"
        "Y1,通道堵塞,P1,待整改,2026-03-05,一般\n"
    )
    sheet = read_one(tmp_path, text, "隐患台账_2026-03-31.csv")
    mapped = {m.column for m in sheet.mapping}
    assert sheet.header_rows == (1, 2)
    assert mapped == {"hazard_id", "description", "park_id", "status", "found_on", "level"}
