"""Items of the review queue: who stays, what moves, what is never asked again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl

from pipelines.review.items import Resolved, gather_items, item_key
from pipelines.review.propose import PAIRS
from pipelines.review.record import DECISIONS_SCHEMA

LONG, SHORT, OTHER = "恒达机械有限公司|甲镇", "恒达机械有公司|甲镇", "恒达机械有限公|甲镇"


def identity(
    name: str, subject_id: str, linked_by: str = "itself", code: str | None = None,
    known: str = "2025-01-31", registered: bool = False,
) -> dict[str, object]:  # fmt: skip
    return {
        "subject": "enterprise", "identity": name, "subject_id": subject_id,
        "linked_by": linked_by, "name": name.split("|")[0], "town": name.split("|")[1],
        "code": code, "name_norm": name.split("|")[0], "known_from": date.fromisoformat(known),
        "is_registered": registered,
    }  # fmt: skip


def resolved(*identities: dict[str, object], decisions: list[dict[str, object]] | None = None):
    rows = [
        {"subject": "enterprise", "identity": told["identity"], "export": export, "count_rows": n}
        for told in identities
        for export, n in (("hazards", 3), ("inspections", 2))
    ]
    return Resolved(
        identities=pl.DataFrame(list(identities)),
        rows=pl.DataFrame(rows),
        conflicts=pl.DataFrame(schema={"right_identity": pl.String, "left_identity": pl.String}),
        decisions=pl.DataFrame(decisions or [], schema=DECISIONS_SCHEMA),
    )


def pair(left: str, right: str, left_id: str, right_id: str) -> pl.DataFrame:
    row = ("enterprise", "甲镇", left, right, left_id, right_id, 95.24, False)
    return pl.DataFrame([row], schema=PAIRS, orient="row")


def decided(kind: str, action: str, left: str, right: str) -> dict[str, object]:
    return {
        "decision_id": "d1", "item_key": item_key(kind, "enterprise", left, right),
        "item_kind": kind, "action": action, "subject": "enterprise", "left_identity": left,
        "right_identity": right, "made_on": date(2025, 7, 1), "made_at": "2025-07-01",
        "reason": "两家",
    }  # fmt: skip


def test_pair_when_proposed_then_the_subject_known_first_stays_and_the_other_moves() -> None:
    world = resolved(
        identity(LONG, "e1", known="2025-05-31", registered=True, code="C1"),
        identity(SHORT, "e2", known="2025-02-28"),
        identity(OTHER, "e1", linked_by="code", known="2025-06-30"),
    )
    item = gather_items(world, pair(SHORT, LONG, "e2", "e1")).row(0, named=True)
    assert (item["left_identity"], item["right_identity"]) == (SHORT, LONG)
    # both identities of the later subject move: 2 × (2 visits + 3 hazards)
    assert (item["moves"], item["count_rows_moving"]) == ('{"inspections": 4, "hazards": 6}', 10)
    assert (item["state"], item["why"]) == ("open", "not_registered")


def test_pair_when_both_are_registered_under_other_codes_then_is_not_asked() -> None:
    first = identity(LONG, "e1", code="C1", registered=True)
    second = identity(SHORT, "e2", code="C2", registered=True)
    pairs = pair(LONG, SHORT, "e1", "e2")
    assert gather_items(resolved(first, second), pairs).is_empty()
    met = gather_items(resolved(first, {**second, "is_registered": False}), pairs)
    assert met["why"].to_list() == ["not_registered,codes_differ"]


def test_pair_when_refused_under_one_spelling_then_keeps_its_answer_under_another() -> None:
    answer = decided("similar", "refuse", LONG, SHORT)
    world = resolved(
        identity(LONG, "e1", registered=True),
        identity(SHORT, "e2"),
        identity(OTHER, "e2", linked_by="code"),
        decisions=[answer],
    )
    found = gather_items(world, pair(OTHER, LONG, "e2", "e1"))
    assert found.select("item_key", "state", "reason").rows() == [
        (answer["item_key"], "refused", "两家")
    ]


def test_pair_when_parted_by_another_question_then_is_not_proposed() -> None:
    answer = decided("district_link", "refuse", LONG, SHORT)
    world = resolved(identity(LONG, "e1"), identity(SHORT, "e2"), decisions=[answer])
    found = gather_items(world, pair(LONG, SHORT, "e1", "e2"))
    assert found.select("item_kind", "state").rows() == [("district_link", "refused")]


def test_pair_when_undone_then_is_open_again() -> None:
    answer = {**decided("similar", "confirm", LONG, SHORT), "ended_on": date(2025, 7, 9)}
    world = resolved(identity(LONG, "e1"), identity(SHORT, "e2"), decisions=[answer])
    found = gather_items(world, pair(LONG, SHORT, "e1", "e2"))
    assert found.select("item_key", "state").rows() == [(answer["item_key"], "open")]


def test_link_when_by_a_unique_name_then_the_root_stays_and_only_the_identity_moves() -> None:
    far = "恒达机械有限公司|乙镇"
    world = resolved(
        identity(LONG, "e1", registered=True), identity(far, "e1", linked_by="name_in_district")
    )
    item = gather_items(world, pl.DataFrame(schema=PAIRS)).row(0, named=True)
    assert (item["left_identity"], item["right_identity"]) == (LONG, far)
    assert (item["moving_answer"], item["count_rows_moving"]) == ("refuse", 5)


def test_conflict_when_the_code_is_anothers_then_asks_unless_they_are_one_already() -> None:
    world = resolved(
        identity(LONG, "e1", code="C1", registered=True),
        identity("蓝天化工厂|甲镇", "e2", code="C1"),
    )
    claim = pl.DataFrame({"right_identity": ["蓝天化工厂|甲镇"], "left_identity": [LONG]})
    asked = gather_items(replace(world, conflicts=claim), pl.DataFrame(schema=PAIRS))
    assert asked.select("item_kind", "moving_answer", "count_rows_moving").rows() == [
        ("code_conflict", "confirm", 5)
    ]
    one = world.identities.with_columns(pl.lit("e1").alias("subject_id"))
    world = replace(world, conflicts=claim, identities=one)
    assert gather_items(world, pl.DataFrame(schema=PAIRS)).is_empty()
