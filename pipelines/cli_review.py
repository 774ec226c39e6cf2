"""``parkrisk review`` and ``parkrisk corrections``: people in the loop, from the command line.

Belongs here: the commands' arguments and what they print. Does not belong here: any work.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.quiet import silence_cache
from pipelines.settings import Settings, load_settings

if TYPE_CHECKING:
    from app.review_queue import Queue

ANSWERS = ("confirm", "refuse", "defer")


class ReviewError(ValueError):
    """A review command that cannot be done; the sentence says what, got, expected and next."""


def add_review(verb: Callable[..., argparse.ArgumentParser]) -> None:
    """Add both commands to the parser."""
    silence_cache()
    review = verb("review", _list, "what waits for a person; decide, undo, workbook out and in")
    actions = review.add_subparsers(dest="action", metavar="ACTION")
    listing = actions.add_parser("list", help="show what waits (the default)")
    listing.add_argument("--all", action="store_true", help="decided items too")
    listing.set_defaults(run=_list)
    decide = actions.add_parser("decide", help="record a decision on one item")
    decide.add_argument("item", metavar="ITEM", help="key of the item, from the list")
    decide.add_argument("answer", choices=ANSWERS)
    decide.add_argument("--code", default="", help="stored value an unknown word stands for")
    undo = actions.add_parser("undo", help="take the decision on one item back")
    undo.add_argument("item", metavar="ITEM", help="key of the item")
    out = actions.add_parser("export", help="write the review workbook")
    out.add_argument("file", type=Path, metavar="FILE")
    back = actions.add_parser("import", help="take a filled review workbook in")
    back.add_argument("file", type=Path, metavar="FILE")
    for parser in (decide, undo, back):
        parser.add_argument("--by", required=True, metavar="NAME", help="who decides")
    for parser in (decide, undo):
        parser.add_argument("--reason", default="", metavar="TEXT")
    for parser, run in ((decide, _decide), (undo, _undo), (out, _export), (back, _import)):
        parser.set_defaults(run=run)
    corrections = verb(
        "corrections", _corrections, "write each town's workbook of rows to correct (纠错清单)"
    )
    corrections.add_argument("--town", metavar="TOWN", help="one town only")
    corrections.add_argument(
        "--out", type=Path, metavar="DIR", help="folder (default: originals/_corrections)"
    )


def _open(given: argparse.Namespace) -> tuple[Settings, Any, Queue]:
    from app import words
    from app.published import find_snapshot
    from app.review_queue import has_queue, read_queue

    settings = load_settings(given.workspace)
    words.choose_language(settings.language)
    snapshot = find_snapshot(settings.workspace)
    if snapshot is None or not has_queue(snapshot):
        raise ReviewError("nothing published holds a review queue yet. Next: parkrisk refresh")
    return settings, snapshot, read_queue(snapshot)


def _list(given: argparse.Namespace) -> int:
    from app import review_queue, words

    _, _, queue = _open(given)
    shown = ("waiting", "deferred")
    count = 0
    for item in queue.subjects.iter_rows(named=True):
        if getattr(given, "all", False) or item["state"] in shown:
            count += 1
            names = f"{_party(item, 'left')}  ↔  {_party(item, 'right')}"
            head = f"{words.term(item['item_kind'])} [{words.term(item['state'])}]"
            print(f"{item['item_key']}  {head}  {names}")
            print(f"    {review_queue.say_grounds(item)}")
            print(f"    {review_queue.say_effect(item)}")
    for item in queue.codes.iter_rows(named=True):
        if getattr(given, "all", False) or item["state"] in shown:
            count += 1
            where = f"{words.term(item['export'])}·{words.field(item['column_name'])}"
            told = f" → {item['code']}" if item["code"] else ""
            head = f"{words.term('unknown_code')} [{words.term(item['state'])}]"
            print(f"{item['item_key']}  {head}  {where} {item['word']}{told}")
            choices = queue.choices.get((item["export"], item["column_name"]), [])
            print(f"    {item['count_rows']} rows; codes: {'、'.join(choices)}")
    print(f"{count} items; {queue.count_waiting} decisions take effect with the next refresh")
    return 0


def _party(item: dict[str, Any], side: str) -> str:
    rank = item[f"{side}_rank"]
    place = item[f"{side}_town"] or "—"
    return f"{item[f'{side}_name']}({place}{f', rank {rank}' if rank else ''})"


def _decide(given: argparse.Namespace) -> int:
    settings, _, queue = _open(given)
    item = _item(queue, given.item)
    if item["item_kind"] == "unknown_code" and given.answer == "confirm":
        choices = queue.choices.get((item["export"], item["column_name"]), [])
        if given.code not in choices:
            got = given.code or "nothing"
            raise ReviewError(f"--code: got {got}, expected one of {'、'.join(choices)}")
    _keep(settings, [(item, given.answer, given.code, given.reason, "")], given.by)
    print(f"{given.item}: {given.answer}. It takes effect with the next refresh.")
    return 0


def _undo(given: argparse.Namespace) -> int:
    from app.decisions import in_force
    from app.review_queue import ABOUT

    settings, _, queue = _open(given)
    made = in_force(queue.decided).get(given.item)
    if made is None:
        raise ReviewError(
            f"item {given.item}: got no decision in force, expected one. "
            "Next: parkrisk review list --all"
        )
    item = {name: getattr(made, name) for name in ABOUT}
    _keep(settings, [(item, "undo", "", given.reason, made.decision_id)], given.by)
    print(f"{given.item}: {made.action} of {made.made_on} is taken back with the next refresh.")
    return 0


def _export(given: argparse.Namespace) -> int:
    from app.review_workbook import write_review

    _, snapshot, queue = _open(given)
    given.file.parent.mkdir(parents=True, exist_ok=True)
    given.file.write_bytes(write_review(queue, snapshot))
    print(f"wrote {given.file}. Next: fill it in, then parkrisk review import {given.file}")
    return 0


def _import(given: argparse.Namespace) -> int:
    from app.decisions import in_force
    from pipelines.ingest.open_bytes import Refused
    from pipelines.review.import_book import read_book

    settings, _, queue = _open(given)
    try:
        answers, faults = read_book(given.file.read_bytes(), queue)
    except (OSError, Refused) as error:
        raise ReviewError(f"{given.file.name}: {error}") from error
    standing = in_force(queue.decided)
    fresh = [
        (answer.item, answer.action, answer.code, answer.reason, "")
        for answer in answers
        if (made := standing.get(answer.item["item_key"])) is None
        or (made.action, made.code) != (answer.action, answer.code)
    ]
    _keep(settings, fresh, given.by)
    same = len(answers) - len(fresh)
    print(f"{len(fresh)} decisions recorded, {same} as before, {len(faults)} rows not used")
    for fault in faults:
        print(f"  {fault.sentence()}")
    return 1 if faults else 0


def _corrections(given: argparse.Namespace) -> int:
    from pipelines.forget import CORRECTIONS
    from pipelines.review.corrections import write_corrections

    settings, snapshot, _ = _open(given)
    folder = given.out or settings.originals / CORRECTIONS
    written = write_corrections(settings, snapshot, folder, datetime.now(UTC), given.town)
    if not written:
        print("no row needs a correction" + (f" from {given.town}" if given.town else ""))
        return 0
    for book in written:
        print(f"{book.path.name}: {book.count_rows} rows, {book.count_lines} defects")
    print(
        f"{len(written)} workbooks in {folder}. They hold personal data of the body that filed "
        "the rows: hand each to that body alone. Corrected, they go into exports/."
    )
    return 0


def _item(queue: Queue, key: str) -> dict[str, Any]:
    for frame in (queue.subjects, queue.codes):
        for item in frame.iter_rows(named=True):
            if item["item_key"] == key:
                return item
    raise ReviewError(
        f"item: got {key}, expected a key of the queue. Next: parkrisk review list --all"
    )


def _keep(settings: Settings, answers: list[tuple[Any, str, str, str, str]], by: str) -> None:
    from app.decisions import add_decisions, inbox_path, make_decision
    from app.review_queue import about

    now = datetime.now(UTC)
    made = [
        make_decision(
            about(item), action, by, reason, now, settings.timezone, code=code, revokes=revokes
        )
        for item, action, code, reason, revokes in answers
    ]
    add_decisions(inbox_path(settings.workspace), made)
