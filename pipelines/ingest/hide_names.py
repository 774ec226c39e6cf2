"""Names of a row's own persons, taken out of its other cells.

Belongs here: a person named in a column of their own who stands in the row's free text, too.
Does not belong here: names that a word beside them shows (personal.scrub), masks (personal.py).
Source: exports.md 9.7.

First row by row, so that the same row of two files becomes the same text; then the longer names of
the whole sheet, since a case names its person in one row and speaks of them in the next.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from pipelines.contracts.contract import Feed
from pipelines.ingest.cells.text import fold_text
from pipelines.ingest.gather_cells import Gathered
from pipelines.ingest.personal import MAYBE_PERSONS, looks_personal, mask_name, split_list
from pipelines.ingest.schema import NORMALISED

#: Words of a kind column that say a name is a person's. Source: exports.md 7 (party kind).
PERSON_WORDS = ("个人", "自然人", "公民", "责任人")
#: One character is a word more often than a person.
SHORTEST_NAME = 2
#: Names of other rows are looked for from this length on: shorter ones are too often words.
SHORTEST_OF_SHEET = 3


def names_of_rows(gathered: Mapping[str, Gathered], feed: Feed) -> pl.DataFrame:
    """Return the persons a row names in columns meant for persons.

    Returns
    -------
    ``_at``: position of the row; ``name``; ``is_sure``: the column holds persons only, or the row
    says that it means one.
    """
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
            sure = _says_person(gathered, name).gather(frame["_at"])
            frame = frame.with_columns(names, sure.alias("is_sure"))
            parts.append(frame.explode("name").drop_nulls("name"))
    schema = {"_at": pl.UInt32, "name": pl.String, "is_sure": pl.Boolean}
    return pl.concat([pl.DataFrame(schema=schema), *parts]).unique(maintain_order=True)


def _says_person(gathered: Mapping[str, Gathered], name: str) -> pl.Series:
    """Return per row whether a column's name is surely a person's."""
    texts = gathered[name].texts
    if name not in MAYBE_PERSONS:
        return texts.is_not_null()
    kind = gathered.get(MAYBE_PERSONS[name] or "")
    if kind is None:
        return texts.is_not_null() & False
    return fold_text(kind.texts).is_in(PERSON_WORDS).fill_null(value=False)


def hide_names(texts: pl.Series, names: pl.DataFrame) -> pl.Series:
    """Return the texts with the names of their own row, and the sure ones of the sheet, masked.

    Parameters
    ----------
    names : ``names_of_rows``; ``_at`` is the position in `texts`.
    """
    if names.is_empty() or texts.null_count() == len(texts):
        return texts
    rows = pl.DataFrame({"text": texts}).with_row_index("_at")
    is_long = pl.col("name").str.len_chars() >= SHORTEST_OF_SHEET
    others = names.filter(pl.col("is_sure") & is_long)["name"].unique().to_list()
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
        return _hide_all(texts, others)
    clean = [_hide(text, own) for text, own in hits.select("text", "name").iter_rows()]
    told = hits.select("_at").with_columns(pl.Series("clean", clean, dtype=pl.String))
    joined = rows.join(told, on="_at", how="left", maintain_order="left")
    own = joined.select(pl.coalesce("clean", "text")).to_series().alias(texts.name)
    return _hide_all(own, others)


def of_kept_rows(names: pl.DataFrame, is_kept: pl.Series) -> pl.DataFrame:
    """Return the names of the rows of a mask, by their positions among the rows kept."""
    kept = pl.DataFrame({"_at": is_kept.arg_true().cast(pl.UInt32)}).with_row_index("_new")
    return names.join(kept, on="_at", how="inner").select(
        pl.col("_new").alias("_at"), "name", "is_sure"
    )


def free_text_columns(feed: Feed) -> list[str]:
    """Return the text columns that are no name of a subject."""
    return [
        name
        for name, column in feed.columns.items()
        if column.type == "text" and name not in NORMALISED and name not in MAYBE_PERSONS
    ]


def _hide_all(texts: pl.Series, names: list[str]) -> pl.Series:
    if not names:
        return texts
    masks = [mask_name(name) for name in names]
    return texts.str.replace_many(names, masks, leftmost=True)


def _is_name(text: str, column: str) -> bool:
    return len(text) >= SHORTEST_NAME and (column not in MAYBE_PERSONS or looks_personal(text))


def _hide(text: str, names: list[str]) -> str:
    for name in names:
        text = text.replace(name, mask_name(name))
    return text
