"""The ranking as an asset: features and labels out of the marts, scores and evidence into ``ml``.

Belongs here: reading frames, writing ``ml.*`` with their keys. Does not belong here: learning
(models_ml), what a feature means (dbt_project).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import polars as pl
from dagster import (
    AssetKey,
    AssetsDefinition,
    AssetSpec,
    MaterializeResult,
    multi_asset,
)

from models_ml.config import AT_VISIT, RiskConfig, load_config
from models_ml.frame import RiskFrame
from models_ml.score import RankingRun, run_ranking
from pipelines.assets.workspace import Workspace
from pipelines.rules.compile_rules import risk_config_text
from pipelines.settings import Settings
from pipelines.warehouse import ensure_table, open_warehouse

UNITS = ("park", "enterprise")
#: The mart of labels by what is judged: visits one by one, or whoever stood there at a month end.
LABELS = {False: "labels", True: "visit_labels"}
#: ``ml.*`` with keys and checks (docs/ports.md 3); the order is that of the run's frames.
ML_TABLES = {
    "model_runs": """
        run_id varchar primary key, unit varchar not null check (unit in ('park', 'enterprise')),
        as_of_on date not null, replay varchar not null, label_name varchar not null,
        horizon_days bigint not null, delay_days bigint not null, winner varchar not null,
        is_rule boolean not null, gain_low double, base_rate double, config varchar not null,
        input_fingerprint varchar not null, count_train_rows bigint not null,
        count_splits bigint not null""",
    "scores": """
        run_id varchar not null, subject_id varchar not null, unit varchar not null,
        as_of_on date not null, score double not null, rank bigint not null check (rank >= 1),
        count_cohort bigint not null, primary key (run_id, subject_id)""",
    "reasons": """
        run_id varchar not null, subject_id varchar not null, feature varchar not null,
        value double, contribution double not null, position bigint not null,
        primary key (run_id, subject_id, feature)""",
    "metrics": """
        run_id varchar not null, split_on date not null, estimator varchar not null,
        metric varchar not null, k_share double not null, value double, value_worst double,
        value_best double, labelled_share double not null, count_labelled bigint not null,
        count_cohort bigint not null, count_positive bigint not null,
        primary key (run_id, split_on, estimator, metric, k_share)""",
}


@dataclass(frozen=True)
class RankingInput:
    """Frames of one unit and the days they are seen at; ``current_on`` None = no cohort."""

    features: pl.DataFrame
    labels: pl.DataFrame
    current_on: date | None
    known_on: date | None


def build_risk_asset() -> AssetsDefinition:
    """The asset behind ``ml/*``: one ranking of the parks and one of the enterprises."""
    read = ("features", *LABELS.values())
    marts = [f"fct_{unit}_{what}" for unit in UNITS for what in read]

    @multi_asset(
        name="models",
        specs=[
            AssetSpec(
                key=["ml", table], group_name="ml",
                deps=[AssetKey(["marts", name]) for name in marts],
            )
            for table in ML_TABLES
        ],
    )  # fmt: skip
    def models(workspace: Workspace) -> Iterator[MaterializeResult]:
        settings = workspace.settings()
        runs = rank_units(settings, workspace)
        write_runs(settings, runs)
        for table in ML_TABLES:
            yield MaterializeResult(
                asset_key=AssetKey(["ml", table]),
                metadata={"rows": sum(len(frames_of(run)[table]) for run in runs)},
            )

    return models


def rank_units(settings: Settings, workspace: Workspace) -> list[RankingRun]:
    """Rank parks and enterprises as of the warehouse's as-of day; a unit nobody has is left out."""
    runs = []
    for unit in UNITS:
        config = workspace_config(settings)
        read = read_input(settings, unit, config)
        if read.current_on is None or read.known_on is None:
            workspace.say(f"  {unit}: no cohort at the as-of day, nothing to rank")
            continue
        frame = RiskFrame.build(read.features, read.labels, config, unit)
        run = run_ranking(frame, read.current_on, read.known_on, config, unit)
        workspace.say(f"  {unit}: {len(run.scores)} ranked by {run.run['winner'][0]}")
        runs.append(run)
    return runs


def workspace_config(settings: Settings) -> RiskConfig:
    """Knobs of the workspace: risk.yml, with label, horizon and delay of the label rule."""
    label = pl.read_parquet(settings.state / "rules" / "rule_label.parquet").row(0, named=True)
    name = (
        f"{label['kind']}:{label['levels']}"
        if label["kind"] == "hazard_level"
        else f"{label['kind']}:{label['threshold']:g}"
    )
    return load_config(risk_config_text(settings)).with_label(
        name, label["horizon_days"], label["delay_days"]
    )


def read_input(settings: Settings, unit: str, config: RiskConfig) -> RankingInput:
    """Features and labels of a unit in one replay, keyed (subject_id, as_of_on).

    Where visits are judged, the labels are keyed (subject_id, visited_on).
    """
    tables = ("features", LABELS[config.evaluation == AT_VISIT])
    with open_warehouse(settings, read_only=True) as connection:
        frames = [
            connection.cursor()
            .sql(
                f"select * exclude (replay) rename ({unit}_id as subject_id) "
                f"from marts.fct_{unit}_{what} where replay = ? order by {unit}_id, as_of_on",
                params=[config.replay],
            )
            .pl()
            for what in tables
        ]
        days = connection.cursor().sql("from intermediate.int_as_of").pl().row(0, named=True)
    features, labels = frames
    has_cohort = not features.filter(pl.col("as_of_on") == days["as_of_on"]).is_empty()
    return RankingInput(
        features, labels, days["as_of_on"] if has_cohort else None, days["newest_known_on"]
    )


def write_runs(settings: Settings, runs: list[RankingRun]) -> None:
    """Write runs to ``ml.*``: a run met again replaces itself, older runs stay as history."""
    with open_warehouse(settings) as connection, TemporaryDirectory(dir=settings.state) as folder:
        create_ml_tables(connection)
        connection.execute("begin").fetchall()
        for run in runs:
            for table, frame in frames_of(run).items():
                # DuckDB reads files, never Python objects (performance.md 1).
                path = Path(folder) / f"{table}.parquet"
                frame.write_parquet(path)
                run_id = run.run["run_id"][0]
                connection.execute(f"delete from ml.{table} where run_id = ?", [run_id]).fetchall()
                connection.execute(
                    f"insert into ml.{table} by name from read_parquet('{path.as_posix()}')"
                ).fetchall()
        connection.execute("commit").fetchall()


def create_ml_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Create ``ml.*`` where missing, so that dbt's sources exist before the first ranking."""
    connection.execute("create schema if not exists ml").fetchall()
    for table, columns in ML_TABLES.items():
        ensure_table(connection, f"ml.{table}", columns)


def frames_of(run: RankingRun) -> dict[str, pl.DataFrame]:
    """A run's frames by table of ``ml``."""
    return {
        "model_runs": run.run, "scores": run.scores, "reasons": run.reasons,
        "metrics": run.metrics,
    }  # fmt: skip
