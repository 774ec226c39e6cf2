"""Plausible cases and accidents for the explorer's test snapshot.

Belongs here: rows of the tables of penalties and accidents. Does not belong here: figures computed
from them (snapshot_reports.py), parks and visits (snapshot_world.py).
"""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

from snapshot_world import AS_OF, Rows, source

CAUSES = ("未进行安全培训", "特种作业人员无证上岗", "消防通道堵塞")


def make_cases(rng: random.Random, enterprises: Rows) -> tuple[Rows, Rows]:
    """Cases and their parties: every third with a person, every seventh undecided."""
    cases: Rows = []
    parties: Rows = []
    for n in range(40):
        unit = rng.choice(enterprises)
        filed = AS_OF - timedelta(days=rng.randrange(10, 700))
        decided = None if n % 7 == 0 else filed + timedelta(days=rng.randrange(5, 120))
        until = decided + timedelta(days=365) if decided else None
        fine = 1_000_000 * rng.randrange(1, 9) if decided else None
        place = source("cases", n + 3)
        common: dict[str, Any] = {
            "case_id": f"case{n:02d}", "filed_on": filed, "decided_on": decided,
            "publish_until": until, "known_from": AS_OF, "source_system": "default", **place,
        }  # fmt: skip
        of_unit = {
            **common, "case_party_id": f"party{n:02d}u", "party_kind": "单位",
            "party_name": unit["enterprise_name"] if not until or until >= AS_OF else None,
            "enterprise_id": unit["enterprise_id"], "park_id": unit["park_id"],
            "town": unit["town"], "fine_fen": fine,
        }  # fmt: skip
        of_person = {
            **of_unit, "case_party_id": f"party{n:02d}p", "party_kind": "个人",
            "party_name": "张*" if of_unit["party_name"] else None,
            "fine_fen": fine // 10 if fine else None,
        }  # fmt: skip
        mine = [of_unit, of_person] if n % 3 == 0 else [of_unit]
        parties += mine
        cases.append(
            {
                **common,
                "case_code": f"吴应急罚〔2026〕{n}号",
                "town": unit["town"],
                "cause": CAUSES[n % 3],
                "cause_kind": "事前" if n % 5 else "事故",
                "procedure": "普通",
                "disposition": "罚款",
                "origin": "日常检查",
                "count_unit_parties": 1,
                "count_person_parties": len(mine) - 1,
                "is_double_penalty": len(mine) > 1,
                "fine_fen": fine,
                "person_fine_fen": of_person["fine_fen"] if len(mine) > 1 else None,
                "total_fine_fen": sum(p["fine_fen"] for p in mine) if fine else None,
                "days_to_decision": (decided - filed).days if decided else None,
            }
        )
    return cases, parties


def make_accidents(rng: random.Random, enterprises: Rows) -> Rows:
    """Accidents of two years: some struck off, some with unknown deaths."""
    rows: Rows = []
    for n in range(25):
        unit = rng.choice(enterprises)
        deaths = rng.choice((0, 0, 1, 3, None))
        rows.append(
            {
                "accident_id": f"acc{n:02d}",
                "accident_code": f"S{n:03d}",
                "enterprise_id": unit["enterprise_id"],
                "park_id": unit["park_id"],
                "town": unit["town"],
                "occurred_on": AS_OF - timedelta(days=rng.randrange(700)),
                "place": "二号车间",
                "accident_type": rng.choice(("触电", "机械伤害")),
                "deaths": deaths,
                "serious_injuries": 1,
                "count_injured": 2,
                "direct_loss_fen": 12_345_600,
                "grade": "较大" if deaths == 3 else "一般",
                "is_counted": n % 6 > 0,
                "known_from": AS_OF,
                "source_system": "default",
                **source("accidents", n + 3),
            }
        )
    return rows


def sum_penalties(cases: Rows, accidents: Rows) -> dict[str, int]:
    """The figures of the overview, counted row by row."""
    year = [c for c in cases if c["decided_on"] and _in_year(c["decided_on"])]
    counted = [a for a in accidents if a["is_counted"] and _in_year(a["occurred_on"])]
    return {
        "count_cases_12m": len(year),
        "fines_12m_fen": sum(c["total_fine_fen"] for c in year),
        "count_accidents_12m": len(counted),
        "count_deaths_12m": sum(a["deaths"] or 0 for a in counted),
    }


def _in_year(day: Any) -> bool:
    return AS_OF.replace(year=AS_OF.year - 1) < day <= AS_OF
