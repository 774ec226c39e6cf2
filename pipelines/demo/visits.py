"""Visits month by month: who is visited, by which team, and how it turns out.

Belongs here: the hidden risk of every month, biased inspection, strictness of teams, outcomes.
Does not belong here: the single hazards and their rectification (trails.py), exports.

The bias is the one real bureaus show: towns differ, bad sites are visited more often but late,
small ones are neglected, and a share of the visits is drawn evenly (双随机).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from pipelines.demo import words
from pipelines.demo.people import make_names
from pipelines.demo.tenancies import COUNT_MONTHS, month_start

MONTHS_BACKFILL = 34  # 2021-01 … 2023-10
SHARE_BACKFILL = 0.42  # intensity of the years before, against the two years shown
KINDS = words.KINDS_LAW + words.KINDS_GRID
KIND_SHARES = (0.17, 0.07, 0.0, 0.03, 0.03, 0.52, 0.18)
KIND_LOGIT = (0.5, 0.6, 0.0, -0.4, 0.1, -0.35, -0.7)
RANDOM_VISITS_A_MONTH = 14
COUNT_TEAMS = 8
LOGIT_BAD = -2.75


@dataclass(frozen=True)
class Hidden:
    """What nobody sees. Shapes: parks × months, enterprises × months (logit scale).

    ``park`` holds the landlord's quality plus the current bad spell, ``enterprise`` the firm's own
    drifting care.
    """

    park: np.ndarray
    enterprise: np.ndarray


def draw_hidden(rng: np.random.Generator, base: np.ndarray, count_enterprises: int) -> Hidden:
    """Bad spells of parks (a two-state chain) and the drift of enterprises (mean-reverting)."""
    enter = 1 / (1 + np.exp(3.5 - 1.1 * base))
    spell = rng.random(base.size) < enter * 4
    park = np.empty((base.size, COUNT_MONTHS))
    own = rng.normal(size=count_enterprises)
    drift = np.zeros(count_enterprises)
    enterprise = np.empty((count_enterprises, COUNT_MONTHS))
    for month in range(COUNT_MONTHS):
        change = rng.random(base.size)
        spell = np.where(spell, change > 1 / 10, change < enter)
        park[:, month] = 0.85 * base + 1.7 * spell
        drift = 0.92 * drift + rng.normal(0, 0.28, count_enterprises)
        enterprise[:, month] = 0.65 * own + drift
    return Hidden(park, enterprise)


def draw_teams(rng: np.random.Generator) -> pl.DataFrame:
    """Inspection teams: home town, two or three members, hidden strictness (logit)."""
    people = iter(make_names(rng, COUNT_TEAMS * 3))
    homes = [number % len(words.TOWNS) for number in range(COUNT_TEAMS)]
    members = [[next(people) for _ in range(2 + number % 2)] for number in range(COUNT_TEAMS)]
    return pl.DataFrame(
        {
            "team_no": np.arange(COUNT_TEAMS),
            "home": homes,
            "unit": [f"{words.TOWNS[home][0]}应急管理和综合执法局" for home in homes],
            "group": [f"第{number + 1}检查组" for number in range(COUNT_TEAMS)],
            "members": members,
            "strictness": np.round(rng.normal(0, 0.55, COUNT_TEAMS), 3),
        }
    )


@dataclass(frozen=True)
class Subjects:
    """Everything that can be visited: enterprises first, then parks.

    ``town`` index, ``size`` relative pull of the size on attention, ``rate`` visits a month;
    ``place`` park number by month (−1 none), ``is_open`` by month.
    """

    town: np.ndarray
    size: np.ndarray
    rate: np.ndarray
    place: np.ndarray
    is_open: np.ndarray


def gather_subjects(parks: pl.DataFrame, enterprises: pl.DataFrame, places: np.ndarray) -> Subjects:
    """Subjects with their rates: tenants seldom, own-ground firms often, parks in between."""
    index = {town[0]: number for number, town in enumerate(words.TOWNS)}
    group = enterprises["group"].to_numpy()
    town = np.array(
        [index[name] for name in enterprises["town"].to_list() + parks["town"].to_list()]
    )
    staff = enterprises["employee_count"].to_numpy()
    size = np.concatenate(
        [
            np.clip((staff / 20) ** 0.35, 0.45, 2.2),
            np.clip((parks["floor_area"].to_numpy() / 9000) ** 0.3, 0.6, 1.6),
        ]
    )
    rate = np.concatenate(
        [
            np.select([group == "tenant", group == "standalone"], [0.125, 0.4], 0.05),
            np.full(parks.height, 0.26),
        ]
    )
    registered = enterprises["registered_on"].to_list()
    firm_open = np.array(
        [[start <= month_start(month) for month in range(COUNT_MONTHS)] for start in registered]
    )
    is_tenant = (group == "tenant")[:, None]
    firm_open &= ~is_tenant | (places >= 0)
    park_place = np.repeat(np.arange(parks.height)[:, None], COUNT_MONTHS, axis=1)
    return Subjects(
        town,
        size,
        rate,
        np.concatenate([places, park_place]),
        np.concatenate([firm_open, np.ones((parks.height, COUNT_MONTHS), dtype=bool)]),
    )


TOWN_ATTENTION = np.array([1.25, 0.7, 0.9, 1.0, 1.15])


def draw_visits(
    rng: np.random.Generator, subjects: Subjects, hidden: Hidden, teams: pl.DataFrame
) -> pl.DataFrame:
    """One row a visit: ``subject`` (index into ``subjects``), ``place``, ``month``, ``day`` (0 =
    the 1st), ``kind`` (index), ``team_no``, ``is_bad``, ``danger`` (probability of a bad outcome).
    """
    recent = np.zeros((subjects.town.size, COUNT_MONTHS + 8))
    batches = []
    for month in range(COUNT_MONTHS):
        batch = _draw_month(rng, subjects, hidden, teams, recent, month)
        batches.append(batch)
        bad = batch.filter("is_bad")["subject"].to_numpy()
        for lag in (2, 3, 4, 5, 6):  # attention follows a bad visit, but only after weeks
            np.add.at(recent[:, month + lag], bad, 1.0)
    return pl.concat(batches).with_row_index("visit_no")


def _draw_month(
    rng: np.random.Generator,
    subjects: Subjects,
    hidden: Hidden,
    teams: pl.DataFrame,
    recent: np.ndarray,
    month: int,
) -> pl.DataFrame:
    factor = SHARE_BACKFILL if month < MONTHS_BACKFILL else 1.0
    attention = TOWN_ATTENTION[subjects.town] * (1 + 0.5 * np.minimum(recent[:, month], 2))
    rate = subjects.rate * subjects.size * attention * factor * subjects.is_open[:, month]
    subject = np.repeat(np.arange(rate.size), np.minimum(rng.poisson(rate), 3))
    kind = rng.choice(len(KINDS), size=subject.size, p=KIND_SHARES)
    firms = hidden.enterprise.shape[0]
    drawable = np.flatnonzero(subjects.is_open[:firms, month])
    drawn = rng.choice(drawable, size=round(RANDOM_VISITS_A_MONTH * factor), replace=False)
    subject = np.concatenate([subject, drawn])
    kind = np.concatenate([kind, np.full(drawn.size, KINDS.index("双随机"))])
    homes = teams["home"].to_numpy()
    team = _pick_teams(rng, subjects.town[subject], homes)
    logit = _compute_logit(subjects, hidden, subject, month)
    logit = logit + np.array(KIND_LOGIT)[kind] + teams["strictness"].to_numpy()[team]
    danger = 1 / (1 + np.exp(-logit))
    return pl.DataFrame(
        {
            "subject": subject,
            "place": subjects.place[subject, month],
            "month": month,
            "day": rng.integers(
                0, (month_start(month + 1) - month_start(month)).days, subject.size
            ),
            "kind": kind,
            "team_no": team,
            "is_bad": rng.random(subject.size) < danger,
            "danger": danger,
        }
    )


def _pick_teams(rng: np.random.Generator, town: np.ndarray, homes: np.ndarray) -> np.ndarray:
    """A team of the town in four visits of five, else any."""
    noise = rng.random((town.size, homes.size))
    at_home = homes[None, :] == town[:, None]
    return np.argmax(noise + at_home * (rng.random(town.size) < 0.8)[:, None], axis=1)


def _compute_logit(
    subjects: Subjects, hidden: Hidden, subject: np.ndarray, month: int
) -> np.ndarray:
    """Neutral danger of a visit: landlord, firm, and the two together (no column tells either)."""
    firms = hidden.enterprise.shape[0]
    place = subjects.place[subject, month]
    park = np.where(place >= 0, hidden.park[place, month], 0.55)
    is_firm = subject < firms
    own = np.where(is_firm, hidden.enterprise[np.minimum(subject, firms - 1), month], 0.0)
    both = np.where(place >= 0, 0.3 * np.clip(park, -1, 2) * own, 0.0)
    stand = np.where(is_firm & (place < 0), 0.75 + 0.35 * own, 0.0)
    return LOGIT_BAD + park + own + both + stand
