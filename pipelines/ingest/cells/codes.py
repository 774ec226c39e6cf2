"""Words and codes: enums, truth values, credit codes, ids, coded numbers.

Belongs here: values that must match a list, a pattern or a check digit.
Does not belong here: the lists themselves (contracts/), personal data (personal.py).
"""

from __future__ import annotations

import polars as pl
from stdnum.cn import uscc as uscc_number

from pipelines.contracts.contract import Column
from pipelines.ingest.cells.text import fold_text, judge_unique, map_words

USCC_LENGTH = 18
USCC_ALPHABET = r"^[0-9ABCDEFGHJKLMNPQRTUWXY]{18}$"
#: A workbook number keeps 15 digits; what is longer has lost its end.
EXACT_DIGITS = 15
#: Columns whose cell may hold several words of the list. Source: exports.md 3, fire_class.
MIXED_WORDS = ("fire_class",)
_SEPARATORS = r"[、,;/和及]"


def read_words(texts: pl.Series, column: Column) -> pl.Series:
    """Return the stored word of each text; null where the list does not know it.

    Source: exports.md 7.
    """
    words = {**{word: word for word in column.words.values()}, **column.words}
    folded = fold_text(texts)
    found = map_words(folded, words)
    if column.name not in MIXED_WORDS:
        return found
    parts = folded.str.replace_all(_SEPARATORS, "、").str.split("、")
    each = parts.list.eval(pl.element().replace_strict(words, default=None, return_dtype=pl.String))
    joined = each.list.join("、", ignore_nulls=False)
    return found.zip_with(found.is_not_null(), joined)


def read_truths(texts: pl.Series, column: Column) -> pl.Series:
    """Return true, false, or null where the text is neither. 无 means no."""
    found = map_words(fold_text(texts), dict(column.words))
    return found.replace_strict({"yes": True, "no": False}, default=None, return_dtype=pl.Boolean)


def read_ids(texts: pl.Series) -> pl.Series:
    """Return ids: NFKC, no spaces."""
    folded = fold_text(texts)
    return folded.set(folded == "", None)


def read_codes(texts: pl.Series, column: Column, is_number: pl.Series) -> pl.Series:
    """Return codes (NFKC, no spaces, upper case); null where length or pattern do not fit.

    A workbook drops the leading zero of a code typed as a number: it is put back when only then
    the length is allowed.
    """
    code = pl.col("code")
    frame = pl.DataFrame({"code": fold_text(texts).str.to_uppercase(), "is_number": is_number})
    if column.code_lengths:
        allowed = list(column.code_lengths)
        length = code.str.len_chars()
        lost_zero = pl.col("is_number") & ~length.is_in(allowed) & (length + 1).is_in(allowed)
        frame = frame.with_columns(
            pl.when(lost_zero).then("0" + code).otherwise(code).alias("code")
        )
        fits = length.is_in(allowed) & code.str.contains(r"^\d+$")
        frame = frame.with_columns(pl.when(fits).then(code))
    if column.pattern:
        frame = frame.with_columns(pl.when(code.str.contains(f"^(?:{column.pattern})$")).then(code))
    return frame["code"]


def read_uscc(texts: pl.Series, is_number: pl.Series) -> pl.DataFrame:
    """Return ``value`` (valid code or null) and ``rule`` (``uscc_invalid``, ``uscc_damaged``).

    A code is damaged when a workbook kept it as a number: 9.13E+17, or more than 15 digits in a
    numeric cell. Source: exports.md 9.2 (GB 32100).
    """
    schema: dict[str, pl.DataType] = {
        "code": pl.String(), "is_valid": pl.Boolean(), "is_scientific": pl.Boolean(),
    }  # fmt: skip
    verdict = judge_unique(texts, _judge_uscc, schema)
    long_number = is_number & (verdict["code"].str.len_chars() > EXACT_DIGITS)
    is_damaged = (verdict["is_scientific"] | long_number).fill_null(False)
    is_valid = verdict["is_valid"].fill_null(False) & ~is_damaged
    return pl.select(
        pl.when(is_valid).then(verdict["code"]).alias("value"),
        pl.when(is_damaged).then(pl.lit("uscc_damaged"))
        .when(~is_valid & verdict["code"].is_not_null()).then(pl.lit("uscc_invalid")).alias("rule"),
    )  # fmt: skip


def _judge_uscc(distinct: pl.Series) -> pl.DataFrame:
    codes = fold_text(distinct).str.to_uppercase()
    shaped = codes.str.contains(USCC_ALPHABET).to_list()
    # python-stdnum's own format check knows digits only in front; N2… (village collectives) exist.
    valid = [
        fits and uscc_number.calc_check_digit(code[:-1]) == code[-1]
        for code, fits in zip(codes.to_list(), shaped, strict=True)
    ]
    return pl.DataFrame(
        {
            "code": codes,
            "is_valid": valid,
            "is_scientific": codes.str.contains(r"^\d(?:\.\d+)?E\+?\d+$"),
        }
    )
