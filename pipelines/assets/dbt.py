"""dbt models as Dagster assets: two steps, before and after the models.

Belongs here: the mapping of dbt nodes to asset and check names, the two steps.
Does not belong here: how dbt is started (dbt_runner.py), SQL (dbt_project/).
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dagster import (
    AssetCheckResult,
    AssetExecutionContext,
    AssetKey,
    AssetsDefinition,
    Failure,
    MaterializeResult,
)
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, dbt_assets
from dagster_dbt.asset_utils import get_asset_check_key_for_test

from pipelines.assets.workspace import Workspace
from pipelines.dbt_runner import (
    AFTER_MODELS,
    DbtResult,
    build_arguments,
    failure_sentence,
    run_dbt,
)


class TableTranslator(DagsterDbtTranslator):
    """Asset keys are schema/table, groups are layers (design.md 4)."""

    def __init__(self) -> None:
        # Tests on dbt sources silently do not run without this switch (design.md 2.5).
        super().__init__(DagsterDbtTranslatorSettings(enable_source_tests_as_checks=True))

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> AssetKey:
        """Key of a model or source: the schema it is built in, and its name."""
        return AssetKey([dbt_resource_props["schema"], dbt_resource_props["name"]])

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str:
        """Group of a model: its layer."""
        return str(dbt_resource_props["schema"])


def build_dbt_steps(manifest: Path) -> list[AssetsDefinition]:
    """The two dbt steps: all that does not read the models' output, then what does."""
    translator = TableTranslator()
    nodes = json.loads(manifest.read_text("utf-8"))

    @dbt_assets(
        manifest=manifest, exclude=AFTER_MODELS, name="dbt_before_models",
        dagster_dbt_translator=translator,
    )  # fmt: skip
    def before(context: AssetExecutionContext, workspace: Workspace) -> Iterator[Any]:
        yield from _build(context, workspace, nodes, translator, ["raw", "ops"])

    @dbt_assets(
        manifest=manifest, select=AFTER_MODELS, name="dbt_after_models",
        dagster_dbt_translator=translator,
    )  # fmt: skip
    def after(context: AssetExecutionContext, workspace: Workspace) -> Iterator[Any]:
        yield from _build(context, workspace, nodes, translator, ["ml", "review"])

    return [before, after]


def _build(
    context: AssetExecutionContext,
    workspace: Workspace,
    manifest: Mapping,
    translator: TableTranslator,
    sources: list[str],
) -> Iterator[Any]:
    chosen = {tuple(key.path) for key in context.selected_asset_keys}
    models = sorted(
        node["name"]
        for node in manifest["nodes"].values()
        if node["resource_type"] in ("model", "seed") and (node["schema"], node["name"]) in chosen
    )
    results = run_dbt(
        workspace.settings(), "build", build_arguments(models, sources), workspace.dbt_progress()
    )
    yield from to_events(results, manifest, translator, context.selected_asset_check_keys, chosen)
    if sentence := failure_sentence(results):
        raise Failure(sentence, allow_retries=False)


def to_events(
    results: list[DbtResult],
    manifest: Mapping,
    translator: TableTranslator,
    check_keys: Any,
    chosen: set[tuple[str, ...]],
) -> Iterator[Any]:
    """Dagster events of dbt's results: a materialisation a model, a check result a test."""
    for result in results:
        node = manifest["nodes"].get(result.unique_id, {})
        if node.get("resource_type") == "test":
            key = get_asset_check_key_for_test(manifest, translator, result.unique_id, None)
            if key is not None and key in check_keys and result.status != "skipped":
                yield AssetCheckResult(
                    asset_key=key.asset_key, check_name=key.name, passed=result.is_ok,
                    metadata={"failing_rows": result.failures or 0},
                )  # fmt: skip
        elif result.status == "success" and (node.get("schema"), node.get("name")) in chosen:
            yield MaterializeResult(
                asset_key=AssetKey([node["schema"], node["name"]]),
                metadata={"seconds": round(result.seconds, 3)},
            )
