"""Over thousands of seeds subjects are drawn as often as their recorded probability says."""

from __future__ import annotations

import math
from collections import Counter
from itertools import combinations

import polars as pl
import pytest

from models_ml.policy import draw_stratified

pytestmark = pytest.mark.prove

SEEDS = 6000
SIZES = {("park", "甲"): 4, ("park", "乙"): 1, ("enterprise", "甲"): 17, ("enterprise", "乙"): 8}
#: Normal bound whose chance to be crossed by any of some 60 comparisons is below 1 in 1000.
BOUND = 4.3


def people() -> pl.DataFrame:
    rows = [
        {"unit": unit, "subject_id": f"{unit[0]}{town}{n}", "town": town, "value": float(n % 3)}
        for (unit, town), size in SIZES.items()
        for n in range(size)
    ]
    return pl.DataFrame(rows)


@pytest.fixture(scope="module")
def draws() -> list[pl.DataFrame]:
    frame = people()
    return [draw_stratified(frame, ["unit", "town"], 9, 1, seed) for seed in range(SEEDS)]


def is_near(count: int, probability: float) -> bool:
    error = math.sqrt(SEEDS * probability * (1 - probability))
    return abs(count - SEEDS * probability) <= BOUND * error + 1e-9


def test_draw_when_repeated_then_each_subject_comes_as_often_as_it_says(draws):
    known = dict(draws[0].select("subject_id", "inclusion_probability").iter_rows())
    # 9 visits of 30: 1 of 1, then 8 of 29: shares 1.1, 4.69, 2.21 → 1, 5, 2
    assert sorted({round(p, 4) for p in known.values()}) == [0.25, 0.2941, 1.0]
    met = Counter(s for d in draws for s in d.filter("is_drawn")["subject_id"])
    assert all(is_near(met[subject], p) for subject, p in known.items())


def test_draw_when_repeated_then_pairs_of_a_stratum_come_as_a_simple_random_sample(draws):
    """n(n-1) / N(N-1) for a pair: 2·1 / 8·7 in the stratum of eight."""
    eight = [f"e乙{n}" for n in range(8)]
    met = Counter(
        pair
        for d in draws
        for pair in combinations(sorted(set(eight) & set(d.filter("is_drawn")["subject_id"])), 2)
    )
    assert all(is_near(met[pair], 2 / 56) for pair in combinations(eight, 2))


def test_estimate_when_weighted_by_probability_then_unbiased_and_the_naive_mean_is_not(draws):
    """The weighted mean over all draws is the truth; the plain mean of who was drawn is not."""
    values = people().select("subject_id", "value")
    truth = values["value"].mean()
    weighted, naive = [], []
    for draw in draws:
        met = draw.filter("is_drawn").join(values, on="subject_id")
        weighted.append((met["value"] / met["inclusion_probability"]).sum() / values.height)
        naive.append(met["value"].mean())
    estimates = pl.Series(weighted)
    assert abs(estimates.mean() - truth) < BOUND * estimates.std() / math.sqrt(SEEDS)
    plain = pl.Series(naive)
    assert abs(plain.mean() - truth) > BOUND * plain.std() / math.sqrt(SEEDS)
