"""The workspace as a Dagster resource: settings, the run lock, and what a person sees of a run.

Belongs here: what every asset needs of its surroundings. Does not belong here: any work.
"""

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from dagster import ConfigurableResource, InitResourceContext

from pipelines.settings import Settings, load_settings
from pipelines.warehouse import hold_run_lock


class Workspace(ConfigurableResource):
    """One bureau's folder. Holds the run lock from a run's first asset to its last."""

    path: str
    quiet: bool = False

    @contextmanager
    def yield_for_execution(self, context: InitResourceContext) -> Generator["Workspace"]:
        """Hold the run lock while the run's process lives (one run at a time)."""
        what = f"run {context.run_id[:8]}" if context.run_id else "run"
        with hold_run_lock(self.settings(), what):
            yield self

    def settings(self) -> Settings:
        """Settings of the workspace, read anew so that an edit counts at the next run."""
        return load_settings(Path(self.path))

    def say(self, text: str) -> None:
        """One line of progress for whoever watches the run."""
        if not self.quiet:
            print(text, file=sys.stderr, flush=True)

    def dbt_progress(self) -> Callable[[int, int], None]:
        """Progress of a dbt step: a line every tenth of the way."""
        said = {"tenth": -1}

        def progress(done: int, total: int) -> None:
            tenth = done * 10 // max(total, 1)
            if tenth > said["tenth"]:
                said["tenth"] = tenth
                self.say(f"  dbt {done}/{total}")

        return progress
