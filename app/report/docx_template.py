"""Makes templates/report.docx: the Word report's layout, which a bureau may restyle in Word.

Belongs here: styles, page, footers and the template's tags, so that the committed file can be made
again. Does not belong here: filling it (render_docx.py), content (content.py).

Run ``python -m app.report.docx_template`` after a change; a test keeps file and script equal.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from app import words
from app.report.zip_bytes import pack_again

PATH = Path(__file__).with_name("templates") / "report.docx"
LATIN = "Times New Roman"
PITCH_PT = 29
#: Room beside a cell's text, in twentieths of a point, as in the PDF.
CELL_MARGIN = "60"
#: Type 16 pt on a grid of 28 characters in 156 mm: each is set 0.2 pt closer (twentieths).
TIGHTER = "-4"


def build_template() -> bytes:
    """Return the template's bytes, the same every time."""
    document = Document()
    _set_page(document)
    _set_styles(document)
    _set_footers(document)
    _write_body(document)
    document.core_properties.author = ""
    document.core_properties.title = ""
    stream = BytesIO()
    document.save(stream)
    return pack_again(stream.getvalue())


def _set_page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(24)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(PITCH_PT * 20))
    document.settings.odd_and_even_pages_header_footer = True


def _set_styles(document: Any) -> None:
    styles = document.styles
    body = styles["Normal"]
    _set_font(body, "body", 16)
    _space(body, PITCH_PT)
    body.paragraph_format.first_line_indent = Pt(32)
    body.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    for name, role in (("Heading 1", "hei"), ("Heading 2", "kai")):
        _set_font(styles[name], role, 16)
        _space(styles[name], PITCH_PT)
        styles[name].paragraph_format.keep_with_next = True
    title = styles["Title"]
    _set_font(title, "title", 22)
    _space(title, 36)
    _centre(title)
    for border in title.element.iter(qn("w:pBdr")):
        border.getparent().remove(border)
    _set_small_styles(document)


def _set_small_styles(document: Any) -> None:
    styles = document.styles
    caption = styles["Caption"]
    _set_font(caption, "hei", 14)
    _space(caption, 20)
    _centre(caption)
    caption.paragraph_format.space_after = Pt(6)
    table_caption = styles.add_style("Table Caption", WD_STYLE_TYPE.PARAGRAPH)
    table_caption.base_style = caption
    table_caption.paragraph_format.keep_with_next = True
    table_caption.paragraph_format.space_before = Pt(6)
    table_caption.paragraph_format.space_after = Pt(2)
    for name, role, size, align in (
        ("Table Unit", "body", 10.5, WD_ALIGN_PARAGRAPH.RIGHT),
        ("Table Head", "hei", 10.5, WD_ALIGN_PARAGRAPH.CENTER),
        ("Table Cell", "body", 10.5, WD_ALIGN_PARAGRAPH.LEFT),
        ("Table Note", "body", 9, WD_ALIGN_PARAGRAPH.LEFT),
        ("Report Figure", "body", 10.5, WD_ALIGN_PARAGRAPH.CENTER),
        ("Report Signature", "body", 16, WD_ALIGN_PARAGRAPH.RIGHT),
        ("Page Number", "body", 14, WD_ALIGN_PARAGRAPH.RIGHT),
    ):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        _set_font(style, role, size)
        style.paragraph_format.first_line_indent = Pt(0)
        style.paragraph_format.alignment = align
        style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        _leave_grid(style)
    for name in ("Table Head", "Table Cell"):
        styles[name].paragraph_format.space_before = Pt(2)
        styles[name].paragraph_format.space_after = Pt(2)
    styles["Table Unit"].paragraph_format.keep_with_next = True
    styles["Report Figure"].paragraph_format.keep_with_next = True
    styles["Report Figure"].paragraph_format.space_before = Pt(8)
    styles["Table Note"].paragraph_format.space_before = Pt(3)
    styles["Report Signature"].paragraph_format.right_indent = Pt(64)
    _space(styles["Report Signature"], PITCH_PT)


def _set_font(style: Any, role: str, size: float) -> None:
    style.font.name = LATIN
    style.font.size = Pt(size)
    style.font.bold = style.font.italic = False
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for slot in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{slot}"), LATIN)
    fonts.set(qn("w:eastAsia"), words.say(f"report.font_{role}"))
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), TIGHTER if size == 16 else "0")
    properties = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:spacing")):
        properties.remove(old)
    # the schema wants spacing before sz
    properties.find(qn("w:sz")).addprevious(spacing)


def _space(style: Any, points: float) -> None:
    style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    style.paragraph_format.line_spacing = Pt(points)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)


def _leave_grid(style: Any) -> None:
    """Small type keeps its own lines instead of the page's grid of 29 pt."""
    snap = OxmlElement("w:snapToGrid")
    snap.set(qn("w:val"), "0")
    # the schema wants snapToGrid before spacing
    style.element.get_or_add_pPr().find(qn("w:spacing")).addprevious(snap)


def _centre(style: Any) -> None:
    style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    style.paragraph_format.first_line_indent = Pt(0)


def _set_footers(document: Any) -> None:
    section = document.sections[0]
    for footer, align in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = document.styles["Page Number"]
        paragraph.alignment = align
        side = "right_indent" if align == WD_ALIGN_PARAGRAPH.RIGHT else "left_indent"
        setattr(paragraph.paragraph_format, side, Pt(14))
        paragraph.add_run("— ")
        _add_field(paragraph.add_run(), "PAGE")
        paragraph.add_run(" —")


def _add_field(run: Any, instruction: str) -> None:
    for kind in ("begin", None, "end"):
        if kind is None:
            text = OxmlElement("w:instrText")
            text.set(qn("xml:space"), "preserve")
            text.text = instruction
            run._r.append(text)
        else:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def _write_body(document: Any) -> None:
    def add(text: str, style: str = "Normal") -> None:
        document.add_paragraph(text, style=style)

    def each(items: str, name: str, style: str = "Normal") -> None:
        add(f"{{%p for {name} in {items} %}}")
        add(f"{{{{ {name} }}}}", style)
        add("{%p endfor %}")

    each("title_lines", "line", "Title")
    for part in ("summary", "scope"):
        add(f"{{{{ {part}_title }}}}", "Heading 1")
        each(part, "text")
    add("{%p for chapter in chapters %}")
    add("{{ chapter.title }}", "Heading 1")
    add("{%p for block in chapter.blocks %}")
    for kind, style in (("heading", "Heading 2"), ("paragraph", "Normal")):
        add(f"{{%p if block.kind == '{kind}' %}}")
        add("{{ block.text }}", style)
        add("{%p endif %}")
    add("{%p if block.kind == 'figure' %}")
    add("{{ block.picture }}", "Report Figure")
    add("{{ block.caption }}", "Caption")
    add("{%p endif %}")
    add("{%p if block.kind == 'table' %}")
    add("{{ block.caption }}", "Table Caption")
    add("{%p if block.unit %}")
    add("{{ block.unit_text }}", "Table Unit")
    add("{%p endif %}")
    _add_table(document)
    each("block.notes", "note", "Table Note")
    add("", "Table Note")  # a table has no room of its own below it
    add("{%p endif %}")
    add("{%p endfor %}")
    add("{%p endfor %}")
    add("{{ issuer }}", "Report Signature")
    add("{{ day }}", "Report Signature")


def _add_table(document: Any) -> None:
    table = document.add_table(rows=4, cols=3, style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), CELL_MARGIN)
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)
    texts: Sequence[tuple[str, str, str]] = (
        ("{%tc for column in block.columns %}", "{{ column.title }}", "{%tc endfor %}"),
        ("{%tr for row in block.rows %}", "", ""),
        ("{%tc for cell in row %}", "{{ cell }}", "{%tc endfor %}"),
        ("{%tr endfor %}", "", ""),
    )
    for row, cells in zip(table.rows, texts, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.paragraphs[0].text = text
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            is_head = row is table.rows[0] or "column" in cells[0]
            cell.paragraphs[0].style = document.styles["Table Head" if is_head else "Table Cell"]
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if "column" in cells[0]:
            properties.append(OxmlElement("w:tblHeader"))


if __name__ == "__main__":
    PATH.write_bytes(build_template())
