"""A whole ranking: no time travel, exact reasons, ties, and worlds where the right one wins."""

from datetime import date, timedelta
from functools import cache

import numpy as np
import polars as pl
import pytest
from ml_worlds import make_frame, make_world, shuffle_labels, small_config

from models_ml.backtest import run_backtest
from models_ml.config import RiskConfig
from models_ml.explain import Explanation, list_reasons
from models_ml.frame import RiskFrame
from models_ml.frame_checks import FrameError
from models_ml.leaks import LeakFound
from models_ml.score import RankingRun, list_shortlist, run_ranking
from models_ml.train import collect_training, fit_ranker

CONFIG = small_config("rules: [shrunken_rate, most_hazards]")
# A model must win here, so that what is compared below has been learned.
LEARNING = small_config("metrics: {headline: auc}")


@cache
def world() -> tuple[pl.DataFrame, pl.DataFrame]:
    return make_world(7, "panel", 240, 36, 0.12)


def rank(
    features: pl.DataFrame, labels: pl.DataFrame, back: int = 4, config: RiskConfig = LEARNING
) -> RankingRun:
    """Rank as of `back` months before the last date of the world."""
    frame = RiskFrame.build(features, labels, config, "park")
    day = world()[0]["as_of_on"].unique().sort()[-1 - back]
    return run_ranking(frame, day, day, config, "park")


@cache
def ranked() -> RankingRun:
    return rank(*world())


def assert_same(first: RankingRun, second: RankingRun) -> None:
    for name in ("run", "scores", "reasons", "metrics"):
        assert getattr(first, name).equals(getattr(second, name)), name


def test_run_ranking_when_model_wins_then_its_reasons_add_up_to_the_score():
    run = ranked()
    assert run.run.row(0, named=True)["winner"] == "logistic"
    added = run.reasons.group_by("subject_id").agg(pl.col("contribution").sum())
    both = run.scores.join(added, on="subject_id", validate="1:1")
    assert both.height == 240
    assert (both["score"] - both["contribution"]).abs().max() < 1e-9


def test_run_ranking_when_rule_wins_then_its_reasons_add_up_too():
    run = rank(*world(), config=small_config("models: []"))
    assert run.run["is_rule"][0]
    added = run.reasons.group_by("subject_id").agg(pl.col("contribution").sum())
    both = run.scores.join(added, on="subject_id", validate="1:1")
    assert (both["score"] - both["contribution"]).abs().max() < 1e-9


def test_run_ranking_when_later_rows_are_altered_then_bit_identical():
    features, labels = world()
    day = ranked().scores["as_of_on"][0]
    later = pl.col("as_of_on") > day
    altered = features.with_columns(
        pl.when(later).then(99).otherwise(pl.col("visits_12m")).alias("visits_12m")
    )
    late = pl.col("visited_known_on") > day
    told_later = labels.with_columns(
        pl.when(late).then(True).otherwise(pl.col("label")).alias("label"),
        pl.when(late)
        .then("visited_known_on")
        .otherwise("positive_known_on")
        .alias("positive_known_on"),
    )
    assert not altered.equals(features)
    assert not told_later.equals(labels)
    assert_same(rank(altered, labels), ranked())
    assert_same(rank(features, told_later), ranked())
    assert_same(rank(features.filter(~later), labels.filter(~later)), ranked())
    added = features.filter(later).with_columns(pl.col("as_of_on") + timedelta(days=3650))
    assert_same(rank(pl.concat([features, added]), labels), ranked())


def test_run_ranking_when_a_past_row_is_altered_then_everything_moves():
    features, labels = world()
    first = (pl.col("as_of_on") == features["as_of_on"].min()) & (
        pl.col("subject_id") == features["subject_id"][0]
    )
    altered = features.with_columns(
        pl.when(first).then(9).otherwise(pl.col("visits_12m")).alias("visits_12m")
    )
    run = rank(altered, labels)
    assert run.run["input_fingerprint"][0] != ranked().run["input_fingerprint"][0]
    assert run.run["run_id"][0] != ranked().run["run_id"][0]
    assert not run.scores["score"].equals(ranked().scores["score"])


def test_run_ranking_when_a_label_was_reported_late_then_it_counts_from_that_day():
    features, labels = world()
    day = ranked().scores["as_of_on"][0]
    old = (pl.col("as_of_on") == date(2023, 1, 31)) & pl.col("label")
    moved = [
        labels.with_columns(
            pl.when(old)
            .then(known)
            .otherwise(pl.col("positive_known_on"))
            .alias("positive_known_on")
        )
        for known in (day, day + timedelta(days=1))
    ]
    in_time, too_late = (rank(features, table) for table in moved)
    assert in_time.metrics["count_positive"].sum() > too_late.metrics["count_positive"].sum()


def test_run_ranking_when_rows_are_shuffled_then_bit_identical():
    features, labels = world()
    shuffled = features.sample(fraction=1, shuffle=True, seed=1)
    assert_same(rank(shuffled, labels.sample(fraction=1, shuffle=True, seed=2)), ranked())


def test_run_ranking_when_config_or_known_day_differs_then_another_run_id():
    other = small_config("metrics: {headline: auc}\nshortlist: 5")
    run = rank(*world(), config=other)
    assert run.run["input_fingerprint"][0] == ranked().run["input_fingerprint"][0]
    assert run.run["run_id"][0] != ranked().run["run_id"][0]


def test_run_ranking_when_delay_is_longer_then_fewer_rows_are_learned_from():
    longer = rank(*world(), config=small_config("metrics: {headline: auc}\ndelay_days: 92"))
    assert longer.run["count_train_rows"][0] == ranked().run["count_train_rows"][0] - 2 * 240
    assert longer.metrics["split_on"].max() < ranked().metrics["split_on"].max()


def test_run_ranking_when_scores_are_tied_then_they_share_the_lowest_rank():
    config = small_config("rules: [most_hazards]\nmodels: []")
    scores = rank(*world(), config=config).scores
    ordered = scores.sort("score", descending=True)
    expected = [1 + sum(other > score for other in ordered["score"]) for score in ordered["score"]]
    assert ordered["rank"].to_list() == expected
    assert scores["rank"].n_unique() < scores.height
    shortlist = list_shortlist(scores, small_config("shortlist: 3"))
    assert shortlist.height >= 3
    assert shortlist["rank"].max() <= 3


def test_run_ranking_when_tables_leave_then_they_have_the_columns_of_the_port():
    run = ranked()
    assert run.run.columns == [
        *("run_id", "unit", "as_of_on", "replay", "label_name", "horizon_days", "delay_days"),
        *("winner", "is_rule", "gain_low", "base_rate", "config", "input_fingerprint"),
        *("count_train_rows", "count_splits"),
    ]
    assert run.scores.columns == [
        *("run_id", "subject_id", "unit", "as_of_on", "score", "rank", "count_cohort"),
    ]
    assert run.reasons.columns == [
        *("run_id", "subject_id", "feature", "value", "contribution", "position"),
    ]
    assert run.metrics.columns == [
        *("run_id", "split_on", "estimator", "metric", "k_share", "value", "value_worst"),
        *("value_best", "labelled_share", "count_labelled", "count_cohort", "count_positive"),
    ]
    assert {frame["run_id"].n_unique() for frame in (run.run, run.scores, run.reasons)} == {1}


def test_run_ranking_when_workspace_is_young_then_the_first_rule_and_why():
    features, labels = world()
    first = features["as_of_on"].min()
    young = rank(
        features.filter(pl.col("as_of_on") == first),
        labels.filter(pl.col("as_of_on") == first),
        back=35,
    )
    told = young.run.row(0, named=True)
    assert (told["winner"], told["is_rule"], told["gain_low"]) == ("shrunken_rate", True, None)
    assert (told["count_train_rows"], told["count_splits"], told["base_rate"]) == (0, 0, None)
    assert young.winner_why == "too_few_labelled_splits"
    assert young.metrics.height == 0


def test_run_ranking_when_there_is_no_cohort_then_refusal():
    frame = RiskFrame.build(*world(), LEARNING, "park")
    with pytest.raises(FrameError, match="no park at 2030-01-31"):
        run_ranking(frame, date(2030, 1, 31), date(2030, 1, 31), LEARNING, "park")
    with pytest.raises(FrameError, match="before current_on"):
        run_ranking(frame, date(2024, 1, 31), date(2024, 1, 30), LEARNING, "park")


def test_run_ranking_when_a_feature_copies_the_label_then_refusal():
    features, labels = world()
    copied = features.join(labels, on=["subject_id", "as_of_on"]).with_columns(
        pl.col("label").alias("has_sandwich_panel")
    )
    with pytest.raises(LeakFound, match="has_sandwich_panel"):
        rank(copied.select(features.columns), labels)


def test_run_ranking_when_risk_is_the_sites_own_rate_then_a_rule_ships():
    for seed in range(4):
        frame = make_frame(CONFIG, seed)
        day = frame.dates()[-1]
        run = run_ranking(frame, day, day, CONFIG, "park")
        assert run.run["is_rule"][0], seed
        assert run.run["gain_low"][0] <= 0


def test_run_backtest_when_seen_from_later_then_each_split_ranks_as_it_would_have_then():
    frame = RiskFrame.build(*world(), LEARNING, "park")
    known_on = frame.dates()[-1]
    for cohort in run_backtest(frame, known_on, LEARNING, "park").cohorts[::3]:
        then = frame.as_known(cohort.split_on, cohort.split_on)
        training = collect_training(then, cohort.split_on, LEARNING)
        rows = then.rows.filter(pl.col("as_of_on") == cohort.split_on)
        for name in ("logistic", "gradient_boosting", "shrunken_rate"):
            ranker = fit_ranker(name, training, LEARNING, "park")
            assert (ranker.score(rows) == cohort.scores[name]).all(), (cohort.split_on, name)


def test_run_backtest_when_labels_are_shuffled_then_auc_is_half():
    features, labels = world()
    frame = RiskFrame.build(features, shuffle_labels(labels, 3), LEARNING, "park")
    backtest = run_backtest(frame, frame.dates()[-1], LEARNING, "park")
    judged = backtest.metrics.filter(pl.col("metric") == "auc")
    positive, labelled = judged["count_positive"], judged["count_labelled"]
    error = ((labelled + 1) / (12 * positive * (labelled - positive))).sqrt()
    for name in ("logistic", "gradient_boosting", "shrunken_rate", "most_hazards"):
        mine = judged["estimator"] == name
        # Labels of neighbouring dates are drawn apart, so splits are independent.
        pooled = float((error.filter(mine) ** 2).sum()) ** 0.5 / mine.sum()
        assert abs(judged["value"].filter(mine).mean() - 0.5) < 3 * pooled, name


def test_list_reasons_when_contributions_are_equal_then_feature_order():
    told = Explanation(
        0.5, ("a", "b", "c"), np.array([[1.0, -1.0, 2.0]]), np.array([[1.0, float("nan"), 3.0]])
    )
    reasons = list_reasons("run", pl.Series(["s"]), told)
    assert reasons["feature"].to_list() == ["base", "c", "a", "b"]
    assert reasons["position"].to_list() == [0, 1, 2, 3]
    assert reasons["value"].to_list() == [None, 3, 1, None]
    assert reasons["contribution"].to_list() == [0.5, 2, 1, -1]
