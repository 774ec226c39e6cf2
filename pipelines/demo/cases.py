"""Cases of administrative penalty: from serious hazards and accidents to decisions.

Belongs here: drawing cases with their parties, and cutting them to what a ledger of a day knew.
Does not belong here: wide and long form, headers, files (plan_cases.py).
"""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from pipelines.demo import event_words as words
from pipelines.demo.trails import DAYS

#: Chance that a visit's worst hazard becomes a case, by level, and more when it was not put right.
SHARE_LEVEL = {"较大": 0.1, "重大": 0.24}
SHARE_LATE = 0.2
SHARE_DOUBLE, SHARE_SIMPLE, SHARE_EXEMPT, SHARE_PERSON_ALONE = 0.34, 0.14, 0.14, 0.05
#: A decision falls within 90 days of filing, mostly. Source: domain.md 3.1 (Art 60).
DAYS_TO_DECISION = 90
#: Fines in yuan: smallest, step, steps.
FINE_UNIT, FINE_PERSON = (8_000, 1_000, 42), (1_000, 500, 18)
FINE_SIMPLE, FINE_ACCIDENT = (500, 100, 25), (300_000, 50_000, 14)
DAYS_SHOWN = {"简易": 91, "普通": 365}


def draw_cases(
    rng: np.random.Generator,
    hazards: pl.DataFrame,
    accidents: pl.DataFrame,
    parks: pl.DataFrame,
    enterprises: pl.DataFrame,
) -> pl.DataFrame:
    """One row a case in the order of filing.

    ``party_name`` is the unit, null when a person alone is penalised (then ``party_enterprise``
    is that person's firm, if any); ``person_name`` the person, ``second_person`` a further one.
    All days are those it will have in the end (null = never); money in yuan.
    """
    found = _pick_hazards(rng, hazards)
    followed = accidents.filter((pl.col("deaths") > 0) & pl.col("enterprise_no").is_not_null())
    begun = pl.concat(
        [
            found.select(
                "enterprise_no", "park_no", "town", "inspection_id", "category", "level",
                pl.lit(None, dtype=pl.String).alias("accident_no"), pl.col("found_on").alias("on"),
            ),
            followed.select(
                "enterprise_no", "park_no", "town",
                pl.lit(None, dtype=pl.String).alias("inspection_id"),
                pl.lit("事故").alias("category"), pl.lit("重大").alias("level"), "accident_no",
                pl.col("occurred_on").alias("on"),
            ),
        ]
    )  # fmt: skip
    named = _name_parties(begun, parks, enterprises)
    return _decide(rng, named.filter(pl.any_horizontal(pl.col("unit", "person").is_not_null())))


def _pick_hazards(rng: np.random.Generator, hazards: pl.DataFrame) -> pl.DataFrame:
    """The hazards that become cases: at most one a visit, of law visits only."""
    worst = (
        hazards.filter(~pl.col("is_grid") & pl.col("level").is_in(list(SHARE_LEVEL)))
        .sort("visit_no", "level", descending=[False, True], maintain_order=True)
        .unique("visit_no", keep="first", maintain_order=True)
    )
    in_force = pl.coalesce("extended_to", "deadline")
    is_late = pl.col("rectified_on").is_null() | (pl.col("rectified_on") > in_force)
    share = pl.col("level").replace_strict(SHARE_LEVEL) + SHARE_LATE * is_late
    return worst.filter(pl.Series(rng.random(worst.height)) < share)


def _name_parties(
    begun: pl.DataFrame, parks: pl.DataFrame, enterprises: pl.DataFrame
) -> pl.DataFrame:
    """Add ``unit``, its code and ``person``: of a park its lessor, of a firm the firm."""
    firms = enterprises.select(
        "enterprise_no", "enterprise_name", pl.col("uscc").alias("firm_uscc"), "legal_person"
    )
    is_person = pl.col("lessor_kind") == "个人"
    sites = parks.select(
        "park_no",
        pl.when(~is_person).then("lessor_name").alias("lessor_unit"),
        pl.when(is_person).then("lessor_name").alias("lessor_person"),
        "lessor_uscc", "manager_name",
    )  # fmt: skip
    return (
        begun.join(firms, on="enterprise_no", how="left", maintain_order="left")
        .join(sites, on="park_no", how="left", maintain_order="left")
        .with_columns(
            pl.coalesce("enterprise_name", "lessor_unit").alias("unit"),
            pl.coalesce("firm_uscc", "lessor_uscc").alias("uscc"),
            pl.coalesce("legal_person", "lessor_person", "manager_name").alias("person"),
        )
    )


def _decide(rng: np.random.Generator, begun: pl.DataFrame) -> pl.DataFrame:
    count = begun.height
    is_accident = begun["category"].to_numpy() == "事故"
    waits = np.where(is_accident, rng.integers(40, 90, count), rng.integers(1, 26, count))
    simple = (rng.random(count) < SHARE_SIMPLE) & ~is_accident
    double = is_accident | ((rng.random(count) < SHARE_DOUBLE) & ~simple)
    exempt = (rng.random(count) < SHARE_EXEMPT) & ~is_accident & ~simple & ~double
    long = np.where(rng.random(count) < 0.05, rng.integers(91, 130, count), 0)
    taken = np.where(simple, 0, np.maximum(rng.integers(10, DAYS_TO_DECISION, count), long))
    fine = _draw_money(rng, count, FINE_UNIT)
    fine = np.where(simple, _draw_money(rng, count, FINE_SIMPLE), fine)
    fine = np.where(is_accident, _draw_money(rng, count, FINE_ACCIDENT), fine)
    person_fine = np.where(is_accident, fine // 10, _draw_money(rng, count, FINE_PERSON))
    alone = (rng.random(count) < SHARE_PERSON_ALONE) & ~is_accident
    by_person = begun["unit"].is_null().to_numpy() | alone
    day = pl.col("on") + DAYS * pl.Series(waits)
    causes = {name: cause for name, (cause, _) in words.CAUSES.items()}
    basis = {name: article for name, (_, article) in words.CAUSES.items()}
    names = words.CANARY_NAMES[12:18]  # persons no register names: shift leaders
    drawn = begun.with_columns(
        day.cast(pl.Date).alias("filed_on"),
        pl.Series("is_simple", simple), pl.Series("is_exempt", exempt),
        pl.Series("is_double", double & ~by_person),
        pl.Series("by_person", by_person),
        pl.Series("taken", taken), pl.Series("fine", fine), pl.Series("person_fine", person_fine),
        pl.col("category").replace_strict(
            causes, default=words.CAUSE_ACCIDENT[0]).alias("cause"),
        pl.col("category").replace_strict(
            basis, default=words.CAUSE_ACCIDENT[1]).alias("legal_basis"),
        pl.Series("is_accident", is_accident),
        pl.Series("is_two", rng.random(count) < 0.12),
        pl.Series("leader", np.resize(np.array(names), count)),
        pl.Series("closing", rng.integers(8, 70, count)),
        pl.Series("is_closed", rng.random(count) < 0.93),
        pl.Series("publishing", rng.integers(2, 12, count)),
        pl.Series("is_published", rng.random(count) < 0.9),
        pl.Series("is_dear", rng.random(count) < 0.25),
        pl.Series("is_offsite", rng.random(count) < 0.06),
        pl.Series("is_special", rng.random(count) < 0.3),
    ).sort("filed_on", maintain_order=True)  # fmt: skip
    return _number(_state(drawn))


def _draw_money(rng: np.random.Generator, count: int, scale: tuple[int, int, int]) -> np.ndarray:
    smallest, step, steps = scale
    return smallest + step * rng.integers(0, steps, count)


def _state(drawn: pl.DataFrame) -> pl.DataFrame:
    """Words, days and sums of each case in the end."""
    decided = (pl.col("filed_on") + DAYS * pl.col("taken")).cast(pl.Date)
    shown = (decided + DAYS * pl.col("publishing")).cast(pl.Date)
    procedure = pl.when("is_simple").then(pl.lit("简易")).otherwise(pl.lit("普通"))
    length = procedure.replace_strict(DAYS_SHOWN)
    is_fined = ~pl.col("is_exempt")
    is_person = pl.col("is_double") | pl.col("by_person")
    return drawn.with_columns(
        decided.alias("decided_on"),
        procedure.alias("procedure"),
        pl.when("is_closed").then(decided + DAYS * pl.col("closing")).cast(pl.Date)
        .alias("closed_on"),
        pl.when("is_published").then(shown).alias("published_on"),
        pl.when("is_published").then(shown + DAYS * length).cast(pl.Date).alias("publish_until"),
        pl.when(is_fined & ~pl.col("by_person")).then("fine").alias("fine"),
        pl.when(pl.col("is_exempt")).then("fine").alias("exempted"),
        pl.when(is_fined & (pl.col("category") == "管理") & pl.col("is_dear"))
        .then(pl.col("fine") * 2).alias("confiscated"),
        pl.when(is_fined & is_person).then("person_fine").alias("person_fine"),
        pl.when(is_person).then("person").alias("person_name"),
        pl.when("is_accident").then(pl.lit("事故")).otherwise(pl.lit("事前")).alias("cause_kind"),
        pl.when("is_exempt").then(pl.lit("不予处罚"))
        .when("is_simple").then(pl.lit("警告"))
        .when((pl.col("level") == "重大") & pl.col("is_dear")).then(pl.lit("从重"))
        .when("is_dear").then(pl.lit("从轻")).otherwise(pl.lit("罚款")).alias("disposition"),
        pl.when("is_accident").then(pl.lit("事故"))
        .when("is_offsite").then(pl.lit("非现场"))
        .when("is_special").then(pl.lit("专项检查")).otherwise(pl.lit("日常检查")).alias("origin"),
        (pl.col("fine") >= 100_000).alias("had_hearing"),
        pl.when(pl.col("is_double") & pl.col("is_two") & is_fined)
        .then("leader").alias("second_person"),
        pl.when(~pl.col("by_person")).then("unit").alias("party_name"),
        pl.when("by_person").then("unit").alias("party_enterprise"),
    )  # fmt: skip


def _number(cases: pl.DataFrame) -> pl.DataFrame:
    """Add ``case_year`` and ``case_running``; the numbers' brackets differ from file to file."""
    year = pl.col("filed_on").dt.year()
    return cases.with_columns(
        year.alias("case_year"), (pl.int_range(pl.len()) + 1).over(year).alias("case_running")
    ).drop(
        "unit", "person", "leader", "taken", "closing", "publishing", "is_published",
        "is_closed", "is_dear", "is_special", "is_two", "lessor_unit", "lessor_person",
        "legal_person", "manager_name", "firm_uscc", "lessor_uscc",
    )  # fmt: skip


#: What a case gains with its decision.
_DECIDED = ("decided_on", "fine", "person_fine", "confiscated", "exempted", "disposition",
            "person_name", "second_person", "had_hearing")  # fmt: skip


def cut_cases(cases: pl.DataFrame, day: date) -> pl.DataFrame:
    """Cases filed by ``day`` with everything later emptied.

    Who besides the unit is penalised is known with the decision; a person alone from the start.
    """
    is_decided = pl.col("decided_on") <= day
    known = [
        pl.when(is_decided | (pl.col("by_person") & (name == "person_name"))).then(name).alias(name)
        for name in _DECIDED
    ]
    return cases.filter(pl.col("filed_on") <= day).with_columns(
        *known,
        pl.when(pl.col("closed_on") <= day).then("closed_on").alias("closed_on"),
        pl.when(pl.col("published_on") <= day).then("publish_until").alias("publish_until"),
        pl.when(pl.col("published_on") <= day).then("published_on").alias("published_on"),
        pl.when(is_decided).then("is_double").alias("is_double_penalty"),
    )


def find_changed_cases(before: date, day: date) -> pl.Expr:
    """True where a ledger of ``day`` says something a ledger of ``before`` did not."""
    return pl.any_horizontal(
        pl.col(name).is_between(before, day, closed="right").fill_null(value=False)
        for name in ("filed_on", "decided_on", "closed_on", "published_on")
    )
