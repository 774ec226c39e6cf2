"""Rolling splits: every edge of the gap, the steps back, the thinning."""

from datetime import date

from ml_worlds import month_ends

from models_ml.config import load_config
from models_ml.splits import find_splits, list_train_dates

DATES = month_ends(date(2024, 1, 31), 24)  # to 2025-12-31; gap 210 days


def split_days(known_on: date, more: str, dates: list[date] = DATES) -> list[date]:
    return [split.split_on for split in find_splits(dates, known_on, load_config(more))]


def test_find_splits_when_worked_by_hand_then_the_example_of_its_docstring():
    splits = find_splits(DATES, date(2025, 12, 31), load_config("splits: {step_months: 6}"))
    assert [split.split_on for split in splits] == [date(2024, 11, 30), date(2025, 5, 31)]
    assert splits[0].train_on == tuple(DATES[:4])
    assert splits[1].train_on == tuple(DATES[:10])
    assert splits[1].train_on[-1] == date(2024, 10, 31)


def test_find_splits_when_known_day_is_one_short_then_the_newest_is_a_month_older():
    # 2025-05-31 + 210 days = 2025-12-27
    assert split_days(date(2025, 12, 27), "")[-1] == date(2025, 5, 31)
    assert split_days(date(2025, 12, 26), "")[-1] == date(2025, 4, 30)


def test_find_splits_when_delay_grows_then_both_ends_move():
    # gap 211: 2025-05-31 + 211 = 2025-12-28; its last training date + 211 = 2025-05-30
    (newest,) = find_splits(
        DATES, date(2025, 12, 27), load_config("delay_days: 31\nsplits: {max_splits: 1}")
    )
    assert newest.split_on == date(2025, 4, 30)
    assert newest.train_on[-1] == date(2024, 9, 30)  # + 211 = 2025-04-29


def test_find_splits_when_training_date_is_on_the_edge_then_in_and_a_day_more_is_out():
    dates = [date(2024, 1, 31), date(2024, 8, 28)]  # 210 days apart
    assert split_days(date(2025, 12, 31), "", dates) == [date(2024, 8, 28)]
    assert split_days(date(2025, 12, 31), "delay_days: 31", dates) == []


def test_find_splits_when_max_splits_then_the_newest_stay_oldest_first():
    assert split_days(date(2025, 12, 31), "splits: {max_splits: 2}") == DATES[15:17]


def test_list_train_dates_when_thinned_then_counted_back_from_the_newest():
    config = load_config("splits: {train_step_months: 4}")
    assert list_train_dates(DATES, date(2025, 5, 31), config) == (DATES[1], DATES[5], DATES[9])


def test_find_splits_when_archive_is_too_short_then_none():
    assert split_days(date(2024, 6, 30), "", DATES[:6]) == []
    assert split_days(date(2024, 6, 30), "", []) == []
