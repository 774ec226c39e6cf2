"""A report's folder: the model, the PDF of record, the Word file and the figures.

Belongs here: names of folders and files, writing them as one. Does not belong here: what is in
them (content.py, render_*.py), which workspace (the caller).
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

from app import words
from app.report import figures
from app.report.fonts import Fonts, find_fonts
from app.report.glyphs import check_glyphs
from app.report.model import Report
from app.report.render_docx import render_docx
from app.report.render_pdf import render_pdf

MODEL, PDF, WORD = "report.json", "report.pdf", "report.docx"
FIGURES = "figures"
_UNSAFE = re.compile(r'[\\/:*?"<>|\s]+')


def name_folder(period: str, region: str, run: str, language: str) -> str:
    """Return the folder's name: period, region and snapshot, and the language when not Chinese."""
    parts = [period, region, run, *([] if language == words.DEFAULT else [language])]
    return "_".join(_UNSAFE.sub("-", part) for part in parts)


def write_report(
    report: Report, reports: Path, template: Path | None = None, fonts: Fonts | None = None
) -> Path:
    """Write a report's files into a folder of their own below ``reports`` and return it.

    The folder appears whole by one rename; one of the same name is replaced.

    Raises
    ------
    ReportError : a character without a glyph, or a Word template that cannot be filled.
    """
    fonts = fonts or find_fonts()
    check_glyphs(report, fonts)
    facts = report.facts
    name = name_folder(facts["period"], facts["region"], facts["run"], report.language)
    reports.mkdir(parents=True, exist_ok=True)
    fresh = reports / f".tmp-{name}"
    shutil.rmtree(fresh, ignore_errors=True)
    (fresh / FIGURES).mkdir(parents=True)
    model = json.dumps(report.to_json(), ensure_ascii=False, indent=1)
    (fresh / MODEL).write_text(model + "\n", "utf-8")
    (fresh / PDF).write_bytes(render_pdf(report, fonts))
    (fresh / WORD).write_bytes(render_docx(report, fonts, template))
    for figure in report.figures():
        svg = figures.to_svg(figure, fonts.families["hei"])
        (fresh / FIGURES / f"{figure.key}.svg").write_text(svg, "utf-8")
    folder = reports / name
    shutil.rmtree(folder, ignore_errors=True)
    return fresh.rename(folder)
