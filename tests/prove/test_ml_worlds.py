"""Twenty worlds each way: a rule ships where nothing can beat it, a model where one must."""

import pytest
from ml_worlds import make_frame, small_config

from models_ml.score import run_ranking

pytestmark = pytest.mark.prove

WORLDS = range(100, 120)


def count_models(more: str, **world: object) -> int:
    """In how many of the worlds a model ships."""
    config = small_config(more)
    shipped = 0
    for seed in WORLDS:
        frame = make_frame(config, seed, **world)
        day = frame.dates()[-1]
        run = run_ranking(frame, day, day, config, "park")
        shipped += not run.run["is_rule"][0]
    return shipped


@pytest.mark.parametrize("headline", ["precision", "auc"])
def test_winner_when_risk_is_the_sites_own_rate_then_a_rule_ships_in_nine_of_ten(headline):
    assert count_models(f"metrics: {{headline: {headline}}}") <= 2


def test_winner_when_risk_lies_in_what_no_rule_reads_then_the_model_ships():
    world = {"risk_of": "panel", "subjects": 240, "visit_rate": 0.12}
    assert count_models("metrics: {headline: auc}", **world) >= 18
