"""Shrunken means: a subject's own record pulled towards its groups, as far as it is short.

Method of moments, without iteration: how much means differ between members beyond chance gives
the intraclass correlation rho, and a prior worth 1/rho - 1 visits. For rates (bad visits of all
visits) this is the beta-binomial; scores of visits go the same way.

Belongs here: the estimate of priors and group means. Does not belong here: ranking.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from models_ml.config import ShrinkageKnobs

# Members that differ no more than by chance: own records count for almost nothing.
SMALLEST_RHO = 1e-4
LARGEST_RHO = 0.999
SEPARATOR = "\x1f"


@dataclass(frozen=True)
class ShrunkenMeans:
    """Fitted priors.

    Attributes
    ----------
    district_mean
        Mean over all visits.
    levels
        Group columns, coarse to fine.
    group_means
        One table a level: `group` (key of the level and all coarser ones), `mean`.
    own_strength
        Visits the prior is worth against a subject's own record.
    """

    district_mean: float
    levels: tuple[str, ...]
    group_means: tuple[pl.DataFrame, ...]
    own_strength: float

    def find_means(self, rows: pl.DataFrame) -> np.ndarray:
        """Return (rows, 1 + levels): the district's mean, then each level's, coarse to fine.

        An unknown or missing group has its parent's mean.
        """
        means = [np.full(rows.height, self.district_mean)]
        for depth, known in enumerate(self.group_means, start=1):
            found = rows.select(_group_key(self.levels[:depth]).alias("group")).join(
                known, on="group", how="left", maintain_order="left"
            )
            own = found.get_column("mean").cast(pl.Float64).fill_null(float("nan")).to_numpy()
            means.append(np.where(np.isnan(own), means[-1], own))
        return np.column_stack(means)


def fit_means(
    subjects: pl.DataFrame, levels: tuple[str, ...], spread: float, knobs: ShrinkageKnobs
) -> ShrunkenMeans:
    """Fit district, group and own-record priors.

    Parameters
    ----------
    subjects
        One row a subject: `mean` of its visits, `visits` Float64 (rows without any are left
        out), and the `levels` as text.
    spread
        Variance of a single visit's outcome over the district; 0 = moments say nothing.

    Source: evidence.md A1 (shrunken past rates), A2.9.
    """
    seen = subjects.filter(pl.col("visits") > 0)
    if seen.height == 0:
        return ShrunkenMeans(0.0, (), (), knobs.fixed_visits)
    members = seen.select(
        pl.col("mean"),
        pl.col("visits").alias("size"),
        *(_large_group(levels[:depth], depth, knobs) for depth in range(1, len(levels) + 1)),
    )
    strengths, tables = [], []
    for depth in range(len(levels), -1, -1):
        rho = _estimate_rho(members, _parent_key(depth), spread, knobs)
        strengths.append(1 / rho - 1)
        # A member's visits resemble each other: many of them count as fewer independent ones.
        members = members.with_columns(size=pl.col("size") / (1 + (pl.col("size") - 1) * rho))
        if depth:
            groups = _average_groups(members, depth)
            tables.append(groups)
            # Who has no group at this level is a member of the parent itself.
            alone = members.filter(pl.col(f"group_{depth}").is_null())
            members = pl.concat([groups, alone.select(groups.columns)])
    district = float((members["mean"] * members["size"]).sum() / members["size"].sum())
    group_means = _shrink_down(district, tables[::-1], strengths[:0:-1])
    return ShrunkenMeans(district, levels, group_means, strengths[0])


def _shrink_down(
    district: float, tables: list[pl.DataFrame], strengths: list[float]
) -> tuple[pl.DataFrame, ...]:
    """Pull each level's raw means towards the shrunken means of the level above."""
    shrunken: list[pl.DataFrame] = []
    for depth, (table, strength) in enumerate(zip(tables, strengths, strict=True), start=1):
        prior = pl.lit(district)
        joined = table
        if shrunken:
            above = shrunken[-1].rename({"group": f"group_{depth - 1}", "mean": "above"})
            joined = table.join(above, on=f"group_{depth - 1}", how="left", maintain_order="left")
            prior = pl.col("above")
        own = pl.col("mean") * pl.col("size") + strength * prior
        shrunken.append(
            joined.select(
                pl.col(f"group_{depth}").alias("group"),
                (own / (pl.col("size") + strength)).alias("mean"),
            )
        )
    return tuple(shrunken)


def _average_groups(members: pl.DataFrame, depth: int) -> pl.DataFrame:
    """Average members within each group of a level."""
    weighted = (pl.col("mean") * pl.col("size")).sum() / pl.col("size").sum()
    keys = [f"group_{level}" for level in range(1, depth + 1)]
    return (
        members.filter(pl.col(f"group_{depth}").is_not_null())
        .group_by(keys, maintain_order=True)
        .agg(weighted.alias("mean"), pl.col("size").sum())
        .sort(keys)
    )


def _estimate_rho(
    members: pl.DataFrame, parent: pl.Expr, spread: float, knobs: ShrinkageKnobs
) -> float:
    """Estimate the intraclass correlation of members within their parents.

    With sizes n, parent mean p_g and N_g = sum n, the expected squared deviation is
    sum n (p - p_g)^2 = spread x (A (1 - rho) + B rho), A = sum_g (members_g - 1),
    B = sum_g (N_g - sum n^2 / N_g); solved for rho.
    """
    fixed = 1 / (knobs.fixed_visits + 1)
    if knobs.strength == "fixed" or spread <= 0:
        return fixed
    size = pl.col("size")
    mean = (pl.col("mean") * size).sum() / size.sum()
    groups = members.group_by(parent.alias("parent"), maintain_order=True).agg(
        (size * (pl.col("mean") - mean) ** 2).sum().alias("deviation"),
        (pl.len() - 1).alias("freedom"),
        (size.sum() - (size**2).sum() / size.sum()).alias("reach"),
    )
    freedom, reach = float(groups["freedom"].sum()), float(groups["reach"].sum())
    if reach - freedom < 1e-9:
        return fixed
    rho = (float(groups["deviation"].sum()) / spread - freedom) / (reach - freedom)
    return min(max(rho, SMALLEST_RHO), LARGEST_RHO)


def _large_group(levels: tuple[str, ...], depth: int, knobs: ShrinkageKnobs) -> pl.Expr:
    """Return the key of a subject's group, null where the group has too few members.

    The mean of a few is mostly their own records once more, often of one day and one inspector.
    """
    key = _group_key(levels)
    return pl.when(pl.len().over(key) >= knobs.min_members).then(key).alias(f"group_{depth}")


def _group_key(levels: tuple[str, ...]) -> pl.Expr:
    return pl.concat_str(levels, separator=SEPARATOR, ignore_nulls=False)


def _parent_key(depth: int) -> pl.Expr:
    """Return the key of the finest group a member of level `depth` + 1 belongs to."""
    return pl.coalesce(*(f"group_{level}" for level in range(depth, 0, -1)), pl.lit(""))
