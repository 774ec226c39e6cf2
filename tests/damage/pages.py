"""Damaged pages: which damage goes together on one page.

Belongs here: the choice of rows, columns and kinds, from a seed.
Does not belong here: any single damage.
"""

from __future__ import annotations

import numpy as np

from damage.cells import CELL_DAMAGE, CellDamage, bad_number
from damage.clean import Page, make_page
from damage.lines import (
    FIRST_DAMAGE,
    LINE_DAMAGE,
    NOT_IN_RECORDS,
    UNIT_DAMAGE,
    LineDamage,
    no_unit_anywhere,
)
from damage.rewrites import REWRITES, another_unit, nothing, unit_behind
from damage.write import KINDS, RECORD_KINDS

#: Damage that leaves no bare number: the only one where a page counts in another unit.
NO_BARE_NUMBER = (another_unit, unit_behind, nothing, bad_number)


def damaged_page(
    export: str, kind: str, seed: int, *, line_share: float = 0.5, every_column: bool = False
) -> Page:
    """Return a page with every kind of damage to cells its export can take.

    Parameters
    ----------
    line_share : chance of each damage to lines and columns.
    every_column : each damage to each column it fits, instead of to one.
    """
    rng = np.random.default_rng([seed, len(export), sum(map(ord, export + kind))])
    jobs = (*CELL_DAMAGE, *REWRITES)
    page = make_page(export, 1200 if every_column else len(jobs) + 20, rng)
    unit_change = _choose_unit(page, kind, seed + KINDS.index(kind), rng)
    _damage_lines(page, FIRST_DAMAGE, kind, rng, line_share)
    for damage in jobs:
        _damage_cells(page, damage, rng, every_column=every_column, is_recounted=unit_change)
    _damage_lines(page, LINE_DAMAGE, kind, rng, line_share)
    return page


def _damage_lines(
    page: Page,
    damage: tuple[LineDamage, ...],
    kind: str,
    rng: np.random.Generator,
    share: float,
) -> None:
    for one in damage:
        is_possible = kind not in RECORD_KINDS or one not in NOT_IN_RECORDS
        if is_possible and rng.random() < share and one(page, rng):
            page.done.append(one.__name__)


def _choose_unit(page: Page, kind: str, turn: int, rng: np.random.Generator) -> bool:
    """Change the unit of amounts, each way in turn; return whether numbers were rewritten."""
    options: list[LineDamage | None] = [
        d for d in UNIT_DAMAGE if kind not in RECORD_KINDS or d not in NOT_IN_RECORDS
    ]
    damage = [None, *options][turn % (len(options) + 1)]
    if damage is None or not damage(page, rng):
        return False
    page.done.append(damage.__name__)
    return damage is not no_unit_anywhere


def _damage_cells(
    page: Page,
    damage: CellDamage,
    rng: np.random.Generator,
    *,
    every_column: bool,
    is_recounted: bool,
) -> None:
    columns = list(page.columns())
    for place in rng.permutation(len(columns)):
        column = columns[place]
        is_amount = column.type in ("money", "area")
        if is_amount and is_recounted and damage not in NO_BARE_NUMBER:
            continue
        row = next((row for row in page.rows if not row.touched), None)
        if row is None:
            return
        if damage(page, row, column, rng):
            row.touched = True
            page.done.append(damage.__name__)
            if not every_column:
                return
