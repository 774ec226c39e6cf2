"""``parkrisk review`` from the command line, over a published snapshot."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from snapshot_fixture import build_snapshot

from app.decisions import inbox_path, read_inbox
from pipelines.cli import main


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    build_snapshot(tmp_path)
    return tmp_path


def run(workspace: Path, *arguments: str) -> int:
    return main(["--workspace", str(workspace), "review", *arguments])


def test_list_when_nothing_is_decided_then_shows_items_words_and_effects(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(workspace) == 0
    said = capsys.readouterr().out
    for text in ("k1  名称相近 [待核实]", "检查记录 12 行", "u1  代码表外的值", "待整改、整改中"):
        assert text in said
    assert "k4" not in said and "5 items; 0 decisions" in said
    run(workspace, "list", "--all")
    assert "k4" in capsys.readouterr().out


def test_decide_and_undo_when_given_then_stand_in_the_inbox(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(workspace, "decide", "k1", "confirm", "--by", "王工", "--reason", "同一执照") == 0
    assert run(workspace, "undo", "k1", "--by", "李工") == 0
    kept = read_inbox(inbox_path(workspace))
    assert [(d.action, d.made_by, d.left_identity) for d in kept] == [
        ("confirm", "王工", "恒达机械有限公司|盛泽镇"),
        ("undo", "李工", "恒达机械有限公司|盛泽镇"),
    ]
    assert kept[1].revokes == kept[0].decision_id


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("decide", "nobody", "confirm", "--by", "a"), "expected a key of the queue"),
        (("decide", "u1", "confirm", "--by", "a"), "--code: got nothing, expected one of 待整改"),
        (("undo", "k1", "--by", "a"), "got no decision in force"),
        (("import", "nowhere.xlsx", "--by", "a"), "nowhere.xlsx"),
    ],
)
def test_command_when_wrong_then_says_what_was_expected(
    workspace: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    assert run(workspace, *arguments) == 1
    assert said in capsys.readouterr().err
    assert read_inbox(inbox_path(workspace)) == []


def test_workbook_when_it_comes_back_then_is_taken_in_once(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = workspace / "queue.xlsx"
    assert run(workspace, "export", str(path)) == 0
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    headers = [cell.value for cell in page[3]]
    page.cell(row=4, column=headers.index("决定") + 1).value = "拒绝"
    page.cell(row=5, column=headers.index("决定") + 1).value = "不知道"
    book.save(path)
    assert run(workspace, "import", str(path), "--by", "王工") == 1
    said = capsys.readouterr().out
    assert "1 decisions recorded, 0 as before, 1 rows not used" in said
    assert "row 5, column 决定: got 不知道, expected 确认、拒绝、暂缓" in said
    run(workspace, "import", str(path), "--by", "王工")
    assert "0 decisions recorded, 1 as before" in capsys.readouterr().out
    assert [d.action for d in read_inbox(inbox_path(workspace))] == ["refuse"]


def test_review_when_nothing_is_published_then_says_what_to_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path) == 1
    assert "Next: parkrisk refresh" in capsys.readouterr().err
