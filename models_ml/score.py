"""One ranking from beginning to end: judge, choose, refit, score, explain.

Belongs here: the order of the steps and the tables that leave this room (docs/ports.md 3).
Does not belong here: any step itself.
"""

import hashlib
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
import sklearn
from threadpoolctl import threadpool_limits

from models_ml.backtest import Backtest, run_backtest
from models_ml.choose import Choice, choose_winner
from models_ml.config import RiskConfig
from models_ml.explain import Explanation, list_reasons
from models_ml.frame import RiskFrame
from models_ml.frame_checks import FrameError
from models_ml.leaks import check_leaks
from models_ml.train import collect_training, fit_ranker

# Raise when a change of this code may change a score: run ids must not be shared then.
METHOD_VERSION = 2
# Sums in another order differ in the last bits; scores equal to this many digits are ties.
SCORE_DIGITS = 10


@dataclass(frozen=True)
class RankingRun:
    """What one run leaves, as the `ml.*` tables of docs/ports.md.

    Attributes
    ----------
    run
        One row of `ml.model_runs`.
    scores, reasons, metrics
        `ml.scores`, `ml.reasons`, `ml.metrics`.
    skipped
        Ranker -> why it could not take part.
    winner_why
        Why the winner won, one of the constants of choose.py; follows from `is_rule`, `gain_low`
        and `count_splits` of the run.
    """

    run: pl.DataFrame
    scores: pl.DataFrame
    reasons: pl.DataFrame
    metrics: pl.DataFrame
    skipped: dict[str, str]
    winner_why: str


def run_ranking(
    frame: RiskFrame, current_on: date, known_on: date, config: RiskConfig, unit: str
) -> RankingRun:
    """Rank the cohort of `current_on` by the ranker that has proved best until `known_on`.

    Parameters
    ----------
    frame
        All rows; later ones than `current_on` and labels known after `known_on` have no effect.
    current_on
        As-of date of the cohort to rank.
    known_on
        The day up to which labels are known, usually `current_on`; not before it.
    unit
        `park` or `enterprise`.

    Raises
    ------
    FrameError
        No row at `current_on`, or `known_on` before it.
    LeakFound
        A feature copies the label or numbers subjects or rows.
    NoRanker
        Every plain rule lacks its columns.
    """
    if known_on < current_on:
        raise FrameError(f"known_on {known_on} is before current_on {current_on}")
    # Sums by several threads differ in the last bits from machine to machine; our matrices are
    # too small to gain by them.
    with threadpool_limits(limits=1):
        return _rank(frame, current_on, known_on, config, unit)


def _rank(
    frame: RiskFrame, current_on: date, known_on: date, config: RiskConfig, unit: str
) -> RankingRun:
    past = frame.as_known(current_on, known_on)
    cohort = past.rows.filter(pl.col("as_of_on") == current_on)
    if cohort.height == 0:
        raise FrameError(f"no {unit} at {current_on}: the cohort to rank is empty")
    check_leaks(past, known_on, config)
    backtest = run_backtest(past, known_on, config, unit)
    choice = choose_winner(backtest, config)
    training = collect_training(past, known_on, config)
    explanation = fit_ranker(choice.winner, training, config, unit).explain(cohort)
    fingerprint = hash_inputs(past)
    run_id = _name_run(fingerprint, current_on, known_on, config, unit)
    facts = (run_id, unit, current_on)
    return RankingRun(
        _lay_run(facts, backtest, choice, fingerprint, training.rows.height, config),
        _lay_scores(facts, cohort, explanation),
        list_reasons(run_id, cohort["subject_id"], explanation),
        backtest.metrics.select(pl.lit(run_id).alias("run_id"), pl.all()),
        backtest.skipped,
        choice.why,
    )


def list_shortlist(scores: pl.DataFrame, config: RiskConfig) -> pl.DataFrame:
    """Return the scores put forward: ranks up to `shortlist`, ties at its end all in."""
    return scores.filter(pl.col("rank") <= config.shortlist).sort("rank", "subject_id")


def hash_inputs(frame: RiskFrame) -> str:
    """Return 16 hex over all rows in canonical order: the same inputs give the same text."""
    digest = hashlib.sha256()
    for table in (frame.rows, frame.visits):
        for part in () if table is None else table.iter_slices(100_000):
            digest.update(part.write_csv().encode())
    return digest.hexdigest()[:16]


def _name_run(
    fingerprint: str, current_on: date, known_on: date, config: RiskConfig, unit: str
) -> str:
    versions = f"{METHOD_VERSION} {np.__version__} {pl.__version__} {sklearn.__version__}"
    parts = (fingerprint, str(current_on), str(known_on), config.to_json(), versions, unit)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _lay_scores(
    facts: tuple[str, str, date], cohort: pl.DataFrame, explanation: Explanation
) -> pl.DataFrame:
    run_id, unit, current_on = facts
    score = pl.Series("score", np.round(explanation.scores(), SCORE_DIGITS))
    return (
        pl.DataFrame({"subject_id": cohort["subject_id"], "score": score})
        .select(
            pl.lit(run_id).alias("run_id"),
            pl.col("subject_id"),
            pl.lit(unit).alias("unit"),
            pl.lit(current_on).alias("as_of_on"),
            pl.col("score"),
            pl.col("score").rank("min", descending=True).cast(pl.Int64).alias("rank"),
            pl.lit(cohort.height, pl.Int64).alias("count_cohort"),
        )
        .sort("rank", "subject_id")
    )


def _lay_run(
    facts: tuple[str, str, date],
    backtest: Backtest,
    choice: Choice,
    fingerprint: str,
    count_train_rows: int,
    config: RiskConfig,
) -> pl.DataFrame:
    run_id, unit, current_on = facts
    base = backtest.metrics.filter(pl.col("metric") == "base_rate").unique("split_on")
    return pl.DataFrame(
        {
            "run_id": run_id,
            "unit": unit,
            "as_of_on": current_on,
            "replay": config.replay,
            "label_name": config.label_name,
            "horizon_days": config.horizon_days,
            "delay_days": config.delay_days,
            "winner": choice.winner,
            "is_rule": choice.is_rule,
            "gain_low": choice.gain_low,
            "base_rate": base.sort("split_on")["value"].mean(),
            "config": config.to_json(),
            "input_fingerprint": fingerprint,
            "count_train_rows": count_train_rows,
            "count_splits": choice.count_splits,
        },
        schema_overrides={"gain_low": pl.Float64, "base_rate": pl.Float64},
    )
