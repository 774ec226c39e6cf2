"""A small published snapshot, made without a warehouse, for tests of the explorer.

Belongs here: the tables of docs/ports.md section 4 marked as published, with plausible rows.
Does not belong here: anything read by the product itself.
"""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
from snapshot_penalties import make_accidents, make_cases, sum_penalties
from snapshot_reports import make_monthly, make_overview, make_quality, make_risk
from snapshot_review import REVIEW_TABLES, make_review
from snapshot_rounds import make_rounds, rank_enterprises
from snapshot_sensors import make_sensors
from snapshot_world import (
    AS_OF,
    RUN_ID,
    Rows,
    make_enterprises,
    make_hazards,
    make_leases,
    make_parks,
    make_visits,
)

_NUMBERS = """
    inclusion_probability value_1 value_2 value_3
    longitude latitude land_area_m2 floor_area_m2 leased_area_m2 score runner_up_score
    similarity contribution value value_worst value_best labelled_share k_share gain_low base_rate
    range_low range_high alarm_1 alarm_2 peak minutes online_minutes installed_minutes online_share
    max_value minutes_to_acknowledge clock_skew_seconds value_given set_1 set_2 low_1 low_2"""
_WHOLES = """
    fines_12m_fen
    seed capacity method place duty_days duty_place
    building_count employee_count days_overdue cost_fen position rank left_rank right_rank
    _row_number header_row
    horizon_days delay_days size_bytes hazard_count_claimed fine_fen person_fine_fen total_fine_fen
    confiscated_fen exempted_fen direct_loss_fen deaths serious_injuries minor_injuries
    days_to_decision interval_seconds"""
_TYPES: dict[str, Any] = {
    **dict.fromkeys(_NUMBERS.split(), pl.Float64),
    **dict.fromkeys(_WHOLES.split(), pl.Int64),
    **dict.fromkeys(("month", "known_from", "valid_from", "valid_to"), pl.Date),
    **dict.fromkeys(("publish_until", "calibrated_until"), pl.Date),
    "day_on": pl.Date,
    **dict.fromkeys(("first_seen_at", "started_at", "ended_at", "observed_at"), pl.Datetime("us")),
    "agreement_signed": pl.Boolean,
}
TABLES = {
    **REVIEW_TABLES,
    "fct_rounds": """
        round_id as_of_on begins_on ends_on district_name seed capacity count_duty count_key
        count_random count_left count_eligible count_cohort park_run_id enterprise_run_id
        input_fingerprint method rules""",
    "fct_round_lines": """
        round_id unit subject_id part place park_id name park_name town address rank score
        inclusion_probability stratum last_inspected_on hazards_open duty hazard_code level
        found_on duty_days count_due duty_place decision decision_reason reason_1 value_1
        reason_2 value_2 reason_3 value_3""",
    "fct_round_frame": """
        round_id unit subject_id name town part exclusion decision decision_reason stratum
        count_stratum count_drawn inclusion_probability lot""",
    "dim_parks": """
        park_id park_code park_name park_kind town lessor_name lessor_kind address longitude
        latitude land_area_m2 floor_area_m2 building_count count_tenants_claimed count_tenants
        fire_class has_sandwich_panel is_three_in_one has_hazchem_store listed_on improved_on
        delisted_on park_status is_provisional known_from _file_id file_name _sheet _row_number""",
    "dim_enterprises": """
        enterprise_id enterprise_code uscc enterprise_name town address subject_kind
        industry_name scale employee_count production_status park_id has_dust
        has_confined_space has_ammonia uses_hazchem is_key_unit registered_on closed_on
        is_provisional known_from _file_id file_name _sheet _row_number""",
    "fct_leases": """
        lease_id park_id enterprise_id tenant_name building floor leased_area_m2 start_on end_on
        moved_out_on left_on is_current agreement_signed agreement_on sub_lessor_name activity
        known_from _file_id file_name _sheet _row_number""",
    "dim_units": """
        unit_id unit_name unit_kind level parent_name valid_from valid_to _file_id file_name
        _sheet _row_number""",
    "fct_inspections": """
        inspection_id inspection_code enterprise_id park_id town inspected_on inspected_clock
        kind mode inspecting_unit count_inspectors hazard_count_claimed count_hazards result
        score is_bad known_from source_system _file_id file_name _sheet _row_number""",
    "fct_hazards": """
        hazard_id hazard_code inspection_id enterprise_id park_id town found_on description
        category level location found_by is_simple deadline_on rectified_on closed_on
        is_rectified is_closed is_overdue was_on_time days_overdue cost_fen status_claimed
        known_from source_system _file_id file_name _sheet _row_number""",
    "fct_cases": """
        case_id case_code decision_no town sector cause cause_kind legal_basis procedure
        disposition origin is_offsite had_hearing filed_on decided_on closed_on published_on
        publish_until count_unit_parties count_person_parties is_double_penalty
        is_double_penalty_claimed fine_fen person_fine_fen total_fine_fen confiscated_fen
        exempted_fen accident_code inspection_code days_to_decision known_from source_system
        _file_id file_name _sheet _row_number""",
    "fct_case_parties": """
        case_party_id case_id party_kind party_name enterprise_id park_id town fine_fen decided_on
        filed_on publish_until known_from source_system _file_id file_name _sheet _row_number""",
    "fct_accidents": """
        accident_id accident_code enterprise_id park_id town sector occurred_on occurred_clock place
        accident_type type_edition deaths serious_injuries minor_injuries count_injured
        direct_loss_fen grade_claimed grade reported_on reported_clock cause is_counted
        struck_off_reason concluded_on known_from source_system _file_id file_name _sheet
        _row_number""",
    "dim_devices": """
        device_id device_code device_name device_kind gas unit range_low range_high alarm_1 alarm_2
        interval_seconds enterprise_id park_id town location installed_on calibrated_on
        calibrated_until removed_on vendor device_status is_set_point_too_high is_provisional
        last_reading_on known_from source_system _file_id file_name _sheet _row_number""",
    "fct_alarms": """
        alarm_id alarm_code device_id enterprise_id park_id town started_on started_clock ended_on
        ended_clock level peak unit verified acknowledged_on acknowledged_clock handled_on
        minutes_to_acknowledge episode_id reconciled known_from source_system _file_id file_name
        _sheet _row_number""",
    "fct_alarm_episodes": """
        episode_id device_id metric side enterprise_id park_id town started_at ended_at started_on
        minutes level peak unit count_readings is_reported _file_id file_name _sheet
        _row_number""",
    "fct_device_days": """
        device_id day_on count_readings count_missing count_flagged online_minutes
        installed_minutes online_share is_frozen count_spikes max_value clock_skew_seconds""",
    "fct_readings": """
        reading_id device_id metric observed_at observed_on value unit value_given unit_given set_1
        set_2 low_1 low_2 flag source_system _file_id file_name _sheet _row_number""",
    "fct_park_scores": """
        run_id park_id as_of_on score rank count_cohort""",
    "fct_enterprise_scores": """
        run_id enterprise_id as_of_on score rank count_cohort""",
    "fct_park_reasons": """
        run_id park_id feature value contribution position""",
    "fct_enterprise_reasons": """
        run_id enterprise_id feature value contribution position""",
    "fct_model_runs": """
        run_id unit as_of_on replay label_name horizon_days delay_days winner is_rule gain_low
        base_rate config input_fingerprint count_train_rows count_splits""",
    "fct_model_metrics": """
        run_id split_on estimator metric k_share value value_worst value_best labelled_share
        count_labelled count_cohort count_positive""",
    "fct_file_ledger": """
        _file_id _sheet export file_name source_system known_on contract score runner_up
        runner_up_score header_row rows_title rows_unit rows_total rows_footer
        rows_repeated_header rows_blank rows_read rows_accepted rows_duplicate rows_superseded
        rows_rejected""",
    "dim_files": """
        _file_id file_name count_names all_names kind encoding size_bytes outcome refused_code
        refused_sentence first_seen_at""",
    "fct_rejected_rows": """
        _file_id _sheet _row_number export file_name column_name reason raw_value cells""",
    "fct_issues": """
        issue_id _file_id _sheet _row_number export file_name column_name rule raw_value message""",
    "fct_subject_links": """
        identity subject subject_id linked_by name town uscc known_from count_rows""",
    "fct_row_dispositions": """
        _file_id _sheet _row_number export disposition _key""",
    "rpt_overview": """
        as_of_on district_name count_parks count_enterprises count_tenancies
        count_inspections_12m count_hazards_12m count_serious_hazards_12m count_hazards_open
        count_hazards_overdue count_cases_12m fines_12m_fen count_accidents_12m count_deaths_12m
        count_files count_files_refused rows_read rows_rejected
        count_issues""",
    "rpt_monthly": """
        month town inspection_kind count_inspections count_bad count_hazards
        count_serious_hazards""",
    "rpt_enterprise_ranking": """
        enterprise_id rank score enterprise_name town park_id last_inspected_on
        hazards_serious_12m hazards_open hazards_overdue reason_1 reason_2 reason_3 run_id
        as_of_on""",
    "rpt_park_ranking": """
        park_id rank score park_name park_kind town count_tenants floor_area_m2
        last_inspected_on hazards_serious_12m hazards_open hazards_overdue reason_1 reason_2
        reason_3 run_id as_of_on""",
}


def build_snapshot(workspace: Path, *, kind: str = "bureau", seed: int = 7) -> Path:
    """Write one snapshot file and CURRENT.json into ``workspace/published``.

    Parameters
    ----------
    kind : {"bureau", "scores_only", "unranked"}
        ``scores_only`` has no hazards, leases or enterprises (a regulator that scores sites);
        ``unranked`` is a bureau whose model has not run.
    """
    rows = make_rows(random.Random(seed), scores_only=kind == "scores_only")
    if kind == "unranked":
        ranked = "rpt_park_ranking rpt_enterprise_ranking fct_park_scores fct_park_reasons"
        for name in f"{ranked} fct_model_runs fct_rounds fct_round_lines fct_round_frame".split():
            rows[name] = []
    return write_snapshot(workspace, rows, list(TABLES), seed)


def write_snapshot(
    workspace: Path, rows: dict[str, Rows], tables: list[str], seed: int = 7
) -> Path:
    """Write the tables' rows as a snapshot and point readers to it."""
    published = workspace / "published"
    published.mkdir(parents=True, exist_ok=True)
    file = published / f"snap-20261101T020000Z-{seed}.duckdb"
    file.unlink(missing_ok=True)
    _write_database(file, rows, workspace.name, tables)
    pointer = {
        "file": file.name,
        "run_id": RUN_ID,
        "as_of_on": AS_OF.isoformat(),
        "built_at": "2026-11-01T02:00:00Z",
    }
    (published / "CURRENT.json").write_text(json.dumps(pointer), encoding="utf-8")
    return file


def _write_database(
    file: Path, rows: dict[str, Rows], workspace_name: str, tables: list[str]
) -> None:
    with duckdb.connect(file) as con:
        con.sql("create schema marts")
        con.sql("create schema meta")
        for table in tables:
            columns = TABLES[table]
            frame = pl.DataFrame(
                rows.get(table, []),
                schema={c: _type(c, table) for c in columns.split()},
                strict=False,
            )
            parquet = file.with_name(f"{table}.parquet")
            frame.write_parquet(parquet)
            con.sql(f"create table marts.{table} as from read_parquet('{parquet}')")
            parquet.unlink()
        con.sql(
            """
            create table meta.publish as
            select $run as run_id, timestamp '2026-11-01 02:00:00' as built_at, $day as as_of_on,
                $name as workspace_name, 'zh' as language, 'test' as code_version
            """,
            params={"run": RUN_ID, "day": AS_OF, "name": workspace_name},
        )


def _type(column: str, table: str) -> Any:
    if (table, column) == ("fct_accidents", "place"):  # of a round line it is a number
        return pl.String
    if column in _TYPES:
        return _TYPES[column]
    if column.startswith(("count_", "rows_", "hazards_")):
        return pl.Int64
    if column.startswith(("is_", "has_", "was_", "uses_")):
        return pl.Boolean
    return pl.Date if column.endswith("_on") else pl.String


def make_rows(rng: random.Random, *, scores_only: bool) -> dict[str, Rows]:
    parks = make_parks(rng)
    enterprises: Rows = [] if scores_only else make_enterprises(rng)
    leases = [] if scores_only else make_leases(rng, parks, enterprises)
    visits = make_visits(rng, parks, enterprises, scored=scores_only)
    hazards = [] if scores_only else make_hazards(rng, visits)
    cases, parties = ([], []) if scores_only else make_cases(random.Random(3), enterprises)
    accidents = [] if scores_only else make_accidents(random.Random(4), enterprises)
    rows: dict[str, Rows] = {
        "dim_parks": parks,
        "dim_enterprises": enterprises,
        "fct_leases": leases,
        "fct_inspections": visits,
        "fct_hazards": hazards,
        "fct_cases": cases,
        "fct_case_parties": parties,
        "fct_accidents": accidents,
        **make_sensors(enterprises),
        **make_risk(rng, parks, visits, hazards, scores_only),
        **make_quality(parks, enterprises, leases, visits, hazards),
        **make_review(),
    }
    rows["rpt_monthly"] = make_monthly(visits, hazards)
    rows["rpt_overview"] = [make_overview(rows) | sum_penalties(cases, accidents)]
    rows["rpt_enterprise_ranking"] = rank_enterprises(rows)
    rows |= make_rounds(rows)
    return rows
