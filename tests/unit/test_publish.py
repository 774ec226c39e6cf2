"""Snapshots: keys and comments survive, readers are undisturbed, three are kept, rollback."""

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from pipelines.publish import (
    PublishError,
    PublishFacts,
    current_snapshot,
    publish_snapshot,
    roll_back,
)
from pipelines.settings import Settings
from pipelines.warehouse import WarehouseBusy, hold_run_lock, open_warehouse


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(workspace=tmp_path)
    made.state.mkdir()
    with open_warehouse(made) as connection:
        connection.execute(
            "create schema marts;"
            "create table marts.rpt_overview (as_of_on date not null);"
            "insert into marts.rpt_overview values ('2025-10-31');"
            "create table marts.dim_parks (park_id varchar primary key, town varchar not null);"
            "comment on table marts.dim_parks is 'one park';"
            "comment on column marts.dim_parks.town is 'town that manages it';"
            "insert into marts.dim_parks values ('p1', '甪里镇');"
            "create table marts.fct_park_features (park_id varchar);"
        ).fetchall()
    return made


def facts(second: int) -> PublishFacts:
    built = datetime(2025, 11, 1, 6, 0, second, tzinfo=UTC)
    return PublishFacts(f"run{second}", built, "code", "示范区", "zh")


TABLES = ["dim_parks", "rpt_overview"]


def query(path: Path, sql: str) -> list[tuple]:
    connection = duckdb.connect(str(path), read_only=True)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def test_publish_when_done_then_keys_comments_and_facts_are_there(settings: Settings) -> None:
    path = publish_snapshot(settings, TABLES, facts(1))
    assert current_snapshot(settings) == path
    assert query(path, "from marts.dim_parks") == [("p1", "甪里镇")]
    assert query(path, "select comment from duckdb_tables() where table_name = 'dim_parks'") == [
        ("one park",)
    ]
    assert query(path, "select comment from duckdb_columns() where column_name = 'town'") == [
        ("town that manages it",)
    ]
    keys = query(
        path, "select constraint_type from duckdb_constraints() where table_name = 'dim_parks'"
    )
    assert ("PRIMARY KEY",) in keys
    assert query(path, "select as_of_on::varchar, language from meta.publish") == [
        ("2025-10-31", "zh")
    ]


def test_publish_when_table_not_named_then_not_carried(settings: Settings) -> None:
    path = publish_snapshot(settings, TABLES, facts(1))
    names = query(path, "select table_name from duckdb_tables() where schema_name = 'marts'")
    assert sorted(names) == [("dim_parks",), ("rpt_overview",)]


def test_publish_when_table_is_missing_then_nothing_changes(settings: Settings) -> None:
    first = publish_snapshot(settings, TABLES, facts(1))
    with pytest.raises(PublishError, match=r"marts\.nowhere"):
        publish_snapshot(settings, ["nowhere"], facts(2))
    assert current_snapshot(settings) == first


def test_publish_when_four_times_then_three_are_kept_and_reader_lives(settings: Settings) -> None:
    first = publish_snapshot(settings, TABLES, facts(1))
    reader = duckdb.connect(str(first), read_only=True)
    for second in (2, 3, 4):
        newest = publish_snapshot(settings, TABLES, facts(second))
    assert reader.execute("select count(*) from marts.dim_parks").fetchall() == [(1,)]
    reader.close()
    kept = sorted(p.name for p in settings.published.glob("snap-*"))
    assert len(kept) == 3 and kept[-1] == newest.name and first.name not in kept


def test_rollback_when_older_exists_then_pointer_moves_back(settings: Settings) -> None:
    first = publish_snapshot(settings, TABLES, facts(1))
    publish_snapshot(settings, TABLES, facts(2))
    assert roll_back(settings) == first.name
    assert current_snapshot(settings) == first
    with pytest.raises(PublishError, match="no snapshot older"):
        roll_back(settings)


def test_run_lock_when_held_then_second_run_is_told_who(settings: Settings) -> None:
    with (
        hold_run_lock(settings, "run abc"),
        pytest.raises(WarehouseBusy, match="run abc"),
        hold_run_lock(settings, "other"),
    ):
        pass
    with hold_run_lock(settings, "again"):
        pass
