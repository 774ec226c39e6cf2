"""Downloads: what is shown, with where it comes from, and nothing a spreadsheet would run."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from app import downloads

SHEET = downloads.Sheet(
    "Title",
    ("Filter: all", "Data up to 31 October 2026"),
    pl.DataFrame(
        {
            "Rank": [1, 2],
            "Park": ["=HYPERLINK(1)", "plain"],
            "Change": ["-3.5", "-a"],
            "Seen": [date(2026, 10, 1), None],
        }
    ),
    "&P",
)


def test_excel_when_read_back_then_has_title_notes_header_and_values() -> None:
    page = openpyxl.load_workbook(BytesIO(downloads.write_excel(SHEET))).active
    rows = list(page.values)
    assert [row[0] for row in rows[:3]] == ["Title", "Filter: all", "Data up to 31 October 2026"]
    assert rows[3] == ("Rank", "Park", "Change", "Seen")
    assert rows[4][:3] == (1, "'=HYPERLINK(1)", "-3.5")
    assert rows[4][3].date() == date(2026, 10, 1)
    assert rows[5] == (2, "plain", "'-a", None)


def test_excel_when_opened_then_header_stays_filters_and_prints_on_each_page() -> None:
    page = openpyxl.load_workbook(BytesIO(downloads.write_excel(SHEET))).active
    assert page.freeze_panes == "A5"
    assert page.auto_filter.ref == "A4:D6"
    assert page.print_title_rows == "$4:$4"
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)


def test_csv_when_written_then_starts_with_the_mark_excel_needs() -> None:
    written = downloads.write_csv(SHEET)
    assert written.startswith(b"\xef\xbb\xbfRank,Park")
    assert "1,'=HYPERLINK(1),-3.5,2026-10-01" in written.decode("utf-8")


@given(st.lists(st.text(max_size=8), min_size=1, max_size=5))
def test_cells_when_made_safe_then_none_starts_a_formula_unless_a_number(texts: list[str]) -> None:
    safe = downloads.make_safe(pl.DataFrame({"a": texts}))["a"]
    for before, after in zip(texts, safe, strict=True):
        starts = before[:1] in ("=", "+", "-", "@", "\t", "\r")
        assert after in (before, f"'{before}")
        if starts and after == before:
            assert float(before.replace(",", "").rstrip("%")) is not None
        if not starts:
            assert after == before
