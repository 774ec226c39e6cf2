"""The columns dbt stages, compares and carries are those of the contracts."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from pipelines.contracts.load_contracts import EXPORTS, export_dictionary
from pipelines.ingest.schema import TECHNICAL, lake_columns, lake_schema

DBT = Path(__file__).resolve().parents[2] / "dbt_project"
#: exports.md 9.4.1 and 2.1: knowledge time, kept time, part of the key.
NEVER_COMPARED = {"exported_at", "updated_at", "source_system"}


@cache
def compared_columns() -> dict[str, list[list[str]]]:
    """Lists of macros/export_columns.sql: export -> [staged name, canonical name, kind]."""
    text = (DBT / "macros" / "export_columns.sql").read_text("utf-8")
    found = re.search(r"set columns = (\{.*?\}) -%\}", text, re.DOTALL)
    assert found
    return ast.literal_eval(found[1])


@cache
def staged_columns(export: str) -> dict[str, str]:
    """Lake column -> staged name, as the staging view spells it."""
    path = DBT / "models" / "staging" / "exports" / f"stg_exports__{export}.sql"
    found = re.findall(r"^\s+rows_of_files\.(\w+)(?: as (\w+))?,?$", path.read_text("utf-8"), re.M)
    return {lake: staged or lake for lake, staged in found}


@pytest.mark.parametrize("export", EXPORTS)
def test_staging_when_compared_with_the_lake_then_no_column_is_missing(export: str) -> None:
    lake = set(lake_schema(export_dictionary()[export])) - {"source_system", "_source_system"}
    assert set(staged_columns(export)) == lake


@pytest.mark.parametrize("export", EXPORTS)
def test_versions_when_compared_with_the_contract_then_every_column_counts(export: str) -> None:
    staged = staged_columns(export)
    expected = {
        (staged[name], column.name)
        for column in export_dictionary()[export].columns.values()
        if column.name not in NEVER_COMPARED
        for name in lake_columns(column)
    }
    assert {(name, presence) for name, presence, _ in compared_columns()[export]} == expected


@pytest.mark.parametrize("export", EXPORTS)
def test_versions_when_a_column_has_a_kind_then_it_is_that_of_its_type(export: str) -> None:
    columns = export_dictionary()[export].columns
    for name, presence, kind in compared_columns()[export]:
        if name.endswith(("_norm", "_wgs84")):
            assert kind == "derived", name
        elif name.endswith("_clock"):
            assert kind == f"clock:{name.removesuffix('_clock')}_on", name
        else:
            assert kind == ("text" if columns[presence].type == "text" else "value"), name


def test_technical_columns_when_staged_then_all_of_the_port() -> None:
    for export in EXPORTS:
        assert set(TECHNICAL) - {"_source_system"} <= set(staged_columns(export))
