"""Which subjects might be one: against a plain loop, and at the edges of the rule."""

from __future__ import annotations

from itertools import combinations
from random import Random

import polars as pl
from rapidfuzz.fuzz import ratio

from pipelines.review.propose import differs_in_number, propose_pairs

TOWNS = ("甲镇", "乙镇", None)


def frame(*rows: tuple[str, str | None, str, str, str | None]) -> pl.DataFrame:
    columns = ("subject", "block", "subject_id", "identity", "name_norm")
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")


def row(
    name: str, town: str | None, subject_id: str, subject: str = "enterprise"
) -> tuple[str, str | None, str, str, str | None]:
    return (subject, town, subject_id, f"{name}|{town}", name)


def _typo(random: Random, name: str) -> str:
    letters = list(name)
    for _ in range(random.randrange(4)):
        letters[random.randrange(len(letters))] = random.choice("甲乙丙")
    return "".join(letters)


def test_pairs_when_compared_with_a_plain_loop_then_are_the_same() -> None:
    random = Random(5)
    stems = ["苏恒达精密机械模具有限公司", "东方红星纺织印染服装有限公司"]
    names = [_typo(random, random.choice(stems)) for _ in range(90)]
    rows = [row(name, random.choice(TOWNS), f"e{n % 70}") for n, name in enumerate(names)]
    expected = {
        frozenset((a[2], b[2]))
        for a, b in combinations(rows, 2)
        if a[1] is not None and a[1] == b[1] and a[2] != b[2] and ratio(a[4], b[4]) >= 92
    }
    found = propose_pairs(frame(*rows))
    pairs = [frozenset(pair) for pair in found.select("left_subject_id", "right_subject_id").rows()]
    assert len(expected) > 20 and len(pairs) == len(set(pairs)) and set(pairs) == expected


def test_pairs_when_exactly_92_then_are_kept() -> None:
    # 25 letters, two of them others: 2 * 23 / 50 = 92
    long = "abcdefghijklmnopqrstuvwxy"
    below = "XYcdefghijklmnopqrstuvwxy"
    assert ratio(long, below) == 92
    found = propose_pairs(frame(row(long, "甲镇", "e1"), row(below, "甲镇", "e2")))
    assert found["similarity"].to_list() == [92.0]


def test_pairs_when_in_other_towns_or_of_one_subject_then_none() -> None:
    name = "恒达精密机械有限公司"
    rows = [row(name, "甲镇", "e1"), row(name, "乙镇", "e2"), row(name[:-1], "甲镇", "e1")]
    assert propose_pairs(frame(*rows)).is_empty()


def test_pairs_when_met_in_town_and_park_then_come_once() -> None:
    one, two = row("恒达精密机械有限公司", "甲镇", "e1"), row("恒达精密机械有公司", "甲镇", "e2")
    in_park = [(*r[:1], "p1", *r[2:]) for r in (one, two)]
    found = propose_pairs(frame(one, two, *in_park))
    assert found.select("left_identity", "right_identity", "block").rows() == [
        ("恒达精密机械有公司|甲镇", "恒达精密机械有限公司|甲镇", "p1")
    ]


def test_parks_when_alike_then_are_never_paired_with_enterprises() -> None:
    name = "恒达精密机械有限公司"
    rows = [row(name, "甲镇", "e1"), row(name, "甲镇", "p1", "park")]
    assert propose_pairs(frame(*rows)).is_empty()


def test_numbers_when_the_only_difference_then_is_said() -> None:
    assert differs_in_number("东方一号塑料厂", "东方2号塑料厂")
    assert not differs_in_number("东方一号塑料厂", "东方一号塑胶厂")
    assert not differs_in_number("东方一号塑料厂", "东方一号塑料厂")
