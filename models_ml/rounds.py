"""Composition of a round: duty visits, a key share by rank, a random share over all the others.

Belongs here: who is eligible, how the visits are shared out, every member's probability.
Does not belong here: the draw itself (policy.py), what is owed (duties.py), words, files.
"""

import math
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from models_ml.duties import DUTY_SCHEMA, list_duties
from models_ml.policy import draw_stratified

#: Raise when a change of this code may change a round drawn from the same inputs.
ROUND_METHOD = 1
DUTY, KEY, RANDOM = "duty", "key", "random"
PARTS = (DUTY, KEY, RANDOM)
#: Why a member of the cohort is not eligible, the first that holds.
BY_DECISION, OUT_OF_USE, COOLING = "by_decision", "out_of_use", "cooling"
UNITS = ("park", "enterprise")
STRATA = ("unit", "town", "kind")
EXCLUDE, INCLUDE = "exclude", "include"


@dataclass(frozen=True)
class RoundRules:
    """The knobs of a round; each is explained in pipelines/rules/round.yml.

    Shares are 0-1; `levels` are gravest first; `out_of_use` are status words.
    """

    capacity: int
    duty_most: float
    key_share: float
    random_least: float
    park_share: float
    floor: int
    strata: tuple[str, ...]
    cool_down_days: int
    overdue_levels: tuple[str, ...]
    recheck_levels: tuple[str, ...]
    out_of_use: tuple[str, ...]


@dataclass(frozen=True)
class RoundDraw:
    """A composed round.

    Attributes
    ----------
    members
        Every subject of the cohort: the frame's columns, the duty's, `decision`, `exclusion`
        (null = eligible), `part` (null = not in the round), `place` (1 = first line; null = not
        in the round), `is_left_duty` (owed a visit and eligible, yet not in the round), `stratum`,
        `count_stratum`, `count_drawn` (null outside the random frame), `inclusion_probability`
        (1 duty and key, n/N in the random frame, 0 excluded), `lot`.
    capacity_duty, capacity_key, capacity_random
        Visits each part could have had.
    """

    members: pl.DataFrame
    capacity_duty: int
    capacity_key: int
    capacity_random: int


def compose_round(
    frame: pl.DataFrame,
    hazards: pl.DataFrame,
    decisions: pl.DataFrame,
    rules: RoundRules,
    days: tuple[date, date],
    seed: int,
) -> RoundDraw:
    """Compose a round from the current cohort.

    Parameters
    ----------
    frame
        The cohort: `unit`, `subject_id`, `town`, `kind`, `status`, `closed_on`, `rank`,
        `last_inspected_on`, `last_counted_on` (last visit that counts for the cool-down), and
        whatever else the list should carry.
    hazards
        Hazards not closed (duties.py).
    decisions
        People's decisions: `unit`, `subject_id`, `decision` (`include`/`exclude`).
    days
        As-of day of the data, first day of the round.
    seed
        Seed of the random draw.
    """
    as_of_on, begins_on = days
    duties = list_duties(hazards, rules.overdue_levels, rules.recheck_levels, as_of_on)
    members = mark_eligible(frame, duties, decisions, rules, begins_on)
    eligible = members.filter(pl.col("exclusion").is_null())
    is_owed = pl.col("duty_place").is_not_null()
    owed = eligible.filter(is_owed).sort("duty_place", "unit", "subject_id")
    room = _duty_room(rules, owed.height, eligible.height - owed.height)
    duty = owed.head(room)
    rest = eligible.join(duty, on=["unit", "subject_id"], how="anti")
    left = rules.capacity - duty.height
    for_random = min(left, max(_reserve(rules), left - _share(left, rules.key_share)))
    key = _choose_key(rest, left - for_random, rules.park_share)
    drawn = draw_stratified(
        rest.join(key, on=["unit", "subject_id"], how="anti"),
        rules.strata, for_random, rules.floor, seed,
    )  # fmt: skip
    placed = _place(members, duty, key, drawn)
    return RoundDraw(placed, room, left - for_random, for_random)


def mark_eligible(
    frame: pl.DataFrame,
    duties: pl.DataFrame,
    decisions: pl.DataFrame,
    rules: RoundRules,
    begins_on: date,
) -> pl.DataFrame:
    """Return the frame with its duties, decisions and `exclusion` (null = eligible).

    A decision comes first, then closed, delisted or out of use at `begins_on`, then visited within
    `cool_down_days` before it; nobody who is owed a visit or included by decision cools down.
    An included subject is owed a visit before all others.
    """
    joined = frame.join(
        duties.select(list(DUTY_SCHEMA)), on=["unit", "subject_id"], how="left", validate="1:1"
    ).join(decisions, on=["unit", "subject_id"], how="left", validate="1:1")
    included = pl.col("decision") == INCLUDE
    is_gone = pl.col("closed_on") <= begins_on
    cools_until = begins_on - timedelta(days=rules.cool_down_days)
    return joined.with_columns(
        duty_place=pl.when(included.fill_null(False)).then(0).otherwise(pl.col("duty_place"))
    ).with_columns(
        pl.when(pl.col("decision") == EXCLUDE)
        .then(pl.lit(BY_DECISION))
        .when(is_gone.fill_null(False) | pl.col("status").is_in(list(rules.out_of_use)))
        .then(pl.lit(OUT_OF_USE))
        .when(pl.col("duty_place").is_null() & (pl.col("last_counted_on") > cools_until))
        .then(pl.lit(COOLING))
        .alias("exclusion")
    )


def _duty_room(rules: RoundRules, owed: int, others: int) -> int:
    """Visits duties may take: the share allowed or what nobody else needs, never the reserve."""
    if owed + others <= rules.capacity:
        return owed
    most = rules.capacity - _reserve(rules)
    return min(owed, max(min(_share(rules.capacity, rules.duty_most), most), most - others))


def _reserve(rules: RoundRules) -> int:
    """Visits kept for the random draw whatever is owed: at least one."""
    return max(1, math.ceil(round(rules.capacity * rules.random_least, 9)))


def _share(count: int, share: float) -> int:
    return math.floor(round(count * share, 9))


def _choose_key(rest: pl.DataFrame, count: int, park_share: float) -> pl.DataFrame:
    """The best ranked of each unit; what one unit cannot fill the other takes.

    Ties of rank: the longest unvisited first (never = longest), then the id.
    """
    ranked = {
        unit: rest.filter(pl.col("unit") == unit).sort(
            "rank", pl.col("last_inspected_on"), "subject_id", nulls_last=[True, False, False]
        )
        for unit in UNITS
    }
    parks = min(math.floor(round(count * park_share, 9) + 0.5), ranked["park"].height)
    enterprises = min(count - parks, ranked["enterprise"].height)
    parks = min(count - enterprises, ranked["park"].height)
    return pl.concat([ranked["park"].head(parks), ranked["enterprise"].head(enterprises)])


def _place(
    members: pl.DataFrame, duty: pl.DataFrame, key: pl.DataFrame, drawn: pl.DataFrame
) -> pl.DataFrame:
    keys = ["unit", "subject_id"]
    chosen = pl.concat(
        [
            duty.select(*keys, pl.lit(DUTY).alias("_chosen")),
            key.select(*keys, pl.lit(KEY).alias("_chosen")),
        ]
    )
    joined = members.join(chosen, on=keys, how="left", validate="1:1").join(
        drawn, on=keys, how="left", validate="1:1"
    )
    by_chance = pl.when(pl.col("is_drawn").fill_null(False)).then(pl.lit(RANDOM))
    sure = pl.when(pl.col("_chosen").is_not_null()).then(1.0)
    is_part = {part: pl.col("part") == part for part in PARTS}
    order = [
        pl.col("part").replace_strict(PARTS, list(range(len(PARTS))), return_dtype=pl.Int64),
        pl.when(is_part[DUTY]).then("duty_place"),
        pl.when(is_part[KEY]).then(pl.col("unit") == "enterprise"),
        pl.when(is_part[KEY]).then("rank"),
        pl.when(is_part[RANDOM]).then("stratum"),
        pl.when(is_part[RANDOM]).then("lot"),
        *keys,
    ]
    is_in = pl.col("part").is_not_null()
    return (
        joined.with_columns(
            pl.coalesce("_chosen", by_chance).alias("part"),
            pl.coalesce(sure, "inclusion_probability", 0.0).alias("inclusion_probability"),
        )
        .sort(order, nulls_last=True)
        .with_columns(
            # whoever is not in the round sorts last
            pl.when(is_in).then(pl.int_range(1, pl.len() + 1)).alias("place"),
            (pl.col("duty_place").is_not_null() & pl.col("exclusion").is_null() & ~is_in).alias(
                "is_left_duty"
            ),
        )
        .drop("_chosen", "is_drawn")
        .sort(keys)
    )
