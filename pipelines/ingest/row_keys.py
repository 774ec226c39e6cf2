"""Row-local keys and content hashes.

Belongs here: what makes two rows the same thing, and the same words about it.
Does not belong here: resolved subjects and versions (dbt). Source: exports.md 9.4.3.
"""

from __future__ import annotations

from hashlib import blake2b

import polars as pl

from pipelines.contracts.contract import PERSONAL_TYPES, Column
from pipelines.ingest.cells.text import fold_text
from pipelines.ingest.draft import Draft
from pipelines.ingest.normalise import normalise_names
from pipelines.ingest.schema import NORMALISED, lake_columns

#: Longer texts in a key are cut here and closed with a hash of the whole.
KEY_TEXT_LENGTH = 40
#: Who said it and when is no content: a repeated export would never be a repeat.
NO_CONTENT = ("exported_at", "source_system")
HASH_BYTES = 8
_FIELD, _NOTHING = "\x1f", "\x00"


def row_keys(draft: Draft) -> pl.Series:
    """Return the key of each row: the first alternative whose parts are all filled.

    In the last alternative an empty cell is a value of its own; a row with none of its parts has
    no key (null).
    """
    keys = [_alternative(draft, parts, is_last=False) for parts in draft.feed.key[:-1]]
    keys.append(_alternative(draft, draft.feed.key[-1], is_last=True))
    return pl.select(pl.coalesce(keys)).to_series()


def _alternative(draft: Draft, parts: tuple[str, ...], *, is_last: bool) -> pl.Series:
    texts = [_part(draft, part, is_alone=len(parts) == 1) for part in parts]
    is_filled = [text.is_not_null() for text in texts]
    empty = [f"{_label(draft, part, is_alone=False)}:" for part in parts]
    whole = [text.fill_null(word) for text, word in zip(texts, empty, strict=True)]
    key = pl.concat_str(whole, separator="|")
    enough = pl.any_horizontal(is_filled) if is_last else pl.all_horizontal(is_filled)
    return pl.select(pl.when(enough).then(key)).to_series()


def _part(draft: Draft, part: str, *, is_alone: bool) -> pl.Series:
    if part in _IDENTITIES:
        return _identity(draft, part)
    if part.endswith("_clock"):
        return _labelled("at", draft.value(part))
    column = draft.feed.columns[part]
    values = draft.value(part)
    if part in NORMALISED:  # a person among them is its hash, never its mask
        values = draft.value(f"{part}_norm")
    elif column.type in PERSONAL_TYPES:
        values = draft.value(f"{part}_hash")
    elif column.type == "text":
        values = _short(fold_text(values))
    return _labelled(_label(draft, part, is_alone=is_alone), values.cast(pl.String))


def _label(draft: Draft, part: str, *, is_alone: bool) -> str:
    if part == draft.feed.time_column:
        return "on"
    is_id = part in draft.feed.columns and draft.feed.columns[part].type == "id"
    return "id" if is_alone and is_id else part


#: Identity -> (label, column, whether the town belongs to it), best first.
_IDENTITIES: dict[str, tuple[tuple[str, str, bool], ...]] = {
    "subject": (
        ("name", "enterprise_name", True), ("uscc", "uscc", False),
        ("park_id", "park_id", False), ("park", "park_name", True),
    ),
    "park": (("park_id", "park_id", False), ("park", "park_name", True)),
    "tenant": (("tenant", "tenant_name", True), ("tenant_uscc", "tenant_uscc", False)),
    "device": (
        ("device_id", "device_id", False), ("name", "enterprise_name", True),
        ("uscc", "uscc", False), ("park_id", "park_id", False), ("park", "park_name", True),
    ),
}  # fmt: skip


def _identity(draft: Draft, part: str) -> pl.Series:
    """Return a subject, park or tenant as the row itself names it; a missing town is a value."""
    town = pl.lit(_safe(fold_text(draft.value("town")))).fill_null("")
    forms = []
    for label, column, has_town in _IDENTITIES[part]:
        name = f"{column}_norm" if column in NORMALISED else column
        text = pl.lit(_labelled(label, draft.value(name)))
        forms.append(pl.concat_str(text, pl.lit("|town:"), town) if has_town else text)
    return pl.select(pl.coalesce(forms)).to_series()


def _labelled(label: str, values: pl.Series) -> pl.Series:
    return pl.select(pl.lit(f"{label}:") + pl.lit(_safe(values))).to_series()


def _safe(values: pl.Series) -> pl.Series:
    """Keep the separator of parts out of values."""
    return values.str.replace_all("|", "/", literal=True)


def _short(texts: pl.Series) -> pl.Series:
    whole = texts.str.normalize("NFKC").str.replace_all(r"[\p{P}\p{S}]", "")
    whole = whole.zip_with((whole != "").fill_null(True), texts)
    is_long = (whole.str.len_chars() > KEY_TEXT_LENGTH).fill_null(False)
    long = whole.filter(is_long).unique().to_list()
    forms = {text: f"{text[:KEY_TEXT_LENGTH]}#{_hash(text)}" for text in long}
    return whole.replace(forms) if forms else whole


def add_normalised(draft: Draft) -> None:
    """Put the normalised name beside every text column that names a subject."""
    for name in NORMALISED:
        norm = f"{name}_norm"
        if name in draft.values and norm not in draft.values:
            draft.values[norm] = normalise_names(draft.values[name])


def content_hashes(draft: Draft) -> pl.Series:
    """Return 16 hex over all canonical values of each row, absent columns as nulls."""
    columns = [c for c in draft.feed.columns.values() if c.name not in NO_CONTENT]
    names = [name for column in columns for name in content_columns(column)]
    texts = [
        pl.lit(draft.values[name]).cast(pl.String).fill_null(_NOTHING)
        if name in draft.values
        else pl.lit(_NOTHING)
        for name in names
    ]
    row = pl.concat_str([pl.repeat("", draft.height), *texts], separator=_FIELD)
    return pl.Series(map(_hash, pl.select(row).to_series().to_list()), dtype=pl.String)


def content_columns(column: Column) -> list[str]:
    """Return the lake columns of a canonical column that are content, not derived from it."""
    return [name for name in lake_columns(column) if not name.endswith(("_norm", "_wgs84"))]


def _hash(text: str) -> str:
    return blake2b(text.encode(), digest_size=HASH_BYTES).hexdigest()
