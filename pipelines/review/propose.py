"""Which distinct subjects might be one: names alike in one town or park. Nothing is merged here.

Belongs here: similarity of normalised names, in blocks; pure functions of frames.
Does not belong here: reading the warehouse (pipelines/assets/review.py), what a pair would change
(items.py), deciding (people).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import polars as pl
from rapidfuzz import fuzz, process

#: Least similarity of a proposal, 0-100. Source: exports.md 9.5.
LEAST_SIMILARITY = 92.0
#: Names compared with a whole block at a time: bounds memory for a town of 20,000 premises.
CHUNK = 1000
#: What tells a first from a second workshop: digits, Chinese numerals, letters.
NUMERALS = re.compile(r"[0-9A-Za-z一二三四五六七八九十甲乙丙丁戊]")

PAIRS = {
    "subject": pl.String(), "block": pl.String(), "left_identity": pl.String(),
    "right_identity": pl.String(), "left_subject_id": pl.String(),
    "right_subject_id": pl.String(), "similarity": pl.Float64(), "differs_in_number": pl.Boolean(),
}  # fmt: skip


def propose_pairs(names: pl.DataFrame, least: float = LEAST_SIMILARITY) -> pl.DataFrame:
    """Return the pairs of distinct subjects whose names are alike inside one block.

    Parameters
    ----------
    names : ``subject`` (enterprise or park), ``block`` (a town or a park; null = nowhere, no
        pair), ``subject_id``, ``identity``, ``name_norm``; one row a name and block.
    least : smallest similarity kept, 0-100.

    Returns
    -------
    frame of ``PAIRS``: one row a pair of subjects, the most similar pair of their identities;
    ``left_identity`` is the smaller text; ``differs_in_number``: the names are equal once digits,
    numerals and letters are out, so they may well be a first and a second of one name.

    Notes
    -----
    Similarity is the normalised indel ratio of the whole normalised names. Source: exports.md 9.5.
    """
    usable = names.drop_nulls(["block", "name_norm"]).unique().sort(pl.all())
    found = [
        pair
        for (subject, block), own in usable.group_by("subject", "block", maintain_order=True)
        for pair in _pairs_of_block(str(subject), str(block), own, least)
    ]
    frame = pl.DataFrame(found, schema=PAIRS, orient="row")
    low, high = _ordered("left_subject_id", "right_subject_id")
    return (
        frame.with_columns(low.alias("_low"), high.alias("_high"))
        .sort(
            ["similarity", "left_identity", "right_identity", "block"],
            descending=[True, False, False, False],
        )
        .unique(["subject", "_low", "_high"], keep="first", maintain_order=True)
        .drop("_low", "_high")
    )


def name_similarity(left: str, right: str) -> float:
    """Return how alike two normalised names are, 0-100."""
    return float(fuzz.ratio(left, right))


def differs_in_number(left: str, right: str) -> bool:
    """Whether two different names are equal once digits, numerals and letters are out."""
    return left != right and NUMERALS.sub("", left) == NUMERALS.sub("", right)


def _pairs_of_block(subject: str, block: str, own: pl.DataFrame, least: float) -> Iterator[tuple]:
    texts = own["name_norm"].to_list()
    identities, ids = own["identity"].to_list(), own["subject_id"].to_list()
    for start in range(0, len(texts), CHUNK):
        scores = process.cdist(
            texts[start : start + CHUNK], texts, scorer=fuzz.ratio, score_cutoff=least,
            dtype=np.float32,
        )  # fmt: skip
        for row, column in zip(*np.nonzero(scores), strict=True):
            one, two = start + int(row), int(column)
            if one >= two or ids[one] == ids[two]:
                continue
            if identities[one] > identities[two]:
                one, two = two, one
            yield (
                subject, block, identities[one], identities[two], ids[one], ids[two],
                round(name_similarity(texts[one], texts[two]), 2),
                differs_in_number(texts[one], texts[two]),
            )  # fmt: skip


def _ordered(left: str, right: str) -> tuple[pl.Expr, pl.Expr]:
    return pl.min_horizontal(left, right), pl.max_horizontal(left, right)
