"""Cases, accidents, devices, readings and alarms: what is special about their rows."""

from __future__ import annotations

from pathlib import Path

from landing_fixture import tables_of


def land(folder: Path, name: str, header: str, *rows: str):
    return tables_of(folder, "\n".join([header, *rows]) + "\n", name)


def rules(tables) -> list[tuple]:
    return tables["issues"].select("_row_number", "column_name", "rule").rows()


def reasons(tables) -> list[tuple]:
    return tables["rejected"].select("_row_number", "column_name", "reason").rows()


CASES = (
    "案号,被处罚单位,当事人类型,被处罚个人,个人罚款(元),罚款金额(万元),案由,立案日期,处罚决定日期"
)


def cases(folder: Path, *rows: str):
    return land(folder, "行政处罚台账_2024-06-30.csv", CASES, *rows)


def test_case_when_brackets_differ_then_the_key_is_one(tmp_path: Path) -> None:
    tables = cases(
        tmp_path,
        "苏应急罚（2024）12号,甲厂有限公司,单位,,,1.5,未培训,2024-05-01,2024-06-01",
        "苏应急罚[2024]12号,甲厂有限公司,单位,,,1.5,未培训,2024-05-01,2024-06-01",
    )
    assert tables["cases"]["_key"].unique().to_list() == [
        "case_no:苏应急罚〔2024〕12号|party_name:甲厂有限公司"
    ]
    assert tables["cases"]["fine"].to_list() == [1_500_000] * 2  # 1.5 万元 in fen


def test_case_when_the_party_is_a_person_then_is_masked_and_keyed_by_hash(tmp_path: Path) -> None:
    tables = cases(
        tmp_path,
        "C-1,张三丰,个人,,,2,a,2024-05-01,",
        "C-1,张三风,自然人,,,2,a,2024-05-01,",
        "C-2,李四,,,,2,a,2024-05-01,",
        "C-3,王府井商行,,,,2,a,2024-05-01,",
    )
    frame = tables["cases"]
    assert frame["party_name"].to_list() == ["张*", "张*", "李*", "王府井商行"]
    assert frame["_key"].n_unique() == 4
    assert frame["party_name_norm"][0].startswith("person:")
    # nobody said what 李四 is: the default stands, the mask too
    assert frame["party_kind"].to_list() == ["个人", "个人", "单位", "单位"]
    assert "张三" not in str(frame.rows()) and "李四" not in str(frame.rows())


def test_case_when_number_party_or_both_days_are_missing_then_is_rejected(tmp_path: Path) -> None:
    tables = cases(
        tmp_path,
        ",甲厂,单位,,,1,a,2024-05-01,",
        "C-1,,,,,1,a,2024-05-01,",
        "C-2,甲厂,单位,,,1,a,2024-02-30,",
        "C-3,,,赵五,,1,a,2024-05-01,",
        "C-4,甲厂,单位,,,1,a,2030-05-01,2024-06-01",
    )
    assert reasons(tables) == [
        (2, "case_no", "no_key"), (3, "party_name", "no_party"), (4, "filed_on", "bad_time"),
    ]  # fmt: skip
    assert tables["cases"]["case_no"].to_list() == ["C-3", "C-4"]
    assert rules(tables) == [(6, "filed_on", "out_of_range")]
    assert [str(day) for day in tables["cases"]["_row_on"]] == ["2024-05-01", "2024-06-01"]


def test_case_when_the_fine_is_huge_then_is_kept_and_doubted(tmp_path: Path) -> None:
    tables = cases(
        tmp_path, "C-1,甲厂,单位,,,1000,a,2024-05-01,", "C-2,甲厂,单位,,,1001,a,2024-05-01,"
    )
    assert rules(tables) == [(3, "fine", "doubtful_value")]
    assert tables["cases"]["fine"].to_list() == [1_000_000_000, 1_001_000_000]


def test_case_when_shown_for_a_year_then_its_last_day_may_lie_ahead(tmp_path: Path) -> None:
    tables = land(
        tmp_path, "行政处罚台账_2024-06-30.csv", "案号,当事人,案由,处罚决定日期,公示截止日期",
        "C-1,甲厂,a,2024-06-01,2025-06-08",
        "C-2,甲厂,a,2024-06-01,2034-07-02",
    )  # fmt: skip
    assert [str(day) for day in tables["cases"]["publish_until"]] == ["2025-06-08", "None"]
    assert rules(tables) == [(3, "publish_until", "out_of_range")]  # over ten years ahead


def test_accident_when_nothing_says_which_then_is_rejected_and_place_is_enough(
    tmp_path: Path,
) -> None:
    tables = land(
        tmp_path, "事故统计表_2024-06-30.csv",
        "事故编号,事故发生时间,事故单位,事故地点,事故类型,死亡人数,直接经济损失(万元)",
        ",2024-05-01 08:30,,环城路,触电,1,12.5",
        ",2024-05-01 09:30,,,触电,1,12.5",
        "S-1,2024-05-01,甲厂,,机械致害,,",
    )  # fmt: skip
    assert reasons(tables) == [(3, "accident_no", "no_key")]
    assert tables["accidents"]["_key"].to_list() == ["on:2024-05-01|place:环城路", "id:S-1"]
    assert tables["accidents"]["deaths"].to_list() == [1, None]


DEVICES = "设备编号,设备类型,监测介质,量程,低报值,高报值,单位,采集间隔,安装单位,安装日期"


def test_device_when_range_and_units_stand_in_cells_then_are_parted(tmp_path: Path) -> None:
    tables = land(
        tmp_path, "设备清单_2024-06-30.csv", DEVICES,
        "D-1,可燃气体,甲烷,0-100,25%LEL,50%LEL,,5分钟,甲厂,2023-01-01",
        "D-2,有毒气体,一氧化碳,200,24,48,ppm,30秒,甲厂,2023-01-01",
        ",氧气,,,,,,,甲厂,2023-01-01",
    )  # fmt: skip
    frame = tables["devices"]
    wanted = ("range_low", "range_high", "alarm_1", "alarm_2", "unit", "interval_seconds")
    assert frame.select(wanted).rows() == [
        (0.0, 100.0, 25.0, 50.0, "%LEL", 300), (None, 200.0, 24.0, 48.0, "ppm", 30),
    ]  # fmt: skip
    assert reasons(tables) == [(4, "device_id", "no_key")]
    assert rules(tables) == []


def test_reading_when_its_value_says_nothing_then_is_kept_as_missing(tmp_path: Path) -> None:
    tables = land(
        tmp_path, "实时数据_2024-06-30.csv", "设备编号,采集时间,监测值(%LEL),单位",
        "D-1,2024-06-29 00:00:00,1.5,",
        "D-1,2024-06-29 00:05:00,-,",
        "D-1,2024-06-29 00:10:00,-0.5,ppm",
        "D-1,2024-06-29 00:15:00,7 %VOL,ppm",
        "D-1,2024-06-29 00:20:00,坏,",
        "D-1,1970-01-01 00:00:00,1,",
        "D-1,2024-07-02 00:00:00,1,",
        ",2024-06-29 00:00:00,1,",
        "D-1,昨天,1,",
    )  # fmt: skip
    frame = tables["readings"]
    assert frame.select("value", "unit", "_flags").rows() == [
        (1.5, "%LEL", None), (None, "%LEL", "value=missing"), (-0.5, "ppm", None),
        (7.0, "%VOL", None),
    ]  # fmt: skip
    assert frame["_key"][0] == "device_id:D-1|on:2024-06-29|at:00:00:00|metric:"
    assert reasons(tables) == [
        (6, "value", "bad_value"), (7, "observed_at", "time_out_of_range"),
        (8, "observed_at", "time_out_of_range"), (9, "device_id", "no_key"),
        (10, "observed_at", "bad_time"),
    ]  # fmt: skip


def test_alarm_when_it_has_no_number_then_device_or_subject_and_instant_make_the_key(
    tmp_path: Path,
) -> None:
    tables = land(
        tmp_path, "报警记录_2024-06-30.csv",
        "设备编号,报警单位,报警时间,恢复时间,报警级别,核实结果",
        "D-1,甲厂,2024-06-01 08:00:00,2024-06-01 07:59:00,低报,",
        ",甲厂,2024-06-01 08:00:00,,火警,属实",
        ",,2024-06-01 08:00:00,,火警,",
    )  # fmt: skip
    assert tables["alarms"]["_key"].to_list() == [
        "device_id:D-1|on:2024-06-01|at:08:00:00|level:一级",
        "name:甲厂|town:|on:2024-06-01|at:08:00:00|level:火警",
    ]
    assert tables["alarms"]["verified"].to_list() == ["未核实", "真警"]
    assert reasons(tables) == [(4, "device_id", "no_subject")]
    assert rules(tables) == [(2, "ended_at", "order")]
