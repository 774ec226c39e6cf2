"""Rows typed, rejected and reported: from the text of an export to its tables."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from landing_fixture import BUILT_IN, tables_of

VALID_USCC = "91110000600037341L"


def hazards(folder: Path, *rows: str, name: str = "隐患台账_2024-05-31.csv", title: str = ""):
    header = (
        "隐患编号,企业名称,所属镇街,发现日期,隐患描述,隐患等级,整改期限,整改完成日期,"
        "整改资金(元),整改责任人"
    )
    return tables_of(folder, "\n".join([*([title] if title else []), header, *rows]) + "\n", name)


def visits(folder: Path, *rows: str, header: str = "", name: str = "检查记录_2024-05-31.csv"):
    header = header or "检查编号,企业名称,所属镇街,检查日期,检查类型,检查人员,检查结果"
    return tables_of(folder, "\n".join([header, *rows]) + "\n", name)


def rules(tables) -> list[tuple]:
    return tables["issues"].select("_row_number", "column_name", "rule").rows()


def reasons(tables) -> list[tuple]:
    return tables["rejected"].select("_row_number", "column_name", "reason").rows()


def test_hazard_when_sound_then_is_one_typed_row(tmp_path: Path) -> None:
    tables = hazards(
        tmp_path, "YH-1,甲厂,盛泽镇,2024年5月1日,通道堵塞,重大隐患,2024.5.10,20240508,1.5,张三"
    )
    row = tables["hazards"].row(0, named=True)
    assert row["found_on"] == date(2024, 5, 1)
    assert row["level"] == "重大"
    assert row["cost"] == 150
    assert row["responsible"] == "张*"
    assert len(row["responsible_hash"]) == 16
    assert row["_key"] == "id:YH-1"
    assert row["_row_number"] == 2
    assert (row["_known_on"], row["_known_from_what"]) == (date(2024, 5, 31), "file_name")
    assert row["_row_on"] == date(2024, 5, 1)
    assert rules(tables) == [] and reasons(tables) == []


def test_hazard_when_it_has_no_id_then_key_is_subject_day_and_text(tmp_path: Path) -> None:
    tables = hazards(tmp_path, ",甲 有限责任公司,盛泽镇,2024-05-01,通道 堵塞。,一般,,,,")
    assert tables["hazards"]["_key"].to_list() == [
        "name:甲有限公司|town:盛泽镇|on:2024-05-01|description:通道堵塞"
    ]


def test_hazard_when_who_what_or_when_is_missing_then_is_rejected_whole(tmp_path: Path) -> None:
    tables = hazards(
        tmp_path,
        "YH-1,,盛泽镇,2024-05-01,a,一般,,,,",
        "YH-2,甲厂,盛泽镇,2024-02-30,a,一般,,,,",
        "YH-3,甲厂,盛泽镇,,a,一般,,,,",
        "YH-4,甲厂,盛泽镇,1989-12-31,a,一般,,,,",
        "YH-5,甲厂,盛泽镇,2024-06-02,a,一般,,,,李四",
        ",甲厂,盛泽镇,2024-05-01,/,一般,,,,",
        "YH-6,甲厂,盛泽镇,2024-06-01,a,一般,,,,",
    )
    assert reasons(tables) == [
        (2, "enterprise_name", "no_subject"), (3, "found_on", "bad_time"),
        (4, "found_on", "bad_time"), (5, "found_on", "time_out_of_range"),
        (6, "found_on", "time_out_of_range"), (7, "hazard_id", "no_key"),
    ]  # fmt: skip
    assert tables["rejected"]["raw_value"].to_list()[1] == "2024-02-30"
    assert '"整改责任人":"李*"' in tables["rejected"]["cells"][4]
    assert tables["hazards"]["hazard_id"].to_list() == ["YH-6"]
    assert tables["issues"].is_empty()


def test_hazard_when_cells_do_not_fit_then_are_null_with_an_issue(tmp_path: Path) -> None:
    tables = hazards(
        tmp_path,
        "YH-1,甲厂,盛泽镇,2024-05-01,a,特大,2024-05-32,,x,",
        "YH-2,甲厂,盛泽镇,2024-05-01,a,一般,2034-06-30,2024-07-01,-1,",
    )
    assert rules(tables) == [
        (2, "cost", "bad_value"), (2, "deadline", "bad_date"), (2, "level", "unknown_code"),
        (3, "cost", "out_of_range"), (3, "deadline", "out_of_range"),
        (3, "rectified_on", "out_of_range"),
    ]  # fmt: skip
    empty = tables["hazards"].select("level", "deadline", "cost", "rectified_on")
    assert empty.row(0) == (None, None, None, None)
    assert empty.row(1) == ("一般", None, None, None)


def test_hazard_when_dates_are_out_of_order_then_are_kept_with_an_issue(tmp_path: Path) -> None:
    tables = hazards(tmp_path, "YH-1,甲厂,盛泽镇,2024-05-10,a,一般,2024-05-09,2024年5月,,")
    assert rules(tables) == [(2, "deadline", "order")]
    assert tables["hazards"]["deadline"].to_list() == [date(2024, 5, 9)]
    assert tables["hazards"]["_flags"].to_list() == ["rectified_on=month"]


def test_hazard_when_year_is_missing_then_is_the_latest_such_day(tmp_path: Path) -> None:
    tables = hazards(
        tmp_path, "YH-1,甲厂,盛泽镇,5月31日,a,一般,,,,", "YH-2,甲厂,盛泽镇,6月2日,a,一般,,,,"
    )
    assert tables["hazards"]["found_on"].to_list() == [date(2024, 5, 31), date(2023, 6, 2)]
    assert tables["hazards"]["_flags"].to_list() == ["found_on=year_inferred"] * 2


def test_hazard_when_text_holds_a_phone_then_is_scrubbed_everywhere(tmp_path: Path) -> None:
    header = "企业名称,发现日期,隐患描述,隐患等级,整改期限,联系人,奇怪的列"
    rows = [
        "甲厂,2024-05-01,找13812345678,一般,打13812345678问,张三,13812345678",
        ",2024-05-01,找13812345678,一般,,张三,身份证320584199001011234",
    ]
    tables = tables_of(tmp_path, "\n".join([header, *rows]), "隐患台账_2024-05-31.csv")
    everything = "".join(str(frame.to_dicts()) for frame in tables.values())
    assert "13812345678" not in everything
    assert "320584199001011234" not in everything
    assert "张三" not in everything
    assert tables["hazards"]["description"].to_list() == ["找138****5678"]
    assert tables["issues"]["raw_value"].to_list() == ["打138****5678问"]


def test_visit_when_end_is_given_then_its_day_is_the_time_of_the_row(tmp_path: Path) -> None:
    header = "检查编号,企业名称,检查日期,检查结束时间,检查类型,检查结果"
    tables = visits(
        tmp_path,
        "J1,甲厂,2024-05-01 23:00,2024-05-02 01:00,执法检查,发现问题",
        "J2,甲厂,2024-05-01 23:00,2024-05-01 22:00,执法检查,发现问题",
        header=header,
    )
    assert tables["inspections"]["_row_on"].to_list() == [date(2024, 5, 2), date(2024, 5, 1)]
    assert tables["inspections"]["inspected_on_clock"].to_list() == ["23:00:00"] * 2
    assert rules(tables) == [(3, "ended_at", "order")]


def test_visit_when_persons_are_listed_then_are_masked_hashed_and_counted(tmp_path: Path) -> None:
    tables = visits(tmp_path, "J1,甲厂,盛泽镇,2024-05-01,执法检查,张三、李四 王五,发现问题")
    row = tables["inspections"].row(0, named=True)
    assert (row["inspectors"], row["inspectors_count"]) == ("张*、李*、王*", 3)
    assert len(row["inspectors_hash"].split(",")) == 3


@pytest.mark.parametrize(
    ("name", "kind"),
    [("网格巡查台账_2024-05-31.csv", "网格巡查"), ("指导服务记录_2024-05-31.csv", "指导服务"),
     ("检查记录_2024-05-31.csv", None)],
)  # fmt: skip
def test_visit_when_kind_has_no_column_then_file_name_says_it(
    tmp_path: Path, name: str, kind: str | None
) -> None:
    header = "检查编号,企业名称,检查日期,检查人员,检查结果"
    tables = visits(tmp_path, "J1,甲厂,2024-05-01,张三,发现问题", header=header, name=name)
    assert tables["inspections"]["kind"].to_list() == [kind]
    assert (",kind," in tables["inspections"]["_columns"][0]) == (kind is not None)


def test_hazard_when_title_says_simple_then_every_row_is(tmp_path: Path) -> None:
    tables = hazards(
        tmp_path, "YH-1,甲厂,盛泽镇,2024-05-01,a,一般,,,,", name="简易隐患_2024-05-31.csv"
    )
    assert tables["hazards"]["is_simple"].to_list() == [True]


def test_known_time_when_rows_jump_then_the_far_row_is_out_of_range(tmp_path: Path) -> None:
    tables = visits(
        tmp_path,
        "J1,甲厂,盛泽镇,2024-05-01,执法检查,,",
        "J2,甲厂,盛泽镇,2024-04-01,执法检查,,",
        "J3,甲厂,盛泽镇,2042-05-01,执法检查,,",
        name="检查记录.csv",
    )
    assert reasons(tables) == [(4, "inspected_on", "time_out_of_range")]
    known = tables["inspections"].select("_known_on", "_known_from_what").unique().rows()
    assert known == [(date(2024, 5, 1), "row_time")]


def test_known_time_when_name_is_years_after_the_rows_then_is_ignored(tmp_path: Path) -> None:
    row = "J1,甲厂,盛泽镇,2022-05-01,执法检查,,"
    tables = visits(tmp_path, row, name="检查记录_2024-05-31.csv")
    assert rules(tables) == [(None, None, "file_date_ignored")]
    assert tables["inspections"]["_known_on"].to_list() == [date(2022, 5, 1)]


def test_known_time_when_title_or_cell_says_it_then_beats_the_name(tmp_path: Path) -> None:
    row = "YH-1,甲厂,盛泽镇,2024-05-01,a,一般,,,,"
    tables = hazards(tmp_path, row, title="导出时间：2024-05-20 10:00")
    told = tables["hazards"].select("_known_on", "_known_clock", "_known_from_what").row(0)
    assert told == (date(2024, 5, 20), "10:00:00", "title")
    header = "检查编号,企业名称,检查日期,检查类型,检查结果,导出时间"
    rows = ["J1,甲厂,2024-05-01,执法检查,,2024-05-03 08:30", "J2,甲厂,2024-05-01,执法检查,,"]
    known = visits(tmp_path, *rows, header=header)["inspections"]
    assert known["_known_on"].to_list() == [date(2024, 5, 3), date(2024, 5, 31)]
    assert known["_known_from_what"].to_list() == ["cell", "file_name"]


def test_register_when_nothing_says_when_then_is_unknown_with_an_issue(tmp_path: Path) -> None:
    text = "园区编号,园区名称,园区类型,出租方,承租企业数\nP1,甲园,厂中厂,王建国,3\n"
    tables = tables_of(tmp_path, text, "园区底册.csv")
    assert rules(tables) == [(None, None, "known_at_unknown")]
    assert tables["parks"]["_known_on"].to_list() == [None]
    assert tables["parks"]["_known_from_what"].to_list() == ["unknown"]


def test_park_when_lessor_is_a_person_then_is_masked_and_told_apart(tmp_path: Path) -> None:
    rows = ["P1,甲园,厂中厂,王建国,3", "P2,乙园,厂中厂,王建军,3", "P3,丙园,厂中厂,盛泽实业,3"]
    text = "\n".join(["园区编号,园区名称,园区类型,出租方,承租企业数", *rows])
    parks = tables_of(tmp_path, text, "园区底册_2024-05.csv")["parks"]
    assert parks["lessor_name"].to_list() == ["王*", "王*", "盛泽实业"]
    norms = parks["lessor_name_norm"].to_list()
    assert norms[0] != norms[1] and norms[0].startswith("person:")
    assert norms[2] == "盛泽实业"


def test_park_when_coordinates_are_swapped_or_far_then_are_put_right_or_nulled(
    tmp_path: Path,
) -> None:
    header = "园区编号,园区名称,园区类型,承租企业数,经度,纬度,坐标系"
    rows = [
        "P1,甲园,厂中厂,3,31.0,120.5,WGS84",
        "P2,乙园,厂中厂,3,100,31,WGS84",
        "P3,丙园,厂中厂,3,120.5,31,",
    ]
    tables = tables_of(tmp_path, "\n".join([header, *rows]), "园区底册_2024-05.csv")
    assert rules(tables) == [
        (None, "longitude", "crs_assumed"), (2, "longitude", "coords_swapped"),
        (3, "longitude", "coords_outside"),
    ]  # fmt: skip
    assert tables["parks"].select("longitude", "latitude_wgs84").rows() == [
        (120.5, 31.0), (None, None), (120.5, 31.0),
    ]  # fmt: skip


def test_enterprise_when_code_is_bad_then_name_still_makes_the_key(tmp_path: Path) -> None:
    header = "统一社会信用代码,企业名称,所属镇街,行业类别,企业规模,从业人数,主体类型"
    rows = [
        f"{VALID_USCC},甲有限公司,盛泽镇,纺织,规上,约50,",
        "9.13E+17,乙有限公司,,纺织,规上,五十,企业",
        f"{VALID_USCC},/,盛泽镇,纺织,规上,200001,企业",
        "123,,盛泽镇,纺织,规上,1,企业",
    ]
    tables = tables_of(tmp_path, "\n".join([header, *rows]), "企业名录_2024-05.csv")
    assert tables["enterprises"]["_key"].to_list() == [
        "name:甲有限公司|town:盛泽镇", "name:乙有限公司|town:", f"uscc:{VALID_USCC}",
    ]  # fmt: skip
    assert rules(tables) == [
        (3, "uscc", "uscc_damaged"), (4, "employee_count", "out_of_range"),
    ]  # fmt: skip
    assert tables["enterprises"]["employee_count"].to_list() == [50, 50, None]
    assert tables["enterprises"]["subject_kind"].to_list() == ["企业"] * 3
    assert reasons(tables) == [(5, "enterprise_id", "no_key")] or reasons(tables) == [
        (5, "uscc", "no_key")
    ]


def test_lease_when_term_is_one_cell_then_is_start_and_end(tmp_path: Path) -> None:
    header = "园区名称,承租企业,租赁面积(亩),是否签订安全协议,租期"
    rows = [
        "甲园,甲厂,3,是,2023年1月1日至2025年12月31日",
        "甲园,乙厂,15,无,2023.1.1-长期",
        ",丙厂,1,是,",
        "甲园,,1,是,",
    ]
    tables = tables_of(tmp_path, "\n".join([header, *rows]), "承租企业清单_2024-05.csv")
    leases = tables["leases"]
    assert leases["start_on"].to_list() == [date(2023, 1, 1)] * 2
    assert leases["end_on"].to_list() == [date(2025, 12, 31), None]
    assert leases["_flags"].to_list() == [None, "end_on=open"]
    assert leases["leased_area"].to_list() == [2000.0, 10_000.0]
    assert leases["agreement_signed"].to_list() == [True, False]
    assert leases["_key"][1] == "park:甲园|town:|tenant:乙厂|town:|building:|start_on:2023-01-01"
    assert reasons(tables) == [(4, "park_name", "no_subject"), (5, "tenant_name", "no_subject")]


def test_unit_when_name_is_missing_then_has_no_key(tmp_path: Path) -> None:
    text = "机构名称,机构类型,上级机构,启用日期\n盛泽镇,镇,区,2020-01-01\n,镇,区,2020-01-01\n"
    tables = tables_of(tmp_path, text, "组织机构与网格_2024-05.csv")
    assert tables["units"]["_key"].to_list() == ["kind:镇|unit_name:盛泽镇"]
    assert reasons(tables) == [(3, "unit_name", "no_key")]


def test_totals_when_they_differ_from_the_rows_then_are_reported_once(tmp_path: Path) -> None:
    header = "园区编号,园区名称,园区类型,出租方,承租企业数,建筑面积"
    rows = [
        "合计,,,,7,300",
        "P1,甲园,厂中厂,盛泽实业,3,100",
        "P2,乙园,厂中厂,盛泽实业,5,200",
        "共3条,,,,,",
    ]
    tables = tables_of(tmp_path, "\n".join([header, *rows]), "园区底册_2024-05.csv")
    assert rules(tables) == [
        (None, None, "total_mismatch"),
        (None, "tenant_count", "total_mismatch"),
    ]


def test_two_columns_when_they_differ_then_the_first_is_used(tmp_path: Path) -> None:
    header = "园区编号,园区名称,点位名称,园区类型,出租方,承租企业数"
    rows = [
        "P1,甲园,乙园,厂中厂,盛泽实业,3",
        "P2,,丙园,厂中厂,盛泽实业,3",
        "P3,丁 园,丁园,厂中厂,盛泽实业,3",
    ]
    tables = tables_of(tmp_path, "\n".join([header, *rows]), "园区底册_2024-05.csv")
    assert tables["parks"]["park_name"].to_list() == ["甲园", "丙园", "丁 园"]
    assert rules(tables) == [(2, "park_name", "two_values")]


def test_money_when_no_unit_anywhere_then_is_yuan_with_one_issue(tmp_path: Path) -> None:
    header = "隐患编号,企业名称,发现日期,隐患描述,隐患等级,整改资金"
    rows = ["YH-1,甲厂,2024-05-01,a,一般,1.5", "YH-2,甲厂,2024-05-01,a,一般,2"]
    tables = tables_of(tmp_path, "\n".join([header, *rows]), "隐患台账_2024-05-31.csv")
    assert rules(tables) == [(None, "cost", "unit_assumed")]
    assert tables["hazards"]["cost"].to_list() == [150, 200]


def test_extra_columns_when_unknown_then_stand_beside_the_row(tmp_path: Path) -> None:
    header = "隐患编号,企业名称,发现日期,隐患描述,隐患等级,天气,备用"
    rows = ['YH-1,甲厂,2024-05-01,a,一般,"晴 ""热""",', "YH-2,甲厂,2024-05-01,a,一般,,"]
    tables = tables_of(tmp_path, "\n".join([header, *rows]), "隐患台账_2024-05-31.csv")
    assert tables["hazards"]["_extra"].to_list() == ['{"天气":"晴 \\"热\\""}', None]
    same = tables["hazards"]["_columns"].unique().to_list()
    assert same == [",hazard_id,enterprise_name,found_on,description,level,"]


def test_content_hash_when_only_extra_or_export_time_differ_then_is_equal(tmp_path: Path) -> None:
    header = "隐患编号,企业名称,发现日期,隐患描述,隐患等级,天气,导出时间"
    rows = [
        "YH-1,甲厂,2024-05-01,a,一般,晴,2024-05-20",
        "YH-1,甲厂,2024年5月1日,a,一般隐患,雨,2024-05-21",
        "YH-1,甲厂,2024-05-01,a,较大,晴,2024-05-20",
    ]
    tables = tables_of(tmp_path, "\n".join([header, *rows]), "隐患台账_2024-05-31.csv")
    first, second, third = tables["hazards"]["_content_hash"].to_list()
    assert first == second != third


CELL = st.one_of(
    st.sampled_from(
        [
            "",
            "/",
            "2024-05-01",
            "2099-01-01",
            "x",
            "重大",
            "甲厂",
            "无",
            "13812345678",
            "9" * 25,
            "1e99",
            "1e400",
            "45123.5",
        ]
    ),
    st.text(
        st.characters(codec="utf-8", exclude_characters='",\r\n\x00', exclude_categories=("C",)),
        max_size=8,
    ),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(CELL, min_size=10, max_size=10), max_size=8))
def test_rows_when_cells_are_anything_then_every_row_is_typed_or_rejected(
    tmp_path_factory: pytest.TempPathFactory, cells: list[list[str]]
) -> None:
    rows = [",".join(["YH", *row[1:]]) for row in cells]
    tables = hazards(tmp_path_factory.mktemp("any"), *rows)
    sheet = tables["sheets"].row(0, named=True)
    dropped = sum(
        sheet[f"rows_{kind}"]
        for kind in ("header", "title", "unit", "total", "footer", "repeated_header", "blank")
    )
    assert sheet["rows_physical"] == dropped + sheet["rows_read"]
    assert sheet["rows_read"] == tables["hazards"].height + tables["rejected"].height
    assert tables["hazards"]["_key"].null_count() == 0
    assert tables["rejected"]["reason"].null_count() == 0


def test_schema_when_compared_with_every_contract_then_canonical_columns_come_first() -> None:
    from pipelines.ingest.schema import TECHNICAL, lake_schema

    for contract in BUILT_IN.values():
        for feed in contract.feeds.values():
            names = list(lake_schema(feed))
            assert names[-len(TECHNICAL) :] == list(TECHNICAL)
            assert [name for name in names if name in feed.columns] == list(feed.columns)


def test_rejected_lease_when_lessors_are_persons_then_cells_are_masked(tmp_path: Path) -> None:
    header = "园区名称,承租企业,租赁面积,是否签订安全协议,租赁起始日期,出租方,二房东"
    rows = [",甲厂,1,是,2023-01-01,王建国,李明", "甲园,乙厂,1,是,2023-01-01,王建国,李明"]
    tables = tables_of(tmp_path, "\n".join([header, *rows]), "承租企业清单_2024-05.csv")
    assert '"出租方":"王*","二房东":"李*"' in tables["rejected"]["cells"][0]
    assert tables["leases"].select("lessor_name", "sub_lessor_name").row(0) == ("王*", "李*")


def test_workbook_when_cells_are_typed_then_serials_and_damaged_codes_are_told(
    tmp_path: Path,
) -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("隐患台账")
        sheet.write_row(
            0, 0, ["统一社会信用代码", "企业名称", "发现日期", "隐患描述", "隐患等级", "整改期限"]
        )
        sheet.write_row(1, 0, [913205841234568000, "甲厂", 45413, "a", "一般", 45413.75])
        sheet.write_datetime(
            2, 2, datetime(2024, 5, 2), book.add_format({"num_format": "yyyy-mm-dd"})
        )
        sheet.write_row(2, 3, ["b", "一般"])
        sheet.write(2, 1, "乙厂")
    tables = tables_of(tmp_path, stream.getvalue(), "隐患台账_2024-05-31.xlsx")
    assert tables["hazards"].select("_sheet", "_row_number", "found_on", "deadline").rows() == [
        ("隐患台账", 2, date(2024, 5, 1), date(2024, 5, 1)),
        ("隐患台账", 3, date(2024, 5, 2), None),
    ]
    assert rules(tables) == [(2, "uscc", "uscc_damaged")]
