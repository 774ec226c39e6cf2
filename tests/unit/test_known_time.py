"""Knowledge time: exports.md 9.4.1-9.4.2, rows on each edge."""

from datetime import date

import polars as pl
import pytest

from pipelines.ingest.known_time import FileTime, find_file_time, newest_after_jumps


def days(*texts: str) -> pl.Series:
    return pl.Series([date.fromisoformat(text) for text in texts], dtype=pl.Date)


@pytest.mark.parametrize(
    ("given", "newest"),
    [
        (("2024-01-01", "2023-06-01"), date(2024, 1, 1)),
        (("2099-01-01", "2024-01-01", "2023-06-01"), date(2024, 1, 1)),
        (("2099-01-01", "2098-12-31", "2024-01-01"), date(2099, 1, 1)),
        (("2024-01-02", "2023-01-01"), date(2024, 1, 2)),  # 366 days after
        (("2024-01-03", "2023-01-01"), date(2023, 1, 1)),  # 367 days after
        (("2099-01-01", "2050-01-01", "2024-01-01"), date(2024, 1, 1)),
        (("2024-01-01",), date(2024, 1, 1)),
        ((), None),
    ],
)
def test_newest_after_jumps_when_far_days_stand_alone_then_drops_them(
    given: tuple[str, ...], newest: date | None
) -> None:
    assert newest_after_jumps(days(*given)) == newest


@pytest.mark.parametrize(
    ("named_on", "is_ignored"), [("2024-01-02", False), ("2024-01-03", True), ("2022-01-01", False)]
)
def test_find_file_time_when_name_is_a_year_after_the_rows_then_is_ignored(
    named_on: str, is_ignored: bool
) -> None:
    named = date.fromisoformat(named_on)
    expected = FileTime(date(2023, 1, 1), None if is_ignored else named, is_ignored)
    assert find_file_time(days("2023-01-01", "2022-12-01"), named) == expected


def test_find_file_time_when_one_row_is_far_ahead_then_does_not_save_the_name() -> None:
    found = find_file_time(days("2099-01-01", "2022-01-01"), date(2024, 5, 31))
    assert found == FileTime(date(2022, 1, 1), None, True)


def test_find_file_time_when_file_has_no_events_then_name_counts() -> None:
    assert find_file_time(days(), date(2024, 5, 31)) == FileTime(None, date(2024, 5, 31), False)
