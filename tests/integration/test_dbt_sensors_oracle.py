"""Sensor features, device days and episodes against plain Python, month end by month end.

The oracle reads versions, links and register words as known, and does all the rest itself: which
readings a month end knew, units, episodes, online time. Resolution is proved elsewhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from lake_rows import build_marts, write_lake
from lake_world import district_files
from sensor_oracle import above, find_episodes, frozen_seconds, median_gap, online_seconds

Row = dict[str, Any]
EPOCH = date(1970, 1, 1)
LIMITS = {"甲烷": (25.0, 50.0)}


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The marts of the whole made-up district."""
    return build_marts(write_lake(tmp_path_factory.mktemp("sensors"), district_files(7)))


def rows(warehouse: Path, sql: str) -> list[Row]:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        answer = connection.execute(sql)
        names = [column[0] for column in answer.description]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def month_ends(day: date) -> Iterator[date]:
    """The month end of ``day`` and those before it."""
    while True:
        first = day.replace(day=1)
        yield (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        day = first - timedelta(days=1)


def months_before(day: date, count: int) -> date:
    """The month end ``count`` months before a month end."""
    ends = month_ends(day)
    for _ in range(count):
        next(ends)
    return next(ends)


def second_of(day: date, clock: str) -> int:
    hours, minutes, seconds = (int(part) for part in clock.split(":"))
    return (day - EPOCH).days * 86_400 + hours * 3_600 + minutes * 60 + seconds


def is_known(row: Row, day: date) -> bool:
    return row["known_from"] is not None and row["known_from"] <= day < row["known_to"]


class Series:
    """Readings of one device as far as known: by metric, in the units of the device."""

    def __init__(self, words: Row) -> None:
        self.words = words
        self.metrics: dict[str, dict[int, tuple]] = defaultdict(dict)

    def add(self, reading: Row) -> None:
        metric = reading["metric"] or self.words["gas"] or "?"
        value = reading["value"]
        if value is not None and reading["unit"] == "ppm":
            value = round(value / 500, 6)  # methane: LEL 5 %VOL
        at = second_of(reading["observed_on"], reading["observed_clock"])
        rank = (reading["known_from"], reading["source_system"], reading["_key"])
        if at not in self.metrics[metric] or rank < self.metrics[metric][at][0]:
            self.metrics[metric][at] = (rank, value)

    def readings(self, metric: str) -> list[tuple[int, float | None]]:
        return [(at, value) for at, (_, value) in self.metrics[metric].items()]

    def seconds(self) -> list[int]:
        return [at for metric in self.metrics.values() for at in metric]

    def interval(self, seconds: Iterable[int]) -> float | None:
        return self.words["interval_seconds"] or median_gap(list(seconds))

    def episodes(self) -> list[tuple[str, Any]]:
        """Of the device's own metric; others have no set point, nor has a smoke detector."""
        found = []
        for metric in self.metrics:
            if metric != self.words["gas"] or self.words["unit"] != "%LEL":
                continue
            default = LIMITS[metric]
            first = self.words["alarm_1"] if self.words["alarm_1"] is not None else default[0]
            second = self.words["alarm_2"] if self.words["alarm_2"] is not None else default[1]
            interval = self.interval(self.metrics[metric])
            if interval is not None:
                told, _ = find_episodes(self.readings(metric), above(first, second), interval)
                found += [(metric, episode) for episode in told]
        return found


def gather(readings: Iterable[Row], words: dict[tuple[str, str], Row]) -> dict[str, Series]:
    series: dict[str, Series] = {}
    for reading in readings:
        device = words.get((reading["source_system"], reading["device_code"]))
        if device is not None:
            series.setdefault(device["device_id"], Series(device)).add(reading)
    return series


def test_sensor_features_when_asked_day_by_day_then_equal(warehouse: Path) -> None:
    readings = rows(
        warehouse,
        "select * from intermediate.int_readings__versions where disposition <> 'duplicate'",
    )
    devices = rows(warehouse, "select * from intermediate.int_devices__known")
    placed = rows(warehouse, "select * from intermediate.int_device_months")
    alarms = rows(warehouse, "select * from intermediate.int_alarms__known")
    told = {
        (r["unit"], r["replay"], r["subject_id"], r["month_index"]): r
        for r in rows(warehouse, "select * from intermediate.int_sensor_features")
    }
    months = rows(warehouse, "select * from intermediate.int_months")
    expected: dict[tuple, Row] = {}
    for month in months:
        day, replay = month["as_of_on"], month["replay"]
        known = [
            r
            for r in readings
            if r["observed_on"] <= day
            and (r["disposition"] == "accepted" if replay == "as_happened" else is_known(r, day))
        ]
        words = {
            (d["source_system"], d["device_code"]): d
            for d in devices
            if d["replay"] == replay and is_known(d, day)
        }
        here = [p for p in placed if (p["replay"], p["as_of_on"]) == (replay, day)]
        counted = _features(day, known, words, here)
        heard = [a for a in alarms if a["replay"] == replay and is_known(a, day)]
        for key, feature in _subjects(day, counted, here, heard).items():
            expected[(key[0], replay, key[1], month["month_index"])] = feature
    assert set(told) == set(expected)
    for key, feature in expected.items():
        assert {name: _rounded(told[key][name]) for name in feature} == {
            name: _rounded(value) for name, value in feature.items()
        }, key
    assert sum(f["gas_level1_episodes_3m"] or 0 for f in expected.values()) > 300
    assert sum(f["gas_level2_episodes_3m"] or 0 for f in expected.values()) > 50
    shares = {f["device_online_share_3m"] for f in expected.values()}
    assert len(shares) > 50 and None in shares


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 9)


def _features(
    day: date, known: list[Row], words: dict[tuple[str, str], Row], here: list[Row]
) -> dict[str, Row]:
    """What each device installed at ``day`` adds to its subject."""
    window, context = months_before(day, 3), months_before(day, 4)
    everything = gather(known, words)
    recent = gather((r for r in known if r["observed_on"] > context), words)
    first_second = ((window - EPOCH).days + 1) * 86_400
    days = [r["observed_on"] for r in known]
    features = {}
    for place in here:
        device, installed = place["device_id"], place["installed_on"]
        series = recent.get(device)
        episodes = series.episodes() if series else []
        counts = [e.is_level_2 for _, e in episodes if e.started >= first_second]
        watched = series is not None and any(
            at >= first_second and value is not None
            for at, value in series.readings(series.words["gas"])
        )
        feature: Row = {
            "watched": watched and place["gas_kind"] is not None, "online": 0.0, "connected": 0,
            "level1": counts.count(False), "level2": counts.count(True),
            "too_high": place["is_set_point_too_high"], "gas": place["gas_kind"],
        }  # fmt: skip
        firsts = [
            r["observed_on"]
            for r in known
            if words.get((r["source_system"], r["device_code"]), {}).get("device_id") == device
        ]
        is_new = installed is not None and bool(days) and installed >= min(days)
        if days and (device in everything or (place["gas_kind"] and is_new)):
            begins = installed if is_new else max(filter(None, (installed, min(firsts))))
            start = max(first_second, (begins - EPOCH).days * 86_400)
            end = ((max(days) - EPOCH).days + 1) * 86_400
            feature["connected"] = max(0, end - start)
            if series:
                seconds = series.seconds()
                feature["online"] = online_seconds(seconds, series.interval(seconds), start, end)
        features[device] = feature
    return features


def _subjects(
    day: date, counted: dict[str, Row], here: list[Row], heard: list[Row]
) -> dict[tuple[str, str], Row]:
    year = months_before(day, 12)
    subjects: dict[tuple[str, str], Row] = {}
    for unit in ("park", "enterprise"):
        owned = defaultdict(list)
        for place in here:
            if place[f"{unit}_id"]:
                owned[place[f"{unit}_id"]].append(counted[place["device_id"]])
        rung = defaultdict(int)
        for alarm in heard:
            if alarm[f"{unit}_id"] and year < alarm["event_on"] <= day:
                is_true = alarm["verified"] == "真警" and (
                    alarm["replay"] == "as_published"
                    or (alarm["handled_on"] is not None and alarm["handled_on"] <= day)
                )
                rung[alarm[f"{unit}_id"]] += is_true
        for subject in {*owned, *rung}:
            mine = owned[subject]
            watched = [f for f in mine if f["watched"]]
            connected = sum(f["connected"] for f in mine)
            judged = [f for f in mine if f["too_high"] is not None]
            gas = [f for f in mine if f["gas"]]
            subjects[unit, subject] = {
                "gas_level1_episodes_3m": sum(f["level1"] for f in gas) if watched else None,
                "gas_level2_episodes_3m": sum(f["level2"] for f in gas) if watched else None,
                "true_alarms_12m": rung[subject],
                "devices_set_too_high": sum(f["too_high"] for f in judged) if judged else None,
                "device_online_share_3m": (
                    sum(f["online"] for f in mine) / connected if connected else None
                ),
            }
    return subjects


def test_device_days_and_episodes_when_read_one_by_one_then_equal(warehouse: Path) -> None:
    readings = rows(
        warehouse,
        "select * from intermediate.int_readings__versions where disposition = 'accepted'",
    )
    words = {
        (d["source_system"], d["device_code"]): d
        for d in rows(
            warehouse, "select * from intermediate.int_devices__known where replay = 'current'"
        )
    }
    unregistered = {"gas": None, "unit": None, "interval_seconds": None}
    (lonely,) = rows(warehouse, "select device_id from marts.dim_devices where is_provisional")
    for reading in readings:
        place = reading["source_system"], reading["device_code"]
        words.setdefault(place, unregistered | lonely)
    series = gather(readings, words)
    episodes = {
        (device, metric, EPOCH + timedelta(days=e.started // 86_400), e.ended - e.started,
         "二级" if e.is_level_2 else "一级", len(e.values), max(e.values))
        for device, one in series.items()
        for metric, e in one.episodes()
    }  # fmt: skip
    told = rows(warehouse, "select * from marts.fct_alarm_episodes")
    assert len(told) > 100
    assert {
        (t["device_id"], t["metric"], t["started_on"], round(t["minutes"] * 60), t["level"],
         t["count_readings"], t["peak"])
        for t in told
    } == episodes  # fmt: skip
    last = max(r["observed_on"] for r in readings)
    for day in rows(warehouse, "select * from marts.fct_device_days"):
        start = (day["day_on"] - EPOCH).days * 86_400
        one = series.get(day["device_id"])
        seconds = one.seconds() if one else []
        expected = online_seconds(
            seconds, one.interval(seconds) if one else None, start, start + 86_400
        )
        assert day["online_minutes"] == pytest.approx(expected / 60), day
        assert day["day_on"] <= last
        frozen = {
            at
            for metric in (one.metrics if one else ())
            for at in frozen_seconds(one.readings(metric), 60)
        }
        assert day["is_frozen"] == any(start <= at < start + 86_400 for at in frozen)
    (total,) = rows(warehouse, "select sum(count_readings) as n from marts.fct_device_days")
    assert total["n"] == len(readings)
