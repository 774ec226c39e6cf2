"""The chapter on the ranking: who is at the head and why, and what speaks for the method.

Belongs here: its sentences and tables, from the explorer's own questions.
Does not belong here: learning (models_ml), SQL (app/sql).
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import polars as pl

from app import queries, words
from app.report import cells, compose, figures, phrases
from app.report.compose import head
from app.report.model import Block, Chapter, Figure, Heading, Paragraph, Table
from app.report.source import Source


def build(source: Source) -> Chapter:
    """Return the chapter; without a ranking it is one sentence."""
    title = words.say("risk.title")
    everywhere = _parks(source, None)
    run = queries.ask_row(source.snapshot, "model_run")
    if everywhere.is_empty() or run is None:
        return Chapter("risk", title, "", [Paragraph(words.say("risk.none"))])
    parks = _parks(source, source.town)
    headline = words.say(
        "risk.headline",
        day=words.day(run["as_of_on"]), n=everywhere.height, days=run["horizon_days"],
        label=words.label(run["label_name"]), first=everywhere["park_name"][0],
    )  # fmt: skip
    said = [headline]
    if source.town is not None:
        said.append(words.say("risk.region", region=source.town, n=parks.height))
    if run["as_of_on"] != source.period.last_on:
        said.append(
            words.say(
                "risk.other_day",
                day=words.day(run["as_of_on"]), last=words.day(source.period.last_on),
            )
        )  # fmt: skip
    said.append(words.say("risk.caveat"))
    blocks: list[Block] = [
        Heading(words.say("risk.list")),
        Paragraph(words.say("report.space").join(said)),
    ]
    if not parks.is_empty():
        blocks.append(_top_table(source, parks))
    blocks += [Heading(words.say("risk.evidence")), *_evidence(source, run)]
    return Chapter("risk", title, headline, blocks)


def list_all(source: Source) -> Table | None:
    """Return the whole ranking of the region as a table of the annex."""
    parks = _parks(source, source.town)
    if parks.is_empty():
        return None
    columns = [
        head("risk.rank"), head("risk.park", "left"), head("base.town", "left"),
        head("risk.score"), head("risk.tenants"), head("risk.serious_12m"),
        head("risk.open"), head("risk.overdue"), head("risk.last_visit", "center"),
    ]  # fmt: skip

    def make(row: dict[str, Any]) -> list[str]:
        last = row["last_inspected_on"]
        counts = ("count_tenants", "hazards_serious_12m", "hazards_open", "hazards_overdue")
        numbers = [cells.write(row[c]) for c in counts]
        return [
            cells.write(row["rank"]), row["park_name"], row["town"] or words.MISSING,
            words.score(row["risk_score"]), *numbers, last.isoformat() if last else words.MISSING,
        ]  # fmt: skip

    return Table(
        key="ranking",
        caption=words.say("risk.table_all"),
        unit=words.say("risk.unit_parks"),
        columns=columns,
        rows=compose.listed(parks, make),
        questions=["ranking"],
    )


def _parks(source: Source, town: str | None) -> pl.DataFrame:
    towns = () if town is None else (town,)
    return queries.ask(source.snapshot, "ranking", towns=towns, kinds=(), text="")


def _top_table(source: Source, parks: pl.DataFrame) -> Table:
    top = parks.head(source.options.top_parks)
    reasons: dict[str, list[str]] = {}
    for row in queries.ask(source.snapshot, "ranking_reasons").iter_rows(named=True):
        said = words.reason(row["feature"], row["value"])
        reasons.setdefault(row["park_id"], []).append(said)
    joined = words.say("join")
    return Table(
        key="top_parks",
        caption=words.say("risk.table_top", n=top.height),
        unit="",
        columns=[
            head("risk.rank"), head("risk.park", "left"),
            head("base.town", "left"), head("risk.score"),
            head("risk.reasons", "left"),
        ],
        rows=compose.listed(
            top,
            lambda row: [
                cells.write(row["rank"]), row["park_name"], row["town"] or words.MISSING,
                words.score(row["risk_score"]),
                joined.join(reasons.get(row["park_id"], [])) or words.MISSING,
            ],
        ),
        questions=["ranking", "ranking_reasons"],
    )  # fmt: skip


def _percent(value: float | None, source: Source) -> str:
    """Write a share of 0-1 in per cent; the float is taken as its shortest decimal text."""
    if value is None:
        return words.MISSING
    style = source.style
    return str(phrases.round_to(Fraction(repr(value)) * 100, style.percent_places, style))


def _evidence(source: Source, run: dict[str, Any]) -> list[Block]:
    methods = queries.ask(source.snapshot, "model_evidence", run_id=run["run_id"])
    known = methods.filter(pl.col("precision").is_not_null())
    winner = known.filter(pl.col("estimator") == run["winner"])
    if winner.is_empty():
        text = words.say("risk.method_unproved", winner=words.term(run["winner"]))
        return [Paragraph(text)]
    said = [_say_method(source, run, known, winner.row(0, named=True))]
    said += _say_gain(source, run)
    said.append(words.say("risk.labelled"))
    return [
        Paragraph(words.say("report.space").join(said)),
        _evidence_table(source, methods),
        _evidence_figure(source, known, run["winner"]),
    ]


def _say_gain(source: Source, run: dict[str, Any]) -> list[str]:
    """Return why a model ranks, or none does, by the lower bound of its gain over the rules."""
    gain = run["gain_low"]
    if gain is None:
        return [words.say("risk.gain_unknown")] if run["is_rule"] else []
    if run["is_rule"] and gain > 0:
        return []  # a rule that ranks for another reason is not said to have won
    key = "risk.no_gain" if run["is_rule"] else "risk.gain"
    return [words.say(key, n=_percent(gain, source))]


def _say_method(
    source: Source, run: dict[str, Any], known: pl.DataFrame, winner: dict[str, Any]
) -> str:
    facts = {
        "winner": words.term(run["winner"]),
        "splits": winner["count_splits"],
        "precision": f"{_percent(winner['precision'], source)}%",
    }
    rules = known.filter(pl.col("estimator") != run["winner"])
    if run["is_rule"] or rules.is_empty():
        return words.say("risk.method_rule", **facts)
    rival = rules.row(0, named=True)
    return words.say(
        "risk.method_model", **facts, rival=words.term(rival["estimator"]),
        rival_precision=f"{_percent(rival['precision'], source)}%",
    )  # fmt: skip


def _evidence_table(source: Source, methods: pl.DataFrame) -> Table:
    columns = ("precision", "precision_worst_split", "bound_low", "bound_high", "labelled_share")
    heads = ("precision", "worst", "low", "high", "labelled_share")
    return Table(
        key="evidence",
        caption=words.say("risk.table_evidence"),
        unit="",
        columns=[
            head("risk.method", "left"), *(head(f"risk.{h}") for h in heads),
            head("risk.splits"),
        ],
        rows=compose.listed(
            methods,
            lambda row: [
                words.term(row["estimator"]), *(_percent(row[c], source) for c in columns),
                cells.write(row["count_splits"]),
            ],
        ),
        questions=["model_evidence"],
    )  # fmt: skip


def _evidence_figure(source: Source, known: pl.DataFrame, winner: str) -> Figure:
    bars = [
        (words.term(row["estimator"]), row["precision"], _percent(row["precision"], source))
        for row in known.iter_rows(named=True)
    ]
    return Figure(
        key="evidence",
        caption=words.say("risk.figure_evidence"),
        alt=words.say("risk.alt_evidence"),
        spec=figures.draw_bars(bars, marked=(words.term(winner),)),
        questions=["model_evidence"],
    )
