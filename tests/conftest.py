"""Shared by all tests: the one demo build of a session, and the law that skips are listed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipelines.settings import Settings, load_settings

ROOT = Path(__file__).resolve().parents[1]
REAL = Path(os.environ.get("PARKRISK_REAL", ROOT.parent / "shared" / "real"))
SKIPS = ROOT / "tests" / "skips.txt"

_unlisted: list[str] = []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever lies in tests/real reads real files, and in tests/prove takes long."""
    for item in items:
        for folder in ("real", "prove", "browser"):
            if item.path.parent.name == folder:
                item.add_marker(folder)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember every skip that tests/skips.txt does not list."""
    if report.skipped and not any(report.nodeid.startswith(known) for known in _listed()):
        _unlisted.append(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A skip nobody has listed with its reason fails the run."""
    if _unlisted and session.exitstatus == 0:
        print("\nskips that tests/skips.txt does not list:", *_unlisted, sep="\n  ")
        session.exitstatus = 1


def _listed() -> list[str]:
    lines = SKIPS.read_text("utf-8").splitlines()
    return [line.split("|")[0].strip() for line in lines if "|" in line and line[0] != "#"]


@dataclass(frozen=True)
class DemoBuild:
    """The demo workspace after `parkrisk demo`, and what the command printed."""

    settings: Settings
    output: str
    seconds: float


def parkrisk(workspace: Path, *arguments: str, check: bool = True) -> subprocess.CompletedProcess:
    """Run the parkrisk command as a user would, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "pipelines.cli", "--workspace", str(workspace), *arguments],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    if check and done.returncode != 0:
        said = f"{done.stdout[-6000:]}\n{done.stderr[-6000:]}"
        raise AssertionError(f"parkrisk {arguments} ended with {done.returncode}\n{said}")
    return done


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> DemoBuild:
    """The whole demo, built once a session. Tests must leave it as it is."""
    import time

    workspace = tmp_path_factory.mktemp("demo") / "ws"
    started = time.monotonic()
    done = parkrisk(workspace, "demo", check=False)
    if done.returncode != 0:
        pytest.fail(f"the demo did not build:\n{done.stdout[-6000:]}\n{done.stderr[-6000:]}")
    return DemoBuild(load_settings(workspace), done.stdout, time.monotonic() - started)


@pytest.fixture(scope="session")
def real_files() -> Path:
    """Folder of the real public exports; the test skips with a sentence when it is missing."""
    if not REAL.is_dir():
        pytest.skip("real files are missing: set PARKRISK_REAL to their folder")
    return REAL


@pytest.fixture(scope="session")
def hud(real_files: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The seven real workbooks refreshed once a session; tests leave the workspace as it is."""
    workspace = tmp_path_factory.mktemp("hud") / "ws"
    shutil.copytree(ROOT / "examples" / "another_regulator", workspace)
    shutil.copytree(real_files / "hud_reac", workspace / "exports")
    parkrisk(workspace, "refresh")
    return load_settings(workspace)
