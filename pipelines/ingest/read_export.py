"""Read one file: bytes in, recognised sheets of text out.

Belongs here: the order of the steps and the refusal of whole files.
Does not belong here: any single step (open_bytes, grids, headers, recognise, split_rows).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from pipelines.contracts.contract import Contract
from pipelines.ingest.find_exports import hash_bytes
from pipelines.ingest.grid import Grid
from pipelines.ingest.headers import SEARCH_ROWS, find_header, make_header_book
from pipelines.ingest.html_grid import read_html_grids
from pipelines.ingest.json_grid import read_json_grid
from pipelines.ingest.map_columns import check_required, describe_header, map_columns, row_numbers
from pipelines.ingest.names import hint_of
from pipelines.ingest.open_bytes import Opened, Refused, decode_text, open_bytes
from pipelines.ingest.parquet_grid import read_parquet_grid
from pipelines.ingest.read_title import read_title
from pipelines.ingest.recognise import (
    LEAST_SCORE,
    Candidate,
    choose,
    measure,
    rank_candidates,
    titles_of,
)
from pipelines.ingest.sheets import Match, ReadFile, Refusal, Sheet
from pipelines.ingest.split_rows import split_rows
from pipelines.ingest.text_grid import find_separator, read_text_grid
from pipelines.ingest.workbook_grid import read_workbook_grids

#: Grids of one sheet with the contracts that want it read that way.
Readings = list[tuple[Grid, Mapping[str, Contract]]]


def read_export(path: Path, names: Sequence[str], contracts: Mapping[str, Contract]) -> ReadFile:
    """Read a file of any supported kind and recognise its sheets.

    Parameters
    ----------
    path : where the bytes are.
    names : all names under which these bytes were met; they only break ties.
    contracts : contracts by name (``load_contracts``).

    Returns
    -------
    ReadFile : recognised sheets with cells still text, or a refusal; a refused file has no sheets.

    Notes
    -----
    A pure function of (bytes, names, contracts). Source: exports.md 8 and 9.1.
    """
    raw = path.read_bytes()
    content_id, size = hash_bytes(raw), len(raw)
    kind, encoding = "", None
    try:
        opened = open_bytes(raw)
        kind = opened.kind
        by_sheet, encoding = _read_grids(opened, contracts)
        sheets, skipped = _read_sheets(by_sheet, names, contracts)
    except Refused as refused:
        refusal = Refusal(refused.code, refused.sentence, refused.sheet)
        return ReadFile(content_id, kind, encoding, size, refusal=refusal)
    return ReadFile(content_id, kind, encoding, size, tuple(sheets), tuple(skipped))


def _read_grids(
    opened: Opened, contracts: Mapping[str, Contract]
) -> tuple[list[Readings], str | None]:
    """Return the readings of every sheet, and the encoding of a text file."""
    if opened.kind != "csv":
        grids, encoding = _read_whole(opened)
        return [[(grid, contracts)] for grid in grids], encoding
    usual = {n: c for n, c in contracts.items() if not (c.encoding or c.separator)}
    special = {n: c for n, c in contracts.items() if n not in usual}
    readings: Readings = []
    encoding, failure = None, None
    try:
        text, encoding = decode_text(opened.payload)
        readings.append((read_text_grid(text, find_separator(text)), usual))
    except Refused as refused:
        failure = refused
    for name, contract in special.items():
        try:
            text, own = decode_text(opened.payload, contract.encoding)
            grid = read_text_grid(text, contract.separator or find_separator(text))
        except Refused:
            continue
        readings.append((grid, {name: contract}))
        encoding = encoding or own
    if not readings and failure is not None:
        raise failure
    return [readings], encoding


def _read_whole(opened: Opened) -> tuple[list[Grid], str | None]:
    """Return the grids of a file that says itself where its cells end."""
    if opened.kind == "parquet":
        return [read_parquet_grid(opened.payload)], None
    if opened.kind in ("xlsx", "xls"):
        return read_workbook_grids(opened.payload, opened.kind), None
    text, encoding = decode_text(opened.payload)
    if opened.kind == "html":
        return read_html_grids(text), encoding
    return [read_json_grid(text)], encoding


def _read_sheets(
    by_sheet: Sequence[Readings], names: Sequence[str], contracts: Mapping[str, Contract]
) -> tuple[list[Sheet], list[tuple[str, str]]]:
    """Return the recognised sheets and the names of the others, with reasons.

    Raises
    ------
    Refused : ``empty``, ``unrecognised``, ``ambiguous``, ``missing_column``.
    """
    if not any(_has_cell(grid) for readings in by_sheet for grid, _ in readings):
        raise Refused("empty", "The file holds no cell. Expected a header row. Export it again.")
    words = " ".join(hint_of(names, contracts).titles)
    sheets: list[Sheet] = []
    skipped: list[tuple[str, str]] = []
    best_of_all: list[Candidate] = []
    for readings in by_sheet:
        name = readings[0][0].name
        candidates = _find_candidates(readings)
        if not candidates or candidates[0].score < LEAST_SCORE:
            has_cell = any(_has_cell(grid) for grid, _ in readings)
            skipped.append((name, _why_skipped(candidates) if has_cell else "no cell"))
            best_of_all += candidates[:1]
            continue
        sheets.append(_read_sheet(_choose(candidates, words, names), candidates))
    if not sheets:
        raise _unrecognised(rank_candidates(best_of_all))
    return sheets, skipped


def _find_candidates(readings: Readings) -> list[Candidate]:
    """Return every contract measured on its reading of the sheet, best first."""
    candidates: list[Candidate] = []
    for grid, contracts in readings:
        rows_to_skip = {contract.skip_rows for contract in contracts.values()}
        for skip in sorted(rows_to_skip):
            group = {n: c for n, c in contracts.items() if c.skip_rows == skip}
            rows = grid.head(skip + SEARCH_ROWS)
            header = find_header(rows, make_header_book(group), skip)
            if header is not None:
                candidates += measure(group, grid, header)
    return rank_candidates(candidates)


def _choose(ranked: Sequence[Candidate], words: str, names: Sequence[str]) -> Candidate:
    best = ranked[0]
    title = " ".join(
        text for row in best.grid.head(best.header.rows[0]) for text in row if text is not None
    )
    chosen = choose(ranked, (title, best.grid.name, words), names)
    if chosen is not None:
        return chosen
    first, second = ranked[0], ranked[1]
    where = f"Sheet '{best.grid.name}', header" if best.grid.name else "Header"
    raise Refused(
        "ambiguous",
        f"{where} {describe_header(best)} fits {first.contract.title} "
        f"({first.contract.name}, {first.score:.2f}) and {second.contract.title} "
        f"({second.contract.name}, {second.score:.2f}) nearly alike; expected a lead of 0.08. "
        "Put the title of the right one into the file name.",
        best.grid.name,
    )


def _read_sheet(chosen: Candidate, ranked: Sequence[Candidate]) -> Sheet:
    """Return the sheet as its contract sees it."""
    contract, grid, header = chosen.contract, chosen.grid, chosen.header
    check_required(chosen, grid.name)
    title = read_title(grid.head(header.rows[0]), grid.name, titles_of(contract))
    split = split_rows(grid, header)
    runner_up = next((c for c in ranked if c.contract.name != contract.name), None)
    return Sheet(
        name=grid.name,
        header_rows=row_numbers(chosen),
        header_text=" | ".join(label.text for label in header.labels if label.text),
        mapping=map_columns(contract, header, split, title.unit),
        match=Match(
            contract,
            chosen.score,
            runner_up.contract.name if runner_up else None,
            runner_up.score if runner_up else None,
        ),
        title=title,
        cells=split.data,
        numeric=split.numeric,
        dropped=split.dropped,
        totals=split.totals,
        stated_count=split.stated_count,
        is_1904=grid.is_1904,
    )


def _has_cell(grid: Grid) -> bool:
    columns = grid.columns
    return any(grid.cells[name].null_count() < grid.cells.height for name in columns)


def _why_skipped(candidates: Sequence[Candidate]) -> str:
    if not candidates:
        return "no header row"
    best = candidates[0]
    return f"no header row reaches 0.60; nearest {best.contract.name} with {best.score:.2f}"


def _unrecognised(ranked: Sequence[Candidate]) -> Refused:
    """Return the refusal that names the best contract and the headers nobody knows."""
    todo = "Add a contract for this file to the workspace, or correct its header row."
    if not ranked:
        return Refused("unrecognised", f"No row of the first 20 holds a known header. {todo}")
    best = ranked[0]
    sheet = f"Sheet '{best.grid.name}', header" if best.grid.name else "Header"
    sentence = (
        f"{sheet} row {row_numbers(best)[0]}: the nearest is {best.contract.title} "
        f"({best.contract.name}) with a score of {best.score:.2f}; expected 0.60."
    )
    # A lone match may be a data row: its cells can be names of persons and are not repeated.
    if len(best.header.columns_of(best.contract.name)) > 1:
        unknown = [lab.text for lab in best.header.labels if lab.is_named and not lab.hits]
        sentence += f" Headers nobody knows: {'、'.join(unknown) or 'none'}."
    return Refused("unrecognised", f"{sentence} {todo}", best.grid.name)
