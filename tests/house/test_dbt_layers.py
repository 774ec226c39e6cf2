"""The layers of the SQL side: who may read whom, and what a mart must be."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pipelines.contracts.load_contracts import load_contracts
from pipelines.dbt_runner import prepared_manifest
from pipelines.definitions import build_definitions
from pipelines.settings import Settings

#: Layer -> layers (and sources) its models may read.
MAY_READ = {
    "staging": {"source", "staging"},
    "intermediate": {"staging", "intermediate", "seed"},
    "marts": {"staging", "intermediate", "marts", "seed"},
}
PERSONAL = ("_hash", "phone", "legal_person", "safety_contact", "manager_name", "responsible")
MAX_LINES = 150
MAX_LINE = 100


@pytest.fixture(scope="session")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> dict:
    settings = Settings(workspace=tmp_path_factory.mktemp("parse"))
    return json.loads(prepared_manifest(settings).read_text("utf-8"))


def models(manifest: dict) -> list[dict]:
    return [n for n in manifest["nodes"].values() if n["resource_type"] == "model"]


def layer(unique_id: str, manifest: dict) -> str:
    if unique_id.startswith(("source.", "seed.")):
        return unique_id.split(".", 1)[0]
    return manifest["nodes"][unique_id]["fqn"][1]


def test_models_when_they_read_then_only_from_layers_below(manifest: dict) -> None:
    for model in models(manifest):
        mine = layer(model["unique_id"], manifest)
        read = {layer(parent, manifest) for parent in model["depends_on"]["nodes"]}
        assert read <= MAY_READ[mine], f"{model['name']} ({mine}) reads {read - MAY_READ[mine]}"


def test_models_when_named_then_prefix_says_the_layer(manifest: dict) -> None:
    prefixes = {"staging": ("stg_",), "intermediate": ("int_",), "marts": ("dim_", "fct_", "rpt_")}
    for model in models(manifest):
        assert model["name"].startswith(prefixes[layer(model["unique_id"], manifest)])
        assert model["schema"] == layer(model["unique_id"], manifest)


def test_marts_when_declared_then_contract_key_and_every_column_described(manifest: dict) -> None:
    for model in models(manifest):
        if layer(model["unique_id"], manifest) != "marts":
            continue
        assert model["config"]["contract"]["enforced"], f"{model['name']}: no contract"
        assert model["description"], f"{model['name']}: no description"
        keys = [c["type"] for c in model["constraints"]]
        keys += [c["type"] for col in model["columns"].values() for c in col["constraints"]]
        assert "primary_key" in keys, f"{model['name']}: no primary key"
        for name, column in model["columns"].items():
            assert column["description"], f"{model['name']}.{name}: no description"
            assert column["data_type"], f"{model['name']}.{name}: no type"


def test_published_marts_when_listed_then_carry_no_personal_column(manifest: dict) -> None:
    published = [m for m in models(manifest) if m["config"].get("meta", {}).get("published")]
    assert len(published) >= 15
    for model in published:
        for column in model["columns"]:
            assert not any(word in column for word in PERSONAL), f"{model['name']}.{column}"


def test_ml_readers_when_built_then_wait_for_the_models(manifest: dict) -> None:
    """Whatever reads ml.* or review.*, directly or not, is tagged for the second dbt step."""
    between = ("ml", "review")
    late = {u for u, s in manifest["sources"].items() if s["source_name"] in between}
    grew = True
    while grew:
        found = {
            m["unique_id"] for m in models(manifest) if late & set(m["depends_on"]["nodes"])
        } - late
        late, grew = late | found, bool(found)
    tagged = {m["unique_id"] for m in models(manifest) if "after_models" in m["tags"]}
    assert {u for u in late if u.startswith("model.")} == tagged


def test_sources_when_declared_then_hold_the_contracts_exports(manifest: dict) -> None:
    declared = {s["name"] for s in manifest["sources"].values() if s["source_name"] == "raw"}
    exports = {feed for c in load_contracts(None).values() for feed in c.feeds}
    assert declared == exports


def test_sql_when_measured_then_a_model_fits_a_page_or_two() -> None:
    root = Path(__file__).resolve().parents[2] / "dbt_project" / "models"
    for path in root.rglob("*.sql"):
        assert len(path.read_text("utf-8").splitlines()) <= MAX_LINES, path.name


def test_sql_when_read_then_is_lower_case_and_fits_the_line() -> None:
    """What a linter would say, for the words it would look at (decision 0004)."""
    root = Path(__file__).resolve().parents[2]
    shouted = re.compile(r"\b(SELECT|FROM|WHERE|JOIN|GROUP BY|ORDER BY|UNION ALL|CASE|WHEN)\b")
    for folder in ("dbt_project/models", "dbt_project/macros", "dbt_project/tests", "app/sql"):
        for path in (root / folder).rglob("*.sql"):
            for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
                where = f"{path.name}:{number}"
                is_jinja = "{%" in line or "{{" in line
                assert is_jinja or len(line) <= MAX_LINE, f"{where} is longer than {MAX_LINE}"
                assert not shouted.search(line), f"{where} shouts"
                assert "\t" not in line and line == line.rstrip(), f"{where} has stray space"


def test_refresh_when_resolved_then_starts_dbt_twice(tmp_path: Path) -> None:
    """A Python asset that waits for a check of the second step would split both steps."""
    definitions = build_definitions(Settings(workspace=tmp_path))
    nodes = definitions.resolve_job_def("refresh").graph.nodes
    assert sorted(n.name for n in nodes if n.name.startswith("dbt_")) == [
        "dbt_after_models",
        "dbt_before_models",
    ]
