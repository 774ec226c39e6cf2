"""Names of a row's own persons, taken out of its other cells.

Belongs here: a person named in a column of their own who stands in the row's free text, too.
Does not belong here: names that a word beside them shows (personal.scrub), masks (personal.py).
Source: exports.md 9.7.

Row by row, so that the same row of two files becomes the same text.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from pipelines.contracts.contract import Feed
from pipelines.ingest.gather_cells import Gathered
from pipelines.ingest.personal import MAYBE_PERSONS, looks_personal, mask_name, split_list
from pipelines.ingest.schema import NORMALISED

#: One character is a word more often than a person.
SHORTEST_NAME = 2


def names_of_rows(gathered: Mapping[str, Gathered], feed: Feed) -> pl.DataFrame:
    """Return (``_at``, ``name``): the persons a row names in columns meant for persons."""
    parts = []
    for name, cell in gathered.items():
        column = feed.columns[name]
        if column.type != "person" and not column.personal_list and name not in MAYBE_PERSONS:
            continue
        frame = pl.DataFrame({"name": cell.texts}).with_row_index("_at").drop_nulls("name")
        forms = {
            text: [n for n in split_list(text) if _is_name(n, name)]
            for text in frame["name"].unique().to_list()
        }
        if any(forms.values()):
            names = frame["name"].replace_strict(forms, return_dtype=pl.List(pl.String))
            parts.append(frame.with_columns(names).explode("name").drop_nulls("name"))
    empty = pl.DataFrame(schema={"_at": pl.UInt32, "name": pl.String})
    return pl.concat([empty, *parts]).unique(maintain_order=True)


def hide_names(texts: pl.Series, names: pl.DataFrame) -> pl.Series:
    """Return the texts with the names of their own row masked.

    Parameters
    ----------
    names : ``names_of_rows``; ``_at`` is the position in `texts`.
    """
    if names.is_empty() or texts.null_count() == len(texts):
        return texts
    rows = pl.DataFrame({"text": texts}).with_row_index("_at")
    hits = (
        names.join(rows, on="_at", how="inner")
        .filter(pl.col("text").str.contains(pl.col("name"), literal=True))
        .group_by("_at", maintain_order=True)
        .agg(
            pl.col("text").first(),
            pl.col("name").sort_by(pl.col("name").str.len_chars(), descending=True),
        )
    )
    if hits.is_empty():
        return texts
    clean = [_hide(text, own) for text, own in hits.select("text", "name").iter_rows()]
    told = hits.select("_at").with_columns(pl.Series("clean", clean, dtype=pl.String))
    joined = rows.join(told, on="_at", how="left", maintain_order="left")
    return joined.select(pl.coalesce("clean", "text")).to_series().alias(texts.name)


def of_kept_rows(names: pl.DataFrame, is_kept: pl.Series) -> pl.DataFrame:
    """Return the names of the rows of a mask, by their positions among the rows kept."""
    kept = pl.DataFrame({"_at": is_kept.arg_true().cast(pl.UInt32)}).with_row_index("_new")
    return names.join(kept, on="_at", how="inner").select(pl.col("_new").alias("_at"), "name")


def free_text_columns(feed: Feed) -> list[str]:
    """Return the text columns that are no name of a subject."""
    return [
        name
        for name, column in feed.columns.items()
        if column.type == "text" and name not in NORMALISED and name not in MAYBE_PERSONS
    ]


def _is_name(text: str, column: str) -> bool:
    return len(text) >= SHORTEST_NAME and (column not in MAYBE_PERSONS or looks_personal(text))


def _hide(text: str, names: list[str]) -> str:
    for name in names:
        text = text.replace(name, mask_name(name))
    return text
