"""Cases, accidents, devices, readings and alarms of the demo against the simulated world."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from conftest import DemoBuild
from warehouse_state import rows

from pipelines.demo.accidents import cut_accidents
from pipelines.demo.build import SEED
from pipelines.demo.cases import cut_cases
from pipelines.demo.world import World, simulate
from pipelines.publish import current_snapshot

pytestmark = pytest.mark.integration

LAST = date(2025, 10, 31)


@pytest.fixture(scope="module")
def world() -> World:
    return simulate(SEED)


def snapshot(demo: DemoBuild) -> Path:
    path = current_snapshot(demo.settings)
    assert path is not None
    return path


def test_cases_when_wide_and_long_then_every_case_and_its_parties_are_counted_once(
    demo: DemoBuild, world: World
) -> None:
    true = cut_cases(world.cases, LAST).select(
        pl.format("澄应急罚立〔{}〕{}号", "case_year", "case_running").alias("code"),
        (pl.col("is_double") & pl.col("decided_on").is_not_null()).alias("is_double"),
    )
    told = rows(
        snapshot(demo),
        """
        select case_code, is_double_penalty from marts.fct_cases
        where case_code like '澄应急罚立%'
        """,
    )
    assert sorted(told) == sorted(true.rows())
    parties = rows(
        snapshot(demo), "select sum(count_unit_parties + count_person_parties) from marts.fct_cases"
    )
    assert parties == rows(snapshot(demo), "select count(*) from marts.fct_case_parties")


def test_accidents_when_told_many_times_then_each_counts_once_with_its_latest_deaths(
    demo: DemoBuild, world: World
) -> None:
    true = dict(cut_accidents(world.accidents, LAST).select("accident_no", "deaths").iter_rows())
    told = dict(
        rows(
            snapshot(demo),
            "select accident_code, deaths from marts.fct_accidents where accident_code like 'SG-%'",
        )
    )
    assert set(told) == set(true)
    # one row says 待定 where the deaths should stand
    wrong = [code for code, deaths in told.items() if deaths != true[code]]
    assert len(wrong) <= 1


def test_episodes_when_recomputed_then_equal_the_planted_ones_to_the_second(
    demo: DemoBuild,
) -> None:
    with (demo.settings.workspace / "truth" / "episodes.csv").open(encoding="utf-8") as handle:
        true = sorted(
            (r["device_id"], r["started_at"][:19].replace("T", " "),
             r["ended_at"][:19].replace("T", " "), r["level"], int(r["count_readings"]))
            for r in csv.DictReader(handle)
        )  # fmt: skip
    told = rows(
        snapshot(demo),
        """
        select device_code, strftime(started_at, '%Y-%m-%d %H:%M:%S'),
               strftime(ended_at, '%Y-%m-%d %H:%M:%S'), level, count_readings
        from marts.fct_alarm_episodes join marts.dim_devices using (device_id)
        """,
    )
    assert sorted(told) == true
    assert len(true) >= 15


def test_device_days_when_a_device_is_frozen_silent_or_spiky_then_say_so(demo: DemoBuild) -> None:
    told = {
        code: (frozen, spikes, share)
        for code, frozen, spikes, share in rows(
            snapshot(demo),
            """
            select device_code, count(*) filter (where is_frozen), sum(count_spikes),
                   avg(online_share)
            from marts.fct_device_days join marts.dim_devices using (device_id)
            where day_on >= date '2025-10-11' and device_code like 'KR-00%'
            group by device_code
            """,
        )
    }
    # stuck from 22 October 06:00 to 25 October 06:00: four days
    assert [code for code, (frozen, *_) in told.items() if frozen] == ["KR-0009"]
    assert told["KR-0009"][0] == 4
    assert {code: s for code, (_, s, _) in told.items() if s} == {"KR-0015": 6}
    # silent from 15 October 17:00 on: 4 days and 17 hours of 21 days
    assert told["KR-0017"][2] == pytest.approx((4 + 17 / 24) / 21, abs=0.005)


def test_readings_when_sent_twice_or_by_a_lost_clock_then_the_ledger_says_so(
    demo: DemoBuild, world: World
) -> None:
    told = rows(
        snapshot(demo),
        """
        select sum(rows_accepted), sum(rows_duplicate), sum(rows_superseded)
        from marts.fct_file_ledger where export = 'readings'
        """,
    )[0]
    lost = world.readings.filter(pl.col("fault").str.starts_with("clock")).height
    # three odd readings were put in; three were corrected below: the corrected ones count
    assert told[0] == world.readings.height - lost + 3
    # thirteen files send the last two hours of a file of the same layout again
    assert 4_500 <= told[1] <= 5_200
    assert 360 <= told[2] <= 400  # the week's table says no state: told with one, a new version
