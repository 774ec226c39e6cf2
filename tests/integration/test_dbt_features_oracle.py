"""Features against a plain query per as-of date, and against a lake that ends at that date.

The oracle works on days and range joins, as the definitions in docs/ports.md 5 read; the models
work on months and running sums. Resolution and versions are proved by rebuilding from less.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from lake_rows import build_marts, open_warehouse, run_dbt, write_lake
from lake_world import COUNT_MONTHS, FIRST_MONTH, district_files, month_end

from pipelines.assets.review import create_review_tables
from pipelines.assets.risk import create_ml_tables
from pipelines.assets.rounds import create_round_tables

#: One row per subject and D; {unit} is park or enterprise. Windows are (D - n months, D].
ORACLE = """
with days as (
    select distinct replay, as_of_on as d from marts.fct_{unit}_features
),
met as (
    select replay, as_of_on as d, {unit}_id as subject from marts.fct_{unit}_features
),
visits as (
    select days.d, v.*, {unit}_id as subject,
        row_number() over (
            partition by days.replay, days.d, {unit}_id
            order by visited_on desc, coalesce(bad_code, -1) desc, score nulls last
        ) as newest,
        row_number() over (
            partition by days.replay, days.d, {unit}_id
            order by score is null, visited_on desc, coalesce(bad_code, -1) desc, score
        ) as newest_scored
    from days
    join intermediate.int_visits__known as v
        on v.replay = days.replay and v.visited_on <= d and v.known_from <= d and v.known_to > d
),
hazards as (
    select days.d, h.*, {unit}_id as subject,
        not coalesce(rectified_on <= d, false) as is_open,
        rectified_on <= d and rectified_on > deadline_on as is_late
    from days
    join intermediate.int_hazards__known as h
        on h.replay = days.replay and h.found_on <= d and h.known_from <= d and h.known_to > d
),
-- a case stands at its decision, before it at its filing; its day and what it says are known
cases as (
    select days.d, c.*, {unit}_id as subject,
        case when decided_on <= d then decided_on else filed_on end as day_on
    from days
    join intermediate.int_cases__known as c
        on c.replay = days.replay and c.known_from <= d and c.known_to > d
),
c as (
    select replay, d, subject,
        count(distinct (source_system, case_code)) filter (
            day_on <= d and day_on > last_day(d - interval 24 month)
        ) as cases_24m,
        sum(fine_fen) filter (
            decided_on <= d and decided_on > last_day(d - interval 24 month)
        ) as fines_24m_fen
    from cases group by replay, d, subject
),
a as (
    select days.replay, d, {unit}_id as subject, count(*) as accidents_24m,
        sum(deaths) as deaths_24m
    from days
    join intermediate.int_accidents__known as a
        on a.replay = days.replay and a.known_from <= d and a.known_to > d and a.occurred_on <= d
        and a.occurred_on > last_day(d - interval 24 month) and a.is_counted
    group by days.replay, d, {unit}_id
),
v as (
    select replay, d, subject,
        count(*) filter (visited_on > last_day(d - interval 3 month)) as visits_3m,
        count(*) filter (visited_on > last_day(d - interval 12 month)) as visits_12m,
        count(*) filter (visited_on > last_day(d - interval 12 month) and bad_code = 1)
            as bad_visits_12m,
        count(*) as visits_all,
        count(*) filter (bad_code = 1) as bad_visits_all,
        d - max(visited_on) as days_since_last_visit,
        max(bad_code) filter (newest = 1) as was_last_visit_bad,
        max(score) filter (newest_scored = 1) as last_score,
        count(score) as scored_visits_all, round(avg(score), 6) as mean_score_all
    from visits group by replay, d, subject
),
h as (
    select replay, d, subject,
        count(*) filter (found_on > last_day(d - interval 3 month)) as hazards_3m,
        count(*) filter (found_on > last_day(d - interval 12 month)) as hazards_12m,
        count(*) filter (is_serious and found_on > last_day(d - interval 3 month))
            as hazards_serious_3m,
        count(*) filter (is_serious and found_on > last_day(d - interval 12 month))
            as hazards_serious_12m,
        count(*) filter (is_serious and found_on > last_day(d - interval 24 month))
            as hazards_serious_24m,
        count(*) filter (level = '重大' and found_on > last_day(d - interval 12 month))
            as hazards_major_12m,
        count(*) filter (is_open) as hazards_open,
        count(*) filter (is_open and d > deadline_on) as hazards_overdue,
        count(*) filter (is_open and is_serious) as hazards_serious_open,
        count(*) filter (is_late and rectified_on > last_day(d - interval 12 month))
            as hazards_rectified_late_12m
    from hazards group by replay, d, subject
)
select met.replay, met.d, met.subject,
    coalesce(visits_3m, 0), coalesce(visits_12m, 0), coalesce(bad_visits_12m, 0),
    coalesce(visits_all, 0), coalesce(bad_visits_all, 0), coalesce(hazards_3m, 0),
    coalesce(hazards_12m, 0), coalesce(hazards_serious_3m, 0), coalesce(hazards_serious_12m, 0),
    coalesce(hazards_serious_24m, 0), coalesce(hazards_major_12m, 0), coalesce(hazards_open, 0),
    coalesce(hazards_overdue, 0), coalesce(hazards_serious_open, 0),
    coalesce(hazards_rectified_late_12m, 0), days_since_last_visit, was_last_visit_bad, last_score,
    coalesce(scored_visits_all, 0), mean_score_all, coalesce(cases_24m, 0),
    coalesce(fines_24m_fen, 0), coalesce(accidents_24m, 0), coalesce(deaths_24m, 0)
from met left join v using (replay, d, subject) left join h using (replay, d, subject)
left join c using (replay, d, subject) left join a using (replay, d, subject)
"""
FEATURES = """
select replay, as_of_on, {unit}_id, visits_3m, visits_12m, bad_visits_12m, visits_all,
    bad_visits_all, hazards_3m, hazards_12m, hazards_serious_3m, hazards_serious_12m,
    hazards_serious_24m, hazards_major_12m, hazards_open, hazards_overdue, hazards_serious_open,
    hazards_rectified_late_12m, days_since_last_visit, was_last_visit_bad, last_score,
    scored_visits_all, round(mean_score_all, 6), cases_24m, fines_24m_fen, accidents_24m, deaths_24m
from marts.fct_{unit}_features
"""
#: Tenants of a park at D, straight from the leases: in force, known, the newest one speaks.
TENANTS = """
with days as (select distinct replay, as_of_on as d from marts.fct_park_features),
in_force as (
    select days.d, l.*
    from days
    join intermediate.int_leases__known as l
        on l.replay = days.replay and l.known_from <= d and l.known_to > d
        and l.occupied_from <= d and l.occupied_to > d
    qualify row_number() over (
        partition by days.replay, days.d, park_id, enterprise_id
        order by start_on desc nulls last, source_system, _key
    ) = 1
),
told as (
    select in_force.*,
        coalesce(in_force.employee_count, e.employee_count) as people,
        coalesce(in_force.uses_hazchem, e.uses_hazchem) as has_chemicals
    from in_force
    left join intermediate.int_enterprises__known as e
        on e.replay = in_force.replay and e.enterprise_id = in_force.enterprise_id
        and e.known_from <= d and e.known_to > d
),
by_park as (
    select replay, d, park_id, count(*) as count_tenants, sum(people) as employees,
        avg(agreement_signed::int) as signed, avg(is_sublet::int) as sublet,
        count(*) filter (has_chemicals) as chemicals
    from told group by replay, d, park_id
),
moves as (
    select days.replay, d, park_id,
        count(distinct (enterprise_id, start_on)) filter (
            start_on <= d and start_on > last_day(d - interval 12 month)
        ) as arrived,
        count(distinct (enterprise_id, least(moved_out_on, left_on))) filter (
            least(moved_out_on, left_on) <= d
            and least(moved_out_on, left_on) > last_day(d - interval 12 month)
            and not coalesce(
                least(moved_out_on, left_on) = left_on and back_on <= d, false
            )
        ) as left_
    from days
    join intermediate.int_leases__known as l
        on l.replay = days.replay and l.known_from <= d and l.known_to > d
    group by days.replay, d, park_id
)
select f.replay, f.as_of_on, f.park_id, coalesce(t.count_tenants, 0), t.employees, signed,
    sublet, coalesce(chemicals, 0), coalesce(arrived, 0), coalesce(left_, 0)
from marts.fct_park_features as f
left join by_park as t on (t.replay, t.d, t.park_id) = (f.replay, f.as_of_on, f.park_id)
left join moves as m on (m.replay, m.d, m.park_id) = (f.replay, f.as_of_on, f.park_id)
"""
#: Labels by the definition: visits in (D, D + 180] of what the subject is today.
LABELS = """
with visits as (
    select {unit}_id as current_id, visited_on, bad_code
    from intermediate.int_visits__known where replay = 'current'
)
select l.replay, l.as_of_on, l.{unit}_id,
    case when l.as_of_on + 180 <= (select newest_known_on from intermediate.int_as_of)
        then bool_or(bad_code = 1) end,
    case when l.as_of_on + 180 <= (select newest_known_on from intermediate.int_as_of)
        then count(visited_on) end
from marts.fct_{unit}_labels as l
join intermediate.int_successors as s
    on s.unit = '{unit}' and s.replay = l.replay and s.subject_id = l.{unit}_id
left join visits
    on visits.current_id = s.current_id
    and visits.visited_on > l.as_of_on and visits.visited_on <= l.as_of_on + 180
group by l.replay, l.as_of_on, l.{unit}_id
"""


def rows(warehouse: Path, sql: str) -> list[tuple]:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return sorted(connection.execute(sql).fetchall(), key=repr)


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The marts of the whole made-up district."""
    return build_marts(write_lake(tmp_path_factory.mktemp("district"), district_files(7)))


@pytest.mark.parametrize("unit", ["park", "enterprise"])
def test_features_when_asked_day_by_day_then_equal(warehouse: Path, unit: str) -> None:
    told = rows(warehouse, FEATURES.format(unit=unit))
    assert len(told) > 200
    assert all(sum(row[place] for row in told) > 50 for place in (-4, -3, -2, -1))
    assert told == rows(warehouse, ORACLE.format(unit=unit))


def test_tenant_features_when_asked_day_by_day_then_equal(warehouse: Path) -> None:
    told = rows(
        warehouse,
        "select replay, as_of_on, park_id, count_tenants, employees, agreement_signed_share, "
        "sublet_share, hazchem_tenants, tenants_arrived_12m, tenants_left_12m "
        "from marts.fct_park_features",
    )
    assert sum(row[3] for row in told) > 100 and sum(row[9] for row in told) > 10
    assert told == rows(warehouse, TENANTS)


@pytest.mark.parametrize("unit", ["park", "enterprise"])
def test_labels_when_asked_day_by_day_then_equal(warehouse: Path, unit: str) -> None:
    told = rows(
        warehouse,
        f"select replay, as_of_on, {unit}_id, label, count_visits from marts.fct_{unit}_labels",
    )
    assert {row[3] for row in told} == {True, False, None}
    assert told == rows(warehouse, LABELS.format(unit=unit))


@pytest.mark.parametrize("count_months", [9, 15])
def test_features_when_later_files_are_taken_away_then_equal(
    warehouse: Path, tmp_path: Path, count_months: int
) -> None:
    day = month_end(FIRST_MONTH + count_months - 1)
    files = [f for f in district_files(7) if (f.known_on or "") <= str(day)]
    assert 0 < len(files) < len(district_files(7)) and count_months < COUNT_MONTHS
    earlier = build_marts(write_lake(tmp_path, files))
    for unit in ("park", "enterprise"):
        sql = (
            f"select * from marts.fct_{unit}_features "
            f"where replay = 'as_published' and as_of_on <= date '{day}'"
        )
        then, now = rows(earlier, sql), rows(warehouse, sql)
        assert len(then) > 50
        assert then == now


def test_marts_when_lake_is_empty_then_every_model_and_unit_test_passes(tmp_path: Path) -> None:
    warehouse = open_warehouse(write_lake(tmp_path, []))
    with duckdb.connect(str(warehouse)) as connection:
        for create in (create_ml_tables, create_round_tables, create_review_tables):
            create(connection)
    run_dbt(tmp_path, "build")
    assert rows(warehouse, "select count_files, count_parks from marts.rpt_overview") == [(0, 0)]
