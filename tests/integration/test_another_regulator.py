"""Another regulator through the whole house by contracts and rules alone, on made-up files.

The real ones are tests/real; here every quirk of theirs stands once, for those who lack them.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import ROOT, parkrisk
from regulator_fixture import write_regulator_files
from warehouse_state import rows

from pipelines.settings import load_settings

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    workspace = tmp_path_factory.mktemp("regulator") / "ws"
    shutil.copytree(ROOT / "examples" / "another_regulator", workspace)
    write_regulator_files(workspace / "exports")
    parkrisk(workspace, "refresh")
    return load_settings(workspace).warehouse


def test_ledger_when_refreshed_then_every_row_of_every_feed_is_where_it_belongs(
    warehouse: Path,
) -> None:
    ledger = rows(
        warehouse,
        """
        select export, sum(rows_read)::int, sum(rows_accepted)::int, sum(rows_duplicate)::int,
               sum(rows_superseded)::int, sum(rows_rejected)::int
        from marts.fct_file_ledger group by export order by export
        """,
    )
    assert ledger == [
        ("inspections", 23, 12, 6, 3, 2),
        ("parks", 23, 6, 17, 0, 0),
        ("readings", 26, 26, 0, 0, 0),  # 2 rows × 13 metrics
    ]


def test_rejected_when_a_workbook_has_no_date_then_only_the_inspection_is_lost(
    warehouse: Path,
) -> None:
    assert rows(
        warehouse, "select export, reason, raw_value from marts.fct_rejected_rows"
    ) == [("inspections", "bad_time", ".")] * 2  # fmt: skip
    assert rows(warehouse, "select count(*) from marts.dim_parks") == [(6,)]


def test_inspections_when_revised_then_the_newest_says_what_is_true(warehouse: Path) -> None:
    newest = rows(
        warehouse,
        """
        select inspection_code, inspected_on::varchar, inspected_clock, score, is_bad
        from marts.fct_inspections where inspection_code in ('501', '505', '506', '507')
        order by inspection_code
        """,
    )
    assert newest == [
        ("501", "2014-11-06", "10:25:00", 90.0, False),  # a day alone keeps the older clock
        ("505", "2017-10-05", None, 58.0, True),
        ("506", "2018-08-10", "09:30:05", 88.0, False),
        ("507", "2020-03-25", "08:52:31", 59.0, True),
    ]


def test_features_when_replayed_then_each_replay_sees_what_it_may(warehouse: Path) -> None:
    """Inspection 505 scored 72 in the workbook of 2018 and 58 in that of 2019.

    rules/backfill names these files: a first version counts as known on its own day.
    """
    scores = rows(
        warehouse,
        """
        select replay, as_of_on::varchar, last_score from marts.fct_park_features
        inner join marts.dim_parks using (park_id)
        where park_code = 'XX001000001'
            and as_of_on in ('2017-12-31', '2018-12-31', '2019-12-31')
        order by replay, as_of_on
        """,
    )
    assert scores == [
        ("as_happened", "2017-12-31", 58.0),
        ("as_happened", "2018-12-31", 58.0),
        ("as_happened", "2019-12-31", 58.0),
        ("as_published", "2017-12-31", 72.0),
        ("as_published", "2018-12-31", 72.0),
        ("as_published", "2019-12-31", 58.0),
    ]


def test_readings_when_wide_then_the_code_for_nothing_is_missing(warehouse: Path) -> None:
    assert rows(
        warehouse,
        """
        select count(*), count(value), count(distinct metric), min(observed_on)::varchar,
               max(observed_clock)
        from staging.stg_exports__readings
        """,
    ) == [(26, 21, 13, "2004-03-10", "18:00:00")]  # fmt: skip
