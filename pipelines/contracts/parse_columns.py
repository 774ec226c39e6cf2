"""Turn the ``columns:`` of a contract file into canonical columns.

Belongs here: the keys of one column, word lists, unit lists, column blocks.
Does not belong here: feeds and contracts (parse_contract.py), YAML marks (load_yaml.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from pipelines.contracts.contract import COLUMN_TYPES, Column
from pipelines.contracts.fold_headers import fold_word
from pipelines.contracts.load_yaml import MarkedDict, Spot

COLUMN_KEYS = (
    "type", "headers", "identifying", "required", "codes", "range", "floor", "not_before", "unit",
    "units", "keep", "from", "cut", "default", "lengths", "pattern", "personal", "note",
    "missing", "doubt_above", "unit_in", "low_in", "equal_brackets", "join",
)  # fmt: skip
_DATE_TYPES = ("date", "datetime", "month")
_WORD_TYPES = ("enum", "bool")


@dataclass(frozen=True)
class Blocks:
    """What several contracts share, by name (``_blocks.yml``)."""

    columns: Mapping[str, Mapping[str, Column]]
    words: Mapping[str, Mapping[str, str]]
    units: Mapping[str, Mapping[str, float]]


def parse_blocks(spot: Spot) -> Blocks:
    """Read ``_blocks.yml``: word lists, unit lists, then the column blocks that name them."""
    spot.allow(("column_blocks", "word_lists", "unit_lists"))
    unit_spot, word_spot, block_spot = map(spot.down, ("unit_lists", "word_lists", "column_blocks"))
    units = {name: parse_unit_list(unit_spot.down(name)) for name in unit_spot.mapping}
    words: dict[str, Mapping[str, str]] = {}
    for name in word_spot.mapping:
        words[name] = parse_words(word_spot, name, words)
    bare = Blocks({}, words, units)
    columns: dict[str, Mapping[str, Column]] = {}
    for name in block_spot.mapping:
        block = block_spot.down(name)
        columns[name] = {
            column: replace(
                parse_column(block.down(column), column, None, bare), is_common=name == "common"
            )
            for column in block.mapping
        }
    return Blocks(columns, words, units)


def parse_words(spot: Spot, key: str, lists: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Return accepted word -> stored value.

    A text names a list of ``_blocks.yml``; a list holds stored values; a mapping holds
    ``stored: [accepted words]`` or ``word: stored``; its key ``include`` takes over a list.
    """
    value = spot.mapping[key]
    if isinstance(value, list):
        return {fold_word(word): word for word in spot.texts(key)}
    if not isinstance(value, MarkedDict):
        if value not in lists:
            raise spot.fail(key, f"word list '{value}'", f"one of {', '.join(lists)}")
        return dict(lists[value])
    words: dict[str, str] = {}
    inner = spot.down(key)
    for word, accepted in inner.mapping.items():
        if word == "include":
            words |= parse_words(inner, "include", lists)
        elif isinstance(accepted, list):
            words |= {fold_word(entry): word for entry in (word, *inner.texts(word))}
        else:
            words[fold_word(word)] = inner.text(word, "") or ""
    return words


def parse_column(spot: Spot, name: str, base: Column | None, blocks: Blocks) -> Column:
    """Return one column: `base` (the export dictionary's) changed by what the file says.

    Parameters
    ----------
    base : the canonical column without headers, or None while the dictionary itself is read.

    Raises
    ------
    ContractError
        Unknown key, bad type, a value of the wrong shape.
    """
    spot.allow(COLUMN_KEYS)
    kind = spot.one_of("type", COLUMN_TYPES, base.type if base else None)
    if kind is None:
        raise spot.fail(None, f"no type for '{name}'", f"type: one of {', '.join(COLUMN_TYPES)}")
    if base is not None and kind != base.type:
        raise spot.fail("type", f"type '{kind}'", f"'{base.type}' as in the export dictionary")
    column = base or Column(name, kind)
    return replace(
        column,
        **_plain_fields(spot, column),
        **_word_fields(spot, column, blocks),
        **_bound_fields(spot, column),
        **_derived_fields(spot),
    )


def _plain_fields(spot: Spot, column: Column) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "headers": spot.texts("headers") or spot.texts("join"),
        "is_joined": "join" in spot.mapping,
        "required": _parse_required(spot),
        "is_identifying": spot.flag("identifying")
        if "identifying" in spot.mapping
        else column.is_identifying,
        "personal_list": spot.flag("personal") or column.personal_list,
        "unit": spot.text("unit", column.unit),
        "keep": spot.one_of("keep", ("digits",), column.keep),
        "default": spot.text("default", column.default),
        "pattern": spot.text("pattern", column.pattern),
        "not_before": spot.text("not_before", column.not_before),
        "note": spot.text("note", column.note),
        "unit_column": spot.text("unit_in", column.unit_column),
        "low_column": spot.text("low_in", column.low_column),
        "has_equal_brackets": spot.flag("equal_brackets") or column.has_equal_brackets,
    }
    if len(set(fields["headers"])) < len(fields["headers"]):
        raise spot.fail("headers", "a header listed twice", "every header once")
    if "lengths" in spot.mapping:
        fields["code_lengths"] = tuple(int(length) for length in spot.numbers("lengths"))
    return fields


def _word_fields(spot: Spot, column: Column, blocks: Blocks) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if "codes" in spot.mapping:
        if column.type not in _WORD_TYPES:
            raise spot.fail(
                "codes", f"codes for a column of type {column.type}", "type enum or bool"
            )
        fields["words"] = {**column.words, **parse_words(spot, "codes", blocks.words)}
    elif column.type in _WORD_TYPES and not column.words:
        raise spot.fail(None, f"no codes for '{column.name}'", "codes: [...] or the name of a list")
    units = spot.mapping.get("units")
    if isinstance(units, MarkedDict):
        fields["units"] = {**column.units, **parse_unit_list(spot.down("units"))}
    elif units is not None:
        if units not in blocks.units:
            raise spot.fail("units", f"unit list '{units}'", f"one of {', '.join(blocks.units)}")
        fields["units"] = blocks.units[units]
    return fields


def _bound_fields(spot: Spot, column: Column) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if "floor" in spot.mapping:
        fields["floor"] = spot.text("floor")
    if "missing" in spot.mapping:
        fields["missing"] = tuple(float(number) for number in spot.numbers("missing"))
    if "doubt_above" in spot.mapping:
        fields["doubt_above"] = float(spot.text("doubt_above") or 0)
    if "range" not in spot.mapping:
        return fields
    if column.type in _DATE_TYPES:  # a range of dates moves the earliest day (exports.md 10)
        return {**fields, "floor": spot.texts("range")[0]}
    bounds = spot.bounds("range")
    if len(bounds) != 2:
        raise spot.fail("range", f"{len(bounds)} bounds", "[low, high], null = open")
    return {**fields, "low": bounds[0], "high": bounds[1]}


def _derived_fields(spot: Spot) -> dict[str, Any]:
    source = spot.text("from")
    if source is None:
        return {}
    cut = spot.down("cut")
    try:
        steps = sorted((float(key), cut.text(key) or "") for key in cut.mapping if key != "above")
    except ValueError as error:
        raise spot.fail("cut", f"cut {dict(cut.mapping)}", "{number: word, above: word}") from error
    if not steps:
        raise spot.fail("cut", "no threshold", "cut: {number: word, above: word}")
    return {"derive_from": source, "cut": tuple(steps), "cut_above": cut.text("above")}


def _parse_required(spot: Spot) -> str:
    """Return "", "yes" or the letter of an at-least-one-of group."""
    value = spot.text("required", "false") or "false"
    if value in ("true", "false"):
        return "yes" if value == "true" else ""
    if len(value) == 1 and value.isalpha():
        return value.upper()
    raise spot.fail("required", f"required '{value}'", "true, false or a letter of a group")


def parse_unit_list(spot: Spot) -> dict[str, float]:
    """Return unit word (NFKC, no spaces, lower case) -> factor; a factor may be a fraction."""
    factors: dict[str, float] = {}
    for word in spot.mapping:
        try:
            factors[fold_word(word).lower()] = float(Fraction(spot.text(word) or ""))
        except (ValueError, ZeroDivisionError) as error:
            raise spot.fail(
                word, f"factor '{spot.text(word)}'", "a number or a fraction"
            ) from error
    return factors
