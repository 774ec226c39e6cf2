"""What a landing says of a damaged page, beside what it must say.

Belongs here: the comparison, row by row and issue by issue.
Does not belong here: damage, bytes.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from damage.clean import Page, Row
from damage.write import Written

Said = tuple[int | None, str | None, str]


@dataclass
class Verdict:
    """``planted``, ``found`` and ``reported`` are counts; the lists say what was wrong."""

    planted: int = 0
    found: int = 0
    reported: int = 0
    missed: list[str] = field(default_factory=list)
    unplanted: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def add(self, other: Verdict) -> None:
        """Add another file's verdict."""
        for name in ("planted", "found", "reported", "missed", "unplanted", "wrong"):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def precision(self) -> float:
        """Share of what was reported that was planted."""
        return self.found / self.reported if self.reported else 1.0


def judge(page: Page, written: Written, tables: dict[str, pl.DataFrame], where: str) -> Verdict:
    """Compare a landing with what the page expects."""
    file = tables["files"].row(0, named=True)
    if file["outcome"] != "loaded":
        return Verdict(
            wrong=[f"{where}: refused {file['refused_code']} {file['refused_sentence']}"]
        )
    verdict = Verdict()
    _judge_said(page, written, tables, where, verdict)
    _judge_ledger(page, written, tables, where, verdict)
    _judge_values(page, written, tables, where, verdict)
    return verdict


def _judge_said(
    page: Page, written: Written, tables: dict[str, pl.DataFrame], where: str, verdict: Verdict
) -> None:
    """Compare rejected rows and issues: row, column and rule."""
    planted: Counter[Said] = Counter((None, column, rule) for column, rule in page.issues)
    groups: dict[int, tuple[str, ...]] = {}
    for row, number in zip(page.rows, written.numbers, strict=True):
        if row.rejected:
            planted[(number, None, row.rejected[0])] += 1
            groups[number] = row.rejected[1]
        else:
            planted.update((number, column, rule) for column, rule in row.issues)
    reported: Counter[Said] = Counter(
        tables["issues"].select("_row_number", "column_name", "rule").rows()
    )
    rejected = tables["rejected"].select("_row_number", "column_name", "reason").rows()
    for number, column, reason in rejected:
        reported[(number, None, reason)] += 1
        if number in groups and column not in groups[number]:
            verdict.wrong.append(f"{where} row {number}: {reason} blames {column}")
    verdict.planted += planted.total()
    verdict.reported += reported.total()
    verdict.found += (planted & reported).total()
    verdict.missed += [f"{where}: {said}" for said in (planted - reported).elements()]
    verdict.unplanted += [f"{where}: {said}" for said in (reported - planted).elements()]


def _judge_ledger(
    page: Page, written: Written, tables: dict[str, pl.DataFrame], where: str, verdict: Verdict
) -> None:
    """Every line is counted once, under its kind."""
    loaded = tables["sheets"].filter(pl.col("outcome") == "loaded")
    if loaded.height != 1 or loaded["export"][0] != page.export:
        verdict.wrong.append(f"{where}: recognised as {loaded['export'].to_list()}")
        return
    sheet = loaded.row(0, named=True)
    got = {kind: sheet[f"rows_{kind}"] for kind in written.dropped}
    if got != written.dropped:
        verdict.wrong.append(f"{where}: lines {got}, expected {written.dropped}")
    if sheet["rows_read"] != len(page.rows):
        verdict.wrong.append(f"{where}: {sheet['rows_read']} rows read of {len(page.rows)}")
    if sheet["rows_read"] != sheet["rows_typed"] + sheet["rows_rejected"]:
        verdict.wrong.append(f"{where}: rows read are not typed + rejected")


def _judge_values(
    page: Page, written: Written, tables: dict[str, pl.DataFrame], where: str, verdict: Verdict
) -> None:
    typed = tables.get(page.export, pl.DataFrame({"_row_number": []}))
    by_number = {row["_row_number"]: row for row in typed.iter_rows(named=True)}
    for row, number in zip(page.rows, written.numbers, strict=True):
        got = by_number.pop(number, None)
        if row.rejected:
            if got is not None:
                verdict.wrong.append(f"{where} row {number}: typed, though {row.rejected}")
        elif got is None:
            verdict.wrong.append(f"{where} row {number}: not typed")
        else:
            verdict.wrong += [f"{where} row {number}: {text}" for text in _differences(row, got)]
    if by_number:
        verdict.wrong.append(f"{where}: rows out of nowhere {sorted(by_number)}")


def _differences(row: Row, got: dict[str, Any]) -> list[str]:
    told = [
        f"{name} is {got[name]!r}, expected {wanted!r} from {_cell(row, name)}"
        for name, wanted in row.lands_as.items()
        if not _is_same(got[name], wanted)
    ]
    flags = dict(part.split("=") for part in (got["_flags"] or "").split(";") if part)
    if flags != row.flags:
        told.append(f"flags are {flags}, expected {row.flags}")
    extra = json.loads(got["_extra"] or "{}")
    if extra != row.extra:
        told.append(f"beside the row {extra}, expected {row.extra}")
    return told


def _cell(row: Row, name: str) -> str:
    cell = row.cells.get(name.removesuffix("_clock"))
    return repr(cell.text) if cell else "no cell"


def _is_same(got: Any, wanted: Any) -> bool:
    if isinstance(got, float) and isinstance(wanted, int | float):
        return math.isclose(got, wanted, rel_tol=1e-8)  # nine digits are kept
    return got == wanted
