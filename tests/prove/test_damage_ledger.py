"""What the warehouse makes of repeats, corrections and damage: the disposition of every row.

Two files an export: all rows, known on the 25th, then the same rows known on the 30th in another
order and kind of file, some of them corrected, damaged or written twice.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path

import duckdb
import pytest
from damage.clean import Cell, Page, make_page
from damage.rewrites import is_free_text
from damage.write import write_page
from lake_rows import run_dbt
from numpy.random import default_rng

from pipelines.assets.raw import land
from pipelines.assets.review import create_review_tables
from pipelines.assets.risk import create_ml_tables
from pipelines.assets.rounds import create_round_tables
from pipelines.contracts.load_contracts import EXPORTS
from pipelines.rules.compile_rules import compile_rules
from pipelines.run import make_workspace
from pipelines.settings import Settings, load_settings
from pipelines.warehouse import create_lake_views, open_warehouse

pytestmark = pytest.mark.prove

FIRST_KNOWN, THEN_KNOWN = date(2026, 6, 25), date(2026, 6, 30)
KINDS = ("csv", "xlsx", "html", "jsonl", "parquet", "xls")
#: File and row number -> disposition, of one export.
Expected = dict[tuple[str, int], str]


def two_files(export: str, place: int, exports: Path) -> Expected:
    """Write both files of an export; return what must become of each of their rows."""
    first = make_page(export, 24, default_rng([7, place]))
    columns = [c for c in first.columns() if is_free_text(c) and not _is_in_key(first, c.name)]
    column = columns[0].name
    then = deepcopy(first)
    fates = [("accepted", "duplicate")] * 24
    for number in range(6):  # corrected: the newer version counts
        then.rows[number].cells[column] = Cell("更正后的说明")
        fates[number] = ("superseded", "accepted")
    for number in range(6, 9):  # damaged: the older version stays
        _take_away_who(then, number)
        fates[number] = ("accepted", "rejected")
    order = [*range(12, 24), *range(12)]
    then.rows = [then.rows[n] for n in order]
    again = deepcopy(then.rows[0])  # written twice: a repeat of a repeat
    then.rows.append(again)
    expected: Expected = {}
    written = write_page(first, KINDS[place % len(KINDS)])
    name = f"{first.feed.title}_{FIRST_KNOWN}.x"
    (exports / name).write_bytes(written.raw)
    expected |= {(name, n): fates[at][0] for at, n in enumerate(written.numbers)}
    written = write_page(then, KINDS[(place + 1) % len(KINDS)])
    name = f"{then.feed.title}_{THEN_KNOWN}.x"
    (exports / name).write_bytes(written.raw)
    ends = [*(fates[n][1] for n in order), "duplicate"]
    return expected | {(name, n): ends[at] for at, n in enumerate(written.numbers)}


def _is_in_key(page: Page, name: str) -> bool:
    return any(name in parts for parts in page.feed.key)


def _take_away_who(page: Page, number: int) -> None:
    rule = next(rule for rule in page.feed.reject if "missing" in rule)
    for name in rule["missing"]:  # type: ignore[attr-defined]
        page.rows[number].cells[name] = Cell(None)


@cache
def build(folder: Path) -> tuple[Settings, dict[str, Expected]]:
    settings = load_settings(folder / "ws")
    make_workspace(settings)
    expected = {e: two_files(e, place, settings.exports) for place, e in enumerate(EXPORTS)}
    compile_rules(settings)
    land(settings, lambda _: None)
    create_lake_views(settings, tuple(sorted(EXPORTS)))
    with open_warehouse(settings) as connection:
        create_ml_tables(connection)
        create_round_tables(connection)
        create_review_tables(connection)
    run_dbt(
        settings.workspace, "build", "--select", "+fct_row_dispositions", "+fct_file_ledger",
        "--exclude-resource-type", "unit_test", "--indirect-selection", "cautious",
    )  # fmt: skip
    return settings, expected


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, dict[str, Expected]]:
    return build(tmp_path_factory.mktemp("ledger"))


@pytest.mark.parametrize("export", EXPORTS)
def test_rows_when_repeated_corrected_and_damaged_then_each_has_its_disposition(
    built: tuple[Settings, dict[str, Expected]], export: str
) -> None:
    settings, expected = built
    with duckdb.connect(str(settings.warehouse), read_only=True) as connection:
        found = connection.sql(
            "select file_name, _row_number, disposition from marts.fct_row_dispositions"
            " join (select distinct _file_id, file_name from marts.fct_file_ledger)"
            " using (_file_id) where export = ?",
            params=[export],
        ).fetchall()
    assert len(found) == 24 + 25
    got = {(name, number): disposition for name, number, disposition in found}
    wanted = expected[export]
    wrong = {k: (got.get(k), v) for k, v in wanted.items() if got.get(k) != v}
    assert wrong == {}


def test_ledger_when_all_is_landed_then_every_file_balances(
    built: tuple[Settings, dict[str, Expected]],
) -> None:
    settings, expected = built
    with duckdb.connect(str(settings.warehouse), read_only=True) as connection:
        found = connection.sql(
            "select file_name, rows_read, rows_accepted, rows_duplicate, rows_superseded,"
            " rows_rejected from marts.fct_file_ledger"
        ).fetchall()
    wanted = {}
    for fates in expected.values():
        for (name, _), fate in fates.items():
            wanted.setdefault(name, []).append(fate)
    kinds = ("accepted", "duplicate", "superseded", "rejected")
    assert {f[0]: f[1:] for f in found} == {
        name: (len(fates), *(fates.count(kind) for kind in kinds))
        for name, fates in wanted.items()
    }  # fmt: skip
