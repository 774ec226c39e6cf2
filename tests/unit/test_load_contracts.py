"""The built-in contracts are the export dictionary, and a wrong file is refused with its line."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pipelines.contracts.fold_headers import fold_word
from pipelines.contracts.load_contracts import EXPORTS, export_dictionary, load_contracts
from pipelines.contracts.load_yaml import ContractError

DATA = Path(__file__).resolve().parents[1] / "data"
EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "another_regulator" / "contracts"


def dictionary_rows() -> list[dict[str, str]]:
    with (DATA / "exports_columns.csv").open(encoding="utf-8") as stream:
        return [row for row in csv.DictReader(stream) if row["export"] in EXPORTS]


def write_contract(folder: Path, text: str, name: str = "own.yml") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_contracts_when_compared_with_the_dictionary_then_every_header_is_there_and_no_other() -> (
    None
):
    wanted = {(r["export"], r["column"], r["header_zh"]) for r in dictionary_rows()}
    stated = {
        (export, column.name, header)
        for export, feed in export_dictionary().items()
        for column in feed.columns.values()
        for header in column.headers
    }
    assert wanted - stated == set()
    assert stated - wanted == set()


def test_contracts_when_compared_with_the_dictionary_then_types_marks_and_required_agree() -> None:
    for row in dictionary_rows():
        column = export_dictionary()[row["export"]].columns[row["column"]]
        assert column.type == row["type"], row
        assert column.is_identifying == (row["is_identifying"] == "1"), row
        assert column.required == row["required"], row
        if row["is_primary"] == "1":
            assert column.headers[0] == row["header_zh"]


def test_contracts_when_compared_with_the_dictionary_then_columns_stand_in_its_order() -> None:
    for export, feed in export_dictionary().items():
        wanted = dict.fromkeys(r["column"] for r in dictionary_rows() if r["export"] == export)
        assert list(feed.columns) == list(wanted)


def test_words_when_the_dictionary_lists_codes_then_each_is_stored_as_itself() -> None:
    for row in dictionary_rows():
        if row["type"] == "enum" and row["codes"] != "accident types":  # a list of its own, below
            words = export_dictionary()[row["export"]].columns[row["column"]].words
            assert all(words[fold_word(code)] == code for code in row["codes"].split()), row


def test_accident_types_when_counted_then_both_editions_are_read() -> None:
    types = set(export_dictionary()["accidents"].columns["accident_type"].words.values())
    # 20 of GB/T 6441-1986 and 27 of GB 6441-2025 (domain.md 3.1); eight words are in both
    assert len(types) == 20 + 27 - 8
    assert {"机械伤害", "机械致害", "中毒和窒息", "窒息", "冒顶片帮", "厂(场)内车辆致害"} <= types


@pytest.mark.parametrize(
    ("export", "column", "word", "stored"),
    [
        ("alarms", "level", "II级", "二级"),
        ("alarms", "level", "低报", "一级"),
        ("alarms", "verified", "属实", "真警"),
        ("cases", "party_kind", "自然人", "个人"),
        ("cases", "cause_kind", "监督类", "事前"),
        ("readings", "unit", "mg/m3", "mg/m³"),
        ("hazards", "level", "重点", "较大"),
        ("hazards", "level", "一般B", "一般"),
        ("hazards", "found_by", "网格员检查", "网格巡查"),
        ("hazards", "found_by", "12345", "举报"),
        ("hazards", "found_by", "随机抽查", "双随机"),
        ("hazards", "status", "已整改待复查", "待复查"),
        ("inspections", "kind", "交叉互查", "互查"),
        ("hazards", "is_simple", "√", "yes"),
        ("leases", "agreement_signed", "未签", "no"),
        ("parks", "is_three_in_one", "无", "no"),
    ],
)
def test_words_when_a_synonym_is_met_then_the_first_word_is_stored(
    export: str, column: str, word: str, stored: str
) -> None:
    assert export_dictionary()[export].columns[column].words[word] == stored


def test_units_when_the_bureau_writes_other_units_then_the_factor_leads_to_the_stored_one() -> None:
    assert export_dictionary()["hazards"].columns["cost"].units["万元"] == 1_000_000  # fen
    assert export_dictionary()["parks"].columns["land_area"].units["亩"] == pytest.approx(666.6667)
    assert export_dictionary()["parks"].columns["land_area"].units["m2"] == 1


def test_example_when_loaded_then_both_feeds_take_their_types_from_the_dictionary() -> None:
    contract = load_contracts(EXAMPLE)["us_hud_physical_inspections"]
    parks, inspections = contract.feeds["parks"], contract.feeds["inspections"]
    assert parks.columns["longitude"].type == "lon"
    assert parks.columns["park_id"].required == "yes"
    assert inspections.key == (("inspection_id",), ("park_id", "inspected_on"))
    assert inspections.columns["result"].cut == ((60.0, "发现问题"),)
    assert inspections.columns["result"].cut_above == "未发现问题"
    assert inspections.reject == export_dictionary()["inspections"].reject
    assert contract.box == (-180, -60, 13, 72)
    assert contract.null_tokens == (".",)
    assert parks.columns["region_code"].code_lengths == (6, 9, 12, 2)
    assert not contract.is_builtin


def test_contract_when_named_like_a_builtin_then_it_replaces_it(tmp_path: Path) -> None:
    text = (
        "contract: units\ntitle: 机构\nfeeds:\n  units:\n    columns:\n"
        "      unit_name: {headers: [名字], required: true}\n"
    )
    contract = load_contracts(write_contract(tmp_path, text))["units"]
    assert contract.feeds["units"].columns["unit_name"].headers == ("名字",)
    assert contract.feeds["units"].columns["kind"].headers == ()
    assert "所属镇街" in contract.feeds["units"].columns["town"].headers
    assert list(load_contracts(tmp_path)) == list(EXPORTS)


def test_fingerprint_when_a_header_is_added_then_it_changes_and_otherwise_stays(
    tmp_path: Path,
) -> None:
    text = "contract: a\nfeeds:\n  units:\n    columns:\n      unit_name: {headers: [名字%s]}\n"
    first = load_contracts(write_contract(tmp_path / "x", text % ""))["a"].fingerprint
    moved = load_contracts(write_contract(tmp_path / "y", text % "", "z.yml"))["a"].fingerprint
    changed = load_contracts(write_contract(tmp_path / "w", text % ", 名"))["a"].fingerprint
    assert len(first) == 16
    assert first == moved
    assert first != changed


MELT = "contract: a\nfeeds:\n  readings:\n    melt:\n      metric: metric\n      value: value\n"
HEAD = "contract: a\nfeeds:\n  hazards:\n    columns:\n"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("contract: a\ncolour: red\nfeeds: {}\n", 2, "unknown key 'colour'"),
        ("contract: a\nfeeds:\n  fines:\n    columns: {}\n", 3, "unknown export 'fines'"),
        (HEAD + "      colour: {headers: [颜色]}\n", 5, "unknown column 'colour'"),
        (HEAD + "      level: {headers: [级], weight: 3}\n", 5, "unknown key 'weight'"),
        (HEAD + "      level: {headers: [级], type: text}\n", 5, "type 'text'"),
        (
            HEAD + "      level: {headers: [级]}\n      status: {headers: ['级 ']}\n",
            6,
            "listed for 'level' and for 'status'",
        ),
        (HEAD + "      level: {headers: [级, 级]}\n", 5, "a header listed twice"),
        (
            HEAD + "      level: {headers: [级]}\n    extra: [级]\n",
            6,
            "listed for 'level' and under extra",
        ),
        (HEAD + "      found_on: {required: true}\n", 5, "required 'found_on' without headers"),
        (HEAD + "      level: {headers: [级], codes: nowhere}\n", 5, "word list 'nowhere'"),
        ("contract: a\ntimezone: Mars/Base\nfeeds:\n  units: {}\n", 2, "time zone 'Mars/Base'"),
        ("contract: a\ndate_order: myd\nfeeds:\n  units: {}\n", 2, "'myd'"),
        ("contract: a\nfeeds:\n  units:\n    key: [colour]\n", 4, "unknown column 'colour'"),
        ("contract: a\nfeeds:\n  units:\n    melt: {}\n", 4, "no metric or value"),
        (MELT + "      columns: {}\n", 7, "no column"),
        (MELT + "      columns: {CO: {unit: bar}}\n", 7, "unit 'bar'"),
        (MELT + "      columns: {CO: {colour: red}}\n", 7, "unknown key 'colour'"),
        ("contract: a\ncontract: b\n", 2, "the key 'contract' twice"),
        ("contract: [a\n", 2, "flow sequence|expected"),
        ("title: a\n", 1, "no name"),
        ("contract: a\nextend_enums: {colour: [red]}\nfeeds:\n  units: {}\n", 2, "'colour'"),
    ],
)
def test_contract_when_it_breaks_a_rule_then_the_error_names_file_and_line(
    tmp_path: Path, text: str, line: int, said: str
) -> None:
    with pytest.raises(ContractError, match=said) as caught:
        load_contracts(write_contract(tmp_path, text))
    assert caught.value.line == line
    assert f"own.yml line {line}" in str(caught.value)


def test_contract_when_a_name_is_used_twice_then_the_second_file_is_refused(tmp_path: Path) -> None:
    text = "contract: a\nfeeds:\n  units:\n    columns:\n      unit_name: {headers: [名]}\n"
    write_contract(tmp_path, text, "1.yml")
    with pytest.raises(ContractError, match=r"2\.yml line 1.*also in 1\.yml"):
        load_contracts(write_contract(tmp_path, text, "2.yml"))


def test_headers_when_yaml_would_read_them_as_values_then_they_stay_text(tmp_path: Path) -> None:
    text = HEAD + "      hazard_id: {headers: [No, 01, 12:30, 2023-07-02]}\n"
    contract = load_contracts(write_contract(tmp_path, text))["a"]
    headers = contract.feeds["hazards"].columns["hazard_id"].headers
    assert headers == ("No", "01", "12:30", "2023-07-02")


def test_extensions_when_a_contract_states_them_then_lists_grow(tmp_path: Path) -> None:
    text = (
        "contract: a\nextend_enums: {level: [特大]}\ncodes: {status: {done: 已闭环}}\n"
        "settled_by: {level: closed_on}\nis_full_list: true\nfeeds:\n  hazards:\n    columns:\n"
        "      level: {headers: [级]}\n      status: {headers: [状]}\n"
    )
    feed = load_contracts(write_contract(tmp_path, text))["a"].feeds["hazards"]
    assert feed.columns["level"].words["特大"] == "特大"
    assert feed.columns["level"].words["重点"] == "较大"
    assert feed.columns["status"].words["done"] == "已闭环"
    assert feed.settled_by["level"] == "closed_on"
    assert feed.is_full_list
