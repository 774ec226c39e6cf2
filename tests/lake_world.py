"""A small made-up district as lake files: messy on purpose, the same for every run.

Belongs here: rows that overlap, correct each other, move subjects together and apart over two
years. Does not belong here: writing them (lake_rows.py), expectations (the tests).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from lake_rows import File, Row
from lake_sensors import sensor_files

FIRST_MONTH = 2023 * 12 + 1
COUNT_MONTHS = 20
TOWNS = ("甲镇", "乙镇", "丙街道")
LEVELS = (None, "一般", "一般", "较大", "重大")


def month_end(index: int) -> date:
    """Last day of a month counted from year 0."""
    year, month = divmod(index, 12)
    return date(year, month + 1, 1) - timedelta(days=1)


def district_files(seed: int) -> list[File]:
    """All exports of a district about parks and enterprises, 170 files."""
    random = Random(seed)
    parks = [_park(random, n) for n in range(9)]
    firms = [_firm(random, n) for n in range(28)]
    leases = [_lease(random, n, parks, firms) for n in range(30)]
    visits = [_visit(random, n, parks, firms) for n in range(260)]
    hazards = [_hazard(random, n, visits) for n in range(330)]
    files = list(_registers(random, parks, firms))
    files += _lease_lists(random, leases)
    files += _event_files(random, "inspections", visits, "inspected_on")
    files += _event_files(random, "hazards", hazards, "found_on")
    others = Random(seed + 1)
    cases = [row for n in range(70) for row in _case(others, n, firms)]
    accidents = [_accident(others, n, parks, firms) for n in range(60)]
    files += _event_files(others, "cases", cases, "filed_on")
    files += _event_files(others, "accidents", accidents, "occurred_at")
    files += sensor_files(seed + 2, parks, firms)
    units = [{"unit_name": town, "kind": "镇" if town != TOWNS[2] else "街道"} for town in TOWNS]
    return [*files, File("网格清单.csv", "units", units, known_on="2023-05-31")]


def _day(random: Random) -> date:
    return month_end(FIRST_MONTH) + timedelta(days=random.randrange(30 * (COUNT_MONTHS - 1)))


def _park(random: Random, n: int) -> dict[str, Any]:
    return {
        "park_id": None if n % 4 == 3 else f"P{n}",
        # two parks of one name, in one town and in two
        "park_name": f"园{n - 1 if n in (2, 6) else n}",
        "town": TOWNS[0] if n in (1, 2) else TOWNS[n % 3],
        "park_kind": random.choice(["租赁园区", "厂中厂"]),
        "floor_area": float(random.randrange(1, 90)),
        "has_sandwich_panel": random.choice([True, False, None]),
        "listed_on": str(_day(random)) if n % 2 else None,
        "delisted_on": "2024-03-15" if n == 5 else None,
    }


def _firm(random: Random, n: int) -> dict[str, Any]:
    return {
        # one name in two towns, and two names with one code
        "enterprise_name": f"企业{n - 1 if n in (4, 9, 14) else n}厂",
        "town": TOWNS[n % 3],
        "uscc": f"CODE{n - 1 if n in (7, 12) else n}" if n % 5 else None,
        "employee_count": random.randrange(1, 80) if n % 6 else None,
        "uses_hazchem": random.choice([True, False, None]),
        "is_registered_from": FIRST_MONTH + random.randrange(COUNT_MONTHS) - 6,
        "closed_on": "2024-02-10" if n == 8 else None,
    }


def _lease(random: Random, n: int, parks: list[Row], firms: list[Row]) -> dict[str, Any]:
    park, firm, start = random.choice(parks), random.choice(firms), _day(random)
    return {
        "lease_id": f"L{n}" if n % 3 else None,
        "park_id": park["park_id"] if n % 2 else None,
        "park_name": park["park_name"],
        "town": firm["town"] if n % 4 else None,
        "tenant_name": firm["enterprise_name"],
        "tenant_uscc": firm["uscc"] if n % 2 else None,
        "building": str(n % 3),
        "start_on": str(start) if n % 7 else None,
        "end_on": str(start + timedelta(days=200)) if n % 5 == 0 else None,
        "agreement_signed": random.choice([True, False, None]),
        "employee_count": random.choice([None, 5, 9]),
        "uses_hazchem": random.choice([True, False, None]),
        "until": FIRST_MONTH + random.randrange(4, 2 * COUNT_MONTHS),
    }


def _visit(random: Random, n: int, parks: list[Row], firms: list[Row]) -> dict[str, Any]:
    park, firm = random.choice(parks), random.choice(firms)
    of_park = n % 5 == 0
    return {
        "inspection_id": f"J{n}" if n % 3 else None,
        "enterprise_name": None if of_park else firm["enterprise_name"],
        "uscc": firm["uscc"] if not of_park and n % 4 == 1 else None,
        "park_id": park["park_id"] if of_park else None,
        "park_name": park["park_name"] if of_park else None,
        "town": None if n % 7 == 0 else (park if of_park else firm)["town"],
        "inspected_on": str(_day(random)),
        "kind": random.choice(["执法检查", "网格巡查"]),
        "score": float(random.randrange(40, 100)) if n % 2 else None,
    }


def _hazard(random: Random, n: int, visits: list[Row]) -> dict[str, Any]:
    visit = random.choice(visits)
    found = date.fromisoformat(visit["inspected_on"])
    due = found + timedelta(days=random.randrange(5, 40))
    done = found + timedelta(days=random.randrange(0, 90))
    kept = ("enterprise_name", "uscc", "park_id", "park_name", "town")
    return {c: visit[c] for c in kept} | {
        "hazard_id": f"H{n}" if n % 3 else None,
        "inspection_id": visit["inspection_id"] if n % 4 else None,
        "found_on": str(found),
        "description": f"隐患{n}",
        "level": random.choice(LEVELS),
        "deadline": str(due) if n % 6 else None,
        "rectified_on": str(done) if n % 3 else None,
        "is_simple": n % 11 == 0,
        "status": random.choice(["待整改", "已整改", "已闭环", None]),
    }


def _case(random: Random, n: int, firms: list[Row]) -> Iterator[dict[str, Any]]:
    """Rows of a case: its unit, its person in the same row, in a row of his own, or in both."""
    firm, filed = random.choice(firms), _day(random)
    decided = filed + timedelta(days=random.randrange(5, 150)) if n % 4 else None
    who = {"person_name": "张*", "person_name_hash": f"hash{n % 6}", "person_fine": 100 * n}
    unit = {
        "case_no": f"C{n}",
        "party_name": firm["enterprise_name"] if n % 9 else f"外来{n}公司",
        "party_name_norm": firm["enterprise_name"] if n % 9 else f"外来{n}公司",
        "party_kind": "单位" if n % 5 else None,
        "uscc": firm["uscc"] if n % 2 else None,
        "party_enterprise": None,
        "town": firm["town"] if n % 3 else None,
        "person_name": None, "person_name_hash": None, "person_fine": None,
        "fine": 1000 * n if n % 7 else None,
        "filed_on": str(filed) if n % 8 else str(decided or filed),
        "decided_on": str(decided) if decided else None,
        "publish_until": str(decided + timedelta(days=90)) if decided and n % 2 else None,
        "is_double_penalty": random.choice([True, False, None]),
    }  # fmt: skip
    yield unit | (who if n % 3 == 0 else {})
    if n % 3 == 1 or n % 6 == 0:
        yield unit | {
            "party_name": "张*",
            "party_name_norm": f"person:hash{n % 6}",
            "party_kind": "个人",
            "uscc": None,
            "party_enterprise": firm["enterprise_name"] if n % 2 else None,
            "fine": 100 * n + 1,
        }


def _accident(random: Random, n: int, parks: list[Row], firms: list[Row]) -> dict[str, Any]:
    park, firm = random.choice(parks), random.choice(firms)
    of_park = n % 6 == 0
    return {
        "accident_no": f"S{n}" if n % 4 else None,
        "occurred_at": str(_day(random)),
        "enterprise_name": None if of_park else firm["enterprise_name"],
        "park_id": park["park_id"] if of_park else None,
        "park_name": park["park_name"] if of_park else None,
        "town": firm["town"] if n % 5 else None,
        "place": f"{n}号路",
        "deaths": random.choice([None, 0, 1, 3]),
        "serious_injuries": random.choice([None, 0, 2, 10]),
        "is_counted": False if n % 10 == 3 else None,
        "grade": random.choice(["一般", "较大", None]),
    }


def _registers(
    random: Random, parks: list[dict[str, Any]], firms: list[dict[str, Any]]
) -> Iterator[File]:
    for month in range(FIRST_MONTH, FIRST_MONTH + COUNT_MONTHS, 5):
        known = str(month_end(month))
        rows = [
            p | {"floor_area": p["floor_area"] + (month % 2)}
            for p in parks
            if random.random() < 0.9
        ]
        yield File(f"园区底册_{known}.csv", "parks", rows, known_on=known)
        listed = [
            {c: v for c, v in f.items() if c != "is_registered_from"}
            | {"employee_count": (f["employee_count"] or 0) + month % 7}
            for f in firms
            if f["is_registered_from"] <= month
        ]
        yield File(f"企业名录_{known}.csv", "enterprises", listed, known_on=known)


def _lease_lists(random: Random, leases: list[Row]) -> list[File]:
    files = []
    for month in range(FIRST_MONTH + 1, FIRST_MONTH + COUNT_MONTHS, 3):
        known = str(month_end(month))
        rows = [
            {c: v for c, v in lease.items() if c != "until"}
            for lease in leases
            if lease["until"] >= month and random.random() < 0.93
            and (lease["start_on"] or "2000") <= known
        ]  # fmt: skip
        files.append(
            File(
                f"承租_{known}.csv",
                "leases",
                rows,
                known_on=known,
                is_full_list=True,
                filer="局" if month % 2 else None,
                rejected=(99,) if month == FIRST_MONTH + 7 else (),
            )
        )
    return files


def _event_files(random: Random, export: str, rows: list[Row], day: str) -> list[File]:
    files = []
    for month in range(FIRST_MONTH, FIRST_MONTH + COUNT_MONTHS):
        known = str(month_end(month))
        since = str(month_end(month - 4))
        # three months are exported again and again; some rows come late, some are corrected
        met = [
            _as_told(random, row, known)
            for row in rows
            if since < row[day] <= known and random.random() < 0.7
        ]
        columns = [c for c in (rows[0] if rows else {}) if c != "score" or month % 4]
        files.append(
            File(f"{export}_{known}.csv", export, met, known_on=known, columns=columns)
        )  # fmt: skip
    return files


def _as_told(random: Random, row: Row, known: str) -> Row:
    told = dict(row)
    if (told.get("rectified_on") or "") > known:
        told |= {"rectified_on": None, "status": "待整改"}
    if (told.get("decided_on") or "") > known:
        told |= {"decided_on": None, "fine": None, "person_fine": None, "publish_until": None}
    if "deaths" in told and random.random() < 0.2:
        told["deaths"] = random.randrange(4)
    if "is_counted" in told and random.random() < 0.1:
        told["is_counted"] = False
    if "person_name" in told and random.random() < 0.1:
        told |= {"person_name": None, "person_name_hash": None}
    if random.random() < 0.1 and told.get("score") is not None:
        told["score"] = float(random.randrange(40, 100))
    if random.random() < 0.05 and "level" in told:
        told["level"] = random.choice(LEVELS)
    return told
