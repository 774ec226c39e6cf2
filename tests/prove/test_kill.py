"""A run killed at any moment leaves lake, warehouse and snapshots whole.

The whole process group gets SIGKILL, the dbt child included; the next run must end in the same
state as an undisturbed one.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import ROOT, DemoBuild, parkrisk
from small_workspace import small_workspace
from warehouse_state import marts_state, rows

from pipelines.publish import current_snapshot
from pipelines.settings import Settings

pytestmark = pytest.mark.prove
KILLS = 8
SEED = 20251031


def start(settings: Settings) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "pipelines.cli", "--workspace", str(settings.workspace), "refresh"],
        cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip


def assert_whole(settings: Settings) -> None:
    """What a reader and the next run may rely on at any moment."""
    for folder in settings.lake.glob("*/*"):
        if not folder.parent.name.startswith("."):
            assert (folder / "manifest.json").exists(), f"half a landing: {folder.name}"
    snapshot = current_snapshot(settings)
    if snapshot is not None:
        assert rows(snapshot, "select count(*) from meta.publish") == [(1,)]
        assert rows(snapshot, "select count(*) from marts.rpt_park_ranking")[0][0] > 0


def test_run_when_killed_at_random_moments_then_next_run_ends_in_the_same_state(
    demo: DemoBuild, tmp_path: Path
) -> None:
    calm = small_workspace(demo, tmp_path / "calm", 3)
    started = time.monotonic()
    parkrisk(calm.workspace, "refresh")
    length = time.monotonic() - started

    killed = small_workspace(demo, tmp_path / "killed", 3)
    moments = random.Random(SEED)
    for _ in range(KILLS):
        child = start(killed)
        try:
            child.wait(timeout=moments.uniform(0.05, 1.0) * length)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
        assert_whole(killed)
        # A finished run would make the rest stop early: ask for the whole work again.
        (killed.state / "last_build.json").unlink(missing_ok=True)
    parkrisk(killed.workspace, "refresh")
    assert_whole(killed)
    assert marts_state(killed.warehouse) == marts_state(calm.warehouse)
