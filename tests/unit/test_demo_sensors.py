"""Devices, readings and alarms of the demo: episodes found again by another way, row by row."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from itertools import pairwise

import polars as pl
import pytest

from pipelines.demo.devices import COUNT_METERED, FAST, HOURLY, cut_devices
from pipelines.demo.plan_readings import plan_readings
from pipelines.demo.plan_sensors import plan_sensors
from pipelines.demo.world import simulate

SEED = 20251031
LAST = date(2025, 10, 31)


@pytest.fixture(scope="module")
def world():
    return simulate(SEED)


def _find_episodes(world):
    """Episodes by exports.md 9.6, one reading after the other; oxygen counts from below."""
    settings = {row["device_id"]: row for row in world.devices.iter_rows(named=True)}
    sent = defaultdict(list)
    for row in world.readings.filter(
        pl.col("value").is_not_null() & ~pl.col("fault").str.starts_with("clock")
    ).iter_rows(named=True):
        factor = 500 if settings[row["device_id"]]["role"] == "ppm" else 1
        sent[row["device_id"]].append((row["observed_at"], row["value"] / factor))
    found = []
    for device, readings in sent.items():
        found += _walk(device, sorted(readings), settings[device])
    return found


def _walk(device, readings, setting):
    is_low = setting["device_kind"] == "氧气"
    low, high = setting["alarm_1"], setting["alarm_2"]
    gap = timedelta(seconds=3 * setting["interval"])
    at, found = 0, []

    def reaches(value, limit):
        return value < limit if is_low else value >= limit

    while at < len(readings) - 1:
        (start, one), (following, two) = readings[at], readings[at + 1]
        if not (reaches(one, low) and reaches(two, low) and following - start <= gap):
            at += 1
            continue
        end = at + 1
        stays = low if is_low else 0.9 * low
        while end + 1 < len(readings) and readings[end + 1][0] - readings[end][0] <= gap:
            if not reaches(readings[end + 1][1], stays):
                break
            end += 1
        values = [value for _, value in readings[at : end + 1]]
        is_high = not is_low and any(a >= high and b >= high for a, b in pairwise(values))
        level = "二级" if is_high else "一级"
        found.append((device, start, readings[end][0], level, len(values)))
        at = end + 1
    return found


def test_episodes_when_found_by_hand_equal_the_told_ones(world):
    told = world.episodes.select(
        "device_id", "started_at", "ended_at", "level", "count_readings"
    ).rows()
    assert sorted(_find_episodes(world)) == sorted(told)
    assert {level for *_, level, _ in told} == {"一级", "二级"}
    assert len(told) >= 15


def test_readings_are_as_many_as_stated_and_stop_where_devices_do(world):
    often = world.readings.filter(~pl.col("device_no").is_in(HOURLY))
    # 21 days: 6 devices every five minutes, 20 every ten; less than a twentieth is lost
    full = 21 * (len(FAST) * 288 + (COUNT_METERED - len(HOURLY) - len(FAST)) * 144)
    assert 0.93 * full <= often.height <= full
    silent = often.filter(pl.col("device_no") == 16)["true_at"].max()
    assert silent < datetime(2025, 10, 15, 17, 0)
    absent = often.filter(
        (pl.col("device_no") == 9)
        & pl.col("true_at").is_between(datetime(2025, 10, 20), datetime(2025, 10, 22, 23, 59))
    )
    assert absent.is_empty()


def test_faults_of_devices_are_all_there(world):
    faults = dict(world.readings.group_by("fault").len().iter_rows())
    assert faults["spike"] == 6 and faults["negative"] == 14
    assert faults["frozen"] >= 400  # three days of ten minutes, a few lost
    # four and two hours of ten minutes, one or two readings lost
    assert 20 <= faults["clock_1970"] <= 24 and 10 <= faults["clock_2000"] <= 12
    lost = world.readings.filter(pl.col("fault").str.starts_with("clock"))
    assert lost["observed_at"].dt.year().is_in([1970, 2000]).all()
    frozen = world.readings.filter(pl.col("fault") == "frozen")["value"]
    assert frozen.n_unique() == 1


def test_frozen_device_is_the_only_one_that_repeats_sixty_times(world):
    runs = (
        world.readings.sort("device_no", "true_at")
        .with_columns(pl.col("value").rle_id().over("device_no").alias("run"))
        .filter(pl.col("value").is_not_null() & (pl.col("value") != 0))
        .group_by("device_no", "run")
        .len()
        .filter(pl.col("len") >= 60)
    )
    assert runs["device_no"].to_list() == [8]


def test_files_send_every_reading_and_the_last_two_hours_again(world):
    files = plan_readings(world)
    rows = sum(len(export.pages[0].rows) for export in files)
    assert len(files) == 1 + 14 + 3
    # 14 files of a day each send two hours again: at most 14 × (6 × 24 + 20 × 12) readings
    assert 0 < rows - world.readings.height <= 14 * (6 * 24 + 20 * 12)


def test_register_of_a_day_knows_no_later_day(world):
    day = date(2024, 8, 31)
    register = cut_devices(world.devices, day)
    assert register.height < world.devices.height or (register["installed_on"] <= day).all()
    for column in ("installed_on", "calibrated_on", "removed_on"):
        assert (register[column].drop_nulls() <= day).all()
    assert (register["calibrated_until"].drop_nulls() < day).any()  # somebody forgot


def test_set_points_are_legal_but_for_three_combustible_devices(world):
    is_over = (pl.col("alarm_1") > 25) | (pl.col("alarm_2") > 50)
    too_high = world.devices.filter((pl.col("device_kind") == "可燃气体") & is_over)
    assert too_high.height == 3
    assert too_high["alarm_1"].unique().to_list() == [30]


def test_devices_stand_in_a_third_of_the_parks_and_in_some_firms(world):
    assert 15 <= world.devices["park_no"].drop_nulls().n_unique() <= 24
    assert world.devices["enterprise_no"].drop_nulls().n_unique() >= 10
    assert world.devices["removed_on"].drop_nulls().len() >= 5


def test_alarms_report_most_episodes_and_smoke_is_mostly_nothing(world):
    smoke = world.alarms.filter((pl.col("level") == "火警") & (pl.col("verified") != "未核实"))
    assert (smoke["verified"] == "误报").mean() > 0.6
    reported = world.alarms.join(
        world.episodes.rename({"started_at": "began"}), on="device_id"
    ).filter((pl.col("started_at") - pl.col("began")).dt.total_seconds().is_between(1, 10))
    share = reported.height / world.episodes.height
    assert 0.6 <= share < 1  # some were missed
    levels = world.alarms.filter(
        pl.col("level").is_in(["一级", "二级"]) & (pl.col("started_at") >= datetime(2025, 10, 11))
    )
    since = world.episodes.filter(pl.col("started_at") >= datetime(2025, 10, 11))["device_id"]
    unfounded = levels.filter(pl.col("verified") == "误报")
    assert unfounded.height == 4 and set(unfounded["device_id"]) <= set(since)  # and some invented
    assert world.alarms["device_no"].null_count() >= 8
    assert world.alarms.filter(pl.col("device_no").is_null())["park_id"].null_count() == 0


def test_alarm_when_exported_before_it_was_handled_then_is_unverified(world):
    files = {export.name: export.pages[0] for export in plan_sensors(world)}
    page = next(page for name, page in files.items() if "20240101-20240331" in name)
    handled, verdict = page.places["handled_at"], page.places["verified"]
    for row in page.rows:
        if not row.cells[handled] or row.cells[handled] in ("/", "—", "无"):
            assert row.cells[verdict] == "未核实"
