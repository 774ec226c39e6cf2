"""Contents into folders: idempotent, order-free, whole after a kill."""

from __future__ import annotations

import gzip
import json
import shutil
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from landing_fixture import BUILT_IN, NOW, drop, lake_bytes, land, make_settings, read_lake

from pipelines.contracts.load_contracts import export_dictionary
from pipelines.ingest import land_file as land_file_module
from pipelines.ingest.land import clean_replaced, heal, land_file, land_workspace
from pipelines.ingest.schema import LEDGERS, lake_schema, lake_tables

VISITS = "检查编号,企业名称,检查日期,检查类型,检查人员,检查结果\n"
MAY = VISITS + "J1,甲厂,2024-05-01,执法检查,张三,发现问题\nJ2,,2024-05-02,执法检查,张三,发现问题\n"
JUNE = (
    VISITS
    + "J1,甲厂,2024-05-01,执法检查,张三,未发现问题\nJ3,乙厂,2024-06-02,执法检查,李四,发现问题\n"
)
PARKS = "园区编号,园区名称,园区类型,出租方,承租企业数\nP1,甲园,厂中厂,盛泽实业,3\n"


def test_land_when_run_twice_then_second_run_changes_nothing(tmp_path: Path) -> None:
    drop(tmp_path, "平台/检查记录_2024-05.csv", MAY)
    first = land(tmp_path)
    before = lake_bytes(tmp_path)
    second = land(tmp_path)
    assert (first.contents_landed, first.rows_read, first.rows_typed, first.rows_rejected) == (
        1,
        2,
        1,
        1,
    )
    assert (second.contents_landed, second.names_added, second.contents_same) == (0, 0, 1)
    assert second.landing_keys == first.landing_keys
    assert lake_bytes(tmp_path) == before


def test_land_when_landed_anew_elsewhere_then_is_equal_to_the_byte(tmp_path: Path) -> None:
    for name in ("one", "two"):
        drop(tmp_path / name, "检查记录_2024-05.csv", MAY)
        land(tmp_path / name)
    assert lake_bytes(tmp_path / "one") == lake_bytes(tmp_path / "two")


@settings(max_examples=6, deadline=None)
@given(st.permutations(["检查记录_2024-05.csv", "检查记录_2024-06.csv", "园区底册_2024-05.csv"]))
def test_land_when_files_come_in_any_order_then_lake_is_the_same(
    tmp_path_factory: pytest.TempPathFactory, order: list[str]
) -> None:
    content = {
        "检查记录_2024-05.csv": MAY,
        "检查记录_2024-06.csv": JUNE,
        "园区底册_2024-05.csv": PARKS,
    }
    at_once = tmp_path_factory.mktemp("once")
    for name in content:
        drop(at_once, name, content[name])
    land(at_once)
    in_parts = tmp_path_factory.mktemp("parts")
    for name in order:
        drop(in_parts, name, content[name])
        land(in_parts)
    assert lake_bytes(in_parts) == lake_bytes(at_once)


def test_land_when_same_bytes_come_under_another_name_then_only_a_name_is_added(
    tmp_path: Path,
) -> None:
    drop(tmp_path, "检查记录_2024-05.csv", MAY)
    first = land(tmp_path)
    drop(tmp_path, "乙平台/检查记录_2024-05 副本.csv", MAY)
    again = land(tmp_path)
    assert (again.names_added, again.contents_landed) == (1, 0)
    assert again.landing_keys == first.landing_keys
    sightings = pl.read_parquet(tmp_path / "state" / "sightings" / "*.parquet")
    assert sorted(sightings["folder"].to_list()) == ["", "乙平台"]
    assert sightings["_file_id"].n_unique() == 1
    assert sightings.schema["first_seen_at"] == pl.Datetime("us")


def test_land_when_a_new_name_is_earlier_then_lands_again_with_that_day(tmp_path: Path) -> None:
    drop(tmp_path, "检查记录_2024-06.csv", MAY)
    land(tmp_path)
    drop(tmp_path, "检查记录_2024-05-03.csv", MAY)
    again = land(tmp_path)
    assert again.contents_landed == 1
    rows = read_lake(tmp_path, "inspections")
    assert rows.height == 1
    assert str(rows["_known_on"][0]) == "2024-05-03"
    assert len(list((tmp_path / "lake").glob(".old-*"))) == 1
    clean_replaced(tmp_path / "lake")
    assert not list((tmp_path / "lake").glob(".old-*"))
    assert read_lake(tmp_path, "inspections").equals(rows)


def test_land_when_export_is_deleted_then_its_landing_and_original_stay(tmp_path: Path) -> None:
    path = drop(tmp_path, "检查记录_2024-05.csv", MAY)
    first = land(tmp_path)
    path.unlink()
    again = land(tmp_path)
    assert (again.count_files, again.landing_keys) == (0, first.landing_keys)
    (original,) = (tmp_path / "originals").glob("*/*")
    assert original.read_bytes() == MAY.encode()


def test_land_when_original_is_gone_and_settings_change_then_is_stale(tmp_path: Path) -> None:
    path = drop(tmp_path, "检查记录_2024-05.csv", MAY)
    first = land(tmp_path)
    path.unlink()
    shutil.rmtree(tmp_path / "originals")
    again = land(tmp_path, timezone="America/New_York")
    assert (again.contents_stale, again.landing_keys) == (1, first.landing_keys)


def test_land_when_file_is_refused_then_its_folder_says_why(tmp_path: Path) -> None:
    drop(tmp_path, "坏.csv.gz", gzip.compress(MAY.encode())[:-9])
    summary = land(tmp_path)
    assert (summary.contents_refused, summary.rows_read) == (1, 0)
    files = read_lake(tmp_path, "files").row(0, named=True)
    assert (files["outcome"], files["refused_code"]) == ("refused", "unreadable")
    assert "坏" not in files["refused_sentence"]
    assert read_lake(tmp_path, "sheets").is_empty()


def test_land_when_our_code_fails_then_file_is_refused_and_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    drop(tmp_path, "检查记录_2024-05.csv", MAY)

    def fail(*_: object) -> None:
        raise KeyError("张三 13812345678")

    with monkeypatch.context() as patch:
        patch.setattr(land_file_module, "check_sheet", fail)
        with pytest.raises(KeyError):
            land(tmp_path)
        refused = land_workspace(BUILT_IN, make_settings(tmp_path), NOW)
    assert refused.contents_refused == 1
    assert "KeyError" in caplog.text and "张三" not in caplog.text
    assert "张三" not in str(read_lake(tmp_path, "files").to_dicts())
    assert land(tmp_path).rows_typed == 1


def test_land_when_a_contract_changes_then_only_its_contents_land_again(tmp_path: Path) -> None:
    drop(tmp_path, "检查记录_2024-05.csv", MAY)
    drop(tmp_path, "园区底册_2024-05.csv", PARKS)
    land(tmp_path)
    parks = replace(BUILT_IN["parks"], source_system="园区平台", fingerprint="0" * 16)
    again = land(tmp_path, {**BUILT_IN, "parks": parks})
    assert again.contents_landed == 1
    assert read_lake(tmp_path, "parks")["_source_system"].to_list() == ["园区平台"]


@pytest.mark.parametrize(
    "changes",
    [
        {"timezone": "America/New_York"},
        {"crs": "GCJ02"},
        {"box": (0.0, 1.0, 0.0, 1.0)},
        {"token_key": b"x"},
    ],
)
def test_land_when_a_cell_setting_changes_then_key_changes(tmp_path: Path, changes: dict) -> None:
    drop(tmp_path, "检查记录_2024-05.csv", MAY)
    assert land(tmp_path).landing_keys != land(tmp_path, **changes).landing_keys


def test_heal_when_a_run_was_killed_while_writing_then_half_folders_go(tmp_path: Path) -> None:
    drop(tmp_path, "检查记录_2024-05.csv", MAY)
    land(tmp_path)
    whole = lake_bytes(tmp_path)
    lake = tmp_path / "lake"
    (lake / ".tmp-abc-def-1").mkdir()
    (lake / ".tmp-abc-def-1" / "files.parquet").write_bytes(b"half")
    heal(lake)
    assert lake_bytes(tmp_path) == whole


def test_heal_when_killed_between_the_two_renames_then_old_landing_is_back(tmp_path: Path) -> None:
    drop(tmp_path, "检查记录_2024-05.csv", MAY)
    land(tmp_path)
    whole = lake_bytes(tmp_path)
    lake = tmp_path / "lake"
    (live,) = [p for p in lake.glob("*/*") if p.parent.name != "_empty"]
    live.rename(lake / f".old-{live.parent.name}-{live.name}")
    heal(lake)
    assert lake_bytes(tmp_path) == whole


def test_heal_when_a_deletion_was_cut_short_then_is_finished(tmp_path: Path) -> None:
    half = tmp_path / "lake" / ".old-abc-def"
    half.mkdir(parents=True)
    (half / "files.parquet").write_bytes(b"rest")
    heal(tmp_path / "lake")
    assert not half.exists()


def test_land_when_record_of_landings_is_lost_then_lands_nothing_anew(tmp_path: Path) -> None:
    drop(tmp_path, "检查记录_2024-05.csv", MAY)
    land(tmp_path)
    (tmp_path / "state" / "landings.json").unlink()
    assert land(tmp_path).contents_landed == 0


def test_land_when_workspace_is_empty_then_every_table_can_be_read(tmp_path: Path) -> None:
    land(tmp_path)
    for name, schema in lake_tables(export_dictionary()).items():
        table = read_lake(tmp_path, name)
        assert table.is_empty()
        assert dict(table.schema) == schema
    assert pl.read_parquet(tmp_path / "state" / "sightings" / "*.parquet").is_empty()


def test_land_when_files_are_landed_then_every_file_has_the_ports_schema(tmp_path: Path) -> None:
    drop(tmp_path, "检查记录_2024-05.csv", MAY)
    drop(tmp_path, "园区底册_2024-05.csv", PARKS)
    land(tmp_path)
    tables = {**{e: lake_schema(f) for e, f in export_dictionary().items()}, **LEDGERS}
    for path in (tmp_path / "lake").glob("*/*/*.parquet"):
        assert dict(pl.read_parquet_schema(path)) == tables[path.stem]


def test_land_file_when_called_alone_then_writes_one_whole_folder(tmp_path: Path) -> None:
    path = drop(tmp_path, "检查记录_2024-05.csv", MAY)
    folder = land_file(path, (path.name,), BUILT_IN, make_settings(tmp_path), must_raise=True)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert manifest["landing_key"] == folder.name
    assert manifest["rows"] == {
        "files": 1,
        "sheets": 1,
        "rejected": 1,
        "issues": 0,
        "inspections": 1,
    }


def test_progress_when_files_land_then_names_each_of_them_once(tmp_path: Path) -> None:
    drop(tmp_path, "检查记录_2024-05.csv", MAY)
    drop(tmp_path, "园区底册_2024-05.csv", PARKS)
    said: list[tuple[int, int, str]] = []
    land_workspace(BUILT_IN, make_settings(tmp_path), NOW, lambda *told: said.append(told))
    assert said == [(1, 2, "园区底册_2024-05.csv"), (2, 2, "检查记录_2024-05.csv")]
