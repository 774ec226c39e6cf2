"""The demo's report: its numbers are those of the explorer's pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

import pypdfium2
import pytest
from conftest import DemoBuild

from app import queries
from app.published import Snapshot, find_snapshot, open_snapshot
from app.report.content import build_report
from app.report.fonts import find_fonts
from app.report.glyphs import check_glyphs
from app.report.model import Report
from app.report.options import ReportOptions
from app.report.period import Period
from app.report.render_pdf import render_pdf

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def snapshot(demo: DemoBuild) -> Iterator[Snapshot]:
    found = find_snapshot(demo.settings.workspace)
    assert found is not None
    yield found
    # other tests open the same file with settings of their own, which DuckDB refuses meanwhile
    open_snapshot.clear()


@pytest.fixture(scope="module")
def report(snapshot: Snapshot) -> Report:
    """The 12 whole months up to the data date, as the overview counts them."""
    one = timedelta(days=1)
    whole = Period(queries.year_before(snapshot.as_of_on) + one, snapshot.as_of_on + one)
    return build_report(snapshot, whole, "all", ReportOptions())


def cells(report: Report, key: str) -> list[list[str]]:
    return next(table.rows for table in report.tables() if table.key == key)


def test_report_when_of_the_overviews_months_then_says_the_overviews_numbers(
    snapshot: Snapshot, report: Report
) -> None:
    overview = queries.ask_row(snapshot, "overview")
    assert overview is not None
    ends = {row[0]: int(row[4]) for row in cells(report, "base_flow")}
    assert ends == {
        "企业": overview["count_enterprises"],
        "园区": overview["count_parks"],
        "租赁关系": overview["count_tenancies"],
    }
    visits = sum(int(row[1]) for row in cells(report, "visits"))
    assert visits == overview["count_inspections_12m"]
    hazards = [int(row[2]) for row in cells(report, "hazards")]
    assert hazards[0] == overview["count_hazards_12m"]
    assert hazards[1] + hazards[2] == overview["count_serious_hazards_12m"]
    cases = {row[0]: row[2] for row in cells(report, "cases")}
    assert int(cases["作出处罚决定"]) == overview["count_cases_12m"]
    fines = Decimal(overview["fines_12m_fen"]) / 1_000_000
    assert Decimal(cases["罚款"]) == fines.quantize(Decimal("0.01"), ROUND_HALF_UP)
    accidents = [row[2] for row in cells(report, "accidents")]
    assert int(accidents[0]) == overview["count_accidents_12m"]
    assert int(accidents[1]) == overview["count_deaths_12m"]
    text = str(report.to_json())
    stock = (
        f"累计未整改{overview['count_hazards_open']}条，"
        f"其中已逾期{overview['count_hazards_overdue']}条"
    )
    assert stock in text


def test_report_when_summed_by_month_town_and_level_then_is_always_the_same(
    snapshot: Snapshot, report: Report
) -> None:
    overview = queries.ask_row(snapshot, "overview")
    assert overview is not None
    found = overview["count_hazards_12m"]
    for dimension in ("level", "category", "town", "found_by"):
        assert sum(int(row[1]) for row in cells(report, f"hazards_{dimension}")) == found
    figure = next(f for f in report.figures() if f.key == "hazards_by_month")
    (drawn,) = figure.spec["datasets"].values()
    assert sum(bar["count"] for bar in drawn if bar["series"] == "本期") == found
    since, until = queries.year_before(snapshot.as_of_on), snapshot.as_of_on
    months = queries.ask(snapshot, "monthly", since=since, until=until, town=None)
    assert int(months["count_hazards"].sum()) == found


def test_report_when_set_then_every_number_of_its_tables_is_in_the_pdf(report: Report) -> None:
    fonts = find_fonts()
    check_glyphs(report, fonts)
    document = pypdfium2.PdfDocument(render_pdf(report, fonts))
    text = "".join(page.get_textpage().get_text_range() for page in document)
    text = re.sub(r"[\s\ufffe\u200b]", "", text)
    numbers = 0
    for table in report.tables():
        for row in table.rows:
            run = "".join(cell for cell in row if re.fullmatch(r"-?[\d.]+|—", cell))
            numbers += len(run)
            whole = re.sub(r"\s", "", "".join(row))
            assert whole in text or run in text, (table.key, row)
    assert numbers > 1000


def test_report_when_the_demo_is_built_then_every_chapter_has_numbers(report: Report) -> None:
    keys = {table.key for table in report.tables()}
    assert {
        "cases",
        "accidents",
        "devices",
        "alarms",
        "episodes",
        "evidence",
        "ledger",
        "ranking",
    } <= keys
