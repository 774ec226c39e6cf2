"""A workspace's choices for its reports, from ``rules/report.yml``.

Belongs here: reading and checking that file. Does not belong here: using the choices.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from pathlib import Path

import yaml

from app.report.period import ReportError
from app.report.phrases import ROUNDINGS, Style

FILE = "report.yml"


@dataclass(frozen=True)
class ReportOptions:
    """What a bureau chose. ``issuer`` empty = the district's name; counts are rows of tables."""

    issuer: str = ""
    rounding: str = "half_up"
    percent_places: int = 1
    top_parks: int = 20
    top_groups: int = 10
    period: str = ""
    region: str = "all"
    style: Style = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "style", Style(self.rounding, self.percent_places))


def read_options(rules: Path | None) -> ReportOptions:
    """Read ``report.yml`` of a rules folder; without the file, the defaults.

    Raises
    ------
    ReportError : a key or value nobody knows.
    """
    path = rules / FILE if rules else None
    if path is None or not path.is_file():
        return ReportOptions()
    raw = yaml.safe_load(path.read_text("utf-8")) or {}
    known = {f.name: f.type for f in fields(ReportOptions) if f.init}
    if not isinstance(raw, dict) or (unknown := sorted(set(map(str, raw)) - set(known))):
        got = unknown if isinstance(raw, dict) else raw
        raise ReportError(f"rules/{FILE}: got {got!r}, expected keys among {', '.join(known)}.")
    for key, kind in known.items():
        if key in raw and type(raw[key]).__name__ != kind:
            raise ReportError(f"rules/{FILE}: {key} got {raw[key]!r}, expected {kind}.")
    options = ReportOptions(**raw)
    if options.rounding not in ROUNDINGS:
        raise ReportError(
            f"rules/{FILE}: rounding got {options.rounding!r}, expected {' or '.join(ROUNDINGS)}."
        )
    if not 0 <= options.percent_places <= 2 or options.top_parks < 1 or options.top_groups < 1:
        raise ReportError(
            f"rules/{FILE}: expected percent_places of 0 to 2, top_parks and top_groups from 1."
        )
    return options
