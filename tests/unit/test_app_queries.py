"""Questions: the numbers of a page are the counts of the rows it leads to."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from snapshot_fixture import AS_OF, build_snapshot

from app import queries
from app.published import Snapshot, find_snapshot
from app.views import overview, ranking, records


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return _publish(tmp_path_factory.mktemp("bureau"), "bureau")


@pytest.fixture(scope="module")
def scores_only(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return _publish(tmp_path_factory.mktemp("scores"), "scores_only")


def _publish(workspace: Path, kind: str) -> Snapshot:
    build_snapshot(workspace, kind=kind)
    found = find_snapshot(workspace)
    assert found is not None
    return found


def _count(rows: pl.DataFrame) -> int:
    return int(rows["count_all"][0]) if rows.height else 0


def test_every_card_when_followed_then_leads_to_as_many_rows(snapshot: Snapshot) -> None:
    figures = queries.ask_row(snapshot, "overview")
    assert figures is not None
    cards = overview.list_cards(queries.find_holdings(snapshot))
    assert len(cards) == 12
    counted = {
        c.name: int(rows[c.total][0])
        for c in cards
        if (rows := records.find_rows(snapshot, c.record_set)).height
    }
    assert counted == {c.name: figures[c.column] for c in cards}


def test_figures_of_a_park_when_followed_then_lead_to_as_many_rows(snapshot: Snapshot) -> None:
    since = queries.year_before(AS_OF)
    park = queries.ask_row(snapshot, "park", park="park03", since=since, until=AS_OF)
    assert park is not None
    sets = {
        "visits_12m": "inspections_12m",
        "hazards_serious_12m": "hazards_serious",
        "hazards_open": "hazards_open",
        "hazards_overdue": "hazards_overdue",
        "count_tenants": "leases_current",
        "cases_12m": "cases_12m",
        "accidents_12m": "accidents_12m",
    }
    counted = {
        name: _count(records.find_rows(snapshot, record_set, park="park03"))
        for name, record_set in sets.items()
    }
    assert counted == {name: park[name] for name in sets}


def test_towns_when_summed_then_equal_the_overview(snapshot: Snapshot) -> None:
    figures = queries.ask_row(snapshot, "overview")
    since = queries.year_before(AS_OF)
    towns = queries.ask(snapshot, "towns", since=since, until=AS_OF)
    assert figures is not None
    assert towns["visits_12m"].sum() == figures["count_inspections_12m"]
    assert towns["hazards_serious_12m"].sum() == figures["count_serious_hazards_12m"]
    assert towns["hazards_overdue"].sum() == figures["count_hazards_overdue"]
    assert towns["cases_12m"].sum() == figures["count_cases_12m"] > 0
    assert towns["accidents_12m"].sum() == figures["count_accidents_12m"] > 0
    assert towns["count_parks"].sum() == 19


def test_months_when_followed_then_lead_to_as_many_rows(snapshot: Snapshot) -> None:
    since = queries.year_before(AS_OF)
    months = queries.ask(snapshot, "monthly", since=since, until=AS_OF, town=None)
    may = months.filter(pl.col("month") == date(2026, 5, 1))
    for record_set, column in (("inspections", "count_inspections"), ("hazards", "count_hazards")):
        rows = records.find_rows(snapshot, record_set, month="2026-05")
        assert _count(rows) == may[column].sum() > 0


def test_ranking_when_filtered_then_keeps_rank_and_order(snapshot: Snapshot) -> None:
    everything = ranking.find_parks(snapshot)
    one_town = ranking.find_parks(snapshot, towns=("盛泽镇",))
    assert everything["rank"].to_list() == list(range(1, 21))
    assert one_town["park_id"].to_list() == (
        everything.filter(pl.col("town") == "盛泽镇")["park_id"].to_list()
    )


@pytest.mark.parametrize("text", ["鹰翔", "p0003", "工业路4号", "苏州甲03家具制造"])
def test_ranking_when_searched_then_finds_name_code_address_and_tenant(
    snapshot: Snapshot, text: str
) -> None:
    assert ranking.find_parks(snapshot, text=text)["park_id"].to_list() == ["park03"]


def test_tenants_when_counted_by_month_then_end_at_the_current_ones(snapshot: Snapshot) -> None:
    months = queries.ask(snapshot, "park_tenants", park="park03", until=AS_OF)
    current = records.find_rows(snapshot, "leases_current", park="park03")
    assert months["month"][-1] == date(2026, 10, 1)
    assert months["count_tenants"][-1] == _count(current) == 5


def test_rows_when_limited_then_still_tell_how_many_there_are(snapshot: Snapshot) -> None:
    rows = records.find_rows(snapshot, "inspections", limit=7)
    assert (rows.height, _count(rows)) == (7, 400)


def test_holdings_when_a_regulator_only_scores_sites_then_say_so(scores_only: Snapshot) -> None:
    assert queries.find_holdings(scores_only) == queries.Holdings(
        ranking=True,
        enterprises=False,
        leases=False,
        inspections=True,
        hazards=False,
        cases=False,
        accidents=False,
        devices=False,
        episodes=False,
        alarms=False,
        readings=False,
        scored_visits=True,
    )


def test_answers_when_two_snapshots_are_open_then_do_not_mix(
    snapshot: Snapshot, scores_only: Snapshot
) -> None:
    one, other = (queries.ask_row(s, "overview") for s in (snapshot, scores_only))
    assert one is not None and other is not None
    assert (one["count_enterprises"], other["count_enterprises"]) == (96, 0)


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2026, 10, 31), date(2025, 10, 31)),
        (date(2028, 2, 29), date(2027, 2, 28)),
        (date(2029, 2, 28), date(2028, 2, 29)),
        (date(2026, 10, 15), date(2025, 10, 31)),
    ],
)
def test_year_before_when_a_month_ends_then_is_a_month_end(day: date, before: date) -> None:
    assert queries.year_before(day) == before


def test_cases_when_their_publication_is_over_then_no_word_finds_the_name(
    snapshot: Snapshot,
) -> None:
    cases = records.find_rows(snapshot, "cases")
    over = cases.filter(pl.col("publish_until") < AS_OF)
    assert over.height and set(over["party_names"]) == {"withheld"}
    shown = cases.filter(pl.col("publish_until") >= AS_OF)["party_names"]
    assert shown.str.contains("有限公司").all()
    # a search finds the names that may be shown, and no others
    found = records.find_rows(snapshot, "cases", text="有限公司")
    assert found.height == shown.len() + cases["publish_until"].null_count()
    assert not set(over["case_code"]) & set(found["case_code"])


def test_cases_when_double_then_have_a_person(snapshot: Snapshot) -> None:
    double = records.find_rows(snapshot, "cases_double")
    decided = records.find_rows(snapshot, "cases_12m")
    assert 0 < double.height < decided.height
    assert double["is_double_penalty"].all()
    assert decided["sum_fines_fen"][0] == int(decided["total_fine_yuan"].sum() * 100)


def test_records_when_a_month_is_chosen_then_cases_stand_at_their_decision(
    snapshot: Snapshot,
) -> None:
    cases = records.find_rows(snapshot, "cases")
    month = cases["decided_on"].drop_nulls()[0].isoformat()[:7]
    of_month = records.find_rows(snapshot, "cases", month=month)
    wanted = cases.filter(pl.coalesce("decided_on", "filed_on").dt.strftime("%Y-%m") == month)
    assert set(of_month["case_code"]) == set(wanted["case_code"]) != set()
