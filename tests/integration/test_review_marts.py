"""The marts of the review queue over a small lake whose answers are worked by hand."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from lake_rows import File, open_warehouse, run_dbt, write_lake
from warehouse_state import rows

from pipelines.assets.review import create_review_tables, find_items, write_items
from pipelines.assets.risk import create_ml_tables
from pipelines.settings import Settings

pytestmark = pytest.mark.integration

KNOWN = "2025-06-30"


def visit(number: int, name: str, town: str | None, **more: str) -> dict[str, object]:
    told = {"inspection_id": f"J{number}", "enterprise_name": name, "uscc": None, "town": town}
    return {**told, "inspected_on": "2025-05-10", "kind": "网格巡查", **more}


#: 苏恒达精密机械有限公司 (11 letters) without its 限: 2 * 10 / 21 = 95.24. Of 14 letters one
#: other (一号, 二号): 2 * 13 / 28 = 92.86, but both are registered under codes of their own.
FIRMS = [
    {"enterprise_name": "苏恒达精密机械有限公司", "town": "甲镇", "uscc": "C1"},
    {"enterprise_name": "红星纺织有限公司", "town": "甲镇", "uscc": "C2"},
    {"enterprise_name": "东方一号新型塑料制品有限公司", "town": "乙镇", "uscc": "C3"},
    {"enterprise_name": "东方二号新型塑料制品有限公司", "town": "乙镇", "uscc": "C4"},
    {"enterprise_name": "绿地五金有限公司", "town": "乙镇", "uscc": "C5"},
]
VISITS = [
    visit(1, "苏恒达精密机械有公司", "甲镇"),
    visit(2, "苏恒达精密机械有公司", "甲镇"),
    visit(3, "苏恒达精密机械有公司", "乙镇"),
    visit(4, "绿地五金有限公司", "甲镇"),
    visit(5, "蓝天化工厂", "甲镇", uscc="C2"),
]
FILES = [
    File("企业名录_2025-04-30.csv", "enterprises", FIRMS, known_on="2025-04-30"),
    File(
        "检查记录_2025-06.csv", "inspections", VISITS, known_on=KNOWN,
        issues=[(2, "unknown_code"), (3, "unknown_code"), (4, "order")], rejected=[99],
    ),
    *(
        File(f"检查记录_2025-0{month}.csv", "inspections", [], known_on=f"2025-0{month}-28")
        for month in (2, 4)
    ),
    File(
        "甲镇企业名录_2025-06-30.csv", "enterprises", FIRMS[:1], known_on=KNOWN, folder="镇街",
    ),
    # as like 红星纺织有限公司 as names get, but its publication is over: nobody is asked
    File(
        "行政处罚台账_2025-06.csv", "cases",
        [{"case_no": "C1", "party_name": "红星纺织有限公", "town": "甲镇", "party_kind": "单位",
          "filed_on": "2025-01-10", "decided_on": "2025-02-10", "publish_until": "2025-05-10"}],
        known_on=KNOWN,
    ),
]  # fmt: skip
RULES = [
    {"export": "enterprises", "source_system": "镇街", "town": "甲镇", "due_day": 5},
    {"export": "enterprises", "source_system": "镇街", "town": "乙镇", "due_day": 5},
]
LEFT, RIGHT = "苏恒达精密机械有限公司|甲镇", "苏恒达精密机械有公司|甲镇"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return build(tmp_path_factory.mktemp("review"))


def build(folder: Path, *decisions: dict[str, object]) -> Settings:
    write_lake(folder, FILES, expected_files=RULES, review_decisions=list(decisions))
    path = open_warehouse(folder)
    with duckdb.connect(str(path)) as connection:
        create_ml_tables(connection)
        create_review_tables(connection)
    run_dbt(
        folder, "run", "--select", "+marts.review", "+fct_leases", "--exclude", "tag:after_models"
    )
    settings = Settings(workspace=folder)
    write_items(settings, find_items(settings))
    run_dbt(
        folder,
        "run",
        "--select",
        "stg_review__items",
        "stg_ml__model_runs",
        "stg_ml__scores",
        "fct_review_items",
    )
    return settings


def items(settings: Settings, kind: str) -> list[tuple]:
    return rows(
        settings.warehouse,
        "select left_identity, right_identity, similarity, why, moves, state "
        "from marts.fct_review_items where item_kind = ? order by all",
        [kind],
    )


def test_similar_when_a_letter_is_missing_in_the_same_town_then_is_proposed_once(
    built: Settings,
) -> None:
    assert items(built, "similar") == [
        (LEFT, RIGHT, 95.24, "not_registered", '{"inspections": 2}', "open")
    ]


def test_link_when_the_name_is_unique_in_the_district_then_may_be_refused(
    built: Settings,
) -> None:
    assert items(built, "district_link") == [
        ("绿地五金有限公司|乙镇", "绿地五金有限公司|甲镇", 100.0, "only_one_of_name",
         '{"inspections": 1}', "open"),
    ]  # fmt: skip


def test_conflict_when_a_code_is_registered_under_another_name_then_is_asked(
    built: Settings,
) -> None:
    assert [row[:2] + row[4:] for row in items(built, "code_conflict")] == [
        ("红星纺织有限公司|甲镇", "蓝天化工厂|甲镇", '{"inspections": 1}', "open")
    ]


def test_expected_when_a_pace_was_kept_then_only_its_months_are_asked(built: Settings) -> None:
    found = rows(
        built.warehouse,
        "select export, town, strftime(month_end_on, '%Y-%m'), strftime(due_on, '%Y-%m-%d'), "
        "is_missing from marts.rpt_expected_files order by all",
    )
    visits = [row for row in found if row[0] == "inspections"]
    # February, April, June: every second month, from five months back to three ahead
    assert [(m, missing) for _, _, m, _, missing in visits] == [
        ("2025-02", False), ("2025-04", False), ("2025-06", False), ("2025-08", True),
    ]  # fmt: skip
    june = [row[1:] for row in found if row[0] == "enterprises" and row[2] == "2025-06"]
    assert june == [
        ("乙镇", "2025-06", "2025-07-05", True),
        ("甲镇", "2025-06", "2025-07-05", False),
    ]


def test_corrections_when_listed_then_name_the_town_and_its_source(built: Settings) -> None:
    found = rows(
        built.warehouse,
        "select _row_number, rule, town, town_from, is_rejected from marts.rpt_corrections "
        "where export = 'inspections' and rule in ('unknown_code', 'order', 'no_subject') "
        "order by _row_number",
    )
    assert found == [
        (2, "unknown_code", "甲镇", "row", False),
        (3, "unknown_code", "甲镇", "row", False),
        (4, "order", "乙镇", "row", False),
        (99, "no_subject", None, None, True),
    ]


def test_item_when_deferred_then_stays_open_with_its_note(tmp_path: Path, built: Settings) -> None:
    key = rows(
        built.warehouse,
        "select item_key from marts.fct_review_items where item_kind = 'district_link'",
    )[0][0]
    decision = {
        "decision_id": "d1", "item_key": key, "item_kind": "district_link", "action": "defer",
        "subject": "enterprise", "left_identity": "绿地五金有限公司|乙镇",
        "right_identity": "绿地五金有限公司|甲镇", "made_on": "2025-07-02", "reason": "等执照",
        "made_at": "2025-07-02T01:00:00+00:00",
    }  # fmt: skip
    settings = build(tmp_path, decision)
    found = rows(
        settings.warehouse,
        "select item_key, state, reason from marts.fct_review_items "
        "where item_kind = 'district_link'",
    )
    assert found == [(key, "deferred", "等执照")]
    assert len(items(settings, "code_conflict")) == 1
