"""How a figure and its change are worded and rounded: one rule a function.

Belongs here: year on year, percentage points, amounts in text, shares, cells of tables.
Does not belong here: the words themselves (words_report.py), where figures come from (chapters/).

Counts are exact integers, money is integer fen and ratios are exact fractions, so a figure is
rounded once, by the style's mode. Source: domain.md 0 (trap 6) and 4.2.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import groupby

from app import words

ROUNDINGS = {"half_up": ROUND_HALF_UP, "down": ROUND_DOWN}
WAN = 10_000
FEN_A_YUAN = 100
FEN_A_WAN_YUAN = FEN_A_YUAN * WAN
FEN_A_YI_YUAN = FEN_A_WAN_YUAN * WAN


@dataclass(frozen=True)
class Style:
    """One choice a report: the rounding mode and the decimals of percentages."""

    rounding: str = "half_up"
    percent_places: int = 1


@dataclass(frozen=True)
class Measure:
    """A figure with its comparable one; ``before`` None = the year before is not known.

    ``money`` figures are fen.
    """

    name: str
    now: int
    before: int | None
    unit: str = ""
    money: bool = False


def round_to(value: Fraction | int, places: int, style: Style) -> Decimal:
    """Round an exact value to ``places`` decimals by the style's mode.

    ``half_up`` and ``down`` work on the size: -0.05 becomes -0.1, or 0.0.
    """
    exact = Fraction(value)
    scaled = abs(exact) * 10**places
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    if ROUNDINGS[style.rounding] == ROUND_HALF_UP and 2 * rest >= scaled.denominator:
        whole += 1
    return Decimal(whole if exact >= 0 else -whole).scaleb(-places)


def percent_of(part: int, whole: int, style: Style) -> Decimal | None:
    """Return part / whole in percent; None when there is no whole."""
    return round_to(Fraction(part * 100, whole), style.percent_places, style) if whole else None


def say_percent(part: int, whole: int, style: Style) -> str:
    """Write a rate as a percentage, or a dash when nothing was there to rate."""
    rate = percent_of(part, whole, style)
    return words.MISSING if rate is None else f"{rate}%"


def say_amount(value: int, unit: str, style: Style) -> str:
    """Write a count in text: in Chinese from 10,000 on in ten thousands, two decimals at most."""
    if words.language() == "zh" and abs(value) >= WAN:
        return f"{_trim(round_to(Fraction(value, WAN), 2, style))}{words.say('report.wan')}{unit}"
    return f"{value:,}{_spaced(unit)}" if words.language() == "en" else f"{value}{unit}"


def say_money(fen: int, style: Style) -> str:
    """Write money in text: in ten thousand yuan with up to two decimals.

    From a hundred million on in hundred millions, below a hundred in yuan.
    """
    if words.language() == "en":
        return f"{round_to(Fraction(fen, FEN_A_YUAN), 0, style):,} {words.say('report.yuan')}"
    if abs(fen) >= FEN_A_YI_YUAN:
        amount, unit = round_to(Fraction(fen, FEN_A_YI_YUAN), 2, style), "report.yi_yuan"
    elif fen and abs(fen) < FEN_A_YUAN * 100:
        amount, unit = round_to(Fraction(fen, FEN_A_YUAN), 2, style), "report.yuan"
    else:
        amount, unit = round_to(Fraction(fen, FEN_A_WAN_YUAN), 2, style), "report.wan_yuan"
    return f"{_trim(amount)}{words.say(unit)}"


def say_change(measure: Measure, style: Style) -> str:
    """Word a figure's change in its unit and in per cent; empty without a year before.

    From a base of zero only the absolute change is said, and no change has a word of its own.
    """
    now, before = measure.now, measure.before
    if before is None:
        return ""
    if now == before:
        return words.say("report.same")
    amount = _say_size(abs(now - before), measure, style)
    way = "up" if now > before else "down"
    if before == 0:
        return words.say(f"report.{way}_from_zero", amount=amount)
    return words.say(f"report.{way}", amount=amount, percent=_say_relative(now, before, style))


def say_measure(measure: Measure, style: Style) -> str:
    """Word a figure with its change."""
    figure = words.say(
        "report.figure", name=measure.name, amount=_say_size(measure.now, measure, style)
    )
    change = say_change(measure, style)
    return words.say("report.comma").join(part for part in (figure, change) if part)


def say_measures(measures: Sequence[Measure], style: Style) -> str:
    """Word several figures as one sentence, in the order given."""
    parts = words.say("report.semicolon").join(say_measure(m, style) for m in measures)
    return words.say("report.stop", text=parts)


def say_briefly(measures: Sequence[Measure], names: Sequence[str], style: Style) -> str:
    """Word figures first and their changes together after them, for a summary.

    ``names`` are what the changes are of (the number of accidents, not "accidents happened").
    """
    figures = words.say("list").join(say_measure(replace(m, before=None), style) for m in measures)
    changes = say_joint(
        [replace(m, name=name) for m, name in zip(measures, names, strict=True)], style
    )
    parts = words.say("report.semicolon").join(part for part in (figures, changes) if part)
    return words.say("report.stop", text=parts)


def say_joint(measures: Sequence[Measure], style: Style) -> str:
    """Word only the changes, neighbours of one sign together ("respectively").

    Figures without a year before are left out; a figure that rose from zero, or did not change,
    is worded alone.
    """
    known = [m for m in measures if m.before is not None]
    said = []
    for way, group in groupby(known, key=_find_way):
        same = list(group)
        names = words.say("list").join(m.name for m in same)
        if way == "same":
            said.append(words.say("report.joint_same", names=names))
        elif way.endswith("zero"):
            said += [f"{m.name}{_gap()}{say_change(m, style)}" for m in same]
        else:
            rates = [f"{_say_relative(m.now, m.before or 0, style)}%" for m in same]
            key = f"report.joint_{way}" if len(same) > 1 else f"report.single_{way}"
            said.append(words.say(key, names=names, rates=words.say("list").join(rates)))
    return words.say("report.comma").join(said)


def say_points(now: Decimal | None, before: Decimal | None) -> str:
    """Word the change of a percentage in percentage points, never in per cent.

    The difference is that of the printed figures, so a reader who subtracts them agrees. Empty
    when one of them is not there.
    """
    if now is None or before is None:
        return ""
    if now == before:
        return words.say("report.same")
    return words.say(
        "report.points_up" if now > before else "report.points_down", n=abs(now - before)
    )


def share_out(values: Sequence[int], style: Style) -> list[Decimal] | None:
    """Return each value's share in percent so that they sum to exactly 100.

    Shares are cut, then the largest remainders get the missing last digits; equal remainders go
    to the larger value, then to the earlier one. None when there is nothing to share.
    """
    whole = sum(values)
    if whole == 0:
        return None
    steps = 100 * 10**style.percent_places
    cut = [divmod(value * steps, whole) for value in values]
    missing = steps - sum(count for count, _ in cut)
    order = sorted(range(len(values)), key=lambda i: (-cut[i][1], -values[i], i))
    given = set(order[:missing])
    return [
        Decimal(count + (place in given)).scaleb(-style.percent_places)
        for place, (count, _) in enumerate(cut)
    ]


def _say_size(value: int, measure: Measure, style: Style) -> str:
    return say_money(value, style) if measure.money else say_amount(value, measure.unit, style)


def _say_relative(now: int, before: int, style: Style) -> str:
    rate = round_to(Fraction(abs(now - before) * 100, before), style.percent_places, style)
    if rate == 0:
        least = Decimal(1).scaleb(-style.percent_places)
        return words.say("report.under", n=least)
    return str(rate)


def _find_way(measure: Measure) -> str:
    before = measure.before or 0
    if measure.now == before:
        return "same"
    way = "up" if measure.now > before else "down"
    return way if before else f"{way} from zero"


def _trim(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _spaced(unit: str) -> str:
    return f" {unit}" if unit else ""


def _gap() -> str:
    return " " if words.language() == "en" else ""
