"""The contract of a source file: which columns it may have, and what each must hold.

Belongs here: the frozen dataclasses every room of ingestion shares.
Does not belong here: reading YAML (load_contracts.py), matching headers (recognise.py),
typing cells (check_rows.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

#: Types a column may have (exports.md, "How to read a table").
COLUMN_TYPES = (
    "text", "id", "code", "enum", "bool", "int", "number", "money", "area", "date", "datetime",
    "month", "lon", "lat", "list", "uscc", "person", "phone", "idno",
)  # fmt: skip

#: Types whose values are personal data: hashed and masked before anything is written.
PERSONAL_TYPES = ("person", "phone", "idno")


@dataclass(frozen=True)
class Column:
    """One canonical column of a feed.

    Attributes
    ----------
    name : canonical ASCII name, e.g. ``found_on``.
    type : one of ``COLUMN_TYPES``.
    headers : accepted headers, primary first; empty for a column that is only derived or constant.
    is_identifying : weighs in recognition (exports.md 8.4).
    required : ``""``, ``"yes"`` or a letter naming an at-least-one-of group.
    words : accepted word (NFKC, no spaces) -> stored value, for enum and bool columns; a bool
        stores ``"yes"`` or ``"no"``. Stored values are accepted words themselves.
    low, high : allowed range of numbers; None = open.
    floor : earliest allowed date (ISO text) of this column; None = the type's default.
    not_before : column of the same row this date may not precede (issue ``order``).
    unit : canonical unit of the stored value ("fen" for money, "㎡" for areas); ``units`` maps
        accepted unit words (NFKC, no spaces, lower case) to the factor that turns a number into
        that unit: 万元 -> 1,000,000 (fen), 亩 -> 2000/3 (㎡).
    keep : ``"digits"`` keeps a value only if it is all digits (codes).
    derive_from, cut : column this one is computed from, and the thresholds (exports.md 10).
    default : stored when the cell is empty; None = stays null.
    code_lengths : allowed digit counts of a ``code`` column; empty = any.
    pattern : regular expression a whole ``code`` must match (NFKC, upper case); None = any.
    personal_list : a ``list`` column whose entries are persons.
    missing : values that stand for "not measured"; an empty cell then is no defect either but the
        flag ``missing`` (readings). None = the column has no such rule.
    doubt_above : a larger value is kept and noted (issue ``doubtful_value``), in stored units.
    unit_column : column that holds the unit of this one's values; filled from the cell (25%LEL),
        else its own cell, else the header (exports.md 3, readings).
    low_column : column that takes the lower end when a cell holds a range (0-100).
    is_joined : the cells of all its ``headers``, in their order, make one value (day, time).
    has_equal_brackets : of an id: 〔〕 [] 【】 () are one bracket.
    """

    name: str
    type: str
    headers: tuple[str, ...] = ()
    is_identifying: bool = False
    required: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    low: float | None = None
    high: float | None = None
    floor: str | None = None
    not_before: str | None = None
    unit: str = ""
    units: Mapping[str, float] = field(default_factory=dict)
    keep: str | None = None
    derive_from: str | None = None
    cut: tuple[tuple[float, str], ...] = ()
    cut_above: str | None = None
    default: str | None = None
    code_lengths: tuple[int, ...] = ()
    pattern: str | None = None
    personal_list: bool = False
    missing: tuple[float, ...] | None = None
    doubt_above: float | None = None
    unit_column: str | None = None
    low_column: str | None = None
    is_joined: bool = False
    has_equal_brackets: bool = False
    is_common: bool = False
    note: str = ""


@dataclass(frozen=True)
class MeltedColumn:
    """One column of a wide file: what it measures, in which unit, and what stands for nothing."""

    metric: str
    unit: str | None = None
    missing: tuple[float, ...] = ()


@dataclass(frozen=True)
class Melt:
    """How one physical row of a wide file opens into one row a measured column (exports.md 10).

    ``metric``, ``value``, ``unit``: canonical columns that take the name, the cell and the unit
    (None = the contract names no unit); ``columns``: header -> what the column measures.
    """

    metric: str
    value: str
    unit: str | None
    columns: Mapping[str, MeltedColumn]


@dataclass(frozen=True)
class Feed:
    """What one contract says about one export it feeds.

    Attributes
    ----------
    export : export name, e.g. ``hazards`` (table of the lake and of ``raw``).
    key : alternatives, each a tuple of column names; the first whose columns are all filled makes
        the row's key; in the last one an empty cell is a value of its own. The name ``subject``
        stands for the row-local subject identity (exports.md 9.4.3), ``park`` for the row-local
        park identity, ``tenant`` likewise.
    columns : every canonical column of the export in its order, the common block last; a column
        the contract does not map has no headers.
    constants : column -> value for columns the file does not hold.
    extra : headers that are known but only kept beside the row.
    time_column : column that says when the row's event happened; None for registers.
    time_else : column that says it where ``time_column`` is empty: a case is filed, then decided.
    reject : the line "Row rejected when" (exports.md 3), in order: ``{"code": ..., "missing":
        (columns, ...)}`` rejects a row with none of the columns filled after typing (an invalid
        uscc is not filled); ``{"code": "bad_time", "time": column}`` a row whose time is missing
        or impossible; ``{"code": "time_out_of_range", "time": column}`` one outside its range;
        ``{"code": "bad_value", "unreadable": column}`` one whose cell holds no value of its type.
    settled_by : column -> date column that settles it (exports.md 9.4.9).
    is_full_list : the file names every living row of its scope.
    melt : how a wide row opens into several rows; None = one row is one row.
    absent_from_title : columns read from sheet, title or file name when the column is absent.
    """

    export: str
    title: str
    titles: tuple[str, ...]
    key: tuple[tuple[str, ...], ...]
    columns: Mapping[str, Column]
    constants: Mapping[str, str] = field(default_factory=dict)
    extra: tuple[str, ...] = ()
    time_column: str | None = None
    time_else: str | None = None
    reject: tuple[Mapping[str, object], ...] = ()
    settled_by: Mapping[str, str] = field(default_factory=dict)
    is_full_list: bool = False
    absent_from_title: tuple[str, ...] = ()
    melt: Melt | None = None


@dataclass(frozen=True)
class Contract:
    """One kind of source file, mapped to one or more exports (feeds).

    ``box``: (lon low, lon high, lat low, lat high). ``date_order``: ``mdy``, ``dmy``, ``ymd`` or
    None. ``source_system``: used for rows without a cell. ``fingerprint``: 16 hex over the content.
    """

    name: str
    title: str
    feeds: Mapping[str, Feed]
    path: Path
    language: str = "zh"
    headers_match: str = "fold"
    timezone: str | None = None
    date_order: str | None = None
    box: tuple[float, float, float, float] | None = None
    null_tokens: tuple[str, ...] = ()
    source_system: str | None = None
    encoding: str | None = None
    separator: str | None = None
    sheet: str | None = None
    skip_rows: int = 0
    file_name_pattern: str | None = None
    is_builtin: bool = True
    fingerprint: str = ""
