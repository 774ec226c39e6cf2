"""Words, truth values and codes."""

import polars as pl
import pytest

from pipelines.contracts.contract import Column
from pipelines.ingest.cells.codes import read_codes, read_ids, read_truths, read_uscc, read_words

#: A published code.
VALID = "91110000600037341L"
LEVEL = Column("level", "enum", words={"一般": "一般", "一般隐患": "一般", "重大": "重大"})
BOOL = Column(
    "is_simple", "bool", words={"是": "yes", "有": "yes", "无": "no", "1": "yes", "0": "no"}
)


def numeric(*flags: bool) -> pl.Series:
    return pl.Series(flags, dtype=pl.Boolean)


def test_read_words_when_spaced_or_full_width_then_is_the_first_word() -> None:
    got = read_words(pl.Series(["一般", " 一般 隐患", "特大", None]), LEVEL)
    assert got.to_list() == ["一般", "一般", None, None]


def test_read_words_when_fire_class_is_mixed_then_keeps_all_words() -> None:
    column = Column("fire_class", "enum", words={c: c for c in "甲乙丙丁戊"})
    got = read_words(pl.Series(["丙、丁", "丙/戊", "丙", "丙、己"]), column)
    assert got.to_list() == ["丙、丁", "丙、戊", "丙", None]


def test_read_truths_when_word_is_none_then_means_no() -> None:
    got = read_truths(pl.Series(["是", "无", "1", "也许", None]), BOOL)
    assert got.to_list() == [True, False, True, None, None]


@pytest.mark.parametrize("text", [VALID, VALID.lower(), "９1110000 6000 37341L"])
def test_read_uscc_when_valid_in_any_width_then_is_upper_case(text: str) -> None:
    got = read_uscc(pl.Series([text]), numeric(False))
    assert got.row(0) == (VALID, None)


@pytest.mark.parametrize(
    "text", ["91110000600037341M", "9111000060003734", "91110000600037341I", "不知"]
)
def test_read_uscc_when_check_fails_then_is_invalid(text: str) -> None:
    assert read_uscc(pl.Series([text]), numeric(False)).row(0) == (None, "uscc_invalid")


def test_read_uscc_when_a_workbook_kept_a_number_then_is_damaged() -> None:
    got = read_uscc(
        pl.Series(["9.13E+17", "913205841234568000", "320584"]), numeric(False, True, True)
    )
    assert got["rule"].to_list() == ["uscc_damaged", "uscc_damaged", "uscc_invalid"]


def test_read_uscc_when_a_village_collective_then_its_letter_is_no_mistake() -> None:
    # Weighted sum of N2320584MF0000000 is 1290; 1290 mod 31 = 19; 31 - 19 = 12 stands for C.
    whole = "N2320584MF0000000C"
    assert read_uscc(pl.Series([whole]), numeric(False)).row(0) == (whole, None)


def test_read_codes_when_workbook_dropped_a_zero_then_puts_it_back() -> None:
    column = Column("region_code", "code", code_lengths=(2, 6))
    got = read_codes(
        pl.Series(["1", "1", "32", "320584", "AL"]), column, numeric(True, *[False] * 4)
    )
    assert got.to_list() == ["01", None, "32", "320584", None]


def test_read_codes_when_pattern_is_given_then_whole_code_must_fit() -> None:
    column = Column("industry_code", "code", pattern="[A-Z][0-9]{0,4}")
    got = read_codes(pl.Series(["c3311", "C", "33", "C33111"]), column, numeric(*[False] * 4))
    assert got.to_list() == ["C3311", "C", None, None]


def test_read_ids_when_written_with_spaces_then_are_folded() -> None:
    assert read_ids(pl.Series([" ＱＸ－１ ", "a b", None])).to_list() == ["QX-1", "ab", None]
