"""One file into one folder of the lake.

Belongs here: reading, typing every sheet for every feed, the tables of the folder.
Does not belong here: which files there are (land.py), atomic writing (landing_folder.py).
"""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from pipelines.contracts.contract import Contract
from pipelines.contracts.load_contracts import export_dictionary
from pipelines.ingest.assemble_rows import is_full_list
from pipelines.ingest.check_rows import check_sheet, event_days
from pipelines.ingest.find_exports import hash_file
from pipelines.ingest.known_time import find_file_time
from pipelines.ingest.landing_folder import write_landing
from pipelines.ingest.landing_key import INGEST_VERSION, landing_key
from pipelines.ingest.landing_settings import LandingContext, LandingSettings
from pipelines.ingest.melt_sheet import melt_factor
from pipelines.ingest.names import hint_of
from pipelines.ingest.personal import scrub_text
from pipelines.ingest.read_export import read_export
from pipelines.ingest.redact import NOTHING_TO_FORGET, Redactions, redact_rejected, redact_rows
from pipelines.ingest.schema import DROPPED_KINDS, FILES, LEDGERS, SHEETS, lake_tables, schema_hash
from pipelines.ingest.sheets import Hint, Landed, ReadFile, Refusal, Sheet

LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class CheckedFile:
    """A file typed, nothing written: what ``land_file`` writes and ``check_files`` shows.

    ``landed``: one entry per sheet and feed, beside its sheet; ``is_our_fault``: refused because
    our own code failed, so it is tried again at the next run.
    """

    read: ReadFile
    hint: Hint
    landed: tuple[tuple[Sheet, Landed], ...] = ()
    is_our_fault: bool = False


def check_file(
    path: Path,
    names: Sequence[str],
    contracts: Mapping[str, Contract],
    settings: LandingSettings,
    *,
    must_raise: bool = False,
) -> CheckedFile:
    """Read and type a file; nothing is written.

    An error of our own code refuses the file (``unreadable``) and logs its type and place, never
    a cell; with `must_raise` it is raised.
    """
    hint = hint_of(names, contracts)
    read = None
    try:
        read = read_export(path, names, contracts)
        return CheckedFile(read, hint, _check_sheets(read, hint, settings))
    except Exception as error:
        if must_raise:
            raise
        return CheckedFile(_fail(path, read, error), hint, is_our_fault=True)


def _check_sheets(
    read: ReadFile, hint: Hint, settings: LandingSettings
) -> tuple[tuple[Sheet, Landed], ...]:
    context = LandingContext(read.content_id, hint, settings)
    pairs = [(s, feed) for s in read.sheets for feed in s.match.contract.feeds.values()]
    days = [event_days(s, feed, context) for s, feed in pairs if feed.time_column is not None]
    every_day = pl.concat(days) if days else pl.Series(dtype=pl.Date)
    context = replace(context, file_time=find_file_time(every_day, hint.named_on))
    return tuple((sheet, check_sheet(sheet, feed, context)) for sheet, feed in pairs)


def _fail(path: Path, read: ReadFile | None, error: Exception) -> ReadFile:
    """Return the file as refused because our code failed."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    what = f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}"
    LOG.error("a file could not be read: %s", what)
    sentence = (
        f"The file made our own program fail ({what}); nothing of it is loaded. "
        "Next: report this sentence; the file is tried again at the next run."
    )
    return ReadFile(
        content_id=read.content_id if read else hash_file(path),
        kind=read.kind if read else "", encoding=read.encoding if read else None,
        size_bytes=path.stat().st_size, refusal=Refusal("unreadable", sentence),
    )  # fmt: skip


def land_file(
    path: Path,
    names: Sequence[str],
    contracts: Mapping[str, Contract],
    settings: LandingSettings,
    *,
    must_raise: bool = False,
) -> Path:
    """Land one file; return its folder ``lake/<file_id>/<landing_key>``.

    A content whose landing key did not change is not written again.
    """
    return write_checked(
        check_file(path, names, contracts, settings, must_raise=must_raise), settings
    )


def write_checked(checked: CheckedFile, settings: LandingSettings) -> Path:
    """Write a checked file's tables as its only live landing, unless they stand there already."""
    tables = lake_tables(export_dictionary())
    key = landing_key(checked.read, checked.hint, settings, schema_hash(tables))
    file_id = checked.read.content_id
    target = settings.lake / file_id / key
    if target.is_dir() and [target] == list(target.parent.iterdir()):
        return target
    return write_landing(
        settings.lake,
        file_id,
        key,
        landing_tables(checked, key, settings.redactions),
        INGEST_VERSION,
    )


def landing_tables(
    checked: CheckedFile, key: str, redactions: Redactions = NOTHING_TO_FORGET
) -> dict[str, pl.DataFrame]:
    """Return table name -> rows of one landing: ledgers always, exports the file feeds.

    What must be forgotten is taken out last, of rows that are typed and keyed.
    """
    file_id = checked.read.content_id
    tables: dict[str, list[pl.DataFrame]] = {name: [] for name in LEDGERS}
    tables["files"].append(pl.DataFrame([_file_row(checked, key)], schema=FILES))
    tables["sheets"].append(pl.DataFrame(_sheet_rows(checked), schema=SHEETS, orient="row"))
    for sheet, landed in checked.landed:
        feed = sheet.match.contract.feeds[landed.export]
        tables.setdefault(landed.export, []).append(redact_rows(landed.rows, feed, redactions))
        tables["rejected"].append(redact_rejected(landed.rejected, file_id, redactions))
        tables["issues"].append(landed.issues)
    return {
        name: pl.concat(parts) if parts else pl.DataFrame(schema=LEDGERS[name])
        for name, parts in tables.items()
    }


def _file_row(checked: CheckedFile, key: str) -> dict[str, object]:
    read, refusal = checked.read, checked.read.refusal
    return {
        "_file_id": read.content_id, "landing_key": key, "ingest_version": INGEST_VERSION,
        "kind": read.kind, "encoding": read.encoding, "size_bytes": read.size_bytes,
        "outcome": "refused" if refusal else "loaded",
        "refused_code": refusal and refusal.code,
        "refused_sentence": refusal and scrub_text(refusal.sentence),
        "named_on": checked.hint.named_on, "sheets_read": len(read.sheets),
        "sheets_skipped": len(read.skipped_sheets),
    }  # fmt: skip


def _sheet_rows(checked: CheckedFile) -> list[dict[str, object]]:
    file_id = checked.read.content_id
    loaded = [
        {"_file_id": file_id, **_sheet_row(sheet, landed, checked.hint)}
        for sheet, landed in checked.landed
    ]
    skipped = [
        dict.fromkeys(SHEETS) | {"_file_id": file_id, "_sheet": name, "outcome": "skipped"}
        for name, _ in checked.read.skipped_sheets
    ]
    return [*loaded, *skipped]


def _sheet_row(sheet: Sheet, landed: Landed, hint: Hint) -> dict[str, object]:
    feed = sheet.match.contract.feeds[landed.export]
    own = [m for m in sheet.mapping if m.column is not None and landed.export in m.feeds]
    newest = landed.rows.filter(pl.col("_known_on") == pl.col("_known_on").max()).head(1)
    known = newest if newest.height else landed.rows.head(1)
    return {
        "_sheet": sheet.name, "export": landed.export, "contract": sheet.match.contract.name,
        "outcome": "loaded", "score": sheet.match.score, "runner_up": sheet.match.runner_up,
        "runner_up_score": sheet.match.runner_up_score,
        "header_row": sheet.header_rows[0] if sheet.header_rows else None,
        "header_text": scrub_text(sheet.header_text),
        "known_on": known["_known_on"][0] if known.height else None,
        "known_from_what": known["_known_from_what"][0] if known.height else "unknown",
        "rows_physical": sum(sheet.dropped.values()) + sheet.cells.height,
        **{f"rows_{kind}": sheet.dropped.get(kind, 0) for kind in DROPPED_KINDS},
        "melt_factor": melt_factor(sheet, feed), "rows_read": landed.rows_read,
        "rows_typed": landed.rows.height, "rows_rejected": landed.rejected.height,
        "is_full_list": is_full_list(sheet, feed, hint), "filer": sheet.title.filer,
        "columns_mapped": json.dumps({m.header: m.column for m in own}, ensure_ascii=False),
        "columns_extra": json.dumps(
            [m.header for m in sheet.mapping if m.column is None], ensure_ascii=False
        ),
    }  # fmt: skip
