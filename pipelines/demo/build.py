"""The demo workspace: exports, rules, truth and workspace.yml in one folder.

Belongs here: what ``parkrisk demo`` writes before the first refresh.
Does not belong here: running anything (pipelines/cli.py, jobs.py).
"""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from pipelines.demo import words
from pipelines.demo.exports import make_files, write_if_changed
from pipelines.demo.truth import Truth
from pipelines.demo.world import simulate

SEED = 20251031

#: ``crs`` is left out: the parks name their own.
WORKSPACE_YML = f"""# The demo district: invented from a seed, nothing in it is real.
name: demo
district_name: {words.DISTRICT}
timezone: Asia/Shanghai
language: zh
box: {{lon: [120.3, 121.0], lat: [31.0, 31.7]}}
"""
BACKFILL_YML = """# Years that came in one file each, on 2023-11-05, when the bureau joined.
# Their rows count as known some days after they happened.
- {file_pattern: "检查记录_2021年至2023年%", lag_days: 3, export: inspections}
- {file_pattern: "隐患台账_2021年至2023年%", lag_days: 3, export: hazards}
- {file_pattern: "行政处罚台账_2021年至2023年%", lag_days: 3, export: cases}
- {file_pattern: "事故台账_2021年至2023年%", lag_days: 3, export: accidents}
"""


def write_demo(workspace: Path, seed: int = SEED) -> Truth:
    """Write the demo workspace and return the truth about its exports.

    Files that already hold the same bytes are not touched (their mtimes stay).

    Parameters
    ----------
    workspace : folder of the workspace; made when missing. Writes ``exports/``, ``rules/``,
        ``truth/`` and ``workspace.yml``, nothing else.
    seed : seed of the simulation; the same seed gives the same bytes.
    """
    files, truth = make_files(simulate(seed))
    for path, data in files.items():
        write_if_changed(workspace / "exports" / path, data)
    write_if_changed(workspace / "workspace.yml", WORKSPACE_YML.encode())
    write_if_changed(workspace / "rules" / "backfill.yml", BACKFILL_YML.encode())
    for field in fields(truth):
        table = getattr(truth, field.name).write_csv().encode()
        write_if_changed(workspace / "truth" / f"{field.name}.csv", table)
    return truth
