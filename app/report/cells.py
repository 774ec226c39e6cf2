"""Figures as the cells of a table: in full, without units, a dash where there is nothing.

Belongs here: counts, money, rates and changes in tables. Does not belong here: figures in text
(phrases.py), the shape of tables (compose.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from app import words
from app.report.phrases import FEN_A_WAN_YUAN, FEN_A_YUAN, Style, round_to, say_percent


def write(value: int | None) -> str:
    """Write a count in a table, in full; null is a dash."""
    return words.MISSING if value is None else str(value)


def money(fen: int | None, style: Style) -> str:
    """Write money in a table, in ten thousand yuan with two decimals (yuan in English)."""
    if fen is None:
        return words.MISSING
    if words.language() == "en":
        return str(round_to(Fraction(fen, FEN_A_YUAN), 0, style))
    return str(round_to(Fraction(fen, FEN_A_WAN_YUAN), 2, style))


def percent(part: int, whole: int, style: Style) -> str:
    """Write a rate in a table, without its sign."""
    return say_percent(part, whole, style).removesuffix("%")


def change(now: int, before: int | None, style: Style) -> str:
    """Write a relative change in a table; a dash when the year before is zero or not known."""
    if not before:
        return words.MISSING
    return str(round_to(Fraction((now - before) * 100, before), style.percent_places, style))


def needs_zero_note(earlier: Sequence[int | None]) -> bool:
    """Return whether a dash of a table stands for a year before that is zero."""
    return any(before == 0 for before in earlier)
