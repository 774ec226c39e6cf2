"""Devices, their days, readings, episodes and alarms for the explorer's test snapshot.

Belongs here: rows of the sensor tables. Does not belong here: other rows (snapshot_world.py),
writing the file (snapshot_fixture.py).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from snapshot_world import AS_OF, Rows

KINDS = ("可燃气体", "可燃气体", "有毒气体", "氧气", "烟感", "烟感")
GASES = {"可燃气体": ("甲烷", "%LEL"), "有毒气体": ("一氧化碳", "ppm"), "氧气": ("氧气", "%VOL")}


def source(number: int) -> dict[str, object]:
    return {"_file_id": "f07senso", "file_name": "实时数据_2026-10.csv", "_sheet": "",
            "_row_number": number}  # fmt: skip


def make_devices(enterprises: Rows) -> Rows:
    """Twelve devices of the first enterprises: number 0 set too high, 5 without a subject."""
    rows: Rows = []
    for n in range(12):
        kind, owner = KINDS[n % 6], enterprises[n]
        gas, unit = GASES.get(kind, (None, None))
        rows.append(
            {
                "device_id": f"dev{n:02d}",
                "device_code": f"KR-{n:04d}",
                "device_kind": kind,
                "gas": gas,
                "unit": unit,
                "alarm_1": (30.0 if n == 0 else 25.0) if kind == "可燃气体" else None,
                "alarm_2": 50.0 if kind == "可燃气体" else None,
                "interval_seconds": 3600 if gas else None,
                "enterprise_id": None if n == 5 else owner["enterprise_id"],
                "park_id": None if n == 5 else owner["park_id"],
                "town": None if n == 5 else owner["town"],
                "location": f"{n % 4 + 1}幢",
                "installed_on": AS_OF - timedelta(days=700),
                "is_set_point_too_high": n == 0 if kind == "可燃气体" else None,
                "is_provisional": False,
                "last_reading_on": AS_OF if gas else None,
                "known_from": AS_OF,
                "source_system": "default",
                **source(n + 2),
            }
        )
    return rows


def make_device_days(devices: Rows) -> Rows:
    """Ten days up to the data date; device 1 is silent for half of each."""
    return [
        {
            "device_id": device["device_id"],
            "day_on": AS_OF - timedelta(days=back),
            "count_readings": 24,
            "count_missing": 0,
            "count_flagged": 1,
            "count_spikes": 0,
            "online_minutes": 720.0 if device["device_id"] == "dev01" else 1440.0,
            "installed_minutes": 1440.0,
            "online_share": 0.5 if device["device_id"] == "dev01" else 1.0,
            "is_frozen": False,
            "max_value": 3.0,
            "clock_skew_seconds": 3.0,
        }
        for device in devices
        if device["gas"]
        for back in range(10)
    ]


def make_readings(devices: Rows) -> Rows:
    """Two days of hourly readings; device 0 has an episode at 9 and 10, one missing, a silence."""
    rows: Rows = []
    for device in (d for d in devices if d["gas"]):
        for hour in range(48):
            at = datetime(AS_OF.year, AS_OF.month, AS_OF.day) - timedelta(hours=24 - hour)
            if device["device_id"] == "dev00" and 38 <= hour < 43:
                continue
            is_high = device["device_id"] == "dev00" and hour in (33, 34)
            is_missing = device["device_id"] == "dev00" and hour == 30
            rows.append(
                {
                    "reading_id": f"r{device['device_id']}{hour:02d}",
                    "device_id": device["device_id"],
                    "metric": device["gas"],
                    "observed_at": at,
                    "observed_on": at.date(),
                    "value": None if is_missing else 35.0 if is_high else 2.0 + hour % 3,
                    "unit": device["unit"],
                    "value_given": None if is_missing else 35.0 if is_high else 2.0 + hour % 3,
                    "set_1": device["alarm_1"],
                    "set_2": device["alarm_2"],
                    "flag": "missing" if is_missing else None,
                    "source_system": "default",
                    **source(len(rows) + 2),
                }
            )
    return rows


def make_episodes(devices: Rows) -> Rows:
    """One episode of device 0 on the data date, and one of device 1 half a year ago."""
    return [
        {
            "episode_id": f"ep{n}",
            "device_id": devices[n]["device_id"],
            "metric": "甲烷",
            "side": "high",
            **{key: devices[n][key] for key in ("enterprise_id", "park_id", "town", "unit")},
            "started_at": started,
            "ended_at": started + timedelta(hours=1),
            "started_on": started.date(),
            "minutes": 60.0,
            "level": ("一级", "二级")[n],
            "peak": (35.0, 60.0)[n],
            "count_readings": 2,
            "is_reported": n == 0,
            **source(33 + n),
        }
        for n, started in enumerate(
            (datetime(2026, 10, 31, 9), datetime(2026, 4, 30, 9)),
        )
    ]


def make_alarms(devices: Rows) -> Rows:
    """Ten alarms of the last months: four false, two true, two tests, two not verified."""
    verdicts = ("误报", "误报", "真警", "测试", "未核实")
    return [
        {
            "alarm_id": f"al{n}",
            "alarm_code": f"BJ{n:04d}",
            "device_id": devices[n]["device_id"],
            **{key: devices[n][key] for key in ("enterprise_id", "park_id", "town", "unit")},
            "started_on": AS_OF - timedelta(days=n * 10 % 80),
            "started_clock": "09:00:00",
            "level": "火警" if devices[n]["device_kind"] == "烟感" else "一级",
            "verified": verdicts[n % 5],
            "minutes_to_acknowledge": float(n + 1),
            "episode_id": "ep0" if n == 0 else None,
            "reconciled": "matched" if n == 0 else "unchecked",
            "known_from": AS_OF,
            "source_system": "default",
            **source(n + 2),
        }
        for n in range(10)
    ]


def make_sensors(enterprises: Rows) -> dict[str, Rows]:
    """All sensor tables; empty without enterprises."""
    devices = make_devices(enterprises) if enterprises else []
    return {
        "dim_devices": devices,
        "fct_device_days": make_device_days(devices),
        "fct_readings": make_readings(devices),
        "fct_alarm_episodes": make_episodes(devices) if devices else [],
        "fct_alarms": make_alarms(devices) if devices else [],
    }
