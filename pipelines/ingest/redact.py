"""Forgetting: erased persons and rows past their retention, taken out of typed rows.

Belongs here: which cells of a landing a forgetting empties, and what becomes of keys made of them.
Does not belong here: the record of what is to be forgotten (pipelines/forget.py), masks and hashes
(personal.py). Source: exports.md 9.7.

Rows are typed and keyed first and redacted last, so a forgotten person changes no disposition: the
row counts and the ledger stay as they were.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from pipelines.contracts.contract import PERSONAL_TYPES, Column, Feed
from pipelines.ingest.personal import MAYBE_PERSONS
from pipelines.ingest.schema import NORMALISED

#: How a normalised name says that it is a person's hash (check_rows.py).
PERSON = "person:"


@dataclass(frozen=True)
class Redactions:
    """What a workspace has to forget.

    ``erased``: hash of a person -> number of the erasure, which takes the hash's place in keys;
    ``expired``: export -> first day whose personal cells are still kept;
    ``by_content``: file id -> the entries that touched it, part of its landing key.
    """

    erased: Mapping[str, str] = field(default_factory=dict)
    expired: Mapping[str, date] = field(default_factory=dict)
    by_content: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, file_id: str) -> tuple[str, ...]:
        """Return the entries that touched one content."""
        return self.by_content.get(file_id, ())


NOTHING_TO_FORGET = Redactions()


def redact_rows(rows: pl.DataFrame, feed: Feed, redactions: Redactions) -> pl.DataFrame:
    """Return the typed rows of an export without what must be forgotten.

    A forgotten cell is null, mask and hash; the count of a list of persons stays. A key made of an
    erased hash holds the number of the erasure instead; one made of an expired hash its place among
    the rows that are otherwise the same. Idempotent.
    """
    before = redactions.expired.get(feed.export)
    if rows.is_empty() or not (redactions.erased or before):
        return rows
    redacted = _forget_hashes(rows, feed, redactions.erased) if redactions.erased else rows
    if before is not None:
        redacted = _forget_old(redacted, feed, before)
    # a hash of the whole row would still tell the forgotten cells from others
    emptied = [c for c in personal_lake_columns(feed) if c in rows.columns]
    is_changed = pl.any_horizontal(
        redacted[c].is_null() & rows[c].is_not_null() for c in emptied
    ).fill_null(value=False)
    return redacted.with_columns(
        pl.when(~is_changed).then(pl.col("_content_hash")).alias("_content_hash")
    )


def redact_rejected(rejected: pl.DataFrame, file_id: str, redactions: Redactions) -> pl.DataFrame:
    """Return the rejected rows; those of an expired content and export keep only why and where.

    A rejected row has no day one could trust, so it goes with the rows it came with.
    """
    gone = [e.removeprefix("expired:") for e in redactions.of(file_id) if e.startswith("expired:")]
    is_gone = pl.col("export").is_in([entry.split("|")[0] for entry in gone])
    return rejected.with_columns(
        pl.when(~is_gone).then(pl.col("raw_value")).alias("raw_value"),
        pl.when(~is_gone).then(pl.col("cells")).otherwise(pl.lit("{}")).alias("cells"),
    )


def personal_columns(feed: Feed) -> list[Column]:
    """Return the columns of a feed that hold persons, phones or identity numbers."""
    return [
        c for c in feed.columns.values() if c.type in PERSONAL_TYPES or c.personal_list
    ]  # fmt: skip


def personal_lake_columns(feed: Feed) -> list[str]:
    """Return the lake columns whose cells a forgetting may empty."""
    names = [f"{c.name}{end}" for c in personal_columns(feed) for end in ("", "_hash")]
    return names + [name for name in MAYBE_PERSONS if name in feed.columns]


def names_person(rows: pl.DataFrame, feed: Feed, tokens: Sequence[str]) -> pl.Series:
    """Return the mask of typed rows in which one of the hashes stands."""
    columns = [f"{c.name}_hash" for c in personal_columns(feed)]
    columns += [f"{name}_norm" for name in MAYBE_PERSONS if f"{name}_norm" in rows.columns]
    return rows.select(
        pl.any_horizontal(
            pl.col(c).str.contains_any(list(tokens)).fill_null(value=False)
            for c in (*columns, "_key")
        )
    ).to_series()


def is_past_keeping(rows: pl.DataFrame, feed: Feed, before: date) -> pl.Series:
    """Return the mask of typed rows before a day that still hold a person."""
    columns = [f"{c.name}_hash" for c in personal_columns(feed)]
    holds_person = pl.any_horizontal([pl.col(c).is_not_null() for c in columns] or [pl.lit(False)])
    return rows.select(
        ((pl.col("_row_on") < before) & holds_person).fill_null(value=False)
    ).to_series()


def _forget_hashes(rows: pl.DataFrame, feed: Feed, erased: Mapping[str, str]) -> pl.DataFrame:
    exprs: list[pl.Expr] = []
    for column in personal_columns(feed):
        name, hashes = column.name, f"{column.name}_hash"
        if column.personal_list:
            lists = rows.select(name, hashes).unique().drop_nulls(hashes)
            exprs += _without_entries(name, hashes, lists, erased)
            continue
        is_kept = ~pl.col(hashes).is_in(list(erased)).fill_null(value=False)
        exprs += [pl.when(is_kept).then(pl.col(c)).alias(c) for c in (name, hashes)]
    for name in MAYBE_PERSONS:
        norm = f"{name}_norm"
        if name not in feed.columns or name not in NORMALISED:
            continue
        numbers = {PERSON + token: f"{PERSON}erased-{n}" for token, n in erased.items()}
        is_kept = ~pl.col(norm).is_in(list(numbers)).fill_null(value=False)
        exprs.append(pl.when(is_kept).then(pl.col(name)).alias(name))
        exprs.append(pl.col(norm).replace(numbers).alias(norm))
    tokens = {token: f"erased-{number}" for token, number in erased.items()}
    exprs.append(pl.col("_key").str.replace_many(tokens).alias("_key"))
    return rows.with_columns(exprs)


def _without_entries(
    name: str, hashes: str, lists: pl.DataFrame, erased: Mapping[str, str]
) -> list[pl.Expr]:
    """Return a list column and its hashes without the erased entries."""
    masks: dict[str, str | None] = {}
    kept: dict[str, str | None] = {}
    for shown, tokens in lists.iter_rows():
        pairs = zip((shown or "").split("、"), tokens.split(","), strict=False)
        left = [(mask, token) for mask, token in pairs if token not in erased]
        masks[tokens] = "、".join(mask for mask, _ in left) or None
        kept[tokens] = ",".join(token for _, token in left) or None
    if not kept:
        return []
    return [
        pl.when(pl.col(hashes).is_null()).then(pl.col(name)).otherwise(
            pl.col(hashes).replace_strict(masks, default=None, return_dtype=pl.String)
        ).alias(name),
        pl.col(hashes).replace_strict(kept, default=None, return_dtype=pl.String).alias(hashes),
    ]  # fmt: skip


def _forget_old(rows: pl.DataFrame, feed: Feed, before: date) -> pl.DataFrame:
    is_old = (pl.col("_row_on") < before).fill_null(value=False)
    columns = personal_columns(feed)
    hashes = [f"{c.name}_hash" for c in columns if not c.personal_list]
    keyed = rows.with_columns(pl.col("_key").alias("_bare"), pl.lit("").alias("_who"))
    for column in hashes:  # the hashes that stand in the key, taken out of it
        token = pl.col(column)
        is_in_key = token.is_not_null() & pl.col("_bare").str.contains(token, literal=True)
        keyed = keyed.with_columns(
            pl.when(is_in_key)
            .then(pl.col("_bare").str.split(token).list.join("*"))
            .otherwise(pl.col("_bare")).alias("_bare"),
            pl.when(is_in_key).then(pl.col("_who") + token).otherwise(pl.col("_who")).alias("_who"),
        )  # fmt: skip
    place = pl.col("_who").rank("dense").over("_bare").cast(pl.String)
    is_keyed = is_old & (pl.col("_who") != "")
    gone = [c.name for c in columns] + [f"{c.name}_hash" for c in columns]
    return keyed.with_columns(
        pl.when(is_keyed).then(pl.col("_bare") + "#" + place).otherwise(pl.col("_key"))
        .alias("_key"),
        *(pl.when(~is_old).then(pl.col(name)).alias(name) for name in gone),
        pl.when(~is_old).then(pl.col("_extra")).alias("_extra"),
    ).drop("_bare", "_who")  # fmt: skip
