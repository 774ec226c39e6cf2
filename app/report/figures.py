"""The report's charts: Vega-Lite specifications in the explorer's look, and their pictures.

Belongs here: charts for paper, months numbered as they are said in Chinese, SVG and PNG.
Does not belong here: which numbers are drawn (chapters/), charts of the explorer (app/charts.py).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

import altair as alt
import polars as pl
import vl_convert

from app import words
from app.charts import BLUE, GREY, KIND_COLOURS, RED
from app.report.fonts import PACKAGE
from app.report.model import Figure

WIDTH, HEIGHT = 600, 210
FONT_SIZE = 14
BAR_PX = 24
#: Pixels a CSS pixel for Word: 600 px become a 2.5 times finer picture.
PNG_SCALE = 2.5


def draw_compared(
    months: Sequence[date], now: dict[date, int], before: dict[date, int] | None, colour: str = BLUE
) -> dict[str, Any]:
    """Return columns by month, the year before beside this one (left out when None).

    ``before`` is keyed by its own months, twelve months earlier.
    """
    series = [(words.say("report.before"), GREY, before)] if before is not None else []
    series.append((words.say("report.now"), colour, now))
    rows = [
        {
            "month": _say_month(m),
            "series": name,
            "count": values.get(_shift(m, values is before), 0),
        }
        for m in months
        for name, _, values in series
    ]
    scale = alt.Scale(domain=[s[0] for s in series], range=[s[1] for s in series])
    legend = _legend() if len(series) > 1 else None
    chart = (
        alt.Chart(pl.DataFrame(rows))
        .mark_bar()
        .encode(
            x=_month_axis(months),
            xOffset=alt.XOffset("series:N", sort=[s[0] for s in series]),
            y=_count_axis(max(row["count"] for row in rows)),
            color=alt.Color("series:N", scale=scale, legend=legend),
        )
    )
    return _finish(chart, HEIGHT)


def draw_lines(
    months: Sequence[date], series: Sequence[tuple[str, dict[date, int]]]
) -> dict[str, Any]:
    """Return a line by month for each named series: they are compared, never stacked."""
    rows = [
        {"month": _say_month(m), "series": name, "count": values.get(m, 0)}
        for name, values in series
        for m in months
    ]
    names = [name for name, _ in series]
    scale = alt.Scale(
        domain=names, range=[KIND_COLOURS[i % len(KIND_COLOURS)] for i in range(len(names))]
    )
    chart = (
        alt.Chart(pl.DataFrame(rows))
        .mark_line(point=alt.OverlayMarkDef(size=28), strokeWidth=2)
        .encode(
            x=_month_axis(months),
            y=_count_axis(max(row["count"] for row in rows)),
            color=alt.Color("series:N", scale=scale, legend=_legend()),
        )
    )
    return _finish(chart, HEIGHT)


def draw_bars(
    rows: Sequence[tuple[str, float, str]], colour: str = BLUE, marked: Sequence[str] = ()
) -> dict[str, Any]:
    """Return lying bars in the order given, each with its text at the end.

    ``rows`` are (name, value, text); the ``marked`` names are drawn in red.
    """
    frame = pl.DataFrame(
        [{"name": n, "value": float(v), "text": t, "marked": n in marked} for n, v, t in rows]
    )
    axis = alt.Axis(labelLimit=220, ticks=False, domain=False)
    base = alt.Chart(frame).encode(y=alt.Y("name:N", sort=None, title=None, axis=axis))
    top = max((float(v) for _, v, _ in rows), default=0.0) * 1.12 or 1.0
    bars = base.mark_bar(height=BAR_PX - 8).encode(
        x=alt.X("value:Q", title=None, axis=None, scale=alt.Scale(domain=[0, top])),
        color=alt.condition("datum.marked", alt.value(RED), alt.value(colour)),
    )
    texts = base.mark_text(align="left", dx=5, fontSize=FONT_SIZE).encode(
        x="value:Q", text="text:N"
    )
    return _finish(alt.layer(bars, texts), BAR_PX * max(len(rows), 1))


def to_svg(figure: Figure, families: Sequence[str]) -> str:
    """Return the chart as SVG, its texts kept as texts in the first family that is there."""
    _register_packaged()
    return vl_convert.vegalite_to_svg(json.dumps(_with_font(figure.spec, families)))


def to_png(figure: Figure, families: Sequence[str]) -> bytes:
    """Return the chart as PNG for Word, which shows SVG in new versions only."""
    _register_packaged()
    return vl_convert.vegalite_to_png(
        json.dumps(_with_font(figure.spec, families)), scale=PNG_SCALE, ppi=72
    )


def texts_of(figure: Figure) -> str:
    """Return every character a chart may draw: its names and texts."""
    return json.dumps(figure.spec, ensure_ascii=False)


@cache
def _register_packaged() -> None:
    """Let the charts be measured and drawn on a machine that has no Chinese font of its own."""
    vl_convert.register_font_directory(str(resources.files(PACKAGE)))


def _with_font(spec: dict[str, Any], families: Sequence[str]) -> dict[str, Any]:
    return {**spec, "config": {**spec["config"], "font": ", ".join(families)}}


def _shift(month: date, is_before: bool) -> date:
    return date(month.year - 1, month.month, 1) if is_before else month


def _say_month(month: date) -> str:
    return words.say("report.month_axis", n=month.month)


def _month_axis(months: Sequence[date]) -> alt.X:
    domain = [_say_month(m) for m in months]
    axis = alt.Axis(labelAngle=0, grid=False, ticks=False)
    return alt.X("month:O", title=None, sort=None, scale=alt.Scale(domain=domain), axis=axis)


def _count_axis(top: int) -> alt.Y:
    """Return the axis of counts up to ``top``; small ones get a tick a unit, never a half."""
    marks = {"values": list(range(top + 1))} if top <= 4 else {"tickCount": 4}
    axis = alt.Axis(format="d", domain=False, ticks=False, **marks)
    return alt.Y("count:Q", title=None, axis=axis)


def _legend() -> alt.Legend:
    return alt.Legend(
        title=None, orient="top", direction="horizontal", symbolType="square", columns=8,
        labelLimit=200,
    )  # fmt: skip


def _finish(chart: alt.Chart | alt.LayerChart, height: int) -> dict[str, Any]:
    done = chart.properties(width=WIDTH, height=height).configure(
        view=alt.ViewConfig(stroke=None), background="white",
        axis=alt.AxisConfig(labelFontSize=FONT_SIZE, gridColor="#E3E8EE", labelColor="#1C2733"),
        legend=alt.LegendConfig(labelFontSize=FONT_SIZE, labelColor="#1C2733"),
    )  # fmt: skip
    return done.to_dict()
