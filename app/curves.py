"""The curve of one device on one day: readings, set points, doubtful readings, silences.

Belongs here: the specification of that chart, and where its gaps are.
Does not belong here: other charts (charts.py), queries, the page.

Times are local wall time as text without a zone; the browser draws them as they stand.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import altair as alt
import polars as pl

from app import charts

#: Readings further apart than that many intervals leave a silence. Source: exports.md 9.6.
GAP_INTERVALS = 3
HEIGHT = 360
_FORMAT = "%Y-%m-%dT%H:%M:%S"


@dataclass(frozen=True)
class Line:
    """One set point: its value, what it is called, its colour."""

    value: float
    label: str
    colour: str


def find_gaps(
    times: Sequence[datetime], interval_seconds: float | None, day: date
) -> list[tuple[datetime, datetime]]:
    """Return the silences of a day, from its first to its last minute, in order.

    Parameters
    ----------
    times : instants of the readings, in order.
    interval_seconds : None = unknown, then nothing is called a silence.
    """
    if not interval_seconds:
        return []
    most = timedelta(seconds=GAP_INTERVALS * interval_seconds)
    start = datetime(day.year, day.month, day.day)
    marks = [start, *times, start + timedelta(days=1)]
    return [(a, b) for a, b in itertools.pairwise(marks) if b - a > most]


def draw_day(
    readings: pl.DataFrame,
    lines: Sequence[Line],
    gaps: Sequence[tuple[datetime, datetime]],
    day: date,
    doubtful: str,
) -> alt.Chart:
    """Return the day's curve.

    Parameters
    ----------
    readings : ``observed_at`` Datetime, ``value`` Float64 (null breaks the line), ``flag`` text.
    doubtful : legend of the marked readings.
    """
    start = datetime(day.year, day.month, day.day)
    ends = [start.strftime(_FORMAT), (start + timedelta(days=1)).strftime(_FORMAT)]
    span = alt.Scale(domain=ends)
    time = alt.X("at:T", title=None, scale=span, axis=alt.Axis(format="%H:%M", tickCount=12))
    shown = readings.select(
        pl.col("observed_at").dt.strftime(_FORMAT).alias("at"),
        "value",
        pl.col("flag").fill_null(""),
    )
    side = alt.Y("value:Q", title=None, scale=alt.Scale(zero=False, nice=True))
    tooltip = [
        alt.Tooltip("at:T", title=" ", format="%H:%M:%S"),
        alt.Tooltip("value:Q", title=" "),
        alt.Tooltip("flag:N", title=" "),
    ]
    curve = alt.Chart(_broken(shown, gaps)).mark_line(color=charts.BLUE, strokeWidth=1.5)
    layers: list[alt.Chart] = [curve.encode(x=time, y=side, tooltip=tooltip)]
    if gaps:
        frame = pl.DataFrame(
            [(a.strftime(_FORMAT), b.strftime(_FORMAT)) for a, b in gaps],
            schema=["from", "to"],
            orient="row",
        )
        shade = alt.Chart(frame).mark_rect(color=charts.GREY, opacity=0.35)
        layers.insert(0, shade.encode(x=alt.X("from:T", scale=span), x2="to:T"))
    marked = shown.filter((pl.col("flag") != "") & pl.col("value").is_not_null())
    if marked.height:
        marks = alt.Chart(marked.with_columns(pl.lit(doubtful).alias("what")))
        layers.append(
            marks.mark_circle(color=charts.RED, size=45).encode(x=time, y=side, tooltip=tooltip)
        )
    layers += [layer for line in lines for layer in _draw_line(line, ends, span)]
    chart = alt.layer(*layers).properties(height=HEIGHT, width="container")
    return chart.configure(
        font=charts.FONT, view=alt.ViewConfig(stroke=None), background="transparent"
    )


def _broken(shown: pl.DataFrame, gaps: Sequence[tuple[datetime, datetime]]) -> pl.DataFrame:
    """Return the readings with an empty one inside each silence, so that no line crosses it."""
    holes = pl.DataFrame(
        {"at": [a.strftime(_FORMAT) for a, _ in gaps]}, schema={"at": pl.String}
    ).with_columns(
        pl.col("at").str.to_datetime(_FORMAT).dt.offset_by("1s").dt.strftime(_FORMAT),
        pl.lit(None, dtype=pl.Float64).alias("value"),
        pl.lit("").alias("flag"),
    )
    return pl.concat([shown, holes]).sort("at")


def _draw_line(line: Line, ends: Sequence[str], span: alt.Scale) -> list[alt.Chart]:
    frame = pl.DataFrame({"at": list(ends), "value": [line.value] * 2, "label": [line.label] * 2})
    rule = alt.Chart(frame).mark_line(color=line.colour, strokeDash=[5, 4])
    text = alt.Chart(frame.head(1)).mark_text(
        align="left", dx=4, dy=-7, color=line.colour, fontSize=12
    )
    side = alt.Y("value:Q", title=None)
    time = alt.X("at:T", scale=span)
    return [rule.encode(x=time, y=side), text.encode(x=time, y=side, text="label:N")]
