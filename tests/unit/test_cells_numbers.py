"""Numbers as written: each form of exports.md 9.2, worked by hand."""

from decimal import ROUND_HALF_UP, Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.ingest.cells.numbers import NumberForm, read_numbers

MONEY = {"元": 100.0, "万元": 1_000_000.0, "亿元": 10_000_000_000.0}
AREA = {"m2": 1.0, "平方米": 1.0, "亩": 2000 / 3, "公顷": 10_000.0}


def read_one(text: str, form: NumberForm | None = None) -> dict[str, object]:
    return read_numbers(pl.Series([text]), form or NumberForm({})).row(0, named=True)


def fen(text: str, header: str = "") -> object:
    return read_one(text, NumberForm(MONEY, "fen", header, is_money=True))["whole"]


@pytest.mark.parametrize(
    ("text", "value"),
    [("1,234.5", 1234.5), ("１２", 12.0), ("3.2万", 32_000.0), ("1.5亿", 150_000_000.0),
     ("-3", -3.0),
     ("三十五", 35.0),
     ("一百零二", 102.0), ("12家", 12.0), ("95%", 0.95), ("1.2e3", 1200.0), ("0", 0.0)],
)  # fmt: skip
def test_read_numbers_when_written_by_people_then_is_the_number(text: str, value: float) -> None:
    assert read_one(text)["value"] == value


@pytest.mark.parametrize("text", ["50余", "近50", "约50", "50多", "50左右", "约50家"])
def test_read_numbers_when_about_then_is_flagged(text: str) -> None:
    verdict = read_one(text)
    assert (verdict["value"], verdict["is_about"]) == (50.0, True)


@pytest.mark.parametrize(
    "text",
    ["(500)", "abc", "1,23", "12元", "1-2", "十x", "1.2.3", "--5", "1e400", "1e99", "9" * 25],
)
def test_read_numbers_when_it_is_no_number_then_is_nothing(text: str) -> None:
    assert read_one(text)["value"] is None


@pytest.mark.parametrize("text", ["3.5", "0.1", "1e-3"])
def test_read_numbers_when_not_whole_then_has_no_whole_value(text: str) -> None:
    assert read_one(text)["whole"] is None


def test_read_numbers_when_unit_counts_points_then_percent_sign_changes_nothing() -> None:
    assert read_one("95%", NumberForm({}, unit="分"))["value"] == 95.0


@pytest.mark.parametrize(
    ("text", "header", "expected"),
    [("1.5", "", 150), ("1.5", "万元", 1_500_000), ("3.2万元", "", 3_200_000),
     ("500元", "万元", 50_000),
     ("3.2万", "万元", 3_200_000), ("0.005", "", 1), ("0.004", "", 0),
     ("1.5亿元", "", 15_000_000_000),
     ("50余万元", "", 50_000_000), ("435.3", "万元", 435_300_000), ("1.005", "", 101)],
)  # fmt: skip
def test_read_numbers_when_money_then_is_fen_half_up(text: str, header: str, expected: int) -> None:
    assert fen(text, header) == expected


def test_read_numbers_when_money_has_a_percent_sign_then_is_no_money() -> None:
    assert fen("95%") is None


@pytest.mark.parametrize(
    ("text", "header", "expected"),
    [("300", "", 300.0), ("300㎡", "亩", 300.0), ("15亩", "", 10_000.0), ("300", "亩", 200_000.0),
     ("2公顷", "", 20_000.0), ("3万平方米", "", 30_000.0), ("1亩", "", 666.666667)],
)  # fmt: skip
def test_read_numbers_when_area_then_is_square_metres(
    text: str, header: str, expected: float
) -> None:
    assert read_one(text, NumberForm(AREA, "㎡", header))["value"] == expected


def test_read_numbers_when_longer_than_nine_digits_then_is_rounded() -> None:
    assert read_one("31.123456789")["value"] == 31.1234568


def test_read_numbers_when_easy_and_hard_texts_mix_then_rows_keep_their_places() -> None:
    values = read_numbers(pl.Series(["约3", "2", None, "x", "1"]), NumberForm({}))["value"]
    assert values.to_list() == [3.0, 2.0, None, None, 1.0]


@settings(deadline=None)  # machines are shared
@given(st.decimals(0, 10**9, places=4))
def test_read_numbers_when_any_money_then_agrees_with_decimal_arithmetic(amount: Decimal) -> None:
    expected = int((amount * 100).quantize(Decimal(1), ROUND_HALF_UP))
    assert fen(f"{amount:f}") == expected
    assert fen(f"{amount:,f}元") == expected
