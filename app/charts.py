"""Charts: one look for the whole explorer, months as words of the data.

Belongs here: Altair specifications from ready frames.
Does not belong here: queries, or where a chart stands on a page.

Months are drawn as an ordered list of texts (2026-10), not as instants: no time zone can move
a bar, and no English month name appears.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import altair as alt
import polars as pl

BLUE, PALE_BLUE, GREY = "#1F5FA8", "#9DBFE3", "#B8C2CC"
RED, ORANGE = "#C2402E", "#E8B07A"
KIND_COLOURS = (BLUE, "#6FA3D8", "#4C9A8F", "#B8C2CC", "#E8B07A", "#8C7BB5", "#D58A94", "#7A8791")
FONT = "Source Sans, Microsoft YaHei, PingFang SC, Noto Sans CJK SC, sans-serif"
HEIGHT = 270
MONTH = "month"
LEGEND_COLUMNS = 6


@dataclass(frozen=True)
class Series:
    """One colour of a stack: the column, its name in the legend, its colour."""

    column: str
    label: str
    colour: str


def draw_months(
    frame: pl.DataFrame, series: Sequence[Series], since: date, until: date, height: int = HEIGHT
) -> alt.Chart:
    """Return stacked bars by month of several count columns; months without rows are zero."""
    long = frame.rename({s.column: s.label for s in series}).unpivot(
        [s.label for s in series], index="month", variable_name="series", value_name="count"
    )
    return _draw_stack(long, [(s.label, s.colour) for s in series], since, until, height)


def draw_hazards(
    frame: pl.DataFrame, serious: str, other: str, since: date, until: date, height: int = HEIGHT
) -> alt.Chart:
    """Return hazards by month, the serious ones at the foot of each bar."""
    split = frame.with_columns(
        (pl.col("count_hazards") - pl.col("count_serious_hazards")).alias("count_other")
    )
    levels = [Series("count_serious_hazards", serious, RED), Series("count_other", other, ORANGE)]
    return draw_months(split, levels, since, until, height)


def draw_kinds(
    frame: pl.DataFrame, value: str, kinds: Sequence[tuple[str, str]], since: date, until: date
) -> alt.Chart:
    """Return stacked bars by month of one count column, a colour for each ``kind``.

    ``kinds`` pairs the stored code with its word, in the order of the legend.
    """
    long = frame.select(
        "month", pl.col("kind").replace(dict(kinds)).alias("series"), pl.col(value).alias("count")
    )
    colours = [(label, KIND_COLOURS[i % len(KIND_COLOURS)]) for i, (_, label) in enumerate(kinds)]
    return _draw_stack(long, colours, since, until, HEIGHT)


def draw_level(frame: pl.DataFrame, value: str, label: str, height: int = 190) -> alt.Chart:
    """Return a stepped area of a stock by month."""
    shown = frame.select(_month_text(), pl.col(value).alias("count"))
    months = shown["month"].to_list()
    return _finish(
        alt.Chart(shown)
        .mark_area(interpolate="step", color=PALE_BLUE, line={"color": BLUE, "strokeWidth": 1.5})
        .encode(
            x=_month_axis(months),
            y=_count_axis(),
            tooltip=[alt.Tooltip("month:O", title=" "), alt.Tooltip("count:Q", title=label)],
        ),
        height,
    )


def draw_moves(frame: pl.DataFrame, arrived: str, left: str, height: int = 190) -> alt.Chart:
    """Return arrivals as bars up and exits as bars down, by month."""
    shown = frame.select(
        _month_text(),
        pl.col("count_arrived").alias(arrived),
        (-pl.col("count_left")).alias(left),
    ).unpivot([arrived, left], index="month", variable_name="series", value_name="count")
    shown = shown.with_columns(pl.col("count").abs().alias("size"))
    months = shown["month"].unique().sort().to_list()
    scale = alt.Scale(domain=[arrived, left], range=[BLUE, ORANGE])
    return _finish(
        alt.Chart(shown)
        .mark_bar()
        .encode(
            x=_month_axis(months),
            y=_count_axis(),
            color=alt.Color("series:N", scale=scale, legend=_legend()),
            tooltip=[
                alt.Tooltip("month:O", title=" "),
                alt.Tooltip("size:Q", title=" "),
                alt.Tooltip("series:N", title=" "),
            ],
        ),
        height,
    )


def draw_visits(
    frame: pl.DataFrame, outcomes: Sequence[tuple[str, str]], rows: str, height: int
) -> alt.Chart:
    """Return visits as marks in time; ``rows`` is the column up the side (kind, or score).

    The frame has ``day`` (ISO text), ``outcome`` and ``rows``.
    """
    is_score = frame.schema[rows].is_float()
    scale = alt.Scale(domain=[o[0] for o in outcomes], range=[o[1] for o in outcomes])
    side = (
        alt.Y(f"{rows}:Q", title=None, scale=alt.Scale(zero=False))
        if is_score
        else alt.Y(f"{rows}:N", title=None, axis=alt.Axis(grid=True, labelLimit=120))
    )
    return _finish(
        alt.Chart(frame)
        .mark_circle(size=80, opacity=0.85)
        .encode(
            x=alt.X("day:T", title=None, axis=alt.Axis(format="%Y-%m", labelOverlap=True)),
            y=side,
            color=alt.Color("outcome:N", scale=scale, legend=_legend()),
            tooltip=[
                alt.Tooltip("day:T", title=" ", format="%Y-%m-%d"),
                alt.Tooltip(f"{rows}:{'Q' if is_score else 'N'}", title=" "),
                alt.Tooltip("outcome:N", title=" "),
            ],
        ),
        height,
    )


def draw_contributions(frame: pl.DataFrame) -> alt.Chart:
    """Return a waterfall from the base over each reason to the score.

    The frame has ``label``, ``start``, ``end``, ``text`` and ``part`` (total, up or down),
    in drawing order.
    """
    scale = alt.Scale(domain=["total", "up", "down"], range=[GREY, RED, BLUE])
    axis = alt.Axis(labelLimit=320, labelFontSize=13, ticks=False, domain=False)
    rows = alt.Y("label:N", sort=None, title=None, axis=axis)
    base = alt.Chart(frame)
    bars = base.mark_bar(height=16).encode(
        x=alt.X("start:Q", title=None, axis=alt.Axis(format=".2f", tickCount=6)),
        x2="end:Q",
        y=rows,
        color=alt.Color("part:N", scale=scale, legend=None),
        tooltip=[alt.Tooltip("label:N", title=" "), alt.Tooltip("text:N", title=" ")],
    )
    texts = base.mark_text(align="left", dx=5, fontSize=12, color="#3A4652").encode(
        x="right:Q", y=rows, text="text:N"
    )
    return _finish(alt.layer(bars, texts), 26 * frame.height + 30)


def read_month(event: Any) -> str | None:
    """Return the month (2026-05) whose bar was clicked, or None."""
    clicked = event.selection.get(MONTH) or []
    return clicked[0].get("month") if clicked else None


def _draw_stack(
    long: pl.DataFrame, colours: Sequence[tuple[str, str]], since: date, until: date, height: int
) -> alt.Chart:
    months = _list_months(since, until)
    order = {label: place for place, (label, _) in enumerate(colours)}
    shown = long.group_by("month", "series").agg(pl.col("count").sum()).sort("month", "series")
    shown = shown.with_columns(
        _month_text(), pl.col("series").replace_strict(order, default=len(order)).alias("place")
    )
    chosen = alt.selection_point(name=MONTH, fields=["month"])
    scale = alt.Scale(domain=[c[0] for c in colours], range=[c[1] for c in colours])
    return _finish(
        alt.Chart(shown)
        .mark_bar(cursor="pointer")
        .add_params(chosen)
        .encode(
            x=_month_axis(months),
            y=_count_axis(),
            color=alt.Color(
                "series:N", scale=scale, legend=_legend() if len(colours) > 1 else None
            ),
            order=alt.Order("place:Q"),
            opacity=alt.condition(chosen, alt.value(1.0), alt.value(0.4)),
            tooltip=[
                alt.Tooltip("month:O", title=" "),
                alt.Tooltip("series:N", title=" "),
                alt.Tooltip("count:Q", title=" ", format=","),
            ],
        ),
        height,
    )


def _list_months(since: date, until: date) -> list[str]:
    """Return every month after ``since`` up to ``until`` (a month end before the first month)."""
    days = pl.date_range(since, until, "1d", closed="right", eager=True)
    return days.dt.strftime("%Y-%m").unique().sort().to_list()


def _month_text() -> pl.Expr:
    return pl.col("month").dt.strftime("%Y-%m")


def _month_axis(months: Sequence[str]) -> alt.X:
    quarters = [m for m in months if m[5:] in ("01", "04", "07", "10")]
    ticks = quarters if len(months) <= 36 else [m for m in months if m[5:] in ("01", "07")]
    return alt.X(
        "month:O",
        title=None,
        scale=alt.Scale(domain=list(months), paddingInner=0.25),
        axis=alt.Axis(values=ticks or list(months), labelAngle=0, labelOverlap=True, grid=False),
    )


def _count_axis() -> alt.Y:
    axis = alt.Axis(format=",d", tickMinStep=1, tickCount=4, domain=False, ticks=False)
    return alt.Y("count:Q", title=None, axis=axis)


def _legend() -> alt.Legend:
    return alt.Legend(
        title=None,
        orient="top",
        direction="horizontal",
        symbolType="square",
        columns=LEGEND_COLUMNS,
    )


def _finish(chart: alt.Chart | alt.LayerChart, height: int) -> alt.Chart:
    return chart.properties(height=height, width="container").configure(
        font=FONT, view=alt.ViewConfig(stroke=None), background="transparent"
    )
