"""Dates as written: each form of exports.md 9.2, worked by hand."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.ingest.cells.dates import DateForms, read_dates


def read_one(text: str, **forms: object) -> tuple[date | None, str | None, str | None, int | None]:
    return read_dates(pl.Series([text]), DateForms(**forms)).row(0)


@pytest.mark.parametrize(
    "text",
    ["2023年7月2日", "2023.7.2", "2023/7/2", "2023-07-02", "20230702", "２０２３年７月２日",
     "2-JUL-23", "02-Jul-2023", "45109", "2023-07-02 ", "2023年07月02号"],
)  # fmt: skip
def test_read_dates_when_day_is_written_in_any_form_then_is_that_day(text: str) -> None:
    assert read_one(text) == (date(2023, 7, 2), None, None, None)


@pytest.mark.parametrize(
    ("text", "clock"),
    [("2023-07-02 10:25", "10:25:00"), ("2023/7/2 9:05:33", "09:05:33"),
     ("2023年7月2日10时25分", "10:25:00"), ("2023-07-02T10:25:33.123", "10:25:33"),
     ("20230702102533", "10:25:33"), ("2023-07-02 下午3:05", "15:05:00"),
     ("2023-07-02 12:05 AM", "00:05:00"), ("45109.5", "12:00:00")],
)  # fmt: skip
def test_read_dates_when_clock_is_given_then_stands_beside_the_day(text: str, clock: str) -> None:
    assert read_one(text) == (date(2023, 7, 2), clock, None, None)


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [("2023-07-02T20:30:00Z", date(2023, 7, 3), "04:30:00"),
     ("2023-07-02T20:30:00+08:00", date(2023, 7, 2), "20:30:00"),
     ("2023-07-02 20:30:00-0500", date(2023, 7, 3), "09:30:00")],
)  # fmt: skip
def test_read_dates_when_a_zone_is_written_then_is_local(text: str, day: date, clock: str) -> None:
    assert read_one(text)[:2] == (day, clock)


@pytest.mark.parametrize("text", ["2023年7月", "2023-07", "2023/7", "2023年7月份"])
def test_read_dates_when_only_a_month_then_is_its_first_with_a_grade(text: str) -> None:
    assert read_one(text) == (date(2023, 7, 1), None, "month", None)


@pytest.mark.parametrize(
    "text",
    ["2023-02-30", "2023-13-01", "20231301", "2023-07-02 25:00", "hello", "2023", "20000", "60000",
     "13月2日", "2月30日", "11/6/2012", "10:25"],
)  # fmt: skip
def test_read_dates_when_it_is_no_day_then_is_nothing(text: str) -> None:
    assert read_one(text) == (None, None, None, None)


def test_read_dates_when_year_is_missing_then_keeps_month_and_day() -> None:
    assert read_one("7月2日") == (None, None, None, 702)
    assert read_one("2月29日") == (None, None, None, 229)


def test_read_dates_when_end_is_open_then_says_so() -> None:
    assert read_one("长期") == (None, None, "open", None)


def test_read_dates_when_contract_gives_an_order_then_reads_slashes_by_it() -> None:
    assert read_one("11/6/2012 10:25", date_order="mdy")[:2] == (date(2012, 11, 6), "10:25:00")
    assert read_one("11/6/2012", date_order="dmy")[0] == date(2012, 6, 11)
    assert read_one("13/6/2012", date_order="mdy")[0] is None


def test_read_dates_when_workbook_counts_from_1904_then_is_1462_days_later() -> None:
    assert read_one("43647", is_1904=True)[0] == date(2023, 7, 2)


def test_read_dates_when_nothing_is_written_then_rows_keep_their_places() -> None:
    days = read_dates(pl.Series([None, "2023-07-02", None, "x"]), DateForms())["day"].to_list()
    assert days == [None, date(2023, 7, 2), None, None]


@settings(deadline=None)  # machines are shared
@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)))
def test_read_dates_when_any_day_is_spelt_in_all_ways_then_all_agree(day: date) -> None:
    texts = [
        f"{day:%Y-%m-%d}", f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}.{day.month}.{day.day}",
        f"{day:%Y%m%d}", f"{day:%d-%b-%Y}", f"{day.year}/{day.month}/{day.day} 08:00",
    ]  # fmt: skip
    assert read_dates(pl.Series(texts), DateForms())["day"].to_list() == [day] * len(texts)
