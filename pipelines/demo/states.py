"""What a register or ledger of a given day knew of the world.

Belongs here: cutting hazards, enterprises, leases and parks to a day, in canonical columns.
Does not belong here: headers, forms of dates and files (layouts.py, plan_*.py).
"""

from __future__ import annotations

from datetime import date

import polars as pl

from pipelines.demo.world import World

RENAMED_ON = date(2024, 8, 15)
COUNT_RENAMED = 6


def cut_hazards(hazards: pl.DataFrame, day: date) -> pl.DataFrame:
    """Hazards with every trail date after ``day`` emptied and the status of that day."""
    seen = [
        pl.when(pl.col(name) <= day).then(pl.col(name)).alias(name)
        for name in ("extension_approved_on", "rectified_on", "rechecked_on", "closed_on")
    ]
    in_force = pl.coalesce("extended_to", "deadline")
    status = (
        pl.when(pl.col("closed_on").is_not_null())
        .then(pl.lit("已闭环"))
        .when(pl.col("rectified_on").is_not_null())
        .then(pl.lit("已整改"))
        .when(in_force < day)
        .then(pl.lit("逾期"))
        .when(pl.col("level") == "一般")
        .then(pl.lit("待整改"))
        .otherwise(pl.lit("整改中"))
    )
    return (
        hazards.with_columns(seen)
        .with_columns(
            pl.when(pl.col("extension_approved_on").is_not_null())
            .then("extended_to")
            .alias("extended_to"),
            pl.when(pl.col("rechecked_on").is_not_null())
            .then("recheck_result")
            .alias("recheck_result"),
            pl.when(pl.col("rectified_on").is_not_null()).then("cost_yuan").alias("cost"),
        )
        .with_columns(status.alias("status"), pl.col("kind").alias("found_by"))
    )


def find_changed(before: date, day: date) -> pl.Expr:
    """True where an export of ``day`` says something an export of ``before`` did not."""
    moments = [
        pl.col(name).is_between(before, day, closed="right").fill_null(value=False)
        for name in ("extension_approved_on", "rectified_on", "rechecked_on", "closed_on")
    ]
    lapsed = pl.coalesce("extended_to", "deadline").is_between(before, day, closed="left")
    return pl.any_horizontal(*moments, lapsed & pl.col("rectified_on").is_null())


def cut_enterprises(world: World, day: date) -> pl.DataFrame:
    """The register of ``day``: firms once registered, tenants once they have moved in."""
    stays = world.leases.filter(pl.col("start_on") <= day).join(
        world.parks.select("park_no", "park_name"), on="park_no"
    )
    latest = (
        stays.sort("start_on")
        .group_by("enterprise_no", maintain_order=True)
        .agg(pl.col("park_name").last(), pl.col("left_on").last())
    )
    is_renamed = (pl.col("enterprise_no") % 97 == 5) & (pl.col("subject_kind") == "企业")
    renamed = is_renamed & (pl.lit(day) >= RENAMED_ON) & (pl.col("group") == "standalone")
    new_name = pl.col("enterprise_name").str.replace("有限公司$", "科技有限公司")
    is_gone = pl.col("left_on").is_not_null() & (pl.col("left_on") <= day)
    return (
        world.enterprises.join(latest, on="enterprise_no", how="left", maintain_order="left")
        .filter(
            (pl.col("registered_on") <= day)
            & ((pl.col("group") != "tenant") | pl.col("park_name").is_not_null())
        )
        .with_columns(
            pl.when(renamed).then("enterprise_name").alias("former_name"),
            pl.when(renamed).then(new_name).otherwise("enterprise_name").alias("enterprise_name"),
            pl.when(~is_gone).then("park_name").alias("park_name"),
            pl.when(is_gone)
            .then(pl.lit("搬离"))
            .otherwise(pl.lit("生产"))
            .alias("production_status"),
        )
    )


def cut_leases(world: World, day: date, *, is_roster: bool) -> pl.DataFrame:
    """Leases a town reports on ``day``.

    A roster names those who are there; a plain list also those gone within nine months, with the
    day they moved out. Contracts are renewed for the same term while the tenant stays.
    """
    firms = world.enterprises.select("enterprise_no", "enterprise_name", "uscc", "activity",
                                     "employee_count", "uses_hazchem")  # fmt: skip
    sites = world.parks.select(
        "park_no", "park_id", "park_name", "town", "lessor_name", "lessor_uscc"
    )
    is_there = pl.col("left_on").is_null() | (pl.col("left_on") > day)
    lately = pl.col("left_on") > pl.lit(day).dt.offset_by("-9mo")
    keep = is_there if is_roster else is_there | lately
    reach = pl.min_horizontal(pl.lit(day), pl.coalesce("left_on", pl.lit(day)))
    terms = ((reach - pl.col("start_on")).dt.total_days() // (365 * pl.col("term_years"))) + 1
    return (
        world.leases.filter((pl.col("start_on") <= day) & keep)
        .with_columns(
            pl.when(pl.col("left_on") <= day).then("left_on").alias("moved_out_on"),
            pl.when(pl.col("enterprise_no") % 13 != 0)
            .then(pl.col("start_on") + pl.duration(days=terms * 365 * pl.col("term_years")))
            .cast(pl.Date)
            .alias("end_on"),
            (pl.col("agreement_signed") & (pl.col("agreement_on") <= day)).alias(
                "agreement_signed"
            ),
            pl.when(pl.col("agreement_on") <= day).then("agreement_on").alias("agreement_on"),
        )
        .join(firms, on="enterprise_no", maintain_order="left")
        .join(sites, on="park_no", maintain_order="left")
        .rename({"enterprise_name": "tenant_name", "uscc": "tenant_uscc"})
        .sort("park_no", "start_on", "enterprise_no")
    )


def cut_parks(world: World, day: date) -> pl.DataFrame:
    """The park register of ``day`` with the number of tenants there on that day."""
    there = world.leases.filter(
        (pl.col("start_on") <= day) & (pl.col("left_on").is_null() | (pl.col("left_on") > day))
    )
    counts = there.group_by("park_no").agg(pl.len().alias("tenant_count"))
    return (
        world.parks.join(counts, on="park_no", how="left", maintain_order="left")
        .with_columns(
            pl.col("tenant_count").fill_null(0),
            pl.when(pl.col("improved_on") <= day).then("improved_on").alias("improved_on"),
            pl.lit("在用").alias("park_status"),
            pl.lit("WGS84").alias("crs"),
        )
        .rename({"land_area_mu": "land_area"})
    )
