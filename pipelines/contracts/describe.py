"""The export dictionary as a page: docs/exports.md, written from the contracts.

Belongs here: the page's layout. Run ``python -m pipelines.contracts.describe`` to write it anew.
Does not belong here: the words of a column (column_words.py), blank workbooks
(write_template.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from pipelines.contracts.column_words import (
    by_name,
    say_allowed,
    say_rejections,
    say_type,
    say_unit,
)
from pipelines.contracts.contract import Column, Contract, Feed
from pipelines.contracts.load_contracts import EXPORTS, load_builtin_contracts

PAGE = Path(__file__).resolve().parents[2] / "docs" / "exports.md"
COMMAND = "python -m pipelines.contracts.describe"
_ONE_ROW = re.compile(r"\A# One row: (.+?)\n# Source:", re.DOTALL)
_INTRODUCTION = f"""# Exports

Every file parkrisk reads is one of these exports. This page is written from the contracts in
`pipelines/contracts/` by `{COMMAND}`; a test keeps the two equal.

How to read a table: the first header is the one templates carry (`parkrisk template EXPORT`), the
others are understood too. ◆ marks the columns by which a file is recognised. Required: `yes`, or a
letter for "at least one of the columns with this letter". A cell that does not fit is emptied and
listed as an issue; only what stands under "a row is rejected when" rejects a row. In a key, the
names `subject`, `park` and `tenant` stand for what the row itself says of it: the normalised name
with the town, else the code. Names, phones and identity numbers are masked and hashed at landing.
A workspace adds headers, words and whole files of its own in `contracts/`.
"""


def describe_exports() -> str:
    """Return the page over all built-in exports and the columns every export accepts."""
    contracts, blocks = load_builtin_contracts()
    parts = [_INTRODUCTION, _contents(contracts)]
    common = blocks.columns["common"]
    parts += [_section(contracts[export]) for export in EXPORTS]
    parts.append("## Columns of every export\n\nAll optional, and left out of recognition.\n")
    parts.append("\n".join(_table(list(common.values()), common)) + "\n")
    return "\n".join(parts)


def one_row(contract: Contract) -> str:
    """Return what one row of a built-in export is, from the first comment of its file."""
    found = _ONE_ROW.match(contract.path.read_text("utf-8"))
    if found is None:
        raise ValueError(
            f"{contract.path.name}: the first line says not what a row is. Expected '# One row: …' "
            "and then '# Source: …'."
        )
    return found.group(1).replace("\n# ", " ").rstrip(".")


def _contents(contracts: dict[str, Contract]) -> str:
    lines = ["| export | Chinese title | one row is | columns |", "| --- | --- | --- | --- |"]
    for export in EXPORTS:
        contract = contracts[export]
        own = sum(not column.is_common for column in contract.feeds[export].columns.values())
        row = (f"[`{export}`](#{export})", contract.title, one_row(contract), str(own))
        lines.append(f"| {' | '.join(row)} |")
    return "\n".join(lines) + "\n"


def _section(contract: Contract) -> str:
    feed = contract.feeds[contract.name]
    rejected = "; ".join(say_rejections(feed, "en", by_name))
    lines = [
        f"## {contract.name}",
        "",
        f"{contract.title}. Titles met: {'、'.join(feed.titles)}.",
        "",
        f"- One row: {one_row(contract)}.",
        f"- Key: {'; else '.join(_say_key(key) for key in feed.key)}.",
        f"- A row is rejected when: {rejected}.",
        f"- Time: {_say_time(feed)}.",
        *_more(feed),
        "",
        *_table([c for c in feed.columns.values() if not c.is_common], feed.columns),
        "",
    ]
    return "\n".join(lines)


def _say_key(parts: tuple[str, ...]) -> str:
    return " + ".join(f"`{part}`" for part in parts)


def _say_time(feed: Feed) -> str:
    return f"`{feed.time_column}`" if feed.time_column else "none (register)"


def _more(feed: Feed) -> Iterator[str]:
    if feed.absent_from_title:
        names = ", ".join(f"`{name}`" for name in feed.absent_from_title)
        yield f"- Read from sheet, title or file name where the column is absent: {names}."
    if feed.settled_by:
        pairs = ", ".join(f"`{c}` by `{day}`" for c, day in feed.settled_by.items())
        yield f"- Settled by a date: {pairs}."


def _table(columns: list[Column], siblings: Mapping[str, Column]) -> list[str]:
    head = ("column", "headers", "type", "unit", "required", "what may stand there")
    lines = [f"| {' | '.join(head)} |", f"| {' | '.join(['---'] * len(head))} |"]
    for column in columns:
        mark = " ◆" if column.is_identifying else ""
        cells = (
            f"`{column.name}`{mark}", _say_headers(column), say_type(column, "en"),
            say_unit(column, "en"), column.required,
            say_allowed(column, siblings, "en", by_name),
        )  # fmt: skip
        lines.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |")
    return lines


def _say_headers(column: Column) -> str:
    first, *others = column.headers or ("",)
    return "、".join((f"**{first}**", *others)) if first else ""


if __name__ == "__main__":
    PAGE.write_text(describe_exports(), "utf-8")
    print(f"written: {PAGE}")
