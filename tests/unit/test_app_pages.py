"""Every page, in both languages, over a bureau, a regulator that only scores, and nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from report_world import build_report_snapshot
from snapshot_fixture import build_snapshot
from streamlit.testing.v1 import AppTest

from app import frame, words
from app.frame import OVERVIEW, PAGES, PARK, QUALITY, RANKING, RECORDS, STATISTICS

MAIN = Path(__file__).parents[2] / "app" / "main.py"
TABS = ("reasons", "leases", "inspections", "hazards", "cases", "accidents", "devices", "facts")
QUALITY_TABS = ("files", "refused", "rejected", "issues", "links")


@pytest.fixture(scope="module")
def workspaces(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    made = {}
    for kind in ("bureau", "scores_only", "unranked"):
        made[kind] = tmp_path_factory.mktemp(kind)
        build_snapshot(made[kind], kind=kind)
    made["empty"] = tmp_path_factory.mktemp("empty")
    return made


class Browser:
    """One session a workspace and language; pages are opened by their address, as by a link.

    A session is kept because a fresh one costs ten times a page.
    """

    def __init__(self, workspaces: dict[str, Path]) -> None:
        self.workspaces = workspaces
        self.sessions: dict[str, AppTest] = {}

    def open(self, workspace: str, page: str = OVERVIEW, **address: str) -> AppTest:
        """Return the page after its script ran without an error."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PARKRISK_WORKSPACE", str(self.workspaces[workspace]))
            key = f"{workspace} {address.get('lang')}"
            if key not in self.sessions:
                self.sessions[key] = AppTest.from_file(str(MAIN), default_timeout=30).run()
            app = self.sessions[key].switch_page(page)
            # AppTest reads the choices of the page before in this thread, in its words.
            words.choose_language(address.get("lang"))
            app.query_params.clear()
            app.query_params.update(address)
            app.run()
            words.choose_language(None)
        assert not app.exception
        assert not app.error
        return app


@pytest.fixture(scope="module")
def browser(workspaces: dict[str, Path]) -> Browser:
    return Browser(workspaces)


def _labels(app: AppTest) -> set[str]:
    return {metric.label for metric in app.metric}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", ["bureau", "scores_only", "unranked", "empty"])
@pytest.mark.parametrize("page", PAGES)
def test_page_when_opened_then_shows_a_title_and_no_error(
    browser: Browser,
    kind: str,
    page: str,
    language: str,
) -> None:
    app = browser.open(kind, page, lang=language, park="park03")
    assert len(app.title) == 1


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("kind", ["bureau", "scores_only"])
@pytest.mark.parametrize("park", ["park03", "park18", "park19"])
def test_park_when_a_tab_is_opened_then_shows_no_error(
    browser: Browser,
    kind: str,
    tab: str,
    park: str,
) -> None:
    browser.open(kind, PARK, park=park, tab=tab)


@pytest.mark.parametrize("tab", QUALITY_TABS)
@pytest.mark.parametrize("kind", ["bureau", "scores_only"])
def test_quality_when_a_tab_is_opened_then_shows_no_error(
    browser: Browser,
    kind: str,
    tab: str,
) -> None:
    browser.open(kind, QUALITY, tab=tab)


def test_overview_when_a_bureau_then_shows_its_figures_with_units(browser: Browser) -> None:
    app = browser.open("bureau")
    values = {metric.label: metric.value for metric in app.metric}
    assert len(values) == 12
    assert values["近12个月罚款"].endswith(" 万元") and values["近12个月事故"].endswith(" 起")
    assert values["园区"] == "19 个"
    assert values["企业"] == "96 家"
    assert values["近12个月检查"].endswith(" 家次")
    assert all(metric.help for metric in app.metric)


def test_overview_when_no_hazards_and_tenants_then_leaves_them_out(browser: Browser) -> None:
    assert _labels(browser.open("scores_only")) == {"园区", "近12个月检查"}


def test_ranking_when_filtered_by_address_then_shows_that_town_only(browser: Browser) -> None:
    app = browser.open("bureau", RANKING, town="盛泽镇")
    assert app.dataframe[-1].value["town"].unique().tolist() == ["盛泽镇"]
    assert "显示 4 个，共 20 个园区" in [m.value for m in app.markdown]


def test_ranking_when_the_filter_is_cleared_then_shows_all(browser: Browser) -> None:
    app = browser.open("bureau", RANKING, town="盛泽镇", text="产业园")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARKRISK_WORKSPACE", str(browser.workspaces["bureau"]))
        next(b for b in app.button if b.label == "清除筛选").click().run()
    assert len(app.dataframe[-1].value) == 20


def test_ranking_when_nothing_fits_then_says_so(browser: Browser) -> None:
    app = browser.open("bureau", RANKING, text="没有这个名字")
    assert [info.value for info in app.info] == ["没有符合条件的记录。"]


def test_ranking_when_a_model_won_then_names_it_beside_the_comparators(browser: Browser) -> None:
    said = " ".join(m.value for m in browser.open("bureau", RANKING).markdown)
    assert "**逻辑回归模型**" in said
    # four splits of 0.42 + 0.02 * (-1.5, -0.5, 0.5, 1.5): the mean is 0.42
    assert "**42.0%**" in said
    assert "历史不良率 40.0%" in said
    assert "60% 此后被检查" in said


def test_ranking_when_a_rule_won_then_says_so_in_plain_words(browser: Browser) -> None:
    said = [m.value for m in browser.open("scores_only", RANKING).markdown]
    assert any("简单规则" in text for text in said)
    # this workspace judges each visit: nothing is said of a labelled share
    assert any("逐次检查评定" in text for text in said)
    assert not any("此后被检查" in text for text in said)


def test_park_when_scores_only_then_has_no_tabs_for_what_is_absent(browser: Browser) -> None:
    app = browser.open("scores_only", PARK, park="park03", tab="hazards")
    assert "本工作区没有这类数据。" in [info.value for info in app.info]
    assert "最近得分" in _labels(app)
    assert "未整改" not in _labels(app)


def test_park_when_reasons_are_shown_then_they_sum_to_the_score(browser: Browser) -> None:
    app = browser.open("bureau", PARK, park="park03")
    score = next(m.value for m in app.metric if m.label == "风险得分")
    assert any(f"得分 {score} = 基准 0.120" in m.value for m in app.markdown)
    listed = app.dataframe[-1].value
    assert f"{listed['contribution'].sum():.3f}" == score


def test_park_when_unknown_then_says_so(browser: Browser) -> None:
    app = browser.open("bureau", PARK, park="nobody")
    assert any("nobody" in info.value for info in app.info)


def test_park_when_never_visited_then_does_not_call_it_safe(browser: Browser) -> None:
    app = browser.open("scores_only", PARK, park="park19", tab="inspections")
    assert [info.value for info in app.info] == ["没有这个园区的检查记录。没有检查不等于安全。"]


def test_records_when_shown_then_name_file_and_row(browser: Browser) -> None:
    shown = browser.open("bureau", RECORDS, set="hazards_overdue").dataframe[-1].value
    assert set(shown["source"]) == {"隐患台账_2026-10.csv"}
    assert shown["row_number"].between(2, 600).all()
    assert set(shown["state"]) == {"逾期未整改"}


def test_quality_when_opened_then_shows_the_sum_of_rows(browser: Browser) -> None:
    said = [m.value for m in browser.open("bureau", QUALITY).markdown]
    assert any(text.startswith("读入 ") and " = 采用 " in text for text in said)


def test_quality_when_filtered_by_rule_then_shows_that_rule_only(browser: Browser) -> None:
    shown = browser.open("bureau", QUALITY, tab="issues", rule="bad_date").dataframe[-1].value
    assert set(shown["rule"]) == {"日期无法读取"}
    assert len(shown) == 5


def test_address_when_it_names_what_is_not_there_then_is_ignored(browser: Browser) -> None:
    app = browser.open("bureau", RANKING, town="nowhere", kind="~~")
    assert len(app.dataframe[-1].value) == 20
    browser.open("bureau", QUALITY, tab="nonsense", rule="nonsense")
    browser.open("bureau", RECORDS, set="nonsense", town="nowhere")


def test_empty_workspace_when_opened_then_says_which_command_to_run(browser: Browser) -> None:
    app = browser.open("empty")
    assert app.title[0].value == "还没有可以查看的数据"
    assert "parkrisk" in app.code[0].value


def test_snapshot_when_replaced_then_the_page_shows_the_newer_one(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    build_snapshot(tmp_path, seed=7)
    monkeypatch.setenv("PARKRISK_WORKSPACE", str(tmp_path))
    app = AppTest.from_file(str(MAIN), default_timeout=30).run()
    build_snapshot(tmp_path, seed=8)
    app.run()
    assert [toast.value for toast in app.toast] == ["数据已更新，页面显示最新发布。"]


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    made = tmp_path_factory.mktemp("reported")
    build_report_snapshot(made)
    (made / "reports" / "2025-01-01..2025-12-31_all_park-20261031-1a2b3c4d").mkdir(parents=True)
    for name in ("report.pdf", "report.docx"):
        path = made / "reports" / "2025-01-01..2025-12-31_all_park-20261031-1a2b3c4d" / name
        path.write_bytes(b"file")
    return {"reported": made}


@pytest.fixture(scope="module")
def statistics(reported: dict[str, Path]) -> Browser:
    return Browser(reported)


def test_statistics_when_a_report_of_this_snapshot_is_written_then_it_can_be_taken(
    statistics: Browser,
) -> None:
    app = statistics.open("reported", STATISTICS)
    assert [b.label for b in app.get("download_button")] == ["下载 PDF 报告", "下载 Word 报告"]
    app = statistics.open("reported", STATISTICS, region="东镇")
    assert not app.get("download_button")
    assert "report --period 2025-01-01..2025-12-31" in app.code[0].value


def test_statistics_when_chapters_are_opened_then_show_the_reports_tables(
    statistics: Browser,
) -> None:
    address = {"period": "2025-01-01..2025-12-31", "chapter": "safety"}
    app = statistics.open("reported", STATISTICS, **address)
    visits = app.dataframe[0].value
    assert visits["本期"].tolist() == [3.0, 2.0]
    assert visits["同比(%)"].tolist()[0] == -25.0
    for chapter in ("base", "cases", "accidents", "sensors", "risk", "quality", "annex"):
        shown = statistics.open("reported", STATISTICS, period=address["period"], chapter=chapter)
        assert shown.dataframe


def test_statistics_when_the_address_asks_for_other_days_then_they_can_be_chosen(
    statistics: Browser,
) -> None:
    app = statistics.open("reported", STATISTICS, period="2025-01-01..2025-03-31", chapter="safety")
    assert app.selectbox[0].value == "2025-01-01..2025-03-31"
    assert app.dataframe[0].value["本期"].tolist() == [2.0, 1.0]
    app = statistics.open("reported", STATISTICS, period="nonsense")
    assert app.selectbox[0].value == "2025-01-01..2025-12-31"
    app = statistics.open("reported", STATISTICS, period="2030-01-01..2030-12-31")
    assert "2026-10-31" in app.warning[0].value.replace("\\", "")


def test_statistics_when_a_name_is_markup_then_it_is_shown_as_written(statistics: Browser) -> None:
    assert frame.plain("*x* [a](b) $y$ :red[z]") == r"\*x\* \[a\]\(b\) \$y\$ \:red\[z\]"
    app = statistics.open("reported", STATISTICS, chapter="risk", period="2025-01-01..2025-12-31")
    assert '#eval("1")' in app.dataframe[0].value["园区"].tolist()
