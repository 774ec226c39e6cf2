"""A sheet as the web page some platforms save under the name of a workbook.

Belongs here: one table, titles over all columns, empty rows kept.
Does not belong here: other kinds of bytes (write.py).
"""

from __future__ import annotations

from html import escape

from pipelines.demo.layouts import Cell
from pipelines.demo.pages import Page, lay_out, spell

_HEAD = (
    '<html xmlns:x="urn:schemas-microsoft-com:office:excel">\r\n<head>'
    '<meta http-equiv="Content-Type" content="text/html; charset={encoding}">'
    "<style>td {{mso-number-format:'\\@'}}</style></head>\r\n<body><table border=1>\r\n"
)
_CHARSETS = {"gb18030": "gb2312"}  # what such platforms claim


def write_html(page: Page, encoding: str) -> bytes:
    """The page's bytes. A title row is one cell over all columns, as Excel would merge it."""
    lines, _ = lay_out(page)
    above, width = len(page.above), len(page.columns)
    rows = [
        _write_row(line, width if place < above and not any(line[1:]) else 1)
        for place, line in enumerate(lines)
    ]
    head = _HEAD.format(encoding=_CHARSETS.get(encoding, encoding))
    return (head + "".join(rows) + "</table></body></html>\r\n").encode(encoding)


def _write_row(line: list[Cell], span: int) -> str:
    if span > 1:
        return f"<tr><td colspan={span}>{_text(line[0])}</td></tr>\r\n"
    return "<tr>" + "".join(f"<td>{_text(cell)}</td>" for cell in line) + "</tr>\r\n"


def _text(cell: Cell) -> str:
    return escape(spell(cell)).replace("\n", "<br>") or "&nbsp;"
