"""Read the tables of a web page (often saved as .xls) into grids of text.

Belongs here: tables, merged cells, what stands above a table.
Does not belong here: decoding (open_bytes.py), which table is an export (recognise.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

import polars as pl
from lxml import etree  # ty: ignore[missing-module-member]

from pipelines.ingest.grid import Grid, make_grid
from pipelines.ingest.open_bytes import Refused

#: A merged cell never spans more; what claims to is a mistake.
MOST_COLUMNS = 1000
_LINE_TAGS = ("br", "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6")
_UNSEEN_TAGS = ("script", "style")
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*>")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def read_html_grids(text: str) -> list[Grid]:
    """Read every table as a sheet; what a page says of its encoding was judged before.

    ``_row_number`` counts the rows of the table from 1; row 0 is the text between the table
    before and this one, if there is any. A cell merged over rows belongs to each of them; one
    merged over columns fills the first, as in a workbook.

    Raises
    ------
    Refused : ``unreadable`` for a page that is cut off or too deep, ``empty`` without any table.
    """
    _check_whole(text)
    root = _parse(text)
    tables = list(root.iter("table"))
    if not tables:
        raise Refused(
            "empty",
            "The file is a web page without any table (often a log-in page saved by mistake). "
            "Expected a table with a header row. Export it again.",
        )
    headings = _read_headings(root)
    names = _name_tables(tables)
    return [
        _read_table(table, name, headings.get(table, ""))
        for table, name in zip(tables, names, strict=True)
    ]


def _check_whole(text: str) -> None:
    """Refuse a page whose tags are not closed: its last rows may be missing."""
    seen = _COMMENT.sub("", text).lower()
    for tag in ("table", "html"):
        opened, closed = len(re.findall(rf"<{tag}[\s>]", seen)), seen.count(f"</{tag}")
        if opened > closed:
            raise Refused(
                "unreadable",
                f"The page is cut off: <{tag}> opens {opened} times and closes {closed} times. "
                "Nothing of it was loaded. Export it again, or save it as .xlsx.",
            )


def _parse(text: str) -> Any:
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(_XML_DECLARATION.sub("", text).encode(), parser)
    fatal = [entry.message for entry in parser.error_log if entry.level_name == "FATAL"]
    if root is None or fatal:
        raise Refused(
            "unreadable",
            f"The page cannot be read to its end ({'; '.join(fatal) or 'no element'}). Nothing of "
            "it was loaded. Save it as .xlsx.",
        )
    return root


def _read_headings(root: Any) -> dict[Any, str]:
    """Return outer table -> the text between the outer table before and it."""
    headings: dict[Any, str] = {}
    pieces: list[str] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "start" and element.tag == "table":
            headings[element] = _collapse(pieces)
            pieces = []
        if event == "start" and (element.tag == "table" or element.tag in _UNSEEN_TAGS):
            walk.skip_subtree()
        elif event == "start":
            pieces += _line_break(element), element.text or ""
        else:
            pieces += _line_break(element), element.tail or ""
    return headings


def _read_table(table: Any, name: str, heading: str) -> Grid:
    rows = list(_spread(table))
    numbers = list(range(1, len(rows) + 1))
    if heading:
        rows.insert(0, [heading])
        numbers.insert(0, 0)
    columns = [
        pl.Series(f"c{index}", values, dtype=pl.String)
        for index, values in enumerate(zip_longest(*rows))
    ]
    return make_grid(name, numbers, columns)


def _spread(table: Any) -> Iterator[list[str | None]]:
    """Yield the rows of a table, merged cells spread out; rows of tables inside are theirs."""
    below: dict[int, tuple[int, str | None]] = {}
    for row in table.iter("tr"):
        if next(row.iterancestors("table")) is not table:
            continue
        cells: dict[int, str | None] = {}
        over = {column: text for column, (_, text) in below.items()}
        below = {c: (left - 1, text) for c, (left, text) in below.items() if left > 1}
        column = 0
        for cell in row.iter("td", "th"):
            if next(cell.iterancestors("tr")) is not row:
                continue
            while column in over:
                column += 1
            text = _text_of(cell)
            height, width = _span(cell, "rowspan"), _span(cell, "colspan")
            for offset in range(width):
                own = text if offset == 0 else None
                cells[column + offset] = own
                if height > 1:
                    below[column + offset] = (height - 1, own)
            column += width
        cells |= over
        yield [cells.get(index) for index in range(max(cells, default=-1) + 1)]


def _span(cell: Any, name: str) -> int:
    """Return a span; 0 and nonsense count as the browser counts them."""
    digits = re.match(r"\s*(\d{1,6})", cell.get(name) or "")
    given = int(digits.group(1)) if digits else 1
    if name == "rowspan":
        return given or 1_000_000  # 0 = to the end of the table
    return min(max(given, 1), MOST_COLUMNS)


def _text_of(cell: Any) -> str:
    if len(cell) == 0:
        return " ".join((cell.text or "").split())
    pieces: list[str] = []
    walk = etree.iterwalk(cell, events=("start", "end"))
    for event, element in walk:
        if event == "start" and (element.tag == "table" or element.tag in _UNSEEN_TAGS):
            walk.skip_subtree()
        elif event == "start":
            pieces += _line_break(element), element.text or ""
        elif element is not cell:
            pieces += _line_break(element), element.tail or ""
    return _collapse(pieces)


def _line_break(element: Any) -> str:
    return "\x00" if element.tag in _LINE_TAGS else ""


def _collapse(pieces: list[str]) -> str:
    """Return text as a browser shows it: white space is one space, lines break where tags say."""
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\x00"))
    return "\n".join(line for line in lines if line)


def _name_tables(tables: list[Any]) -> list[str]:
    """Return the captions of tables, 表1, 表2 … where there is none; every name once."""
    names: list[str] = []
    for number, table in enumerate(tables, start=1):
        caption = next((c for c in table.iterchildren("caption")), None)
        said = _text_of(caption).replace("\n", " ") if caption is not None else ""
        name = said or ("" if len(tables) == 1 else f"表{number}")
        names.append(name if name not in names else f"{name} ({number})")
    return names
