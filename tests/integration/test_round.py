"""A round from the command to the explorer: published, verified, kept through a rebuild."""

from __future__ import annotations

import csv
import re
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from conftest import DemoBuild, parkrisk
from small_workspace import small_workspace
from warehouse_state import rows

from pipelines.publish import current_snapshot
from pipelines.settings import Settings

pytestmark = pytest.mark.integration

LINES = "select * from marts.fct_round_lines where round_id = '{}' order by unit, subject_id"


@dataclass(frozen=True)
class Drawn:
    """A small workspace with one round, and what the command said."""

    settings: Settings
    round_id: str
    output: str


@pytest.fixture(scope="module")
def drawn(demo: DemoBuild, tmp_path_factory: pytest.TempPathFactory) -> Drawn:
    settings = small_workspace(demo, tmp_path_factory.mktemp("round") / "ws", 4)
    parkrisk(settings.workspace, "refresh")
    done = parkrisk(settings.workspace, "round", "--seed", "5", "--capacity", "12")
    (folder,) = settings.rounds.iterdir()
    return Drawn(settings, folder.name, done.stdout)


def snapshot(settings: Settings) -> Path:
    path = current_snapshot(settings)
    assert path is not None
    return path


def test_demo_when_built_then_leaves_one_round_to_look_at(demo: DemoBuild) -> None:
    (folder,) = demo.settings.rounds.iterdir()
    published = rows(
        snapshot(demo.settings),
        "select round_id, capacity, count_duty + count_key + count_random from marts.fct_rounds",
    )
    assert published == [(folder.name, 60, 60)]


def test_round_when_drawn_then_published_and_equal_to_its_workbook(drawn: Drawn) -> None:
    assert "published in" in drawn.output and drawn.round_id in drawn.output
    lines = rows(
        snapshot(drawn.settings),
        f"select place, subject_id, inclusion_probability from marts.fct_round_lines "
        f"where round_id = '{drawn.round_id}' and part <> 'left' order by place",
    )
    (path,) = (drawn.settings.rounds / drawn.round_id).glob("*.xlsx")
    sheet = openpyxl.load_workbook(path).worksheets[0]
    listed = [(row[0].value, row[17].value, row[9].value) for row in sheet.iter_rows(min_row=4)]
    assert len(lines) == 12
    assert [line[:2] for line in lines] == [line[:2] for line in listed]
    assert [line[2] for line in lines] == pytest.approx([line[2] for line in listed])


def test_round_when_in_the_frame_then_probabilities_are_the_expected_visits(drawn: Drawn) -> None:
    total = rows(
        snapshot(drawn.settings),
        """
        select round(sum(inclusion_probability), 6),
               count(*) filter ((inclusion_probability = 0) <> (exclusion is not null))
        from marts.fct_round_frame
        """,
    )
    assert total == [(12.0, 0)]
    frame = rows(
        snapshot(drawn.settings),
        """
        select count(*) filter (ranked.subject_id is null or members.subject_id is null)
        from marts.fct_round_frame as members
        full join (
            select park_id as subject_id from marts.rpt_park_ranking
            union all select enterprise_id from marts.rpt_enterprise_ranking
        ) as ranked on ranked.subject_id = members.subject_id
        """,
    )
    assert frame == [(0,)]


def test_round_when_searched_then_no_personal_string_is_in_its_folder(
    drawn: Drawn, demo: DemoBuild
) -> None:
    path = demo.settings.workspace / "truth" / "canaries.csv"
    with path.open(encoding="utf-8") as handle:
        canaries = [row["text"] for row in csv.DictReader(handle)]
    assert len(canaries) > 100
    needles = re.compile("|".join(re.escape(text) for text in canaries))
    for path in (drawn.settings.rounds / drawn.round_id).iterdir():
        if path.suffix == ".parquet":
            text = str(pl.read_parquet(path).to_dicts())
        elif path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                text = "".join(book.read(name).decode("utf-8") for name in book.namelist())
        else:
            text = path.read_text("utf-8")
        assert not needles.search(text), path.name


def test_round_when_drawn_again_then_nothing_is_written(drawn: Drawn) -> None:
    folder = drawn.settings.rounds / drawn.round_id
    times = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    again = parkrisk(
        drawn.settings.workspace, "round", "--seed", "5", "--capacity", "12", "--no-publish"
    )
    assert "drawn before: nothing was written" in again.stdout
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == times
    assert (
        "is what its recorded inputs and seed give"
        in parkrisk(drawn.settings.workspace, "round", "verify", drawn.round_id).stdout
    )


def test_round_when_data_comes_and_the_warehouse_is_lost_then_stays_as_it_was(
    drawn: Drawn, demo: DemoBuild
) -> None:
    settings = drawn.settings
    before = rows(snapshot(settings), LINES.format(drawn.round_id))
    # a second round that nobody can read: named and left out, the first one stands
    broken = settings.rounds / "20990101-deadbeef"
    shutil.copytree(settings.rounds / drawn.round_id, broken)
    lines = pl.read_parquet(broken / "round_lines.parquet")[1:]
    lines.write_parquet(broken / "round_lines.parquet")
    known = {path.name for path in settings.exports.rglob("*")}
    extra = next(
        path
        for path in sorted(demo.settings.exports.rglob("*.csv"))
        if path.name not in known and "隐患" in path.name
    )
    shutil.copyfile(extra, settings.exports / extra.name)
    settings.warehouse.unlink()
    done = parkrisk(settings.workspace, "refresh")
    assert "left out: rounds/20990101-deadbeef/round_lines.parquet" in done.stdout + done.stderr
    after = rows(snapshot(settings), LINES.format(drawn.round_id))
    assert after == before and len(after) >= 12
    assert rows(snapshot(settings), "select round_id from marts.fct_rounds") == [(drawn.round_id,)]
    again = parkrisk(settings.workspace, "refresh")
    assert "nothing new" in again.stdout + again.stderr


def test_round_when_rules_changed_since_then_waits_for_the_refresh(drawn: Drawn) -> None:
    """A snapshot must not mix two states: the round is drawn, publishing is left to a refresh."""
    settings = drawn.settings
    before = snapshot(settings)
    (settings.rules / "label.yml").write_text("horizon_days: 90\n", "utf-8")
    done = parkrisk(settings.workspace, "round", "--seed", "6", "--capacity", "12")
    assert "not published yet. Next: parkrisk refresh" in done.stdout
    assert snapshot(settings) == before


def test_round_when_asked_for_nonsense_then_told_in_a_sentence(drawn: Drawn) -> None:
    for arguments, said in (
        (["--capacity", "0"], "--capacity: got 0"),
        (["--on", "2020-01-01"], "expected a day after the data's as-of day"),
        (["verify", "20200101-00000000"], "no such round"),
        (["verify"], "no round was named"),
    ):
        done = parkrisk(drawn.settings.workspace, "round", *arguments, check=False)
        assert done.returncode == 1 and said in done.stderr and "Traceback" not in done.stderr
