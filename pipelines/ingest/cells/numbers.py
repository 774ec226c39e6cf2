"""Numbers, money and areas as people write them.

Belongs here: thousands commas, 3.2万, about 50, Chinese numerals, units, the exact step to fen.
Does not belong here: ranges (type_column.py), sums of total rows (check_totals.py).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

import cn2an
import polars as pl

from pipelines.contracts.fold_headers import fold_word
from pipelines.ingest.cells.text import fold_text, judge_unique
from pipelines.ingest.unit_words import UNIT_WORDS

#: Verdict on a text, in stored units: ``value``, ``whole`` (fen for money), and how it was written.
NUMBER_VERDICT: dict[str, pl.DataType] = {
    "value": pl.Float64(), "whole": pl.Int64(), "is_about": pl.Boolean(), "is_bare": pl.Boolean(),
}  # fmt: skip
SIGNIFICANT_DIGITS = 9
_ABOUT_BEFORE = r"(?:约|大约|近|将近|接近|超|超过|逾|≈|~)"
_ABOUT_AFTER = r"(?:余|多|左右|上下|以上)"
_DIGITS = r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?(?:e[+-]?\d{1,2})?|[+-]?\.\d+"
_CHINESE = (
    r"[零〇一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾佰仟]+(?:点[零〇一二三四五六七八九]+)?"
)
_NUMBER = re.compile(
    rf"(?P<before>{_ABOUT_BEFORE})?(?P<number>{_DIGITS}|{_CHINESE})(?P<after>{_ABOUT_AFTER})?"
    rf"(?P<scale>[万亿])?(?P<after2>{_ABOUT_AFTER})?(?P<rest>.*?)(?P<after3>{_ABOUT_AFTER})?",
    re.DOTALL,
)
#: What needs no second look; 15 digits are exact in a double.
_PLAIN = r"^[+-]?\d{1,15}(?:\.\d{1,9})?$"
#: Words of money and land: a count never carries them.
_MEASURES = frozenset(
    (
        "元",
        "万元",
        "亿元",
        "千元",
        "m2",
        "平方米",
        "平米",
        "亩",
        "公顷",
        "km2",
        "平方公里",
        "%",
        "百分比",
    )
)
_SCALES = {"万": 10_000, "亿": 100_000_000}
#: Units that name the same thing as a word of the contract's list.
_SAME_UNIT = {"平米": "平方米", "平方": "平方米", "圆": "元", "人民币": "元", "元整": "元"}
_INT64_MAX = 2**63 - 1


@dataclass(frozen=True)
class NumberForm:
    """How a column's numbers become stored values.

    ``units``: unit word -> factor to the stored unit; ``header_unit``: unit of the header, unit row
    or title ("" = none); ``unit``: the stored unit; ``base``: unit of a bare number of a column
    with units (元, ㎡).
    """

    units: Mapping[str, float]
    unit: str = ""
    header_unit: str = ""
    is_money: bool = False

    @property
    def base(self) -> str:
        """Unit a bare number is in when neither cell nor header says one."""
        return "元" if self.is_money else ""

    def has_header_unit(self) -> bool:
        """Whether the header's unit is one this column knows."""
        return _known_unit(self.header_unit, self.units) is not None


def read_numbers(texts: pl.Series, form: NumberForm) -> pl.DataFrame:
    """Return the verdict (``NUMBER_VERDICT``) on each text; null value = not a number.

    ``whole`` is the value when it is a whole number of stored units (fen for money, rounded half
    up); ``is_about`` marks 约50; ``is_bare`` marks a number whose cell names no unit.
    Source: exports.md 9.2.
    """
    return judge_unique(texts, lambda distinct: _judge(distinct, form), NUMBER_VERDICT)


def _judge(distinct: pl.Series, form: NumberForm) -> pl.DataFrame:
    folded = fold_text(distinct).str.to_lowercase()
    factor, _ = _factor("", "", form)
    is_plain = folded.str.contains(_PLAIN)
    if form.is_money or factor != 1:  # exact arithmetic, a few distinct texts at a time
        is_plain = is_plain & False
    number = pl.when(is_plain).then(pl.lit(folded).cast(pl.Float64, strict=False))
    fast = pl.select(
        number.alias("value"),
        pl.when(number == number.floor()).then(number.cast(pl.Int64, strict=False)).alias("whole"),
        pl.lit(False).alias("is_about"),
        pl.lit(True).alias("is_bare"),
        pl.int_range(len(folded)).alias("_at"),
    )
    slow_at = (~is_plain).arg_true()
    slow = pl.DataFrame(
        [_read(text, form) for text in folded.gather(slow_at).to_list()],
        schema=NUMBER_VERDICT, orient="row",
    ).with_columns(slow_at.cast(pl.Int64).alias("_at"))  # fmt: skip
    verdict = pl.concat([fast.filter(is_plain), slow]).sort("_at").drop("_at")
    return verdict.with_columns(pl.col("value").round_sig_figs(SIGNIFICANT_DIGITS))


def _read(text: str, form: NumberForm) -> tuple[float | None, int | None, bool, bool]:
    nothing = (None, None, False, False)
    match = _NUMBER.fullmatch(text)
    number = _to_decimal(match["number"]) if match else None
    if match is None or number is None:
        return nothing
    factor, is_bare = _factor(match["scale"] or "", match["rest"], form)
    if factor is None:
        return nothing
    exact = Fraction(number) * factor
    about = any(match[name] for name in ("before", "after", "after2", "after3"))
    if abs(exact) > _INT64_MAX:  # nothing a bureau counts, and more than a column holds
        return nothing
    if form.is_money:
        return float(exact), _half_up(exact), about, is_bare
    return float(exact), int(exact) if exact.denominator == 1 else None, about, is_bare


def _half_up(exact: Fraction) -> int:
    """Round to a whole number, halves away from zero, as an accountant does."""
    size = floor(abs(exact) + Fraction(1, 2))
    return size if exact >= 0 else -size


def _to_decimal(text: str) -> Decimal | None:
    if text[-1].isascii():
        return Decimal(text.replace(",", ""))
    try:
        return Decimal(str(cn2an.cn2an(text.replace("〇", "零"), "smart")))
    except ValueError:
        return None


def _factor(scale: str, rest: str, form: NumberForm) -> tuple[Fraction | None, bool]:
    """Return what one written number counts in stored units, and whether the cell names no unit.

    The cell's own unit wins over the header's; 3.2万 under (万元) is 32,000 元: nobody writes 万
    twice.
    """
    in_cell = _known_unit(scale + rest, form.units)
    if scale and in_cell is not None:  # 万元 as one word of the list
        return in_cell, False
    multiplier = Fraction(_SCALES.get(scale, 1))
    if rest:
        factor = _known_unit(rest, form.units)
        if factor is None:
            factor = _plain_factor(rest, form)
        return (None if factor is None else multiplier * factor), False
    in_header = _known_unit(form.header_unit, form.units)
    base = _known_unit(form.base, form.units) or Fraction(1)
    if in_header is None or (scale and form.is_money):
        return multiplier * base, True
    return multiplier * in_header, True


def _plain_factor(rest: str, form: NumberForm) -> Fraction | None:
    """Factor of a trailing word of a column that has no units of its own: 12家, 95%."""
    if form.units:
        return None
    if rest in ("%", "百分比"):
        in_points = "%" in form.unit or form.unit == "分"
        return Fraction(1) if in_points else Fraction(1, 100)
    is_count_word = rest in UNIT_WORDS - _MEASURES
    return Fraction(1) if is_count_word or rest == fold_unit(form.unit) else None


def _known_unit(word: str, units: Mapping[str, float]) -> Fraction | None:
    word = _SAME_UNIT.get(word, word)
    return Fraction(units[word]).limit_denominator(1000) if word in units else None


def fold_unit(unit: str) -> str:
    """Return a unit word as cells are folded."""
    return fold_word(unit).lower()
