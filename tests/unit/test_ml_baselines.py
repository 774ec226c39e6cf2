"""Plain rules and shrunken means, worked by hand."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from models_ml.baselines import find_lacking_rules, fit_rule
from models_ml.config import ShrinkageKnobs, load_config
from models_ml.rankers import Training
from models_ml.shrinkage import fit_means

CONFIG = load_config("shrinkage: {strength: fixed, fixed_visits: 10, min_members: 1}")
MOMENTS = ShrinkageKnobs("moments", 10.0, 1)
FIXED = ShrinkageKnobs("fixed", 10.0, 1)


def rows(**columns) -> pl.DataFrame:
    count = len(next(iter(columns.values())))
    keys = {
        "subject_id": [f"s{at}" for at in range(count)],
        "as_of_on": [date(2024, 1, 31)] * count,
    }
    return pl.DataFrame(keys | columns)


def fit(name: str, table: pl.DataFrame, config=CONFIG):
    return fit_rule(name, Training(table, np.full(table.height, np.nan), table), config, "park")


def test_random_when_scored_then_everybody_is_tied():
    table = rows(visits_all=[1.0, 2.0])
    assert fit("random", table).score(table).tolist() == [0, 0]


def test_most_hazards_when_unknown_then_the_mean_and_no_reason():
    table = rows(hazards_12m=[4.0, None, 0.0])
    ranker = fit("most_hazards", table)
    assert ranker.score(table).tolist() == [4, 2, 0]
    told = ranker.explain(table)
    assert (told.base, told.features) == (2, ("hazards_12m",))
    assert told.contributions[:, 0].tolist() == [2, 0, -2]


def test_last_outcome_when_visits_are_scored_then_worst_score_first():
    table = rows(last_score=[90.0, 50.0], was_last_visit_bad=[0.0, 1.0])
    assert fit("last_outcome", table).score(table).tolist() == [-90, -50]


def test_last_outcome_when_scores_are_rarer_than_outcomes_then_the_outcome():
    table = rows(last_score=[90.0, None, None], was_last_visit_bad=[0.0, 1.0, None])
    assert fit("last_outcome", table).score(table).tolist() == [0, 1, 0.5]


def test_longest_unvisited_when_never_visited_then_first():
    table = rows(days_since_last_visit=[400.0, None, 2.0])
    assert np.argsort(-fit("longest_unvisited", table).score(table)).tolist() == [1, 0, 2]


def test_find_lacking_rules_when_a_column_is_absent_null_or_constant_then_named():
    table = rows(
        hazards_12m=[0.0, 0.0],
        days_since_last_visit=pl.Series([None, None], dtype=pl.Float64),
        bad_visits_all=[0.0, 1.0],
        visits_all=[1.0, 1.0],
    )
    lacking = find_lacking_rules(table, CONFIG)
    assert set(lacking) == {"shrunken_score", "most_hazards", "last_outcome", "longest_unvisited"}
    assert "hazards_12m" in lacking["most_hazards"]


def test_fit_means_when_strength_is_fixed_then_groups_lie_between_own_and_district():
    # One site a town, 10 visits each, means 0.2 and 0.6. rho = 1/11: 10 visits count as
    # 10 / (1 + 9/11) = 5.5; the towns' members are the sites, so town: (5.5 m + 10 x 0.4) / 15.5.
    sites = pl.DataFrame({"mean": [0.2, 0.6], "visits": [10.0, 10.0], "town": ["a", "b"]})
    means = fit_means(sites, ("town",), 0.24, FIXED)
    assert means.district_mean == pytest.approx(0.4)
    assert means.own_strength == pytest.approx(10)
    found = means.find_means(pl.DataFrame({"town": ["a", "b", "new", None]}))
    expected = [(5.5 * 0.2 + 4) / 15.5, (5.5 * 0.6 + 4) / 15.5, 0.4, 0.4]
    np.testing.assert_allclose(found[:, 1], expected)


def test_fit_means_when_by_moments_then_strength_as_worked_by_hand():
    # Four sites of 10 visits, bad 2 4 6 8: p = 0.5, spread 0.25; deviation 10 x 0.20 = 2, / 0.25
    # = 8; freedom 3; reach 40 - 400/40 = 30; rho = (8 - 3) / 27 = 5/27, strength 27/5 - 1 = 4.4.
    sites = pl.DataFrame({"mean": [0.2, 0.4, 0.6, 0.8], "visits": [10.0] * 4})
    assert fit_means(sites, (), 0.25, MOMENTS).own_strength == pytest.approx(4.4)


def test_fit_means_when_towns_differ_and_sites_do_not_then_each_level_has_its_own_strength():
    # Sites equal within their town: nothing of their own. Two towns of two sites x 10 visits,
    # 0.2 and 0.6: sites rho at its floor, so a town counts 20 visits (less 2 in a thousand).
    # Towns: deviation 20 x 0.04 x 2 = 1.6, / 0.24 = 20/3; freedom 1; reach 40 - 800/40 = 20;
    # rho = (17/3) / 19 = 17/57, strength 40/17; town a = (20 x 0.2 + 40/17 x 0.4) / (20 + 40/17).
    sites = pl.DataFrame(
        {"mean": [0.2, 0.2, 0.6, 0.6], "visits": [10.0] * 4, "town": ["a", "a", "b", "b"]}
    )
    means = fit_means(sites, ("town",), 0.24, MOMENTS)
    assert means.own_strength > 1000
    found = means.find_means(pl.DataFrame({"town": ["a"]}))[0, 1]
    assert found == pytest.approx((4 + 16 / 17) / (20 + 40 / 17), rel=1e-3)


def test_fit_means_when_sites_differ_by_chance_only_then_own_record_counts_little():
    rng = np.random.default_rng(5)
    sites = pl.DataFrame({"mean": rng.binomial(10, 0.3, 500) / 10, "visits": [10.0] * 500})
    assert fit_means(sites, (), 0.21, MOMENTS).own_strength > 100


def test_fit_means_when_sites_are_drawn_from_a_beta_then_its_strength_is_found():
    rng = np.random.default_rng(6)
    visits = rng.integers(2, 30, 4000)
    bad = rng.binomial(visits, rng.beta(2, 6, 4000))  # prior worth 8 visits
    sites = pl.DataFrame({"mean": bad / visits, "visits": visits.astype(float)})
    spread = bad.sum() / visits.sum()
    means = fit_means(sites, (), float(spread * (1 - spread)), MOMENTS)
    assert means.own_strength == pytest.approx(8, rel=0.1)
    assert means.district_mean == pytest.approx(0.25, abs=0.01)


def test_fit_means_when_an_enterprise_has_no_park_then_it_counts_in_its_town():
    sites = pl.DataFrame(
        {
            "mean": [0.0, 1.0, 1.0],
            "visits": [10.0] * 3,
            "town": ["a", "a", "b"],
            "park_id": ["p", None, None],
        }
    )
    means = fit_means(sites, ("town", "park_id"), 0.25, FIXED)
    found = means.find_means(sites.select("town", "park_id"))
    assert found.shape == (3, 3)
    assert found[0, 2] < found[0, 1] == found[1, 1] == found[1, 2] < found[2, 2]


def test_shrunken_rate_when_record_is_short_then_pulled_to_the_prior_and_parts_add_up():
    table = rows(
        bad_visits_all=[1.0, 10.0, 0.0, None], visits_all=[1.0, 10.0, 10.0, None], town=["a"] * 4
    )
    ranker = fit("shrunken_rate", table)
    score = ranker.score(table)
    prior = ranker.explain(table).base + ranker.explain(table).contributions[3, 0]
    np.testing.assert_allclose(
        score, [(1 + 10 * prior) / 11, (10 + 10 * prior) / 20, 10 * prior / 20, prior]
    )
    assert ranker.explain(table).features == ("town", "bad_visits_all")


def test_rules_when_training_rows_are_older_then_the_standing_ones_count():
    table = pl.DataFrame(
        {
            "subject_id": ["a", "b", "a", "b"],
            "as_of_on": [date(2024, 1, 31)] * 2 + [date(2024, 2, 29)] * 2,
            "bad_visits_all": [0.0, 0.0, 2.0, 0.0],
            "visits_all": [1.0, 1.0, 4.0, 4.0],
        }
    )
    training = Training(table, np.full(4, np.nan), table[2:])
    ranker = fit_rule("shrunken_rate", training, CONFIG, "park")
    assert ranker.explain(table).base == pytest.approx(0.25)  # 2 of 8 visits


def test_shrunken_score_when_scores_are_high_then_risk_is_low():
    table = rows(
        mean_score_all=[90.0, 50.0, None],
        scored_visits_all=[10.0, 10.0, 0.0],
        last_score=[90.0, 50.0, None],
    )
    np.testing.assert_allclose(fit("shrunken_score", table).score(table), [-80, -60, -70])


def test_shrunken_rate_when_a_group_has_few_members_then_they_belong_to_the_level_above():
    # Town a has three subjects, town b two: with three demanded b has no mean of its own.
    table = rows(
        bad_visits_all=[3.0, 3.0, 3.0, 9.0, 9.0, 0.0],
        visits_all=[10.0, 10.0, 10.0, 10.0, 10.0, 0.0],
        town=["a", "a", "a", "b", "b", "b"],
    )
    config = load_config("shrinkage: {strength: fixed, fixed_visits: 10, min_members: 3}")
    told = fit("shrunken_rate", table, config).explain(table)
    pulls = told.contributions[:, told.features.index("town")]
    assert (pulls[:3] < 0).all()  # below the district
    assert pulls[3:].tolist() == [0, 0, 0]  # the unvisited subject is no member
    assert told.scores()[5] == pytest.approx(told.base)


def test_rules_when_there_is_nothing_to_learn_from_then_they_still_score():
    empty = rows(visits_all=[0.0], bad_visits_all=[0.0], hazards_12m=[1.0], town=["a"]).clear()
    cohort = rows(visits_all=[2.0], bad_visits_all=[1.0], hazards_12m=[1.0], town=["a"])
    for name in ("shrunken_rate", "most_hazards"):
        assert np.isfinite(fit(name, empty).score(cohort)).all()
