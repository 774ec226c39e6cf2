"""What an answer would move: accepted rows by export.

Belongs here: counting the rows of an identity or a whole subject; a pure function of frames.
Does not belong here: items and their states (items.py).
"""

from __future__ import annotations

import json

import polars as pl

from pipelines.contracts.load_contracts import EXPORTS


def count_moves(
    items: pl.DataFrame, identities: pl.DataFrame, rows_of: pl.DataFrame
) -> pl.DataFrame:
    """Return the rows of each item that would change hands, as JSON export → rows.

    The whole right subject when two subjects meet; the right identity alone when a link is
    refused, or was made already.
    """
    apart = pl.col("left_subject_id") != pl.col("right_subject_id")
    whole = (
        items.filter(apart)
        .select("item_key", "subject", pl.col("right_subject_id").alias("subject_id"))
        .join(identities, on=["subject", "subject_id"])
        .select("item_key", "subject", "identity")
    )
    alone = items.filter(~apart).select(
        "item_key", "subject", pl.col("right_identity").alias("identity")
    )
    counted = (
        pl.concat([whole, alone])
        .join(rows_of, on=["subject", "identity"])
        .group_by("item_key", "export")
        .agg(pl.col("count_rows").sum())
    )
    order = {export: place for place, export in enumerate(EXPORTS)}
    by_item: dict[str, dict[str, int]] = {}
    ordered = counted.with_columns(
        pl.col("export").replace_strict(order, default=len(order)).alias("_place")
    ).sort("item_key", "_place", "export")
    for key, export, count in ordered.drop("_place").iter_rows():
        by_item.setdefault(key, {})[export] = int(count)
    rows = [(key, json.dumps(told), sum(told.values())) for key, told in by_item.items()]
    schema = {"item_key": pl.String(), "moves": pl.String(), "count_rows_moving": pl.Int64()}
    return pl.DataFrame(rows, schema=schema, orient="row")
