"""Choose the contract a sheet follows, by its headers.

Belongs here: scores, the lead rule, ties broken by titles.
Does not belong here: finding the header rows (headers.py), reading a file (read_export.py).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipelines.contracts.contract import Contract
from pipelines.contracts.fold_headers import fold_word
from pipelines.ingest.grid import Grid
from pipelines.ingest.headers import Header

#: Exports.md 8.4 and 8.5.
WEIGHT_REQUIRED, WEIGHT_KNOWN, WEIGHT_IDENTIFYING = 0.40, 0.35, 0.25
ENOUGH_IDENTIFYING = 3
LEAST_SCORE, LEAST_LEAD = 0.60, 0.08
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Candidate:
    """A contract measured against one sheet."""

    contract: Contract
    score: float
    grid: Grid
    header: Header


def score_contract(contract: Contract, header: Header) -> float:
    """Return the recognition score of a contract, 0 to 1.

    0.40 × share of its required columns found (a letter group counts as one, a constant counts
    as found) + 0.35 × share of the file's headers it knows (common block and 序号 left out)
    + 0.25 × min(1, identifying columns found / 3).

    Source: exports.md 8.4.
    """
    found = header.columns_of(contract.name)
    wanted = required_groups(contract)
    met = sum(not is_missing(contract, group, found) for group in wanted)
    required = met / len(wanted) if wanted else 1.0
    known = unknown = 0
    for label in header.labels:
        if not label.is_named:
            continue
        pairs, _ = label.hits.get(contract.name, ((), ""))
        if not pairs:
            unknown += 1
        elif not all(_is_common(contract, pair) for pair in pairs):
            known += 1
    share = known / (known + unknown) if known + unknown else 0.0
    identifying = {
        column for export, column in found if contract.feeds[export].columns[column].is_identifying
    }
    return (
        WEIGHT_REQUIRED * required
        + WEIGHT_KNOWN * share
        + WEIGHT_IDENTIFYING * min(1.0, len(identifying) / ENOUGH_IDENTIFYING)
    )


def required_groups(contract: Contract) -> list[tuple[str, tuple[str, ...]]]:
    """Return (export, columns) for each required column and each at-least-one-of group."""
    groups: dict[tuple[str, str], list[str]] = {}
    for export, feed in contract.feeds.items():
        for column in feed.columns.values():
            if column.required:
                name = column.name if column.required == "yes" else f"({column.required})"
                groups.setdefault((export, name), []).append(column.name)
    return [(export, tuple(columns)) for (export, _), columns in groups.items()]


def is_missing(
    contract: Contract, group: tuple[str, tuple[str, ...]], found: set[tuple[str, str]]
) -> bool:
    """Whether neither a header nor a constant nor another column fills any column of a group."""
    export, columns = group
    feed = contract.feeds[export]
    return not any(
        (export, column) in found
        or column in feed.constants
        or (
            feed.columns[column].derive_from and (export, feed.columns[column].derive_from) in found
        )
        for column in columns
    )


def rank_candidates(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates from the highest score down; equal scores by name."""
    return sorted(candidates, key=lambda c: (-c.score, c.contract.name))


def choose(
    ranked: Sequence[Candidate], evidence: Sequence[str], names: Sequence[str]
) -> Candidate | None:
    """Return the candidate that wins, or None when two are too near and nothing decides.

    Parameters
    ----------
    ranked : at least one candidate, best first, the best at ``LEAST_SCORE`` or above.
    evidence : texts that may hold a title, the strongest first: title rows, sheet, file names.
    names : the file's names, for contracts with a ``file_name_pattern``.

    Notes
    -----
    Within the lead a contract whose title stands in the evidence decides; of several the one with
    the longest title (隐患清单 says more than 检查). Source: exports.md 8.5.
    """
    best = ranked[0]
    rivals = [
        c
        for c in ranked
        if c.score >= LEAST_SCORE - _ROUNDING and best.score - c.score < LEAST_LEAD - _ROUNDING
    ]
    if len(rivals) == 1:
        return best
    for text in evidence:
        lengths = {id(c): _longest_title(c.contract, text) for c in rivals}
        longest = max(lengths.values())
        named = [c for c in rivals if longest and lengths[id(c)] == longest]
        if len(named) == 1:
            return named[0]
    named = [c for c in rivals if _fits_pattern(c.contract, names)]
    return named[0] if len(named) == 1 else None


def titles_of(contract: Contract) -> set[str]:
    """Return all titles a contract is met under."""
    titles = {contract.title}
    for feed in contract.feeds.values():
        titles |= {feed.title, *feed.titles}
    return titles


def _longest_title(contract: Contract, text: str) -> int:
    folded = fold_word(text).lower()
    found = [fold_word(t).lower() for t in titles_of(contract) if fold_word(t).lower() in folded]
    return max(map(len, found), default=0)


def _fits_pattern(contract: Contract, names: Sequence[str]) -> bool:
    pattern = contract.file_name_pattern
    return pattern is not None and any(re.search(pattern, name) for name in names)


def _is_common(contract: Contract, pair: tuple[str, str]) -> bool:
    export, column = pair
    return bool(column) and contract.feeds[export].columns[column].is_common


def measure(contracts: Mapping[str, Contract], grid: Grid, header: Header) -> list[Candidate]:
    """Return every contract that knows at least one header of the sheet, with its score."""
    met = {name for label in header.labels for name in label.hits}
    return [
        Candidate(contract, round(score_contract(contract, header), 6), grid, header)
        for name, contract in contracts.items()
        if name in met and contract.sheet in (None, grid.name)
    ]
