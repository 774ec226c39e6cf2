"""Map the columns of a recognised sheet to canonical columns, or say which one is missing.

Belongs here: mapped and extra columns, their units, the sentence about a missing column.
Does not belong here: choosing the contract (recognise.py).
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from pipelines.contracts.contract import Contract
from pipelines.contracts.fold_headers import fold_header
from pipelines.ingest.headers import ORDINAL_HEADERS, Header
from pipelines.ingest.open_bytes import Refused
from pipelines.ingest.recognise import Candidate, is_missing, required_groups
from pipelines.ingest.sheets import MappedColumn
from pipelines.ingest.split_rows import SplitRows


def map_columns(
    contract: Contract, header: Header, split: SplitRows, title_unit: str | None
) -> tuple[MappedColumn, ...]:
    """Return the mapped columns left to right, extra columns among them.

    A unit comes from the header's bracket, else the unit row, else the title's unit line (the
    last only for money and areas, where it is a known unit of the column).

    Source: exports.md 8.3, 9.1.
    """
    mapping: list[MappedColumn] = []
    taken: set[str] = set()
    for index, label in enumerate(header.labels):
        cell = f"c{index}"
        text = label.text
        if fold_header(text) in ORDINAL_HEADERS:
            continue
        pairs, bracket_unit = label.hits.get(contract.name, ((), ""))
        columns: dict[str, list[str]] = {}
        for export, column in pairs:
            if column:
                columns.setdefault(column, []).append(export)
        for column, exports in columns.items():
            unit = bracket_unit or split.units.get(cell, "")
            unit = unit or _title_unit(contract, exports[0], column, title_unit)
            mapping.append(MappedColumn(cell, text, column, unit, tuple(exports)))
        if not columns and (text or _holds_values(split, cell)):
            name = _unused_name(text or f"列{_letters(index)}", taken)
            taken.add(name)
            mapping.append(
                MappedColumn(cell, name, None, bracket_unit or split.units.get(cell, ""))
            )
    return tuple(mapping)


def check_required(candidate: Candidate, sheet: str) -> None:
    """Refuse the file when a required column of the recognised contract is not there.

    Raises
    ------
    Refused : ``missing_column`` with sheet, header row, missing column, its accepted headers and
        the nearest header in the file (exports.md 9.1).
    """
    contract, header = candidate.contract, candidate.header
    found = header.columns_of(contract.name)
    for group in required_groups(contract):
        if is_missing(contract, group, found):
            raise Refused("missing_column", _missing_sentence(candidate, sheet, group), sheet)
    named = {fold_header(label.text) for label in header.labels if contract.name in label.hits}
    for export, feed in contract.feeds.items():
        for column in (c for c in feed.columns.values() if c.is_joined and c.required):
            if not {fold_header(header) for header in column.headers} <= named:
                raise Refused(
                    "missing_column", _missing_sentence(candidate, sheet, (export, (column.name,))),
                    sheet,
                )  # fmt: skip


def describe_header(candidate: Candidate) -> str:
    """Return "row 3 (企业名称 | 检查日期 | …)": number and text of the header row found."""
    numbers = row_numbers(candidate)
    named = [label.text for label in candidate.header.labels if label.text]
    rows = f"row {numbers[0]}" if len(numbers) == 1 else f"rows {numbers[0]}-{numbers[-1]}"
    return f"{rows} ({' | '.join(named)})"


def row_numbers(candidate: Candidate) -> tuple[int, ...]:
    """Return the physical numbers (1-based) of the header rows."""
    numbers = candidate.grid.cells["_row_number"]
    return tuple(numbers[row] for row in candidate.header.rows)


def _missing_sentence(candidate: Candidate, sheet: str, group: tuple[str, tuple[str, ...]]) -> str:
    contract = candidate.contract
    export, columns = group
    accepted = [h for column in columns for h in contract.feeds[export].columns[column].headers]
    unknown = [
        label.text
        for label in candidate.header.labels
        if label.is_named and contract.name not in label.hits
    ]
    nearest = _nearest(accepted, unknown)
    where = f"Sheet '{sheet}', header " if sheet else "Header "
    hint = f" The nearest header here is '{nearest}'." if nearest else ""
    return (
        f"{where}{describe_header(candidate)}: recognised as {contract.title} ({contract.name}), "
        f"but the required column {' or '.join(columns)} is missing. Accepted headers: "
        f"{'、'.join(accepted)}.{hint} Rename the column in the source, or add its header to a "
        "contract of the workspace."
    )


def _nearest(accepted: list[str], unknown: list[str]) -> str | None:
    """Return the file's header that is most like one of the accepted headers."""
    if not accepted or not unknown:
        return None
    likeness: Mapping[str, float] = {
        header: max(
            difflib.SequenceMatcher(None, fold_header(header), fold_header(a)).ratio()
            for a in accepted
        )
        for header in unknown
    }
    best = max(unknown, key=lambda header: likeness[header])
    return best if likeness[best] > 0 else None


def _title_unit(contract: Contract, export: str, column: str, title_unit: str | None) -> str:
    known = contract.feeds[export].columns[column]
    return title_unit if title_unit and title_unit in known.units else ""


def _holds_values(split: SplitRows, cell: str) -> bool:
    return split.data[cell].null_count() < split.data.height


def _unused_name(text: str, taken: set[str]) -> str:
    name, number = text, 1
    while name in taken:
        number += 1
        name = f"{text} ({number})"
    return name


def _letters(index: int) -> str:
    """Return a column's letters as in Excel: 0 -> A, 26 -> AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
