"""The exports of the demo district as files, with the truth about them.

Belongs here: the order in which files are planned, spoilt and written.
Does not belong here: simulation (world.py), layouts, the workspace's other files (build.py).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from pipelines.demo import defects_rows
from pipelines.demo.broken import make_broken
from pipelines.demo.canaries import plant_canaries
from pipelines.demo.defects_cells import list_cell_defects
from pipelines.demo.defects_claims import plant_claims
from pipelines.demo.defects_safety import plant_safety
from pipelines.demo.defects_sensors import plant_sensors
from pipelines.demo.pages import Export
from pipelines.demo.plan_accidents import plan_accidents
from pipelines.demo.plan_cases import plan_cases
from pipelines.demo.plan_events import plan_events
from pipelines.demo.plan_readings import plan_readings
from pipelines.demo.plan_registers import LAW_FOLDER, plan_registers
from pipelines.demo.plan_sensors import plan_sensors
from pipelines.demo.plant import Planter
from pipelines.demo.truth import Truth, tell_truth
from pipelines.demo.variants import plant_variants
from pipelines.demo.world import World
from pipelines.demo.write import write_bytes

#: Files without mistakes inside: their own peculiarity is the point.
SPARED = frozenset(
    {"企业名录补充.csv", "专家检查记录补报.csv", "互查检查记录_2029-12-31.csv",
     "隐患台账更正_2025-03-31.csv", "检查记录_2024-11.csv", "隐患台账_20250401-20250415.csv",
     "实时数据_20251011-20251017.parquet", "感知设备清单更正_2025-04-30.csv",
     "感知设备清单补充.csv"}
)  # fmt: skip
TWIN = ("检查记录_2024-11_副本.csv", "检查记录_2024-11.csv")


def plan_exports(world: World) -> list[Export]:
    """All sound files of the district with the mistakes planted in them."""
    exports = [*_plan_first(world), *plan_rarer(world)]
    rng = np.random.default_rng([world.seed, 4])
    plant_canaries(rng, Planter(rng, exports, SPARED, ghosts=900))
    return exports


def plan_rarer(world: World) -> list[Export]:
    """Files of cases, accidents, devices, readings and alarms with their mistakes."""
    exports = [
        *plan_cases(world), *plan_accidents(world), *plan_sensors(world), *plan_readings(world)
    ]  # fmt: skip
    planter = Planter(np.random.default_rng([world.seed, 3]), exports, SPARED)
    firms = world.enterprises.select("enterprise_name", "uscc").rows()
    warm = world.devices.filter(pl.col("device_kind") == "温感")["device_id"][0]
    plant_claims(planter, firms, warm)
    plant_safety(planter)
    plant_sensors(planter)
    return exports


def _plan_first(world: World) -> list[Export]:
    """Files of the registers, visits and hazards with their mistakes."""
    exports = [*plan_registers(world), *plan_events(world)]
    planter = Planter(np.random.default_rng([world.seed, 2]), exports, SPARED)
    firms = world.enterprises.select("enterprise_name", "uscc").rows()
    plant_variants(planter)
    defects_rows.plant_repeats(planter)
    defects_rows.plant_foreign_codes(planter, firms)
    defects_rows.plant_strangers(planter)
    defects_rows.plant_wrong_places(planter)
    for defect in list_cell_defects():
        planter.plant_cells(defect)
    defects_rows.plant_rejected(planter)
    defects_rows.plant_sheet_errors(planter)
    return exports


def make_files(world: World) -> tuple[dict[str, bytes], Truth]:
    """Bytes of every file by its path below exports/ (``/`` between), and the truth about them."""
    exports = plan_exports(world)
    files = {f"{export.folder}/{export.name}": write_bytes(export) for export in exports}
    twin, original = TWIN
    files[f"{LAW_FOLDER}/{twin}"] = files[f"{LAW_FOLDER}/{original}"]
    book = next(data for path, data in files.items() if path.endswith("清单_2024-10-31.xlsx"))
    broken = make_broken(files[f"{LAW_FOLDER}/{original}"], book)
    files |= {f"{folder}/{name}": data for folder, name, data, _ in broken}
    refused = [(name, code) for _, name, _, code in broken]
    return files, tell_truth(world, exports, refused, [TWIN])


def write_exports(world: World, folder: Path) -> Truth:
    """Write all exports below ``folder`` and return what a reader must find in them.

    A file that already holds the same bytes is left untouched.
    """
    files, truth = make_files(world)
    for path, data in files.items():
        write_if_changed(folder / path, data)
    return truth


def write_if_changed(path: Path, data: bytes) -> None:
    """Write ``data`` unless the file holds it already."""
    if path.exists() and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
