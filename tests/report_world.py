"""A small published snapshot whose report can be worked out by hand.

Belongs here: a few rows on the edges of the year 2025, in two towns. Does not belong here:
expected numbers (the tests have them), anything read by the product itself.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from snapshot_fixture import TABLES, write_snapshot
from snapshot_world import AS_OF, RUN_ID, Rows, source

EAST, WEST = "东镇", "西镇"
#: Names that are markup to Typst, Jinja, Markdown or a spreadsheet.
NASTY = ('#eval("1")', "*粗* _斜_ $x$", "{{ 7 * 7 }}{% raw %}")


def build_report_snapshot(
    workspace: Path, drop: tuple[str, ...] = (), parks: int = 4, **changed: Rows
) -> Path:
    """Publish the world; ``drop`` leaves tables out, ``changed`` replaces the rows of one."""
    rows = {**make_rows(parks), **changed}
    return write_snapshot(workspace, rows, [name for name in TABLES if name not in drop])


def make_rows(parks: int) -> dict[str, Rows]:
    return {
        "dim_parks": make_parks(parks),
        "dim_enterprises": make_enterprises(),
        "fct_leases": make_leases(),
        "fct_inspections": make_inspections(),
        "fct_hazards": make_hazards(),
        "fct_cases": make_cases(),
        "fct_case_parties": make_parties(),
        "fct_accidents": make_accidents(),
        "dim_devices": make_devices(),
        "fct_device_days": make_device_days(),
        "fct_alarms": make_alarms(),
        "fct_alarm_episodes": make_episodes(),
        **make_ranking(parks),
        **make_quality(),
    }


def named(columns: str, *rows: tuple[Any, ...]) -> Rows:
    names = columns.split()
    return [dict(zip(names, row, strict=True)) for row in rows]


def make_parks(count: int) -> Rows:
    names = ["甲园", *NASTY]
    names += [f"第{n}园" for n in range(4, count)]
    return [
        {
            "park_id": f"p{n:03d}", "park_name": name, "town": EAST if n < 3 else WEST,
            "park_kind": "租赁园区", "floor_area_m2": 1000.0 * (n + 1), "is_provisional": False,
            "listed_on": date(2025, 3, 1) if n == 1 else date(2020, 1, 1), "count_tenants": n,
            "delisted_on": None, "park_status": "在用", **source("parks", n),
        }
        for n, name in enumerate(names[:count])
    ]  # fmt: skip


def make_enterprises() -> Rows:
    rows = named(
        "enterprise_id town industry_name scale registered_on closed_on production_status "
        "has_dust is_provisional",
        ("e1", EAST, "纺织", "规上", date(2010, 1, 1), None, "生产", True, False),
        ("e2", EAST, "纺织", "小微", date(2025, 1, 1), None, "生产", None, False),
        ("e3", EAST, "五金", "小微", None, None, "生产", False, False),
        ("e4", WEST, "五金", None, date(2015, 1, 1), date(2025, 12, 31), "关闭", None, False),
        ("e5", WEST, "纺织", "小微", date(2015, 1, 1), date(2026, 1, 1), "关闭", None, False),
        ("e6", WEST, "纺织", "小微", date(2015, 1, 1), None, "关闭", None, False),
        ("e7", WEST, None, None, date(2015, 1, 1), None, None, None, True),
    )
    return [{**r, "enterprise_name": f"{r['enterprise_id']}公司"} for r in rows]


def make_leases() -> Rows:
    return named(
        "lease_id park_id enterprise_id start_on moved_out_on is_current known_from",
        ("l1", "p000", "e1", date(2020, 1, 1), None, True, date(2020, 1, 1)),
        ("l2", "p000", "e2", date(2025, 5, 1), None, True, date(2025, 5, 1)),
        ("l3", "p003", "e4", date(2021, 1, 1), date(2025, 6, 30), False, date(2021, 1, 1)),
    )


def make_inspections() -> Rows:
    """执法检查 3 in 2025 and 4 in 2024, 网格巡查 2 and 0, and one the day after the year."""
    rows = named(
        "enterprise_id town inspected_on kind result count_hazards",
        ("e1", EAST, date(2024, 1, 5), "执法检查", "发现问题", 1),
        ("e1", EAST, date(2024, 2, 5), "执法检查", "未发现问题", 0),
        ("e2", EAST, date(2024, 3, 5), "执法检查", "未发现问题", 0),
        ("e4", WEST, date(2024, 12, 31), "执法检查", "发现问题", 2),
        ("e1", EAST, date(2025, 1, 1), "执法检查", "发现问题", 2),
        ("e1", EAST, date(2025, 6, 1), "执法检查", "未发现问题", 0),
        ("e4", WEST, date(2025, 12, 31), "执法检查", None, 1),
        ("e2", EAST, date(2025, 2, 1), "网格巡查", "未发现问题", 0),
        ("e3", EAST, date(2025, 3, 1), "网格巡查", "发现问题", 3),
        ("e1", EAST, date(2026, 1, 1), "执法检查", "发现问题", 1),
    )
    return [
        {**row, "inspection_id": f"i{n}", "is_bad": False, **source("inspections", n)}
        for n, row in enumerate(rows)
    ]


def make_hazards() -> Rows:
    """One in 2024, six in 2025 on the edges, one the day after."""
    rows = named(
        "town found_on level category found_by deadline_on rectified_on closed_on is_simple",
        # before: still open at the end of 2025, overdue 355 days
        (EAST, date(2024, 12, 1), "一般", "用电", "执法检查", date(2025, 1, 10), None, None, False),
        # rectified in time on the first day, closed
        (EAST, date(2025, 1, 1), "重大", "消防", "执法检查", date(2025, 1, 31), date(2025, 1, 1),
         date(2025, 1, 5), True),
        # rectified in time after 4 days, not closed by the end
        (EAST, date(2025, 3, 1), "较大", "消防", "网格巡查", date(2025, 3, 31), date(2025, 3, 5),
         date(2026, 1, 1), False),
        # rectified late after 30 days, closed on the last day
        (EAST, date(2025, 3, 1), "一般", "消防", "网格巡查", date(2025, 3, 20), date(2025, 3, 31),
         date(2025, 12, 31), False),
        # open on the last day, deadline that very day: due, not overdue
        (WEST, date(2025, 12, 1), "一般", "用电", "网格巡查", date(2025, 12, 31), date(2026, 1, 2),
         None, False),
        # open, deadline the day before: overdue one day
        (WEST, date(2025, 12, 1), None, "用电", None, date(2025, 12, 30), None, None, None),
        # found on the last day, deadline next year
        (WEST, date(2025, 12, 31), "一般", "用电", "执法检查", date(2026, 1, 15), date(2026, 1, 1),
         None, False),
        # the day after the year
        (EAST, date(2026, 1, 1), "重大", "消防", "执法检查", date(2026, 1, 31), None, None, False),
    )  # fmt: skip
    return [
        {
            **row, "hazard_id": f"h{n}", "description": "隐患",
            "is_rectified": bool(row["rectified_on"]), "is_closed": bool(row["closed_on"]),
            "is_overdue": not row["rectified_on"], **source("hazards", n),
        }
        for n, row in enumerate(rows)
    ]  # fmt: skip


def make_cases() -> Rows:
    return named(
        "case_id town cause cause_kind filed_on decided_on is_double_penalty fine_fen "
        "person_fine_fen total_fine_fen confiscated_fen exempted_fen is_offsite had_hearing",
        ("c0", EAST, "甲", "事前", date(2024, 5, 1), date(2024, 6, 1), False, 1_000_000, 0,
         1_000_000, 0, 0, False, False),
        ("c1", EAST, "未按规定培训", "事前", date(2024, 12, 1), date(2025, 1, 1), True, 2_000_000,
         500_000, 2_500_000, 0, 0, False, True),
        ("c2", EAST, "未按规定培训", "事前", date(2025, 3, 1), date(2025, 4, 1), False, 1_500_000,
         0, 1_500_000, 12_345, 0, True, False),
        ("c3", WEST, "事故责任", "事故", date(2025, 11, 1), date(2025, 12, 31), False, 30_000_000,
         0, 30_000_000, 0, 100, None, None),
        ("c4", WEST, "甲", "事前", date(2025, 12, 1), date(2026, 1, 1), False, 9, 0, 9, 0, 0, False,
         False),
    )  # fmt: skip


def make_parties() -> Rows:
    rows = named(
        "case_party_id case_id party_kind party_name town fine_fen decided_on publish_until",
        (
            "q1",
            "c1",
            "单位",
            "公示中有限公司",
            EAST,
            2_000_000,
            date(2025, 1, 1),
            date(2027, 6, 30),
        ),
        ("q2", "c1", "个人", "张*", EAST, 500_000, date(2025, 1, 1), date(2027, 6, 30)),
        (
            "q3",
            "c2",
            "单位",
            "已期满有限公司",
            EAST,
            1_500_000,
            date(2025, 4, 1),
            date(2026, 10, 31),
        ),
        ("q4", "c3", "单位", "期限不详有限公司", WEST, 30_000_000, date(2025, 12, 31), None),
    )
    return [{**row, "_file_id": "f9", "_sheet": "", "_row_number": n} for n, row in enumerate(rows)]


def make_accidents() -> Rows:
    """Two counted in 2025, none in 2024, one in 2023, one struck off."""
    return named(
        "accident_id town occurred_on accident_type grade deaths count_injured direct_loss_fen "
        "is_counted",
        ("a0", EAST, date(2023, 5, 1), "车辆伤害", "一般", 1, 0, 0, True),
        ("a1", EAST, date(2025, 1, 1), "机械伤害", "较大", 3, 1, 1_234_567_800, True),
        ("a2", WEST, date(2025, 12, 31), "触电", "一般", 0, None, None, True),
        ("a3", WEST, date(2025, 7, 1), "触电", "一般", 1, 0, 100, False),
        ("a4", WEST, date(2026, 1, 1), "触电", "一般", 1, 0, 100, True),
    )


def make_devices() -> Rows:
    return named(
        "device_id device_kind enterprise_id town installed_on removed_on calibrated_until "
        "is_set_point_too_high is_provisional",
        ("d1", "可燃气体", "e1", EAST, date(2024, 1, 1), None, date(2025, 12, 31), True, False),
        ("d2", "可燃气体", "e1", EAST, date(2025, 12, 31), None, None, False, False),
        ("d3", "烟感", "e4", WEST, date(2024, 1, 1), date(2025, 12, 31), None, None, False),
        ("d4", "烟感", "e4", WEST, date(2024, 1, 1), date(2026, 1, 1), None, None, False),
        ("d5", "烟感", "e4", WEST, None, None, None, None, True),
    )


def make_device_days() -> Rows:
    """Readings of 3 January to 31 December 2025: 720 + 0 + 1440 of 4320 minutes are 50.0 %."""
    return named(
        "device_id day_on count_readings online_minutes installed_minutes is_frozen",
        ("d1", date(2025, 1, 2), 0, 0.0, 1440.0, False),  # before the first reading: not offline
        ("d1", date(2025, 1, 3), 720, 720.0, 1440.0, True),
        ("d1", date(2025, 6, 1), 0, 0.0, 1440.0, False),
        ("d1", date(2025, 12, 31), 1440, 1440.0, 1440.0, False),
        ("d5", date(2025, 12, 31), 9, 9.0, 0.0, False),  # in no register
        ("d1", date(2026, 1, 1), 1, 0.0, 1440.0, True),
    )


def make_alarms() -> Rows:
    return named(
        "alarm_id device_id town started_on level verified",
        ("r0", "d1", EAST, date(2024, 8, 1), "一级", "真警"),
        ("r1", "d1", EAST, date(2025, 1, 1), "一级", "真警"),
        ("r2", "d1", EAST, date(2025, 2, 1), "一级", "误报"),
        ("r3", "d1", EAST, date(2025, 3, 1), "二级", "误报"),
        ("r4", "d1", EAST, date(2025, 12, 31), "二级", None),
    )


def make_episodes() -> Rows:
    return named(
        "episode_id device_id enterprise_id town started_at started_on minutes level is_reported",
        ("s1", "d1", "e1", EAST, datetime(2025, 1, 1, 8), date(2025, 1, 1), 10.0, "一级", True),
        ("s2", "d1", "e1", EAST, datetime(2025, 2, 1, 8), date(2025, 2, 1), 30.0, "一级", False),
        ("s3", "d1", "e1", EAST, datetime(2025, 12, 31), date(2025, 12, 31), 5.5, "二级", True),
        ("s4", "d1", "e1", EAST, datetime(2026, 1, 1), date(2026, 1, 1), 5.5, "二级", False),
    )


def make_ranking(count: int) -> dict[str, Rows]:
    parks = make_parks(count)
    run = {
        "run_id": RUN_ID, "unit": "park", "as_of_on": AS_OF, "replay": "as_happened",
        "label_name": "hazard_level", "horizon_days": 180, "delay_days": 60, "winner": "logistic",
        "is_rule": False, "gain_low": 0.0215, "base_rate": 0.2, "config": "{}", "count_splits": 2,
    }  # fmt: skip
    metrics = named(
        "run_id split_on estimator metric k_share value value_worst value_best labelled_share",
        (RUN_ID, date(2026, 1, 31), "logistic", "precision", 0.1, 0.75, 0.6, 0.8, 0.9),
        (RUN_ID, date(2026, 2, 28), "logistic", "precision", 0.1, 0.5, 0.4, 0.6, 0.8),
        (RUN_ID, date(2026, 1, 31), "most_hazards", "precision", 0.1, 0.5, 0.5, 0.5, 1.0),
        (RUN_ID, date(2026, 2, 28), "most_hazards", "precision", 0.1, 0.25, 0.2, 0.3, 1.0),
    )
    ranking = [
        {
            "park_id": park["park_id"], "rank": n + 1, "score": round(0.9 - n / 1000, 3),
            "run_id": RUN_ID, "as_of_on": AS_OF, "hazards_serious_12m": n, "hazards_open": 1,
            "hazards_overdue": 0, "last_inspected_on": date(2026, 5, 1),
            **{k: park[k] for k in ("park_name", "park_kind", "town", "count_tenants")},
        }
        for n, park in enumerate(parks)
    ]  # fmt: skip
    reasons = named(
        "run_id park_id feature value contribution position",
        (RUN_ID, "p000", "base", None, 0.1, 0),
        (RUN_ID, "p000", "hazards_serious_12m", 3.0, 0.5, 1),
        (RUN_ID, "p000", "hazards_open", 1.0, 0.3, 2),
    )
    return {
        "fct_model_runs": [run], "fct_model_metrics": metrics, "rpt_park_ranking": ranking,
        "fct_park_reasons": reasons,
    }  # fmt: skip


def make_quality() -> dict[str, Rows]:
    columns = (
        "_file_id _sheet export file_name rows_read rows_accepted rows_duplicate rows_superseded "
        "rows_rejected"
    )
    ledger = named(
        columns,
        ("f1", "", "hazards", "隐患.csv", 20, 8, 5, 4, 3),
        ("f2", "甲", "inspections", "检查.xlsx", 12, 10, 1, 0, 1),
        ("f2", "乙", "hazards", "检查.xlsx", 2, 2, 0, 0, 0),
    )
    files = named(
        "_file_id file_name outcome refused_code refused_sentence first_seen_at",
        ("f1", "隐患.csv", "loaded", None, None, datetime(2026, 10, 1)),
        ("f2", "检查.xlsx", "loaded", None, None, datetime(2026, 10, 1)),
        ("f3", "坏.xlsx", "refused", "unreadable", "…", datetime(2026, 10, 1)),
    )
    rejected = named(
        "_file_id _sheet _row_number export reason",
        ("f1", "", 3, "hazards", "bad_time"),
        ("f1", "", 4, "hazards", "bad_time"),
        ("f1", "", 5, "hazards", "no_subject"),
        ("f2", "甲", 9, "inspections", "no_subject"),
    )
    issues = named(
        "issue_id rule export _file_id _sheet _row_number",
        ("x1", "bad_value", "hazards", "f1", "", 1),
        ("x2", "bad_value", "cases", "f9", "", 0),
        ("x3", "doubtful_value", "cases", "f9", "", 3),  # the fine of q4
    )
    overview = {"as_of_on": AS_OF, "district_name": "测试区"}
    return {
        "fct_file_ledger": ledger, "dim_files": files, "fct_rejected_rows": rejected,
        "fct_issues": issues, "rpt_overview": [overview],
    }  # fmt: skip
