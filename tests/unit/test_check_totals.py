"""Totals a file states, against its rows."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from landing_fixture import tables_of

HEADER = "案号,被处罚单位,立案日期,处罚决定日期,罚款金额(元),案由\n"
DOUBTFUL = "案1,甲厂,2026-03-01,2026-03-09,20000000,未设警示\n"  # kept, but to be looked at
SOUND = "案2,乙厂,2026-03-02,2026-03-10,5000,未设警示\n"
UNREAD = "案3,丙厂,2026-03-03,2026-03-11,若干,未设警示\n"


def issues(folder: Path, text: str) -> list[tuple[str | None, str]]:
    tables = tables_of(folder, text, "处罚台账_2026-04-30.csv")
    return tables["issues"].select("column_name", "rule").rows()


@pytest.mark.parametrize(
    ("rows", "total", "found"),
    [
        (SOUND, 5000, []),
        (SOUND, 5001, [("fine", "total_mismatch")]),
        (DOUBTFUL + SOUND, 20005000, [("fine", "doubtful_value")]),
        # A doubtful amount is an amount: the total must still bear it out.
        (DOUBTFUL + SOUND, 5000, [("fine", "total_mismatch"), ("fine", "doubtful_value")]),
        # An unreadable one says itself why the total cannot agree.
        (UNREAD + SOUND, 9000, [("fine", "bad_value")]),
    ],
)
def test_total_when_it_differs_from_the_rows_then_it_is_told(
    rows: str, total: int, found: list, tmp_path: Path
) -> None:
    text = f"{HEADER}{rows}合计,,,,{total},\n"
    assert issues(tmp_path, text) == found


def test_total_when_two_columns_disagree_then_the_first_counts(tmp_path: Path) -> None:
    text = (
        "检查编号,企业名称,检查日期,检查类型,隐患数,问题数\n"
        "J1,甲厂,2026-03-05,执法检查,2,3\n合计,,,,2,3\n"
    )
    tables = tables_of(tmp_path, text, "检查记录_2026-03-31.csv")
    said = tables["issues"].select("_row_number", "rule").sort("rule", nulls_last=True).rows()
    assert said == [(2, "two_values")]
    assert tables["issues"].filter(pl.col("rule") == "total_mismatch").is_empty()
