"""Read JSON lines into a grid of text.

Belongs here: one object a line, the union of their keys as the header.
Does not belong here: decoding (open_bytes.py), other text (text_grid.py).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, NoReturn

import polars as pl

from pipelines.ingest.grid import Grid, make_grid
from pipelines.ingest.open_bytes import Refused

#: Place of a value: its key, and how often that key was met before in the same object.
Place = tuple[str, int]


class _Number(str):
    """A number exactly as it is written."""


class _Pairs(list[tuple[str, Any]]):
    """The members of an object in their order; a key may come twice."""


def read_json_grid(text: str) -> Grid:
    """Read one object a line; ``_row_number`` is the line, and row 0 the header made of the keys.

    Keys stand in the order in which they are first met. A number keeps the digits it is written
    with; true and false are TRUE and FALSE; a list or an object inside is kept as JSON text; a
    key that comes twice in one object fills two columns of that name.

    Raises
    ------
    Refused : ``unreadable`` for a line that is no whole JSON object; one file is one transaction.
    """
    objects = [_read_line(line, number) for number, line in enumerate(text.split("\n"), start=1)]
    while objects and objects[-1] is None:  # the end of the last line
        objects.pop()
    columns: dict[Place, list[str | None]] = {}
    numbers: dict[Place, list[int]] = {}
    for at, pairs in enumerate(objects):
        for place, value in _place(pairs or ()):
            cells = columns.setdefault(place, [None] * len(objects))
            cells[at] = _write(value)
            if isinstance(value, _Number):
                numbers.setdefault(place, []).append(at + 1)
    names = {place: f"c{index}" for index, place in enumerate(columns)}
    texts = [
        pl.Series(names[place], [place[0], *cells], dtype=pl.String)
        for place, cells in columns.items()
    ]
    numeric = [_mask(names[place], at, len(objects) + 1) for place, at in numbers.items()]
    return make_grid("", range(len(objects) + 1), texts, numeric)


def _read_line(line: str, number: int) -> _Pairs | None:
    if not line.strip("\ufeff \t\r"):
        return None
    try:
        value = _DECODER.decode(line.strip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise _broken(number, str(error)) from error
    if not isinstance(value, _Pairs):
        raise _broken(number, "not an object")
    return value


def _place(pairs: Iterable[tuple[str, Any]]) -> Iterable[tuple[Place, Any]]:
    met: dict[str, int] = {}
    for key, value in pairs:
        met[key] = met.get(key, -1) + 1
        yield (key, met[key]), value


def _write(value: Any) -> str | None:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, list):
        return json.dumps(_plain(value), ensure_ascii=False)
    return None if value is None else str(value)


def _plain(value: Any) -> Any:
    """Return a value with its objects as mappings again, for writing."""
    if isinstance(value, _Pairs):
        return {key: _plain(inner) for key, inner in value}
    return [_plain(inner) for inner in value] if isinstance(value, list) else value


def _mask(name: str, places: list[int], height: int) -> pl.Series:
    is_number = [False] * height
    for at in places:
        is_number[at] = True
    return pl.Series(name, is_number)


def _broken(number: int, why: str) -> Refused:
    return Refused(
        "unreadable",
        f"Line {number} is no whole JSON object ({why}). Expected one object a line; nothing of "
        "the file was loaded. Export it again.",
    )


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON value")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_Pairs, parse_int=_Number, parse_float=_Number,
    parse_constant=lambda name: None if name == "NaN" else _refuse_constant(name),
)  # fmt: skip
