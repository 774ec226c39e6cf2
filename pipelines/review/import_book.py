"""The review workbook read back: which answers it holds, and which of its cells cannot be used.

Belongs here: finding header and keys, checking each answer, naming what is wrong and where.
Does not belong here: writing the workbook (app/review_workbook.py), keeping answers
(app/decisions.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app import words
from app.review_queue import Queue
from app.review_workbook import ANSWERS, CODES, KEY, SUBJECTS, header
from pipelines.contracts.fold_headers import fold_header, fold_word
from pipelines.ingest.grid import ROW_NUMBER, Grid
from pipelines.ingest.open_bytes import Refused, open_bytes
from pipelines.ingest.workbook_grid import read_workbook_grids

#: The header stands in the first rows: titles may have been added above it.
SEARCH_ROWS = 10
READ = ("answer", "code", "answer_reason")


@dataclass(frozen=True)
class BadCell:
    """A cell that cannot be used: where it is, what it holds, what was expected."""

    sheet: str
    row: int
    column: str
    got: str
    expected: str

    def sentence(self) -> str:
        """Say it in one line."""
        return (
            f"sheet {self.sheet}, row {self.row}, column {self.column}: got {self.got or 'nothing'}"
            f", expected {self.expected}"
        )


@dataclass(frozen=True)
class Answer:
    """One filled row: the item it answers, the action, and what goes with it."""

    item: Mapping[str, Any]
    action: str
    code: str
    reason: str


def read_book(payload: bytes, queue: Queue) -> tuple[list[Answer], list[BadCell]]:
    """Return the answers of a filled workbook and the cells that cannot be used.

    Rows without an answer are skipped; a row with a wrong cell gives no answer, the others do.
    The workbook may be in either language.

    Raises
    ------
    Refused : not a workbook, damaged, or none of its sheets holds the key's header.
    """
    opened = open_bytes(payload)
    if opened.kind not in ("xlsx", "xls"):
        raise Refused("unsupported_kind", f"a {opened.kind} file; expected the review workbook")
    items = {
        row["item_key"]: row for frame in (queue.subjects, queue.codes)
        for row in frame.iter_rows(named=True)
    }  # fmt: skip
    answers: list[Answer] = []
    faults: list[BadCell] = []
    count_sheets = 0
    for grid in read_workbook_grids(opened.payload, opened.kind):
        found = _find_header(grid)
        if found is None:
            continue
        count_sheets += 1
        for result in _read_rows(grid, *found, items, queue):
            (answers if isinstance(result, Answer) else faults).append(result)
    if not count_sheets:
        raise Refused("unrecognised", "no sheet holds the key's header; expected a review workbook")
    return answers, faults


def _find_header(grid: Grid) -> tuple[int, dict[str, str]] | None:
    """Return the place of the header row and column name → cell."""
    names = _names_by_header()
    for place, row in enumerate(grid.head(SEARCH_ROWS)):
        told = {
            names[fold_header(text)]: cell
            for cell, text in zip(grid.columns, row, strict=True)
            if text is not None and fold_header(text) in names
        }
        if KEY in told and "answer" in told:
            return place, told
    return None


def _names_by_header() -> dict[str, str]:
    before = words.language()
    names: dict[str, str] = {}
    try:
        for language in words.LANGUAGES:
            words.choose_language(language)
            for name in dict.fromkeys(n for n, _ in (*SUBJECTS, *CODES)):
                if name in (KEY, *READ):
                    names[fold_header(header(name))] = name
    finally:
        words.choose_language(before)
    return names


def _actions() -> dict[str, str]:
    before = words.language()
    told = {answer: answer for answer in ANSWERS}
    try:
        for language in words.LANGUAGES:
            words.choose_language(language)
            told |= {fold_word(words.say(f"review.{answer}")).lower(): answer for answer in ANSWERS}
    finally:
        words.choose_language(before)
    return told


def _read_rows(
    grid: Grid,
    place: int,
    cells: Mapping[str, str],
    items: Mapping[str, Mapping[str, Any]],
    queue: Queue,
) -> Iterator[Answer | BadCell]:
    actions = _actions()
    for row in grid.cells.slice(place + 1).iter_rows(named=True):
        told = {name: (row[cell] or "").strip() for name, cell in cells.items()}
        if not any(told.get(name) for name in ("answer", "code")):
            continue

        def bad(name: str, expected: str, at: int = row[ROW_NUMBER], got: Any = told) -> BadCell:
            return BadCell(grid.name, at, header(name), got.get(name, ""), expected)

        item = items.get(told[KEY])
        action = actions.get(fold_word(told["answer"]).lower())
        if item is None:
            yield bad(KEY, "a key of this workspace's queue, unchanged")
        elif action is None:
            yield bad("answer", "、".join(words.say(f"review.{answer}") for answer in ANSWERS))
        elif item["item_kind"] == "unknown_code" and action == "confirm":
            choices = queue.choices.get((item["export"], item["column_name"]), [])
            if told.get("code") in choices:
                yield Answer(item, action, told["code"], told.get("answer_reason", ""))
            else:
                yield bad("code", "、".join(choices))
        else:
            yield Answer(item, action, "", told.get("answer_reason", ""))
