"""Rounds into the warehouse: every one whole or not at all, whatever lies in the folder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from snapshot_fixture import build_snapshot

from pipelines.assets.rounds import read_rounds, write_rounds
from pipelines.rounds.cohort import RoundError
from pipelines.rounds.draw import draw_round
from pipelines.rounds.record import RECORD, list_rounds, read_inputs
from pipelines.rules.round_rules import load_round_policy
from pipelines.settings import Settings
from pipelines.warehouse import open_warehouse


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    build_snapshot(tmp_path)
    made = Settings(workspace=tmp_path)
    for folder in (made.rules, made.state):
        folder.mkdir()
    for seed in (1, 2, 3):
        draw_round(made, load_round_policy(made), seed)
    return made


def counts(settings: Settings) -> list[tuple]:
    with open_warehouse(settings) as connection:
        return connection.execute(
            """
            select round_id, (select count(*) from ml.round_lines where round_id = r.round_id),
                   (select count(*) from ml.round_frame where round_id = r.round_id)
            from ml.rounds as r order by round_id
            """
        ).fetchall()


def test_rounds_when_read_then_all_are_in_the_tables_once(settings: Settings) -> None:
    said: list[str] = []
    for _ in range(2):  # a second run replaces, never adds
        write_rounds(
            settings, read_rounds(settings, list_rounds(settings), said.append), said.append
        )
    found = counts(settings)
    assert [row[0] for row in found] == list_rounds(settings) and len(found) == 3
    assert {row[2] for row in found} == {120} and said == []


def test_rounds_when_one_cannot_be_read_or_does_not_fit_then_the_others_stand(
    settings: Settings,
) -> None:
    said: list[str] = []
    first, second, third = list_rounds(settings)
    (settings.rounds / first / "round_frame.parquet").unlink()
    rounds = read_rounds(settings, [first, second, third], said.append)
    lines = rounds[0].round_lines.with_columns(part=pl.lit("luck"))
    write_rounds(settings, [replace(rounds[0], round_lines=lines), rounds[1]], said.append)
    assert [row[0] for row in counts(settings)] == [third]
    assert len(said) == 2
    assert f"left out: rounds/{first}/round_frame.parquet: cannot be read" in said[0]
    assert f"left out: rounds/{second}: it does not fit the tables" in said[1]


def test_inputs_when_recorded_by_another_version_then_told(settings: Settings) -> None:
    (round_id, *_) = list_rounds(settings)
    path = settings.rounds / round_id / RECORD
    path.write_text(path.read_text("utf-8").replace('"hazards_unplaced"', '"something"'), "utf-8")
    with pytest.raises(RoundError, match="without 'hazards_unplaced'"):
        read_inputs(settings, round_id)
