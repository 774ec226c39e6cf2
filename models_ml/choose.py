"""Who ships: a model only if its gain over the best rule is proved, else the rule.

Belongs here: the rule of evidence.md A2.6. Does not belong here: metrics, rankers.
"""

from dataclasses import dataclass

import numpy as np

from models_ml.backtest import Backtest, JudgedCohort
from models_ml.baselines import RANDOM
from models_ml.config import RiskConfig
from models_ml.metrics import count_top, measure_auc, measure_precision

# Replicates weighed at once: bounds memory at (chunk x cohort) numbers.
CHUNK = 100

# Why the winner won (RankingRun.winner_why).
MODEL_PROVED = "model_gain_proved"
GAIN_UNPROVED = "model_gain_not_proved"
TOO_FEW_SPLITS = "too_few_labelled_splits"
NO_MODEL = "no_model_could_be_fitted"


class NoRanker(ValueError):
    """No rule has the columns it needs, so nothing may rank."""


@dataclass(frozen=True)
class Choice:
    """The ranker that ships.

    `gain_low`: lower bound of the best model's gain over the best comparator in the headline
    metric, mean over splits; None = not computed. `why`: one of the constants above.
    """

    winner: str
    is_rule: bool
    why: str
    gain_low: float | None
    count_splits: int


def choose_winner(backtest: Backtest, config: RiskConfig) -> Choice:
    """Choose by the headline metric over the labelled splits.

    The best model is compared with the best comparator (rules and random order; the best of
    several is a little lucky, which is to the model's disadvantage) by a paired bootstrap over
    subjects: a subject drawn twice counts twice at every split, so the many rows of one subject
    are not mistaken for independent ones. A model ships if the lower end of the interval of its
    mean gain is above zero, else the best rule. With fewer than `splits.min_splits` labelled
    splits the first rule of the `rules` knob ships that has its columns.

    Raises
    ------
    NoRanker
        Every rule lacks its columns.

    Source: evidence.md A2.6.
    """
    rules = [name for name in config.rules if name not in backtest.skipped]
    if not rules:
        raise NoRanker("no rule has the columns it needs: " + "; ".join(backtest.skipped.values()))
    cohorts = [cohort for cohort in backtest.cohorts if cohort.is_labelled]
    if len(cohorts) < config.splits.min_splits:
        return Choice(rules[0], True, TOO_FEW_SPLITS, None, len(cohorts))
    best_rule = find_best(cohorts, rules, config)
    models = {name: _with_ranker(cohorts, name) for name in config.models}
    models = {
        name: judged for name, judged in models.items() if len(judged) >= config.splits.min_splits
    }
    if not models:
        return Choice(best_rule, True, NO_MODEL, None, len(cohorts))
    best_model = max(models, key=lambda name: _rate(models[name], name, config))
    judged = models[best_model]
    rival = find_best(judged, [*rules, RANDOM], config)
    gain_low = bound_gain(judged, best_model, rival, config)
    if gain_low is not None and gain_low > 0:
        return Choice(best_model, False, MODEL_PROVED, gain_low, len(cohorts))
    return Choice(best_rule, True, GAIN_UNPROVED, gain_low, len(cohorts))


def bound_gain(
    cohorts: list[JudgedCohort], model: str, rival: str, config: RiskConfig
) -> float | None:
    """Return the lower bound of the mean gain of `model` over `rival`; None = no figure."""
    gains = draw_gains(cohorts, model, rival, config)
    if gains.size == 0:
        return None
    return float(np.quantile(gains, (1 - config.winner.confidence) / 2))


def draw_gains(
    cohorts: list[JudgedCohort],
    model: str,
    rival: str,
    config: RiskConfig,
    metric: str | None = None,
) -> np.ndarray:
    """Return the mean gain of `model` over `rival` in each bootstrap draw of the subjects.

    Draws without a figure are left out. `metric`: `auc` or `precision`; None = the headline.
    """
    subjects = np.unique(np.concatenate([cohort.subject_ids for cohort in cohorts]))
    places = [np.searchsorted(subjects, cohort.subject_ids) for cohort in cohorts]
    rng = np.random.default_rng(config.seed)
    shares = np.full(len(subjects), 1 / len(subjects))
    gains = []
    for start in range(0, config.winner.bootstrap, CHUNK):
        size = min(CHUNK, config.winner.bootstrap - start)
        draws = rng.multinomial(len(subjects), shares, size=size).astype(float)
        by_split = [
            measure_headline(cohort.scores[model], cohort.labels, config, draws[:, place], metric)
            - measure_headline(cohort.scores[rival], cohort.labels, config, draws[:, place], metric)
            for cohort, place in zip(cohorts, places, strict=True)
        ]
        gains.append(_mean_known(np.array(by_split)))
    known = np.concatenate(gains)
    return known[~np.isnan(known)]


def measure_headline(
    scores: np.ndarray,
    labels: np.ndarray,
    config: RiskConfig,
    weights: np.ndarray | None = None,
    metric: str | None = None,
) -> np.ndarray:
    """Return the headline metric (or `metric`) of each weighting; NaN = no figure."""
    if (metric or config.metrics.headline) == "auc":
        return measure_auc(scores, labels, weights)
    counts = count_top(scores, labels, config.metrics.headline_k_share, weights)
    return measure_precision(counts).value


def _rate(cohorts: list[JudgedCohort], name: str, config: RiskConfig) -> tuple[float, float]:
    """Return the mean over splits of the headline, then of the other metric (ties)."""
    headline = config.metrics.headline
    other = "auc" if headline == "precision" else "precision"
    first, second = (
        _mean_known(
            np.array([measure_headline(c.scores[name], c.labels, config, None, m) for c in cohorts])
        )[0]
        for m in (headline, other)
    )
    return float(np.nan_to_num(first, nan=-1.0)), float(np.nan_to_num(second, nan=-1.0))


def find_best(cohorts: list[JudgedCohort], names: list[str], config: RiskConfig) -> str:
    """Return the name with the best headline, mean over the splits; of equals the first."""
    return max(names, key=lambda name: _rate(cohorts, name, config))


def measure_gain(
    cohorts: list[JudgedCohort], model: str, rival: str, config: RiskConfig
) -> float | None:
    """Return the mean gain of `model` over `rival` in the headline; None = no figure."""
    by_split = [
        measure_headline(cohort.scores[model], cohort.labels, config)
        - measure_headline(cohort.scores[rival], cohort.labels, config)
        for cohort in cohorts
    ]
    gain = float(_mean_known(np.array(by_split))[0])
    return None if np.isnan(gain) else gain


def _with_ranker(cohorts: list[JudgedCohort], name: str) -> list[JudgedCohort]:
    return [cohort for cohort in cohorts if name in cohort.scores]


def _mean_known(by_split: np.ndarray) -> np.ndarray:
    """Average (splits, replicates) over the splits that have a figure; NaN = none has."""
    known = ~np.isnan(by_split)
    total = np.where(known, by_split, 0).sum(axis=0)
    return np.divide(
        total, known.sum(axis=0), out=np.full(total.shape, np.nan), where=known.any(axis=0)
    )
