"""Words people decided stand for a stored code: ``contracts/_code_words.yml`` of a workspace.

Belongs here: reading that file and widening the code lists of contracts with it.
Does not belong here: who decided and when (pipelines/review), matching a cell (ingest).

A decided word enters the contract, and so the landing key: the contents concerned land again with
the code instead of null, and land back exactly when the decision is taken back (decision 0036).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from pipelines.contracts.contract import Contract, Feed
from pipelines.contracts.fold_headers import fold_word
from pipelines.contracts.load_yaml import ContractError, load_yaml
from pipelines.contracts.parse_contract import fingerprint_of

FILE_NAME = "_code_words.yml"


def add_code_words(contracts: Mapping[str, Contract], folder: Path) -> dict[str, Contract]:
    """Return the contracts with the workspace's decided words in their code lists.

    A word a contract knows already keeps its meaning there.

    Raises
    ------
    ContractError : unknown export, a column without a code list, or no stored value of it.
    """
    path = folder / FILE_NAME
    if not path.exists():
        return dict(contracts)
    widened = dict(contracts)
    spot = load_yaml(path)
    for export in spot.mapping:
        columns = spot.down(export)
        holders = {n: c for n, c in widened.items() if export in c.feeds}
        if not holders:
            raise spot.fail(export, f"unknown export '{export}'", "an export of a contract")
        for column in columns.mapping:
            words = {
                fold_word(word): str(columns.down(column).text(word) or "")
                for word in columns.down(column).mapping
            }
            for name, contract in holders.items():
                feed = _widen(contract.feeds[export], column, words, path)
                changed = replace(contract, feeds={**contract.feeds, export: feed})
                widened[name] = holders[name] = changed
    return {
        name: contract
        if contract is contracts[name]
        else replace(contract, fingerprint=fingerprint_of(contract))
        for name, contract in widened.items()
    }


def _widen(feed: Feed, name: str, words: Mapping[str, str], path: Path) -> Feed:
    column = feed.columns.get(name)
    if column is None or column.type != "enum":
        raise ContractError(
            path, 1, f"column '{name}' of {feed.export}", "a column with a code list"
        )
    codes = set(column.words.values())
    if wrong := sorted(set(words.values()) - codes):
        raise ContractError(
            path, 1, f"code {'、'.join(wrong)} of {name}", f"one of {sorted(codes)}"
        )
    wider = replace(column, words={**words, **column.words})
    return replace(feed, columns={**feed.columns, name: wider})
