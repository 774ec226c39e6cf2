"""The report's files read back: the same numbers as the explorer's questions, and the layout."""

from __future__ import annotations

import ctypes
import itertools
import json
import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from report_world import NASTY, build_report_snapshot

from app import queries
from app.published import Snapshot, find_snapshot
from app.report.content import build_report
from app.report.docx_template import PATH, build_template
from app.report.fonts import Fonts, find_fonts
from app.report.model import Chapter, Paragraph, Report
from app.report.options import ReportOptions
from app.report.period import ReportError, read_period
from app.report.render_docx import render_docx
from app.report.render_pdf import render_pdf
from app.report.write import write_report

PARKS = 70
MM = 72 / 25.4
PERIOD = {"start": date(2025, 1, 1), "end": date(2026, 1, 1), "town": None}


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    return find_fonts()


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    workspace = tmp_path_factory.mktemp("bureau")
    build_report_snapshot(workspace, parks=PARKS)
    found = find_snapshot(workspace)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def report(snapshot: Snapshot) -> Report:
    return build_report(snapshot, read_period("2025"), "all", ReportOptions())


@pytest.fixture(scope="module")
def pdf(report: Report, fonts: Fonts) -> bytes:
    return render_pdf(report, fonts)


@pytest.fixture(scope="module")
def pages(pdf: bytes) -> list[str]:
    """The text of each page, without white space (cells wrap, columns are apart)."""
    document = pypdfium2.PdfDocument(pdf)
    return [squeeze(page.get_textpage().get_text_range()) for page in document]


@pytest.fixture(scope="module")
def word(report: Report, fonts: Fonts) -> bytes:
    return render_docx(report, fonts)


def squeeze(text: str) -> str:
    # PDFium writes U+FFFE where it thinks a word was divided
    return re.sub(r"[\s\ufffe\u200b]", "", text)


def ask(snapshot: Snapshot, question: str, *columns: str) -> list[str]:
    """The cells of a question as one text a row, straight from the explorer's query."""
    named = queries.parameters_of(question)
    rows = queries.ask(snapshot, question, **{k: PERIOD[k] for k in named})
    return ["".join(str(value) for value in row) for row in rows.select(columns).iter_rows()]


def test_every_cell_of_the_pdf_when_read_back_then_is_the_models(
    report: Report, pages: list[str]
) -> None:
    text = "".join(pages)
    assert len(report.tables()) > 25
    for table in report.tables():
        assert squeeze(table.caption) in text, table.key
        for row in table.rows:
            # a cell that wraps puts the ones after it between its lines: each is sought alone
            pieces = [squeeze("".join(row))] if len("".join(row)) < 40 else map(squeeze, row)
            assert all(piece in text for piece in pieces), (table.key, row)


@pytest.mark.parametrize(
    ("question", "columns"),
    [
        ("period_base", ("count_start", "count_in", "count_out", "count_end")),
        ("period_visits", ("kind", "count_visits")),
        ("period_visits_by_town", ("count_visits",)),
        ("period_hazards", ("count_found",)),
        ("period_hazard_groups", ("count_rectified",)),
        ("period_cases", ("count_filed",)),
        ("period_accidents", ("count_accidents",)),
        ("period_devices", ("device_kind", "count_devices", "count_enterprises")),
        ("period_episodes", ("level", "count_episodes", "count_devices", "count_enterprises")),
        ("period_alarms", ("level", "count_alarms", "count_true", "count_false", "count_test")),
        ("ledger_by_export", ("count_files", "rows_read", "rows_accepted", "rows_duplicate")),
        ("quality_totals", ("rows_read", "rows_accepted", "rows_duplicate", "rows_superseded")),
        ("reject_reasons", ("count_rows",)),
        ("refused_files", ("file_name",)),
    ],
)
def test_numbers_of_the_pdf_when_read_back_then_equal_the_explorers(
    snapshot: Snapshot, pages: list[str], question: str, columns: tuple[str, ...]
) -> None:
    text = "".join(pages)
    rows = ask(snapshot, question, *columns)
    assert rows
    assert all(row in text for row in rows)


def test_ranking_of_the_pdf_when_read_back_then_every_park_has_its_rank_and_score(
    snapshot: Snapshot, pages: list[str]
) -> None:
    rows = queries.ask(snapshot, "ranking", towns=(), kinds=(), text="")
    text = "".join(pages)
    assert rows.height == PARKS
    for row in rows.iter_rows(named=True):
        line = f"{row['rank']}{row['park_name']}{row['town']}{row['risk_score']:.3f}"
        assert squeeze(line) in text


def test_word_file_when_opened_then_its_tables_are_the_models(report: Report, word: bytes) -> None:
    tables = Document(BytesIO(word)).tables
    assert len(tables) == len(report.tables())
    for table, model in zip(tables, report.tables(), strict=True):
        rows = [[cell.text for cell in row.cells] for row in table.rows]
        assert rows == [[c.title for c in model.columns], *model.rows], model.key


def test_word_file_when_opened_then_heads_repeat_and_fonts_are_the_official_ones(
    report: Report, word: bytes
) -> None:
    document = Document(BytesIO(word))
    for table in document.tables:
        first = table.rows[0]._tr.trPr
        assert first is not None and first.xpath("w:tblHeader")
        assert all(row._tr.trPr.xpath("w:cantSplit") for row in table.rows)
    asian = {
        name: document.styles[name].element.rPr.rFonts.get(
            "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}eastAsia"
        )
        for name in ("Normal", "Heading 1", "Heading 2", "Title")
    }
    assert asian == {
        "Normal": "仿宋_GB2312", "Heading 1": "黑体", "Heading 2": "楷体_GB2312",
        "Title": "方正小标宋简体",
    }  # fmt: skip
    assert len(document.inline_shapes) == len(report.figures())
    assert document.settings.odd_and_even_pages_header_footer


def test_names_when_they_are_markup_then_stand_as_written_in_both_files(
    report: Report, pages: list[str], word: bytes
) -> None:
    text = "".join(pages)
    cells = {c.text for t in Document(BytesIO(word)).tables for row in t.rows for c in row.cells}
    for name in NASTY:
        assert squeeze(name) in text
        assert name in cells
    assert NASTY[0] in json.dumps(report.to_json(), ensure_ascii=False).replace('\\"', '"')


def test_layout_when_a_page_is_full_then_has_22_lines_of_28_characters(
    report: Report, fonts: Fonts
) -> None:
    plain = replace(
        report, summary=[], scope=["安全生产责任重于泰山" * 400],
        chapters=[Chapter("c", "一", "", [Paragraph("末")])],
    )  # fmt: skip
    text = pypdfium2.PdfDocument(render_pdf(plain, fonts))[1].get_textpage()
    lines: dict[float, list[float]] = {}
    for place in range(text.count_chars()):
        if "\u4e00" <= chr(pypdfium2.raw.FPDFText_GetUnicode(text, place)) <= "\u9fff":
            x, y = (ctypes.c_double(), ctypes.c_double())
            pypdfium2.raw.FPDFText_GetCharOrigin(text, place, x, y)
            lines.setdefault(round(y.value, 1), []).append(x.value)
    assert [len(line) for line in lines.values()] == [28] * 22
    feet = sorted(lines)
    # 225 mm / 22 = 28.99 pt, and 156 mm / 28 = 15.79 pt
    assert all(abs(high - low - 28.99) < 0.15 for low, high in itertools.pairwise(feet))
    for line in lines.values():
        assert all(abs(right - left - 15.79) < 0.05 for left, right in itertools.pairwise(line))
        assert abs(min(line) - 28 * MM) < 1


def test_page_numbers_when_odd_or_even_then_stand_right_or_left(pdf: bytes) -> None:
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) > 10
    for number, page in enumerate(document, 1):
        text = page.get_textpage()
        foot = text.get_text_bounded(0, 0, page.get_width(), 33 * MM).strip()
        assert foot == f"— {number} —"
        found = text.search(f"— {number} —")
        places = []
        while (at := found.get_next()) is not None:
            places.append(text.get_charbox(at[0]))
        left = next(box[0] for box in places if box[1] < 33 * MM)
        is_right = left > page.get_width() / 2
        assert is_right == (number % 2 == 1)


def test_long_table_when_it_breaks_then_every_page_has_its_head(
    report: Report, pages: list[str]
) -> None:
    table = next(t for t in report.tables() if t.key == "ranking")
    assert len(table.rows) == PARKS
    with_rows = [p for p in pages if re.search(r"第\d+园[东西]镇0\.8\d\d\d+", p)]
    assert len(with_rows) >= 3
    assert all("名次园区镇街得分" in page and "最近检查" in page for page in with_rows)


def test_fonts_of_the_pdf_when_listed_then_are_those_of_the_chain(pdf: bytes, fonts: Fonts) -> None:
    names = set(re.findall(rb"/BaseFont\s*/(?:[A-Z]{6}\+)?([A-Za-z0-9-]+)", pdf))
    assert names or b"/ObjStm" in pdf
    document = pypdfium2.PdfDocument(pdf)
    used = {
        obj.get_font().get_base_name()
        for page in document
        for obj in page.get_objects()
        if obj.type == pypdfium2.raw.FPDF_PAGEOBJ_TEXT
    }
    assert used
    assert not [name for name in used if "DejaVu" in name]
    assert any("Libertinus" in name for name in used)
    assert set(fonts.families) == {"body", "hei", "kai", "title"}


def test_files_when_made_twice_then_are_the_same_bytes(
    report: Report, fonts: Fonts, pdf: bytes, word: bytes
) -> None:
    assert render_pdf(report, fonts) == pdf
    assert render_docx(report, fonts) == word


def test_template_when_made_again_then_is_the_committed_one() -> None:
    assert build_template() == PATH.read_bytes(), "run python -m app.report.docx_template"


def test_template_of_a_bureau_when_it_asks_for_the_unknown_then_is_refused_by_name(
    report: Report, fonts: Fonts, tmp_path: Path
) -> None:
    own = tmp_path / "report.docx"
    document = Document(str(PATH))
    document.add_paragraph("{{ chef }}")
    document.save(str(own))
    with pytest.raises(ReportError, match="chef"):
        render_docx(report, fonts, own)


def test_report_when_written_then_the_folder_is_whole_and_named_after_what_it_is(
    report: Report, tmp_path: Path
) -> None:
    short = replace(report, chapters=[c for c in report.chapters if c.key == "cases"])
    name = "2025-01-01..2025-12-31_all_park-20261031-1a2b3c4d"
    (tmp_path / name).mkdir()
    (tmp_path / name / "old.txt").write_text("of an older run", "utf-8")
    folder = write_report(short, tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == [folder.name] == [name]
    assert sorted(p.name for p in folder.iterdir()) == [
        "figures", "report.docx", "report.json", "report.pdf",
    ]  # fmt: skip
    assert json.loads((folder / "report.json").read_text("utf-8")) == short.to_json()
    assert [p.name for p in (folder / "figures").iterdir()] == ["cases_by_month.svg"]
