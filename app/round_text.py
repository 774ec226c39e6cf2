"""A round in words: why a subject is on the list, which stratum it was drawn from, the method.

Belongs here: sentences made of a round's figures, for the page and for the workbook alike.
Does not belong here: the phrases themselves (words_rounds.py), layout.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from app import words

#: Members of a merged stratum that are named one by one.
NAMED_STRATA = 3


@dataclass(frozen=True)
class RoundTables:
    """One round as its marts hold it: the round, its lines, every member of the cohort."""

    round: Mapping[str, Any]
    lines: pl.DataFrame
    frame: pl.DataFrame


def say_reasons(lines: pl.DataFrame, frame: pl.DataFrame) -> pl.Series:
    """Return why each line is there, with its figures; a list is short, so row by row.

    Parameters
    ----------
    lines : rows of ``fct_round_lines`` of one round.
    frame : rows of ``fct_round_frame`` of the round (sizes of the strata).
    """
    sizes = {
        stratum: (size, drawn)
        for stratum, size, drawn in list_strata(frame).select(
            "stratum", "count_stratum", "count_drawn"
        ).iter_rows()
    }  # fmt: skip
    said = [_say_reason(line, sizes) for line in lines.iter_rows(named=True)]
    return pl.Series("why", said, dtype=pl.String)


def list_strata(frame: pl.DataFrame) -> pl.DataFrame:
    """Return one row a stratum of a round's frame: its size N, number drawn n, and n/N."""
    return (
        frame.filter(pl.col("stratum").is_not_null())
        .select("stratum", "count_stratum", "count_drawn", "inclusion_probability")
        .unique()
        .sort("stratum")
    )


def say_stratum(stratum: str) -> str:
    """Return a stored stratum in words: a merged one names its members."""
    members = [
        words.say("stratum.level").join(_say_value(value) for value in member.split("|"))
        for member in stratum.split("+")
    ]
    if len(members) > NAMED_STRATA:
        return words.say("stratum.more", first=members[0], n=len(members))
    return words.say("stratum.and").join(members)


def say_method(round_: Mapping[str, Any], frame: pl.DataFrame) -> list[str]:
    """Return the sentences that say how a round was drawn, in reading order."""
    rules = json.loads(round_["rules"])
    taken = sum(round_[f"count_{part}"] for part in ("duty", "key", "random"))
    lines = [
        words.say("method.window", begins=round_["begins_on"], ends=round_["ends_on"]),
        words.say(
            "method.capacity", capacity=round_["capacity"], duty=round_["count_duty"],
            ranked=round_["count_key"], random=round_["count_random"],
        ),
    ]  # fmt: skip
    if taken < round_["capacity"]:
        lines.append(words.say("method.unfilled", n=round_["capacity"] - taken))
    lines.append(_say_cohort(round_, frame, rules))
    levels = {
        key: words.say("list").join(words.term(level) for level in rules[f"{key}_levels"])
        for key in ("overdue", "recheck")
    }
    lines += [
        words.say("method.duty", **levels, most=words.percent(rules["duty_most"], 0)),
        words.say(
            "method.key", share=words.percent(rules["key_share"], 0),
            park_share=words.percent(rules["park_share"], 0),
        ),
        words.say(
            "method.random", floor=rules["floor"],
            strata=words.say("list").join(words.say(f"strata.{s}") for s in rules["strata"]),
        ),
        words.say(
            "method.seed", seed=round_["seed"], fingerprint=round_["input_fingerprint"],
            method=round_["method"],
        ),
        words.say("method.lot"),
        words.say("method.verify", round=round_["round_id"]),
        words.say("method.caveat"),
    ]  # fmt: skip
    lost = [words.say("method.decision_lost", name=name) for name in rules["decisions_lost"]]
    beside = [
        words.say(f"method.{name}", n=words.number(rules[name]))
        for name in ("hazards_beside", "excluded_owed", "hazards_unplaced")
        if rules[name]
    ]
    return [*lines, *beside, *lost]


def _say_cohort(round_: Mapping[str, Any], frame: pl.DataFrame, rules: Mapping[str, Any]) -> str:
    counts = dict(frame.group_by("exclusion").len().drop_nulls().sort("exclusion").iter_rows())
    parts = [
        words.say(f"exclusion.{code}", n=words.number(n), days=rules["cool_down_days"])
        for code, n in counts.items()
    ]
    why = words.say("method.cohort_why", parts=words.say("list").join(parts)) if parts else ""
    return words.say(
        "method.cohort", cohort=words.number(round_["count_cohort"]),
        eligible=words.number(round_["count_eligible"]),
        excluded=words.number(sum(counts.values())), why=why,
    )  # fmt: skip


def _say_reason(line: Mapping[str, Any], sizes: Mapping[str, tuple[int, int]]) -> str:
    if line["part"] in ("duty", "left"):
        return _say_duty(line)
    if line["part"] == "key":
        head = words.say("why.key", unit=words.say(f"unit.{line['unit']}"), rank=line["rank"])
        reasons = [
            words.reason(line[f"reason_{i}"], line[f"value_{i}"])
            for i in (1, 2, 3)
            if line[f"reason_{i}"]
        ]
        if not reasons:
            return head
        return words.say("why.because", head=head, reasons=words.say("join").join(reasons))
    size, drawn = sizes[line["stratum"]]
    said = words.say("why.random", stratum=say_stratum(line["stratum"]), size=size, drawn=drawn)
    return said + words.say("why.random_owed", duty=_say_duty(line)) if line["duty"] else said


def _say_duty(line: Mapping[str, Any]) -> str:
    parts = []
    if line["decision"] == "include":
        parts.append(words.say("why.included", reason=line["decision_reason"]))
    if line["duty"]:
        code = words.say("why.code", code=line["hazard_code"])
        if line["hazard_code"] is None:
            code = words.say("why.no_code", found=line["found_on"])
        said = words.say(
            f"why.{line['duty']}", level=words.term(line["level"]), code=code,
            days=words.number(line["duty_days"]),
        )  # fmt: skip
        more = line["count_due"] - 1
        parts.append(said + (words.say("why.more", n=more) if more else ""))
    return words.say("join").join(parts)


def _say_value(value: str) -> str:
    return words.say(f"unit.{value}") if value in ("park", "enterprise") else words.term(value)
