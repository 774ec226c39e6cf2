"""Items of the review queue: what is asked, why, and what an answer would change.

Belongs here: pairs and links as items with their keys, moves and states; pure functions of frames.
Does not belong here: similarity (propose.py), reading and writing tables (assets/review.py).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import polars as pl

from pipelines.review.moves import count_moves
from pipelines.review.propose import name_similarity

#: ``review.items`` (docs/ports.md 3).
ITEMS = {
    "item_key": pl.String(), "item_kind": pl.String(), "subject": pl.String(),
    "left_identity": pl.String(), "right_identity": pl.String(),
    "left_subject_id": pl.String(), "right_subject_id": pl.String(),
    "left_name": pl.String(), "right_name": pl.String(),
    "left_town": pl.String(), "right_town": pl.String(),
    "left_code": pl.String(), "right_code": pl.String(), "block": pl.String(),
    "similarity": pl.Float64(), "why": pl.String(), "moving_answer": pl.String(),
    "moves": pl.String(), "count_rows_moving": pl.Int64(),
    "state": pl.String(), "decided_on": pl.Date(), "reason": pl.String(),
}  # fmt: skip
#: The answer that would move rows: a proposal joins when confirmed, a link parts when refused.
MOVING_ANSWER = {"similar": "confirm", "code_conflict": "confirm", "district_link": "refuse"}
STATES = {"confirm": "confirmed", "refuse": "refused", "defer": "deferred"}


@dataclass(frozen=True)
class Resolved:
    """What resolution says today.

    ``identities``: subject, identity, subject_id, linked_by, name, town, code (uscc or own code),
    name_norm, known_from, is_registered; one row an identity. ``rows``: subject, identity, export,
    count_rows: accepted rows that bear it.
    ``conflicts``: right_identity, left_identity: a code of the right one is registered for the
    left one. ``decisions``: of the record, ``ended_on`` null = in force.
    """

    identities: pl.DataFrame
    rows: pl.DataFrame
    conflicts: pl.DataFrame
    decisions: pl.DataFrame


def item_key(kind: str, subject: str, left: str, right: str) -> str:
    """Return the key of an item (12 hex): which of a pair is left does not count."""
    low, high = sorted((left, right))
    return hashlib.sha256(f"{kind}|{subject}|{low}|{high}".encode()).hexdigest()[:12]


def gather_items(resolved: Resolved, pairs: pl.DataFrame) -> pl.DataFrame:
    """Return every item, open and decided, as ``review.items``.

    Parameters
    ----------
    pairs : frame of ``propose.PAIRS``.

    Notes
    -----
    A decision is met again by its identities: a pair of subjects once refused is not proposed
    under other spellings of theirs.
    """
    fresh = pl.concat(
        [_similar(resolved, pairs), _district_links(resolved), _code_conflicts(resolved)]
    )
    decided = _decided(resolved)
    keyed = _with_keys(fresh, decided, resolved)
    gone = decided.join(keyed.select("item_key"), on="item_key", how="anti")
    both = pl.concat([keyed, gone.select(keyed.columns)])
    return _with_facts(both, decided, resolved)


_BARE = {
    "item_key": pl.String(), "item_kind": pl.String(), "subject": pl.String(),
    "left_identity": pl.String(), "right_identity": pl.String(), "block": pl.String(),
    "similarity": pl.Float64(), "why": pl.String(),
}  # fmt: skip


def _similar(resolved: Resolved, pairs: pl.DataFrame) -> pl.DataFrame:
    """Proposals, the subject known first on the left; two registered codes that differ: none."""
    about = resolved.identities.select(
        "subject", "identity", "code", "known_from", "is_registered", "subject_id"
    )
    known = (
        about.group_by("subject", "subject_id")
        .agg(
            pl.col("known_from").min(),
            pl.col("is_registered").any(),
            pl.col("code").cast(pl.String).drop_nulls().unique().sort().alias("codes"),
        )
    )  # fmt: skip
    both = pairs.join(
        known.rename({"subject_id": "left_subject_id"}), on=["subject", "left_subject_id"]
    ).join(
        known.rename({"subject_id": "right_subject_id"}),
        on=["subject", "right_subject_id"], suffix="_right",
    )  # fmt: skip
    differ = (
        (pl.col("codes").list.len() > 0)
        & (pl.col("codes_right").list.len() > 0)
        & (pl.col("codes").list.set_intersection("codes_right").list.len() == 0)
    )
    registered = pl.col("is_registered") & pl.col("is_registered_right")
    kept = both.filter(~(differ & registered & (pl.col("subject") == "enterprise")))
    is_later = pl.col("known_from_right") < pl.col("known_from")
    why = pl.concat_str(
        [
            pl.when(~registered).then(pl.lit("not_registered")),
            pl.when(differ).then(pl.lit("codes_differ")),
            pl.when(pl.col("differs_in_number")).then(pl.lit("differs_in_number")),
        ],
        separator=",", ignore_nulls=True,
    )  # fmt: skip
    return _bare(
        kept.with_columns(
            pl.lit("similar").alias("item_kind"),
            why.alias("why"),
            pl.when(is_later).then("right_identity").otherwise("left_identity").alias("_left"),
            pl.when(is_later).then("left_identity").otherwise("right_identity").alias("_right"),
        )
        .drop("left_identity", "right_identity")
        .rename({"_left": "left_identity", "_right": "right_identity"})
    )


def _district_links(resolved: Resolved) -> pl.DataFrame:
    """Links by a name that is unique in the district: the weakest, so people may look at them."""
    roots = resolved.identities.filter(pl.col("linked_by") == "itself").select(
        "subject", "subject_id", pl.col("identity").alias("left_identity")
    )
    linked = resolved.identities.filter(pl.col("linked_by") == "name_in_district")
    return _bare(
        linked.rename({"identity": "right_identity"})
        .join(roots, on=["subject", "subject_id"])
        .with_columns(
            pl.lit("district_link").alias("item_kind"),
            pl.lit("only_one_of_name").alias("why"),
            pl.lit(100.0).alias("similarity"),
            pl.lit(None, pl.String()).alias("block"),
        )
    )


def _code_conflicts(resolved: Resolved) -> pl.DataFrame:
    """Codes registered under another name: perhaps the code is right and the name is not."""
    names = resolved.identities.filter(pl.col("subject") == "enterprise").select(
        "identity", "name_norm", "subject_id"
    )
    both = resolved.conflicts.join(
        names.rename({"identity": "left_identity"}), on="left_identity"
    ).join(names.rename({"identity": "right_identity"}), on="right_identity", suffix="_right")
    apart = both.filter(pl.col("subject_id") != pl.col("subject_id_right"))
    alike = [
        round(name_similarity(left, right), 2) if left and right else None
        for left, right in apart.select("name_norm", "name_norm_right").iter_rows()
    ]
    return _bare(
        apart.with_columns(
            pl.lit("code_conflict").alias("item_kind"),
            pl.lit("enterprise").alias("subject"),
            pl.lit("code_registered_elsewhere").alias("why"),
            pl.lit(None, pl.String()).alias("block"),
            pl.Series("similarity", alike, dtype=pl.Float64()),
        )
    )


def _bare(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.lit(None, pl.String()).alias("item_key")).select(
        pl.col(name).cast(dtype) for name, dtype in _BARE.items()
    )


def _decided(resolved: Resolved) -> pl.DataFrame:
    """Decisions in force on who is who, as bare items with their state."""
    in_force = resolved.decisions.filter(
        pl.col("ended_on").is_null()
        & pl.col("action").is_in(list(STATES))
        & (pl.col("item_kind") != "unknown_code")
    )
    return in_force.with_columns(
        pl.lit(None, pl.String()).alias("block"),
        pl.lit(None, pl.Float64()).alias("similarity"),
        pl.lit("").alias("why"),
        pl.col("action").replace_strict(STATES, return_dtype=pl.String).alias("state"),
        pl.col("made_on").alias("decided_on"),
    )


def _with_keys(fresh: pl.DataFrame, decided: pl.DataFrame, resolved: Resolved) -> pl.DataFrame:
    """Give each item its key: that of a decision on the same two subjects, else its own.

    Two subjects somebody called different in answer to another question are not proposed at all.
    """
    answered = [
        (key, kind, state, tuple(sorted((left, right))))
        for key, kind, state, left, right in _with_subjects(decided, resolved)
        .select("item_key", "item_kind", "state", "left_subject_id", "right_subject_id")
        .drop_nulls()
        .iter_rows()
    ]
    keys_of = {(kind, pair): key for key, kind, _, pair in answered if kind == "similar"}
    apart = {pair for _, kind, state, pair in answered if kind != "similar" and state == "refused"}
    keys: list[str | None] = []
    for kind, subject, left, right, *ids in (
        _with_subjects(fresh, resolved)
        .select(
            "item_kind", "subject", "left_identity", "right_identity", "left_subject_id",
            "right_subject_id",
        )
        .iter_rows()
    ):  # fmt: skip
        pair = tuple(sorted(map(str, ids)))
        is_settled = kind == "similar" and pair in apart
        own = item_key(kind, subject, left, right)
        keys.append(None if is_settled else keys_of.get((kind, pair), own))
    keyed = fresh.with_columns(pl.Series("item_key", keys, dtype=pl.String())).drop_nulls(
        "item_key"
    )
    return keyed.unique("item_key", keep="first", maintain_order=True)


def _with_subjects(items: pl.DataFrame, resolved: Resolved) -> pl.DataFrame:
    ids = resolved.identities.select("subject", "identity", "subject_id")
    for side in ("left", "right"):
        own = ids.rename({"identity": f"{side}_identity", "subject_id": f"{side}_subject_id"})
        items = items.join(
            own, on=["subject", f"{side}_identity"], how="left", maintain_order="left"
        )
    return items


def _with_facts(items: pl.DataFrame, decided: pl.DataFrame, resolved: Resolved) -> pl.DataFrame:
    told = _with_subjects(items, resolved)
    facts = resolved.identities.select("subject", "identity", "name", "town", "code")
    for side in ("left", "right"):
        own = facts.rename(
            {"identity": f"{side}_identity"} | {c: f"{side}_{c}" for c in ("name", "town", "code")}
        )
        told = told.join(own, on=["subject", f"{side}_identity"], how="left")
    states = decided.select("item_key", "state", "decided_on", "reason")
    told = (
        told.join(
            count_moves(told, resolved.identities, resolved.rows), on="item_key", how="left"
        )
        .join(states, on="item_key", how="left")
        .with_columns(
            pl.col("item_kind").replace_strict(MOVING_ANSWER, return_dtype=pl.String)
            .alias("moving_answer"),
            pl.col("state").fill_null("open"),
            pl.col("moves").fill_null("{}"),
            pl.col("count_rows_moving").fill_null(0),
            pl.col("left_name").fill_null(pl.col("left_identity")),
            pl.col("right_name").fill_null(pl.col("right_identity")),
        )
    )  # fmt: skip
    return told.select(pl.col(n).cast(t) for n, t in ITEMS.items()).sort("item_kind", "item_key")
