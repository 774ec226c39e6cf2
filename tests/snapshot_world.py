"""Plausible parks, enterprises, leases, visits and hazards for the explorer's test snapshot.

Belongs here: rows of the core and safety tables. Does not belong here: figures computed from
them (snapshot_reports.py), writing the file (snapshot_fixture.py).
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

Rows = list[dict[str, Any]]
AS_OF = date(2026, 10, 31)
RUN_ID = "park-20261031-1a2b3c4d"
TOWNS = ("盛泽镇", "平望镇", "黎里镇", "震泽镇", "桃源镇")
KINDS = ("租赁园区", "厂中厂", "工业集中区")
STEMS = "甲乙丙丁戊己庚辛壬癸"
VISIT_KINDS = ("执法检查", "网格巡查", "专家检查")
LEVELS = ("一般", "一般", "一般", "一般", "较大", "较大", "重大", None)
FILES = {
    "parks": ("f01parks", "园区底册_2026-10.xlsx", "Sheet1"),
    "enterprises": ("f02enter", "企业名录_2026-10.csv", ""),
    "leases": ("f03lease", "承租企业清单_2026-09.xlsx", "清单"),
    "inspections": ("f04inspe", "检查记录_2026-10.csv.gz", ""),
    "hazards": ("f05hazar", "隐患台账_2026-10.csv", ""),
    "cases": ("f07cases", "行政处罚台账_2026-10.csv", ""),
    "accidents": ("f08accid", "事故统计表_2026-10.xlsx", "Sheet1"),
    "units": ("f06units", "组织机构与网格.xls", "Sheet1"),
}


def source(export: str, row: int) -> dict[str, Any]:
    file_id, file_name, sheet = FILES[export]
    return {"_file_id": file_id, "file_name": file_name, "_sheet": sheet, "_row_number": row}


def make_parks(rng: random.Random) -> Rows:
    names = [
        "恒力",
        "永鼎",
        "中鲈",
        "鹰翔",
        "新民",
        "桐昌",
        "三发",
        "东纺",
        "双阳",
        "华佳",
        "万隆",
        "金茂",
        "盛虹",
        "震纶",
        "德尔",
        "通鼎",
        "亨通",
        "康力",
        "佳力",
        "顺泰",
    ]
    return [
        {
            "park_id": f"park{n:02d}",
            "park_code": f"P{n:04d}",
            "park_name": f"{name}产业园",
            "park_kind": KINDS[n % 3],
            "town": TOWNS[n % 5],
            "lessor_name": f"苏州{name}资产管理有限公司",
            "lessor_kind": "单位",
            "address": f"{TOWNS[n % 5]}工业路{n + 1}号",
            "floor_area_m2": float(rng.randrange(3000, 60000)),
            "building_count": rng.randrange(1, 12),
            "count_tenants": 5,
            "fire_class": rng.choice(("丙", "丁", "戊")),
            "has_sandwich_panel": rng.random() < 0.3,
            "is_three_in_one": rng.random() < 0.1,
            "has_hazchem_store": None,
            "listed_on": date(2022, 1 + n % 12, 1),
            "park_status": "在用",
            "is_provisional": n == 19,
            "known_from": date(2026, 10, 31),
            **source("parks", n + 4),
        }
        for n, name in enumerate(names)
    ]


def make_enterprises(rng: random.Random) -> Rows:
    trades = ("纺织", "五金", "塑料制品", "家具制造", "印染", "机械加工")
    return [
        {
            "enterprise_id": f"ent{n:03d}",
            "enterprise_code": f"E{n:05d}",
            "uscc": None,
            "enterprise_name": f"苏州{STEMS[n // 10]}{n:02d}{trades[n % 6]}有限公司",
            "town": TOWNS[(n % 20) % 5],
            "subject_kind": "企业",
            "industry_name": trades[n % 6],
            "scale": rng.choice(("规上", "规下", "小微")),
            "employee_count": rng.randrange(3, 200),
            "production_status": "生产",
            "park_id": f"park{n % 20:02d}",
            "has_dust": rng.random() < 0.1,
            "is_provisional": n > 95,
            "known_from": date(2026, 10, 31),
            **source("enterprises", n + 2),
        }
        for n in range(100)
    ]


def make_leases(rng: random.Random, parks: Rows, enterprises: Rows) -> Rows:
    rows: Rows = []
    for n, enterprise in enumerate(enterprises * 2):
        start = date(2022, 1, 1) + timedelta(days=rng.randrange(0, 1700))
        gone = n >= 100
        left = start + timedelta(days=rng.randrange(90, 800)) if gone else None
        if left and left > AS_OF:
            continue
        rows.append(
            {
                "lease_id": f"lease{n:03d}",
                "park_id": enterprise["park_id"]
                if not gone
                else parks[rng.randrange(20)]["park_id"],
                "enterprise_id": enterprise["enterprise_id"],
                "tenant_name": enterprise["enterprise_name"],
                "building": f"{rng.randrange(1, 6)}幢",
                "floor": f"{rng.randrange(1, 4)}层",
                "leased_area_m2": float(rng.randrange(100, 3000)),
                "start_on": start,
                "end_on": start + timedelta(days=1095),
                "moved_out_on": left if n % 2 else None,
                "left_on": None if n % 2 else left,
                "is_current": not gone,
                "agreement_signed": rng.choice((True, True, False, None)),
                "activity": enterprise["industry_name"],
                "known_from": date(2026, 9, 30),
                **source("leases", n + 5),
            }
        )
    return rows


def make_visits(rng: random.Random, parks: Rows, enterprises: Rows, *, scored: bool) -> Rows:
    rows: Rows = []
    for n in range(400):
        enterprise = None if scored else rng.choice(enterprises)
        park_id = enterprise["park_id"] if enterprise else f"park{rng.randrange(18):02d}"
        park = next(p for p in parks if p["park_id"] == park_id)
        score = round(rng.triangular(30, 100, 85), 1) if scored else None
        found = 0 if scored else rng.choice((0, 0, 1, 1, 2, 4))
        rows.append(
            {
                "inspection_id": f"visit{n:03d}",
                "inspection_code": f"JC2026{n:04d}",
                "enterprise_id": enterprise and enterprise["enterprise_id"],
                "park_id": park_id,
                "town": park["town"],
                "inspected_on": AS_OF - timedelta(days=rng.randrange(0, 900)),
                "inspected_clock": "09:30:00",
                "kind": "执法检查" if scored else rng.choice(VISIT_KINDS),
                "inspecting_unit": f"{park['town']}安监办",
                "count_inspectors": 2,
                "hazard_count_claimed": None if scored else found,
                "count_hazards": found,
                "result": "发现问题" if found or (score or 100) < 60 else "未发现问题",
                "score": score,
                "is_bad": score < 60 if score is not None else False,
                "known_from": date(2026, 10, 31),
                "source_system": "default",
                **source("inspections", n + 2),
            }
        )
    return rows


def make_hazards(rng: random.Random, visits: Rows) -> Rows:
    texts = ("安全出口堵塞", "配电箱未关闭", "=灭火器过期", "有限空间无警示标识", "粉尘未及时清扫")
    rows: Rows = []
    for visit in visits:
        for _ in range(visit["count_hazards"]):
            found, n = visit["inspected_on"], len(rows)
            level = rng.choice(LEVELS)
            deadline = found + timedelta(days=15)
            rectified = found + timedelta(days=rng.randrange(1, 40))
            is_open = rng.random() < 0.1 or rectified > AS_OF
            is_overdue = is_open and deadline < AS_OF
            visit["is_bad"] = visit["is_bad"] or level in ("较大", "重大")
            rows.append(
                {
                    **{k: visit[k] for k in ("inspection_id", "enterprise_id", "park_id", "town")},
                    "hazard_id": f"haz{n:04d}",
                    "hazard_code": f"YH{n:05d}",
                    "found_on": found,
                    "description": texts[n % 5],
                    "category": ("消防", "用电", "消防", "有限空间", "粉尘")[n % 5],
                    "level": level,
                    "location": f"{n % 4 + 1}幢车间",
                    "found_by": visit["kind"],
                    "deadline_on": deadline,
                    "rectified_on": None if is_open else rectified,
                    "closed_on": None if is_open else rectified,
                    "is_rectified": not is_open,
                    "is_closed": not is_open,
                    "is_overdue": is_overdue,
                    "was_on_time": None if is_open else rectified <= deadline,
                    "days_overdue": (AS_OF - deadline).days if is_overdue else None,
                    "status_claimed": "待整改" if is_open else "已闭环",
                    "known_from": date(2026, 10, 31),
                    "source_system": "default",
                    **source("hazards", n + 2),
                }
            )
    return rows
