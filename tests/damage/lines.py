"""Damage to whole columns and lines: headers, titles, totals, footers, repeats, units.

Belongs here: what happens around the rows, and what must be counted and said of it. Source:
exports.md 8.3, 9.1.
Does not belong here: cells (cells.py, rewrites.py), bytes (write.py).
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy

import numpy as np

from damage.cells import NUMBERS, pick
from damage.clean import FACTORS, KNOWN_ON, Cell, Head, Page
from damage.rewrites import widen
from pipelines.contracts.fold_headers import fold_header

#: Returns whether it could be done.
LineDamage = Callable[[Page, np.random.Generator], bool]
FOOTERS = ("制表人:王某某", "审核人:", "填表人:李某", "单位负责人:", "注：数据由各镇街上报",
           "备注：", "说明:以系统为准", "第1页")  # fmt: skip


#: A group of this name hides what stands under it.
PERSONS = ("员工", "人员", "法人", "房东", "业主")


def renamed_headers(page: Page, rng: np.random.Generator) -> bool:
    """Give columns another header the contract accepts."""
    for head in page.heads:
        base, bracket, unit = head.text.partition("(")
        if head.column is None or base != head.column.headers[0] or rng.random() < 0.4:
            continue
        other = pick(head.column.headers, rng)
        if all(h.text.partition("(")[0] != other for h in page.heads):
            head.text = f"{other}{bracket}{unit}"
    return True


def dressed_headers(page: Page, rng: np.random.Generator) -> bool:
    """Decorate headers with what is not part of their name."""
    for head in page.heads:
        dress = int(rng.integers(7)) if head.column is not None else 0
        text = head.text
        head.text = (
            text, f"*{text}", f"★ {text}", f"{text}：", widen(text), f"{text[:2]} {text[2:]}",
            f"{text[:2]}\n{text[2:]}",
        )[dress]  # fmt: skip
    return True


def shuffled_columns(page: Page, rng: np.random.Generator) -> bool:
    order = rng.permutation(len(page.heads))
    page.heads = [page.heads[i] for i in order]
    return True


def unknown_columns(page: Page, rng: np.random.Generator) -> bool:
    """Add columns nobody knows; their cells are kept beside the row."""
    for number in range(2):
        key, text = f"extra{number}", f"处理流水{'甲乙'[number]}"
        page.heads.insert(int(rng.integers(len(page.heads) + 1)), Head(key, None, text))
        for at, row in enumerate(page.rows):
            if rng.random() < 0.8:
                row.cells[key] = Cell(f"流水{at}")
                row.extra[text] = f"流水{at}"
    return True


def ordinal_column(page: Page, rng: np.random.Generator) -> bool:
    page.heads.insert(0, Head("ordinal", None, "序号"))
    for number, row in enumerate(page.rows, start=1):
        row.cells["ordinal"] = Cell(str(number), number)
    return True


def two_headers_for_one_column(page: Page, rng: np.random.Generator) -> bool:
    """Repeat a column under another of its headers; once it says something else."""
    free = [row for row in page.rows if not row.touched]
    options = [
        c for c in page.columns()
        if c.type in ("text", "id", "int") and len(c.headers) > 1 and c.missing is None
    ]  # fmt: skip
    if len(free) < 2 or not options:
        return False
    column = options[int(rng.integers(len(options)))]
    key = f"{column.name}#2"
    first = page.head(column.name)
    page.heads.append(Head(key, column, next(h for h in column.headers if h != first.text)))
    for row in page.rows:
        row.cells[key] = deepcopy(row.cells[column.name])
    differs, moved = (free[i] for i in rng.choice(len(free), 2, replace=False))
    differs.cells[key] = Cell("91")  # no clean number is above 89
    differs.issues.append((column.name, "two_values"))
    # The second column speaks where the first is silent.
    moved.cells[column.name] = Cell(None, None, moved.cells[column.name].number)
    differs.touched = moved.touched = True
    return True


def title_lines(page: Page, rng: np.random.Generator) -> bool:
    page.above += [[f"青川区{page.feed.title}"], [f"填报单位:青川镇  导出时间:{KNOWN_ON}"]]
    if rng.random() < 0.5:
        page.above.append([])
    return True


def unit_line(page: Page, rng: np.random.Generator) -> bool:
    """Put units under the header: amounts in 万元, areas in 亩."""
    heads = [h for h in page.heads if h.column is not None and h.column.type in ("money", "area")]
    if not heads:
        return False
    page.units = {}
    for head in heads:
        _recount(page, head, "万元" if head.column.type == "money" else "亩", bracket=False)  # type: ignore[union-attr]
        page.units[head.key] = head.unit
    return True


def unit_in_header(page: Page, rng: np.random.Generator) -> bool:
    """Let a header count in 万元 or 公顷."""
    heads = [h for h in page.heads if h.column is not None and h.column.type in ("money", "area")]
    if not heads:
        return False
    for head in heads:
        _recount(page, head, "万元" if head.column.type == "money" else "公顷", bracket=True)  # type: ignore[union-attr]
    return True


def unit_in_title(page: Page, rng: np.random.Generator) -> bool:
    heads = [h for h in page.heads if h.column is not None and h.column.type == "money"]
    if not heads:
        return False
    page.above.append(["单位：万元"])
    for head in heads:
        _recount(page, head, "万元", bracket=False)
    return True


def no_unit_anywhere(page: Page, rng: np.random.Generator) -> bool:
    heads = [h for h in page.heads if h.column is not None and h.column.type == "money"]
    if not heads:
        return False
    for head in heads:
        head.text = head.text.split("(")[0]
        head.unit = ""
        page.issues.append((head.key, "unit_assumed"))
    return True


def _recount(page: Page, head: Head, unit: str, *, bracket: bool) -> None:
    """Write a column's bare numbers in another unit."""
    base = head.text.split("(")[0]
    head.text = f"{base}({unit})" if bracket else base
    factor = FACTORS[unit] / FACTORS[head.unit]
    head.unit = unit
    for row in page.rows:
        cell = row.cells[head.key]
        if cell.number is None:
            continue
        number = cell.number / factor
        is_bare = cell.text is not None and cell.typed is not None
        row.cells[head.key] = (
            Cell(repr(number), number, number) if is_bare else Cell(cell.text, None, number)
        )


def no_crs(page: Page, rng: np.random.Generator) -> bool:
    if not page.has("crs"):
        return False
    page.heads.remove(page.head("crs"))
    for row in page.rows:
        row.lands_as.pop("crs", None)
    page.issues.append(("longitude", "crs_assumed"))
    return True


def said_in_title(page: Page, rng: np.random.Generator) -> bool:
    """Leave a column out and say it in the file's name. Source: exports.md 3, inspections."""
    names = [name for name in page.feed.absent_from_title if page.has(name)]
    if not names:
        return False
    name = names[0]
    column = page.head(name).column
    assert column is not None
    if column.type == "bool":
        word, lands = column.headers[0].removeprefix("是否"), True
    else:
        words = [(w, s) for w, s in column.words.items() if len(w) > 1 and s != "其他"]
        word, lands = words[int(rng.integers(len(words)))]
    page.heads.remove(page.head(name))
    page.name = f"{word}_{page.name}"
    for row in page.rows:
        row.lands_as[name] = lands
    return True


def split_header(page: Page, rng: np.random.Generator) -> bool:
    """Write some headers over two rows: 整改 above, 期限 below."""
    known = {fold_header(h) for c in page.feed.columns.values() for h in c.headers}
    twice = {head.key.partition("#")[0] for head in page.heads if "#" in head.key}
    options = [
        head for head in page.heads
        if head.column is not None and head.text in head.column.headers and len(head.text) >= 4
        and fold_header(head.text[2:]) not in known and fold_header(head.text[:2]) not in known
        and head.column.name not in twice and head.text[:2] not in PERSONS
    ]  # fmt: skip
    chosen = [options[place] for place in rng.permutation(len(options))[:3]]
    groups = _fill_right(page, {head.key: head.text[:2] for head in chosen})
    misread = [
        head for head in page.heads
        if groups[head.key] and head not in chosen
        and fold_header(groups[head.key] + head.text) in known
    ]  # fmt: skip
    if not chosen or misread:  # blanks to the right of an upper cell belong to its group
        return False
    for head in chosen:
        page.upper[head.key], head.text = head.text[:2], head.text[2:]
    for head in page.heads:
        for row in page.rows:
            if head.column is None and head.text in row.extra:
                row.extra[f"{groups[head.key]}{head.text}"] = row.extra.pop(head.text)
    return True


def _fill_right(page: Page, upper: dict[str, str]) -> dict[str, str]:
    """Return key -> the upper cell it stands under."""
    groups: dict[str, str] = {}
    group = ""
    for head in page.heads:
        group = upper.get(head.key, group)
        groups[head.key] = group
    return groups


def notes_sheet(page: Page, rng: np.random.Generator) -> bool:
    page.has_notes = True
    return True


def total_line(page: Page, rng: np.random.Generator) -> bool:
    """Add a total: the sum of every numeric column as it stands, once a wrong one."""
    sums = {
        head.key: sum(row.cells[head.key].number or 0 for row in page.rows)
        for head in page.heads
        if head.column is not None and head.column.type in NUMBERS and "#" not in head.key
    }
    first = page.heads[0].key
    if not sums or first in sums:
        return False
    unread = {c for row in page.rows for c, rule in row.issues
              if rule in ("bad_value", "out_of_range")}  # fmt: skip
    unread |= {c for row in page.rows if row.rejected and row.rejected[0] == "bad_value"
               for c in row.rejected[1]}  # fmt: skip
    sound = [key for key in sums if key not in unread]
    wrong = pick(tuple(sound), rng) if sound and rng.random() < 0.6 else None
    if wrong is not None:
        sums[wrong] += 7
        page.issues.append((wrong, "total_mismatch"))
    word = pick(("合计", "总计", " 合 计 ", "合计："), rng)
    cells = {first: word} | {key: repr(round(value, 6)) for key, value in sums.items()}
    page.between.append((len(page.rows), "total", cells))
    return True


def subtotal_lines(page: Page, rng: np.random.Generator) -> bool:
    first = page.heads[0].key
    for word in ("小计", "累计"):
        place = int(rng.integers(1, len(page.rows)))
        page.between.append((place, "total", {first: f"{word}(青川镇)"}))
    return True


def footers(page: Page, rng: np.random.Generator) -> bool:
    first = page.heads[0].key
    for text in rng.choice(FOOTERS, 2, replace=False):
        page.between.append((len(page.rows), "footer", {first: str(text)}))
    return True


def counted_rows(page: Page, rng: np.random.Generator) -> bool:
    is_wrong = bool(rng.random() < 0.5)
    count = len(page.rows) + (3 if is_wrong else 0)
    page.between.append((len(page.rows), "footer", {page.heads[0].key: f"共{count}条"}))
    if is_wrong:
        page.issues.append((None, "total_mismatch"))
    return True


def repeated_headers(page: Page, rng: np.random.Generator) -> bool:
    for _ in range(2):
        place = int(rng.integers(1, len(page.rows)))
        page.between.append((place, "repeated_header", {}))
    return True


def blank_lines(page: Page, rng: np.random.Generator) -> bool:
    for _ in range(3):
        page.between.append((int(rng.integers(0, len(page.rows) + 1)), "blank", {}))
    return True


def repeated_rows(page: Page, rng: np.random.Generator) -> bool:
    """Write two sound rows once more: same key, same content, so repeats to the warehouse."""
    free = [row for row in page.rows if not row.touched]
    for row in free[:2]:
        row.touched = True
        page.rows.append(deepcopy(row))
    return len(free) >= 2


#: One of these a page, before any cell is damaged.
UNIT_DAMAGE: tuple[LineDamage, ...] = (unit_in_title, unit_line, unit_in_header, no_unit_anywhere)
#: Before any cell is damaged too.
FIRST_DAMAGE: tuple[LineDamage, ...] = (no_crs, said_in_title, shuffled_columns)
#: In the order in which they are done: columns first, then what counts the rows.
LINE_DAMAGE: tuple[LineDamage, ...] = (
    repeated_rows, two_headers_for_one_column, unknown_columns, renamed_headers, ordinal_column,
    dressed_headers, split_header, title_lines, total_line, subtotal_lines, footers, counted_rows,
    repeated_headers, blank_lines, notes_sheet,
)  # fmt: skip
#: What a file of records (JSON lines, Parquet) cannot carry.
NOT_IN_RECORDS = (
    unit_in_title, unit_line, ordinal_column, dressed_headers, title_lines, total_line,
    subtotal_lines, footers, counted_rows, repeated_headers, blank_lines, split_header,
)  # fmt: skip
