"""Normalised names: exports.md 9.5."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.ingest.normalise import normalise_name, normalise_names


@pytest.mark.parametrize(
    ("name", "normal"),
    [
        ("苏州宏达机械有限责任公司", "苏州宏达机械有限公司"),
        ("蘇州宏達機械有限公司", "苏州宏达机械有限公司"),
        ("苏州 宏达（集团）有限公司", "苏州宏达集团有限公司"),
        ("宏达厂(张伟)", "宏达厂"),
        ("宏达厂（二车间）", "宏达厂"),
        ("宏达厂（东厂区）", "宏达厂"),
        ("宏达厂(第三分厂)(李明)", "宏达厂"),
        ("ａｂｃ公司", "ABC公司"),
        ("宏达公司（吴江）", "宏达公司吴江"),
        ("宏达公司(江苏)", "宏达公司江苏"),
        ("(张伟)", "张伟"),
        ("——", "——"),
    ],
)
def test_normalise_name_when_written_otherwise_then_is_the_same(name: str, normal: str) -> None:
    assert normalise_name(name) == normal


def test_normalise_names_when_null_then_stays_null() -> None:
    assert normalise_names(pl.Series(["甲 厂", None, "甲厂"])).to_list() == ["甲厂", None, "甲厂"]


@settings(deadline=None)  # machines are shared
@given(st.text(max_size=20))
def test_normalise_name_when_done_twice_then_changes_nothing_more(name: str) -> None:
    once = normalise_name(name)
    assert normalise_name(once) == once
