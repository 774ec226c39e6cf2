"""The page of the rounds: its list, filters, strata, what did not fit, and the download."""

from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path

import duckdb
import openpyxl
import polars as pl
import pytest
from snapshot_fixture import build_snapshot
from test_app_pages import Browser

from app import words
from app.frame import ROUNDS
from app.published import find_snapshot
from app.queries import ask
from app.round_workbook import write_round
from app.views.rounds import TABS, read_round
from app.words_columns import COLUMNS

EARLIER = "20261001"
COPY = "copy.duckdb"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bureau")
    # the explorer holds the file open in its own way: the tests read a copy
    shutil.copyfile(build_snapshot(folder), folder / COPY)
    return folder


@pytest.fixture(scope="module")
def browser(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Browser:
    unranked = tmp_path_factory.mktemp("unranked")
    build_snapshot(unranked, kind="unranked")
    return Browser({"bureau": workspace, "unranked": unranked})


def lines(workspace: Path, condition: str) -> list[tuple]:
    with duckdb.connect(str(workspace / COPY), read_only=True) as connection:
        return connection.execute(
            f"select place, name from marts.fct_round_lines where {condition} order by place"
        ).fetchall()


def test_rounds_when_opened_then_the_latest_round_in_order(
    browser: Browser, workspace: Path
) -> None:
    app = browser.open("bureau", ROUNDS)
    shown = app.dataframe[-1].value
    expected = lines(workspace, "round_id like '20261101-%' and part <> 'left'")
    assert list(shown[["place", "name"]].itertuples(index=False, name=None)) == expected
    assert len(expected) == 20
    assert {m.label: m.value for m in app.metric} == {
        "可检查家次": "20", "必查": "6", "重点": "7", "随机": "7",
        "未排入的必查": str(len(lines(workspace, "round_id like '20261101-%' and part = 'left'"))),
    }  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("tab", TABS)
def test_rounds_when_a_tab_is_opened_then_shows_no_error(
    browser: Browser, tab: str, language: str
) -> None:
    browser.open("bureau", ROUNDS, tab=tab, lang=language)


def test_rounds_when_filtered_by_address_then_only_these(browser: Browser, workspace: Path) -> None:
    shown = browser.open("bureau", ROUNDS, part="random", town="盛泽镇").dataframe[-1].value
    expected = lines(
        workspace, "round_id like '20261101-%' and part = 'random' and town = '盛泽镇'"
    )
    assert shown["name"].tolist() == [name for _, name in expected] and expected
    assert shown["part"].unique().tolist() == ["随机"]
    assert shown["why"].str.startswith("随机抽取：").all()


def test_rounds_when_text_is_sought_then_names_and_codes_are_found(
    browser: Browser, workspace: Path
) -> None:
    (place, name), *_ = lines(workspace, "round_id like '20261101-%' and part = 'key'")
    shown = browser.open("bureau", ROUNDS, text=name[2:5]).dataframe[-1].value
    assert place in shown["place"].tolist()
    nothing = browser.open("bureau", ROUNDS, text="没有这个名字")
    assert [info.value for info in nothing.info] == ["没有符合条件的记录。"]


def test_rounds_when_an_earlier_one_is_chosen_then_says_it_is_a_record(
    browser: Browser, workspace: Path
) -> None:
    with duckdb.connect(str(workspace / COPY), read_only=True) as connection:
        ((code,),) = connection.execute(
            f"select round_id from marts.fct_rounds where round_id like '{EARLIER}-%'"
        ).fetchall()
    app = browser.open("bureau", ROUNDS, round=code)
    assert any("较早的数据" in info.value for info in app.info)
    assert any(code in caption.value for caption in app.caption)
    expected = lines(workspace, f"round_id = '{code}' and part <> 'left'")
    assert app.dataframe[-1].value["name"].tolist() == [name for _, name in expected]


def test_rounds_when_strata_are_shown_then_sizes_and_numbers_make_probabilities(
    browser: Browser,
) -> None:
    shown = browser.open("bureau", ROUNDS, tab="strata").dataframe[-1].value
    assert shown["count_drawn"].sum() == 7
    assert (
        (shown["count_drawn"] / shown["count_stratum"]) - shown["inclusion_probability"]
    ).abs().max() < 1e-12
    assert shown["stratum"].str.match("(企业|园区)·").all()


def test_rounds_when_duties_do_not_fit_then_all_are_named(
    browser: Browser, workspace: Path
) -> None:
    app = browser.open("bureau", ROUNDS, tab="left")
    left = lines(workspace, "round_id like '20261101-%' and part = 'left'")
    assert len(app.dataframe[-1].value) == len(left) > 0
    assert any(f"有 {len(left)} 家应查而未排入本轮" in m.value for m in app.markdown)


def test_rounds_when_none_is_drawn_then_says_how(browser: Browser) -> None:
    app = browser.open("unranked", ROUNDS)
    assert [info.value for info in app.info] == [words.say("rounds.none")]
    assert "round" in app.code[0].value


def test_download_when_made_from_the_snapshot_then_lists_what_the_page_lists(
    workspace: Path,
) -> None:
    snapshot = find_snapshot(workspace)
    assert snapshot is not None
    row = ask(snapshot, "rounds").row(0, named=True)
    drawn = read_round(snapshot, row)
    sheet = openpyxl.load_workbook(BytesIO(write_round(drawn))).worksheets[0]
    listed = [cells[3].value for cells in sheet.iter_rows(min_row=4)]
    expected = drawn.lines.filter(pl.col("part") != "left").sort("place")["name"].to_list()
    assert listed == expected


def test_every_column_of_the_list_when_looked_up_then_has_a_header() -> None:
    from app.round_workbook import COLUMNS as LISTED
    from app.views.rounds import LEFT, LIST, STRATA

    shown = {*LIST, *LEFT, *STRATA, *(name for name, _ in LISTED)}
    assert shown - set(COLUMNS) == set()
