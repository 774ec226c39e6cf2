"""Cells that no spreadsheet runs.

Belongs here: making text safe for Excel and CSV. Does not belong here: writing either.
"""

from __future__ import annotations

import polars as pl


def make_safe(frame: pl.DataFrame) -> pl.DataFrame:
    """Put ``'`` before text that a spreadsheet would run as a formula.

    Source: exports.md 9.1 (numbers excepted; here they are no text).
    """
    looks_active = pl.col(pl.String).str.contains(r"^[=+\-@\t\r]")
    is_number = pl.col(pl.String).str.contains(r"^[+\-]?[0-9][0-9,]*(\.[0-9]+)?%?$")
    return frame.with_columns(
        pl.when(looks_active & ~is_number)
        .then(pl.lit("'") + pl.col(pl.String))
        .otherwise(pl.col(pl.String))
        .name.keep()
    )
