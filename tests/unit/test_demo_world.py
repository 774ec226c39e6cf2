"""The simulated district stays inside the ranges its readers rely on."""

import numpy as np
import polars as pl
import pytest

from pipelines.demo.world import MONTHS_BACKFILL, simulate

SEED = 20251031


@pytest.fixture(scope="module")
def world():
    return simulate(SEED)


def _at_parks(world):
    return world.inspections.filter(pl.col("site_park_no").is_not_null())


def test_simulate_when_seed_repeats_gives_equal_frames(world):
    again = simulate(SEED)
    assert again.inspections.equals(world.inspections)
    assert again.hazards.equals(world.hazards)
    assert again.leases.equals(world.leases)


def test_simulate_when_seed_differs_gives_another_district(world):
    assert not simulate(SEED + 1).parks["park_name"].equals(world.parks["park_name"])


def test_counts_lie_in_stated_ranges(world):
    shown = world.inspections.filter(pl.col("month") >= MONTHS_BACKFILL)
    found = world.hazards.filter(pl.col("month") >= MONTHS_BACKFILL)
    assert (world.towns.height, world.parks.height) == (5, 60)
    assert 850 <= world.enterprises.height <= 950
    assert 6_000 <= shown.height <= 9_000
    assert 12_000 <= found.height <= 18_000
    assert 0.15 <= shown["is_bad"].mean() <= 0.25


def test_visit_is_bad_exactly_when_it_found_a_serious_hazard(world):
    serious = world.hazards.filter(pl.col("level") != "一般")["inspection_id"].unique()
    bad = world.inspections.filter("is_bad")["inspection_id"]
    assert set(serious) == set(bad)


def test_ids_and_names_are_unique(world):
    assert world.inspections["inspection_id"].is_unique().all()
    assert world.hazards["hazard_id"].drop_nulls().is_unique().all()
    for column in ("enterprise_id", "uscc", "enterprise_name"):
        assert world.enterprises[column].is_unique().all()
    assert world.parks["park_name"].is_unique().all()


def test_grid_hazard_is_unique_by_subject_day_and_description(world):
    keys = ["enterprise_no", "park_no", "found_on", "description"]
    assert not world.hazards.filter("is_grid").select(keys).is_duplicated().any()


def test_trail_days_follow_each_other(world):
    found = world.hazards
    for earlier, later in (
        ("found_on", "deadline"), ("found_on", "rectified_on"), ("deadline", "extended_to"),
        ("rectified_on", "rechecked_on"), ("rechecked_on", "closed_on"),
    ):  # fmt: skip
        assert (found[earlier] <= found[later]).drop_nulls().all()


def test_stays_of_a_tenant_do_not_overlap_and_end_after_they_start(world):
    stays = world.leases.sort("enterprise_no", "start_on")
    assert (stays["start_on"] < stays["left_on"]).drop_nulls().all()
    following = pl.col("start_on").shift(-1).over("enterprise_no")
    both = stays.with_columns(following.alias("next_on")).drop_nulls("next_on")
    assert both.height > 0
    assert (both["left_on"] <= both["next_on"]).all()


def test_arrivals_and_exits_happen_within_the_two_years(world):
    first = pl.date(2023, 11, 1)
    assert world.leases.filter(pl.col("start_on") >= first).height >= 30
    assert world.leases.filter(pl.col("left_on") >= first).height >= 30


def test_latent_risk_equals_no_exported_column(world):
    risk = world.risk["latent_risk"].to_numpy()
    numeric = world.parks.select(pl.selectors.numeric() | pl.selectors.boolean())
    for column in numeric.columns:
        values = numeric[column].cast(pl.Float64).to_numpy()
        if np.std(values) > 0:
            assert abs(np.corrcoef(risk, values)[0, 1]) < 0.6, column


def test_neglect_and_attention_show_in_the_visits(world):
    firms = world.enterprises.filter(pl.col("group") == "standalone")
    visits = world.inspections.group_by("enterprise_no").len()
    seen = firms.join(visits, on="enterprise_no", how="left").with_columns(
        pl.col("len").fill_null(0)
    )
    small = seen.filter(pl.col("employee_count") < 12)["len"].mean()
    large = seen.filter(pl.col("employee_count") > 60)["len"].mean()
    assert large > 1.5 * small


def test_past_rate_tells_the_next_half_year_but_not_for_certain(world):
    # the honest signal of the district: shrunken past rate of a park against its next 6 months
    visits = _at_parks(world).select("site_park_no", "month", "is_bad")
    scores = [_rank_quality(visits, month) for month in range(MONTHS_BACKFILL, 52)]
    assert 0.64 <= np.mean(scores) <= 0.8


def test_share_of_bad_half_years_leaves_something_to_rank(world):
    visits = _at_parks(world)
    window = visits.filter(pl.col("month").is_between(46, 51))
    labels = window.group_by("site_park_no").agg(pl.col("is_bad").any())["is_bad"]
    assert labels.len() >= 50
    assert 0.3 <= labels.mean() <= 0.65


def _rank_quality(visits, month):
    """AUC of (bad + 8 r) / (n + 8) at the end of ``month``, by counting ordered pairs."""
    past = visits.filter(pl.col("month") <= month)
    rate = past["is_bad"].mean()
    score = past.group_by("site_park_no").agg(
        ((pl.col("is_bad").sum() + 8 * rate) / (pl.len() + 8)).alias("score")
    )
    following = visits.filter(pl.col("month").is_between(month + 1, month + 6))
    label = following.group_by("site_park_no").agg(pl.col("is_bad").any())
    both = label.join(score, on="site_park_no", how="left").fill_null(rate)
    bad = both.filter("is_bad")["score"].to_numpy()[:, None]
    good = both.filter(~pl.col("is_bad"))["score"].to_numpy()[None, :]
    return np.mean((bad > good) + 0.5 * (bad == good))
