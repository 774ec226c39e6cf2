"""The content model into an editable Word file, by docxtpl.

Belongs here: filling the template, what a template cannot say (widths of columns, alt texts).
Does not belong here: the layout (templates/report.docx, made by docx_template.py), the content.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docxtpl import DocxTemplate, InlineImage
from jinja2 import TemplateError

from app.report import figures
from app.report.docx_template import PATH
from app.report.fonts import Fonts
from app.report.model import Report, Table
from app.report.period import ReportError
from app.report.render_pdf import describe
from app.report.zip_bytes import pack_again

TYPE_WIDTH_MM, PICTURE_WIDTH_MM = 156, 154
#: Tables up to this many rows stay on one page, longer ones at least their first, as in the PDF.
KEPT_TOGETHER, FIRST_ROWS = 9, 5
#: Tables of more half-width characters a line are set smaller.
WIDE, SMALL_PT = 76, 9
ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}


def render_docx(report: Report, fonts: Fonts, template: Path | None = None) -> bytes:
    """Return the report as .docx; the same report gives the same bytes.

    Parameters
    ----------
    template : a bureau's own template; None takes the built-in one.

    Raises
    ------
    ReportError : the template asks for something the report does not have.
    """
    path = template or PATH
    document = DocxTemplate(path)
    context = _fill(report, fonts, document)
    try:
        unknown = document.get_undeclared_template_variables() - set(context)
        if unknown:
            raise ReportError(
                f"{path.name}: asks for {', '.join(sorted(unknown))}, expected names among "
                f"{', '.join(sorted(context))}. Next: correct the tag in the template."
            )
        document.render(context, autoescape=True)
    except TemplateError as error:
        raise ReportError(
            f"{path.name}: {error}. Next: correct the tag in the template, or remove the file to "
            "use the built-in one."
        ) from error
    _shape_tables(document.docx, report.tables())
    _describe_pictures(document.docx, report)
    _set_facts(document.docx, report)
    stream = BytesIO()
    document.save(stream)
    return pack_again(stream.getvalue())


def _fill(report: Report, fonts: Fonts, document: DocxTemplate) -> dict[str, Any]:
    context = describe(report)
    pictures = {
        figure.key: figures.to_png(figure, fonts.families["hei"]) for figure in report.figures()
    }
    for chapter in context["chapters"]:
        for block in chapter["blocks"]:
            if block["kind"] == "figure":
                picture = BytesIO(pictures[block["key"]])
                block["picture"] = InlineImage(document, picture, width=Mm(PICTURE_WIDTH_MM))
    return context


def _shape_tables(document: Any, tables: list[Table]) -> None:
    """Set widths, alignment and the repeated head; a template of a bureau may hold other tables."""
    for table in document.tables:
        head = [cell.text for cell in table.rows[0].cells]
        model = next((t for t in tables if [c.title for c in t.columns] == head
                      and len(t.rows) == len(table.rows) - 1), None)  # fmt: skip
        if model is not None:
            _shape_table(table, model)


def _shape_table(table: Any, model: Table) -> None:
    whole = sum(column.width for column in model.columns)
    widths = [Mm(TYPE_WIDTH_MM * column.width / whole) for column in model.columns]
    table.autofit = False
    grid = table._tbl.tblGrid
    for old in list(grid):
        grid.remove(old)
    for width in widths:
        column = OxmlElement("w:gridCol")
        column.set(qn("w:w"), str(int(width.twips)))
        grid.append(column)
    for number, row in enumerate(table.rows):
        for cell, width, column in zip(row.cells, widths, model.columns, strict=True):
            cell.width = width
            if number:
                cell.paragraphs[0].alignment = ALIGN[column.align]
            if whole > WIDE:
                for run in cell.paragraphs[0].runs:
                    run.font.size = Pt(SMALL_PT)
    kept = len(model.rows) if len(model.rows) <= KEPT_TOGETHER else FIRST_ROWS
    for row in table.rows[:kept]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _describe_pictures(document: Any, report: Report) -> None:
    for shape, figure in zip(document.inline_shapes, report.figures(), strict=False):
        shape._inline.docPr.set("descr", figure.alt)
        shape._inline.docPr.set("title", figure.caption)


def _set_facts(document: Any, report: Report) -> None:
    facts = document.core_properties
    facts.title, facts.author, facts.last_modified_by = report.title, report.issuer, report.issuer
    facts.created = facts.modified = datetime.fromisoformat(report.facts["written_on"])
    facts.revision = 1
