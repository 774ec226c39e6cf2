"""The demo's files say what the truth says, byte for byte and row for row."""

import csv
import gzip
import io
import json
from collections import Counter

import polars as pl
import pytest
from openpyxl import load_workbook

from pipelines.demo.exports import SPARED, TWIN, make_files, plan_exports, write_if_changed
from pipelines.demo.plan_registers import plan_registers
from pipelines.demo.states import cut_hazards
from pipelines.demo.world import simulate
from pipelines.demo.write import write_bytes

SEED = 20251031


@pytest.fixture(scope="module")
def world():
    return simulate(SEED)


@pytest.fixture(scope="module")
def made(world):
    return make_files(world)


def _read_text(data: bytes, encoding: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(encoding))))


def test_files_come_in_every_kind_and_encoding(made):
    files = made[0]
    heads = Counter()
    for data in files.values():
        heads["gzip"] += data[:2] == b"\x1f\x8b"
        heads["zip"] += data[:4] == b"PK\x03\x04"
        heads["ole"] += data[:4] == b"\xd0\xcf\x11\xe0"
        heads["utf-8 bom"] += data[:3] == b"\xef\xbb\xbf"
        heads["utf-16"] += data[:2] == b"\xff\xfe"
    assert min(heads.values()) >= 2


def test_text_file_when_written_in_gb18030_holds_signs_beyond_gb2312(made):
    data = made[0]["智慧安监/企业名录_2023-10-31.csv"]
    text = data.decode("gb18030")
    assert "甪安镇" in text and "柳垞镇" in text
    with pytest.raises(UnicodeDecodeError):
        data.decode("gb2312")


def test_workbook_when_named_xls_holds_xlsx_bytes_once(made):
    wrong = [path for path, data in made[0].items() if path.endswith(".xls") and data[:2] == b"PK"]
    assert len(wrong) == 1


def test_planted_row_when_looked_up_in_the_file_holds_the_mistake(made):
    files, truth = made
    rows = truth.planted.filter(
        (pl.col("kind") == "level_unknown")
        & (pl.col("export") == "hazards")
        & pl.col("file_name").str.ends_with(".csv")
    )
    assert rows.height > 0
    for name, number in rows.select("file_name", "row_number").iter_rows():
        data = files[f"智慧安监/{name}"]
        encoding = "utf-8-sig" if data[:3] == b"\xef\xbb\xbf" else "gb18030"
        assert "特大" in _read_text(data, encoding)[number - 1]


def test_planted_row_when_in_a_workbook_stands_in_the_named_sheet(made):
    files, truth = made
    row = truth.planted.filter(pl.col("kind") == "claims_more_tenants").row(0, named=True)
    book = load_workbook(io.BytesIO(files[f"镇街报送/{row['file_name']}"]))
    sheet = book[row["sheet"]]
    header = [cell.value for cell in sheet[4]] if sheet["A3"].value is None else None
    header = header or [cell.value for cell in sheet[3]]
    assert isinstance(sheet.cell(row["row_number"], header.index("承租企业数") + 1).value, int)


def test_rows_read_when_counted_in_a_plain_file_equal_the_truth(made):
    files, truth = made
    name = "检查记录_20231101-20231231.csv"
    told = truth.files.filter(pl.col("file_name") == name)["rows_read"].item()
    assert len(_read_text(files[f"智慧安监/{name}"], "gb18030")) - 1 == told


def test_backfill_holds_every_hazard_found_before_november_2023(made, world):
    files, truth = made
    name = "隐患台账_2021年至2023年_历史数据导出20231105.csv.gz"
    rows = _read_text(gzip.decompress(files[f"智慧安监/{name}"]), "gb18030")
    before = world.hazards.filter(pl.col("month") < 34).height
    ghosts = truth.planted.filter(
        (pl.col("file_name") == name) & pl.col("expected").str.starts_with("rejected")
    ).height
    assert len(rows) - 1 == before + ghosts


def test_every_law_hazard_is_exported_and_none_is_invented(made, world):
    ids = set()
    for path, data in made[0].items():
        if "隐患台账_20" in path and path.endswith(".csv"):
            encoding = "utf-8-sig" if data[:3] == b"\xef\xbb\xbf" else "gb18030"
            ids |= {row[0] for row in _read_text(data, encoding)[1:]}
    known = set(world.hazards["hazard_id"].drop_nulls())
    assert {one for one in ids if one.startswith("YH-")} <= known
    assert len(ids & known) > 4_000


def test_truth_covers_every_kind_of_finding(made):
    truth = made[1]
    expected = set(truth.planted["expected"])
    rules = (
        "bad_value bad_date out_of_range unknown_code uscc_invalid uscc_damaged order two_values "
        "total_mismatch known_at_unknown file_date_ignored unit_assumed crs_assumed coords_swapped "
        "coords_outside not_bool version_tie full_list_incomplete code_name_conflict "
        "subject_unknown hazard_count_mismatch tenant_count_mismatch doubtful_value "
        "set_point_too_high set_point_missing unit_unconvertible device_unknown "
        "double_penalty_mismatch grade_mismatch"
    )
    assert {f"issue:{rule}" for rule in rules.split()} <= expected
    for reason in (
        "bad_time", "time_out_of_range", "no_subject", "no_key", "no_party", "bad_value",
    ):  # fmt: skip
        assert f"rejected:{reason}" in expected
    for code in ("unrecognised", "missing_column", "encoding", "unreadable", "empty", "ambiguous"):
        assert f"refused:{code}" in expected
    assert {"duplicate", "superseded"} <= expected
    assert truth.planted["kind"].n_unique() >= 25
    assert truth.planted.filter(pl.col("row_number").is_not_null()).height >= 150


@pytest.mark.parametrize("seed", [3, 7])
def test_plan_exports_when_another_seed_draws_few_accidents_still_plants(seed):
    planned = plan_exports(simulate(seed))
    names = [export.name for export in planned]
    assert len(names) == len(set(names)) > 130
    rows = [row for export in planned for page in export.pages for row in page.rows]
    assert sum(len(row.mistakes) for row in rows) > 400


REJECTS = {
    "cases": "no_key no_party bad_time",
    "accidents": "no_key bad_time time_out_of_range",
    "devices": "no_key",
    "readings": "no_key bad_time time_out_of_range bad_value",
    "alarms": "no_subject bad_time time_out_of_range",
}


@pytest.mark.parametrize("export", REJECTS)
def test_every_reason_to_reject_a_row_of_an_export_is_planted(made, export):
    expected = made[1].planted.filter(
        (pl.col("export") == export) & pl.col("expected").str.starts_with("rejected:")
    )["expected"]
    assert set(expected) == {f"rejected:{reason}" for reason in REJECTS[export].split()}


def test_canaries_stand_in_text_in_nameless_cells_and_in_rejected_rows(made):
    files, truth = made
    page = _read_text(files["智慧安监/生产安全事故统计表_2025年第3季度.csv"], "utf-8")
    assert page[0][-1] == ""  # the column without a header
    nameless = "".join(row[-1] for row in page[1:])
    known = dict(truth.canaries.select("text", "kind").iter_rows())
    assert {kind for text, kind in known.items() if text in nameless} == {"person_in_text", "phone"}
    kinds = {"person", "party_person", "person_in_text", "phone", "idno", "lessor_person"}
    assert set(known.values()) == kinds
    rejected = truth.planted.filter(pl.col("kind") == "canary_rejected")
    assert set(rejected["export"]) == {"cases", "accidents", "alarms", "readings"}


def test_kinds_that_name_themselves_otherwise_hold_what_they_are(made):
    files = made[0]
    page = files["智慧安监/检查记录_2025-10.xls"]
    assert page[:5] == b"<html" and "执法检查" in page.decode("gb18030")
    text = files["智慧安监/行政处罚台账_20240301-20240430.xls"].decode("gb18030")
    assert text.split("\r\n")[0].split("\t")[:2] == ["立案编号", "决定书文号"]
    table = pl.read_parquet(io.BytesIO(files["智慧安防网/实时数据_20251011-20251017.parquet"]))
    assert table.schema["测量值"] == pl.Float64 and table.schema["数据时间"] == pl.Datetime("us")
    lines = files["智慧安防网/报警记录_20240701-20240930.jsonl"].decode().splitlines()
    planted = made[1].planted.filter(
        pl.col("file_name").str.ends_with(".jsonl") & (pl.col("kind") == "canary_rejected")
    )
    number = planted["row_number"][0]  # JSON lines have no header: row n is line n
    assert json.loads(lines[number - 1])["告警时间"] is None


def test_no_row_carries_two_mistakes(made):
    # a reading in a foreign unit is found twice: no unit, so no set point either
    single = made[1].planted.filter(pl.col("kind") != "unit_unconvertible")
    rows = single.drop_nulls("row_number").select("file_name", "sheet", "row_number")
    assert not rows.is_duplicated().any()


def test_rejected_rows_of_the_file_list_equal_the_planted_ones(made):
    truth = made[1]
    planted = truth.planted.filter(pl.col("expected").str.starts_with("rejected")).height
    assert truth.files["rejected"].sum() == planted


def test_spared_files_hold_no_mistake_in_a_row_but_the_tie(made):
    planted = made[1].planted.filter(
        pl.col("file_name").is_in(list(SPARED)) & pl.col("row_number").is_not_null()
    )
    assert set(planted["expected"]) <= {"issue:version_tie"}


def test_twin_when_written_has_the_bytes_of_its_original(made):
    twin, original = TWIN
    assert made[0][f"智慧安监/{twin}"] == made[0][f"智慧安监/{original}"]
    assert original < twin  # the smallest name is the one the ledger states


def test_canaries_stand_in_no_name_of_a_firm_or_park(made, world):
    names = "".join(world.enterprises["enterprise_name"]) + "".join(world.parks["park_name"])
    assert made[1].canaries.height > 1_000
    assert not [text for text in made[1].canaries["text"] if text in names]


def test_latent_risk_stands_in_no_export(made, world):
    digits = [f"{value:.6f}".encode() for value in world.risk["latent_risk"]]
    plain = b"".join(data for path, data in made[0].items() if path.endswith(".csv"))
    assert not [one for one in digits if one in plain]


def test_cut_hazards_when_rectified_after_the_day_is_still_open():
    from datetime import date

    row = {
        "found_on": date(2024, 1, 2), "deadline": date(2024, 1, 9), "level": "一般",
        "extension_approved_on": None, "extended_to": None, "rectified_on": date(2024, 2, 1),
        "rechecked_on": date(2024, 2, 3), "recheck_result": "通过", "closed_on": date(2024, 2, 3),
        "cost_yuan": 900, "kind": "执法检查",
    }  # fmt: skip
    days = dict.fromkeys(("extension_approved_on", "extended_to"), pl.Date)
    frame = pl.DataFrame([row], schema_overrides=days)
    said = {day: cut_hazards(frame, day).row(0, named=True) for day in (
        date(2024, 1, 9), date(2024, 1, 10), date(2024, 2, 1), date(2024, 2, 3))}  # fmt: skip
    assert [one["status"] for one in said.values()] == ["待整改", "逾期", "已整改", "已闭环"]
    assert [one["cost"] for one in said.values()] == [None, None, 900, 900]
    assert said[date(2024, 2, 1)]["recheck_result"] is None


def test_write_if_changed_when_bytes_are_equal_leaves_the_file_alone(tmp_path):
    path = tmp_path / "a" / "b.csv"
    write_if_changed(path, b"1")
    before = path.stat().st_mtime_ns
    write_if_changed(path, b"1")
    assert path.stat().st_mtime_ns == before
    write_if_changed(path, b"2")
    assert path.read_bytes() == b"2"


def test_export_when_written_twice_has_equal_bytes(world):
    for planned in plan_registers(world)[-4:]:  # xlsx; .xls and gz are covered by the whole build
        assert write_bytes(planned) == write_bytes(planned)
