"""Ranking, data quality and reporting rows of the explorer's test snapshot.

Belongs here: what the product would compute from the rows of snapshot_world.py.
Does not belong here: the rows themselves, writing the file (snapshot_fixture.py).
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from snapshot_world import AS_OF, RUN_ID, Rows, source


def _in_year(day: date) -> bool:
    return date(2025, 10, 31) < day <= AS_OF


def make_risk(
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
        "is_rule": is_rule, "gain_low": 0.021, "base_rate": 0.18,
        "config": json.dumps({"evaluation": "at_visit" if is_rule else "cohort"}),
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


def make_quality(
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
        place = source(export, 1)
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
            {**where, "column_name": "inspected_on", "reason": "bad_time",
             "raw_value": "2026-02-30", "cells": json.dumps({"检查日期": "2026-02-30"})}
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
    return {
        "dim_files": [*files, refused],
        "fct_file_ledger": ledger,
        "fct_rejected_rows": rejected,
        "fct_issues": issues,
        "fct_subject_links": links,
    }


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


def make_monthly(visits: Rows, hazards: Rows) -> Rows:
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


def make_overview(rows: dict[str, Rows]) -> dict[str, Any]:
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
