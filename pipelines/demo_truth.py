"""Is every planted defect of the demo found, and nothing else reported?

Belongs here: the comparison of the truth files with the published snapshot.
Does not belong here: planting (demo/), finding (ingest, dbt).
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import polars as pl

from pipelines.publish import PublishError, current_snapshot
from pipelines.settings import Settings
from pipelines.warehouse import OFFLINE

#: What the warehouse reported, in the words of the truth file.
FOUND = """
select file_name, coalesce(_sheet, '') as sheet, _row_number as row_number, export,
       'rejected:' || reason as expected
from marts.fct_rejected_rows
union all
select file_name, coalesce(_sheet, ''), _row_number, export, 'issue:' || rule
from marts.fct_issues
union all
select file_name, '', null, null, 'refused:' || refused_code
from marts.dim_files where outcome = 'refused'
"""
DISPOSED = """
select file_name, coalesce(_sheet, '') as sheet, _row_number as row_number, export,
       disposition as expected
from marts.fct_row_dispositions
join marts.dim_files using (_file_id)
"""
KEY = ["file_name", "sheet", "row_number", "export", "expected"]


@dataclass(frozen=True)
class TruthComparison:
    """Planted and reported defects side by side; frames have the columns of ``KEY``."""

    count_planted: int
    missed: pl.DataFrame
    unplanted: pl.DataFrame

    @property
    def is_exact(self) -> bool:
        """Whether all that was planted was found and nothing else was reported."""
        return self.missed.is_empty() and self.unplanted.is_empty()

    def sentence(self) -> str:
        """One line for the terminal, with the first differences when there are any."""
        text = (
            f"planted defects: {self.count_planted}, missed {len(self.missed)}, "
            f"reported without being planted {len(self.unplanted)}"
        )
        for name, frame in (("missed", self.missed), ("not planted", self.unplanted)):
            text += "".join(f"\n  {name}: {row}" for row in frame.head(10).rows())
        return text


def compare_with_truth(settings: Settings) -> TruthComparison:
    """Compare the demo's truth with what the published snapshot reports.

    Rejected rows, issues and refused files must match exactly, both ways. Duplicates and
    superseded rows happen naturally in overlapping exports: planted ones must be among them.
    """
    snapshot = current_snapshot(settings)
    if snapshot is None:
        raise PublishError("demo: nothing is published yet. Next: parkrisk refresh.")
    planted = (
        pl.read_csv(settings.workspace / "truth" / "planted.csv", infer_schema=False)
        .with_columns(pl.col("row_number").cast(pl.Int64), pl.col("sheet").fill_null(""))
        .select(KEY)
        .unique()
    )
    connection = duckdb.connect(str(snapshot), read_only=True, config=OFFLINE)
    try:
        found = connection.cursor().sql(FOUND).pl().unique()
        disposed = connection.cursor().sql(DISPOSED).pl().unique()
    finally:
        connection.close()
    reported = planted.filter(pl.col("expected").str.contains(":"))
    natural = planted.filter(~pl.col("expected").str.contains(":"))
    missed = pl.concat([_less(reported, found), _less(natural, disposed)])
    return TruthComparison(len(planted), missed, _less(found, reported))


def _less(left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    return left.join(right, on=KEY, how="anti", nulls_equal=True).sort(KEY)
