"""The backtest verb: marts in, one table out, on the terminal and in a file."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest
from ml_worlds import SMALL, make_world

from pipelines.cli import main
from pipelines.settings import load_settings
from pipelines.warehouse import hold_run_lock

RULE = {
    "kind": "score_below", "levels": "", "threshold": 60.0, "horizon_days": 180,
    "delay_days": 30, "visit": "next",
}  # fmt: skip


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace whose warehouse holds the small world in both replays, without any visits."""
    features, labels = make_world(3, months=30)
    for folder in ("rules", "state/rules"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "rules" / "risk.yml").write_text(SMALL, "utf-8")
    pl.DataFrame([RULE]).write_parquet(tmp_path / "state" / "rules" / "rule_label.parquet")
    # One visit a window: that of the first month after the as-of day, where there was one.
    soon = labels.filter(pl.col("visited_known_on") <= pl.col("as_of_on").dt.offset_by("32d"))
    tables = {
        "fct_park_features": features,
        "fct_park_labels": labels.with_columns(count_visits=pl.lit(1)),
        "fct_park_visit_labels": soon.with_columns(
            visited_on=pl.col("visited_known_on"), label=pl.col("positive_known_on").is_not_null()
        ).unique(["subject_id", "visited_on"]),
    }
    with duckdb.connect(str(tmp_path / "warehouse.duckdb")) as connection:
        connection.execute("create schema marts; create schema intermediate").fetchall()
        for name, frame in tables.items():
            path = tmp_path / f"{name}.parquet"
            frame.rename({"subject_id": "park_id"}).with_columns(
                replay=pl.lit("as_published")
            ).write_parquet(path)
            connection.execute(
                f"create table marts.{name} as from read_parquet('{path.as_posix()}')"
            ).fetchall()
        newest = features["as_of_on"].max()
        connection.execute(
            "create table intermediate.int_as_of as select $1 as as_of_on, $1 as newest_known_on",
            [newest],
        ).fetchall()
    return tmp_path


def run(workspace: Path, *arguments: str) -> int:
    return main(["--workspace", str(workspace), "backtest", "--unit", "park", *arguments])


def test_backtest_when_run_then_every_ranker_stands_in_one_table(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(path for path in workspace.rglob("*") if path.is_file())
    assert run(workspace) == 0
    said = capsys.readouterr().out
    assert "park: score_below:60, replay as_published, evaluation cohort" in said
    assert "the 180 days after it); delay 30 days" in said
    for name in ("shrunken_rate", "most_hazards", "longest_unvisited", "random"):
        assert f"\n{name} " in said
    assert "gradient_boosting (model)" in said
    assert "logistic (model)" in said
    assert "shrunken_score: no differing values in mean_score_all" in said
    lines = [line for line in said.splitlines() if line.startswith("random ")]
    assert lines[0].split()[1:3] == ["0.500", "0.500"]
    new = {path.name for path in workspace.rglob("*") if path.is_file()} - {p.name for p in before}
    assert new <= {"run.lock", "run.json"}  # the lock of a reader, nothing else


def test_backtest_when_visits_are_judged_then_it_says_so_and_everybody_is_labelled(
    workspace: Path, tmp_path: Path
) -> None:
    out = tmp_path / "table.json"
    assert run(workspace, "--evaluation", "at_visit", "--out", str(out)) == 0
    rows = json.loads(out.read_text("utf-8"))
    assert {row["evaluation"] for row in rows} == {"at_visit"}
    assert {row["labelled_share"] for row in rows} == {1.0}
    model = next(row for row in rows if row["estimator"] == "gradient_boosting")
    assert model["is_rule"] is False
    assert model["gain_low"] <= model["gain"] <= model["gain_high"]
    assert model["detectable"] > 0


def test_backtest_when_written_as_csv_then_the_table_of_the_terminal(
    workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "table.csv"
    assert run(workspace, "--out", str(out)) == 0
    rate = pl.read_csv(out).row(by_predicate=pl.col("estimator") == "shrunken_rate", named=True)
    line = next(x for x in capsys.readouterr().out.splitlines() if x.startswith("shrunken_rate "))
    assert line.split()[1:5] == [
        f"{rate[name]:.3f}" for name in ("auc", "auc_worst", "precision", "precision_worst")
    ]


def test_backtest_when_something_is_missing_then_a_sentence_says_what_to_do(
    workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(workspace, "--out", str(tmp_path / "table.xlsx")) == 1
    assert "must end in .csv or .json" in capsys.readouterr().err
    assert run(workspace, "--out", str(tmp_path / "nowhere" / "table.csv")) == 1
    assert "no such folder" in capsys.readouterr().err
    assert main(["--workspace", str(workspace), "backtest", "--unit", "enterprise"]) == 1
    assert "Next: parkrisk refresh" in capsys.readouterr().err
    (workspace / "warehouse.duckdb").unlink()
    assert run(workspace) == 1
    assert "no warehouse yet. Next: parkrisk refresh" in capsys.readouterr().err


def test_backtest_when_a_run_holds_the_workspace_then_it_waits_its_turn(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with hold_run_lock(load_settings(workspace), "refresh"):
        assert run(workspace) == 1
    assert "refresh" in capsys.readouterr().err


def test_backtest_when_the_history_is_short_then_no_split_and_it_says_so(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with duckdb.connect(str(workspace / "warehouse.duckdb")) as connection:
        connection.execute(
            "update intermediate.int_as_of set as_of_on = $1, newest_known_on = $1",
            [date(2022, 3, 31)],
        ).fetchall()
    assert run(workspace) == 0
    assert "the history is too short" in capsys.readouterr().out
