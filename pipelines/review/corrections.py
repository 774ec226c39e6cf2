"""纠错清单: each town's own rejected and doubtful rows, out of the original files.

Belongs here: choosing lines, opening originals at the named lines, cells under primary headers.
Does not belong here: the workbook's layout (corrections_book.py), which rows are wanted (dbt),
reading a file (ingest).

Originals hold personal data. A town's workbook shows them only for rows that the town itself filed
(its sheet or the row says so); of other rows the personal columns are left out, so that no mask can
come back as a name. Source: exports.md 9.7.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl

from app.published import Snapshot
from app.queries import ask
from pipelines.contracts.contract import Contract, Feed
from pipelines.contracts.load_contracts import EXPORTS, load_contracts
from pipelines.ingest.land_file import check_file
from pipelines.ingest.landing_settings import LandingSettings
from pipelines.ingest.sheets import Landed, Sheet
from pipelines.ingest.sightings import find_original, read_sightings
from pipelines.review.corrections_cells import (
    Header,
    added_columns,
    is_usable,
    primary_header,
    row_values,
)
from pipelines.run import landing_settings
from pipelines.settings import Settings

NO_TOWN = "未归属"


@dataclass
class Block:
    """Rows of one town that can stand on one sheet: same contract, source and columns.

    ``rows``: row_id, then one text a header (null = empty). ``is_rejected``: the rows were
    rejected, so columns they lack may be added.
    """

    contract: Contract
    feed: Feed
    source_system: str
    is_rejected: bool
    headers: tuple[Header, ...]
    rows: list[tuple[str, tuple[str | None, ...]]] = field(default_factory=list)


@dataclass(frozen=True)
class TownRows:
    """A town's lines of the list and the blocks they stand in.

    ``lines``: as published, one a defect; ``unopened``: row ids whose original is gone, or whose
    file must be sent whole again.
    """

    town: str
    lines: pl.DataFrame
    blocks: list[Block]
    unopened: frozenset[str]


@dataclass(frozen=True)
class Written:
    """One workbook: where it is, how many rows it asks for and how many defects they have."""

    path: Path
    count_rows: int
    count_lines: int


def write_corrections(
    settings: Settings, snapshot: Snapshot, folder: Path, now: datetime, town: str | None = None
) -> list[Written]:
    """Write one workbook a town into ``folder``; return what was written.

    Parameters
    ----------
    now : the moment, with a zone; its day in the workspace's zone stands in the titles (a day in
        the file's name would be held against the rows' own days, exports.md 9.4.2).
    town : one town only; None = all, and 未归属 for rows nobody claims.
    """
    from pipelines.review.corrections_book import write_book

    lines = ask(snapshot, "correction_lines").with_columns(pl.col("town").fill_null(NO_TOWN))
    if town is not None:
        lines = lines.filter(pl.col("town") == town)
    day = now.astimezone(ZoneInfo(settings.timezone)).date()
    written = []
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for rows in gather_towns(settings, lines):
        path = folder / f"纠错清单_{rows.town}_{_letters(rows.lines)}.xlsx"
        path.write_bytes(write_book(rows, day))
        written.append(Written(path, rows.lines["row_id"].n_unique(), rows.lines.height))
    return written


def _letters(lines: pl.DataFrame) -> str:
    """Name a list by its rows: five letters, which no reader takes for a day."""
    told = "|".join(sorted(lines["row_id"].unique()))
    digest = hashlib.sha256(told.encode()).digest()
    return "".join(chr(ord("a") + byte % 26) for byte in digest[:5])


def gather_towns(settings: Settings, lines: pl.DataFrame) -> list[TownRows]:
    """Open every original once and return each town's rows, towns in the order of their names."""
    blocks: dict[str, dict[tuple, Block]] = {}
    order = {export: place for place, export in enumerate(EXPORTS)}
    opened: dict[str, set[str]] = {}
    contracts = load_contracts(settings.contracts)
    landing = landing_settings(settings)
    names = _names(settings.state)
    for (file_id,), own in lines.group_by("_file_id", maintain_order=True):
        path = find_original(str(file_id), settings.originals)
        if path is None:
            continue
        checked = check_file(path, names.get(str(file_id), (path.name,)), contracts, landing)
        for sheet, landed in checked.landed:
            wanted = own.filter(
                (pl.col("_sheet") == sheet.name) & (pl.col("export") == landed.export)
            )
            for town, key, block, row in _rows_of(sheet, landed, wanted, landing):
                home = blocks.setdefault(town, {}).setdefault(key, block)
                if row[0] not in opened.setdefault(town, set()):
                    home.rows.append(row)
                    opened[town].add(row[0])
    return [
        TownRows(
            str(town), own,
            sorted(blocks.get(str(town), {}).values(), key=lambda b: order[b.feed.export]),
            frozenset(own["row_id"]) - frozenset(opened.get(str(town), ())),
        )
        for (town,), own in lines.sort("town", maintain_order=True).group_by(
            "town", maintain_order=True
        )
    ]  # fmt: skip


def _names(state: Path) -> dict[str, tuple[str, ...]]:
    grouped = read_sightings(state).group_by("_file_id").agg(pl.col("file_name").unique().sort())
    return {file_id: tuple(names) for file_id, names in grouped.iter_rows()}


def _rows_of(
    sheet: Sheet, landed: Landed, lines: pl.DataFrame, landing: LandingSettings
) -> Iterator[tuple[str, tuple, Block, tuple[str, tuple[str | None, ...]]]]:
    """Each wanted row of a sheet with its town and the block it stands in."""
    contract = sheet.match.contract
    feed = contract.feeds[landed.export]
    if lines.is_empty() or feed.is_full_list:
        return  # by its contract such a file is whole: a part of it would empty the rest
    cells = {row["_row_number"]: row for row in sheet.cells.iter_rows(named=True)}
    once = lines.unique("row_id", keep="first", maintain_order=True)
    for line in once.iter_rows(named=True):
        row = cells.get(line["_row_number"])
        if row is None:
            continue
        is_own = line["town_from"] in ("sheet", "row") and line["town"] != NO_TOWN
        if not is_usable(sheet, feed, is_own):
            continue
        values = row_values(sheet, feed, landed, row, is_own, landing)
        values.setdefault(Header(primary_header(feed, "source_system"), "source_system"), None)
        values = {
            header: text or (line["source_system"] if header.column == "source_system" else None)
            for header, text in values.items()
        }
        if line["is_rejected"]:
            values |= added_columns(feed, line["rule"], line["column_name"], values)
        headers = tuple(values)
        key = (contract.name, line["source_system"], line["is_rejected"], headers)
        block = Block(contract, feed, line["source_system"], line["is_rejected"], headers)
        yield line["town"], key, block, (line["row_id"], tuple(values.values()))
