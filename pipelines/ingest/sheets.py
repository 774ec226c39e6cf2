"""The shapes passed between the verbs of ingestion: a file, its sheets, what became of its rows.

Belongs here: frozen dataclasses. Does not belong here: any reading, typing or writing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from pipelines.contracts.contract import Contract


@dataclass(frozen=True)
class MappedColumn:
    """A physical column and the canonical column it fills (None = extra column).

    ``cell`` is the column of ``Sheet.cells``; ``unit`` the unit word found in the header, the unit
    row or the title's unit line, in that order ("" = none).

    ``feeds``: the exports whose feed takes this column (one header may serve several feeds, and
    not all feeds of a contract take it); empty for an extra column. One entry per (cell, column).
    Extra headers are unique in a sheet: a repeated one carries `` (2)``; a column without header
    that holds values is called ``列C``. 序号 columns have no entry.
    """

    cell: str
    header: str
    column: str | None
    unit: str = ""
    feeds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Match:
    """How a sheet was recognised (exports.md 8.4-8.6)."""

    contract: Contract
    score: float
    runner_up: str | None
    runner_up_score: float | None


@dataclass(frozen=True)
class TitleFacts:
    """What the rows above the header say. Null = not said."""

    text: str = ""
    filer: str | None = None
    unit: str | None = None
    exported_on: date | None = None  # the strongest of 导出时间 数据截止 填报日期 制表日期
    exported_clock: str | None = None
    says_full_list: bool = False


@dataclass(frozen=True)
class Sheet:
    """One recognised sheet, still text.

    ``cells``: one row per data row; ``_row_number`` Int64 (physical, 1-based, as a person sees it
    in Excel or an editor; of JSON lines the line, of Parquet the record + 1, of a web page the
    row of its table; a header or heading that has no row of its own is row 0), then one String
    column per physical column (``c0``, ``c1``, …), null for an empty cell.
    ``numeric``: as many rows; one Boolean column, named like the cell column, for each column
    that holds numeric cells: true where the cell was a number in a workbook, Parquet or JSON; an
    empty frame when there is none, as for text files.
    ``dropped``: rows not read as data, counted by kind: header, title, unit, total, footer,
    repeated_header, blank (all seven always present). Physical rows = their sum + cells.height.
    ``totals``: rows (same columns as ``cells``) dropped as 合计/总计, to be compared with the sums.
    ``stated_count``: number of the count phrase 共N条, None when there is none.
    """

    name: str
    header_rows: tuple[int, ...]
    header_text: str
    mapping: tuple[MappedColumn, ...]
    match: Match
    title: TitleFacts
    cells: pl.DataFrame
    numeric: pl.DataFrame
    dropped: Mapping[str, int]
    totals: pl.DataFrame
    stated_count: int | None = None
    is_1904: bool = False


@dataclass(frozen=True)
class Refusal:
    """Why a whole file was refused: a code and a sentence (what, where, got, expected, next)."""

    # encoding unreadable empty ambiguous unrecognised missing_column unsupported_kind
    code: str
    sentence: str
    sheet: str | None = None


@dataclass(frozen=True)
class ReadFile:
    """All a file's bytes say before any cell is typed.

    ``kind``: csv, xlsx, xls, html, parquet or jsonl (inside gzip or not); ``encoding``: of text
    files, else None.
    ``skipped_sheets``: names of sheets without a recognised header, with the reason.
    """

    content_id: str
    kind: str
    encoding: str | None
    size_bytes: int
    sheets: tuple[Sheet, ...] = ()
    skipped_sheets: tuple[tuple[str, str], ...] = ()
    refusal: Refusal | None = None


@dataclass(frozen=True)
class Hint:
    """What all names of one content say together: the part of a name that enters a landing.

    ``named_on``: the earliest date found in any of the names (exports.md 9.4.1), None = none.
    ``titles``: export titles, the words 全量/花名册, and accepted words of columns that may come
    from a name (网格巡查 for ``inspections.kind``) found in the names, sorted.
    """

    named_on: date | None = None
    titles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Landed:
    """The typed rows of one sheet for one feed, ready to be written.

    ``rows``: lake schema of the export (land.py); ``rejected``: whole rows as masked text with
    column, value and reason; ``issues``: one row per defect; ``rows_read`` = rows + rejected.
    """

    sheet: str
    export: str
    rows: pl.DataFrame
    rejected: pl.DataFrame
    issues: pl.DataFrame
    rows_read: int
    extra: Mapping[str, str] = field(default_factory=dict)
