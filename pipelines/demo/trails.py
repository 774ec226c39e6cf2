"""Hazards found at visits and their rectification: deadlines, extensions, rechecks, closure.

Belongs here: drawing hazards of visits with the whole trail as it will come out in the end.
Does not belong here: what an export of a given day knew of it (states.py).
"""

from __future__ import annotations

import numpy as np
import polars as pl

from pipelines.demo import words

SHARE_MAJOR = 0.2
SHARE_NEVER = 0.025
SHARE_SIMPLE = 0.4
DAYS = pl.duration(days=1)


def draw_hazards(rng: np.random.Generator, visits: pl.DataFrame) -> pl.DataFrame:
    """One row a hazard: ``visit_no``, words, ``level``, trail dates (null = never happened).

    A visit is bad exactly when one of its hazards is 较大 or 重大. No visit holds the same
    description twice, nor do two visits to one subject on one day.
    """
    danger = visits["danger"].to_numpy()
    minor = rng.poisson(1.05 + 2.0 * danger)
    serious = np.where(visits["is_bad"].to_numpy(), 1 + rng.poisson(0.3, danger.size), 0)
    rows = pl.concat(
        [
            _draw_words(rng, visits, minor, words.HAZARDS_MINOR, is_serious=False),
            _draw_words(rng, visits, serious, words.HAZARDS_SERIOUS, is_serious=True),
        ]
    )
    rows = rows.unique(["subject", "found_on", "description"], keep="first", maintain_order=True)
    # a second visit of the day may have lost its only serious hazard to the first: see world.py
    return _draw_trails(rng, rows.sort("visit_no", maintain_order=True))


def _draw_words(
    rng: np.random.Generator,
    visits: pl.DataFrame,
    counts: np.ndarray,
    pool: tuple[tuple[str, str, str], ...],
    *,
    is_serious: bool,
) -> pl.DataFrame:
    row = np.repeat(np.arange(counts.size), counts)
    pick = rng.integers(0, len(pool), row.size)
    adverb = rng.integers(0, len(words.HAZARD_ADVERBS), row.size)
    texts = np.array([entry[1] for entry in pool])[pick]
    fronts = np.array(words.HAZARD_ADVERBS)[adverb]
    level = np.where(rng.random(row.size) < SHARE_MAJOR, "重大", "较大") if is_serious else "一般"
    return (
        visits[row]
        .select("visit_no", "subject", "found_on", "is_grid", "danger")
        .with_columns(
            pl.Series("category", np.array([entry[0] for entry in pool])[pick]),
            pl.Series("description", np.char.add(fronts, texts)),
            pl.Series("location", np.array([entry[2] for entry in pool])[pick]),
            pl.Series("level", np.broadcast_to(level, row.size)),
        )
    )


def _draw_trails(rng: np.random.Generator, rows: pl.DataFrame) -> pl.DataFrame:
    count = rows.height
    level = rows["level"].to_numpy()
    simple = rows["is_grid"].to_numpy() & (level == "一般") & (rng.random(count) < SHARE_SIMPLE)
    allowed = np.select(
        [simple, level == "一般", level == "较大"],
        [0, rng.choice([3, 7, 15], count), rng.choice([15, 30], count)],
        rng.choice([30, 60], count),
    )
    pace = np.exp(rng.normal(-0.5 + 0.9 * rows["danger"].to_numpy(), 0.5))
    taken = np.where(simple, 0, np.maximum(1, np.round(allowed * pace))).astype(int)
    done = simple | (rng.random(count) > SHARE_NEVER)
    asks = ~simple & (taken > allowed) & (rng.random(count) < 0.4)
    asked_on = np.maximum(1, allowed - rng.integers(-1, 3, count))  # one in four asks too late
    checked = done & (simple | (rng.random(count) < 0.94))
    wait = np.where(simple, 0, rng.integers(0, 13, count))
    passed = simple | (rng.random(count) < 0.95)
    cost = rng.integers(2, 40, count) * np.where(level == "一般", 1, 8) * 100
    return rows.with_columns(
        pl.Series("is_simple", simple),
        _shift("found_on", allowed, np.ones(count, dtype=bool)).alias("deadline"),
        _shift("found_on", asked_on, asks).alias("extension_approved_on"),
        _shift("found_on", allowed + 15, asks).alias("extended_to"),
        _shift("found_on", taken, done).alias("rectified_on"),
        _shift("found_on", taken + wait, checked).alias("rechecked_on"),
        pl.when(pl.Series(checked))
        .then(pl.Series(np.where(passed, "通过", "未通过")))
        .alias("recheck_result"),
        _shift(
            "found_on", taken + wait + rng.integers(0, 3, count) * ~simple, checked & passed
        ).alias("closed_on"),
        pl.when(pl.Series(done & ~simple & (rng.random(count) < 0.6)))
        .then(pl.Series(cost))
        .alias("cost_yuan"),
    )


def _shift(column: str, days: np.ndarray, keep: np.ndarray) -> pl.Expr:
    """``column`` plus days where ``keep``, else null."""
    moved = pl.col(column) + DAYS * pl.Series(days.astype(np.int64))
    return pl.when(pl.Series(keep)).then(moved).cast(pl.Date)
