"""The content model of a report: plain dataclasses that turn into JSON and nothing else.

Belongs here: what a report is made of. Does not belong here: where numbers come from
(chapters/), how they are worded (phrases.py), how they are drawn (render_*.py).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Column:
    """One column of a table: its head, and ``left``, ``center`` or ``right``.

    ``width`` is its share of the table's width, measured from its cells (content.py).
    """

    title: str
    align: str = "right"
    width: float = 1.0


@dataclass(frozen=True)
class Table:
    """One table; every cell is the text that is printed, every row has one cell a column.

    ``questions`` names the files of app/sql that gave the numbers; ``caption`` is numbered when
    the report is put together.
    """

    key: str
    caption: str
    unit: str
    columns: list[Column]
    rows: list[list[str]]
    questions: list[str]
    notes: list[str] = field(default_factory=list)
    kind: str = "table"


@dataclass(frozen=True)
class Figure:
    """One chart: a Vega-Lite specification that holds its own data, and a sentence for it."""

    key: str
    caption: str
    alt: str
    spec: dict[str, Any]
    questions: list[str]
    kind: str = "figure"


@dataclass(frozen=True)
class Heading:
    """A heading of the second level."""

    text: str
    kind: str = "heading"


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of running text."""

    text: str
    kind: str = "paragraph"


Block = Heading | Paragraph | Table | Figure


@dataclass(frozen=True)
class Chapter:
    """A chapter: ``headline`` is its sentence in the summary, empty when it has none."""

    key: str
    title: str
    headline: str
    blocks: list[Block]


@dataclass(frozen=True)
class Report:
    """A whole report in one language. Days are ISO texts, so that the model is JSON."""

    title: str
    title_lines: list[str]
    issuer: str
    day: str
    language: str
    facts: dict[str, str]
    scope_title: str
    scope: list[str]
    summary_title: str
    summary: list[str]
    chapters: list[Chapter]

    def to_json(self) -> dict[str, Any]:
        """Return the report as plain lists, dicts and texts, the same every time."""
        return asdict(self)

    def tables(self) -> list[Table]:
        """Return every table in the order of the report."""
        return [b for chapter in self.chapters for b in chapter.blocks if isinstance(b, Table)]

    def figures(self) -> list[Figure]:
        """Return every figure in the order of the report."""
        return [b for chapter in self.chapters for b in chapter.blocks if isinstance(b, Figure)]
