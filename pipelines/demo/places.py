"""The standing part of the district: towns, parks with lessors, enterprises.

Belongs here: drawing registers and the hidden traits of their rows.
Does not belong here: leases (tenancies.py), visits (visits.py), exports.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from pipelines.demo import words
from pipelines.demo.codes import make_uscc
from pipelines.demo.people import make_names, make_phones

COUNT_PARKS = 60
COUNT_LESSORS = 44
COUNT_LESSOR_PERSONS = 12
COUNT_TENANTS = 440
COUNT_STANDALONE = 430
REGION = "320985"
START = date(2021, 1, 1)
TOWN_SHARES = (0.24, 0.2, 0.14, 0.16, 0.26)


@dataclass(frozen=True)
class Lessors:
    """Who lets the parks. ``uscc`` is None for persons; ``quality`` is hidden (higher = worse)."""

    frame: pl.DataFrame
    quality: np.ndarray


def draw_company_names(
    rng: np.random.Generator, towns: np.ndarray, trades: np.ndarray, sole: np.ndarray
) -> list[str]:
    """Distinct names: place, two brand characters, trade, legal form.

    No brand is used twice, so no two names differ in their form only.
    """
    brands = [first + second for first in words.BRAND_FIRST for second in words.BRAND_SECOND]
    picks = rng.permutation(len(brands) * 2)[: len(towns)]
    names = []
    for town, trade, is_sole, pick in zip(
        towns.tolist(), trades.tolist(), sole.tolist(), picks.tolist(), strict=True
    ):
        place = words.TOWNS[town][2] if pick % 3 else words.DISTRICT_SHORT
        brand = brands[pick % len(brands)] + ("" if pick < len(brands) else "美")
        forms = words.FORMS_SOLE_TRADER if is_sole else words.FORMS_COMPANY
        names.append(f"{place}{brand}{words.TRADES[trade][0]}{forms[pick % len(forms)]}")
    return names


def draw_lessors(rng: np.random.Generator) -> Lessors:
    """Lessors of the parks: companies, then persons."""
    count_companies = COUNT_LESSORS - COUNT_LESSOR_PERSONS
    brands = [first + second for first in words.BRAND_SECOND for second in words.BRAND_FIRST]
    picks = rng.choice(len(brands), size=count_companies, replace=False).tolist()
    names = [
        f"{words.DISTRICT_SHORT}{brands[pick]}{words.LESSOR_FORMS[pick % len(words.LESSOR_FORMS)]}"
        for pick in picks
    ]
    people = make_names(rng, COUNT_LESSOR_PERSONS)
    codes = [make_uscc("91", REGION, 500_000 + 37 * number) for number in range(count_companies)]
    frame = pl.DataFrame(
        {
            "lessor_no": np.arange(COUNT_LESSORS),
            "lessor_name": names + people,
            "lessor_uscc": codes + [None] * COUNT_LESSOR_PERSONS,
            "lessor_kind": ["单位"] * count_companies + ["个人"] * COUNT_LESSOR_PERSONS,
        }
    )
    return Lessors(frame, rng.normal(size=COUNT_LESSORS))


def draw_parks(rng: np.random.Generator, lessors: Lessors) -> tuple[pl.DataFrame, np.ndarray]:
    """Parks and their hidden base risk (mean 0; higher = worse).

    Observable traits lean on the hidden risk only weakly, so none of them tells it.
    """
    count = COUNT_PARKS
    town = rng.choice(len(words.TOWNS), size=count, p=TOWN_SHARES)
    lessor = np.concatenate(
        [rng.permutation(COUNT_LESSORS), rng.choice(COUNT_LESSORS, size=count - COUNT_LESSORS)]
    )
    base = 0.75 * lessors.quality[lessor] + 0.65 * rng.normal(size=count)
    brands = rng.permutation(len(words.BRAND_FIRST) * len(words.BRAND_SECOND))[:count].tolist()
    names = [
        words.TOWNS[place][2]
        + words.BRAND_SECOND[pick % len(words.BRAND_SECOND)]
        + words.BRAND_FIRST[pick // len(words.BRAND_SECOND)]
        + words.PARK_WORDS[pick % len(words.PARK_WORDS)]
        for place, pick in zip(town.tolist(), brands, strict=True)
    ]
    size = np.exp(rng.normal(0.0, 0.6, size=count))
    listed = [date(2015, 1, 1) + timedelta(days=int(d)) for d in rng.integers(0, 2100, count)]
    centre = np.array([(lon, lat) for *_, lon, lat in words.TOWNS])[town]
    frame = pl.DataFrame(
        {
            "park_no": np.arange(count),
            "park_id": [f"YQ-{number:04d}" for number in range(1, count + 1)],
            "park_name": names,
            "town": [words.TOWNS[place][0] for place in town],
            "park_kind": rng.choice(["租赁园区", "厂中厂", "工业集中区"], count, p=[0.5, 0.3, 0.2]),
            "lessor_no": lessor,
            "manager_name": make_names(rng, count),
            "manager_phone": make_phones(rng, count),
            "address": [
                f"{words.TOWNS[place][0]}{rng.choice(words.ROADS)}{rng.integers(1, 399)}号"
                for place in town.tolist()
            ],
            "longitude": np.round(centre[:, 0] + rng.normal(0, 0.015, count), 6),
            "latitude": np.round(centre[:, 1] + rng.normal(0, 0.012, count), 6),
            "land_area_mu": np.round(size * 18 + 3, 1),
            "floor_area": np.round(size * 9000 + 1500).astype(int),
            "building_count": np.maximum(1, np.round(size * 5)).astype(int),
            "fire_class": rng.choice(["丙", "丁", "戊", "乙"], count, p=[0.5, 0.28, 0.17, 0.05]),
            "has_sandwich_panel": rng.random(count) < 0.18 + 0.05 * np.clip(base, -2, 2),
            "is_three_in_one": rng.random(count) < 0.08 + 0.03 * np.clip(base, -2, 2),
            "has_hazchem_store": rng.random(count) < 0.25,
            "listed_on": listed,
            "improved_on": [
                date(2023, 1, 10) + timedelta(days=int(d)) if d < 900 else None
                for d in rng.integers(0, 2600, count)
            ],
        }
    ).join(lessors.frame.with_columns(pl.col("lessor_no").cast(pl.Int64)), on="lessor_no")
    return frame.sort("park_no"), base


def draw_enterprises(rng: np.random.Generator, lessors: Lessors) -> pl.DataFrame:
    """Tenants first, then firms on their own ground, then the lessor companies."""
    companies = lessors.frame.filter(pl.col("lessor_kind") == "单位")
    drawn = COUNT_TENANTS + COUNT_STANDALONE
    town = rng.choice(len(words.TOWNS), size=drawn, p=TOWN_SHARES)
    trade = rng.choice(len(words.TRADES), size=drawn)
    sole = rng.random(drawn) < 0.12
    count = drawn + companies.height
    lessor_towns = rng.choice(len(words.TOWNS), size=companies.height, p=TOWN_SHARES)
    town, trade = (
        np.concatenate([town, lessor_towns]),
        np.concatenate([trade, np.full(companies.height, 15)]),
    )
    sole = np.concatenate([sole, np.zeros(companies.height, dtype=bool)])
    employees = np.maximum(2, np.round(np.exp(rng.normal(3.2, 0.95, count)))).astype(int)
    employees[:COUNT_TENANTS] = np.maximum(2, employees[:COUNT_TENANTS] // 2)
    codes = [
        make_uscc("92" if is_sole else "91", REGION, 40_000 + 53 * number)
        for number, is_sole in enumerate(sole[:drawn].tolist())
    ]
    names = draw_company_names(rng, town[:drawn], trade[:drawn], sole[:drawn])
    registered = [date(2003, 3, 1) + timedelta(days=int(d)) for d in rng.integers(0, 6300, count)]
    trades = [words.TRADES[pick] for pick in trade.tolist()]
    return pl.DataFrame(
        {
            "enterprise_no": np.arange(count),
            "enterprise_id": [f"QY-{number:05d}" for number in range(1, count + 1)],
            "uscc": codes + companies["lessor_uscc"].to_list(),
            "enterprise_name": names + companies["lessor_name"].to_list(),
            "town": [words.TOWNS[place][0] for place in town.tolist()],
            "group": ["tenant"] * COUNT_TENANTS
            + ["standalone"] * COUNT_STANDALONE
            + ["lessor"] * companies.height,
            "subject_kind": np.where(sole, "个体工商户", "企业"),
            "address": [
                f"{words.TOWNS[place][0]}{rng.choice(words.ROADS)}{rng.integers(1, 399)}号"
                for place in town.tolist()
            ],
            "industry_code": [trade[2] for trade in trades],
            "industry_name": [trade[1] for trade in trades],
            "activity": [
                f"{trade[0]}加工" if trade[0] != "仓储" else "仓储服务" for trade in trades
            ],
            "employee_count": employees,
            "scale": np.where(employees >= 150, "规上", np.where(employees >= 20, "规下", "小微")),
            "legal_person": make_names(rng, count),
            "safety_contact": make_names(rng, count),
            "phone": make_phones(rng, count),
            "registered_on": registered,
            "has_dust": np.array([trade[4] for trade in trades]) & (rng.random(count) < 0.6),
            "uses_hazchem": np.array([trade[3] for trade in trades]) & (rng.random(count) < 0.7),
            "has_confined_space": rng.random(count) < 0.14,
            "has_ammonia": rng.random(count) < 0.012,
            "is_key_unit": (employees >= 120) | (rng.random(count) < 0.03),
        }
    )
