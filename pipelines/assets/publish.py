"""The last asset: marts into the snapshot readers open.

Belongs here: when a snapshot is published and what is remembered of it.
Does not belong here: how it is written (publish.py).
"""

import json
from datetime import UTC, datetime
from pathlib import Path

from dagster import AssetExecutionContext, AssetKey, AssetsDefinition, MaterializeResult, asset

from pipelines.assets.workspace import Workspace
from pipelines.build_state import code_version, input_fingerprint, remember_build
from pipelines.dbt_runner import published_tables
from pipelines.ingest.land import clean_replaced
from pipelines.publish import PublishFacts, publish_snapshot
from pipelines.rules.compile_rules import compile_rules


def build_publish_asset(manifest: Path) -> AssetsDefinition:
    """The asset ``published/snapshot``, after every mart it carries."""
    tables = published_tables(json.loads(manifest.read_text("utf-8")))

    @asset(
        key=["published", "snapshot"], group_name="published",
        deps=[AssetKey(["marts", name]) for name in tables],
        description="Versioned read-only file of the app-facing marts, and the pointer to it.",
    )  # fmt: skip
    def snapshot(context: AssetExecutionContext, workspace: Workspace) -> MaterializeResult:
        settings = workspace.settings()
        facts = PublishFacts(
            run_id=context.run_id[:8], built_at=datetime.now(UTC), code_version=code_version(),
            workspace_name=settings.district_name, language=settings.language,
        )  # fmt: skip
        path = publish_snapshot(settings, tables, facts)
        fingerprint = input_fingerprint(settings, compile_rules(settings))
        remember_build(settings, fingerprint, path.name, context.run_id)
        clean_replaced(settings.lake)
        workspace.say(f"published {path.name} ({len(tables)} tables)")
        return MaterializeResult(metadata={"file": path.name, "tables": len(tables)})

    return snapshot
