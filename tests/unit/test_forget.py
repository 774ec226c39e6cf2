"""Erasure and retention: cells go, rows and their places stay, originals go."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from landing_fixture import BUILT_IN, drop, land, make_settings, read_lake

from pipelines.forget import erase, expire, find_person, first_kept_day, read_redactions
from pipelines.ingest.landing_settings import LandingSettings

TODAY = date(2024, 7, 1)
VISITS = "检查编号,企业名称,所属镇街,检查日期,检查类型,检查人员\n"
CASES = "案号,被处罚单位,当事人类型,罚款金额(元),案由,立案日期\n"
GUESTS = "被访企业,访客姓名,访客电话,来访单位,入场时间,离场时间,来访事由\n"


def settings_of(folder: Path) -> LandingSettings:
    return make_settings(folder, redactions=read_redactions(folder / "state"))


def relaid(folder: Path):
    return land(folder, redactions=read_redactions(folder / "state"))


def token(folder: Path, text: str) -> str:
    return settings_of(folder).tokens().hash(text)


def everything(folder: Path) -> str:
    """All text of every live parquet of the lake."""
    tables = [pl.read_parquet(p) for p in sorted((folder / "lake").glob("[!.]*/*/*.parquet"))]
    return "\n".join(str(t.rows()) for t in tables)


def test_erase_when_a_person_is_one_of_a_list_then_only_they_go(tmp_path: Path) -> None:
    first = "J-1,甲厂,盛泽镇,2024-05-02,执法,张三、李四\nJ-2,甲厂,盛泽镇,2024-05-03,执法,李四\n"
    drop(tmp_path, "检查记录_2024-05-31.csv", VISITS + first)
    drop(tmp_path, "检查记录_2024-06-30.csv", VISITS + "J-3,甲厂,盛泽镇,2024-06-02,执法,李四\n")
    before = land(tmp_path)
    gone = token(tmp_path, "张三")
    found = find_person(settings_of(tmp_path), [gone])
    assert (len(found.contents), found.rows, len(found.files)) == (1, 1, 2)

    erase(settings_of(tmp_path), BUILT_IN, [gone], TODAY, "asked")

    rows = read_lake(tmp_path, "inspections").sort("inspection_id")
    lists = ("inspectors", "inspectors_hash", "inspectors_count")
    other = token(tmp_path, "李四")
    assert rows.select(lists).rows() == [("李*", other, 2), ("李*", other, 1), ("李*", other, 1)]
    assert gone not in everything(tmp_path)
    assert sorted(p.name for p in (tmp_path / "exports").iterdir()) == ["检查记录_2024-06-30.csv"]
    assert len(list((tmp_path / "originals").glob("*/*"))) == 1
    after = relaid(tmp_path)
    assert (after.contents_landed, after.contents_stale) == (0, 0)
    assert len(after.landing_keys) == len(before.landing_keys)
    assert set(after.landing_keys) != set(before.landing_keys)


def test_erase_when_a_party_is_forgotten_then_keys_still_meet_across_files(tmp_path: Path) -> None:
    row = "C-1,张三丰,个人,2000,a,2024-05-01\n"
    drop(tmp_path, "行政处罚台账_2024-05-31.csv", CASES + row + "C-1,甲厂,单位,1,a,2024-05-01\n")
    drop(tmp_path, "行政处罚台账_2024-06-30.csv", CASES + row)
    land(tmp_path)
    erase(settings_of(tmp_path), BUILT_IN, [token(tmp_path, "张三丰")], TODAY, "asked")
    rows = read_lake(tmp_path, "cases").sort("_key", "_known_on")
    assert rows["_key"].to_list() == [
        "case_no:C-1|party_name:person:erased-1", "case_no:C-1|party_name:person:erased-1",
        "case_no:C-1|party_name:甲厂",
    ]  # fmt: skip
    assert rows["party_name"].to_list() == [None, None, "甲厂"]
    assert rows["party_kind"].to_list() == ["个人", "个人", "单位"]
    assert rows["_content_hash"].to_list()[:2] == [None, None]
    assert rows["_content_hash"][2] is not None


def test_erase_when_the_person_comes_again_then_is_forgotten_at_landing(tmp_path: Path) -> None:
    drop(tmp_path, "检查记录_2024-05-31.csv", VISITS + "J-1,甲厂,盛泽镇,2024-05-02,执法,张三\n")
    land(tmp_path)
    gone = token(tmp_path, "张三")
    erase(settings_of(tmp_path), BUILT_IN, [gone], TODAY, "asked")
    drop(tmp_path, "again.csv", VISITS + "J-1,甲厂,盛泽镇,2024-05-02,执法,张三\n")
    drop(tmp_path, "检查记录_2024-06-30.csv", VISITS + "J-2,甲厂,盛泽镇,2024-06-02,执法,张三\n")
    relaid(tmp_path)
    assert read_lake(tmp_path, "inspections")["inspectors_count"].to_list() == [1, 1]
    assert gone not in everything(tmp_path)
    assert [p.name for p in (tmp_path / "originals").glob("*/*")] == ["检查记录_2024-06-30.csv"]


def test_erase_when_done_twice_then_nothing_more_changes(tmp_path: Path) -> None:
    drop(tmp_path, "检查记录_2024-05-31.csv", VISITS + "J-1,甲厂,盛泽镇,2024-05-02,执法,张三\n")
    land(tmp_path)
    gone = [token(tmp_path, "张三")]
    erase(settings_of(tmp_path), BUILT_IN, gone, TODAY, "asked")
    once = everything(tmp_path)
    assert erase(settings_of(tmp_path), BUILT_IN, gone, TODAY, "asked").rows == 0
    assert everything(tmp_path) == once


def test_erase_when_the_run_dies_after_the_record_then_the_next_landing_forgets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(tmp_path, "检查记录_2024-05-31.csv", VISITS + "J-1,甲厂,盛泽镇,2024-05-02,执法,张三\n")
    land(tmp_path)
    gone = token(tmp_path, "张三")

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pipelines.forget._redact_landing", die)
    with pytest.raises(KeyboardInterrupt):
        erase(settings_of(tmp_path), BUILT_IN, [gone], TODAY, "asked")
    assert gone in everything(tmp_path)
    relaid(tmp_path)
    assert gone not in everything(tmp_path)


def guests(*rows: str) -> str:
    return GUESTS + "".join(f"甲厂,{row}\n" for row in rows)


OLD = (
    "王五,13812345678,丙公司,2024-03-01 09:00:00,2024-03-01 10:00:00,送货",
    "赵六,13812345679,丙公司,2024-03-01 09:00:00,2024-03-01 10:00:00,送货",
)
NEW = "钱七,13812345670,丙公司,2024-06-20 09:00:00,2024-06-20 10:00:00,检修"


def test_expire_when_visitors_are_past_their_days_then_only_they_go(tmp_path: Path) -> None:
    drop(tmp_path, "访客登记_2024-06-30.csv", guests(*OLD, NEW))
    drop(tmp_path, "访客登记_2024-03-31.csv", guests(*OLD))
    land(tmp_path)
    assert read_lake(tmp_path, "visits")["_key"].n_unique() == 3
    before = first_kept_day(TODAY, 90)
    assert before == date(2024, 4, 2)

    found = expire(settings_of(tmp_path), BUILT_IN, "visits", before, TODAY)

    assert (len(found.contents), found.rows) == (2, 4)
    rows = read_lake(tmp_path, "visits")
    old = rows.filter(pl.col("entered_at") < before)
    personal = ["visitor_name", "visitor_name_hash", "visitor_phone", "visitor_phone_hash"]
    assert old.select(personal).null_count().row(0) == (4, 4, 4, 4)
    # two visitors of one minute stay two, and each meets its repeat in the other file
    assert sorted(old["_key"].value_counts()["count"].to_list()) == [2, 2]
    kept = rows.filter(pl.col("entered_at") >= before).row(0, named=True)
    assert (kept["visitor_name"], kept["visitor_phone"]) == ("钱*", "138****5670")
    assert rows.height == 5
    assert list((tmp_path / "exports").iterdir()) == []
    after = relaid(tmp_path)
    assert (after.contents_landed, after.contents_stale) == (0, 0)


def test_expire_when_nobody_is_past_then_nothing_is_written_or_deleted(tmp_path: Path) -> None:
    drop(tmp_path, "访客登记_2024-06-30.csv", guests(NEW))
    land(tmp_path)
    found = expire(settings_of(tmp_path), BUILT_IN, "visits", date(2024, 4, 2), TODAY)
    assert (found.rows, found.files) == (0, ())
    assert not (tmp_path / "state" / "forgotten.jsonl").read_text("utf-8")
    assert len(list((tmp_path / "exports").iterdir())) == 1


def test_expire_when_rows_were_rejected_then_their_cells_go_too(tmp_path: Path) -> None:
    bad = "孙八,13812345671,丙公司,不知,2024-03-01 10:00:00,送货"
    drop(tmp_path, "访客登记_2024-03-31.csv", guests(*OLD, bad))
    land(tmp_path)
    assert "孙*" in read_lake(tmp_path, "rejected")["cells"][0]
    expire(settings_of(tmp_path), BUILT_IN, "visits", date(2024, 4, 2), TODAY)
    rejected = read_lake(tmp_path, "rejected")
    assert rejected.select("reason", "raw_value", "cells").rows() == [("bad_time", None, "{}")]


def test_redacted_landing_when_landed_again_from_its_bytes_then_says_the_same(
    tmp_path: Path,
) -> None:
    """Redaction where a content stands and landing it anew are one function."""
    text = VISITS + "J-1,甲厂,盛泽镇,2024-05-02,执法,张三、李四\n"
    drop(tmp_path / "a", "检查记录_2024-05-31.csv", text)
    land(tmp_path / "a")
    gone = [token(tmp_path / "a", "张三")]
    erase(settings_of(tmp_path / "a"), BUILT_IN, gone, TODAY, "asked")
    drop(tmp_path / "b", "检查记录_2024-05-31.csv", text)
    told = replace(read_redactions(tmp_path / "a" / "state"), by_content={})
    land(tmp_path / "b", redactions=told)
    assert read_lake(tmp_path / "a", "inspections").equals(read_lake(tmp_path / "b", "inspections"))


def test_erase_when_workbooks_quote_originals_then_they_go_too(tmp_path: Path) -> None:
    drop(tmp_path, "检查记录_2024-05-31.csv", VISITS + "J-1,甲厂,盛泽镇,2024-05-02,执法,张三\n")
    land(tmp_path)
    book = tmp_path / "originals" / "_corrections" / "纠错清单_盛泽镇.xlsx"
    book.parent.mkdir()
    book.write_bytes(b"rows of originals")
    erase(settings_of(tmp_path), BUILT_IN, [token(tmp_path, "李四")], TODAY, "asked")
    assert book.exists()
    erase(settings_of(tmp_path), BUILT_IN, [token(tmp_path, "张三")], TODAY, "asked")
    assert not book.exists()
