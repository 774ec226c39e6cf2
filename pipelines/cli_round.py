"""``parkrisk round``: draw a round, publish it, verify one.

Belongs here: the command's arguments and what it prints. Does not belong here: any work.
"""

from __future__ import annotations

import argparse
import json
import secrets
from collections.abc import Callable
from datetime import date

from pipelines.settings import Settings, load_settings

DRAW, VERIFY = "draw", "verify"
#: Seeds are numbers a person can read out: nine digits.
SEED_BELOW = 10**9
DEMO_SEED = 20251101


def add_round(verb: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = verb("round", _round, "draw a round of visits from the published ranking; verify one")
    parser.add_argument("action", nargs="?", choices=(DRAW, VERIFY), default=DRAW)
    parser.add_argument("round_id", nargs="?", metavar="ROUND_ID", help="round to verify")
    parser.add_argument("--capacity", type=int, metavar="N", help="visits of the round")
    parser.add_argument("--seed", type=int, metavar="N", help="seed of the random draw")
    parser.add_argument(
        "--on", type=date.fromisoformat, metavar="DATE",
        help="first day of the round (default: the day after the data's as-of day)",
    )  # fmt: skip
    parser.add_argument("--key-share", type=float, metavar="SHARE", help="of what duties leave")
    parser.add_argument("--random-share", type=float, metavar="SHARE", help="1 - key share")
    parser.add_argument(
        "--no-publish", action="store_true", help="leave publishing to the next refresh"
    )


def draw_first_round(settings: Settings) -> None:
    """Draw and publish the demo's round, once: its page and its workbook should not be empty."""
    from pipelines.rounds.draw import draw_round
    from pipelines.rounds.record import list_rounds
    from pipelines.rules.round_rules import load_round_policy

    if not list_rounds(settings):
        drawn = draw_round(settings, load_round_policy(settings), DEMO_SEED)
        print(f"round {drawn.round_id}: {drawn.workbook}")
        _publish(settings)


def _round(given: argparse.Namespace) -> int:
    settings = load_settings(given.workspace)
    return _verify(settings, given) if given.action == VERIFY else _draw(settings, given)


def _draw(settings: Settings, given: argparse.Namespace) -> int:
    from pipelines.rounds.draw import draw_round
    from pipelines.rules.round_rules import load_round_policy, with_overrides

    policy = with_overrides(
        load_round_policy(settings), given.capacity, given.key_share, given.random_share
    )
    seed = next(
        s for s in (given.seed, policy.seed, secrets.randbelow(SEED_BELOW)) if s is not None
    )
    drawn = draw_round(settings, policy, seed, given.on)
    head = drawn.frames.rounds.row(0, named=True)
    print(f"round {drawn.round_id}: {head['begins_on']} to {head['ends_on']}, seed {seed}")
    if not drawn.is_new:
        print("the same inputs were drawn before: nothing was written")
    taken = [head[f"count_{part}"] for part in ("duty", "key", "random")]
    print(
        f"{head['count_cohort']} ranked, {head['count_eligible']} eligible; "
        f"capacity {head['capacity']}: duty {taken[0]}, key {taken[1]}, random {taken[2]}"
    )
    if unused := head["capacity"] - sum(taken):
        print(f"{unused} visits stay unused: everybody eligible is in the round")
    if head["count_left"]:
        print(
            f"{head['count_left']} duties do not fit; they are listed in the workbook, gravest "
            "first. Next: more capacity, or a larger duty_most in rules/round.yml"
        )
    _print_lost(head["rules"])
    print(f"workbook  {drawn.workbook}")
    if given.no_publish:
        print("not published yet. Next: parkrisk refresh")
    else:
        _publish(settings)
    print(f"verify    parkrisk --workspace … round verify {drawn.round_id}")
    return 0


def _print_lost(rules: str) -> None:
    said = json.loads(rules)
    for name in said["decisions_lost"]:
        print(f"rules/round.yml: the decision on {name!r} fits no ranked subject; no effect")
    if unplaced := said["hazards_unplaced"]:
        print(f"{unplaced} open hazards belong to no ranked subject and cannot be placed")


def _publish(settings: Settings) -> None:
    from pipelines.run import run_job

    outcome = run_job(settings, "rounds")
    if outcome.is_new:
        print(f"published in {outcome.seconds:.0f} s: the explorer lists the round")
    else:
        print("not published yet. Next: parkrisk refresh")


def _verify(settings: Settings, given: argparse.Namespace) -> int:
    from pipelines.rounds.cohort import RoundError
    from pipelines.rounds.draw import is_filled_in, verify_round
    from pipelines.rounds.record import list_rounds, workbook_name

    if not given.round_id:
        known = ", ".join(list_rounds(settings)) or "none yet"
        raise RoundError(f"round verify: no round was named. Expected one of: {known}.")
    checks = verify_round(settings, given.round_id)
    for check in checks:
        mark = {True: "same", False: "DIFFERENT", None: "unknown"}[check.is_same]
        print(f"{mark:<9} {check.name:<12} {check.sentence}")
    filled = is_filled_in(settings, given.round_id)
    name = workbook_name(given.round_id)
    if filled:
        print(f"note: {name} was changed after the draw (filled in?); the record is unchanged")
    elif filled is None:
        print(f"note: {name} is missing from its folder; the record is unchanged")
    if all(check.is_same is not False for check in checks):
        print(f"round {given.round_id} is what its recorded inputs and seed give")
        return 0
    print(f"round {given.round_id} is NOT what its recorded inputs and seed give")
    return 1
