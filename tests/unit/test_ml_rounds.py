"""Duties, eligibility and the composition of a round, worked by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models_ml.duties import count_beside, list_duties
from models_ml.rounds import RoundDraw, RoundRules, compose_round

AS_OF, BEGINS = date(2025, 10, 31), date(2025, 11, 1)
RULES = RoundRules(
    capacity=10, duty_most=0.5, key_share=0.5, random_least=0.1, park_share=0.5, floor=1,
    strata=("unit", "town"), cool_down_days=90, overdue_levels=("重大",),
    recheck_levels=("重大", "较大"), out_of_use=("退出", "关闭"),
)  # fmt: skip
FRAME = {
    "unit": pl.String, "subject_id": pl.String, "town": pl.String, "kind": pl.String,
    "status": pl.String, "closed_on": pl.Date, "rank": pl.Int64, "last_inspected_on": pl.Date,
    "last_counted_on": pl.Date,
}  # fmt: skip
HAZARD = {
    "unit": pl.String, "subject_id": pl.String, "hazard_id": pl.String, "hazard_code": pl.String,
    "level": pl.String, "found_on": pl.Date, "deadline_on": pl.Date, "rectified_on": pl.Date,
    "is_rectified": pl.Boolean, "is_overdue": pl.Boolean,
}  # fmt: skip
DECISIONS = {
    "unit": pl.String, "subject_id": pl.String, "decision": pl.String,
    "decision_reason": pl.String,
}  # fmt: skip


def subject(unit: str, number: int, **over: Any) -> dict[str, Any]:
    own = {
        "unit": unit, "subject_id": f"{unit[0]}{number:03}", "town": f"镇{number % 2}",
        "kind": None, "status": "在用" if unit == "park" else "生产", "closed_on": None,
        "rank": number, "last_inspected_on": None, "last_counted_on": None,
    }  # fmt: skip
    return own | over


def cohort(*rows: dict[str, Any], parks: int = 0, enterprises: int = 0) -> pl.DataFrame:
    made = [subject("park", n) for n in range(1, parks + 1)]
    made += [subject("enterprise", n) for n in range(1, enterprises + 1)]
    keep = {(r["unit"], r["subject_id"]): r for r in [*made, *rows]}
    return pl.DataFrame(list(keep.values()), schema=FRAME)


def late(subject_id: str, number: int, days: int, level: str = "重大") -> dict[str, Any]:
    """A hazard `days` past its deadline, not rectified."""
    return {
        "unit": "park" if subject_id[0] == "p" else "enterprise", "subject_id": subject_id,
        "hazard_id": f"h{number}", "hazard_code": f"YH{number}", "level": level,
        "found_on": date(2025, 1, 1), "deadline_on": AS_OF - timedelta(days=days),
        "rectified_on": None, "is_rectified": False, "is_overdue": True,
    }  # fmt: skip


def unchecked(subject_id: str, number: int, days: int, level: str = "重大") -> dict[str, Any]:
    """A hazard rectified `days` ago and not rechecked."""
    return late(subject_id, number, 0, level) | {
        "rectified_on": AS_OF - timedelta(days=days), "is_rectified": True, "is_overdue": False,
    }  # fmt: skip


def hazards(*rows: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=HAZARD)


def decide(*rows: tuple[str, str, str, str]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=DECISIONS, orient="row")


def compose(
    frame: pl.DataFrame,
    open_hazards: pl.DataFrame | None = None,
    rules: RoundRules = RULES,
    decisions: pl.DataFrame | None = None,
    seed: int = 1,
) -> RoundDraw:
    none = decide() if decisions is None else decisions
    owed = hazards() if open_hazards is None else open_hazards
    return compose_round(frame, owed, none, rules, (AS_OF, BEGINS), seed)


def part(draw: RoundDraw, name: str) -> list[str]:
    return draw.members.filter(part=name).sort("place")["subject_id"].to_list()


def test_duties_when_several_then_gravest_first_and_one_line_a_subject() -> None:
    owed = list_duties(
        hazards(
            unchecked("e001", 1, 400),  # 重大, to recheck: after the overdue ones of its level
            late("e002", 2, 30, "较大"), late("e002", 3, 5),  # its 重大 counts, 5 days
            late("p001", 4, 200),
            unchecked("e003", 5, 9, "一般"),  # no duty by the rules
            late("e004", 6, 900, "一般"),  # nor this
            unchecked("e005", 7, 10, "较大"),
            late("e006", 8, 3, "较大"),  # a recheck due: past the deadline without one
        ),
        RULES.overdue_levels, RULES.recheck_levels, AS_OF,
    )  # fmt: skip
    assert owed.select("subject_id", "duty", "hazard_code", "duty_days", "count_due").rows() == [
        ("p001", "overdue", "YH4", 200, 1),
        ("e002", "overdue", "YH3", 5, 2),
        ("e001", "recheck", "YH1", 400, 1),
        ("e006", "overdue", "YH8", 3, 1),
        ("e005", "recheck", "YH7", 10, 1),
    ]
    assert owed["duty_place"].to_list() == [1, 2, 3, 4, 5]


def test_beside_when_levels_oblige_no_visit_then_counted() -> None:
    found = hazards(
        late("e001", 1, 5, "一般"), unchecked("e002", 2, 5, "一般"),
        unchecked("e003", 3, 5, "较大"),
        late("e004", 4, 5) | {"level": None},
        late("e005", 5, 0, "一般") | {"is_overdue": False},  # open, not yet due
    )  # fmt: skip
    assert count_beside(found, ["重大"], ["重大", "较大"]) == 3
    assert count_beside(found, ["重大"], ["重大"]) == 4


def test_round_when_worked_by_hand_then_parts_and_probabilities() -> None:
    """10 visits: 2 duties, 8 left: 4 key (2 parks, 2 enterprises), 4 random of 24."""
    owed = hazards(late("e007", 1, 20), unchecked("p001", 2, 5))
    draw = compose(cohort(parks=10, enterprises=20), owed)
    assert part(draw, "duty") == ["e007", "p001"]
    # p001 is a duty, so the two best parks left are 2 and 3
    assert part(draw, "key") == ["p002", "p003", "e001", "e002"]
    assert len(part(draw, "random")) == 4
    sure = draw.members.filter(pl.col("part").is_in(["duty", "key"]))
    assert sure["inclusion_probability"].to_list() == [1.0] * 6
    # 24 left: parks 镇0 4,6,8,10 → 4; 镇1 5,7,9 → 3; enterprises 镇0 4..20 → 9; 镇1 3,5,9..19 → 8
    strata = draw.members.drop_nulls("stratum").unique("stratum").sort("stratum")
    assert strata.select("stratum", "count_stratum", "count_drawn").rows() == [
        ("enterprise|镇0", 9, 1), ("enterprise|镇1", 8, 1), ("park|镇0", 4, 1), ("park|镇1", 3, 1),
    ]  # fmt: skip
    assert strata["inclusion_probability"].to_list() == [1 / 9, 1 / 8, 1 / 4, 1 / 3]
    assert sorted(draw.members["place"].drop_nulls().to_list()) == list(range(1, 11))


def test_round_when_duties_exceed_their_room_then_gravest_go_and_the_rest_is_named() -> None:
    """Room is 5 of 10; seven are owed: the five longest overdue go, two are left or drawn."""
    owed = hazards(*(late(f"e{n:03}", n, 10 * n) for n in range(1, 8)))
    draw = compose(cohort(parks=10, enterprises=20), owed)
    assert part(draw, "duty") == ["e007", "e006", "e005", "e004", "e003"]
    # ranks 1 and 2 are the two that did not fit: the key share takes one, its rank is 1
    assert "e001" in part(draw, "key")
    left = draw.members.filter("is_left_duty")["subject_id"].to_list()
    assert left == [i for i in ["e002"] if i not in part(draw, "random")]
    beyond = draw.members.filter(subject_id="e002").row(0, named=True)
    assert 0 < beyond["inclusion_probability"] < 1


def test_round_when_duties_may_take_all_then_the_random_reserve_stays() -> None:
    owed = hazards(*(late(f"e{n:03}", n, n) for n in range(1, 21)))
    draw = compose(cohort(parks=10, enterprises=20), owed, replace(RULES, duty_most=1.0))
    assert (len(part(draw, "duty")), len(part(draw, "key")), len(part(draw, "random"))) == (9, 0, 1)
    assert (draw.members["inclusion_probability"] > 0).all()
    in_round = set(part(draw, "random"))
    # eleven owed did not fit; at most one of them came in by chance
    assert draw.members["is_left_duty"].sum() == 11 - len(
        in_round & {f"e{n:03}" for n in range(1, 12)}
    )


def test_round_when_everybody_fits_then_all_are_in_and_visits_stay_unused() -> None:
    owed = hazards(*(late(f"e{n:03}", n, n) for n in range(1, 5)))
    draw = compose(cohort(parks=2, enterprises=5), owed)
    assert draw.members["part"].null_count() == 0
    assert draw.members["inclusion_probability"].to_list() == [1.0] * 7
    assert len(part(draw, "duty")) == 4


def test_round_when_one_unit_is_short_then_the_other_takes_its_key_visits() -> None:
    draw = compose(cohort(parks=1, enterprises=30))
    # 10 visits, none owed: 5 key, 3 for parks (2.5 rounded up), but there is one park
    assert part(draw, "key") == ["p001", "e001", "e002", "e003", "e004"]


def test_round_when_ranks_tie_then_longest_unvisited_first() -> None:
    frame = cohort(
        subject("park", 1, rank=1, last_inspected_on=date(2025, 5, 1)),
        subject("park", 2, rank=1, last_inspected_on=date(2024, 5, 1)),
        subject("park", 3, rank=1),
        parks=3, enterprises=30,
    )  # fmt: skip
    rules = replace(RULES, capacity=4, park_share=1.0)
    # never visited and visited long ago; p001 was visited in May
    assert set(part(compose(frame, rules=rules), "key")) == {"p003", "p002"}


@pytest.mark.parametrize(
    ("over", "expected"),
    [
        ({}, None),
        ({"status": "关闭"}, "out_of_use"),
        ({"closed_on": date(2025, 11, 1)}, "out_of_use"),
        ({"closed_on": date(2025, 11, 2)}, None),  # still open on the first day
        # 90 days before 1 November is 3 August: a visit that day no longer counts
        ({"last_counted_on": date(2025, 8, 3)}, None),
        ({"last_counted_on": date(2025, 8, 4)}, "cooling"),
        ({"last_inspected_on": date(2025, 10, 31)}, None),  # of a kind that does not count
    ],
)
def test_eligible_when_on_an_edge_then_as_the_rule_says(over: dict, expected: str | None) -> None:
    frame = cohort(subject("enterprise", 1, **over), enterprises=40)
    row = compose(frame).members.filter(subject_id="e001").row(0, named=True)
    assert row["exclusion"] == expected
    assert (row["inclusion_probability"] > 0) == (expected is None)


def test_eligible_when_owed_a_visit_then_never_cools_down() -> None:
    frame = cohort(
        subject("enterprise", 1, last_counted_on=date(2025, 10, 30)),
        subject("enterprise", 2, last_counted_on=date(2025, 10, 30), status="关闭"),
        enterprises=40,
    )
    draw = compose(frame, hazards(late("e001", 1, 9), late("e002", 2, 9)))
    assert part(draw, "duty") == ["e001"]
    # closed: nobody to visit, and it is said
    gone = draw.members.filter(subject_id="e002").row(0, named=True)
    assert (gone["exclusion"], gone["count_due"], gone["part"]) == ("out_of_use", 1, None)


def test_decisions_when_made_then_include_comes_first_and_exclude_is_out() -> None:
    decisions = decide(
        ("enterprise", "e005", "include", "信访举报"),
        ("enterprise", "e001", "exclude", "联合检查中"),
    )
    draw = compose(cohort(enterprises=40), hazards(late("e007", 1, 99)), decisions=decisions)
    assert part(draw, "duty") == ["e005", "e007"]
    out = draw.members.filter(subject_id="e001").row(0, named=True)
    assert (out["exclusion"], out["inclusion_probability"]) == ("by_decision", 0.0)
    assert out["decision_reason"] == "联合检查中"


def test_decisions_when_more_than_fit_then_the_order_of_rows_does_not_matter() -> None:
    decisions = decide(*(("enterprise", f"e{n:03}", "include", "") for n in range(1, 9)))
    frame = cohort(parks=5, enterprises=20)
    ahead = compose(frame, decisions=decisions)
    assert part(ahead, "duty") == ["e001", "e002", "e003", "e004", "e005"]
    assert compose(frame[::-1], decisions=decisions[::-1]).members.equals(ahead.members)


@settings(max_examples=60, deadline=None)
@given(
    parks=st.integers(0, 12), enterprises=st.integers(1, 40), owed=st.integers(0, 30),
    capacity=st.integers(1, 60), duty_most=st.floats(0, 1), key_share=st.floats(0, 1),
    random_least=st.floats(0, 1), park_share=st.floats(0, 1), seed=st.integers(0, 999),
    order=st.randoms(use_true_random=False),
)  # fmt: skip
def test_round_when_anything_then_laws_hold(
    parks: int, enterprises: int, owed: int, capacity: int, duty_most: float, key_share: float,
    random_least: float, park_share: float, seed: int, order: Any,
) -> None:  # fmt: skip
    frame = cohort(parks=parks, enterprises=enterprises)
    open_hazards = hazards(*(late(f"e{n:03}", n, n) for n in range(1, min(owed, enterprises) + 1)))
    rules = replace(
        RULES, capacity=capacity, duty_most=duty_most, key_share=key_share,
        random_least=random_least, park_share=park_share,
    )  # fmt: skip
    draw = compose(frame, open_hazards, rules, seed=seed)
    members = draw.members
    in_round = members.filter(pl.col("part").is_not_null())
    # the capacity is used up, or everybody is in
    assert in_round.height == min(capacity, members.height)
    assert (members["inclusion_probability"] > 0).all()
    # probabilities are the expected number of visits
    assert members["inclusion_probability"].sum() == pytest.approx(in_round.height)
    # whoever is owed a visit is in the round or named as left
    is_owed = members.filter(pl.col("duty_place").is_not_null())
    assert (is_owed["part"].is_not_null() | is_owed["is_left_duty"]).all()
    # nobody less grave is a duty while a graver one is not
    taken = is_owed.filter(part="duty")["duty_place"].to_list()
    assert sorted(taken) == list(range(1, len(taken) + 1))
    rows = list(range(frame.height))
    order.shuffle(rows)
    assert compose(frame[rows], open_hazards[::-1], rules, seed=seed).members.equals(members)
