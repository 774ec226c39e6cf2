"""The report's numbers, worked out by hand from the rows of report_world.py for the year 2025."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from report_world import EAST, build_report_snapshot, make_hazards, make_ranking

from app import words
from app.published import Snapshot, find_snapshot
from app.report.content import build_report, number_chapters, say_period
from app.report.model import Chapter, Figure, Paragraph, Report, Table
from app.report.options import ReportOptions
from app.report.period import ReportError, read_period

YEAR = read_period("2025")
RARE = ("fct_cases", "fct_case_parties", "fct_accidents", "dim_devices", "fct_device_days",
        "fct_alarms", "fct_alarm_episodes")  # fmt: skip


def publish(workspace: Path, **changes: object) -> Snapshot:
    build_report_snapshot(workspace, **changes)  # type: ignore[arg-type]
    found = find_snapshot(workspace)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return publish(tmp_path_factory.mktemp("bureau"))


@pytest.fixture(scope="module")
def report(snapshot: Snapshot) -> Report:
    return build_report(snapshot, YEAR, "all", ReportOptions())


@pytest.fixture
def english() -> Iterator[None]:
    words.choose_language("en")
    yield
    words.choose_language(None)


def rows_of(report: Report, key: str) -> list[list[str]]:
    return next(table.rows for table in report.tables() if table.key == key)


def table_of(report: Report, key: str) -> Table:
    return next(table for table in report.tables() if table.key == key)


def text_of(report: Report, chapter: str) -> str:
    blocks = next(c for c in report.chapters if c.key == chapter).blocks
    return "\n".join(b.text for b in blocks if isinstance(b, Paragraph))


def test_base_when_year_2025_then_start_plus_in_less_out_is_the_end(report: Report) -> None:
    # start: e1, e3 (undated), e4, e5; in: e2 on the first day; out: e4 on the last day;
    # e5 closes the day after; e6 closed without a date; e7 is in no register
    assert rows_of(report, "base_flow") == [
        ["企业", "4", "1", "1", "4"],
        ["园区", "3", "1", "0", "4"],
        ["租赁关系", "2", "1", "1", "2"],
    ]
    assert "另有1个没有日期" in table_of(report, "base_flow").notes[0]
    assert rows_of(report, "base_industry") == [["纺织", "3", "75.0"], ["五金", "1", "25.0"]]
    assert rows_of(report, "base_town") == [
        ["东镇", "3", "75.0", "3", "6000", "2"],
        ["西镇", "1", "25.0", "1", "4000", "0"],
    ]


def test_visits_when_year_2025_then_kinds_stand_apart_and_have_no_total(report: Report) -> None:
    assert rows_of(report, "visits") == [
        # found something: a result that says so, or hazards without a result
        ["执法检查", "3", "4", "-1", "-25.0", "2", "2", "66.7"],
        ["网格巡查", "2", "0", "2", "—", "2", "1", "50.0"],
    ]
    assert table_of(report, "visits").notes[0].startswith("注：“—”表示上年同期数据为零")
    text = text_of(report, "safety")
    assert "执法检查3家次，同比减少1家次，下降25.0%；网格巡查2家次，同比增加2家次。" in text
    assert "分别统计，不相加" in text
    assert "合计" not in text


def test_visits_when_all_days_are_before_2025_then_may_be_added_up(snapshot: Snapshot) -> None:
    older = build_report(snapshot, read_period("2024"), "all", ReportOptions())
    assert rows_of(older, "visits")[-1][:2] == ["合计", "4"]
    assert "各类检查合计4家次。" in text_of(older, "safety")
    # one day of 2025 inside, and the kinds stand apart
    across = read_period("2024-06-01..2025-01-01")
    assert [
        row[0] for row in rows_of(build_report(snapshot, across, "all", ReportOptions()), "visits")
    ] == ["执法检查"]


def test_hazards_when_year_2025_then_states_are_those_of_its_last_day(report: Report) -> None:
    by_name = {row[0].strip("　"): row[2] for row in rows_of(report, "hazards")}
    assert by_name == {
        "发现隐患": "6", "其中：重大隐患": "1", "较大隐患": "1", "简易隐患": "1",
        "已整改": "3", "已闭环": "2", "本期发现且已逾期": "1", "本期到期应整改": "6",
        "按期整改": "2",
    }  # fmt: skip
    text = text_of(report, "safety")
    assert "已整改3条，整改率50.0%" in text
    assert "本期到期应整改6条，按期整改2条，按期整改率33.3%。" in text
    # at risk 6, 4, 3 at 0, 4 and 30 days: 5/6, 15/24, 10/24 are still open
    assert "整改用时中位数30天" in text
    assert "累计未整改4条，其中已逾期2条。逾期7天以内1条、90天以上1条。" in text
    assert rows_of(report, "hazards_category") == [
        ["消防", "3", "50.0", "3", "100.0", "2", "66.7", "0"],
        ["用电", "3", "50.0", "0", "0.0", "0", "0.0", "1"],
    ]


def test_hazards_when_the_year_before_began_late_then_is_not_compared(report: Report) -> None:
    assert {row[3] for row in rows_of(report, "hazards")} == {"—"}
    assert table_of(report, "hazards").notes == ["注：“—”表示上年同期没有可比数据。"]
    assert any(
        "隐患在上年同期没有记录" in text and "2024年12月1日" in text for text in report.scope
    )


def test_hazards_when_the_year_before_is_whole_then_rates_change_in_points(tmp_path: Path) -> None:
    hazards = make_hazards()
    early = {**hazards[1], "found_on": date(2024, 1, 31), "hazard_id": "early",
             "deadline_on": date(2024, 2, 10), "rectified_on": date(2024, 2, 1)}  # fmt: skip
    snapshot = publish(tmp_path, fct_hazards=[*hazards, early])
    whole = build_report(snapshot, YEAR, "all", ReportOptions())
    # before: 2 found, 1 rectified; now 6 and 3; due before: 1 of 1 in time
    text = text_of(whole, "safety")
    assert "发现隐患6条，同比增加4条，上升200.0%" in text
    assert "整改率50.0%，同比持平" in text
    assert "按期整改率33.3%，同比下降66.7个百分点" in text


def test_cases_when_year_2025_then_decided_ones_count_by_the_day_of_decision(
    report: Report,
) -> None:
    assert [row[2:] for row in rows_of(report, "cases")] == [
        ["3", "2", "1", "50.0"],  # filed: c2, c3, c4; c0, c1 the year before
        ["3", "1", "2", "200.0"],
        ["2", "1", "1", "100.0"],
        ["1", "0", "1", "—"],
        ["1", "0", "1", "—"],
        ["1", "0", "1", "—"],
        ["1", "0", "1", "—"],
        ["34.00", "1.00", "33.00", "3300.0"],  # 2.5 + 1.5 + 30 万元
        ["33.50", "1.00", "32.50", "3250.0"],
        ["0.50", "0.00", "0.50", "—"],
        ["0.01", "0.00", "0.01", "—"],  # 123.45 yuan
        ["0.00", "0.00", "0.00", "—"],  # 1 yuan
    ]
    assert "一案双罚1起，一案双罚率33.3%" in text_of(report, "cases")
    assert "有1笔（合计30万元）数值大得可疑" in text_of(report, "cases")


@pytest.mark.parametrize(
    ("day", "names_on", "named"),
    [
        (None, None, ["公示中有限公司"]),  # published 1 November 2026, the day after one ended
        (date(2026, 10, 31), None, ["公示中有限公司", "已期满有限公司"]),
        (date(2026, 10, 31), date(2027, 6, 30), ["公示中有限公司"]),
        (date(2026, 10, 31), date(2027, 7, 1), []),
        # a day in the past does not bring a name back
        (date(2026, 11, 1), date(2026, 1, 1), ["公示中有限公司"]),
    ],
)
def test_names_when_publication_is_over_then_are_only_counted(
    snapshot: Snapshot, day: date | None, names_on: date | None, named: list[str]
) -> None:
    made = build_report(snapshot, YEAR, "all", ReportOptions(), day, names_on)
    tables = [t for t in made.tables() if t.key == "penalised"]
    assert [row[0] for table in tables for row in table.rows] == named
    written = str(made.to_json())
    for name in {"公示中有限公司", "已期满有限公司", "期限不详有限公司"} - set(named):
        assert name not in written
    hidden = 3 - len(named)
    assert f"另有{hidden}家" in written or f"被处罚单位{hidden}家" in written
    assert "张*" not in written


def test_accidents_when_year_2025_then_counted_in_order_and_unknown_is_said(
    report: Report,
) -> None:
    text = text_of(report, "accidents")
    assert text == (
        "发生生产安全事故2起，同比增加2起；死亡3人，同比增加3人；受伤1人，同比增加1人；"
        "直接经济损失1234.57万元，同比增加1234.57万元。其中较大及以上事故1起。"
        "受伤人数不详1起、经济损失不详1起，未知的不计为零，合计数可能偏小。"
        "另有1起经核销不纳入统计。"
    )
    assert rows_of(report, "accidents_grade") == [
        ["较大", "1", "50.0", "3", "1", "1234.57"],
        ["一般", "1", "50.0", "0", "—", "—"],  # unknown, not zero
    ]


def test_summary_when_read_then_says_each_chapter_once(report: Report) -> None:
    assert report.summary[1].startswith(
        "本期开展执法检查3家次、网格巡查2家次；执法检查同比下降25.0%，网格巡查同比增加2家次。"
    )
    assert report.summary[3] == (
        "发生生产安全事故2起、死亡3人、受伤1人、直接经济损失1234.57万元；起数同比增加2起，"
        "死亡人数同比增加3人，受伤人数同比增加1人，直接经济损失同比增加1234.57万元。"
    )


def test_accidents_when_none_happened_then_it_is_said(snapshot: Snapshot) -> None:
    quiet = build_report(snapshot, read_period("2024"), "all", ReportOptions())
    text = text_of(quiet, "accidents")
    assert text == "本期未发生纳入统计的生产安全事故，同比减少1起，下降100.0%。"


def test_sensors_when_year_2025_then_online_episodes_and_false_alarms(report: Report) -> None:
    assert rows_of(report, "devices") == [
        # d2 came on the last day; d3 left on it, d4 the day after; d5 is in no register
        ["可燃气体", "2", "1", "50.0", "1", "1"],
        ["烟感", "1", "1", "—", "0", "—"],
    ]
    assert rows_of(report, "episodes") == [
        ["一级", "2", "1", "1", "20.0", "1"],
        ["二级", "1", "1", "1", "5.5", "0"],
    ]
    assert rows_of(report, "alarms") == [
        ["一级", "2", "1", "1", "0", "0", "50.0"],
        ["二级", "2", "0", "1", "0", "1", "100.0"],
        ["合计", "4", "1", "2", "0", "1", "66.7"],
    ]
    said = "本期实时数据自2025年1月3日至2025年12月31日，应有数据的设备1个，在线率50.0%。"
    assert said in text_of(report, "sensors")
    assert "一级2次、二级1次，其中厂家系统没有报出1次。" in text_of(report, "sensors")
    assert "厂家系统报警4次，同比增加3次，上升300.0%" in text_of(report, "sensors")


def test_ranking_when_model_won_then_stands_beside_its_best_rival(report: Report) -> None:
    assert rows_of(report, "evidence") == [
        ["逻辑回归模型", "62.5", "50.0", "50.0", "70.0", "85.0", "2"],
        ["近一年隐患最多者优先", "37.5", "25.0", "35.0", "40.0", "100.0", "2"],
    ]
    text = text_of(report, "risk")
    assert "平均62.5%，最好的简单规则（近一年隐患最多者优先）为37.5%" in text
    assert "下限（95%置信）为2.2个百分点" in text  # 0.0215, half up
    assert rows_of(report, "top_parks")[0] == [
        "1", "甲园", "东镇", "0.900", "近12个月较大及以上隐患 3 条；未整改隐患 1 条",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("gain", "said"),
    [(-0.0125, "下限（95%置信）为-1.3个百分点，不大于零，不能证明模型更好"), (None, "历史还太短")],
)
def test_ranking_when_a_rule_ranks_then_says_why_no_model_does(
    tmp_path: Path, gain: float | None, said: str
) -> None:
    rows = make_ranking(2)
    run = {**rows["fct_model_runs"][0], "winner": "most_hazards", "is_rule": True, "gain_low": gain}
    made = build_report(publish(tmp_path, fct_model_runs=[run]), YEAR, "all", ReportOptions())
    assert "本期排名采用简单规则（近一年隐患最多者优先）" in text_of(made, "risk")
    assert said in text_of(made, "risk")


def test_quality_when_read_then_rows_balance_and_a_file_counts_once(report: Report) -> None:
    assert rows_of(report, "ledger") == [
        ["隐患台账", "2", "22", "10", "5", "4", "3"],
        ["检查记录", "1", "12", "10", "1", "0", "1"],
        ["合计", "—", "34", "20", "6", "4", "4"],
    ]
    assert "文件3个，读入34行＝采用20＋重复6＋旧版本4＋拒收4，逐文件平衡" in text_of(
        report, "quality"
    )
    assert rows_of(report, "reasons") == [["日期无法读取", "2", "50.0"], ["没有对象", "2", "50.0"]]


def test_region_when_a_town_then_everything_but_the_files_is_its_own(snapshot: Snapshot) -> None:
    east = build_report(snapshot, YEAR, EAST, ReportOptions())
    assert east.title == "东镇2025年安全生产统计分析报告"
    assert [row[1] for row in rows_of(east, "visits")] == ["2", "2"]
    assert rows_of(east, "hazards")[0][2] == "3"
    assert rows_of(east, "cases")[1][2] == "2"
    assert rows_of(east, "accidents")[0][2] == "1"
    assert [row[1] for row in rows_of(east, "ranking")] == ["甲园", '#eval("1")', "*粗* _斜_ $x$"]
    assert not [t.key for t in east.tables() if t.key.endswith("_town")]
    with pytest.raises(ReportError, match="东镇, 西镇"):
        build_report(snapshot, YEAR, "南镇", ReportOptions())


@pytest.mark.parametrize("how", ["missing", "empty"])
def test_chapters_when_their_data_is_not_there_then_say_so(tmp_path: Path, how: str) -> None:
    changes = {"drop": RARE} if how == "missing" else {name: [] for name in RARE}
    bare = build_report(publish(tmp_path, **changes), YEAR, "all", ReportOptions())
    assert text_of(bare, "cases") == "本期无行政处罚数据。"
    assert text_of(bare, "accidents") == "本期无事故数据。"
    assert text_of(bare, "sensors") == "本期无监测设备数据。"


def test_report_when_all_core_marts_are_empty_then_every_chapter_is_a_sentence(
    tmp_path: Path,
) -> None:
    names = ("dim_parks", "dim_enterprises", "fct_leases", "fct_inspections", "fct_hazards",
             "rpt_park_ranking", "fct_model_runs", "fct_model_metrics")  # fmt: skip
    empty = build_report(
        publish(tmp_path, **{name: [] for name in (*names, *RARE)}), YEAR, "all", ReportOptions()
    )
    assert text_of(empty, "base") == "本期末没有企业和园区登记数据。"
    assert text_of(empty, "safety") == "本期无检查数据。\n本期无隐患数据。"
    assert text_of(empty, "risk") == "本期无风险排名数据。"
    assert {t.key for t in empty.tables()} == {"ledger", "refused", "reasons", "issues"}


@pytest.mark.parametrize(
    ("period", "zh", "en"),
    [
        ("2025", "2025年", "2025"),
        ("2025-01-01..2025-10-31", "2025年1月至10月", "January to October 2025"),
        ("2025-02-01..2025-02-28", "2025年2月", "February 2025"),
        (
            "2025-02-01..2025-02-27",
            "2025年2月1日至2025年2月27日",
            "1 February 2025 to 27 February 2025",
        ),
        (
            "2024-12-01..2025-01-31",
            "2024年12月1日至2025年1月31日",
            "1 December 2024 to 31 January 2025",
        ),
    ],
)
def test_period_when_it_is_whole_months_then_a_title_says_them(
    period: str, zh: str, en: str
) -> None:
    assert say_period(read_period(period)) == zh
    words.choose_language("en")
    assert say_period(read_period(period)) == en
    words.choose_language(None)


def test_period_when_longer_than_the_data_then_is_cut_on_both_sides(snapshot: Snapshot) -> None:
    running = build_report(snapshot, read_period("2026"), "all", ReportOptions())
    assert running.facts["period"] == "2026-01-01..2026-10-31"
    assert running.facts["year_before"] == "2025-01-01..2025-10-31"
    assert any("数据只到2026年10月31日" in text for text in running.scope)


def test_rounding_when_the_rule_is_cut_then_every_rate_follows(snapshot: Snapshot) -> None:
    cut = build_report(snapshot, YEAR, "all", ReportOptions(rounding="down", percent_places=2))
    assert rows_of(cut, "visits")[0][-1] == "66.66"
    assert any("按截尾法取舍" in text for text in cut.scope)


def test_model_when_turned_into_json_then_names_the_questions_and_holds_only_texts(
    report: Report,
) -> None:
    sql = Path(__file__).parents[2] / "app" / "sql"
    for table in report.tables():
        assert table.questions and all((sql / f"{q}.sql").is_file() for q in table.questions)
        assert all(len(row) == len(table.columns) for row in table.rows)
        assert all(isinstance(cell, str) for row in table.rows for cell in row)
    data = report.to_json()
    assert data["chapters"][0]["blocks"][0]["kind"] == "heading"
    assert [t.caption.split("　")[0] for t in report.tables()][:3] == ["表1", "表2", "表3"]
    assert [f.caption[:2] for f in report.figures()] == [f"图{n}" for n in range(1, 8)]


def test_visits_when_drawn_then_kinds_are_lines_and_never_a_stack(report: Report) -> None:
    figure = next(f for f in report.figures() if f.key == "visits_by_month")
    assert isinstance(figure, Figure)
    assert figure.spec["mark"]["type"] == "line"


def test_chapters_when_numbered_then_headings_tables_and_figures_count_on() -> None:
    table = Table("t", "甲", "", [], [], [])
    chapters = [Chapter(key, "题", "", [table, table]) for key in ("a", "b", "annex")]
    numbered = number_chapters(chapters)
    assert [c.title for c in numbered] == ["一、题", "二、题", "题"]
    assert [b.caption for c in numbered for b in c.blocks if isinstance(b, Table)] == [
        f"表{n}　甲" for n in range(1, 7)
    ]
    assert replace(table) == table


@pytest.mark.usefixtures("english")
def test_report_when_english_then_says_the_same_numbers(snapshot: Snapshot, report: Report) -> None:
    english = build_report(snapshot, YEAR, "all", ReportOptions())
    assert english.title == "测试区, 2025 Work safety: figures and ranking"
    assert [row[1:] for row in rows_of(english, "visits")] == [
        row[1:] for row in rows_of(report, "visits")
    ]
    assert [t.key for t in english.tables()] == [t.key for t in report.tables()]
    assert "3 found" not in text_of(english, "risk")
