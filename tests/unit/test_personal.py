"""Nobody's name, phone or identity number survives landing."""

import re
import stat
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.ingest.personal import (
    MASKS,
    Tokens,
    mask_lessors,
    mask_people,
    mask_person_lists,
    scrub,
    scrub_text,
    token_key,
)

TOKENS = Tokens(b"a key only tests know")


def test_token_key_when_asked_twice_then_is_the_same_and_only_ours(tmp_path: Path) -> None:
    path = tmp_path / "state" / "token.key"
    first = token_key(path)
    assert token_key(path) == first
    assert len(first) == 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [p.name for p in path.parent.iterdir()] == ["token.key"]
    assert token_key(tmp_path / "other" / "token.key") != first


def test_tokens_when_printed_then_hide_the_key() -> None:
    assert "tests know" not in repr(TOKENS)
    assert TOKENS.key_id() not in TOKENS.hash("张三")


@pytest.mark.parametrize(
    ("kind", "text", "mask"),
    [
        ("person", "张三", "张*"),
        ("person", " 欧阳修 ", "欧*"),
        ("phone", "138 1234 5678", "138****5678"),
        ("phone", "0512-63012345", "051****2345"),
        ("phone", "12345", "****"),
        ("idno", "320584199001011234", "320***********1234"),
    ],
)
def test_masks_when_applied_then_show_only_the_ends(kind: str, text: str, mask: str) -> None:
    assert MASKS[kind](text) == mask


def test_mask_people_when_spelt_with_spaces_or_wide_then_hash_is_the_same() -> None:
    _, hashes = mask_people(pl.Series(["张三", "张 三", "李四", None]), "person", TOKENS)
    assert hashes[0] == hashes[1] != hashes[2]
    assert hashes[3] is None
    assert re.fullmatch("[0-9a-f]{16}", hashes[0])


def test_mask_people_when_key_differs_then_hash_differs() -> None:
    assert Tokens(b"other").hash("张三") != TOKENS.hash("张三")


@pytest.mark.parametrize(
    "text", ["张三、李四", "张三,李四", "张三；李四", "张三/李四", "张三 李四", "张三\n李四"]
)
def test_mask_person_lists_when_split_by_any_separator_then_counts_two(text: str) -> None:
    masks, hashes, count = mask_person_lists(pl.Series([text]), TOKENS)
    assert (masks[0], count[0]) == ("张*、李*", 2)
    assert hashes[0] == f"{TOKENS.hash('张三')},{TOKENS.hash('李四')}"


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("电话13812345678。", "电话138****5678。"),
        ("+86 138-1234-5678", "138****5678"),
        ("13812345678/13987654321", "138****5678/139****4321"),
        ("座机0512-63012345", "座机0512****2345"),
        ("证320584199001011234号", "证320***********1234号"),
        ("证32058419900101123x", "证320***********123x"),
        ("１３８１２３４５６７８", "138****5678"),
        ("证320584900101123", "证320*********123"),
    ],
)
def test_scrub_when_text_holds_numbers_of_persons_then_masks_them(text: str, clean: str) -> None:
    assert scrub(pl.Series([text])).to_list() == [clean]


@pytest.mark.parametrize(
    "text",
    [
        "编号1381234567",
        "2024-05-01 08:30",
        "91110000600037341L",
        "面积12345.67",
        "１２号楼",
        "长138123456789",
    ],
)
def test_scrub_when_numbers_are_no_persons_then_text_stays_as_it_is(text: str) -> None:
    assert scrub(pl.Series([text])).to_list() == [text]


@pytest.mark.parametrize(
    ("name", "kind", "is_masked"),
    [
        ("王建国", None, True),
        ("王建国", "单位", False),
        ("宏达有限公司", "个人", True),
        ("盛泽村", None, False),
        ("绿地集团", None, False),
        ("Mobile Housing Board", None, False),
        ("苏州宏达机械", None, False),
        ("王建国", "个人", True),
    ],
)
def test_mask_lessors_when_it_may_be_a_person_then_is_masked(
    name: str, kind: str | None, is_masked: bool
) -> None:
    names, hashes = mask_lessors(pl.Series([name]), pl.Series([kind], dtype=pl.String), TOKENS)
    assert (hashes[0] is not None) == is_masked
    assert names[0] == (name[0] + "*" if is_masked else name)


@settings(deadline=None)  # machines are shared
@given(st.text("0123456789电话 ,-/x", max_size=40))
def test_scrub_when_any_text_then_leaves_no_mobile_number(text: str) -> None:
    assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", scrub_text(text))
    assert scrub_text(scrub_text(text)) == scrub_text(text)
