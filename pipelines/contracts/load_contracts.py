"""Load the built-in contracts and those of a workspace.

Belongs here: which files are read, in which order, and what replaces what.
Does not belong here: what a file may say (parse_contract.py).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pipelines.contracts.code_words import add_code_words
from pipelines.contracts.contract import Contract, Feed
from pipelines.contracts.load_yaml import ContractError, load_yaml
from pipelines.contracts.parse_columns import Blocks, parse_blocks
from pipelines.contracts.parse_contract import parse_contract

#: The order of exports.md 1; it is also the order of exports in every list.
EXPORTS = (
    "parks", "enterprises", "leases", "inspections", "hazards", "cases", "accidents", "devices",
    "readings", "alarms", "visits", "units",
)  # fmt: skip


def load_contracts(workspace_contracts: Path | None) -> dict[str, Contract]:
    """Return all contracts by name: the built-in ones, then those of the workspace's folder.

    Parameters
    ----------
    workspace_contracts : folder of ``*.yml`` / ``*.yaml`` files; None or absent = none. A contract
        with a built-in's name replaces it; canonical columns and their types always come from the
        built-in export dictionary.

    Raises
    ------
    ContractError
        A file that breaks a rule, with its name and line.

    Notes
    -----
    Source: exports.md 10.
    """
    builtin, blocks = load_builtin_contracts()
    contracts = dict(builtin)
    if workspace_contracts is None or not workspace_contracts.is_dir():
        return contracts
    dictionary = export_dictionary()
    own: dict[str, Path] = {}
    for path in sorted(workspace_contracts.iterdir()):
        if path.suffix not in (".yml", ".yaml") or path.name.startswith((".", "_")):
            continue
        spot = load_yaml(path)
        contract = parse_contract(spot, dictionary, blocks, is_builtin=False)
        if contract.name in own:
            got = f"contract '{contract.name}', also in {own[contract.name].name}"
            raise spot.fail("contract", got, "a name of its own")
        own[contract.name] = path
        contracts[contract.name] = contract
    return add_code_words(contracts, workspace_contracts)


@cache
def load_builtin_contracts() -> tuple[dict[str, Contract], Blocks]:
    """Return the contracts and shared blocks that ship with the product; read once a process."""
    folder = Path(__file__).parent
    blocks = parse_blocks(load_yaml(folder / "_blocks.yml"))
    contracts: dict[str, Contract] = {}
    for export in EXPORTS:
        path = folder / f"{export}.yml"
        contract = parse_contract(load_yaml(path), None, blocks, is_builtin=True)
        if contract.name != export or set(contract.feeds) != {export}:
            raise ContractError(path, 1, contract.name, f"contract and feed named {export}")
        contracts[export] = contract
    return contracts, blocks


def export_dictionary() -> dict[str, Feed]:
    """Return export -> its canonical feed: column order, types, words, key and reject rule."""
    contracts, _ = load_builtin_contracts()
    return {export: contracts[export].feeds[export] for export in EXPORTS}
