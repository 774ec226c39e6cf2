"""Turn one feed of a contract file into a Feed.

Belongs here: keys of a feed, the order and completeness of its columns, headers met twice.
Does not belong here: keys of one column (parse_columns.py), of a contract (parse_contract.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from pipelines.contracts.contract import Column, Feed
from pipelines.contracts.fold_headers import fold_header
from pipelines.contracts.load_yaml import MarkedDict, Spot
from pipelines.contracts.parse_columns import Blocks, parse_column
from pipelines.contracts.parse_melt import parse_melt

FEED_KEYS = (
    "title", "titles", "key", "constants", "columns", "extra", "time_column", "reject",
    "settled_by", "is_full_list", "absent_from_title", "time_else",
    "melt",
)  # fmt: skip
#: Names a key may use for identities computed from the row (exports.md 9.4.3).
KEY_IDENTITIES = ("subject", "park", "tenant", "device")
REJECT_CODES = (
    "no_subject", "no_key", "bad_time", "time_out_of_range", "bad_value", "no_party", "no_level",
)  # fmt: skip


def parse_feed(spot: Spot, export: str, title: str, base: Feed | None, blocks: Blocks) -> Feed:
    """Return one feed; what it leaves out comes from the export dictionary's feed `base`.

    Raises
    ------
    ContractError
        Unknown column, a header listed for two columns, a required column nothing can fill.
    """
    title = spot.text("title", title) or title
    columns, listed = _parse_columns(spot, base, blocks)
    melt = parse_melt(spot.down("melt"), columns) if "melt" in spot.mapping else None
    if melt is not None:  # every measured header is a header of the value
        value = replace(columns[melt.value], headers=tuple(melt.columns), required="yes")
        columns = {**columns, melt.value: value}
        listed = (*listed, melt.value)
    names = tuple(columns)
    constants = _parse_columns_map(spot, "constants", names)
    feed = Feed(
        export=export,
        title=title,
        titles=spot.texts("titles") or (title,),
        key=_parse_key(spot, columns) or (base.key if base else ()),
        columns=columns,
        constants=constants,
        extra=spot.texts("extra"),
        time_column=_known(spot, "time_column", names) or (base.time_column if base else None),
        time_else=_known(spot, "time_else", names) or (base.time_else if base else None),
        reject=_parse_reject(spot, names) or (base.reject if base else ()),
        settled_by={
            **(base.settled_by if base else {}),
            **_parse_columns_map(spot, "settled_by", names, names),
        },
        is_full_list=spot.flag("is_full_list"),
        absent_from_title=_all_known(spot, "absent_from_title", names)
        or (base.absent_from_title if base else ()),
        melt=melt,
    )
    _check_headers(spot.down("columns"), spot, feed, listed)
    _check_columns(spot.down("columns"), feed)
    return feed


def _parse_columns(
    spot: Spot, base: Feed | None, blocks: Blocks
) -> tuple[dict[str, Column], tuple[str, ...]]:
    """Return all columns in canonical order, and the names the file itself lists."""
    column_spots = spot.down("columns")
    own: dict[str, Column] = {}
    from_block: dict[str, Column] = {}
    for name, value in column_spots.mapping.items():
        inner = column_spots.down(name)
        if isinstance(value, MarkedDict) and "block" in value:
            from_block |= _place_block(inner, blocks)
            own |= {column: from_block[column] for column in from_block if column not in own}
            continue
        if base is None:
            own[name] = parse_column(inner, name, None, blocks)
            continue
        if name not in base.columns:
            known = ", ".join(base.columns)
            raise column_spots.fail(name, f"unknown column '{name}'", f"one of {known}")
        bare = replace(base.columns[name], headers=(), required="")
        own[name] = parse_column(inner, name, bare, blocks)
    listed = tuple(name for name in own if name not in from_block)
    taken = _folded_headers(own[name] for name in listed)
    taken |= {fold_header(header) for header in spot.texts("extra")}
    own |= {name: _yield_headers(own[name], taken) for name in from_block}
    common = {
        name: _yield_headers(column, taken | _folded_headers(own.values()))
        for name, column in blocks.columns.get("common", {}).items()
    }
    if base is None:
        return {**own, **{name: common[name] for name in common if name not in own}}, listed
    unmapped = {
        name: common.get(name, replace(column, headers=(), required=""))
        for name, column in base.columns.items()
    }
    return {name: own.get(name, column) for name, column in unmapped.items()}, listed


def _place_block(spot: Spot, blocks: Blocks) -> dict[str, Column]:
    """Return the columns of a shared block, with the headers this export adds."""
    spot.allow(("block", "more_headers", "optional"))
    block = blocks.columns.get(spot.text("block") or "")
    if block is None:
        raise spot.fail(
            "block", f"block '{spot.text('block')}'", f"one of {', '.join(blocks.columns)}"
        )
    more = spot.down("more_headers")
    for name in more.mapping:
        if name not in block:
            raise more.fail(name, f"unknown column '{name}'", f"one of {', '.join(block)}")
    is_optional = spot.flag("optional")
    return {
        name: replace(
            column,
            headers=(*column.headers, *more.texts(name)),
            required="" if is_optional else column.required,
        )
        for name, column in block.items()
    }


def _yield_headers(column: Column, taken: set[str]) -> Column:
    """Return a block's column without the headers the export lists itself."""
    return replace(column, headers=tuple(h for h in column.headers if fold_header(h) not in taken))


def _folded_headers(columns: Iterable[Column]) -> set[str]:
    return {fold_header(header) for column in columns for header in column.headers}


def _check_headers(columns: Spot, feed_spot: Spot, feed: Feed, listed: tuple[str, ...]) -> None:
    """Refuse a header that stands for two columns, or for a column and an extra."""
    seen: dict[str, str] = {}
    for column in feed.columns.values():
        for header in column.headers:
            owner = seen.setdefault(fold_header(header), column.name)
            if owner != column.name:
                line_of = column.name if column.name in listed else owner
                got = f"header '{header}' listed for '{owner}' and for '{column.name}'"
                raise columns.fail(line_of, got, "every header for one column only")
    for header in feed.extra:
        owner = seen.setdefault(fold_header(header), "extra")
        if owner != "extra":
            got = f"header '{header}' listed for '{owner}' and under extra"
            raise feed_spot.fail("extra", got, "every header once")


def _check_columns(spot: Spot, feed: Feed) -> None:
    """Refuse columns that cannot be filled, and references to columns that do not exist."""
    for column in feed.columns.values():
        for other in (column.derive_from, column.not_before):
            if other is not None and other not in feed.columns:
                raise spot.fail(column.name, f"unknown column '{other}'", "a column of this feed")
        is_filled = column.headers or column.derive_from or column.name in feed.constants
        if column.required == "yes" and not is_filled:
            raise spot.fail(
                column.name, f"required '{column.name}' without headers", "headers: […]"
            )


def _parse_key(spot: Spot, columns: Mapping[str, Column]) -> tuple[tuple[str, ...], ...]:
    """Return the alternatives of a key; ``<column>_clock`` is the time of day of a datetime."""
    clocks = [f"{name}_clock" for name, column in columns.items() if column.type == "datetime"]
    names = (*columns, *clocks)
    value = spot.mapping.get("key")
    if value is None:
        return ()
    if not isinstance(value, list) or not value:
        raise spot.fail("key", f"'{value}'", "key: [column, …] or [[column, …], [column, …]]")
    alternatives = value if all(isinstance(part, list) for part in value) else [value]
    for column in (column for alternative in alternatives for column in alternative):
        if column not in (*names, *KEY_IDENTITIES):
            raise spot.fail("key", f"unknown column '{column}'", "a canonical column")
    return tuple(tuple(alternative) for alternative in alternatives)


def _parse_reject(spot: Spot, names: tuple[str, ...]) -> tuple[Mapping[str, object], ...]:
    rules: list[Mapping[str, object]] = []
    for value in spot.mapping.get("reject") or ():
        if not isinstance(value, MarkedDict):
            raise spot.fail("reject", f"'{value}'", "{code: …, missing: […]} or {code: …, time: …}")
        rule = Spot(spot.path, value, f"{spot.place}.reject")
        rule.allow(("code", "missing", "time", "unreadable"))
        code = rule.one_of("code", REJECT_CODES, None)
        if "time" in value:
            rules.append({"code": code, "time": _known(rule, "time", names)})
        elif "unreadable" in value:
            rules.append({"code": code, "unreadable": _known(rule, "unreadable", names)})
        else:
            rules.append({"code": code, "missing": _all_known(rule, "missing", names)})
    return tuple(rules)


def _parse_columns_map(
    spot: Spot, key: str, names: tuple[str, ...], values: tuple[str, ...] | None = None
) -> dict[str, str]:
    """Return a mapping column -> text; the texts are columns too when `values` is given."""
    inner = spot.down(key)
    for name in inner.mapping:
        for word, allowed in ((name, names), (inner.text(name), values)):
            if allowed is not None and word not in allowed:
                raise inner.fail(name, f"unknown column '{word}'", f"one of {', '.join(allowed)}")
    return {name: inner.text(name) or "" for name in inner.mapping}


def _known(spot: Spot, key: str, names: tuple[str, ...]) -> str | None:
    return spot.one_of(key, names, None)


def _all_known(spot: Spot, key: str, names: tuple[str, ...]) -> tuple[str, ...]:
    for name in (found := spot.texts(key)):
        if name not in names:
            raise spot.fail(key, f"unknown column '{name}'", f"one of {', '.join(names)}")
    return found
