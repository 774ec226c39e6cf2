"""Invented people: names, telephone numbers, citizen numbers.

Belongs here: making personal data that looks real and is nobody's.
Does not belong here: where such data is written (layouts.py), masking (pipelines/ingest).
"""

from __future__ import annotations

import numpy as np

from pipelines.demo.codes import make_citizen_number
from pipelines.demo.words import GIVEN, SURNAMES

#: Invented region of the citizen numbers.
REGION = "320985"


def make_names(rng: np.random.Generator, count: int) -> list[str]:
    """Distinct three-character names, in random order; raises when the pool is too small."""
    pool = len(SURNAMES) * len(GIVEN) ** 2
    picks = rng.choice(pool, size=count, replace=False)
    return [
        SURNAMES[pick % len(SURNAMES)]
        + GIVEN[pick // len(SURNAMES) % len(GIVEN)]
        + GIVEN[pick // len(SURNAMES) // len(GIVEN)]
        for pick in picks.tolist()
    ]


def make_phones(rng: np.random.Generator, count: int) -> list[str]:
    """Distinct mobile numbers (11 digits)."""
    tails = rng.choice(10**8, size=count, replace=False)
    prefixes = rng.choice(["138", "139", "150", "158", "186", "189", "199"], size=count)
    return [f"{prefix}{tail:08d}" for prefix, tail in zip(prefixes, tails.tolist(), strict=True)]


def make_citizen_numbers(rng: np.random.Generator, count: int) -> list[str]:
    """Distinct 18-digit citizen numbers with valid check digits."""
    serials = rng.choice(999, size=count, replace=False)
    years = rng.integers(1962, 1999, size=count)
    return [
        make_citizen_number(REGION, f"{year}{serial % 12 + 1:02d}{serial % 28 + 1:02d}", serial)
        for year, serial in zip(years.tolist(), serials.tolist(), strict=True)
    ]
