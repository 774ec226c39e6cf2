"""Cases and accidents of the demo: what a ledger of a day may know, worked by hand."""

from datetime import date, datetime

import polars as pl
import pytest

from pipelines.demo.accidents import cut_accidents
from pipelines.demo.cases import cut_cases
from pipelines.demo.plan_accidents import plan_accidents
from pipelines.demo.plan_cases import FIRST_LONG, lengthen, plan_cases, widen
from pipelines.demo.world import simulate

SEED = 20251031
LAST = date(2025, 10, 31)


@pytest.fixture(scope="module")
def world():
    return simulate(SEED)


def _accident(**changed):
    row = {
        "accident_no": "SG-2024-001", "occurred_on": date(2024, 3, 1), "minutes": 620,
        "deaths": 0, "serious": 2, "minor": 1, "died_later_on": date(2024, 3, 20),
        "struck_on": None, "struck_off_reason": "核定为突发疾病", "loss": 12_000_000,
        "told_on": date(2024, 3, 1), "minutes_to_report": 40, "concluded_on": date(2024, 5, 1),
        **changed,
    }  # fmt: skip
    types = {"struck_on": pl.Date, "deaths": pl.Int64}
    return pl.DataFrame([row], schema_overrides=types)


def test_cut_accidents_when_one_dies_within_thirty_days_then_the_numbers_move():
    before = cut_accidents(_accident(), date(2024, 3, 19)).row(0, named=True)
    after = cut_accidents(_accident(), date(2024, 3, 20)).row(0, named=True)
    assert (before["deaths"], before["serious_injuries"], before["injured"]) == (0, 2, 3)
    assert (after["deaths"], after["serious_injuries"], after["injured"]) == (1, 1, 2)
    # 2 seriously injured à 110 days and 1 slightly à 12
    assert before["lost_days"] == 232
    assert before["reported_at"] == datetime(2024, 3, 1, 11, 0)


def test_cut_accidents_when_the_loss_is_known_then_it_decides_the_grade():
    open_case = cut_accidents(_accident(), date(2024, 4, 30)).row(0, named=True)
    concluded = cut_accidents(_accident(), date(2024, 5, 1)).row(0, named=True)
    assert (open_case["direct_loss"], open_case["grade"]) == (None, "一般")
    assert (concluded["direct_loss"], concluded["grade"]) == (12_000_000, "较大")  # ≥ 1,000 万元


def test_cut_accidents_when_nobody_wrote_the_deaths_then_unknown_is_not_nought():
    row = _accident(deaths=None, died_later_on=None, serious=0).with_columns(
        pl.col("died_later_on").cast(pl.Date)
    )
    assert cut_accidents(row, LAST)["deaths"].to_list() == [None]


def test_cut_accidents_when_told_late_or_struck_off_then_by_its_days():
    row = _accident(told_on=date(2024, 4, 10), struck_on=date(2024, 6, 1))
    assert cut_accidents(row, date(2024, 4, 9)).height == 0
    days = (date(2024, 5, 31), date(2024, 6, 1))
    counted = [cut_accidents(row, day)["is_counted"].item() for day in days]
    assert counted == [True, False]


def test_accidents_lie_in_a_district_of_this_size(world):
    told = cut_accidents(world.accidents, LAST)
    assert 18 <= told.height <= 40  # some five to eight a year
    assert told.filter(pl.col("grade") == "一般").height >= told.height - 3
    assert told["deaths"].null_count() > 0 and (told["deaths"] == 0).any()
    assert told.filter(pl.col("enterprise_no").is_null() & pl.col("park_no").is_null()).height > 0
    assert (~told["is_counted"]).sum() > 0
    later = world.accidents.drop_nulls("died_later_on")
    days = (later["died_later_on"] - later["occurred_on"]).dt.total_days()
    assert later.height > 0 and days.is_between(1, 30).all()


def _case(**changed):
    row = {
        "party_name": "甲厂有限公司", "party_enterprise": None, "person_name": "裴璟瑄",
        "second_person": "鄢翀珩", "uscc": "91320985MA2B1LLFXH", "by_person": False,
        "case_year": 2024, "case_running": 4, "filed_on": date(2024, 5, 1),
        "decided_on": date(2024, 6, 1), "closed_on": date(2024, 7, 1),
        "published_on": date(2024, 6, 8), "publish_until": date(2025, 6, 8), "fine": 20_000,
        "person_fine": 2_000, "confiscated": None, "exempted": None, "disposition": "罚款",
        "had_hearing": False, "is_double": True, **changed,
    }  # fmt: skip
    kinds = {
        "party_enterprise": pl.String, "confiscated": pl.Int64, "exempted": pl.Int64,
        "party_name": pl.String, "second_person": pl.String,
    }  # fmt: skip
    return pl.DataFrame([row], schema_overrides=kinds)


def test_cut_cases_when_not_yet_decided_then_only_the_filing_is_known():
    filed = cut_cases(_case(), date(2024, 5, 31)).row(0, named=True)
    decided = cut_cases(_case(), date(2024, 6, 1)).row(0, named=True)
    assert [filed[name] for name in ("decided_on", "fine", "person_name")] == [None] * 3
    assert [decided[name] for name in ("fine", "person_fine")] == [20_000, 2_000]
    assert decided["publish_until"] is None  # not shown before 8 June
    assert cut_cases(_case(), date(2024, 4, 30)).height == 0


def test_widen_when_unit_and_person_then_one_row_and_a_person_alone_takes_the_party():
    both = widen(cut_cases(_case(), LAST), "【】").row(0, named=True)
    assert both["case_no"] == "澄应急罚立【2024】4号"
    assert (both["party_name"], both["person_name"]) == ("甲厂有限公司", "裴璟瑄")
    assert (both["fine"], both["person_fine"]) == (20_000, 2_000)
    assert both["remark"] == "当事人裴璟瑄已缴清罚款"
    alone = _case(party_name=None, party_enterprise="甲厂有限公司", by_person=True,
                  second_person=None)  # fmt: skip
    row = widen(cut_cases(alone, LAST), "〔〕").row(0, named=True)
    assert (row["party_name"], row["party_kind"], row["fine"]) == ("裴璟瑄", "个人", 2_000)
    assert (row["person_name"], row["uscc"]) == (None, None)


def test_lengthen_when_two_persons_then_three_rows_of_one_case():
    parties = lengthen(cut_cases(_case(), LAST), "[]")
    rows = parties.select("party_name", "party_kind", "fine", "party_enterprise", "uscc").rows()
    assert rows == [
        ("甲厂有限公司", "单位", 20_000, None, "91320985MA2B1LLFXH"),
        ("裴璟瑄", "个人", 2_000, "甲厂有限公司", None),
        ("鄢翀珩", "个人", 2_000, "甲厂有限公司", None),
    ]


def test_cases_follow_from_what_was_found_and_hold_every_form(world):
    cases = world.cases
    assert 180 <= cases.height <= 330
    assert set(cases["inspection_id"].drop_nulls()) <= set(world.inspections["inspection_id"])
    serious = world.hazards.filter(pl.col("level") != "一般")["inspection_id"]
    assert set(cases["inspection_id"].drop_nulls()) <= set(serious)
    assert 0.2 <= cases["is_double"].mean() <= 0.45
    assert cases["by_person"].sum() >= 5
    assert cases["exempted"].drop_nulls().len() >= 10
    assert cases["second_person"].drop_nulls().len() >= 5
    shown = cases.drop_nulls("publish_until")
    assert 0.3 <= (shown["publish_until"] < LAST).mean() <= 0.95  # many have to be forgotten
    days = (cases["decided_on"] - cases["filed_on"]).dt.total_days()
    assert (days >= 0).all() and 0 < (days > 90).mean() < 0.1


def test_case_files_when_long_then_name_each_party_of_a_case_once(world):
    for export in plan_cases(world)[1 + FIRST_LONG :]:
        page = export.pages[0]
        keys = [(row.cells[page.places["case_no"]], row.cells[page.places["party_name"]])
                for row in page.rows]  # fmt: skip
        assert len(keys) == len(set(keys))


def test_accident_files_when_read_together_then_tell_every_accident(world):
    told = set()
    for export in plan_accidents(world):
        page = export.pages[0]
        told |= {row.cells[page.places["accident_no"]] for row in page.rows}
    known = world.accidents.filter(pl.col("told_on") <= LAST)["accident_no"]
    assert told == set(known)
