"""What files are and what would become of their rows, without loading anything.

Belongs here: the report of ``parkrisk check``. Does not belong here: writing, the command line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from pipelines.contracts.contract import Contract
from pipelines.ingest.land_file import CheckedFile, check_file
from pipelines.ingest.landing_settings import LandingSettings
from pipelines.ingest.sheets import Landed, Refusal, Sheet

#: Rejected rows shown per sheet and export.
SHOWN_ROWS = 5


@dataclass(frozen=True)
class FileReport:
    """One file as it would be landed; ``refusal`` None = it would be loaded."""

    name: str
    checked: CheckedFile

    @property
    def refusal(self) -> Refusal | None:
        """Why the whole file would be refused."""
        return self.checked.read.refusal


def check_files(
    paths: Sequence[Path], contracts: Mapping[str, Contract], settings: LandingSettings
) -> list[FileReport]:
    """Read and type files exactly as landing would; nothing is written."""
    return [
        FileReport(path.name, check_file(path, (path.name,), contracts, settings)) for path in paths
    ]


def format_report(report: FileReport) -> str:
    """Return a report as text for a terminal; personal data is masked as in the lake."""
    read = report.checked.read
    kind = f"{read.kind or 'unknown kind'}, {read.encoding or 'binary'}, {read.size_bytes:,} bytes"
    lines = [f"{report.name}: {kind}, content {read.content_id}"]
    if read.refusal is not None:
        return "\n".join([*lines, f"  REFUSED {read.refusal.code}: {read.refusal.sentence}"])
    for sheet, landed in report.checked.landed:
        lines += [f"  {line}" for line in _describe(sheet, landed)]
    lines += [f"  sheet {name}: skipped, {reason}" for name, reason in read.skipped_sheets]
    return "\n".join(lines)


def _describe(sheet: Sheet, landed: Landed) -> list[str]:
    match = sheet.match
    runner = f", next {match.runner_up} {match.runner_up_score:.2f}" if match.runner_up else ""
    where = f"sheet {sheet.name}: " if sheet.name else ""
    header = "+".join(map(str, sheet.header_rows))
    dropped = ", ".join(f"{kind} {count}" for kind, count in sheet.dropped.items() if count)
    return [
        f"{where}{landed.export} by contract {match.contract.name} ({match.score:.2f}{runner})",
        f"  header in row {header}; not data: {dropped or 'nothing'}; {_known(landed)}",
        *_columns(sheet, landed),
        f"  rows read {landed.rows_read} = typed {landed.rows.height} "
        f"+ rejected {landed.rejected.height}",
        *_rejected(landed),
        *_issues(landed),
    ]


def _known(landed: Landed) -> str:
    sources = landed.rows["_known_from_what"].value_counts().sort("_known_from_what").rows()
    newest = landed.rows["_known_on"].max()
    told = ", ".join(f"{source} ({count} rows)" for source, count in sources)
    return f"known {newest or 'unknown'} from {told or 'nothing'}"


def _columns(sheet: Sheet, landed: Landed) -> list[str]:
    own = [m for m in sheet.mapping if m.column is not None and landed.export in m.feeds]
    lines = [
        f"  {mapped.header} -> {mapped.column}" + (f" ({mapped.unit})" if mapped.unit else "")
        for mapped in own
    ]
    unknown = [mapped.header for mapped in sheet.mapping if mapped.column is None]
    return [*lines, f"  kept beside the rows: {', '.join(unknown)}"] if unknown else lines


def _rejected(landed: Landed) -> list[str]:
    if landed.rejected.is_empty():
        return []
    reasons = landed.rejected["reason"].value_counts().sort("reason").rows()
    lines = ["  rejected: " + ", ".join(f"{reason} {count}" for reason, count in reasons)]
    shown = landed.rejected.head(SHOWN_ROWS).select(
        "_row_number", "reason", "column_name", "raw_value", "cells"
    )
    for row, reason, column, raw, cells in shown.iter_rows():
        got = f" {column} = {raw!r}" if column and raw is not None else f" {column or ''}"
        lines.append(f"    row {row}: {reason}{got.rstrip()}  {cells}")
    more = landed.rejected.height - shown.height
    return [*lines, f"    and {more} more"] if more else lines


def _issues(landed: Landed) -> list[str]:
    counted = landed.issues.group_by("rule", "column_name").agg(
        pl.len().alias("count"), pl.col("_row_number").min(), pl.col("raw_value").first()
    )
    lines = []
    for rule, column, count, row, raw in counted.sort("rule", "column_name").iter_rows():
        where = f", first in row {row}" if row is not None else ""
        got = f": {raw!r}" if raw is not None else ""
        lines.append(f"    {rule} {column or 'sheet'} {count}{where}{got}")
    return ["  issues:", *lines] if lines else ["  issues: none"]
