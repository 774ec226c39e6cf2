"""A small published snapshot, made without a warehouse, for tests of the explorer.

Belongs here: the tables of docs/ports.md section 4 marked as published, with plausible rows.
Does not belong here: anything read by the product itself.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

AS_OF = date(2026, 10, 31)
RUN_ID = "park-20261031-1a2b3c4d"
TOWNS = ("盛泽镇", "平望镇", "黎里镇", "震泽镇", "桃源镇")
KINDS = ("租赁园区", "厂中厂", "工业集中区")
VISIT_KINDS = ("执法检查", "网格巡查", "专家检查")
LEVELS = ("一般", "一般", "一般", "一般", "较大", "较大", "重大", None)
FILES = {
    "parks": ("f01parks", "园区底册_2026-10.xlsx", "Sheet1"),
    "enterprises": ("f02enter", "企业名录_2026-10.csv", ""),
    "leases": ("f03lease", "承租企业清单_2026-09.xlsx", "清单"),
    "inspections": ("f04inspe", "检查记录_2026-10.csv.gz", ""),
    "hazards": ("f05hazar", "隐患台账_2026-10.csv", ""),
    "units": ("f06units", "组织机构与网格.xls", "Sheet1"),
}

_TEXT, _INT, _NUM, _DAY, _YES = pl.String, pl.Int64, pl.Float64, pl.Date, pl.Boolean
_TYPES: dict[str, Any] = {
    **dict.fromkeys(
        "longitude latitude land_area_m2 floor_area_m2 leased_area_m2 score runner_up_score "
        "contribution value value_worst value_best labelled_share k_share gain_low base_rate".split(),
        _NUM,
    ),
    **dict.fromkeys(
        "building_count employee_count days_overdue cost_fen position rank _row_number header_row "
        "horizon_days delay_days size_bytes hazard_count_claimed".split(),
        _INT,
    ),
    "month": _DAY,
    "first_seen_at": pl.Datetime("us"),
    "agreement_signed": _YES,
    "production_status": _TEXT,
    "known_from": _DAY,
    "valid_from": _DAY,
    "valid_to": _DAY,
    "replay": _TEXT,
    "inspection_kind": _TEXT,
}
SOURCE = "_file_id file_name _sheet _row_number"
TABLES = {
    "dim_parks": "park_id park_code park_name park_kind town lessor_name lessor_kind address longitude "
    "latitude land_area_m2 floor_area_m2 building_count count_tenants_claimed count_tenants fire_class "
    "has_sandwich_panel is_three_in_one has_hazchem_store listed_on improved_on delisted_on park_status "
    "is_provisional known_from " + SOURCE,
    "dim_enterprises": "enterprise_id enterprise_code uscc enterprise_name town subject_kind "
    "industry_name scale employee_count production_status park_id has_dust has_confined_space "
    "has_ammonia uses_hazchem is_key_unit registered_on closed_on is_provisional known_from "
    + SOURCE,
    "fct_leases": "lease_id park_id enterprise_id tenant_name building floor leased_area_m2 start_on "
    "end_on moved_out_on left_on is_current agreement_signed agreement_on sub_lessor_name activity "
    "known_from " + SOURCE,
    "dim_units": "unit_id unit_name unit_kind level parent_name valid_from valid_to " + SOURCE,
    "fct_inspections": "inspection_id inspection_code enterprise_id park_id town inspected_on "
    "inspected_clock kind mode inspecting_unit count_inspectors hazard_count_claimed count_hazards "
    "result score is_bad known_from source_system " + SOURCE,
    "fct_hazards": "hazard_id hazard_code inspection_id enterprise_id park_id town found_on description "
    "category level location found_by is_simple deadline_on rectified_on closed_on is_rectified "
    "is_closed is_overdue was_on_time days_overdue cost_fen status_claimed known_from source_system "
    + SOURCE,
    "fct_park_scores": "run_id park_id as_of_on score rank count_cohort",
    "fct_enterprise_scores": "run_id enterprise_id as_of_on score rank count_cohort",
    "fct_park_reasons": "run_id park_id feature value contribution position",
    "fct_enterprise_reasons": "run_id enterprise_id feature value contribution position",
    "fct_model_runs": "run_id unit as_of_on replay label_name horizon_days delay_days winner is_rule "
    "gain_low base_rate config input_fingerprint count_train_rows count_splits",
    "fct_model_metrics": "run_id split_on estimator metric k_share value value_worst value_best "
    "labelled_share count_labelled count_cohort count_positive",
    "fct_file_ledger": "_file_id _sheet export file_name source_system known_on contract score "
    "runner_up runner_up_score header_row rows_title rows_unit rows_total rows_footer "
    "rows_repeated_header rows_blank rows_read rows_accepted rows_duplicate rows_superseded "
    "rows_rejected",
    "dim_files": "_file_id file_name count_names all_names kind encoding size_bytes outcome "
    "refused_code refused_sentence first_seen_at",
    "fct_rejected_rows": "_file_id _sheet _row_number export file_name column_name reason raw_value cells",
    "fct_issues": "issue_id _file_id _sheet _row_number export file_name column_name rule raw_value message",
    "fct_subject_links": "identity subject subject_id linked_by name town uscc known_from count_rows",
    "fct_row_dispositions": "_file_id _sheet _row_number export disposition _key",
    "rpt_overview": "as_of_on district_name count_parks count_enterprises count_tenancies "
    "count_inspections_12m count_hazards_12m count_serious_hazards_12m count_hazards_open "
    "count_hazards_overdue count_files count_files_refused rows_read rows_rejected count_issues",
    "rpt_monthly": "month town inspection_kind count_inspections count_bad count_hazards "
    "count_serious_hazards",
    "rpt_park_ranking": "park_id rank score park_name park_kind town count_tenants floor_area_m2 "
    "last_inspected_on hazards_serious_12m hazards_open hazards_overdue reason_1 reason_2 reason_3 "
    "run_id as_of_on",
}
Rows = list[dict[str, Any]]


def build_snapshot(workspace: Path, *, kind: str = "bureau", seed: int = 7) -> Path:
    """Write one snapshot file and CURRENT.json into ``workspace/published``.

    Parameters
    ----------
    kind : {"bureau", "scores_only", "unranked"}
        ``scores_only`` has no hazards, leases or enterprises (a regulator that scores sites);
        ``unranked`` is a bureau whose model has not run.
    """
    rows = _bureau_rows(random.Random(seed), scores_only=kind == "scores_only")
    if kind == "unranked":
        for name in ("rpt_park_ranking", "fct_park_scores", "fct_park_reasons", "fct_model_runs"):
            rows[name] = []
    published = workspace / "published"
    published.mkdir(parents=True, exist_ok=True)
    file = published / f"snap-20261101T020000Z-{seed}.duckdb"
    _write_database(file, rows, workspace.name)
    pointer = {
        "file": file.name,
        "run_id": RUN_ID,
        "as_of_on": AS_OF.isoformat(),
        "built_at": "2026-11-01T02:00:00Z",
    }
    (published / "CURRENT.json").write_text(json.dumps(pointer), encoding="utf-8")
    return file


def _write_database(file: Path, rows: dict[str, Rows], workspace_name: str) -> None:
    with duckdb.connect(file) as con:
        con.sql("create schema marts")
        con.sql("create schema meta")
        for table, columns in TABLES.items():
            frame = pl.DataFrame(
                rows.get(table, []), schema={c: _type(c) for c in columns.split()}, strict=False
            )
            parquet = file.with_name(f"{table}.parquet")
            frame.write_parquet(parquet)
            con.sql(f"create table marts.{table} as from read_parquet('{parquet}')")
            parquet.unlink()
        con.sql(
            "create table meta.publish as select $run run_id, timestamp '2026-11-01 02:00:00' built_at,"
            " $day as_of_on, $name workspace_name, 'zh' language, 'test' code_version",
            params={"run": RUN_ID, "day": AS_OF, "name": workspace_name},
        )


def _type(column: str) -> Any:
    if column in _TYPES:
        return _TYPES[column]
    if column.startswith(("count_", "rows_", "hazards_")):
        return _INT
    if column.startswith(("is_", "has_", "was_", "uses_")):
        return _YES
    return _DAY if column.endswith("_on") else _TEXT


def _source(export: str, row: int) -> dict[str, Any]:
    file_id, file_name, sheet = FILES[export]
    return {"_file_id": file_id, "file_name": file_name, "_sheet": sheet, "_row_number": row}


def _bureau_rows(rng: random.Random, *, scores_only: bool) -> dict[str, Rows]:
    parks = _parks(rng)
    enterprises: Rows = [] if scores_only else _enterprises(rng)
    leases = [] if scores_only else _leases(rng, parks, enterprises)
    visits = _visits(rng, parks, enterprises, scored=scores_only)
    hazards = [] if scores_only else _hazards(rng, visits)
    rows: dict[str, Rows] = {
        "dim_parks": parks,
        "dim_enterprises": enterprises,
        "fct_leases": leases,
        "fct_inspections": visits,
        "fct_hazards": hazards,
        **_risk(rng, parks, visits, hazards, scores_only),
        **_quality(parks, enterprises, leases, visits, hazards),
    }
    rows["rpt_monthly"] = _monthly(visits, hazards)
    rows["rpt_overview"] = [_overview(rows)]
    return rows


def _parks(rng: random.Random) -> Rows:
    names = "恒力 永鼎 中鲈 鹰翔 新民 桐昌 三发 东纺 双阳 华佳 万隆 金茂 盛虹 震纶 德尔 通鼎 亨通 康力 佳力 顺泰".split()
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
            **_source("parks", n + 4),
        }
        for n, name in enumerate(names)
    ]


def _enterprises(rng: random.Random) -> Rows:
    trades = ("纺织", "五金", "塑料制品", "家具制造", "印染", "机械加工")
    return [
        {
            "enterprise_id": f"ent{n:03d}",
            "enterprise_code": f"E{n:05d}",
            "uscc": None,
            "enterprise_name": f"苏州{'甲乙丙丁戊己庚辛壬癸'[n // 10]}{n:02d}{trades[n % 6]}有限公司",
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
            **_source("enterprises", n + 2),
        }
        for n in range(100)
    ]


def _leases(rng: random.Random, parks: Rows, enterprises: Rows) -> Rows:
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
                **_source("leases", n + 5),
            }
        )
    return rows


def _visits(rng: random.Random, parks: Rows, enterprises: Rows, *, scored: bool) -> Rows:
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
                **_source("inspections", n + 2),
            }
        )
    return rows


def _hazards(rng: random.Random, visits: Rows) -> Rows:
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
                    **_source("hazards", n + 2),
                }
            )
    return rows


def _in_year(day: date) -> bool:
    return date(2025, 10, 31) < day <= AS_OF


def _risk(
    rng: random.Random, parks: Rows, visits: Rows, hazards: Rows, scores_only: bool
) -> dict[str, Rows]:
    main = (
        ("last_score", "bad_visits_all") if scores_only else ("hazards_serious_12m", "hazards_open")
    )
    ranked: list[tuple[float, dict[str, Any], Rows]] = []
    for park in parks:
        mine = [h for h in hazards if h["park_id"] == park["park_id"]]
        values: dict[str, float | None] = {
            main[0]: float(
                sum(_in_year(h["found_on"]) and h["level"] in ("较大", "重大") for h in mine)
            ),
            main[1]: float(sum(not h["is_rectified"] for h in mine)),
            "visits_12m": float(
                sum(v["park_id"] == park["park_id"] and _in_year(v["inspected_on"]) for v in visits)
            ),
            "days_since_last_visit": None
            if park["park_id"] > "park17"
            else float(rng.randrange(3, 200)),
            "count_tenants": None if scores_only else 5.0,
            "town": None,
        }
        weights = (0.11, 0.05, -0.004, 0.0003, 0.002, 0.01)
        reasons = [
            {"feature": f, "value": v, "contribution": round((1.0 if v is None else v) * w, 6)}
            for (f, v), w in zip(values.items(), weights, strict=True)
        ]
        reasons.sort(key=lambda r: -abs(r["contribution"]))
        reasons = [{"feature": "base", "value": None, "contribution": 0.12}, *reasons]
        ranked.append((round(sum(r["contribution"] for r in reasons), 6), park, reasons))
    ranked.sort(key=lambda item: -item[0])
    tables: dict[str, Rows] = {
        "rpt_park_ranking": [],
        "fct_park_scores": [],
        "fct_park_reasons": [],
    }
    for rank, (score, park, reasons) in enumerate(ranked, 1):
        key = {"run_id": RUN_ID, "park_id": park["park_id"]}
        tables["fct_park_scores"].append(
            {**key, "as_of_on": AS_OF, "score": score, "rank": rank, "count_cohort": len(ranked)}
        )
        tables["fct_park_reasons"] += [
            {**key, **reason, "position": place} for place, reason in enumerate(reasons)
        ]
        tables["rpt_park_ranking"].append(
            _ranking_row(key, rank, score, park, reasons, visits, hazards)
        )
    return {**tables, **_model(scores_only)}


def _ranking_row(
    key: dict[str, Any],
    rank: int,
    score: float,
    park: dict[str, Any],
    reasons: Rows,
    visits: Rows,
    hazards: Rows,
) -> dict[str, Any]:
    seen = [v["inspected_on"] for v in visits if v["park_id"] == park["park_id"]]
    mine = [h for h in hazards if h["park_id"] == park["park_id"]]
    return {
        **key,
        **{
            c: park[c] for c in ("park_name", "park_kind", "town", "count_tenants", "floor_area_m2")
        },
        "rank": rank,
        "score": score,
        "last_inspected_on": max(seen, default=None),
        "hazards_serious_12m": sum(
            _in_year(h["found_on"]) and h["level"] in ("较大", "重大") for h in mine
        ),
        "hazards_open": sum(not h["is_rectified"] for h in mine),
        "hazards_overdue": sum(h["is_overdue"] for h in mine),
        **{f"reason_{i}": reasons[i]["feature"] for i in (1, 2, 3)},
        "as_of_on": AS_OF,
    }


def _model(is_rule: bool) -> dict[str, Rows]:
    winner = "shrunken_rate" if is_rule else "logistic"
    run = {
        "run_id": RUN_ID, "unit": "park", "as_of_on": AS_OF, "replay": "as_happened",
        "label_name": "hazard_level", "horizon_days": 180, "delay_days": 60, "winner": winner,
        "is_rule": is_rule, "gain_low": 0.021, "base_rate": 0.18, "config": "{}",
        "input_fingerprint": "0f1e2d3c", "count_train_rows": 420, "count_splits": 4,
    }  # fmt: skip
    levels = {"logistic": 0.42, "shrunken_rate": 0.40, "last_outcome": 0.31, "random": 0.18}
    metrics = [
        {
            "run_id": RUN_ID, "split_on": date(2026, 1 + split, 28), "estimator": estimator,
            "metric": "precision", "k_share": 0.1, "value": level + 0.02 * (split - 1.5),
            "value_worst": level * 0.6, "value_best": level * 0.6 + 0.4, "labelled_share": 0.6,
            "count_labelled": 12, "count_cohort": 20, "count_positive": 4,
        }
        for estimator, level in levels.items()
        for split in range(4)
    ]  # fmt: skip
    return {"fct_model_runs": [run], "fct_model_metrics": metrics}


def _quality(
    parks: Rows, enterprises: Rows, leases: Rows, visits: Rows, hazards: Rows
) -> dict[str, Rows]:
    loaded = {"parks": parks, "enterprises": enterprises, "leases": leases, "inspections": visits,
              "hazards": hazards}  # fmt: skip
    files: Rows = []
    ledger: Rows = []
    rejected: Rows = []
    issues: Rows = []
    for export, rows in loaded.items():
        if not rows:
            continue
        place = _source(export, 1)
        files.append(_file_row(place["_file_id"], place["file_name"], "loaded"))
        ledger.append(
            {
                **{k: place[k] for k in ("_file_id", "_sheet", "file_name")},
                "export": export, "source_system": "default", "known_on": AS_OF, "contract": export,
                "score": 0.97, "runner_up": "units", "runner_up_score": 0.31, "header_row": 3,
                "rows_title": 2, "rows_unit": 0, "rows_total": 1, "rows_footer": 1,
                "rows_repeated_header": 0, "rows_blank": 2, "rows_read": len(rows) + 6,
                "rows_accepted": len(rows), "rows_duplicate": 3, "rows_superseded": 2,
                "rows_rejected": 1,
            }
        )  # fmt: skip
        where = {**place, "_row_number": 9, "export": export}
        rejected.append(
            {**where, "column_name": "inspected_on", "reason": "bad_time", "raw_value": "2026-02-30",
             "cells": json.dumps({"企业名称": "某某厂", "检查日期": "2026-02-30"}, ensure_ascii=False)}
        )  # fmt: skip
        issues += [
            {**where, "issue_id": f"{export}{n}", "_row_number": 10 + n, "column_name": "uscc",
             "rule": rule, "raw_value": "9.13E+17", "message": "damaged by a spreadsheet"}
            for n, rule in enumerate(("uscc_damaged", "bad_date", "total_mismatch"))
        ]  # fmt: skip
    refused = _file_row("f09refus", "会议纪要.xlsx", "refused")
    refused |= {
        "refused_code": "unrecognised",
        "refused_sentence": "没有一个表头行能认出；最接近 inspections（0.31）",
    }
    links = _links(parks, "park") + _links(enterprises, "enterprise")
    return {"dim_files": [*files, refused], "fct_file_ledger": ledger, "fct_rejected_rows": rejected,
            "fct_issues": issues, "fct_subject_links": links}  # fmt: skip


def _file_row(file_id: str, name: str, outcome: str) -> dict[str, Any]:
    return {
        "_file_id": file_id, "file_name": name, "count_names": 1, "all_names": name, "kind": "csv",
        "encoding": "gb18030", "size_bytes": 52_300, "outcome": outcome,
        "first_seen_at": datetime(2026, 11, 1, 1, 55),
    }  # fmt: skip


def _links(subjects: Iterable[dict[str, Any]], subject: str) -> Rows:
    ways = ("itself", "itself", "code", "name_in_town", "name_in_district")
    return [
        {
            "identity": f"{subject}|{n}", "subject": subject, "subject_id": row[f"{subject}_id"],
            "linked_by": ways[n % 5], "name": row[f"{subject}_name"], "town": row["town"],
            "uscc": None, "known_from": AS_OF, "count_rows": 3,
        }
        for n, row in enumerate(subjects)
    ]  # fmt: skip


def _monthly(visits: Rows, hazards: Rows) -> Rows:
    cells: dict[tuple[date, str, str], dict[str, int]] = {}
    kind_of = {v["inspection_id"]: v["kind"] for v in visits}

    def cell(day: date, town: str, kind: str) -> dict[str, int]:
        names = ("count_inspections", "count_bad", "count_hazards", "count_serious_hazards")
        return cells.setdefault((day.replace(day=1), town, kind), dict.fromkeys(names, 0))

    for v in visits:
        counts = cell(v["inspected_on"], v["town"], v["kind"])
        counts["count_inspections"] += 1
        counts["count_bad"] += v["is_bad"]
    for h in hazards:
        counts = cell(h["found_on"], h["town"], kind_of[h["inspection_id"]])
        counts["count_hazards"] += 1
        counts["count_serious_hazards"] += h["level"] in ("较大", "重大")
    return [
        {"month": month, "town": town, "inspection_kind": kind, **counts}
        for (month, town, kind), counts in cells.items()
    ]


def _overview(rows: dict[str, Rows]) -> dict[str, Any]:
    recent = [h for h in rows["fct_hazards"] if _in_year(h["found_on"])]
    return {
        "as_of_on": AS_OF,
        "district_name": "苏州市吴江区",
        "count_parks": sum(not row["is_provisional"] for row in rows["dim_parks"]),
        "count_enterprises": sum(not row["is_provisional"] for row in rows["dim_enterprises"]),
        "count_tenancies": sum(row["is_current"] for row in rows["fct_leases"]),
        "count_inspections_12m": sum(_in_year(v["inspected_on"]) for v in rows["fct_inspections"]),
        "count_hazards_12m": len(recent),
        "count_serious_hazards_12m": sum(h["level"] in ("较大", "重大") for h in recent),
        "count_hazards_open": sum(not h["is_rectified"] for h in rows["fct_hazards"]),
        "count_hazards_overdue": sum(h["is_overdue"] for h in rows["fct_hazards"]),
        "count_files": len(rows["dim_files"]),
        "count_files_refused": 1,
        "rows_read": sum(row["rows_read"] for row in rows["fct_file_ledger"]),
        "rows_rejected": len(rows["fct_rejected_rows"]),
        "count_issues": len(rows["fct_issues"]),
    }
