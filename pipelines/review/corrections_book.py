"""The workbook of one town's 纠错清单: an overview, and sheets that are exports to send back.

Belongs here: layout, hidden keys, marks, drop-down lists, print set-up.
Does not belong here: which rows and cells (corrections.py), what is wanted (wanted.py).

Every sheet of rows has the export's primary headers, so the corrected workbook is itself an export:
dropped into exports/ it is recognised, and each row answers the row whose number it carries.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app import words
from app.round_styles import LAST_NARROW, LINE_POINTS, count_lines, set_print
from pipelines.contracts.load_contracts import export_dictionary
from pipelines.review.corrections import NO_TOWN, Block, TownRows
from pipelines.review.wanted import codes_of, group_columns, wanted

#: Header of the number a corrected row carries back (dbt reads it: int_answered_rows).
ROW_ID = "纠错编号"
WANTED = "需要怎么改"
OVERVIEW = (
    ("序号", 6), ("报表", 14), ("文件", 34), ("工作表", 12), ("行号", 7), ("处置", 7),
    ("字段", 16), ("原值(遮盖)", 20), ("需要怎么改", 52), ("改在", 18),
)  # fmt: skip
#: Excel takes drop-down lists of at most this many letters.
LIST_LETTERS = 255
HEADER_ROW = 4
WANTED_WIDTH = 44
#: A sheet with more columns prints on two pages side by side.
ONE_PAGE_COLUMNS = 14
FONT = "Microsoft YaHei"


def write_book(rows: TownRows, day: date) -> bytes:
    """Return the workbook of one town.

    Parameters
    ----------
    day : day the list is made; it stands as 填报日期 and is when the corrections count as known.
    """
    target = BytesIO()
    book = xlsxwriter.Workbook(
        target,
        {
            "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
            "in_memory": True,
        },
    )  # fmt: skip
    book.set_properties({"created": datetime(day.year, day.month, day.day)})
    styles = _styles(book)
    faults = _faults(rows)
    page = book.add_worksheet("清单")
    sheets = _sheet_names(rows.blocks)
    _write_overview(page, rows, day, dict(zip(map(id, rows.blocks), sheets, strict=True)), styles)
    for block, name in zip(rows.blocks, sheets, strict=True):
        _write_block(book.add_worksheet(name), rows.town, day, block, faults, styles)
    book.close()
    return target.getvalue()


def _faults(rows: TownRows) -> dict[tuple[str, str], list[tuple[str, str | None]]]:
    """(row id, export) → its defects: rule and column."""
    faults: dict[tuple[str, str], list[tuple[str, str | None]]] = {}
    for line in rows.lines.iter_rows(named=True):
        faults.setdefault((line["row_id"], line["export"]), []).append(
            (line["rule"], line["column_name"])
        )
    return faults


def _sheet_names(blocks: Sequence[Block]) -> list[str]:
    met: dict[str, int] = {}
    names = []
    for block in blocks:
        title = block.feed.title[:24]
        met[title] = met.get(title, 0) + 1
        names.append(title if met[title] == 1 else f"{title}({met[title]})")
    return names


def _write_overview(
    page: Worksheet,
    rows: TownRows,
    day: date,
    sheets: Mapping[int, str],
    styles: Mapping[str, Format],
) -> None:
    page.write_string(0, 0, f"纠错清单　{rows.town}　{day}", styles["title"])
    for at, note in enumerate(_notes(rows), start=1):
        page.write_string(at, 0, note, styles["note"])
    for place, (text, width) in enumerate(OVERVIEW):
        page.write_string(HEADER_ROW, place, text, styles["header"])
        page.set_column(place, place, width)
    home = {row_id: sheets[id(block)] for block in rows.blocks for row_id, _ in block.rows}
    feeds = export_dictionary() | {block.feed.export: block.feed for block in rows.blocks}
    for number, line in enumerate(rows.lines.iter_rows(named=True), start=1):
        feed = feeds[line["export"]]
        asked = wanted(line["rule"], line["column_name"], feed)
        column = feed.columns.get(line["column_name"] or "")
        named = (
            column.headers[0]
            if column and column.headers
            else words.field(line["column_name"] or "")
        )
        told = (
            str(number), words.term(line["export"]), line["file_name"] or "", line["_sheet"],
            str(line["_row_number"]), "退回" if line["is_rejected"] else "存疑", named,
            line["raw_value"] or "", asked, home.get(line["row_id"], "请在原表更正后整表重报"),
        )  # fmt: skip
        height = 1
        for place, (text, (_, width)) in enumerate(zip(told, OVERVIEW, strict=True)):
            page.write_string(HEADER_ROW + number, place, text, styles["text"])
            height = max(height, count_lines(text, width))
        page.set_row(HEADER_ROW + number, height * LINE_POINTS + 4)
    page.freeze_panes(HEADER_ROW + 1, 0)
    page.autofilter(HEADER_ROW, 0, HEADER_ROW + max(rows.lines.height, 1), len(OVERVIEW) - 1)
    set_print(page, "纠错清单", HEADER_ROW)


def _notes(rows: TownRows) -> tuple[str, ...]:
    count = rows.lines["row_id"].n_unique()
    if rows.town == NO_TOWN:
        who = "这些行看不出属于哪个镇街，个人信息列未列出。"
    else:
        who = "本工作簿含报送单位自己的原始内容，只交给报送单位，请勿转发。"
    return (
        f"共 {count} 行、{rows.lines.height} 处。请在后面各表的黄色单元格更正，"
        "其他单元格照原样保留，不要删列、不要改表头。",
        "改好后把各表的“填报日期”改成填报当天，整个文件交回，放入 exports 文件夹即可载入；"
        "不属实的行请整行删除。",
        who,
    )


def _write_block(
    page: Worksheet,
    town: str,
    day: date,
    block: Block,
    faults: Mapping[tuple[str, str], list[tuple[str, str | None]]],
    styles: Mapping[str, Format],
) -> None:
    filer = f"填报单位：{town}" if town != NO_TOWN else ""
    for at, text in enumerate((f"{block.feed.title}（纠错）", filer, f"填报日期：{day}")):
        page.write_string(at, 1, text, styles["title" if at == 0 else "note"])
    headers = (ROW_ID, WANTED, *(header.text for header in block.headers))
    for place, text in enumerate(headers):
        page.write_string(HEADER_ROW, place, text, styles["header"])
        told = [cells[place - 2] or "" for _, cells in block.rows] if place > 1 else []
        width = WANTED_WIDTH if text == WANTED else _width([text, *told])
        page.set_column(place, place, width, None, {"hidden": text == ROW_ID})
    for at, (row_id, cells) in enumerate(block.rows, start=HEADER_ROW + 1):
        own = faults.get((row_id, block.feed.export), [])
        page.write_string(at, 0, row_id, styles["text"])
        asked = "；".join(
            f"{_named(block, column)}{wanted(rule, column, block.feed)}" for rule, column in own
        )
        page.write_string(at, 1, asked, styles["text"])
        marked = _marked(block, own)
        for place, (header, text) in enumerate(zip(block.headers, cells, strict=True), start=2):
            style = styles["input" if header.column in marked else "cell"]
            page.write_string(at, place, text, style) if text else page.write_blank(
                at, place, None, style
            )
            if header.column in marked:
                _offer_codes(page, at, place, block, header.column)
        page.set_row(at, max(2, count_lines(asked, WANTED_WIDTH)) * LINE_POINTS + 4)
    last = HEADER_ROW + max(len(block.rows), 1)
    page.print_area(0, 1, last, len(headers) - 1)
    page.freeze_panes(HEADER_ROW + 1, 2)
    set_print(page, block.feed.title, HEADER_ROW)
    page.fit_to_pages(1 if len(headers) <= ONE_PAGE_COLUMNS else 2, 0)
    page.repeat_columns(1)


def _width(texts: Sequence[str]) -> float:
    """Width of a column in characters: of its longest text, Chinese letters counted twice."""
    longest = max(sum(2 if ord(letter) > LAST_NARROW else 1 for letter in t) for t in texts)
    return max(10.0, min(30.0, longest + 3))


def _named(block: Block, column: str | None) -> str:
    known = block.feed.columns.get(column or "")
    return f"{known.headers[0]}：" if known and known.headers else ""


def _marked(block: Block, own: Sequence[tuple[str, str | None]]) -> set[str]:
    """Columns whose cells are to be put right: those named, and the group a rejection asks for."""
    marked = {column for _, column in own if column}
    for rule, column in own:
        marked |= set(group_columns(rule, column, block.feed))
    if any(rule == "order" for rule, _ in own):
        named = [block.feed.columns[c] for c in marked if c in block.feed.columns]
        marked |= {column.not_before for column in named if column.not_before}
    return marked


def _offer_codes(page: Worksheet, at: int, place: int, block: Block, name: str) -> None:
    codes = codes_of(block.feed.columns.get(name))
    if codes and len(",".join(codes)) <= LIST_LETTERS:
        page.data_validation(at, place, at, place, {"validate": "list", "source": codes})


def _styles(book: xlsxwriter.Workbook) -> dict[str, Format]:
    face = {"font_name": FONT, "font_size": 10}
    wrapped = {**face, "text_wrap": True, "valign": "top", "border": 1, "border_color": "#B8C2CC"}
    # @ and a quote prefix: what is typed stays text, and nothing runs as a formula
    cell = {**wrapped, "num_format": "@", "quote_prefix": True}
    return {
        "title": book.add_format({**face, "bold": True, "font_size": 14}),
        "note": book.add_format({**face, "font_color": "#5B6770"}),
        "header": book.add_format({**wrapped, "bold": True, "bg_color": "#E8EEF5"}),
        "text": book.add_format({**wrapped, "quote_prefix": True}),
        "cell": book.add_format(cell),
        "input": book.add_format({**cell, "bg_color": "#FFF6CC"}),
    }
