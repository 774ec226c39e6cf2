"""Drawn rounds of the explorer's test snapshot: the product's own draw over its made-up district.

Belongs here: a cohort as a round sees it, and two rounds of it. Does not belong here: the
district itself (snapshot_world.py), writing the file (snapshot_fixture.py).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl
from snapshot_world import AS_OF, RUN_ID, Rows

from models_ml.rounds import RoundRules
from pipelines.rounds.cohort import DECIDED_SCHEMA
from pipelines.rounds.tables import RoundFrames, RoundInputs, lay_round

RULES = RoundRules(
    capacity=20, duty_most=0.3, key_share=0.5, random_least=0.1, park_share=0.5, floor=1,
    strata=("unit", "town"), cool_down_days=90, overdue_levels=("重大",),
    recheck_levels=("重大", "较大"), out_of_use=("退出", "搬离", "关闭"),
)  # fmt: skip
DECISIONS = [
    ("enterprise", "ent007", "include", "信访举报"), ("park", "park05", "exclude", "联合检查中"),
]  # fmt: skip
FRAME = {
    "unit": pl.String, "subject_id": pl.String, "park_id": pl.String, "name": pl.String,
    "park_name": pl.String, "town": pl.String, "address": pl.String, "kind": pl.String,
    "status": pl.String, "closed_on": pl.Date, "rank": pl.Int64, "score": pl.Float64,
    "last_inspected_on": pl.Date, "last_counted_on": pl.Date, "hazards_open": pl.Int64,
    "reason_1": pl.String, "value_1": pl.Float64, "reason_2": pl.String, "value_2": pl.Float64,
    "reason_3": pl.String, "value_3": pl.Float64,
}  # fmt: skip
HAZARDS = {
    "unit": pl.String, "subject_id": pl.String, "hazard_id": pl.String, "hazard_code": pl.String,
    "level": pl.String, "found_on": pl.Date, "deadline_on": pl.Date, "rectified_on": pl.Date,
    "is_rectified": pl.Boolean, "is_overdue": pl.Boolean,
}  # fmt: skip


def make_rounds(rows: dict[str, Rows]) -> dict[str, Rows]:
    """Two rounds of a district, one drawn a month earlier, as their three tables."""
    drawn = [draw(rows, AS_OF, seed=11), draw(rows, date(2026, 9, 30), seed=12)]
    names = {"rounds": "fct_rounds", "round_lines": "fct_round_lines",
             "round_frame": "fct_round_frame"}  # fmt: skip
    return {
        mart: [row for frames in drawn for row in getattr(frames, name).to_dicts()]
        for name, mart in names.items()
    }


def draw(rows: dict[str, Rows], as_of: date, seed: int) -> RoundFrames:
    """One round of the district."""
    return lay_round(inputs(rows, as_of, seed))


def inputs(rows: dict[str, Rows], as_of: date, seed: int) -> RoundInputs:
    """What a round of the district is drawn from."""
    frame = pl.DataFrame([*_parks(rows), *_enterprises(rows)], schema=FRAME)
    begins = as_of + timedelta(days=1)
    return RoundInputs(
        district_name="苏州市吴江区", language="zh", as_of_on=as_of, begins_on=begins,
        ends_on=begins + timedelta(days=29), seed=seed, rules=RULES,
        runs={"park": RUN_ID, "enterprise": "enterprise-run"}, decisions_lost=["没有这家企业"],
        hazards_unplaced=3,
        frame=frame, hazards=_hazards(rows, frame),
        decisions=pl.DataFrame(
            DECISIONS if rows["dim_enterprises"] else [], schema=DECIDED_SCHEMA, orient="row"
        ),
    )  # fmt: skip


def rank_enterprises(rows: dict[str, Rows]) -> Rows:
    """The enterprises ranked in the order they were made."""
    return [
        {
            "enterprise_id": one["enterprise_id"], "rank": n, "score": 1 - n / 200,
            "enterprise_name": one["enterprise_name"], "town": one["town"],
            "park_id": one["park_id"], "hazards_open": n % 4, "reason_1": "hazards_open",
            "run_id": "enterprise-run", "as_of_on": AS_OF,
        }
        for n, one in enumerate(rows["dim_enterprises"], 1)
    ]  # fmt: skip


def _parks(rows: dict[str, Rows]) -> Rows:
    known = {park["park_id"]: park for park in rows["dim_parks"]}
    made = []
    for line in rows["rpt_park_ranking"]:
        park = known[line["park_id"]]
        made.append(
            _subject("park", line, park, line["park_id"]) | {
                "name": park["park_name"], "kind": park["park_kind"], "address": park["address"],
                "status": park["park_status"], "last_inspected_on": line["last_inspected_on"],
                "hazards_open": line["hazards_open"],
                "reason_1": line["reason_1"], "value_1": 3.0,
            }
        )  # fmt: skip
    return made


def _enterprises(rows: dict[str, Rows]) -> Rows:
    return [
        _subject("enterprise", line, one, one["enterprise_id"]) | {
            "name": one["enterprise_name"], "kind": one["scale"], "park_id": one["park_id"],
            "status": one["production_status"], "hazards_open": line["hazards_open"],
            "reason_1": line["reason_1"], "value_1": float(line["hazards_open"]),
        }
        for line, one in zip(rank_enterprises(rows), rows["dim_enterprises"], strict=True)
    ]  # fmt: skip


def _subject(
    unit: str, line: dict[str, Any], own: dict[str, Any], subject_id: str
) -> dict[str, Any]:
    return {
        **dict.fromkeys(FRAME), "unit": unit, "subject_id": subject_id, "park_id": own["park_id"],
        "town": own["town"], "rank": line["rank"], "score": line["score"],
    }  # fmt: skip


def _hazards(rows: dict[str, Rows], frame: pl.DataFrame) -> pl.DataFrame:
    found = [
        {**{k: h.get(k) for k in HAZARDS}, "unit": "enterprise", "subject_id": h["enterprise_id"]}
        for h in rows["fct_hazards"]
        if not h["is_closed"] and h["enterprise_id"] and h["found_on"] < date(2026, 9, 1)
    ]
    return pl.DataFrame(found, schema=HAZARDS).join(frame, on=["unit", "subject_id"], how="semi")
