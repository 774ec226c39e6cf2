"""Text of cells before any type: folding, words for nothing, judging each distinct text once.

Belongs here: what every typed column needs first.
Does not belong here: any one type (dates.py, numbers.py, codes.py), personal data (personal.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import polars as pl

#: Words for an empty cell, after NFKC, trimming and lower case. Source: exports.md 9.2.
NULL_TOKENS = (
    "", "-", "--", "—", "——", "/", "\\", "无", "暂无", "空", "null", "none", "n/a", "#n/a", "nan",
    "未知", "不详",
)  # fmt: skip
#: White space and characters nobody sees; the same as contracts.fold_headers folds.
INVISIBLE = r"[\s\x{00ad}\x{200b}-\x{200f}\x{2028}-\x{202e}\x{2060}-\x{2064}\x{feff}]+"


def fold_text(texts: pl.Series) -> pl.Series:
    """Return NFKC texts without any white space, the form in which words are compared."""
    return texts.str.normalize("NFKC").str.replace_all(INVISIBLE, "")


def blank_nulls(cell: str, tokens: Iterable[str] = NULL_TOKENS) -> pl.Expr:
    """Return trimmed texts of a column, words for "nothing" made null; inner line breaks stay."""
    trimmed = pl.col(cell).str.strip_chars()
    plain = trimmed.str.normalize("NFKC").str.strip_chars().str.to_lowercase()
    return pl.when(~plain.is_in([token.lower() for token in tokens])).then(trimmed)


def repeat(value: object, height: int, dtype: pl.DataType) -> pl.Series:
    """Return one value over and over."""
    return pl.Series([value], dtype=dtype).new_from_index(0, height)


def judge_unique(
    texts: pl.Series, judge: Callable[[pl.Series], pl.DataFrame], schema: dict[str, pl.DataType]
) -> pl.DataFrame:
    """Judge each distinct text once and give every row the verdict of its text.

    Parameters
    ----------
    texts : String, null where there is nothing to judge.
    judge : distinct non-null texts -> frame of the same height with the columns of `schema`.
    schema : columns of the verdict; null rows get nulls.
    """
    distinct = texts.drop_nulls().unique(maintain_order=True)
    if distinct.is_empty():
        return pl.DataFrame(schema=schema).clear(len(texts))
    verdict = judge(distinct).select(
        *(pl.col(name).cast(dtype) for name, dtype in schema.items()), distinct.alias("_text")
    )
    rows = pl.DataFrame({"_text": texts})
    return rows.join(verdict, on="_text", how="left", maintain_order="left").drop("_text")


def map_words(texts: pl.Series, words: dict[str, str | None]) -> pl.Series:
    """Return the stored word of each text, null for texts that are no word."""
    if not words:
        return pl.Series(texts.name, [None] * len(texts), dtype=pl.String)
    return texts.replace_strict(words, default=None, return_dtype=pl.String)
