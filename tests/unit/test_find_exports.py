"""Which files below exports/ count."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

from pipelines.ingest.find_exports import find_exports


def test_find_exports_when_the_folder_is_mixed_then_only_finished_visible_files_count(
    tmp_path: Path,
) -> None:
    for name in (
        "b.csv", "网格化/a.csv", "网格化/九月/c.xlsx", ".hidden/x.csv", ".DS_Store", "~$b.xlsx",
        "big.csv.part", "y.crdownload",
    ):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
    found = list(find_exports(tmp_path))
    assert [f.relative for f in found] == ["b.csv", "网格化/a.csv", "网格化/九月/c.xlsx"]
    assert [f.folder for f in found] == ["", "网格化", "网格化"]
    assert found[0].name == "b.csv"
    assert found[0].size_bytes == 5
    assert found[0].content_id == hashlib.sha256(b"b.csv").hexdigest()[:16]


def test_find_exports_when_two_files_hold_the_same_bytes_then_they_share_the_content_id(
    tmp_path: Path,
) -> None:
    raw = gzip.compress(b"a,b\n", mtime=0)
    (tmp_path / "x.csv.gz").write_bytes(raw)
    (tmp_path / "y.csv.gz").write_bytes(raw)
    first, second = find_exports(tmp_path)
    assert first.content_id == second.content_id
