"""Damage to single cells: what is spoiled, and what must become of the row.

Belongs here: one function a kind of damage; each says what it expects. Source: exports.md 9.2, 9.3.
Does not belong here: rewrites that change nothing (rewrites.py), whole lines and files (lines.py).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import numpy as np

from damage.clean import BOX, KNOWN_ON, USCC_SIGNS, Cell, Page, Row
from pipelines.contracts.contract import Column

#: Damage: page, a row nobody has touched, a column -> whether it could be done.
CellDamage = Callable[[Page, Row, Column, np.random.Generator], bool]
DATES = ("date", "datetime")
NUMBERS = ("int", "number", "money", "area")
NOTHING = (
    "",
    "  ",
    "-",
    "--",
    "—",
    "/",
    "\\",
    "无",
    "暂无",
    "空",
    "NULL",
    "None",
    "N/A",
    "不详",
    "未知",
)
#: Days that may lie ahead of the export: within ten years, or without a bound. exports.md 9.2.
DEADLINES = ("deadline", "extended_to", "publish_until")
AHEAD = (*DEADLINES, "updated_at", "exported_at", "end_on", "start_on", "valid_from", "valid_to")
NO_DATES = (
    "待定",
    "2026-02-30",
    "2026-13-01",
    "13月5日",
    "2025年6月31日",
    "下周三",
    "2025-06-05 25:10",
)
NO_NUMBERS = ("若干", "12..5", "(300)", "十几", "很多", "3;5")


def is_time(page: Page, column: Column) -> bool:
    """Whether a damaged cell of the column rejects the row, because nothing else says when."""
    return column.name == page.feed.time_column and page.feed.time_else is None


def spoil(row: Row, column: Column, text: str | None, rule: str) -> bool:
    """Put a text nobody can read into a cell: the cell lands empty and an issue says so."""
    put(row, column, Cell(text), None)
    row.issues.append((column.name, rule))
    return True


def put(row: Row, column: Column, cell: Cell, lands: Any) -> None:
    """Replace a cell and what it lands as."""
    row.cells[column.name] = cell
    row.lands_as[column.name] = lands
    if column.type == "datetime":
        row.lands_as[f"{column.name}_clock"] = None


def pick(options: tuple[str, ...], rng: np.random.Generator) -> str:
    return options[int(rng.integers(len(options)))]


def unreadable_time(page: Page, row: Row, column: Column, rng: np.random.Generator) -> bool:
    if not is_time(page, column):
        return False
    row.cells[column.name] = Cell(pick((*NO_DATES, *NOTHING), rng))
    row.rejected = ("bad_time", (column.name,))
    return True


def time_out_of_range(page: Page, row: Row, column: Column, rng: np.random.Generator) -> bool:
    if not is_time(page, column):
        return False
    later = KNOWN_ON + timedelta(days=int(rng.integers(2, 400)))
    early = {"inspections": "1989-12-31", "hazards": "1989-12-31", "readings": "2014-12-31"}
    texts = (str(later), early.get(page.export, "1949-09-30"), "1900-01-01")
    row.cells[column.name] = Cell(pick(texts, rng))
    row.rejected = ("time_out_of_range", (column.name,))
    return True


def nothing_said(page: Page, row: Row, column: Column, rng: np.random.Generator) -> bool:
    """Empty all columns of a reject rule the column belongs to."""
    for rule in page.feed.reject:
        names = [n for n in rule.get("missing", ()) if page.has(n)]  # type: ignore[attr-defined]
        if column.name not in names:
            continue
        for name in names:
            row.cells[name] = Cell(pick(NOTHING, rng))
        row.rejected = (str(rule["code"]), tuple(names))
        return True
    return False


def unreadable_value(page: Page, row: Row, column: Column, rng: np.random.Generator) -> bool:
    rules = [r for r in page.feed.reject if r.get("unreadable") == column.name]
    if not rules:
        return False
    row.cells[column.name] = Cell(pick(NO_NUMBERS, rng))
    row.rejected = (str(rules[0]["code"]), (column.name,))
    return True


def bad_date(page: Page, row: Row, column: Column, rng: np.random.Generator) -> bool:
    if column.type not in DATES or is_time(page, column):
        return False
    return spoil(row, column, pick(NO_DATES, rng), "bad_date")


def day_before_the_republic(page: Page, row: Row, column: Column, rng: np.random.Generator) -> bool:
    if column.type not in DATES or is_time(page, column):
        return False
    return spoil(
        row, column, pick(("1949-09-30", "1930-05-01", "1900年1月1日"), rng), "out_of_range"
    )


def day_after_the_export(page: Page, row: Row, column: Column, rng: np.random.Generator) -> bool:
    is_event = page.feed.time_column is not None and column.name not in AHEAD
    if column.type not in DATES or is_time(page, column) or not is_event:
        return False
    later = KNOWN_ON + timedelta(days=int(rng.integers(2, 600)))
    return spoil(row, column, str(later), "out_of_range")


def deadline_too_far(page: Page, row: Row, column: Column, rng: np.random.Generator) -> bool:
    if column.name not in DEADLINES:
        return False
    return spoil(row, column, str(KNOWN_ON.replace(year=KNOWN_ON.year + 11)), "out_of_range")


def wrong_order(page: Page, row: Row, column: Column, rng: np.random.Generator) -> bool:
    other = column.not_before
    if other is None or not page.has(other):
        return False
    day = row.lands_as[other] - timedelta(days=int(rng.integers(1, 30)))
    put(row, column, Cell(str(day), day), day)
    row.issues.append((column.name, "order"))
    return True


def bad_number(page: Page, row: Row, column: Column, rng: np.random.Generator) -> bool:
    is_reason = any(rule.get("unreadable") == column.name for rule in page.feed.reject)
    if column.type not in NUMBERS or is_reason:
        return False
    return spoil(row, column, pick(NO_NUMBERS, rng), "bad_value")


def not_whole(page: Page, row: Row, column: Column, rng: np.random.Generator) -> bool:
    return column.type == "int" and spoil(row, column, "3.5", "bad_value")


def below_the_range(page: Page, row: Row, column: Column, rng: np.random.Generator) -> bool:
    if column.type not in NUMBERS or column.low is None:
        return False
    return spoil(row, column, repr(int(column.low) - int(rng.integers(1, 9))), "out_of_range")


def above_the_range(page: Page, row: Row, column: Column, rng: np.random.Generator) -> bool:
    if column.type not in NUMBERS or column.high is None:
        return False
    scale = 100 if column.type == "money" else 1
    return spoil(row, column, repr(int(column.high / scale) + 1), "out_of_range")


def doubtful_fine(page: Page, row: Row, column: Column, rng: np.random.Generator) -> bool:
    if column.doubt_above is None:
        return False
    yuan = int(column.doubt_above / 100) + int(rng.integers(1, 1000))
    put(row, column, Cell(str(yuan), yuan, yuan), yuan * 100)
    row.issues.append((column.name, "doubtful_value"))
    return True


def unknown_word(page: Page, row: Row, column: Column, rng: np.random.Generator) -> bool:
    if column.type != "enum":
        return False
    if column.name == "crs" and ("longitude", "crs_assumed") not in page.issues:
        page.issues.append(("longitude", "crs_assumed"))
    return spoil(row, column, pick(("查无此词", "待核", "Z9"), rng), "unknown_code")


def neither_yes_nor_no(page: Page, row: Row, column: Column, rng: np.random.Generator) -> bool:
    return column.type == "bool" and spoil(
        row, column, pick(("也许", "2", "待核"), rng), "not_bool"
    )


def wrong_check_digit(page: Page, row: Row, column: Column, rng: np.random.Generator) -> bool:
    if column.type != "uscc":
        return False
    code = row.cells[column.name].text or ""
    place = (USCC_SIGNS.index(code[-1]) + int(rng.integers(1, 31))) % 31
    return spoil(row, column, code[:-1] + USCC_SIGNS[place], "uscc_invalid")


def digits_exchanged(page: Page, row: Row, column: Column, rng: np.random.Generator) -> bool:
    """Exchange two neighbours of a code: modulo 31 with weights 3^i always notices."""
    if column.type != "uscc":
        return False
    code = row.cells[column.name].text or ""
    at = next(i for i in range(8, 17) if code[i] != code[i + 1])
    return spoil(row, column, code[:at] + code[at + 1] + code[at] + code[at + 2 :], "uscc_invalid")


def code_cut_short(page: Page, row: Row, column: Column, rng: np.random.Generator) -> bool:
    text = (row.cells[column.name].text or "")[: int(rng.integers(9, 18))]
    return column.type == "uscc" and spoil(row, column, text, "uscc_invalid")


def code_as_a_number(page: Page, row: Row, column: Column, rng: np.random.Generator) -> bool:
    if column.type != "uscc":
        return False
    number = 913_205_090_000_000_000 + int(rng.integers(10**9)) * 1000
    spoil(row, column, f"{number:.2E}", "uscc_damaged")
    row.cells[column.name].typed = float(number)
    return True


def bad_code(page: Page, row: Row, column: Column, rng: np.random.Generator) -> bool:
    if column.type != "code":
        return False
    return spoil(row, column, pick(("12345", "苏州", "3205A9"), rng), "bad_value")


def exchanged_coordinates(page: Page, row: Row, column: Column, rng: np.random.Generator) -> bool:
    if column.type != "lon" or not page.has("latitude"):
        return False
    cells = row.cells
    cells["longitude"], cells["latitude"] = cells["latitude"], cells["longitude"]
    row.issues.append(("longitude", "coords_swapped"))
    return True


def place_outside(page: Page, row: Row, column: Column, rng: np.random.Generator) -> bool:
    if column.type != "lon" or not page.has("latitude"):
        return False
    row.cells["longitude"] = Cell(str(round(BOX[1] + float(rng.uniform(0.5, 9)), 4)))
    row.lands_as |= {"longitude": None, "latitude": None}
    row.issues.append(("longitude", "coords_outside"))
    return True


CELL_DAMAGE: tuple[CellDamage, ...] = (
    unreadable_time, time_out_of_range, nothing_said, unreadable_value, bad_date,
    day_before_the_republic, day_after_the_export, deadline_too_far, wrong_order, bad_number,
    not_whole, below_the_range, above_the_range, doubtful_fine, unknown_word, neither_yes_nor_no,
    wrong_check_digit, digits_exchanged, code_cut_short, code_as_a_number, bad_code,
    exchanged_coordinates, place_outside,
)  # fmt: skip
