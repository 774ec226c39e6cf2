"""Twenty worlds each way: a rule ships where nothing can beat it, a model where one must."""

from collections import Counter

import pytest
from ml_worlds import make_frame, make_world, shuffle_labels, small_config

from models_ml.config import MODELS
from models_ml.frame import RiskFrame
from models_ml.score import run_ranking

pytestmark = pytest.mark.prove

WORLDS = range(100, 120)


def count_winners(more: str, **world: object) -> Counter[str]:
    """How often each ranker ships, over the worlds."""
    config = small_config(more)
    winners: Counter[str] = Counter()
    for seed in WORLDS:
        frame = make_frame(config, seed, **world)
        day = frame.dates()[-1]
        run = run_ranking(frame, day, day, config, "park")
        winners[run.run["winner"][0]] += 1
    return winners


def count_models(more: str, **world: object) -> int:
    """In how many of the worlds a model ships."""
    winners = count_winners(more, **world)
    return sum(winners[name] for name in MODELS)


@pytest.mark.parametrize("headline", ["precision", "auc"])
def test_winner_when_risk_is_the_sites_own_rate_then_a_rule_ships_in_nine_of_ten(headline):
    assert count_models(f"metrics: {{headline: {headline}}}") <= 2


def test_winner_when_risk_lies_in_what_no_rule_reads_then_the_model_ships():
    world = {"risk_of": "panel", "subjects": 240, "visit_rate": 0.12}
    assert count_models("metrics: {headline: auc}", **world) >= 18


def test_winner_when_history_is_thin_and_effects_meet_and_turn_then_the_trees_ship():
    world = {"risk_of": "middle", "subjects": 800, "visit_rate": 0.05}
    winners = count_winners("metrics: {headline: auc}", **world)
    assert winners["gradient_boosting"] >= 16
    assert winners["logistic"] <= 3


def test_winner_when_labels_are_shuffled_then_the_gain_is_gone():
    config = small_config("metrics: {headline: auc}")
    shipped = 0
    for seed in WORLDS:
        features, labels = make_world(seed, "middle", 800, 36, 0.05)
        shuffled = shuffle_labels(labels, seed)
        frame = RiskFrame.build(features, shuffled, config, "park")
        day = frame.dates()[-1]
        shipped += not run_ranking(frame, day, day, config, "park").run["is_rule"][0]
    assert shipped <= 2
