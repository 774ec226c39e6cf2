"""Cases and accidents from rows to marts: parties, provisional subjects, withheld names, issues.

Expected rows are worked by hand from the files below; dates around 2025-06-30, the as-of day.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from lake_rows import File, build_marts, write_lake
from warehouse_state import rows

pytestmark = pytest.mark.integration

PERSON = {"party_name": "张*", "party_name_norm": "person:h1", "party_kind": "个人"}
CASES = [
    # wide: 甲厂 is in the register, its person stands in the same row
    {"case_no": "C1", "party_name": "甲厂", "town": "甲镇", "party_kind": "单位", "fine": 500_000,
     "person_name": "张*", "person_name_hash": "h1", "person_fine": 20_000, "cause": "未培训",
     "filed_on": "2025-01-10", "decided_on": "2025-02-09", "publish_until": "2025-06-30",
     "is_double_penalty": False},
    # the same person again, in a row of his own: one party, the newest fine
    {"case_no": "C1", **PERSON, "party_enterprise": "甲厂", "town": "甲镇", "fine": 30_000,
     "filed_on": "2025-01-10", "decided_on": "2025-02-09", "publish_until": "2025-06-30",
     "is_double_penalty": True},
    # no register names 乙厂, and its name is public until the day before the as-of day
    {"case_no": "C2", "party_name": "乙厂密名", "town": "甲镇", "party_kind": "单位", "fine": 7_000,
     "uscc": "91320585MA1A2B3C60", "filed_on": "2025-03-10", "decided_on": "2025-03-20",
     "publish_until": "2025-06-29"},
    # no register names 丙厂 either; filed and not decided
    {"case_no": "C3", "party_name": "丙厂", "town": "甲镇", "filed_on": "2025-06-10"},
]  # fmt: skip
ACCIDENTS = [
    {"accident_no": "S1", "occurred_at": "2025-04-01", "enterprise_name": "甲厂", "town": "甲镇",
     "deaths": 3, "grade": "一般"},
    {"accident_no": "S2", "occurred_at": "2025-04-02", "place": "环城路", "deaths": 1,
     "grade": "一般", "is_counted": False},
]  # fmt: skip


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    known = "2025-06-30"
    firms = [{"enterprise_name": "甲厂", "town": "甲镇", "uscc": "91110000600037341L"}]
    columns = list(dict.fromkeys(c for row in CASES for c in row))
    wide, others = CASES[:1], CASES[1:]
    files = [
        File("企业名录.csv", "enterprises", firms, known_on=known),
        File("处罚_0228.csv", "cases", wide, known_on="2025-02-28", columns=columns),
        File("处罚_0630.csv", "cases", others, known_on=known, columns=columns),
        File("事故.csv", "accidents", ACCIDENTS, known_on=known),
    ]
    return build_marts(write_lake(tmp_path_factory.mktemp("cases"), files))


def test_cases_when_wide_and_long_then_each_party_counts_once(warehouse: Path) -> None:
    assert rows(
        warehouse,
        "select case_code, count_unit_parties, count_person_parties, is_double_penalty, fine_fen, "
        "person_fine_fen, total_fine_fen, days_to_decision from marts.fct_cases order by 1",
    ) == [
        ("C1", 1, 1, True, 500_000, 30_000, 530_000, 30),
        ("C2", 1, 0, False, 7_000, None, 7_000, 10),
        ("C3", 1, 0, False, None, None, None, None),
    ]


def test_parties_when_resolved_then_persons_belong_to_their_enterprise(warehouse: Path) -> None:
    told = rows(
        warehouse,
        "select party_kind, party_name, e.enterprise_name, e.is_provisional, p.file_name "
        "from marts.fct_case_parties as p left join marts.dim_enterprises as e "
        "using (enterprise_id) order by p.filed_on, party_kind",
    )
    assert told == [
        ("个人", "张*", "甲厂", False, "处罚_0630.csv"),
        ("单位", "甲厂", "甲厂", False, "处罚_0228.csv"),
        ("单位", None, None, True, "处罚_0630.csv"),
        ("单位", "丙厂", "丙厂", True, "处罚_0630.csv"),
    ]


def test_names_when_no_longer_public_then_stand_in_no_table(warehouse: Path) -> None:
    """Neither name nor code of the enterprise only a past penalty names; 丙厂 is still named."""
    found = {"乙厂密名": [], "91320585MA1A2B3C60": [], "丙厂": []}
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        tables = connection.execute(
            "select table_name from duckdb_tables() where schema_name = 'marts'"
        ).fetchall()
        for (table,) in tables:
            text = repr(connection.execute(f"select * from marts.{table}").fetchall())
            for name, holders in found.items():
                if name in text:
                    holders.append(table)
    assert len(tables) > 15
    assert found["乙厂密名"] == found["91320585MA1A2B3C60"] == []
    assert {"dim_enterprises", "fct_case_parties", "fct_subject_links"} <= set(found["丙厂"])


def test_claims_when_contradicted_then_are_issues_of_their_row(warehouse: Path) -> None:
    assert rows(
        warehouse,
        "select file_name, _row_number, column_name, rule, raw_value from marts.fct_issues "
        "where export in ('cases', 'accidents') order by 1, 2",
    ) == [
        ("事故.csv", 2, "grade", "grade_mismatch", "一般"),
        ("处罚_0228.csv", 2, "is_double_penalty", "double_penalty_mismatch", "否"),
        ("处罚_0630.csv", 3, "party_name", "subject_unknown", None),
        ("处罚_0630.csv", 4, "party_name", "subject_unknown", "丙厂"),
    ]


def test_overview_when_counted_then_struck_off_accidents_are_out(warehouse: Path) -> None:
    assert rows(
        warehouse,
        "select count_cases_12m, fines_12m_fen, count_accidents_12m, count_deaths_12m "
        "from marts.rpt_overview",
    ) == [(2, 537_000, 1, 3)]
