"""The content model into the PDF of record, by Typst.

Belongs here: what the template reads (data files, pictures, fonts), compiling.
Does not belong here: the layout (templates/report.typ), the content (content.py).
"""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from app import words
from app.report import figures
from app.report.fonts import Fonts
from app.report.model import Report

TEMPLATE = "report.typ"
#: Typst drops a region from a family's name where each font of the file has its own.
SET_AS = {"AR PL UKai CN": "AR PL UKai"}


def render_pdf(report: Report, fonts: Fonts) -> bytes:
    """Return the report as PDF; the same report and fonts give the same bytes.

    Only the fonts found are used, and no other takes the place of a missing glyph, so the glyph
    check must have passed.
    """
    with TemporaryDirectory() as name:
        folder = Path(name)
        _write_inputs(report, fonts, folder)
        return typst.compile(
            str(folder / TEMPLATE),
            root=str(folder),
            font_paths=[str(path) for path in fonts.folders],
            ignore_system_fonts=True,
            timestamp=datetime.fromisoformat(report.facts["written_on"]).replace(tzinfo=UTC),
        )


def describe(report: Report) -> dict[str, Any]:
    """Return what the template reads: the model with units in words and files of figures."""
    data = report.to_json()
    for chapter in data["chapters"]:
        for block in chapter["blocks"]:
            if block["kind"] == "table":
                block["unit_text"] = words.say("report.unit", unit=block["unit"])
            if block["kind"] == "figure":
                block["file"] = f"{block['key']}.svg"
                del block["spec"]
    return data


def _write_inputs(report: Report, fonts: Fonts, folder: Path) -> None:
    _write_json(folder / "report.json", describe(report))
    _write_json(
        folder / "fonts.json",
        {role: [SET_AS.get(f, f) for f in fonts.families[role]] for role in fonts.families},
    )
    for figure in report.figures():
        svg = figures.to_svg(figure, fonts.families["hei"])
        (folder / f"{figure.key}.svg").write_text(svg, "utf-8")
    template = resources.files("app.report") / "templates" / TEMPLATE
    with resources.as_file(template) as path:
        shutil.copyfile(path, folder / TEMPLATE)


def _write_json(path: Path, data: dict[str, Any]) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
