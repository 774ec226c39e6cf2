"""Who is visited by chance, and how likely each was: strata, numbers, lots, probabilities.

Belongs here: the stratified simple random draw and the probability of every member of its frame.
Does not belong here: duty and key visits, who is eligible (rounds.py), files, clocks.

The draw is by lot: each subject's lot is a hash of the seed and its id, and the lowest lots of a
stratum are drawn. So the draw needs no random number generator, does not depend on the order of
the rows or on a library's version, and anybody can repeat it by hand with SHA-256.
Source: evidence.md A2.10; permanent random numbers as in Ohlsson (1995).
"""

import hashlib
from collections.abc import Mapping, Sequence

import polars as pl

#: A stratum: the values of the strata columns, the first of which is its head (the unit).
Stratum = tuple[str, ...]
#: A stratum without a value is a stratum of its own, as in the explorer's filters.
UNKNOWN = "?"


def draw_stratified(
    frame: pl.DataFrame, strata: Sequence[str], count: int, floor: int, seed: int
) -> pl.DataFrame:
    """Draw a stratified simple random sample and say how likely each member was.

    Parameters
    ----------
    frame
        One row a subject, with `unit`, `subject_id` and the strata columns; nulls count as "?".
    strata
        Columns whose values make a stratum; merging keeps to one value of the first.
    count
        Subjects to draw; more than there are draws all.
    floor
        Least number drawn in a stratum, or all of it when it is smaller.
    seed
        Recorded seed of the lots.

    Returns
    -------
    pl.DataFrame
        `unit`, `subject_id`, `stratum` (text), `count_stratum` (N), `count_drawn` (n),
        `inclusion_probability` (n/N), `lot`, `is_drawn`, in order of unit and subject.

    Raises
    ------
    ValueError
        `count` is 0 or less while somebody is in the frame: all would have probability 0.
    """
    if frame.height and count < 1:
        raise ValueError(f"count got {count}, expected 1 or more: nobody may have probability 0")
    keyed = frame.select(
        "unit",
        "subject_id",
        pl.concat_list(pl.col(c).cast(pl.String).fill_null(UNKNOWN) for c in strata).alias("_own"),
        _lots(frame, seed),
    )
    own = keyed.group_by("_own").len("size")
    sizes = {tuple(values): size for values, size in own.iter_rows()}
    groups = merge_strata(sizes, max(count, 1))
    table = _number_strata(groups, sizes, min(count, frame.height), floor)
    drawn = keyed.join(table, on="_own", how="inner", validate="m:1").with_columns(
        # two equal lots are as good as impossible; the id settles them all the same
        pl.struct("lot", "unit", "subject_id").rank("ordinal").over("stratum").alias("_place")
    )
    return drawn.select(
        "unit",
        "subject_id",
        "stratum",
        "count_stratum",
        "count_drawn",
        (pl.col("count_drawn") / pl.col("count_stratum")).alias("inclusion_probability"),
        "lot",
        (pl.col("_place") <= pl.col("count_drawn")).alias("is_drawn"),
    ).sort("unit", "subject_id")


def merge_strata(sizes: Mapping[Stratum, int], most: int) -> list[tuple[Stratum, ...]]:
    """Merge the smallest strata until there are `most` of them, the same way every time.

    With more strata than visits some would get none and their members probability 0. The smallest
    two of one head (unit) become one, ties by name; only when every head is down to one stratum do
    heads merge.

    Parameters
    ----------
    sizes
        Members of each stratum.
    most
        Greatest number of groups wanted, 1 or more.

    Returns
    -------
    list
        Groups of strata, each sorted, in order of name.
    """
    groups: list[tuple[Stratum, ...]] = [(stratum,) for stratum in sorted(sizes)]

    def weight(group: tuple[Stratum, ...]) -> tuple[int, tuple[Stratum, ...]]:
        return sum(sizes[stratum] for stratum in group), group

    while len(groups) > most:
        by_head: dict[frozenset[str], list[tuple[Stratum, ...]]] = {}
        for group in groups:
            by_head.setdefault(frozenset(stratum[0] for stratum in group), []).append(group)
        mergeable = [mates for mates in by_head.values() if len(mates) > 1] or [groups]
        mates = min(mergeable, key=lambda many: weight(min(many, key=weight)))
        first, second = sorted(mates, key=weight)[:2]
        groups = [group for group in groups if group not in (first, second)]
        groups.append(tuple(sorted(first + second)))
    return sorted(groups)


def allocate(sizes: Sequence[int], count: int, floor: int) -> list[int]:
    """Share out visits over strata in proportion to their sizes, none below the floor.

    A floor that the visits cannot pay for is lowered to the highest one they can. Strata whose
    share lies below the floor get the floor; the others share the rest in proportion, by largest
    remainder (ties: the earlier stratum).

    Parameters
    ----------
    sizes
        Members of each stratum, 1 or more.
    count
        Visits to share out, at most the sum of the sizes.
    floor
        Least number a stratum, or all of it when it is smaller.

    Returns
    -------
    list of int
        Visits a stratum; they sum to `count`.
    """
    while floor > 0 and sum(min(floor, size) for size in sizes) > count:
        floor -= 1
    given = [0] * len(sizes)
    open_, left = list(range(len(sizes))), count
    while True:
        total = sum(sizes[i] for i in open_)
        # whole-number comparison: left * size / total < floor
        low = [i for i in open_ if left * sizes[i] < min(floor, sizes[i]) * total]
        if not low:
            break
        for i in low:
            given[i] = min(floor, sizes[i])
        left -= sum(given[i] for i in low)
        open_ = [i for i in open_ if i not in low]
    total = sum(sizes[i] for i in open_)
    for i in open_:
        given[i] = left * sizes[i] // total
    spare = left - sum(given[i] for i in open_)
    for i in sorted(open_, key=lambda i: (-(left * sizes[i] % total), i))[:spare]:
        given[i] += 1
    return given


def name_stratum(group: Sequence[Stratum]) -> str:
    """Return the text a stratum is stored as: `park|Town A+park|Town B`."""
    return "+".join("|".join(stratum) for stratum in group)


def _number_strata(
    groups: Sequence[tuple[Stratum, ...]], sizes: Mapping[Stratum, int], count: int, floor: int
) -> pl.DataFrame:
    totals = [sum(sizes[stratum] for stratum in group) for group in groups]
    numbers = allocate(totals, count, floor)
    rows = [
        (list(stratum), name_stratum(group), total, number)
        for group, total, number in zip(groups, totals, numbers, strict=True)
        for stratum in group
    ]
    schema = {
        "_own": pl.List(pl.String), "stratum": pl.String, "count_stratum": pl.Int64,
        "count_drawn": pl.Int64,
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


def _lots(frame: pl.DataFrame, seed: int) -> pl.Series:
    """Lots of all subjects: a cryptographic hash has no vectorised form, and this one is cheap."""
    lots = [
        hashlib.sha256(f"{seed}|{unit}|{subject}".encode()).hexdigest()[:16]
        for unit, subject in frame.select("unit", "subject_id").iter_rows()
    ]
    return pl.Series("lot", lots, dtype=pl.String)
