"""Find the rows of a sheet that are its header, and what each column is called.

Belongs here: one-, two- and three-row headers, header texts, units in brackets.
Does not belong here: scores and the choice of a contract (recognise.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipelines.contracts.contract import Contract
from pipelines.contracts.fold_headers import fold_header, strip_brackets
from pipelines.contracts.parse_contract import header_index
from pipelines.ingest.unit_words import find_unit

#: Rows in which a header is looked for, and rows one header may take (exports.md 8.2).
SEARCH_ROWS, MAX_HEADER_ROWS = 20, 3
ORDINAL_HEADERS = ("序号",)

#: Pairs (export, column) a header stands for; column "" = an extra column the contract knows.
Pairs = tuple[tuple[str, str], ...]
Row = Sequence[str | None]


@dataclass(frozen=True)
class HeaderBook:
    """Folded header -> contract name -> pairs, over several contracts."""

    entries: Mapping[str, Mapping[str, Pairs]]
    exact_only: frozenset[str]
    _met: dict[str, dict[str, tuple[Pairs, str]]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def find(self, text: str) -> dict[str, tuple[Pairs, str]]:
        """Return contract -> (pairs, unit) for a header text.

        The whole text is tried first, then the text without its bracketed parts; a bracket that
        is a unit is kept. Contracts with ``headers_match: exact_fold`` know whole texts only.
        """
        if text not in self._met:  # the same cell is read in up to six blocks of rows
            self._met[text] = self._find(text)
        return self._met[text]

    def _find(self, text: str) -> dict[str, tuple[Pairs, str]]:
        folded = fold_header(text)
        found = {name: (pairs, "") for name, pairs in self.entries.get(folded, {}).items()}
        bare, inside = strip_brackets(folded)
        if inside and bare:
            unit = next((unit for part in inside if (unit := find_unit(part))), "")
            for name, pairs in self.entries.get(bare, {}).items():
                if name not in self.exact_only:
                    found.setdefault(name, (pairs, unit))
        return found


@dataclass(frozen=True)
class Label:
    """What stands above one column: its text, and what each contract takes it for."""

    text: str
    hits: Mapping[str, tuple[Pairs, str]]

    @property
    def is_named(self) -> bool:
        """Whether the column has a header that counts (exports.md 8.3)."""
        return bool(self.text) and fold_header(self.text) not in ORDINAL_HEADERS


@dataclass(frozen=True)
class Header:
    """Header rows (0-based, neighbouring) and one label a column."""

    rows: tuple[int, ...]
    labels: tuple[Label, ...]

    def columns_of(self, contract: str) -> set[tuple[str, str]]:
        """Return the (export, column) pairs a contract finds here, extra columns left out."""
        return {
            pair
            for label in self.labels
            if contract in label.hits
            for pair in label.hits[contract][0]
            if pair[1]
        }


def make_header_book(contracts: Mapping[str, Contract]) -> HeaderBook:
    """Collect the headers of all contracts for look-up by folded text."""
    entries: dict[str, dict[str, Pairs]] = {}
    for name, contract in contracts.items():
        for folded, pairs in header_index(contract).items():
            entries.setdefault(folded, {})[name] = pairs
    exact = frozenset(n for n, c in contracts.items() if c.headers_match == "exact_fold")
    return HeaderBook(entries, exact)


def find_header(rows: Sequence[Row], book: HeaderBook, skip_rows: int = 0) -> Header | None:
    """Return the rows with the most matched columns for one contract; None when nothing matches.

    Parameters
    ----------
    rows : the first rows of a sheet; more than ``SEARCH_ROWS`` of them are not looked at.
    skip_rows : rows a contract says stand before anything of interest.

    Notes
    -----
    Every row and every pair or triple of neighbouring rows is tried; equal counts prefer fewer
    rows, then the first. Source: exports.md 8.2.
    """
    best: Header | None = None
    best_rank = (0, 0, 0)
    rows = rows[: skip_rows + SEARCH_ROWS]
    for first in range(skip_rows, len(rows)):
        for height in range(1, MAX_HEADER_ROWS + 1):
            block = rows[first : first + height]
            if len(block) < height or not any(block[-1]):
                break
            header = _read_header(block, first, book)
            if header is None:
                continue
            count = max(
                (len({column for _, column in header.columns_of(name)}) for name in _met(header)),
                default=0,
            )
            rank = (count, -height, -first)
            if count and rank > best_rank:
                best, best_rank = header, rank
    return best


def _met(header: Header) -> set[str]:
    return {name for label in header.labels for name in label.hits}


def _read_header(block: Sequence[Row], first: int, book: HeaderBook) -> Header | None:
    """Read neighbouring rows as one header; None when the lowest row is clearly data.

    A data row under a complete header may hold a header word by chance (街道 as a value). It
    shows by columns whose own upper text is a header while the filled cell below adds nothing:
    when these outnumber the columns the lowest row explains, the block is no header.
    """
    filled = [_fill_right(row) for row in block[:-1]]
    labels, explained, contradicted = [], 0, 0
    for index in range(max(map(len, block))):
        label, by_lower = _label_of(_cells_above(block, filled, index), book)
        labels.append(label)
        has_lower = bool(_cell(block[-1], index))
        explained += bool(by_lower and label.hits)
        contradicted += bool(has_lower and not by_lower and label.hits)
    if len(block) > 1 and contradicted >= max(explained, 1):
        return None
    return Header(tuple(range(first, first + len(block))), tuple(labels))


def _label_of(cells: Sequence[Placed], book: HeaderBook) -> tuple[Label, bool]:
    """Return a column's label, and whether its lowest cell takes part in it.

    Tried for each contract: all texts from top to bottom joined, the lower ones joined, the
    lowest; where no contract knows any, the upper ones that belong to this very column.
    """
    lower = cells[-1].text
    joined = ["".join(cell.text for cell in cells[start:]) for start in range(len(cells))]
    if lower:
        found = [(text, hits) for text in dict.fromkeys(joined) if (hits := book.find(text))]
        if found:
            best_first = [hits for _, hits in found]
            every = {name: hit for hits in reversed(best_first) for name, hit in hits.items()}
            return Label(found[0][0], every), True
    own = [cell.text for cell in cells[:-1] if cell.is_here and not (cell.is_group and lower)]
    for text in dict.fromkeys(("".join(own), *reversed(own))):
        if text and (hits := book.find(text)):
            return Label(text, hits), False
    return Label(joined[0] if lower else "".join(own), {}), bool(lower)


@dataclass(frozen=True)
class Placed:
    """A header cell after filling: its text, whether it stands in this column, whether it was
    spread over the blank cells to its right (then it names a group, no single column)."""

    text: str
    is_here: bool
    is_group: bool = False


def _cells_above(block: Sequence[Row], filled: Sequence[list[Placed]], index: int) -> list[Placed]:
    upper = [row[index] if index < len(row) else Placed("", False) for row in filled]
    return [*upper, Placed(_cell(block[-1], index), True)]


def _fill_right(row: Row) -> list[Placed]:
    """Return the cells of an upper row; blanks take the text on their left (exports.md 8.2)."""
    filled: list[Placed] = []
    for index in range(len(row)):
        text = _cell(row, index)
        if text:
            is_group = index + 1 < len(row) and not _cell(row, index + 1)
            filled.append(Placed(text, True, is_group))
        else:
            filled.append(Placed(filled[-1].text if filled else "", False))
    return filled


def _cell(row: Row, index: int) -> str:
    return (row[index] or "").strip() if index < len(row) else ""
