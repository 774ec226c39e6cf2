"""What `parkrisk check` says of a file, without loading it."""

from pathlib import Path

from landing_fixture import BUILT_IN, make_settings

from pipelines.ingest.check_report import check_files, format_report

TEXT = """检查编号,企业名称,检查日期,检查类型,检查人员,检查结果,天气
J1,甲厂,2024-05-01,执法检查,张三,发现问题,晴
J2,,2024-05-02,执法检查,张三,大概有问题,晴
J3,甲厂,2024-05-02,执法检查,张三,大概有问题,打13812345678
"""


def report_of(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, "utf-8")
    (report,) = check_files([path], BUILT_IN, make_settings(folder))
    return format_report(report)


def test_report_when_file_is_known_then_tells_columns_rows_and_reasons(tmp_path: Path) -> None:
    text = report_of(tmp_path, "检查记录_2024-05-31.csv", TEXT)
    assert "inspections by contract inspections" in text
    assert "检查日期 -> inspected_on" in text
    assert "kept beside the rows: 天气" in text
    assert "rows read 3 = typed 2 + rejected 1" in text
    assert "row 3: no_subject" in text
    assert "unknown_code result 1, first in row 4: '大概有问题'" in text
    assert "张三" not in text and "13812345678" not in text


def test_report_when_file_is_refused_then_tells_why(tmp_path: Path) -> None:
    text = report_of(tmp_path, "食堂采购清单.csv", "菜名,价格\n白菜,2\n")
    assert "REFUSED unrecognised" in text


def test_check_files_when_run_then_writes_nothing(tmp_path: Path) -> None:
    report_of(tmp_path, "检查记录_2024-05-31.csv", TEXT)
    assert [path.name for path in tmp_path.iterdir()] == ["检查记录_2024-05-31.csv"]
