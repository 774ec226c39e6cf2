"""Devices, readings and alarms of the made-up district: late, corrected, from two systems.

Belongs here: rows of the sensor exports. Does not belong here: their subjects (lake_world.py),
writing them (lake_rows.py), expectations (the tests).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from lake_rows import File, Row

FIRST_ON, COUNT_DAYS = date(2023, 9, 20), 200
#: Values around set points 20 and 25 (level 1), 50 (level 2) and their 90 %.
VALUES = (0.0, 3.0, 17.9, 18.0, 19.9, 20.0, 22.4, 22.5, 24.9, 25.0, 49.9, 50.0, 55.0)


def sensor_files(seed: int, parks: Sequence[Row], firms: Sequence[Row]) -> list[File]:
    """Two registers, monthly readings of two systems, alarms; some months arrive late."""
    random = Random(seed)
    devices = [_device(n, parks, firms) for n in range(8)]
    readings = [row for n in range(9) for row in _readings(random, n)]
    alarms = [_alarm(random, n, firms) for n in range(60)]
    files = [
        File(f"设备_{known}.csv", "devices", [_as_registered(d, known) for d in devices], known)
        for known in ("2023-10-31", "2024-01-31")
    ]
    files.append(
        File(
            "设备_平台.csv", "devices", [devices[3] | {"alarm_1": 55.0}], "2023-12-31", folder="iot"
        )
    )
    for year, month in [
        (2023, 9),
        (2023, 10),
        (2023, 11),
        (2023, 12),
        *((2024, m) for m in range(1, 7)),
    ]:
        first = date(year, month, 1)
        last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        # every second month's file is written in the month after
        known = str(last + timedelta(days=6 if month % 2 else 0))
        for folder in ("", "iot"):
            told = [
                _as_told(random, r) for r in readings if _is_told(random, r, first, last, folder)
            ]
            files.append(File(f"数据{folder}_{known}.csv", "readings", told, known, folder=folder))
        met = [_as_verified(a, known) for a in alarms if a["started_at"] <= str(last)]
        files.append(File(f"报警_{known}.csv", "alarms", met, known))
    return files


def _device(n: int, parks: Sequence[Row], firms: Sequence[Row]) -> dict[str, Any]:
    of_park = n % 4 == 2
    return {
        "device_id": f"D{n}",
        "device_kind": "可燃气体" if n != 6 else "烟感",
        "gas": "甲烷",
        "unit": "%LEL" if n != 6 else None,
        "alarm_1": (20.0, 25.0, None, 30.0)[n % 4],
        "alarm_2": (50.0, 50.0, None, 60.0)[n % 4],
        "interval_seconds": None if n % 3 == 2 else 21_600,
        "enterprise_name": None if of_park else firms[n]["enterprise_name"],
        "park_id": parks[n]["park_id"] if of_park else None,
        "park_name": parks[n]["park_name"] if of_park else None,
        "town": (parks if of_park else firms)[n]["town"],
        "installed_on": ("2022-05-01", "2023-11-10", None)[n % 3],
        "removed_on": "2024-02-20" if n == 5 else None,
    }


def _as_registered(device: Row, known: str) -> Row:
    # the second list corrects a set point and moves a device to another firm's name
    if known < "2024" or device["device_id"] not in ("D0", "D1"):
        return device
    return {**device, "alarm_1": 25.0 if device["device_id"] == "D0" else 20.0}


def _readings(random: Random, n: int) -> list[Row]:
    at, rows = datetime(FIRST_ON.year, FIRST_ON.month, FIRST_ON.day, 1), []
    end = at + timedelta(days=COUNT_DAYS)
    value = 0.0
    while at < end:
        if random.random() < 0.5:
            value = random.choice(VALUES)
        in_ppm = n == 4 and at.day % 2 == 0
        rows.append(
            {
                "device_id": f"D{n}",
                "observed_at": str(at.date()),
                "observed_at_clock": f"{at:%H:%M:%S}",
                "metric": "温度" if n == 1 and at.hour < 6 else None,
                "value": None if random.random() < 0.03 else value * (500 if in_ppm else 1),
                "unit": "ppm" if in_ppm else None,
            }
        )
        # now and then nothing for longer than three intervals
        at += timedelta(seconds=random.choice((21_600,) * 12 + (64_800, 64_801, 200_000)))
    return rows


def _is_told(random: Random, row: Row, first: date, last: date, folder: str) -> bool:
    day, number = row["observed_at"], int(row["device_id"][1:])
    # odd devices are the second system's; both tell of D3
    if (number % 2 == 1) != (folder == "iot") and number != 3:
        return False
    if str(first) <= day <= str(last):
        return random.random() < 0.93
    return str(first - timedelta(days=20)) <= day < str(first) and random.random() < 0.3


def _as_told(random: Random, row: Row) -> Row:
    if row["value"] is not None and random.random() < 0.02:
        return {**row, "value": row["value"] + 3.0}
    return row


def _alarm(random: Random, n: int, firms: Sequence[Row]) -> dict[str, Any]:
    started = FIRST_ON + timedelta(days=random.randrange(COUNT_DAYS))
    named = n % 5 == 0
    return {
        "alarm_id": f"A{n}",
        "device_id": None if named else f"D{n % 9}",
        "enterprise_name": firms[n % 20]["enterprise_name"] if named else None,
        "town": firms[n % 20]["town"] if named else None,
        "started_at": str(started),
        "started_at_clock": "07:00:00",
        "level": random.choice(("一级", "二级", "故障")),
        "verified": random.choice(("真警", "真警", "误报")),
        "handled_at": str(started + timedelta(days=random.randrange(40))) if n % 4 else None,
    }


def _as_verified(alarm: Row, known: str) -> Row:
    is_open = alarm["handled_at"] is None or alarm["handled_at"] > known
    if not is_open or (alarm["handled_at"] is None and known > "2024-03"):
        return alarm
    return {**alarm, "verified": "未核实", "handled_at": None}
