"""The random draw: allocation and merging by hand, laws over many frames."""

from __future__ import annotations

import hashlib
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models_ml.policy import allocate, draw_stratified, merge_strata, name_stratum

UNITS = st.sampled_from(["park", "enterprise"])


def frame(*strata: tuple[str, str | None, int]) -> pl.DataFrame:
    """`size` subjects of each (unit, town)."""
    rows = [
        {"unit": unit, "subject_id": f"{unit[0]}-{town}-{n}", "town": town}
        for unit, town, size in strata
        for n in range(size)
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(("unit", "subject_id", "town"), pl.String))


@pytest.mark.parametrize(
    ("sizes", "count", "floor", "expected"),
    [
        # 10 of 20, exactly half of each
        ([10, 6, 4], 10, 1, [5, 3, 2]),
        # shares 8.1 0.8 0.8 0.3 are below 1 but for the first: they get 1, it gets the rest
        ([50, 5, 5, 2], 10, 1, [7, 1, 1, 1]),
        # shares of 7: 3.5 2.33 1.17 → 3 2 1, the largest remainder (.5) gets the seventh
        ([30, 20, 10], 7, 1, [4, 2, 1]),
        # a tie of remainders (2.33 each): the earlier gets it
        ([3, 3, 3], 7, 1, [3, 2, 2]),
        # floor 3, but the second has only 2; left 5 for the first
        ([20, 2], 7, 3, [5, 2]),
        # floor 3 costs 9 > 7, floor 2 costs 6: it is lowered to 2
        ([9, 9, 9], 7, 3, [3, 2, 2]),
        # everybody
        ([4, 1], 5, 1, [4, 1]),
        # no floor: 1 of 100 and 1 get the largest remainder's
        ([100, 1], 1, 0, [1, 0]),
    ],
)
def test_allocate_when_worked_by_hand_then_equal(
    sizes: list[int], count: int, floor: int, expected: list[int]
) -> None:
    assert allocate(sizes, count, floor) == expected


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.integers(1, 400), min_size=1, max_size=12), st.integers(0, 5), st.floats(0.001, 1)
)
def test_allocate_when_any_strata_then_sums_floors_and_bounds_hold(
    sizes: list[int], floor: int, share: float
) -> None:
    count = max(len(sizes), round(sum(sizes) * share))
    count = min(count, sum(sizes))
    given_ = allocate(sizes, count, floor)
    assert sum(given_) == count
    assert all(0 <= n <= size for n, size in zip(given_, sizes, strict=True))
    if floor:
        assert all(n >= 1 for n in given_)
    # proportional: a stratum twice as large never gets fewer
    ordered = sorted(zip(sizes, given_, strict=True))
    assert all(a[1] <= b[1] for a, b in pairwise(ordered) if a[0] < b[0])


def test_merge_when_more_strata_than_visits_then_smallest_of_one_unit_merge() -> None:
    sizes = {("park", "a"): 1, ("park", "b"): 5, ("enterprise", "a"): 2, ("enterprise", "b"): 3}
    # the smallest is park a (1); its smallest mate is park b
    assert merge_strata(sizes, 3) == [
        (("enterprise", "a"),), (("enterprise", "b"),), (("park", "a"), ("park", "b")),
    ]  # fmt: skip
    # then enterprise a (2) with b (3), though together they are no larger than the parks
    assert merge_strata(sizes, 2) == [
        (("enterprise", "a"), ("enterprise", "b")), (("park", "a"), ("park", "b")),
    ]  # fmt: skip
    assert len(merge_strata(sizes, 1)) == 1
    assert len(merge_strata(sizes, 9)) == 4


def test_merge_when_sizes_tie_then_names_decide() -> None:
    sizes = {("park", name): 2 for name in "dbca"}
    assert merge_strata(sizes, 3) == [
        (("park", "a"), ("park", "b")), (("park", "c"),), (("park", "d"),),
    ]  # fmt: skip


def test_draw_when_worked_by_hand_then_lowest_lots_are_drawn() -> None:
    """SHA-256 of "seed|unit|id" by hand: the three ids with the lowest of five."""
    people = frame(("park", "x", 5))
    drawn = draw_stratified(people, ["unit", "town"], 3, 1, 42)
    lots = {i: hashlib.sha256(f"42|park|{i}".encode()).hexdigest() for i in people["subject_id"]}
    expected = sorted(lots, key=lots.__getitem__)[:3]
    assert set(drawn.filter("is_drawn")["subject_id"]) == set(expected)
    assert drawn["inclusion_probability"].unique().to_list() == [0.6]


def test_draw_when_town_is_missing_then_a_stratum_of_its_own() -> None:
    drawn = draw_stratified(frame(("park", None, 2), ("park", "x", 2)), ["unit", "town"], 2, 1, 1)
    strata = drawn.select("stratum", "count_stratum", "count_drawn").unique().sort("stratum")
    assert strata.rows() == [("park|?", 2, 1), ("park|x", 2, 1)]


def test_draw_when_fewer_subjects_than_visits_then_all_with_certainty() -> None:
    drawn = draw_stratified(frame(("park", "x", 2), ("enterprise", "y", 1)), ["unit"], 9, 1, 1)
    assert drawn["is_drawn"].all()
    assert drawn["inclusion_probability"].to_list() == [1.0, 1.0, 1.0]


def test_draw_when_nobody_then_empty() -> None:
    assert draw_stratified(frame(), ["unit", "town"], 0, 1, 1).is_empty()


def test_draw_when_no_visit_for_somebody_then_refused() -> None:
    with pytest.raises(ValueError, match="nobody may have probability 0"):
        draw_stratified(frame(("park", "x", 2)), ["unit"], 0, 1, 1)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(UNITS, st.sampled_from("abcdefg"), st.integers(1, 15)),
        min_size=1, max_size=9, unique_by=lambda s: s[:2],
    ),
    st.integers(1, 40), st.integers(1, 4), st.integers(0, 10**6), st.randoms(use_true_random=False),
)  # fmt: skip
def test_draw_when_any_frame_then_laws_hold(
    strata: list, count: int, floor: int, seed: int, random: object
) -> None:
    people = frame(*strata)
    drawn = draw_stratified(people, ["unit", "town"], count, floor, seed)
    assert drawn.height == people.height
    # nobody has probability 0, and probabilities sum to n in each stratum and in all
    assert (drawn["inclusion_probability"] > 0).all()
    by_stratum = drawn.group_by("stratum").agg(
        pl.sum("inclusion_probability"), pl.sum("is_drawn"), pl.first("count_drawn"),
        pl.first("count_stratum"), pl.len(),
    )  # fmt: skip
    for _, total, is_drawn, n, size, members in by_stratum.iter_rows():
        assert total == pytest.approx(n) and is_drawn == n and size == members
    assert drawn["is_drawn"].sum() == min(count, people.height)
    # the order of the rows does not matter; the same seed draws the same
    order = list(range(people.height))
    random.shuffle(order)
    assert draw_stratified(people[order], ["unit", "town"], count, floor, seed).equals(drawn)


def test_name_when_strata_merge_then_text_names_all() -> None:
    assert name_stratum([("park", "甲镇"), ("park", "乙镇")]) == "park|甲镇+park|乙镇"
