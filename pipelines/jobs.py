"""Jobs, schedules and the sensor on the exports folder: when things run.

Belongs here: selections of assets, cron lines, the sensor. Does not belong here: any work.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dagster import (
    AssetSelection,
    DefaultSensorStatus,
    RunRequest,
    ScheduleDefinition,
    SensorDefinition,
    SensorEvaluationContext,
    SkipReason,
    define_asset_job,
    in_process_executor,
    sensor,
)

from pipelines.assets.report import GROUP as REPORTS
from pipelines.assets.rounds import ROUNDS_JOB
from pipelines.rounds.tables import ROUND_TABLES
from pipelines.settings import Settings

#: A file younger than this may still be being copied into the folder.
SETTLED = timedelta(seconds=10)

#: Everything, from the exports folder to the published snapshot.
REFRESH = define_asset_job(
    "refresh",
    selection=AssetSelection.all() - AssetSelection.groups(REPORTS),
    executor_def=in_process_executor,
    description="Exports to published snapshot; stops after landing when nothing is new.",
)
#: The ranking alone, on marts that are already there.
RANKING = define_asset_job(
    "ranking",
    selection=AssetSelection.groups("ml").downstream() - AssetSelection.groups(REPORTS),
    executor_def=in_process_executor,
    description="Fit, compare, score and publish again from the marts as they are.",
)
#: Rounds drawn since, into a new snapshot; everything else stays as it was published.
ROUNDS = define_asset_job(
    ROUNDS_JOB,
    selection=AssetSelection.assets(*(["ml", table] for table in ROUND_TABLES)).downstream()
    - AssetSelection.groups(REPORTS),
    executor_def=in_process_executor,
    description="Publish the rounds drawn since the last publication.",
)

#: The annual report of what is published.
REPORT = define_asset_job(
    "report",
    selection=AssetSelection.groups(REPORTS),
    executor_def=in_process_executor,
    description="Write the annual report of rules/report.yml's period and region.",
)


def build_schedules(timezone: str) -> list[ScheduleDefinition]:
    """Daily refresh at 06:00 and weekly ranking on Monday at 06:30, in the bureau's zone."""
    return [
        ScheduleDefinition(
            name="daily_refresh", job=REFRESH, cron_schedule="0 6 * * *",
            execution_timezone=timezone,
        ),
        ScheduleDefinition(
            name="weekly_ranking", job=RANKING, cron_schedule="30 6 * * 1",
            execution_timezone=timezone,
        ),
    ]  # fmt: skip


def build_exports_sensor(settings: Settings) -> SensorDefinition:
    """A sensor that asks for a refresh when the exports folder changed and has settled."""

    @sensor(
        name="exports_folder", job=REFRESH, minimum_interval_seconds=30,
        default_status=DefaultSensorStatus.STOPPED,
    )  # fmt: skip
    def exports_folder(context: SensorEvaluationContext) -> Iterator[RunRequest | SkipReason]:
        state, newest = folder_state(settings.exports)
        if state == context.cursor:
            yield SkipReason("the exports folder is as it was")
        elif newest and datetime.now(UTC) - newest < SETTLED:
            yield SkipReason("a file is still being copied")
        else:
            context.update_cursor(state)
            yield RunRequest(run_key=state)

    return exports_folder


def folder_state(folder: Path) -> tuple[str, datetime | None]:
    """Hash of names, sizes and times of all files under a folder, and the newest time (UTC)."""
    files = sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith("."))
    stats = [(p.relative_to(folder).as_posix(), p.stat()) for p in files]
    digest = hashlib.sha256(
        "\n".join(f"{name}|{s.st_size}|{s.st_mtime_ns}" for name, s in stats).encode()
    )
    newest = max((s.st_mtime for _, s in stats), default=None)
    return digest.hexdigest()[:16], datetime.fromtimestamp(newest, UTC) if newest else None
