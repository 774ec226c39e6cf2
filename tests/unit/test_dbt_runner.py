"""dbt as a child process: its arguments, its results, the sentence of a failure."""

from pathlib import Path

from pipelines.dbt_runner import (
    DbtResult,
    build_arguments,
    dbt_command,
    failure_sentence,
    parse_results,
    published_tables,
)
from pipelines.settings import Settings


def result(name: str, status: str, message: str = "") -> DbtResult:
    return DbtResult(f"model.parkrisk.{name}", status, None, message, 0.1)


def test_arguments_when_built_then_models_sources_and_no_unit_tests() -> None:
    arguments = build_arguments(["dim_parks", "fct_hazards"], ["raw", "ops"])
    chosen = arguments[arguments.index("--select") + 1 : arguments.index("--indirect-selection")]
    assert chosen == ["dim_parks", "fct_hazards", "source:raw", "source:ops"]
    assert "unit_test" in arguments[arguments.index("--exclude-resource-type") :]


def test_command_when_built_then_writes_only_inside_the_workspace(tmp_path: Path) -> None:
    command = dbt_command(Settings(workspace=tmp_path), "build")
    assert command[command.index("--target-path") + 1] == str(tmp_path / "state" / "dbt")
    assert command[command.index("--log-path") + 1].startswith(str(tmp_path))


def test_results_when_parsed_then_keep_their_order() -> None:
    raw = {
        "results": [
            {"unique_id": "b", "status": "success", "execution_time": 1.5},
            {"unique_id": "a", "status": "fail", "failures": 3, "message": "Got 3 results"},
        ]
    }
    parsed = parse_results(raw)
    assert [r.unique_id for r in parsed] == ["b", "a"]
    assert (parsed[0].is_ok, parsed[1].is_ok, parsed[1].failures) == (True, False, 3)


def test_failure_when_all_is_well_then_nothing_to_say() -> None:
    assert failure_sentence([result("a", "success"), result("b", "warn")]) is None


def test_failure_when_a_node_fails_then_names_it_and_the_next_command() -> None:
    said = failure_sentence([result("a", "error", "no such column"), result("b", "skipped")])
    assert said is not None
    assert "1 of 2 nodes failed, 1 skipped" in said
    assert "a: no such column" in said and "parkrisk refresh" in said


def test_published_tables_when_listed_then_only_marked_models() -> None:
    manifest = {
        "nodes": {
            "1": {"resource_type": "model", "name": "b", "config": {"meta": {"published": True}}},
            "2": {"resource_type": "model", "name": "a", "config": {"meta": {}}},
            "3": {"resource_type": "test", "name": "t", "config": {"meta": {"published": True}}},
        }
    }
    assert published_tables(manifest) == ["b"]
