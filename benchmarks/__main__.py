"""What a refresh costs: the first one, one with nothing new, one with a new file.

Belongs here: whole commands as a user runs them, as ratios within one run (machines are noisy).
Does not belong here: asserting a time. Run with ``make bench``.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pipelines.demo.build import write_demo
from pipelines.run import make_workspace
from pipelines.settings import Settings


def refresh(workspace: Path) -> float:
    """Seconds of one ``parkrisk refresh`` in a process of its own."""
    started = time.monotonic()
    subprocess.run(
        [sys.executable, "-m", "pipelines.cli", "--workspace", str(workspace), "refresh"],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    return time.monotonic() - started


def main() -> None:
    """Print seconds and the ratio to the first refresh."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "ws"
        make_workspace(Settings(workspace=workspace))
        write_demo(workspace)
        newest = max((workspace / "exports").rglob("*2025-10*.xls"))
        waiting = Path(folder) / newest.name
        shutil.move(newest, waiting)
        times = {"first refresh": refresh(workspace), "nothing new": refresh(workspace)}
        shutil.move(waiting, newest)
        times["one new file"] = refresh(workspace)
    first = times["first refresh"]
    print(f"{'run':<16}{'seconds':>9}{'ratio':>8}")
    for name, seconds in times.items():
        print(f"{name:<16}{seconds:>9.1f}{seconds / first:>8.2f}")


if __name__ == "__main__":
    main()
