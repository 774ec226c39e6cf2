"""The monitoring page: its figures are its rows, its curve shows silences, both languages."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest
from snapshot_fixture import AS_OF, build_snapshot
from streamlit.testing.v1 import AppTest

from app import charts, curves, queries, words
from app.frame import MONITORING, RECORDS
from app.published import Snapshot, find_snapshot
from app.views import monitoring, records

MAIN = Path(__file__).parents[2] / "app" / "main.py"
TABS = ("devices", "episodes", "curve", "alarms")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bureau")
    build_snapshot(folder)
    return folder


@pytest.fixture(scope="module")
def snapshot(workspace: Path) -> Snapshot:
    found = find_snapshot(workspace)
    assert found is not None
    return found


@pytest.fixture
def session(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("PARKRISK_WORKSPACE", str(workspace))
    return AppTest.from_file(str(MAIN), default_timeout=30).run()


def open_page(session: AppTest, page: str = MONITORING, **address: str) -> AppTest:
    app = session.switch_page(page)
    words.choose_language(address.get("lang"))
    app.query_params.clear()
    app.query_params.update(address)
    app.run()
    words.choose_language(None)
    assert not app.exception
    assert not app.error
    return app


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_page_when_each_tab_is_opened_then_shows_no_error(session: AppTest, language: str) -> None:
    for tab in TABS:
        app = open_page(session, tab=tab, lang=language)
        assert app.segmented_control[0].value == tab


def test_page_when_opened_then_its_figures_are_worked_by_hand(session: AppTest) -> None:
    values = {metric.label: metric.value for metric in open_page(session).metric}
    assert values["在装设备"] == "12 个"
    assert values["其中有读数"] == "8 个"
    # 8 devices x 10 days, one of them half of each: 75 of 80 days
    assert values["在线率"] == "93.8%"
    assert values["报警值高于标准"] == "1 个"
    assert (values["报警过程"], values["其中二级"], values["厂家未报"]) == ("1 次", "0 次", "0 次")
    # four false beside two true; minutes 1 to 10
    assert values["误报率"] == "66.7%"
    assert values["确认用时中位数"] == "6 分钟"


def test_devices_when_shown_then_the_longest_offline_stand_first(session: AppTest) -> None:
    shown = open_page(session, tab="devices").dataframe[-1].value
    assert shown["device_code"].to_list()[0] == "KR-0001"
    assert shown["online_share"].to_list()[:2] == [0.5, 1.0]
    assert shown["row_number"].min() == 2


def test_curve_when_a_day_has_silence_and_missing_values_then_says_so(session: AppTest) -> None:
    app = open_page(session, tab="curve", device="dev00", day="2026-10-31")
    said = [m.value for m in app.markdown]
    # 24 hours without the five silent ones; one value is missing
    assert any(
        text.startswith("2026年10月31日：19 条读数，其中 1 条存疑(红点)；数值 2 至 35 %LEL")
        for text in said
    )


def test_alarms_when_shown_then_false_share_is_among_true_and_false(session: AppTest) -> None:
    kinds = open_page(session, tab="alarms").dataframe[0].value
    by_kind = dict(zip(kinds["device_kind"], kinds["false_share"], strict=True))
    # of 0, 1, 6 and 7: three false and one true... 1 and 6 are false, 7 is true, 0 is false
    assert by_kind["可燃气体"] == pytest.approx(0.75)
    assert kinds["count_alarms"].sum() == 10


def test_figures_when_followed_then_lead_to_as_many_rows(snapshot: Snapshot) -> None:
    since = monitoring.months_before(AS_OF, 3)
    totals = queries.ask_row(snapshot, "monitoring_totals", since=since, until=AS_OF, town=None)
    assert totals is not None
    counted = {
        name: records.find_rows(snapshot, record_set, since=since).height
        for name, record_set in {
            "count_devices": "devices_current", "count_set_too_high": "devices_high",
            "count_episodes": "episodes_12m", "count_alarms": "alarms_12m",
        }.items()
    }  # fmt: skip
    assert counted == {name: totals[name] for name in counted}
    assert records.find_rows(snapshot, "episodes").height == 2
    assert records.find_rows(snapshot, "readings_flagged").height == 1


@pytest.mark.parametrize("record_set", [s for s in records.SETS if records.SETS[s].table in
                                        ("devices", "episodes", "alarms", "readings")])  # fmt: skip
def test_records_when_of_sensors_then_name_file_and_row(session: AppTest, record_set: str) -> None:
    shown = open_page(session, RECORDS, set=record_set).dataframe[-1].value
    assert set(shown["source"]) == {"实时数据_2026-10.csv"}
    assert shown["row_number"].min() >= 2


def test_page_when_a_regulator_has_no_devices_then_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_snapshot(tmp_path, kind="scores_only")
    monkeypatch.setenv("PARKRISK_WORKSPACE", str(tmp_path))
    app = open_page(AppTest.from_file(str(MAIN), default_timeout=30).run())
    assert "本工作区没有这类数据。" in [info.value for info in app.info]


def test_gaps_when_longer_than_three_intervals_then_are_silences() -> None:
    day = date(2026, 10, 31)
    times = [datetime(2026, 10, 31, 0, 15), datetime(2026, 10, 31, 0, 30),
             datetime(2026, 10, 31, 0, 45, 1), datetime(2026, 10, 31, 23, 50)]  # fmt: skip
    assert curves.find_gaps(times, 300, day) == [
        (times[1], times[2]), (times[2], times[3])
    ]  # fmt: skip
    assert curves.find_gaps(times, None, day) == []
    assert curves.find_gaps([], 300, day) == [(datetime(2026, 10, 31), datetime(2026, 11, 1))]


def test_curve_when_drawn_then_breaks_at_silences_and_shows_set_points() -> None:
    day = date(2026, 10, 31)
    times = [datetime(2026, 10, 31, 1), datetime(2026, 10, 31, 8)]
    readings = pl.DataFrame(
        {"observed_at": times, "value": [1.0, 30.0], "flag": [None, "尖峰"]},
        schema_overrides={"flag": pl.String},
    )
    gaps = curves.find_gaps(times, 3600, day)
    lines = [curves.Line(25.0, "一级报警值", charts.ORANGE)]
    spec = curves.draw_day(readings, lines, gaps, day, "存疑").to_dict()
    marks = [layer["mark"]["type"] for layer in spec["layer"]]
    assert marks == ["rect", "line", "circle", "line", "text"]
    drawn = spec["datasets"][spec["layer"][1]["data"]["name"]]
    assert [row["value"] for row in drawn] == [1.0, None, 30.0, None]


@pytest.mark.parametrize(
    ("day", "count", "before"),
    [
        (date(2026, 10, 31), 3, date(2026, 7, 31)),
        (date(2026, 2, 28), 3, date(2025, 11, 30)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
    ],
)
def test_months_before_when_asked_then_is_a_month_end(day: date, count: int, before: date) -> None:
    assert monitoring.months_before(day, count) == before
