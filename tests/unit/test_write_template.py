"""A blank workbook of every export; filled with sound rows it lands without a word."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from landing_fixture import BUILT_IN, tables_of

from pipelines.cli import main
from pipelines.contracts.contract import Column, Contract
from pipelines.contracts.load_contracts import EXPORTS, load_contracts
from pipelines.contracts.template_columns import template_columns
from pipelines.contracts.write_template import write_template

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "another_regulator" / "contracts"
#: Sound cells by column where the type alone does not say one. Codes by GB 32100.
CELLS = {
    "industry_code": "C3311", "region_code": "320509", "term": None, "crs": "WGS84",
    "longitude": 120.5, "latitude": 31.1, "round": "2026-03", "exported_at": datetime(2026, 9, 1),
    "ended_at": datetime(2026, 3, 5, 15), "updated_at": datetime(2026, 9, 1, 7),
}  # fmt: skip
BY_TYPE = {
    "int": 3, "number": 12.5, "money": 5000.5, "area": 88.25, "uscc": "91320509MA1NABCD1F",
    "date": date(2026, 3, 5), "datetime": datetime(2026, 3, 5, 9, 30), "month": date(2026, 3, 1),
    "phone": "13812345678", "person": "张三", "idno": "320101199001011234",
}  # fmt: skip


def sound_cell(column: Column) -> object:
    if column.name in CELLS:
        return CELLS[column.name]
    if column.words:
        return "是" if column.type == "bool" else next(iter(column.words.values()))
    return BY_TYPE.get(column.type, f"{column.name}一")


def filled(export: str, rows: int) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(write_template(BUILT_IN[export])))
    sheet = book.worksheets[0]
    for number in range(rows):
        for place, item in enumerate(template_columns(BUILT_IN[export]), start=1):
            value = sound_cell(item.column)
            if item.column.type in ("id", "text") and isinstance(value, str):
                value = f"{value}{number}"
            sheet.cell(number + 2, place).value = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("export", EXPORTS)
def test_template_when_filled_with_sound_rows_then_all_land_and_nothing_is_said(
    export: str, tmp_path: Path
) -> None:
    tables = tables_of(tmp_path, filled(export, 3), "填好的表.xlsx")
    assert tables["files"]["outcome"][0] == "loaded", tables["files"]["refused_sentence"][0]
    sheet = tables["sheets"].filter(pl.col("outcome") == "loaded").row(0, named=True)
    assert (sheet["export"], sheet["columns_extra"]) == (export, "[]")
    assert sheet["rows_typed"] == 3
    assert tables["rejected"].is_empty()
    assert tables["issues"].select("column_name", "rule", "raw_value").rows() == []
    assert tables["sheets"].filter(pl.col("outcome") == "skipped").height == 2
    rows = tables[export]
    empty = [
        item.column.name for item in template_columns(BUILT_IN[export])
        if rows[item.column.name].null_count()
    ]  # fmt: skip
    assert set(empty) <= {"term"}


@pytest.mark.parametrize("export", EXPORTS)
def test_template_when_blank_then_it_lands_as_no_row(export: str, tmp_path: Path) -> None:
    tables = tables_of(tmp_path, write_template(BUILT_IN[export]), "空表.xlsx")
    sheet = tables["sheets"].filter(pl.col("outcome") == "loaded").row(0, named=True)
    assert (sheet["export"], sheet["rows_read"], sheet["rows_header"]) == (export, 0, 1)
    assert tables["issues"].filter(pl.col("rule") != "known_at_unknown").is_empty()


@pytest.mark.parametrize("export", EXPORTS)
def test_template_when_opened_then_lists_formats_and_notes_follow_the_contract(
    export: str,
) -> None:
    raw = write_template(BUILT_IN[export])
    assert raw == write_template(BUILT_IN[export])
    book = openpyxl.load_workbook(io.BytesIO(raw))
    table, notes, lists = book.worksheets
    assert (notes.title, lists.title, lists.sheet_state) == ("填写说明", "字典", "hidden")
    assert table.freeze_panes == "A2"
    rules = {str(r.sqref).split(":")[0]: r for r in table.data_validations.dataValidation}
    columns = template_columns(BUILT_IN[export])
    for place, item in enumerate(columns, start=1):
        cell = table.cell(1, place)
        assert cell.value == item.header and cell.comment is not None
        letter = cell.column_letter
        style = next(d for d in table.column_dimensions.values() if d.min <= place <= d.max)
        assert style.width >= 12
        if item.column.words:
            rule = rules[f"{letter}2"]
            sheet, area = rule.formula1.strip("=").split("!")
            offered = [c.value for row in book[sheet.strip("'")][area] for c in row]
            assert rule.type == "list" and set(offered) >= set(
                ["是", "否"] if item.column.type == "bool" else item.column.words.values()
            )
        if item.column.type in ("id", "uscc", "phone", "code"):
            assert style.number_format == "@"
    common = [item.column.is_common for item in columns]
    assert common == sorted(common)
    told = {row[0].value for row in notes.iter_rows()}
    assert {f"「{item.name}」" for item in columns} <= told


OWN = [c for c in load_contracts(EXAMPLE).values() if not c.is_builtin]


@pytest.mark.parametrize("own", OWN, ids=lambda c: c.name)
def test_template_when_the_contract_is_of_the_workspace_then_its_headers_stand_there(
    own: Contract, tmp_path: Path
) -> None:
    raw = write_template(own)
    headers = [c.value for c in openpyxl.load_workbook(io.BytesIO(raw)).worksheets[0][1]]
    assert len(headers) == len(set(headers))
    tables = tables_of(tmp_path, raw, "blank.xlsx", load_contracts(EXAMPLE))
    assert set(tables["sheets"]["export"].drop_nulls()) == set(own.feeds)
    assert tables["sheets"]["rows_read"].sum() == 0


def test_template_when_a_row_opens_into_several_then_each_measure_has_its_column() -> None:
    own = next(c for c in OWN if any(feed.melt for feed in c.feeds.values()))
    headers = [c.header for c in template_columns(own) if not c.column.is_common]
    assert headers[:4] == ["*Date", "*Time", "CO_GT", "PT08_S1_CO"]
    assert len(headers) == 15  # a day, a time and thirteen measures


def test_template_verb_when_called_then_the_workbook_stands_in_the_workspace(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--workspace", str(tmp_path), "template", "hazards"]) == 0
    path = tmp_path / "templates" / "隐患台账_模板.xlsx"
    assert path.read_bytes() == write_template(BUILT_IN["hazards"])
    own = tmp_path / "own.xlsx"
    assert main(["--workspace", str(tmp_path), "template", "parks", "--out", str(own)]) == 0
    assert own.read_bytes() == write_template(BUILT_IN["parks"])
    assert main(["--workspace", str(tmp_path), "template", "hazard"]) == 1
    assert "no export 'hazard'. Expected one of parks," in capsys.readouterr().err
