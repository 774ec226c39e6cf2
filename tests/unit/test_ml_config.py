"""Knobs of the ranking: defaults, changes on top, refusals that name the knob."""

import json
import re
from pathlib import Path

import pytest

from models_ml.config import UNITS, ConfigError, load_config
from models_ml.frame import RULE_COLUMNS

PORTS = Path(__file__).resolve().parents[2] / "docs" / "ports.md"


def test_load_config_when_nothing_is_changed_then_defaults():
    config = load_config()
    assert (config.horizon_days, config.delay_days, config.gap_days) == (180, 30, 210)
    assert config.metrics.k_shares == (0.05, 0.10, 0.20)
    assert config == load_config("")


def test_load_config_when_section_is_changed_then_only_that_knob_moves():
    config = load_config("splits: {min_splits: 3}\nlogistic: {c: [1]}")
    assert config.splits.min_splits == 3
    assert config.splits.max_splits == load_config().splits.max_splits
    assert config.logistic.c == (1.0,)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("splits: {step_month: 1}", "splits.step_month"),
        ("horizont: 3", "horizont"),
        ("splits: 3", "splits"),
        ("horizon_days: '180'", "horizon_days"),
        ("horizon_days: true", "horizon_days"),
        ("horizon_days: 0", "horizon_days"),
        ("delay_days: -1", "delay_days"),
        ("replay: yesterday", "replay"),
        ("metrics: {k_shares: [0.1, 2]}", "metrics.k_shares"),
        ("metrics: {headline_k_share: 0.3}", "metrics.headline_k_share"),
        ("winner: {confidence: 1}", "winner.confidence"),
        ("rules: [shrunken_rate, guess]", "rules"),
        ("rules: []", "rules"),
        ("logistic: {c: [0]}", "logistic.c"),
        ("logistic: {c: [a]}", "logistic.c[0]"),
        ("units: {park: {linear: [visits_3m]}}", "units.park"),
        ("units: {park: {log: [], linear: []}}", "units.park"),
        ("evaluation: weekly", "evaluation"),
        ("splits: {anchor_month: 13}", "splits.anchor_month"),
        ("shrinkage: {min_members: 0}", "shrinkage.min_members"),
        ("boosting: {max_depth: 9}", "boosting.max_depth"),
        ("boosting: {iterations: []}", "boosting.iterations"),
        ("boosting: {iterations: [1.5]}", "boosting.iterations[0]"),
        ("boosting: {ridge: -1}", "boosting.ridge"),
        ("boosting: {never_lower: [hazard_open]}", "boosting.never_lower"),
        ("boosting: {never_raise: [hazards_open]}", "boosting.never_raise"),
        ("- a", "the file"),
    ],
)
def test_load_config_when_knob_is_wrong_then_refusal_names_it(text, name):
    with pytest.raises(ConfigError, match=re.escape(f"risk.yml: {name} ") + "|" + re.escape(name)):
        load_config(text)


def test_load_config_when_text_is_no_yaml_then_refusal():
    with pytest.raises(ConfigError, match="not YAML"):
        load_config("a: [1")


def test_of_unit_when_unit_is_unknown_then_refusal():
    with pytest.raises(ConfigError, match="'village'"):
        load_config().of_unit("village")


def test_with_label_when_workspace_has_its_own_then_gap_follows():
    config = load_config().with_label("score_below:60", 365, 60)
    assert (config.label_name, config.gap_days) == ("score_below:60", 425)
    with pytest.raises(ConfigError, match="horizon_days"):
        config.with_label("x", 0, 0)


def test_to_json_when_read_back_then_every_section_is_there():
    told = json.loads(load_config().to_json())
    assert told["splits"]["min_splits"] == 6
    assert told["units"]["park"]["shrink_levels"] == ["town"]


def test_features_when_compared_with_the_port_then_every_name_is_promised():
    promised = set(re.findall(r"`(\w+)`", PORTS.read_text("utf-8").split("## 5.")[1]))
    wanted = set(RULE_COLUMNS)
    for unit in UNITS:
        knobs = load_config().of_unit(unit)
        wanted |= {*knobs.numbers, *knobs.category, *knobs.shrink_levels}
    assert wanted - promised == set()
