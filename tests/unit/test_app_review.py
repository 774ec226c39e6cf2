"""The review page: what waits, deciding, taking back; the workbook out and in."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from snapshot_fixture import build_snapshot
from streamlit.testing.v1 import AppTest

from app import decisions, review_queue, words
from app.frame import REVIEW
from app.published import Snapshot, find_snapshot
from app.review_workbook import write_review
from app.views import review, review_forms
from pipelines.ingest.open_bytes import Refused
from pipelines.review.import_book import read_book

MAIN = Path(__file__).parents[2] / "app" / "main.py"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    build_snapshot(tmp_path)
    monkeypatch.setenv("PARKRISK_WORKSPACE", str(tmp_path))
    return tmp_path


@pytest.fixture
def snapshot(workspace: Path) -> Snapshot:
    found = find_snapshot(workspace)
    assert found is not None
    return found


def open_page(**address: str) -> AppTest:
    app = AppTest.from_file(str(MAIN), default_timeout=30).run().switch_page(REVIEW)
    app.query_params.update(address)
    app.run()
    assert not app.exception and not app.error
    return app


def fill(book: bytes, sheet: int, row: int, **cells: str) -> bytes:
    """The workbook with cells of one row filled, by the column's name."""
    opened = openpyxl.load_workbook(io.BytesIO(book))
    page = opened.worksheets[sheet]
    columns = ("SUBJECTS", "CODES")[sheet]
    from app import review_workbook

    names = [name for name, _ in getattr(review_workbook, columns)]
    for name, text in cells.items():
        page.cell(row=row, column=names.index(name) + 1).value = text
    target = io.BytesIO()
    opened.save(target)
    return target.getvalue()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("tab", ["subjects", "codes", "corrections", "files", "decided"])
def test_page_when_a_tab_is_opened_then_shows_no_error(
    workspace: Path, tab: str, language: str
) -> None:
    open_page(tab=tab, lang=language)


def test_subjects_when_opened_then_open_items_stand_first_by_what_they_move(
    workspace: Path,
) -> None:
    shown = open_page().dataframe[-1].value
    assert shown["count_rows"].tolist() == [12, 3, 0]
    assert shown["grounds"].tolist()[0] == "名称相似度 95.2；同在盛泽镇；至少一方不在底册"


def test_effect_when_said_then_names_rows_and_what_happens(snapshot: Snapshot) -> None:
    queue = review_queue.read_queue(snapshot)
    told = review_queue.say_subjects(queue.subjects)
    said = dict(zip(told["item_key"], told["effect"], strict=True))
    assert said["k1"] == "确认后：检查记录 12 行 归入保留一方，两者合为一个主体，并从决定之日起算。"
    assert said["k2"].startswith("拒绝后：隐患台账 3 行 移出")


def test_decision_when_saved_then_waits_for_the_refresh_and_can_be_taken_back(
    workspace: Path, snapshot: Snapshot
) -> None:
    inbox = decisions.inbox_path(workspace)
    item = review_queue.read_queue(snapshot).subjects.row(0, named=True)
    script = AppTest.from_function(_decide_first, default_timeout=30)
    script.run()
    script.radio[0].set_value("confirm")
    script.text_input[0].set_value("执照一致")
    script.text_input[1].set_value("王工")
    script.button[0].click().run()
    kept = decisions.read_inbox(inbox)
    assert [(d.item_key, d.action, d.reason, d.made_by) for d in kept] == [
        (item["item_key"], "confirm", "执照一致", "王工")
    ]
    assert kept[0].right_identity == item["right_identity"]
    queue = review_queue.read_queue(snapshot)
    assert queue.count_waiting == 1
    assert queue.subjects.row(0, named=True)["state"] == "confirmed"
    assert any("1 个决定已记录" in info.value for info in open_page().info)

    undo = AppTest.from_function(_undo_first, default_timeout=30)
    undo.run()
    undo.text_input[1].set_value("王工")
    undo.button[0].click().run()
    kept = decisions.read_inbox(inbox)
    assert [d.action for d in kept] == ["confirm", "undo"]
    assert kept[1].revokes == kept[0].decision_id
    assert review_queue.read_queue(snapshot).subjects.row(0, named=True)["state"] == "waiting"


def _decide_first() -> None:
    import os
    from pathlib import Path

    from app import review_queue
    from app.published import find_snapshot
    from app.views import review_forms

    snapshot = find_snapshot(Path(os.environ["PARKRISK_WORKSPACE"]))
    assert snapshot is not None
    queue = review_queue.read_queue(snapshot)
    review_forms._show_pair(snapshot, queue.subjects.row(0, named=True))


def _undo_first() -> None:
    import os
    from pathlib import Path

    from app import review_queue
    from app.published import find_snapshot
    from app.views import review_forms

    snapshot = find_snapshot(Path(os.environ["PARKRISK_WORKSPACE"]))
    assert snapshot is not None
    queue = review_queue.read_queue(snapshot)
    if queue.decided[0].action != "undo":
        review_forms._show_undo(snapshot, queue.decided[0])


def test_form_when_nobody_signs_then_nothing_is_kept(workspace: Path) -> None:
    script = AppTest.from_function(_decide_first, default_timeout=30)
    script.run()
    script.button[0].click().run()
    assert [error.value for error in script.error] == ["请填写核实人。"]
    assert decisions.read_inbox(decisions.inbox_path(workspace)) == []


def test_corrections_when_a_town_is_chosen_then_shows_its_rows_masked(workspace: Path) -> None:
    shown = open_page(tab="corrections", town="盛泽镇").dataframe[-1].value
    assert shown["disposition_said"].tolist() == ["拒收", "存疑"]
    assert shown["row_number"].tolist() == [7, 7]


def test_files_when_due_days_pass_then_the_missing_are_late(snapshot: Snapshot) -> None:
    told = {
        today: review._expected(snapshot, today)["arrival"].to_list()
        for today in (date(2026, 10, 20), date(2026, 11, 10), date(2026, 11, 11))
    }
    # before November the October file is not asked for; on its due day it is still in time
    assert list(told.values()) == [["arrived"], ["due", "arrived"], ["late", "arrived"]]


def test_workbook_when_written_then_holds_keys_lists_and_print_set_up(snapshot: Snapshot) -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(write_review(review_queue.read_queue(snapshot), snapshot))
    )
    page, second, lists = book.worksheets
    assert (page.title, second.title, lists.sheet_state) == ("主体核实", "未知代码", "hidden")
    assert page.column_dimensions["A"].hidden and page.freeze_panes == "E4"
    assert [page.cell(row=r, column=1).value for r in (4, 5, 6)] == ["k1", "k2", "k3"]
    assert page.page_setup.orientation == "landscape" and page.protection.sheet
    assert len(second.data_validations.dataValidation) == 3  # answers, and codes of two words
    assert [lists.cell(row=r, column=1).value for r in (1, 2, 3)] == ["确认", "拒绝", "暂缓"]


def test_workbook_when_filled_then_good_rows_answer_and_bad_ones_are_named(
    snapshot: Snapshot,
) -> None:
    queue = review_queue.read_queue(snapshot)
    book = write_review(queue, snapshot)
    book = fill(book, 0, 4, answer="确认", answer_reason="执照")
    book = fill(book, 0, 5, answer="也许")
    book = fill(book, 0, 6, answer="Later", item_key="nobody")
    book = fill(book, 1, 4, answer="确认", code="整改中")
    book = fill(book, 1, 5, answer="确认", code="好了")
    answers, faults = read_book(book, queue)
    assert [(a.item["item_key"], a.action, a.code, a.reason) for a in answers] == [
        ("k1", "confirm", "", "执照"),
        ("u1", "confirm", "整改中", ""),
    ]
    assert [fault.sentence() for fault in faults] == [
        "sheet 主体核实, row 5, column 决定: got 也许, expected 确认、拒绝、暂缓",
        "sheet 主体核实, row 6, column 编号(请勿改动): got nobody, "
        "expected a key of this workspace's queue, unchanged",
        "sheet 未知代码, row 5, column 对应代码: got 好了, expected 一般、重大",
    ]


def test_workbook_when_english_or_another_file_then_is_read_or_refused(snapshot: Snapshot) -> None:
    queue = review_queue.read_queue(snapshot)
    words.choose_language("en")
    try:
        book = fill(write_review(queue, snapshot), 0, 4, answer="Refuse")
    finally:
        words.choose_language(None)
    answers, faults = read_book(book, queue)
    assert [(a.item["item_key"], a.action) for a in answers] == [("k1", "refuse")]
    assert faults == []
    with pytest.raises(Refused, match="expected the review workbook"):
        read_book(b"a,b\n1,2\n", queue)


def test_columns_when_shown_then_have_headers() -> None:
    shown = {*review.CORRECTIONS, *review.FILES, *review_forms.SUBJECTS, *review_forms.CODES}
    from app.words_columns import COLUMNS

    assert {*shown, *review_forms.DECIDED} - set(COLUMNS) == set()
