"""Read one YAML file so that every error can name its line.

Belongs here: YAML with line marks, the error of a contract file, typed look-ups of its parts.
Does not belong here: what the keys of a contract mean (parse_contract.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


class ContractError(Exception):
    """A contract file that cannot be used: what, where, got, expected, next command."""

    def __init__(self, path: Path, line: int, got: str, expected: str) -> None:
        self.path, self.line, self.got, self.expected = path, line, got, expected
        super().__init__(
            f"Contract {path.name} line {line}: got {got}; expected {expected}. "
            f"Correct {path}, then run: parkrisk check FILE"
        )


class MarkedDict(dict[str, Any]):
    """A YAML mapping: text keys, and the line (1-based) each key stands on."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


@dataclass(frozen=True)
class Spot:
    """A mapping of a contract file, where it stands and how to complain about it.

    Attributes
    ----------
    path : the file.
    mapping : the mapping.
    place : words for messages, e.g. ``feeds.hazards.columns.level``; "" = the top.
    """

    path: Path
    mapping: MarkedDict
    place: str = ""

    def fail(self, key: str | None, got: str, expected: str) -> ContractError:
        """Return (not raise) the error that names the line of `key`."""
        line = self.mapping.lines.get(key or "", self.mapping.line)
        where = f" in {self.place}" if self.place else ""
        return ContractError(self.path, line, f"{got}{where}", expected)

    def allow(self, keys: tuple[str, ...]) -> None:
        """Refuse every key that is not in `keys`."""
        for key in self.mapping:
            if key not in keys:
                raise self.fail(key, f"unknown key '{key}'", f"one of {', '.join(keys)}")

    def down(self, key: str) -> Spot:
        """Return the mapping under `key`; an empty one when the key is absent."""
        value = self.mapping.get(key)
        if value is None:
            value = MarkedDict(self.mapping.lines.get(key, self.mapping.line))
        if not isinstance(value, MarkedDict):
            raise self.fail(key, f"'{value}' under '{key}'", "a mapping (key: value)")
        return Spot(self.path, value, f"{self.place}.{key}".strip("."))

    def text(self, key: str, default: str | None = None) -> str | None:
        """Return a scalar as text; `default` when the key is absent."""
        value = self.mapping.get(key)
        if value is None:
            return default
        if isinstance(value, MarkedDict | list):
            raise self.fail(key, f"'{value}' under '{key}'", "one word or number")
        return _as_text(value)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of scalars as texts; empty when the key is absent."""
        value = self.mapping.get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or any(isinstance(v, MarkedDict | list) for v in value):
            raise self.fail(key, f"'{value}' under '{key}'", "a list of words")
        return tuple(_as_text(entry) for entry in value)

    def flag(self, key: str) -> bool:
        """Return a true/false key; False when absent."""
        value = self.mapping.get(key, False)
        if not isinstance(value, bool):
            raise self.fail(key, f"'{value}' under '{key}'", "true or false")
        return value

    def one_of(self, key: str, allowed: tuple[str, ...], default: str | None) -> str | None:
        """Return a word of a closed list."""
        value = self.text(key, default)
        if value is not None and value not in allowed:
            raise self.fail(key, f"'{value}' under '{key}'", f"one of {', '.join(allowed)}")
        return value

    def numbers(self, key: str) -> tuple[float, ...]:
        """Return a list of numbers; empty when the key is absent."""
        numbers = tuple(bound for bound in self.bounds(key) if bound is not None)
        if len(numbers) < len(self.bounds(key)):
            raise self.fail(key, f"null under '{key}'", "numbers")
        return numbers

    def bounds(self, key: str) -> tuple[float | None, ...]:
        """Return a list of numbers where null is an open end; empty when the key is absent."""
        value = self.mapping.get(key)
        if value is None:
            return ()
        entries = value if isinstance(value, list) else [value]
        for entry in entries:
            is_number = isinstance(entry, int | float) and not isinstance(entry, bool)
            if not is_number and entry is not None:
                raise self.fail(key, f"'{entry}' under '{key}'", "numbers")
        return tuple(entries)


class _MarkedLoader(yaml.SafeLoader):
    """Safe YAML whose mappings remember lines and refuse a key written twice.

    Only true/false, plain numbers and null are not text: headers such as ``No``, ``01`` or
    ``12:30`` must stay what they are.
    """

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - the name pyyaml looks up


def _construct_mapping(loader: _MarkedLoader, node: yaml.MappingNode) -> MarkedDict:
    mapping = MarkedDict(_line_of(node))
    for key_node, value_node in node.value:
        key = _as_text(loader.construct_object(key_node, deep=True))
        line = _line_of(key_node)
        if key in mapping:
            raise yaml.MarkedYAMLError(
                problem=f"the key '{key}' twice", problem_mark=key_node.start_mark
            )
        mapping.lines[key] = line
        mapping[key] = loader.construct_object(value_node, deep=True)
    return mapping


def _line_of(node: yaml.Node) -> int:
    return node.start_mark.line + 1 if node.start_mark else 1


for _tag, _pattern, _first in (
    ("bool", r"^(?:true|false)$", "tf"),
    ("int", r"^-?(?:0|[1-9][0-9]*)$", "-0123456789"),
    ("float", r"^-?[0-9]+\.[0-9]+$", "-0123456789"),
    ("null", r"^(?:null|~|)$", ["n", "~", ""]),
):
    _MarkedLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), list(_first)
    )
_MarkedLoader.add_constructor("tag:yaml.org,2002:map", _construct_mapping)


def load_yaml(path: Path) -> Spot:
    """Read a YAML file whose top is a mapping.

    Raises
    ------
    ContractError
        Not UTF-8, not YAML, a key written twice, or not a mapping.
    """
    try:
        value = yaml.load(path.read_text(encoding="utf-8-sig"), Loader=_MarkedLoader)
    except UnicodeDecodeError as error:
        raise ContractError(path, 1, "bytes that are not UTF-8", "a UTF-8 file") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ContractError(path, line, str(error.problem), "valid YAML") from error
    except yaml.YAMLError as error:
        raise ContractError(path, 1, str(error), "valid YAML") from error
    if not isinstance(value, MarkedDict):
        raise ContractError(path, 1, "no mapping", "keys such as 'contract:' and 'feeds:'")
    return Spot(path, value)


def _as_text(value: object) -> str:
    """Return a YAML scalar as it was written."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
