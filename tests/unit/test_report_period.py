"""Periods, options, fonts and glyphs: what a report is refused for, and what it says then."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import typst

from app.report.fonts import CHAINS, ROLES, find_fonts
from app.report.glyphs import check_glyphs, find_missing
from app.report.model import Report
from app.report.options import ReportOptions, read_options
from app.report.period import Period, ReportError, last_full_year, read_period
from app.report.render_pdf import SET_AS

EMPTY = Report(
    title="标题", title_lines=["标题"], issuer="", day="", language="zh", facts={},
    scope_title="", scope=[], summary_title="", summary=[], chapters=[],
)  # fmt: skip


def test_period_when_read_then_is_half_open_and_shifts_by_a_year() -> None:
    year = read_period("2024")
    assert year == Period(date(2024, 1, 1), date(2025, 1, 1))
    assert year.code == "2024-01-01..2024-12-31"
    assert year.is_calendar_year
    assert year.year_before() == Period(date(2023, 1, 1), date(2024, 1, 1))
    spring = read_period("2024-02-29..2024-03-31")
    assert spring.year_before().code == "2023-02-28..2023-03-31"
    assert [m.month for m in read_period("2024-11-15..2025-01-01").months()] == [11, 12, 1]


@pytest.mark.parametrize("text", ["", "2024-13-01..2024-12-31", "2024-02-01..2024-01-01",
                                  "2024-01-01..2025-01-01", "last year", "2024-01-01"])  # fmt: skip
def test_period_when_wrong_then_says_what_is_expected(text: str) -> None:
    with pytest.raises(ReportError, match="expected"):
        read_period(text)


def test_period_when_the_data_ends_inside_then_is_cut_there() -> None:
    year = read_period("2025")
    assert year.cut(date(2025, 10, 31)).code == "2025-01-01..2025-10-31"
    assert year.cut(date(2026, 1, 31)) == year
    assert last_full_year(date(2025, 10, 31)).start == date(2024, 1, 1)
    assert last_full_year(date(2025, 12, 31)).start == date(2025, 1, 1)
    with pytest.raises(ReportError, match="refresh"):
        year.cut(date(2024, 12, 31))


def test_options_when_absent_or_given_then_are_defaults_or_read(tmp_path: Path) -> None:
    assert read_options(tmp_path) == ReportOptions()
    (tmp_path / "report.yml").write_text("issuer: 某局\nrounding: down\ntop_parks: 5\n", "utf-8")
    read = read_options(tmp_path)
    assert (read.issuer, read.style.rounding, read.top_parks) == ("某局", "down", 5)


@pytest.mark.parametrize("text", ["isuer: 某局", "rounding: up", "top_parks: many", "- 1",
                                  "percent_places: 3", "top_parks: 0"])  # fmt: skip
def test_options_when_wrong_then_are_refused_by_name(tmp_path: Path, text: str) -> None:
    (tmp_path / "report.yml").write_text(text, "utf-8")
    with pytest.raises(ReportError, match=r"rules/report\.yml"):
        read_options(tmp_path)


def test_fonts_when_the_machine_has_none_then_the_package_fills_every_role() -> None:
    fonts = find_fonts(())
    assert fonts.families == {
        "body": ("Noto Serif SC",), "hei": ("Noto Sans SC",), "kai": ("Noto Serif SC",),
        "title": ("Noto Serif SC",),
    }  # fmt: skip
    check_glyphs(replace(EMPTY, title="甪直镇㎡垞", scope=["甪直镇㎡垞"]), fonts)


def test_fonts_when_found_then_typst_knows_each_family() -> None:
    fonts = find_fonts()
    known = typst.Fonts(
        include_system_fonts=False, font_paths=[str(f) for f in fonts.folders]
    ).families()
    wanted = {SET_AS.get(f, f) for role in ROLES for f in fonts.families[role]}
    assert wanted - set(known) == set()
    assert set(fonts.families) == set(CHAINS)


def test_glyphs_when_a_font_lacks_one_then_the_character_and_its_text_are_named() -> None:
    fonts = find_fonts(())
    klingon = "\U000e0f00\uf8d0"
    with pytest.raises(ReportError) as error:
        check_glyphs(replace(EMPTY, scope=[f"某{klingon[1]}镇"]), fonts)
    assert "U+F8D0" in str(error.value)
    assert "body" in str(error.value)
    assert "某" in str(error.value)


def test_glyphs_when_only_one_role_lacks_it_then_that_role_is_named() -> None:
    fonts = find_fonts(())
    # private use: in no font
    missing = find_missing({"title": ["\uf8d0"], "body": ["中　 \n"]}, fonts)
    assert set(missing) == {("title", "\uf8d0")}
