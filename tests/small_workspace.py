"""A share of the demo's exports in a workspace of its own, for runs that change things."""

from __future__ import annotations

import shutil
from pathlib import Path

from conftest import DemoBuild

from pipelines.settings import Settings, load_settings


def small_workspace(demo: DemoBuild, folder: Path, share: int) -> Settings:
    """A workspace with every ``share``-th export of the demo, so that runs are short.

    Names are hashed with the demo's own key: two workspaces must agree on them to be compared.
    """
    source = demo.settings.workspace
    files = sorted(p for p in demo.settings.exports.rglob("*") if p.is_file())
    for path in files[::share]:
        target = folder / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    shutil.copytree(source / "rules", folder / "rules", dirs_exist_ok=True)
    shutil.copyfile(source / "workspace.yml", folder / "workspace.yml")
    (folder / "state").mkdir(exist_ok=True)
    shutil.copyfile(source / "state" / "token.key", folder / "state" / "token.key")
    return load_settings(folder)
