"""Review queue rows of the explorer's test snapshot: one item of every kind and state.

Belongs here: rows of the review marts. Does not belong here: writing the file.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from snapshot_world import Rows

REVIEW_TABLES = {
    "fct_review_items": """
        item_key item_kind subject left_identity right_identity left_subject_id right_subject_id
        left_name right_name left_town right_town left_code right_code met_in similarity why
        moving_answer moves count_rows_moving left_rank right_rank state decided_on reason""",
    "fct_review_decisions": """
        decision_id item_key item_kind action subject left_identity right_identity export
        column_name word code reason revokes made_on ended_on made_at""",
    "fct_unknown_codes": """
        item_key export column_name word count_rows count_files file_name state code decided_on
        reason""",
    "dim_code_choices": "export column_name code position",
    "rpt_corrections": """
        line_id row_id town town_from source_system _file_id _sheet _row_number export file_name
        is_rejected rule column_name raw_value""",
    "rpt_expected_files": """
        export source_system town month_end_on due_on is_rule arrived_on file_name is_missing""",
}


def make_review() -> dict[str, Rows]:
    """Rows of every review mart."""
    return {
        "fct_review_items": [
            _item("k1", "similar", 95.24, "not_registered", "confirm", '{"inspections": 12}', 12),
            _item("k2", "district_link", 100.0, "only_one_of_name", "refuse", '{"hazards": 3}', 3),
            _item(
                "k3", "code_conflict", 38.1, "code_registered_elsewhere", "confirm", "{}", 0,
            ),
            {
                **_item("k4", "similar", 93.0, "differs_in_number", "confirm", "{}", 0),
                "state": "refused", "decided_on": date(2026, 10, 5), "reason": "两家",
            },
        ],
        "fct_unknown_codes": [_word("u1", "status", "挂起", 4), _word("u2", "level", "特大", 2)],
        "dim_code_choices": [
            {"export": "hazards", "column_name": column, "code": code, "position": place}
            for column, codes in (("status", ("待整改", "整改中")), ("level", ("一般", "重大")))
            for place, code in enumerate(codes, start=1)
        ],
        "rpt_corrections": [
            _line("l1", "盛泽镇", "sheet", True, "bad_time", "found_on", "2026-02-30"),
            _line("l2", "盛泽镇", "row", False, "unknown_code", "status", "挂起"),
            _line("l3", None, None, False, "unknown_code", "status", "=挂起"),
        ],
        "rpt_expected_files": [
            _file(date(2026, 9, 30), date(2026, 10, 10), date(2026, 10, 8)),
            _file(date(2026, 10, 31), date(2026, 11, 10), None),
        ],
    }  # fmt: skip


def _item(
    key: str, kind: str, likeness: float, why: str, moving_answer: str, moves: str, count: int
) -> dict[str, Any]:
    return {
        "item_key": key, "item_kind": kind, "subject": "enterprise",
        "left_identity": "恒达机械有限公司|盛泽镇", "right_identity": f"恒达机械{key}|盛泽镇",
        "left_subject_id": "e01", "right_subject_id": "e02", "left_name": "恒达机械有限公司",
        "right_name": f"恒达机械{key}", "left_town": "盛泽镇", "right_town": "盛泽镇",
        "left_code": None, "right_code": None,
        "met_in": "盛泽镇" if kind == "similar" else None, "similarity": likeness, "why": why,
        "moving_answer": moving_answer, "moves": moves, "count_rows_moving": count, "left_rank": 5,
        "right_rank": None, "state": "open", "decided_on": None, "reason": None,
    }  # fmt: skip


def _word(key: str, column: str, word: str, count: int) -> dict[str, Any]:
    return {
        "item_key": key, "export": "hazards", "column_name": column, "word": word,
        "count_rows": count, "count_files": 1, "file_name": "隐患台账_2026-10.csv",
        "state": "open", "code": None, "decided_on": None, "reason": None,
    }  # fmt: skip


def _line(
    key: str, town: str | None, said: str | None, rejected: bool, rule: str, column: str, raw: str
) -> dict[str, Any]:
    return {
        "line_id": key, "row_id": f"w{key}", "town": town, "town_from": said,
        "source_system": "default", "_file_id": "f05hazar", "_sheet": "", "_row_number": 7,
        "export": "hazards", "file_name": "隐患台账_2026-10.csv", "is_rejected": rejected,
        "rule": rule, "column_name": column, "raw_value": raw,
    }  # fmt: skip


def _file(month: date, due: date, arrived: date | None) -> dict[str, Any]:
    return {
        "export": "hazards", "source_system": "智慧安监", "town": "", "month_end_on": month,
        "due_on": due, "is_rule": False, "arrived_on": arrived,
        "file_name": None if arrived is None else f"隐患台账_{month:%Y-%m}.csv",
        "is_missing": arrived is None,
    }  # fmt: skip
