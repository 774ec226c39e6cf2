"""A job of a workspace from the command line: the same job Dagster's page runs.

Belongs here: making a workspace's folders, starting a job, its outcome.
Does not belong here: what a job does (assets/), what is printed (cli.py, summary.py).
"""

from __future__ import annotations

import os
import shutil
import time
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.build_state import ROOT, last_build
from pipelines.forget import read_redactions
from pipelines.ingest.land import LandingSettings, heal
from pipelines.ingest.personal import token_key
from pipelines.settings import Settings

if TYPE_CHECKING:  # Dagster takes seconds to import: only a job pays for it
    from dagster import ExecuteInProcessResult


#: Dagster logs every event of every asset; a person wants the dozen lines the assets say. The
#: events themselves are kept and shown on Dagster's page.
QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


class RunFailed(RuntimeError):
    """A job failed; the sentence is the first failing step's own."""


@dataclass(frozen=True)
class RunOutcome:
    """How a job ended: ``is_new`` false = it stopped after landing, nothing was new."""

    run_id: str
    is_new: bool
    seconds: float


def make_workspace(settings: Settings) -> None:
    """Make every folder of a workspace that is missing, and its Dagster instance."""
    for folder in settings.folders():
        folder.mkdir(parents=True, exist_ok=True)
    instance = settings.dagster_home / "dagster.yaml"
    ours = (ROOT / "dagster.yaml").read_bytes()
    if not instance.exists() or instance.read_bytes() != ours:
        shutil.copyfile(ROOT / "dagster.yaml", instance)


def landing_settings(settings: Settings, *, is_dry: bool = False) -> LandingSettings:
    """What landing needs of the settings; a dry run makes no key and writes nothing."""
    key_file = settings.state / "token.key"
    key = b"dry run" if is_dry and not key_file.exists() else token_key(key_file)
    return LandingSettings(
        timezone=settings.timezone, crs=settings.crs, box=settings.box, token_key=key,
        lake=settings.lake, exports=settings.exports, originals=settings.originals,
        state=settings.state, redactions=read_redactions(settings.state),
    )  # fmt: skip


def dagster_environment(settings: Settings) -> dict[str, str]:
    """Environment of a Dagster process for a workspace: its instance, and no telemetry."""
    return {
        **os.environ,
        "DAGSTER_HOME": str(settings.dagster_home),
        "DAGSTER_DISABLE_TELEMETRY": "1",
        "PARKRISK_WORKSPACE": str(settings.workspace),
    }


def run_job(settings: Settings, job: str, *, quiet: bool = False) -> RunOutcome:
    """Run a job of the workspace in this process and wait for it.

    Raises
    ------
    RunFailed : a step failed; what was published before stays.
    """
    started = time.monotonic()
    os.environ.update(dagster_environment(settings))
    heal(settings.lake)
    warnings.filterwarnings("ignore", module="dagster.*")
    from dagster import DagsterInstance

    from pipelines.definitions import build_definitions

    before = last_build(settings)
    here = Path.cwd()
    os.chdir(settings.dagster_home)  # Dagster resolves relative folders against the directory
    try:
        with DagsterInstance.get() as instance:
            definition = build_definitions(settings, quiet=quiet).get_job_def(job)
            result = definition.execute_in_process(
                instance=instance, raise_on_error=False, run_config=QUIET
            )
    finally:
        os.chdir(here)
    if not result.success:
        raise RunFailed(_first_failure(result))
    after = last_build(settings)
    return RunOutcome(
        run_id=result.run_id, is_new=after != before, seconds=time.monotonic() - started
    )


def _first_failure(result: ExecuteInProcessResult) -> str:
    for event in result.all_events:
        if event.is_step_failure or event.is_failure:
            data = event.event_specific_data
            error = getattr(data, "error", None)
            while error is not None and error.cause is not None:
                error = error.cause
            failure = getattr(getattr(data, "user_failure_data", None), "description", None)
            text = failure or (error.message.strip() if error else event.message)
            return f"{event.step_key or 'run'}: {text}"
    return "the run failed without a failing step. Next: parkrisk dagster shows its log."
