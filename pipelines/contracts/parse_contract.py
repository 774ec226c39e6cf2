"""Turn one contract file into a Contract.

Belongs here: the keys of a contract and of its feeds, and the checks that need a whole feed.
Does not belong here: keys of one column (parse_columns.py), which files there are
(load_contracts.py).
"""

from __future__ import annotations

import codecs
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any
from zoneinfo import ZoneInfo

from pipelines.contracts.contract import Column, Contract, Feed
from pipelines.contracts.fold_headers import fold_header
from pipelines.contracts.load_yaml import MarkedDict, Spot
from pipelines.contracts.parse_columns import Blocks, parse_unit_list, parse_words
from pipelines.contracts.parse_feed import FEED_KEYS, parse_feed

CONTRACT_KEYS = (
    "contract", "title", "language", "headers_match", "timezone", "date_order", "box",
    "null_tokens", "source_system", "feeds", "encoding", "separator", "sheet", "skip_rows",
    "file_name_pattern", "is_full_list", "extend_enums", "extend_codes", "settled_by", "codes",
    "units",
)  # fmt: skip


def parse_contract(
    spot: Spot, dictionary: Mapping[str, Feed] | None, blocks: Blocks, is_builtin: bool
) -> Contract:
    """Return the contract a file states.

    Parameters
    ----------
    dictionary : canonical columns and rules per export, from the built-in contracts; None while
        these are read themselves.

    Raises
    ------
    ContractError
        Unknown key, unknown export or column, a header listed twice, a bad value.

    Notes
    -----
    Source: exports.md 10.
    """
    spot.allow(CONTRACT_KEYS)
    name = spot.text("contract")
    if not name:
        raise spot.fail(None, "no name", "contract: a_unique_name")
    contract = Contract(
        name=name,
        title=spot.text("title", name) or name,
        feeds=_parse_feeds(spot, dictionary, blocks),
        path=spot.path,
        language=spot.text("language", "zh") or "zh",
        headers_match=spot.one_of("headers_match", ("fold", "exact_fold"), "fold") or "fold",
        timezone=_parse_timezone(spot),
        date_order=spot.one_of("date_order", ("mdy", "dmy", "ymd"), None),
        box=_parse_box(spot),
        null_tokens=spot.texts("null_tokens"),
        source_system=spot.text("source_system"),
        encoding=_parse_encoding(spot),
        separator=spot.text("separator"),
        sheet=spot.text("sheet"),
        skip_rows=int(spot.text("skip_rows", "0") or 0),
        file_name_pattern=spot.text("file_name_pattern"),
        is_builtin=is_builtin,
    )
    return replace(contract, fingerprint=fingerprint_of(contract))


def fingerprint_of(contract: Contract) -> str:
    """Return 16 hex over all a contract says; where the file lies does not count."""
    content = asdict(replace(contract, fingerprint="", path=None))  # type: ignore[arg-type]
    content.pop("is_builtin")
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _parse_feeds(
    spot: Spot, dictionary: Mapping[str, Feed] | None, blocks: Blocks
) -> dict[str, Feed]:
    feed_spots = spot.down("feeds")
    if not feed_spots.mapping:
        raise spot.fail("feeds", "no feed", "feeds: one or more exports")
    feeds: dict[str, Feed] = {}
    for export in feed_spots.mapping:
        if dictionary is not None and export not in dictionary:
            known = ", ".join(sorted(dictionary))
            raise feed_spots.fail(export, f"unknown export '{export}'", f"one of {known}")
        feed_spot = feed_spots.down(export)
        feed_spot.allow(FEED_KEYS)
        base = dictionary[export] if dictionary is not None else None
        title = spot.text("title", export) or export
        feeds[export] = parse_feed(feed_spot, export, title, base, blocks)
    return _spread_over_feeds(spot, feeds)


def _spread_over_feeds(spot: Spot, feeds: dict[str, Feed]) -> dict[str, Feed]:
    """Apply the keys a contract states once for all its feeds."""
    codes, units = spot.down("codes"), spot.down("units")
    enums, lengths = spot.down("extend_enums"), spot.down("extend_codes")
    feeds = {
        export: replace(feed, is_full_list=feed.is_full_list or spot.flag("is_full_list"))
        for export, feed in feeds.items()
    }
    for key, inner in (("codes", codes), ("extend_enums", enums)):
        for column in inner.mapping:
            words = parse_words(inner, column, {})
            feeds = _change(feeds, spot.down(key), column, ("enum", "bool"), words=words)
    for column in lengths.mapping:
        more = tuple(int(length) for length in lengths.numbers(column))
        feeds = _change(feeds, lengths, column, ("code",), lengths=more)
    for column in units.mapping:
        factors = parse_unit_list(units.down(column))
        feeds = _change(feeds, units, column, ("int", "number", "money", "area"), units=factors)
    settled = spot.down("settled_by")
    for column in settled.mapping:
        day = settled.text(column) or ""
        holders = [e for e, f in feeds.items() if column in f.columns and day in f.columns]
        if not holders:
            raise settled.fail(
                column, f"columns '{column}', '{day}'", "canonical columns of a feed"
            )
        for export in holders:
            feed = feeds[export]
            feeds[export] = replace(feed, settled_by={**feed.settled_by, column: day})
    return feeds


def _change(
    feeds: dict[str, Feed],
    spot: Spot,
    name: str,
    types: Iterable[str],
    words: Mapping[str, str] | None = None,
    units: Mapping[str, float] | None = None,
    lengths: tuple[int, ...] = (),
) -> dict[str, Feed]:
    """Return the feeds with one column widened wherever it is met."""
    if not any(name in feed.columns for feed in feeds.values()):
        raise spot.fail(name, f"unknown column '{name}'", "a canonical column of a feed")
    changed = dict(feeds)
    for export, feed in feeds.items():
        column = feed.columns.get(name)
        if column is None:
            continue
        if column.type not in types:
            raise spot.fail(name, f"'{name}' of type {column.type}", f"type {' or '.join(types)}")
        wider: Column = replace(
            column,
            words={**column.words, **(words or {})},
            units={**column.units, **(units or {})},
            code_lengths=tuple(dict.fromkeys((*column.code_lengths, *lengths))),
        )
        changed[export] = replace(feed, columns={**feed.columns, name: wider})
    return changed


def _parse_timezone(spot: Spot) -> str | None:
    name = spot.text("timezone")
    if name is None:
        return None
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        expected = "a name such as Asia/Shanghai"
        raise spot.fail("timezone", f"time zone '{name}'", expected) from error
    return name


def _parse_encoding(spot: Spot) -> str | None:
    name = spot.text("encoding")
    if name is None:
        return None
    try:
        return codecs.lookup(name).name
    except LookupError as error:
        raise spot.fail("encoding", f"encoding '{name}'", "utf-8, gb18030, cp1252 …") from error


def _parse_box(spot: Spot) -> tuple[float, float, float, float] | None:
    value: Any = spot.mapping.get("box")
    if value is None:
        return None
    box = spot.down("box")
    box.allow(("lon", "lat"))
    if not isinstance(value, MarkedDict) or set(value) != {"lon", "lat"}:
        raise spot.fail("box", "an incomplete box", "box: {lon: [low, high], lat: [low, high]}")
    lon, lat = box.numbers("lon"), box.numbers("lat")
    if any(len(side) != 2 or side[0] >= side[1] for side in (lon, lat)):
        raise spot.fail("box", f"box {lon} {lat}", "lon: [low, high], lat: [low, high]")
    return (lon[0], lon[1], lat[0], lat[1])


def header_index(contract: Contract) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return folded header -> (export, column) pairs; column "" = a known extra header."""
    index: dict[str, dict[tuple[str, str], None]] = {}
    for export, feed in contract.feeds.items():
        for column in feed.columns.values():
            for header in column.headers:
                index.setdefault(fold_header(header), {})[(export, column.name)] = None
        for header in feed.extra:
            index.setdefault(fold_header(header), {})[(export, "")] = None
    return {folded: tuple(pairs) for folded, pairs in index.items()}
