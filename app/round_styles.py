"""Looks of a round's workbook: formats, print set-up, how high a wrapped row is.

Belongs here: what both of its sheets share. Does not belong here: what stands in them.
"""

from __future__ import annotations

import math
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app import words

A4 = 9
LINE_POINTS = 13.5
PART_COLOURS = {"duty": "#F8D7DA", "key": "#FFE8CC", "random": "#DCEBF7"}
#: A Chinese letter beside a Latin one, at the size of the cells.
WIDE_LETTER = 1.8
LAST_NARROW = 0x2E7F


def make_styles(book: xlsxwriter.Workbook) -> dict[str, Format]:
    """Return every format of the workbook by name."""
    face = {"font_name": words.say("round.font")}
    cell = {**face, "border": 1, "border_color": "#B8C2CC", "valign": "vcenter", "font_size": 10}
    wrapped = {**cell, "text_wrap": True}
    fill = {**wrapped, "bg_color": "#FFF6CC", "locked": False}
    kinds: dict[str, dict[str, Any]] = {
        "title": {**face, "bold": True, "font_size": 16},
        "subtitle": {**face, "bold": True, "font_size": 12},
        "note": {**face, "font_color": "#5B6770", "font_size": 10},
        "header": {**wrapped, "bold": True, "bg_color": "#E8EEF5", "align": "center"},
        "text": wrapped,
        "text_open": {**face, "text_wrap": True, "valign": "vcenter", "font_size": 10},
        "whole": {**cell, "num_format": "#,##0", "align": "center"},
        "score": {**cell, "num_format": "0.000", "align": "center"},
        "share": {**cell, "num_format": "0.0%", "align": "center"},
        "day": {**cell, "num_format": "yyyy-mm-dd", "align": "center"},
        "input": fill,
        "day_in": {**fill, "num_format": "yyyy-mm-dd"},
        **{
            f"part_{part}": {**cell, "bg_color": colour, "align": "center"}
            for part, colour in PART_COLOURS.items()
        },
    }
    return {name: book.add_format(kind) for name, kind in kinds.items()}


def set_print(page: Worksheet, title: str, last_repeated: int) -> None:
    """Set A4 landscape, one page wide, rows 0 to ``last_repeated`` on every page."""
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0, last_repeated)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.set_footer(f"&L{title}&R{words.say('download.page')}")


def count_lines(text: str, width: float) -> int:
    """Lines a text needs in a column of so many Latin letters."""
    wide = sum(WIDE_LETTER if ord(letter) > LAST_NARROW else 1 for letter in text)
    return max(1, math.ceil(wide / width))
