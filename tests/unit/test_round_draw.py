"""A round from a published snapshot: drawn, kept, drawn again, verified, told when tampered."""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest
from snapshot_fixture import build_snapshot

from pipelines.rounds.cohort import RoundError
from pipelines.rounds.draw import draw_round, is_filled_in, verify_round
from pipelines.rounds.record import DrawnRound, list_rounds, read_inputs, read_outputs
from pipelines.rounds.tables import fingerprint
from pipelines.rules.compile_rules import RuleError
from pipelines.rules.round_rules import RoundPolicy, load_round_policy, with_overrides
from pipelines.settings import Settings


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    build_snapshot(folder)
    return folder


@pytest.fixture
def settings(tmp_path: Path, published: Path) -> Settings:
    shutil.copytree(published, tmp_path, dirs_exist_ok=True)
    (tmp_path / "rules").mkdir()
    return Settings(workspace=tmp_path, name="test")


def policy(settings: Settings, **over: object) -> RoundPolicy:
    whole = with_overrides(load_round_policy(settings), 20, None, None)
    return replace(whole, rules=replace(whole.rules, **over))


def content(drawn: DrawnRound) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(drawn.folder.iterdir())
    }


def change(settings: Settings, statement: str) -> None:
    (path,) = settings.published.glob("snap-*.duckdb")
    with duckdb.connect(str(path)) as connection:
        connection.execute(statement).fetchall()


def decide(settings: Settings, *entries: str) -> None:
    lines = ["decisions:", *(f"- {{decision: {entry}}}" for entry in entries)]
    (settings.rules / "round.yml").write_text("\n".join(lines) + "\n", "utf-8")


def test_draw_when_the_same_inputs_then_the_same_bytes(settings: Settings) -> None:
    first = draw_round(settings, policy(settings), 7)
    bytes_ = content(first)
    assert len(bytes_) == 7 and first.is_new
    shutil.rmtree(first.folder)
    time.sleep(1.1)  # a clock inside any file would show
    again = draw_round(settings, policy(settings), 7)
    assert (again.round_id, content(again)) == (first.round_id, bytes_)


def test_draw_when_rows_lie_in_another_order_then_the_same_round(settings: Settings) -> None:
    first = draw_round(settings, policy(settings), 7)
    for table in ("rpt_park_ranking", "rpt_enterprise_ranking", "fct_hazards", "fct_inspections"):
        change(
            settings,
            f"create or replace table marts.{table} as from marts.{table} order by hash(rowid)",
        )
    again = draw_round(settings, policy(settings), 7)
    assert (again.round_id, again.is_new) == (first.round_id, False)


def test_draw_when_any_input_changes_then_another_round(settings: Settings) -> None:
    ids = {
        draw_round(settings, policy(settings), 7).round_id,
        draw_round(settings, policy(settings), 8).round_id,
        draw_round(settings, policy(settings, floor=2), 7).round_id,
        draw_round(settings, policy(settings), 7, date(2026, 12, 1)).round_id,
    }
    change(settings, "update marts.rpt_park_ranking set score = score + 1 where park_id = 'park03'")
    ids.add(draw_round(settings, policy(settings), 7).round_id)
    assert len(ids) == 5
    assert list_rounds(settings) == sorted(ids)


def test_draw_when_not_asked_then_begins_the_day_after_the_data(settings: Settings) -> None:
    head = draw_round(settings, policy(settings), 7).frames.rounds.row(0, named=True)
    assert (head["begins_on"], head["ends_on"]) == (date(2026, 11, 1), date(2026, 11, 30))
    with pytest.raises(RoundError, match="a day after the data's as-of day 2026-10-31"):
        draw_round(settings, policy(settings), 7, date(2026, 10, 31))


def test_draw_when_counted_from_the_rows_then_equal(settings: Settings) -> None:
    """Another way to count: duties and exclusions straight from the snapshot."""
    drawn = draw_round(settings, policy(settings, duty_most=1.0), 7)
    head = drawn.frames.rounds.row(0, named=True)
    (path,) = settings.published.glob("snap-*.duckdb")
    with duckdb.connect(str(path), read_only=True) as connection:
        owed = connection.execute(
            """
            select count(distinct enterprise_id) from marts.fct_hazards
            where not is_closed and level in ('重大', '较大') and (is_rectified or is_overdue)
            """
        ).fetchall()[0][0]
    assert head["count_cohort"] == 120
    lines = drawn.frames.round_lines
    assert lines.filter(pl.col("duty").is_not_null() & (pl.col("part") == "duty")).height == 18
    in_round = lines.filter(pl.col("duty").is_not_null() & (pl.col("part") != "left")).height
    assert in_round + head["count_left"] == owed
    assert head["count_duty"] + head["count_key"] + head["count_random"] == 20


def test_draw_when_a_name_may_not_be_shown_then_nobody_is_sent_there(settings: Settings) -> None:
    change(
        settings,
        "update marts.dim_enterprises set enterprise_name = null where enterprise_id = 'ent003'",
    )
    frames = draw_round(settings, policy(settings), 7).frames
    assert frames.rounds["count_cohort"].to_list() == [119]
    assert "ent003" not in frames.round_frame["subject_id"]
    assert frames.round_lines["name"].null_count() == 0


def test_draw_when_a_regulator_only_scores_parks_then_no_duty_and_one_unit(tmp_path: Path) -> None:
    build_snapshot(tmp_path, kind="scores_only")
    (tmp_path / "rules").mkdir()
    own = Settings(workspace=tmp_path)
    whole = with_overrides(load_round_policy(own), 8, None, None)
    drawn = draw_round(own, replace(whole, cool_down_kinds=("没有这种",)), 7)
    head = drawn.frames.rounds.row(0, named=True)
    # 20 parks, 8 visits, nothing owed: 4 by rank, 4 of the other 16 at random
    assert [head[f"count_{part}"] for part in ("duty", "key", "random", "left")] == [0, 4, 4, 0]
    assert (head["count_cohort"], head["enterprise_run_id"]) == (20, None)
    # five towns, four visits: the smallest two strata became one
    assert drawn.frames.round_frame["stratum"].n_unique() - 1 == 4
    assert all(check.is_same for check in verify_round(own, drawn.round_id))


def test_verify_when_untouched_then_everything_is_the_same(settings: Settings) -> None:
    drawn = draw_round(settings, policy(settings), 7)
    build_snapshot(settings.workspace, seed=8)  # newer data changes nothing
    assert [c.is_same for c in verify_round(settings, drawn.round_id)] == [True] * 5
    assert is_filled_in(settings, drawn.round_id) is False
    drawn.workbook.write_bytes(b"filled in")
    assert is_filled_in(settings, drawn.round_id) is True
    drawn.workbook.unlink()
    assert is_filled_in(settings, drawn.round_id) is None


def test_verify_when_a_probability_was_changed_then_told(settings: Settings) -> None:
    drawn = draw_round(settings, policy(settings), 7)
    path = drawn.folder / "round_lines.parquet"
    lines = pl.read_parquet(path).with_columns(inclusion_probability=pl.lit(1.0))
    lines.write_parquet(path)
    with pytest.raises(RoundError, match=r"round_lines\.parquet: got content .*changed after"):
        read_outputs(settings, drawn.round_id)


def test_verify_when_the_list_was_swapped_with_its_hash_then_found(settings: Settings) -> None:
    """Whoever changes the list and the record together is found by drawing again."""
    drawn = draw_round(settings, policy(settings), 7)
    record_path = drawn.folder / "round.json"
    record = json.loads(record_path.read_text("utf-8"))
    lines = pl.read_parquet(drawn.folder / "round_lines.parquet")[1:]
    lines.write_parquet(drawn.folder / "round_lines.parquet")
    record["outputs"]["round_lines"] = fingerprint(lines)
    record_path.write_text(json.dumps(record), "utf-8")
    found = {check.name: check.is_same for check in verify_round(settings, drawn.round_id)}
    assert found["round_lines"] is False and found["round_frame"] is True


def test_verify_when_the_cohort_was_changed_then_told(settings: Settings) -> None:
    drawn = draw_round(settings, policy(settings), 7)
    path = drawn.folder / "cohort.parquet"
    pl.read_parquet(path)[1:].write_parquet(path)
    with pytest.raises(RoundError, match=r"cohort\.parquet: got content"):
        verify_round(settings, drawn.round_id)
    with pytest.raises(RoundError, match=r"no such round\. Expected one of: "):
        verify_round(settings, "20200101-00000000")


def test_verify_when_another_version_laid_it_out_then_the_list_decides(settings: Settings) -> None:
    drawn = draw_round(settings, policy(settings), 7)
    path = drawn.folder / "round.json"
    record = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(record | {"workbook_sha256": "0" * 64}), "utf-8")
    assert [c.is_same for c in verify_round(settings, drawn.round_id)] == [True] * 4 + [False]
    older = record | {"workbook_sha256": "0" * 64, "layout": "older"}
    path.write_text(json.dumps(older), "utf-8")
    assert [c.is_same for c in verify_round(settings, drawn.round_id)] == [True] * 4 + [None]


def test_inputs_when_read_back_then_the_same_round(settings: Settings) -> None:
    drawn = draw_round(settings, policy(settings), 7)
    assert read_inputs(settings, drawn.round_id).round_id == drawn.round_id


def test_decisions_when_named_then_found_by_name_or_id_and_kept(settings: Settings) -> None:
    decide(
        settings,
        "exclude, subject: park, name: 恒力产业园, decided_on: 2026-10-01, reason: 甲",
        "include, subject: enterprise, name: ent050, decided_on: 2026-10-01, reason: 乙",
        "exclude, subject: enterprise, name: ent050, decided_on: 2026-09-01, reason: 丙",
        "exclude, subject: park, name: park02, decided_on: 2026-01-01, until: 2026-10-31, "
        "reason: 过期",
        "exclude, subject: park, name: 无此园区, decided_on: 2026-10-01, reason: 丁",
    )
    drawn = draw_round(settings, policy(settings), 7)
    frame = drawn.frames.round_frame
    decided = frame.filter(pl.col("decision").is_not_null())
    assert decided.select("subject_id", "decision", "decision_reason", "part").rows() == [
        ("ent050", "include", "乙", "duty"),  # the later decision holds
        ("park00", "exclude", "甲", None),
    ]
    head = drawn.frames.rounds.row(0, named=True)
    assert '"decisions_lost": ["无此园区"]' in head["rules"]


def test_decision_when_a_name_fits_two_then_refused_with_its_line(settings: Settings) -> None:
    change(
        settings,
        "update marts.dim_parks set park_name = '同名园' where park_id in ('park01', 'park02')",
    )
    same = "exclude, subject: park, name: 同名园, decided_on: 2026-10-01, reason: a"
    decide(settings, same)
    with pytest.raises(RuleError, match="line 2: got '同名园', the name of 2 subjects"):
        draw_round(settings, policy(settings), 7)
    decide(settings, f"{same}, town: 平望镇")
    frame = draw_round(settings, policy(settings), 7).frames.round_frame
    assert frame.filter(exclusion="by_decision")["subject_id"].to_list() == ["park01"]


def test_draw_when_nothing_is_published_or_ranked_then_says_what_to_do(
    tmp_path: Path, settings: Settings
) -> None:
    empty = Settings(workspace=tmp_path / "empty")
    empty.rules.mkdir(parents=True)
    with pytest.raises(RoundError, match="no snapshot is published"):
        draw_round(empty, policy(settings), 7)
    for table in ("rpt_park_ranking", "rpt_enterprise_ranking"):
        change(settings, f"delete from marts.{table}")
    with pytest.raises(RoundError, match="nobody is ranked"):
        draw_round(settings, policy(settings), 7)
