"""Two generations of the demo, in two processes, are equal byte for byte."""

from __future__ import annotations

import hashlib

import pytest
from conftest import DemoBuild

from pipelines.demo.build import SEED
from pipelines.demo.exports import make_files
from pipelines.demo.world import simulate

pytestmark = pytest.mark.integration


def test_demo_when_made_again_in_another_process_then_every_hash_is_equal(demo: DemoBuild) -> None:
    exports = demo.settings.exports
    written = {
        path.relative_to(exports).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in exports.rglob("*")
        if path.is_file()
    }
    files, _ = make_files(simulate(SEED))
    assert {path: hashlib.sha256(data).hexdigest() for path, data in files.items()} == written
