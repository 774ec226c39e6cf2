"""The report from the command and from Dagster's job: a workspace's choices into its folder."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from dagster import AssetKey, DagsterInstance, asset, materialize
from report_world import build_report_snapshot

from pipelines.assets.report import build_report_asset
from pipelines.assets.workspace import Workspace
from pipelines.cli import main
from pipelines.jobs import REFRESH, REPORT


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    build_report_snapshot(tmp_path)
    for folder in ("rules", "state"):
        (tmp_path / folder).mkdir()
    return tmp_path


def test_asset_when_materialized_then_writes_the_report_the_rules_choose(workspace: Path) -> None:
    (workspace / "rules" / "report.yml").write_text(
        "period: 2025-01-01..2025-06-30\nregion: 东镇\nissuer: 某区应急管理局\n", "utf-8"
    )
    with DagsterInstance.ephemeral() as instance:
        done = materialize(
            [build_report_asset()],
            resources={"workspace": Workspace(path=str(workspace), quiet=True)},
            instance=instance,
        )
    assert done.success
    (folder,) = (workspace / "reports").iterdir()
    assert folder.name.startswith("2025-01-01..2025-06-30_东镇_")
    model = json.loads((folder / "report.json").read_text("utf-8"))
    assert model["issuer"] == "某区应急管理局"
    assert model["facts"]["names_on"] == max(date.today(), date(2026, 11, 1)).isoformat()


def test_jobs_when_selected_then_a_refresh_writes_no_report() -> None:
    @asset(key=["published", "snapshot"])
    def snapshot() -> None: ...

    assets = [snapshot, build_report_asset()]
    assert REFRESH.selection.resolve(assets) == {AssetKey(["published", "snapshot"])}
    assert REPORT.selection.resolve(assets) == {AssetKey(["reports", "annual"])}


def test_command_when_wrong_then_prints_what_to_do_and_writes_nothing(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = ["--workspace", str(workspace), "report"]
    for options, said in (
        (["--region", "南镇"], "东镇, 西镇"),
        (["--period", "2040"], "expected one that begins by the data date"),
        (["--period", "x"], "Next: parkrisk report --period"),
    ):
        assert main([*base, *options]) == 1
        assert said in capsys.readouterr().err
    assert not (workspace / "reports").exists()


def test_command_when_nothing_is_published_then_says_to_refresh(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--workspace", str(tmp_path), "report"]) == 1
    assert "Next: parkrisk refresh" in capsys.readouterr().err


def test_command_when_the_rules_hold_a_template_then_it_sets_the_word_file(workspace: Path) -> None:
    from docx import Document

    from app.report.docx_template import PATH

    own = Document(str(PATH))
    own.add_paragraph("抄送：安委会成员单位")
    own.save(str(workspace / "rules" / "report.docx"))
    period = ["--period", "2024-01-01..2024-03-31", "--date", "2026-11-20"]
    assert main(["--workspace", str(workspace), "report", *period]) == 0
    (folder,) = (workspace / "reports").iterdir()
    document = Document(str(folder / "report.docx"))
    assert document.paragraphs[-1].text == "抄送：安委会成员单位"
    assert json.loads((folder / "report.json").read_text("utf-8"))["day"] == "2026年11月20日"
