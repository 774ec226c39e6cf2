"""``parkrisk erase`` and ``parkrisk retain``: forget a person, forget visitors past their days.

Belongs here: the commands' arguments and what they print. Does not belong here: any work.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from getpass import getpass

from pipelines.settings import load_settings

KINDS = {"name": "a name", "phone": "a phone", "id": "an identity number"}


def add_forget(verb: Callable[..., argparse.ArgumentParser]) -> None:
    """Add both commands to the parser."""
    erase = verb("erase", _erase, "forget a person: empty their cells, delete the original files")
    for kind, text in KINDS.items():
        erase.add_argument(f"--{kind}", action="append", default=[], help=f"{text}; - asks for it")
    erase.add_argument("--reason", default="", help="why, kept in the record")
    retain = verb("retain", _retain, "forget persons past the days the workspace keeps them")
    retain.add_argument("--on", type=date.fromisoformat, help="the day it is (today)")
    for sub in (erase, retain):
        sub.add_argument("--yes", action="store_true", help="do it; without it only say what would")


def _erase(given: argparse.Namespace) -> int:
    from pipelines.forget import erase_person

    asked = [
        getpass(f"{kind}: ") if text == "-" else text
        for kind in KINDS for text in getattr(given, kind)
    ]  # fmt: skip
    settings = load_settings(given.workspace)
    print(erase_person(settings, asked, date.today(), given.reason, is_real=given.yes))
    return 0


def _retain(given: argparse.Namespace) -> int:
    from pipelines.forget import retain

    settings = load_settings(given.workspace)
    print(retain(settings, given.on or date.today(), is_real=given.yes))
    return 0
