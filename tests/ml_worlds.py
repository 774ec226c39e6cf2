"""Small made-up worlds for the tests of models_ml; seeded, a few hundred rows."""

from datetime import date, timedelta

import numpy as np
import polars as pl

from models_ml.config import UNITS, RiskConfig, load_config
from models_ml.frame import RiskFrame

SMALL = """
horizon_days: 180
delay_days: 30
splits: {min_splits: 4, max_splits: 8, step_months: 2}
winner: {bootstrap: 200}
logistic: {c: [0.1]}
units:
  park:
    log: [visits_12m, bad_visits_12m, visits_all, bad_visits_all, hazards_12m, floor_area_m2]
    linear: [was_last_visit_bad, has_sandwich_panel]
    category: []
    shrink_levels: [town]
"""


def small_config(more: str = "") -> RiskConfig:
    return load_config(SMALL + more)


def month_ends(first: date, count: int) -> list[date]:
    starts = pl.date_range(first, first + timedelta(days=31 * (count + 2)), "1mo", eager=True)
    return starts.dt.month_end().unique().sort().to_list()[:count]


def make_world(
    seed: int,
    risk_of: str = "site",
    subjects: int = 120,
    months: int = 36,
    visit_rate: float = 0.25,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Simulate visits month by month; features and labels follow from them.

    `risk_of`: `site` = a hidden constant rate (history tells all there is), `panel` = a rate set
    by has_sandwich_panel and floor area, which no rule reads, `middle` = high where panels meet a
    middling floor area, which no sum of one-way effects can say.
    """
    rng = np.random.default_rng(seed)
    days = month_ends(date(2022, 1, 31), months)
    panel = rng.random(subjects) < 0.4
    area = np.exp(rng.normal(9, 1, subjects)).round()
    town = rng.integers(0, 5, subjects)
    if risk_of == "site":
        rate = rng.beta(1.2, 4.0, subjects)
    elif risk_of == "middle":
        rate = np.where(panel & (np.abs(np.log(area) - 9) < 0.6), 0.8, 0.1)
    else:
        rate = 1 / (1 + np.exp(-(-2.6 + 2.6 * panel + 0.8 * (np.log(area) - 9))))
    visited = rng.random((months, subjects)) < visit_rate
    bad = visited & (rng.random((months, subjects)) < rate)
    features, labels = [], []
    for at, day in enumerate(days):
        features.append(_features_at(at, day, visited, bad, panel, area, town))
        labels.append(_labels_at(at, day, days, visited, bad))
    return pl.concat(features), pl.concat(labels)


def make_frame(config: RiskConfig, seed: int, **world: object) -> RiskFrame:
    features, labels = make_world(seed, **world)
    return RiskFrame.build(features, labels, config, UNITS[0])


def shuffle_labels(labels: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Deal the labels of each as-of date out anew: counts stay, what they tell is gone."""
    rng = np.random.default_rng(seed)
    told = ("label", "positive_known_on", "visited_known_on")
    return pl.concat(
        part.with_columns(part.select(told)[rng.permutation(part.height)])
        for part in labels.partition_by("as_of_on", maintain_order=True)
    )


def name_subjects(count: int) -> list[str]:
    return [f"{(at * 7919) % 100003:05d}" for at in range(count)]


def _features_at(at, day, visited, bad, panel, area, town) -> pl.DataFrame:
    past_year = slice(max(0, at - 11), at + 1)
    seen, failed = visited[: at + 1], bad[: at + 1]
    ever = seen.any(axis=0)
    last = at - np.argmax(seen[::-1], axis=0)
    last_bad = bad[last, np.arange(visited.shape[1])]
    return pl.DataFrame(
        {
            "subject_id": name_subjects(visited.shape[1]),
            "as_of_on": day,
            "visits_12m": visited[past_year].sum(axis=0),
            "bad_visits_12m": bad[past_year].sum(axis=0),
            "visits_all": seen.sum(axis=0),
            "bad_visits_all": failed.sum(axis=0),
            "hazards_12m": bad[past_year].sum(axis=0) * 2,
            "days_since_last_visit": np.where(ever, (at - last) * 30, -1),
            "was_last_visit_bad": np.where(ever, last_bad, -1),
            "floor_area_m2": area,
            "has_sandwich_panel": panel,
            "town": [f"town {number}" for number in town],
        }
    ).with_columns(
        pl.col("days_since_last_visit", "was_last_visit_bad").replace(-1, None),
    )


def _labels_at(at, day, days, visited, bad) -> pl.DataFrame:
    ahead = slice(at + 1, at + 6)
    known = [
        [days[at + 1 + int(np.argmax(column))] if column.any() else None for column in events.T]
        for events in (bad[ahead], visited[ahead])
    ]
    if at + 1 >= len(days):
        known = [[None] * visited.shape[1]] * 2
    positive, was_visited = known
    return pl.DataFrame(
        {
            "subject_id": name_subjects(visited.shape[1]),
            "as_of_on": day,
            "label": [
                None if seen is None else found is not None
                for found, seen in zip(positive, was_visited, strict=True)
            ],
            "positive_known_on": positive,
            "visited_known_on": was_visited,
        },
        schema={
            "subject_id": pl.String,
            "as_of_on": pl.Date,
            "label": pl.Boolean,
            "positive_known_on": pl.Date,
            "visited_known_on": pl.Date,
        },
    )
