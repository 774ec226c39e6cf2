"""Tables our own code writes, when a release changes their columns."""

from __future__ import annotations

import duckdb

from pipelines.warehouse import ensure_table


def make() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("create schema ml")
    ensure_table(connection, "ml.runs", "run_id varchar primary key, score double")
    connection.execute("insert into ml.runs values ('a', 1.5)")
    return connection


def test_table_when_its_columns_stay_then_so_do_its_rows() -> None:
    connection = make()
    ensure_table(connection, "ml.runs", "run_id varchar primary key, score double")
    assert connection.execute("select * from ml.runs").fetchall() == [("a", 1.5)]
    tables = connection.execute("select table_name from duckdb_tables()").fetchall()
    assert tables == [("runs",)]


def test_table_when_a_column_comes_and_one_goes_then_what_is_shared_is_carried_over() -> None:
    connection = make()
    ensure_table(connection, "ml.runs", "run_id varchar primary key, evaluation varchar")
    assert connection.execute("select * from ml.runs").fetchall() == [("a", None)]
    key = connection.execute(
        "select constraint_column_names from duckdb_constraints() "
        "where table_name = 'runs' and constraint_type = 'PRIMARY KEY'"
    ).fetchall()
    assert key == [(["run_id"],)]


def test_table_when_a_new_column_may_not_be_empty_then_the_old_rows_go() -> None:
    connection = make()
    ensure_table(connection, "ml.runs", "run_id varchar primary key, unit varchar not null")
    assert connection.execute("select * from ml.runs").fetchall() == []
