"""Web pages, JSON lines, Parquet and text under other names: the same rows as from CSV."""

from __future__ import annotations

import gzip
import io
from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest
from landing_fixture import tables_of

from pipelines.ingest.html_grid import read_html_grids
from pipelines.ingest.json_grid import read_json_grid
from pipelines.ingest.open_bytes import Refused, open_bytes
from pipelines.ingest.parquet_grid import read_parquet_grid

VISITS = "检查编号,企业名称,检查日期,检查类型,检查人员,检查结果\n"
ROWS = "J1,甲厂,2026-10-05,执法检查,张某,发现问题\nJ2,乙厂,2026-10-06,执法检查,李某,未发现问题\n"
PAGE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<style>td {mso-number-format:"\\@"}</style></head><body>
<h3>检查记录</h3><p>导出时间:2026-10-07 09:30</p>
<table border="1"><tr><th>检查编号</th><th>企业名称</th><th>检查日期</th><th>检查类型</th>
<th>检查人员</th><th>检查<br>结果</th></tr>
<tr><td>J1</td><td>甲厂&nbsp;</td><td rowspan="2">2026-10-05</td><td>执法检查</td><td>张某</td>
<td><b>发现</b>问题</td></tr>
<tr><td>J2</td><td>乙厂</td><td>执法检查</td><td>李某</td><td>未发现问题</td></tr>
<tr><td colspan="3">合计</td><td></td><td></td><td>2</td></tr></table></body></html>"""
JSON = (
    '{"检查编号": "J1", "企业名称": "甲厂", "检查日期": "2026-10-05", "检查类型": "执法检查"}\n\n'
    '{"检查编号": "J2", "检查日期": "2026-10-06", "企业名称": "乙厂", "检查类型": "执法检查",'
    ' "检查人员": "张某", "检查结果": "发现问题", "附件": [{"名": "a.jpg"}], "已归档": true}\n'
)


def loaded(folder: Path, raw: str | bytes, name: str = "导出.xls") -> dict[str, pl.DataFrame]:
    tables = tables_of(folder, raw, name)
    files = tables["files"]
    assert files["outcome"][0] == "loaded", files["refused_sentence"][0]
    return tables


def refused(folder: Path, raw: str | bytes) -> tuple[str, str]:
    files = tables_of(folder, raw, "导出.xls")["files"]
    assert files["outcome"][0] == "refused"
    return files["refused_code"][0], files["refused_sentence"][0]


def grid_rows(text: str) -> list[tuple]:
    return read_html_grids(text)[0].cells.rows()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_page_when_its_meta_says_gb2312_then_the_bytes_decide(
    tmp_path: Path, encoding: str
) -> None:
    tables = loaded(tmp_path, PAGE.encode(encoding))
    assert tables["files"]["kind"][0] == "html"
    assert tables["files"]["encoding"][0] == encoding.removesuffix("-sig")
    visits = tables["inspections"]
    assert visits["enterprise_name"].to_list() == ["甲厂", "乙厂"]
    assert visits["inspected_on"].to_list() == [date(2026, 10, 5)] * 2  # merged over two rows
    assert visits["result"].to_list() == ["发现问题", "未发现问题"]
    assert visits["_row_number"].to_list() == [2, 3]
    assert visits["_known_from_what"].to_list() == ["title"] * 2
    assert visits["_known_on"].to_list() == [date(2026, 10, 7)] * 2
    sheet = tables["sheets"].row(0, named=True)
    dropped = (sheet["rows_title"], sheet["rows_header"], sheet["rows_total"])
    assert dropped == (1, 1, 1)  # the heading is row 0
    assert sheet["rows_physical"] == 5


def test_page_when_cells_are_merged_then_rows_repeat_and_columns_do_not() -> None:
    text = (
        "<table><tr><td rowspan=2>a</td><td colspan=2>b</td><td>c</td></tr>"
        "<tr><td>d</td><td>e</td><td rowspan=0>f</td></tr><tr><td>g</td></tr></table>"
    )
    assert grid_rows(text) == [
        (1, "a", "b", None, "c"), (2, "a", "d", "e", "f"), (3, "g", None, None, "f"),
    ]  # fmt: skip


def test_page_when_it_has_several_tables_then_each_is_a_sheet(tmp_path: Path) -> None:
    one = "".join(f"<td>{cell}</td>" for cell in VISITS.strip().split(","))
    two = "".join(f"<td>{cell}</td>" for cell in ROWS.splitlines()[0].split(","))
    table = f"<table><caption>二月</caption><tr>{one}</tr><tr>{two}</tr></table>"
    layout = f"<table><tr><td>首页{table}</td></tr></table>"
    tables = loaded(tmp_path, f"<html>{layout}{table.replace('二月', '三月')}</html>".encode())
    assert tables["inspections"].select("_sheet", "_row_number").rows() == [
        ("二月", 2), ("三月", 2),
    ]  # fmt: skip
    assert tables["sheets"].filter(pl.col("outcome") == "skipped")["_sheet"].to_list() == ["表1"]


@pytest.mark.parametrize(
    ("text", "code", "word"),
    [
        (PAGE[: PAGE.index("<td>J2")], "unreadable", "cut off"),
        (PAGE.replace("</html>", ""), "unreadable", "cut off"),
        ("<html><body><form>登录</form></body></html>", "empty", "without any table"),
        ("<table><tr><td></td></tr></table>", "empty", "no cell"),
        (f"<table><tr><td>{'<b>' * 3000}x</td></tr></table>", "unreadable", "to its end"),
        ('<?xml version="1.0"?><Workbook></Workbook>', "unsupported_kind", "XML"),
        ("MIME-Version: 1.0\nX: multipart/related", "unsupported_kind", "web archive"),
    ],
)
def test_page_when_broken_then_it_is_refused_with_a_sentence(
    tmp_path: Path, text: str, code: str, word: str
) -> None:
    assert refused(tmp_path, text)[0] == code
    assert word in refused(tmp_path, text)[1]


def test_json_when_one_object_is_a_line_then_lines_are_row_numbers(tmp_path: Path) -> None:
    for raw in (JSON.encode(), gzip.compress(JSON.encode()), JSON.encode("gb18030")):
        tables = loaded(tmp_path, raw, "导出.json.gz")
        visits = tables["inspections"]
        assert tables["files"]["kind"][0] == "jsonl"
        assert visits["_row_number"].to_list() == [1, 3]
        assert visits["enterprise_name"].to_list() == ["甲厂", "乙厂"]
        assert visits["_extra"].to_list() == [
            None, '{"附件":"[{\\"名\\": \\"a.jpg\\"}]","已归档":"TRUE"}',
        ]  # fmt: skip
        sheet = tables["sheets"].row(0, named=True)
        assert (sheet["header_row"], sheet["rows_header"], sheet["rows_blank"]) == (0, 1, 1)
        assert sheet["rows_physical"] == 4


def test_json_when_a_number_is_long_then_it_keeps_its_digits() -> None:
    grid = read_json_grid('{"a": 1.10, "b": 913205821234567890, "c": "7", "a": null}\n{"a": NaN}')
    assert grid.cells.rows() == [
        (0, "a", "b", "c", "a"), (1, "1.10", "913205821234567890", "7", None),
        (2, None, None, None, None),
    ]  # fmt: skip
    assert grid.numeric.to_dict(as_series=False) == {
        "c0": [False, True, False], "c1": [False, True, False],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code", "word"),
    [
        ('{"a": 1}\n{"a": 2', "unreadable", "Line 2"),
        ('{"a": 1}\n[1]', "unreadable", "Line 2"),
        ('{\n"a": 1}', "unreadable", "Line 1"),
        ('[{"a": 1}]', "unsupported_kind", "one object a line"),
        ("{}\n", "empty", "no cell"),
    ],
)
def test_json_when_broken_then_it_is_refused_with_its_line(
    tmp_path: Path, text: str, code: str, word: str
) -> None:
    assert refused(tmp_path, text)[0] == code
    assert word in refused(tmp_path, text)[1]


def parquet(frame: pl.DataFrame) -> bytes:
    stream = io.BytesIO()
    frame.write_parquet(stream)
    return stream.getvalue()


def test_parquet_when_cells_are_typed_then_they_land_like_text(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {
            "检查编号": [101, 102], "企业名称": ["甲厂", "乙厂"],
            "检查日期": [datetime(2026, 10, 5), datetime(2026, 10, 6)],
            "检查类型": ["执法检查", None], "发现隐患数": [1.0, None], "是否夜间": [True, False],
        }
    )  # fmt: skip
    tables = loaded(tmp_path, parquet(frame), "导出.parquet")
    visits = tables["inspections"]
    assert tables["files"]["kind"][0] == "parquet"
    assert visits["_row_number"].to_list() == [2, 3]
    assert visits["inspection_id"].to_list() == ["101", "102"]
    assert visits["inspected_on_clock"].to_list() == [None, None]
    assert visits["hazard_count"].to_list() == [1, None]
    assert visits["is_night"].to_list() == [True, False]
    assert tables["issues"].is_empty()


def test_parquet_when_columns_have_other_types_then_each_is_written_as_text() -> None:
    moments = [datetime(2026, 1, 1), datetime(2026, 1, 1, 8, 30)]
    frame = pl.DataFrame(
        {
            "f32": pl.Series([0.1, None], dtype=pl.Float32),
            "dec": pl.Series(["1.50", "20.00"]).cast(pl.Decimal(10, 2)),
            "at": moments, "zone": pl.Series(moments).dt.replace_time_zone("Asia/Shanghai"),
            "cat": pl.Series(["x", None], dtype=pl.Categorical), "list": [[1, 2], None],
            "raw": [b"abc", None], "nan": [float("nan"), 2.5], "day": [date(2026, 1, 2), None],
        }
    )  # fmt: skip
    cells = read_parquet_grid(parquet(frame)).cells
    assert cells.row(0)[1:] == tuple(frame.columns)
    assert cells.row(1)[1:] == (
        "0.1", "1.5", "2026-01-01 00:00:00", "2025-12-31 16:00:00Z", "x", "[1,2]", "abc", None,
        "2026-01-02",
    )  # fmt: skip
    assert cells.row(2)[1:] == (
        None, "20", "2026-01-01 08:30:00", "2026-01-01 00:30:00Z", None, None, None, "2.5", None,
    )  # fmt: skip


@pytest.mark.parametrize("cut", [200, -1])
def test_parquet_when_cut_off_then_it_is_refused(tmp_path: Path, cut: int) -> None:
    whole = parquet(pl.DataFrame({"检查编号": list(range(100))}))
    code, sentence = refused(tmp_path, whole[:cut])
    assert code == "unreadable"
    assert "Parquet" in sentence
    with pytest.raises(Refused):
        open_bytes(b"PARE" + whole)


@pytest.mark.parametrize("name", ["导出.xls", "导出.txt.gz", "导出.csv"])
def test_text_when_tabs_and_gzip_go_under_other_names_then_rows_land(
    tmp_path: Path, name: str
) -> None:
    text = (VISITS + ROWS).replace(",", "\t")
    for encoding in ("gb18030", "utf-16", "utf-8-sig"):
        raw = text.encode(encoding)
        tables = loaded(tmp_path, gzip.compress(raw) if name.endswith(".gz") else raw, name)
        assert tables["files"]["kind"][0] == "csv"
        assert tables["inspections"]["_row_number"].to_list() == [2, 3]
