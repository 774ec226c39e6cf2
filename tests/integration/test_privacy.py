"""Nothing personal leaves exports/ and originals/: every output of the demo, searched for canaries.

The canaries are all persons, phones and identity numbers the demo wrote anywhere into its files, in
their own columns, in free text, in cells without a header, in rows that are rejected.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import polars as pl
import pytest
from conftest import DemoBuild, parkrisk
from scan_outputs import find_in, matches, texts_of_bytes

pytestmark = pytest.mark.integration

#: Where originals are, and what the demo says about them.
LEFT_OUT = ("exports", "originals", "truth")


@pytest.fixture(scope="module")
def canaries(demo: DemoBuild) -> pl.Series:
    truth = demo.settings.workspace / "truth" / "canaries.csv"
    return pl.read_csv(truth, schema_overrides={"text": pl.String})["text"]


@pytest.fixture(scope="module")
def used(demo: DemoBuild, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A copy of the demo after every command that writes for people, and all they printed."""
    workspace = tmp_path_factory.mktemp("used") / "ws"
    shutil.copytree(demo.settings.workspace, workspace)
    exports = sorted(p for p in (workspace / "exports").rglob("*") if p.is_file())
    said = [
        parkrisk(workspace, *arguments, check=False)
        for arguments in (
            ("check", *map(str, exports[::7])),
            ("round", "--capacity", "40"),
            ("report", "--period", "2024", "--region", "all"),
            ("backtest",),
            ("erase", "--name", "没有此人"),
            ("retain",),
            ("publish",),
        )
    ]
    return workspace, "\n".join(done.stdout + done.stderr for done in said)


def test_canaries_when_counted_then_every_kind_is_there_and_stands_in_the_exports(
    demo: DemoBuild, canaries: pl.Series
) -> None:
    """A search that finds nothing proves nothing unless it finds them where they are."""
    kinds = pl.read_csv(demo.settings.workspace / "truth" / "canaries.csv")["kind"].unique()
    assert {"person", "phone", "idno", "lessor_person"} <= set(kinds)
    files = sorted(p for p in demo.settings.exports.rglob("*") if p.is_file())
    met: set[str] = set()
    for path in files[::5]:
        for texts in texts_of_bytes(path.read_bytes()):
            met |= matches(texts, canaries)
    assert len(met) > len(canaries) / 10


def test_outputs_when_searched_then_no_canary_is_found(
    used: tuple[Path, str], canaries: pl.Series
) -> None:
    workspace, _ = used
    names = {p.name for p in workspace.iterdir()}
    assert {"lake", "published", "rounds", "reports", "state", "warehouse.duckdb"} <= names
    assert any((workspace / "rounds").rglob("*.xlsx"))
    assert any((workspace / "reports").rglob("*.pdf")) and any(
        (workspace / "reports").rglob("*.docx")
    )
    assert find_in(workspace, canaries, leave_out=LEFT_OUT) == []


def test_commands_when_they_speak_then_no_canary_is_said(
    demo: DemoBuild, used: tuple[Path, str], canaries: pl.Series
) -> None:
    assert matches(pl.Series([demo.output, used[1]]), canaries) == set()
