"""Dagster's one page: every asset, job, schedule and sensor of a workspace.

Belongs here: the explicit list. Does not belong here: any work, any setting.
Dagster loads this with PARKRISK_WORKSPACE set (``parkrisk dagster`` does so).
"""

from __future__ import annotations

from dagster import Definitions, definitions

from pipelines.assets.dbt import build_dbt_steps
from pipelines.assets.publish import build_publish_asset
from pipelines.assets.raw import build_raw_asset
from pipelines.assets.report import build_report_asset
from pipelines.assets.review import build_review_asset
from pipelines.assets.risk import build_risk_asset
from pipelines.assets.rounds import build_rounds_asset
from pipelines.assets.workspace import Workspace
from pipelines.dbt_runner import prepared_manifest
from pipelines.jobs import RANKING, REFRESH, REPORT, ROUNDS, build_exports_sensor, build_schedules
from pipelines.settings import Settings, load_settings


def build_definitions(settings: Settings, *, quiet: bool = False) -> Definitions:
    """Definitions of one workspace; makes dbt's manifest when it is missing or stale."""
    manifest = prepared_manifest(settings)
    return Definitions(
        assets=[
            build_raw_asset(),
            *build_dbt_steps(manifest),
            build_risk_asset(),
            build_rounds_asset(),
            build_review_asset(),
            build_publish_asset(manifest),
            build_report_asset(),
        ],
        jobs=[REFRESH, RANKING, ROUNDS, REPORT],
        schedules=build_schedules(settings.timezone),
        sensors=[build_exports_sensor(settings)],
        resources={"workspace": Workspace(path=str(settings.workspace), quiet=quiet)},
    )


@definitions
def defs() -> Definitions:
    """Entry point of Dagster's own commands: the workspace named by PARKRISK_WORKSPACE."""
    return build_definitions(load_settings())
