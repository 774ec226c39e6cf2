"""dbt as a child process: arguments in, results out.

Belongs here: the command line, the environment dbt reads, its run results, its manifest.
Does not belong here: Dagster (assets/dbt.py), SQL (dbt_project/).

One child process a step rather than the orchestrator's own dbt resource: that resource starts dbt
twice and re-parses the adapter, seven seconds a step for nothing (performance.md 0.7).
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.build_state import ROOT, code_version
from pipelines.settings import Settings

PROJECT = ROOT / "dbt_project"
#: Models that read ml.*: built in the second dbt step (docs/ports.md 4).
AFTER_MODELS = "tag:after_models"
_STEP = re.compile(r"(\d+) of (\d+) (?:OK|PASS|FAIL|ERROR|WARN|SKIP)\b")


class DbtFailed(RuntimeError):
    """A dbt step failed; the sentence names the first failing nodes and the next command."""


@dataclass(frozen=True)
class DbtResult:
    """One node of a dbt step: ``status`` is success, pass, warn, fail, error or skipped."""

    unique_id: str
    status: str
    failures: int | None
    message: str
    seconds: float

    @property
    def is_ok(self) -> bool:
        """Whether nothing is wrong with the node."""
        return self.status in ("success", "pass", "warn")


def dbt_command(settings: Settings, verb: str, arguments: Sequence[str] = ()) -> list[str]:
    """Full command of one dbt call for a workspace; nothing depends on PATH or the directory."""
    return [
        sys.executable, "-m", "dbt.cli.main", "--no-use-colors",
        "--no-send-anonymous-usage-stats", "--no-version-check",
        "--log-path", str(settings.dbt_target / "logs"), verb,
        "--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT),
        "--target-path", str(settings.dbt_target), *arguments,
    ]  # fmt: skip


def build_arguments(
    select: Sequence[str], sources: Sequence[str], *, with_tests: bool = True
) -> list[str]:
    """Arguments of ``dbt build`` for some models and the sources whose tests must hold first.

    Unit tests prove code, not data: they run in ``make test``, never in a refresh. A data test
    that also reads models of the other step waits for that step (``buildable``).
    """
    selection = [*select, *(f"source:{name}" for name in sources)]
    skipped = ["unit_test", "analysis"] + ([] if with_tests else ["test"])
    return [
        "--select", *selection, "--indirect-selection", "buildable",
        "--exclude-resource-type", *skipped,
    ]  # fmt: skip


def dbt_environment(settings: Settings) -> dict[str, str]:
    """Environment of the child: the warehouse's path and nothing that sends anything out."""
    return {
        **os.environ,
        "PARKRISK_WAREHOUSE": str(settings.warehouse),
        "PARKRISK_TARGET": str(settings.dbt_target),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "PYTHONUTF8": "1",
    }


def run_dbt(
    settings: Settings,
    verb: str,
    arguments: Sequence[str] = (),
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> list[DbtResult]:
    """Run one dbt command and return its results in the order they finished.

    Parameters
    ----------
    progress : called with (nodes done, nodes in all) as dbt goes.

    Raises
    ------
    DbtFailed : dbt could not start or parse; failing nodes do not raise, they are in the results.
    """
    results = settings.dbt_target / "run_results.json"
    results.unlink(missing_ok=True)
    child = subprocess.Popen(
        dbt_command(settings, verb, arguments), cwd=PROJECT, env=dbt_environment(settings),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
    )  # fmt: skip
    tail: list[str] = []
    for line in child.stdout or ():
        tail = [*tail[-40:], line.rstrip()]
        if step := _STEP.search(line):
            progress(int(step[1]), int(step[2]))
    code = child.wait()
    if verb == "parse":
        if code:
            raise DbtFailed("dbt parse failed:\n" + "\n".join(tail))
        return []
    if not results.exists():
        raise DbtFailed(f"dbt {verb} ended with {code} before any result:\n" + "\n".join(tail))
    return parse_results(json.loads(results.read_text("utf-8")))


def parse_results(raw: Mapping) -> list[DbtResult]:
    """Results of a ``run_results.json``, in its order (the order nodes finished)."""
    return [
        DbtResult(
            unique_id=node["unique_id"],
            status=str(node["status"]),
            failures=node.get("failures"),
            message=str(node.get("message") or ""),
            seconds=float(node.get("execution_time") or 0.0),
        )
        for node in raw["results"]
    ]


def failure_sentence(results: Sequence[DbtResult]) -> str | None:
    """One sentence on what failed, the cause first; None when all is well."""
    failed = [r for r in results if r.status in ("fail", "error", "runtime error")]
    if not failed:
        return None
    named = "; ".join(f"{r.unique_id.split('.', 2)[-1]}: {r.message}" for r in failed[:5])
    skipped = sum(r.status == "skipped" for r in results)
    return (
        f"dbt: {len(failed)} of {len(results)} nodes failed, {skipped} skipped after them: {named}."
        " The last published snapshot stays. Next: mend the cause, then parkrisk refresh."
    )


def prepared_manifest(settings: Settings) -> Path:
    """Path of the workspace's ``manifest.json``, parsed anew when the code has changed.

    A fresh clone has none, and Dagster's definitions need one before anything runs.
    """
    manifest, stamp = settings.dbt_target / "manifest.json", settings.dbt_target / "parsed_from"
    if not (manifest.exists() and stamp.exists() and stamp.read_text() == code_version()):
        settings.dbt_target.mkdir(parents=True, exist_ok=True)
        run_dbt(settings, "parse")
        stamp.write_text(code_version())
    return manifest


def published_tables(manifest: Mapping) -> list[str]:
    """Names of the marts whose YAML says ``published: true``, sorted."""
    return sorted(
        node["name"]
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["config"].get("meta", {}).get("published")
    )
