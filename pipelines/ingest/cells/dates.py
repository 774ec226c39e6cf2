"""Dates and times as clerks, systems and workbooks write them.

Belongs here: every written form of a day and a clock. Source: exports.md 9.2.
Does not belong here: bounds, missing years and order, which need the whole row (date_rules.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl

from pipelines.ingest.cells.text import judge_unique

#: Verdict on a text: ``day`` (local), ``clock`` ``HH:MM:SS`` (null = only a day), ``grade``
#: ("month" = the 1st stands for the month, "open" = 长期, null = exact) and ``month_day``
#: (month × 100 + day when the year is not written).
DATE_VERDICT: dict[str, pl.DataType] = {
    "day": pl.Date(), "clock": pl.String(), "grade": pl.String(), "month_day": pl.Int32(),
}  # fmt: skip
#: Serial day numbers of workbooks lie between these (1954-2064). Source: exports.md 9.2.
SERIAL_LOW, SERIAL_HIGH = 20_000, 60_000
#: Days from the Unix epoch to day 0 of a workbook (1899-12-30, or 1904-01-01).
SERIAL_ZERO, SERIAL_ZERO_1904 = -25_569, -24_107
OPEN_END_WORDS = ("长期", "永久", "无固定期限")
SECONDS_A_DAY = 86_400
_MONTH_NAMES = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")

# Texts are NFKC with single spaces, so plain classes serve (they compile ten times faster).
_CLOCK = (
    r"(?:(?:[T ] *|[日号] *)(?P<half>上午|下午|AM|PM)? *(?P<h>[0-9]{1,2})[:时点]"
    r"(?P<mi>[0-9]{1,2})?分?(?::?(?P<s>[0-9]{1,2})(?:\.[0-9]+)?秒?)?"
    r" *(?P<half_after>AM|PM)? *(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})?)?$"
)
_YMD = r"^(?P<y>[0-9]{4}) *[-/.年] *(?P<m>[0-9]{1,2}) *[-/.月] *(?P<d>[0-9]{1,2})[日号]?" + _CLOCK
_COMPACT = r"^(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})" + _CLOCK
_DIGITS14 = (
    r"^(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})(?P<h>[0-9]{2})(?P<mi>[0-9]{2})(?P<s>[0-9]{2})$"
)
_DMON = r"^(?P<d>[0-9]{1,2})[- ](?P<mon>[A-Z]{3})[A-Z]*[- ](?P<y>[0-9]{4}|[0-9]{2})" + _CLOCK
_DMY = r"^(?P<d>[0-9]{1,2})[-/.](?P<m>[0-9]{1,2})[-/.](?P<y>[0-9]{4}|[0-9]{2})" + _CLOCK
_MDY = r"^(?P<m>[0-9]{1,2})[-/.](?P<d>[0-9]{1,2})[-/.](?P<y>[0-9]{4}|[0-9]{2})" + _CLOCK
_MONTH = r"^(?P<y>[0-9]{4}) *(?:[-/] *(?P<m>[0-9]{1,2})|年 *(?P<m2>[0-9]{1,2}) *月份?)$"
_MONTH_DAY = r"^(?P<m>[0-9]{1,2}) *月 *(?P<d>[0-9]{1,2}) *[日号]?$"
_SERIAL = r"^[0-9]{5}(?:\.[0-9]+)?$"
_ISO = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_FIELDS = ("y", "m", "d", "h", "mi", "s", "half", "half_after", "zone", "mon", "m2")


@dataclass(frozen=True)
class DateForms:
    """What the file says about its dates: its zone, d/m or m/d order, and its day 0."""

    timezone: str = "Asia/Shanghai"
    date_order: str | None = None
    is_1904: bool = False


def read_dates(texts: pl.Series, forms: DateForms) -> pl.DataFrame:
    """Return the verdict (``DATE_VERDICT``) on each text; an impossible date has no day.

    Times with a zone are brought to the zone of `forms`; d/m/y and m/d/y are read only when the
    contract says which. Source: exports.md 9.2.
    """
    return judge_unique(texts, lambda distinct: _judge(distinct, forms), DATE_VERDICT)


def _judge(distinct: pl.Series, forms: DateForms) -> pl.DataFrame:
    """Read plain ISO days at once and give the rest a closer look."""
    is_iso = distinct.str.contains(_ISO)
    day = distinct.set(~is_iso, None).str.to_date("%Y-%m-%d", strict=False)
    fast = pl.DataFrame({"day": day}).with_columns(
        pl.lit(None, dtype).alias(name) for name, dtype in DATE_VERDICT.items() if name != "day"
    )
    if is_iso.all():
        return fast
    at = pl.Series(range(len(distinct)))
    slow = _judge_closely(distinct.filter(~is_iso), forms).with_columns(
        at.filter(~is_iso).alias("at")
    )
    fast = fast.with_columns(at.alias("at")).filter(is_iso)
    return pl.concat([fast, slow], how="vertical_relaxed").sort("at")


def _judge_closely(distinct: pl.Series, forms: DateForms) -> pl.DataFrame:
    text = pl.col("text")
    frame = pl.DataFrame({"text": distinct.str.normalize("NFKC").str.strip_chars()}).with_columns(
        text.str.to_uppercase().str.replace_all(r"\s+", " ")
    )
    patterns = [_YMD, _COMPACT, _DIGITS14, _DMON]
    if forms.date_order in ("dmy", "mdy"):
        patterns.append(_DMY if forms.date_order == "dmy" else _MDY)
    fields = _extract(frame["text"], patterns)
    exact = _build(fields, forms)
    month = _extract(frame["text"], [_MONTH])
    month_day = _extract(frame["text"], [_MONTH_DAY])
    first_of_month = _make_day(month["y"], pl.coalesce(month["m"], month["m2"]), pl.lit("1"))
    serial = frame.select(
        pl.when(text.str.contains(_SERIAL)).then(text.cast(pl.Float64, strict=False))
    ).to_series()
    serial = serial.set(~serial.is_between(SERIAL_LOW, SERIAL_HIGH, closed="none"), None)
    by_serial = _from_serial(serial, SERIAL_ZERO_1904 if forms.is_1904 else SERIAL_ZERO)
    is_open = frame["text"].is_in(OPEN_END_WORDS)
    number = month_day["m"].cast(pl.Int32, strict=False) * 100 + month_day["d"].cast(pl.Int32)
    is_month = pl.Series(exact["day"].is_null() & first_of_month.is_not_null())
    return pl.DataFrame(
        {
            "day": exact["day"].zip_with(exact["day"].is_not_null(), first_of_month).zip_with(
                ~(exact["day"].is_null() & first_of_month.is_null()), by_serial["day"]
            ),
            "clock": exact["clock"].zip_with(serial.is_null(), by_serial["clock"]),
            "grade": _grade(is_month, is_open),
            "month_day": number.set(~_is_month_day(number), None),
        }
    )  # fmt: skip


def _grade(is_month: pl.Series, is_open: pl.Series) -> pl.Series:
    return pl.select(
        pl.when(is_open).then(pl.lit("open")).when(is_month).then(pl.lit("month"))
    ).to_series()


def _extract(texts: pl.Series, patterns: list[str]) -> pl.DataFrame:
    """Return the named fields of the first pattern each text matches, null where none does."""
    text = pl.lit(texts)
    found = pl.select(
        text.str.extract_groups(form).alias(str(at)) for at, form in enumerate(patterns)
    )
    have = [(str(at), re.findall(r"\?P<(\w+)>", form)) for at, form in enumerate(patterns)]
    return found.select(
        pl.coalesce(
            [pl.col(at).struct.field(name) for at, names in have if name in names]
            or pl.lit(None, pl.String)
        ).alias(name)
        for name in _FIELDS
    )


def _make_day(year: pl.Series, month: pl.Expr, day: pl.Expr) -> pl.Series:
    """Return the date of text parts; a two-digit year is 1969-2068, as in C's strptime."""
    century = pl.when(year.str.len_chars() == 2).then(
        pl.when(year.cast(pl.Int32, strict=False) >= 69).then(pl.lit("19")).otherwise(pl.lit("20"))
    ).otherwise(pl.lit(""))  # fmt: skip
    iso = pl.concat_str(
        pl.concat_str(century, year), month.str.zfill(2), day.str.zfill(2), separator="-"
    )
    return pl.select(iso.str.to_date("%Y-%m-%d", strict=False)).to_series()


def _build(fields: pl.DataFrame, forms: DateForms) -> pl.DataFrame:
    """Return ``day`` and ``clock`` of the fields of an exact date; both null when impossible."""
    named = dict(zip(_MONTH_NAMES, map(str, range(1, 13)), strict=True))
    month_of_name = fields["mon"].replace_strict(named, default=None, return_dtype=pl.String)
    month = pl.coalesce(pl.lit(fields["m"]), pl.lit(month_of_name))
    day = _make_day(fields["y"], month, pl.lit(fields["d"]))
    half = pl.coalesce(fields["half"], fields["half_after"])
    hour = pl.col("h").cast(pl.Int32, strict=False)
    rows = fields.with_columns(half.alias("half"), day.alias("day")).with_columns(
        pl.when(pl.col("half").is_in(["PM", "下午"]) & (hour < 12)).then(hour + 12)
        .when(pl.col("half").is_in(["AM", "上午"]) & (hour == 12)).then(0)
        .otherwise(hour).alias("hour"),
        pl.col("mi").cast(pl.Int32).fill_null(0),
        pl.col("s").cast(pl.Int32).fill_null(0),
    )  # fmt: skip
    is_possible = (pl.col("hour") < 24) & (pl.col("mi") < 60) & (pl.col("s") < 60)
    seconds = pl.col("hour") * 3600 + pl.col("mi") * 60 + pl.col("s")
    rows = rows.with_columns(
        pl.when(is_possible.fill_null(True)).then(pl.col("day")).alias("day"),
        pl.when(is_possible & pl.col("day").is_not_null()).then(seconds).alias("seconds"),
    )
    instant = pl.col("day").cast(pl.Datetime("us")) + pl.duration(seconds="seconds")
    rows = rows.with_columns(instant.alias("instant"))
    if rows["zone"].null_count() < rows.height:
        rows = _to_zone(rows, forms.timezone)
    return rows.select(
        pl.coalesce(pl.col("instant").dt.date(), "day").alias("day"),
        pl.col("instant").dt.to_string("%H:%M:%S").alias("clock"),
    )


def _to_zone(rows: pl.DataFrame, timezone: str) -> pl.DataFrame:
    """Bring instants written with a zone to the local zone."""
    zone = pl.col("zone").str.replace_all(":", "").str.replace("Z", "+0000")
    minutes = zone.str.slice(1, 2).cast(pl.Int32) * 60 + zone.str.slice(3, 2).cast(pl.Int32)
    offset = pl.duration(minutes=minutes * pl.when(zone.str.starts_with("-")).then(-1).otherwise(1))
    local = (
        (pl.col("instant") - offset)
        .dt.replace_time_zone("UTC").dt.convert_time_zone(timezone).dt.replace_time_zone(None)
    )  # fmt: skip
    return rows.with_columns(
        pl.when(pl.col("zone").is_not_null()).then(local).otherwise("instant").alias("instant")
    )


def _from_serial(serial: pl.Series, zero: int) -> pl.DataFrame:
    """Return ``day`` and ``clock`` of workbook day numbers; a whole number has no clock."""
    seconds = (pl.lit(serial) * SECONDS_A_DAY).round().cast(pl.Int64) + zero * SECONDS_A_DAY
    instant = pl.from_epoch(seconds, time_unit="s")
    clock = pl.when(pl.lit(serial).mod(1) != 0).then(instant.dt.to_string("%H:%M:%S"))
    return pl.select(instant.dt.date().alias("day"), clock.alias("clock"))


def _is_month_day(number: pl.Series) -> pl.Series:
    """Whether month × 100 + day exists in some year (2024 was a leap year)."""
    day = (
        "2024-" + (number // 100).cast(pl.String).str.zfill(2)
        + "-" + (number % 100).cast(pl.String).str.zfill(2)
    ).str.to_date("%Y-%m-%d", strict=False)  # fmt: skip
    return day.is_not_null()
