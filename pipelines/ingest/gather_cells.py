"""Physical cells into canonical columns, still text.

Belongs here: words for nothing, two cells for one column, what the title says, constants.
Does not belong here: types (type_column.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import polars as pl

from pipelines.contracts.contract import Column, Feed
from pipelines.contracts.fold_headers import fold_header, fold_word
from pipelines.ingest.cells.text import INVISIBLE, NULL_TOKENS, blank_nulls, fold_text, repeat
from pipelines.ingest.names import without_title
from pipelines.ingest.sheets import Hint, MappedColumn, Sheet

#: 起至止 in one cell: a word between two dates, or a hyphen after a date that has none.
_TERM = (
    r"^\s*(?P<start>.+?)\s*(?:至|到|~|～|—+|–)\s*(?P<end>.+?)\s*$",
    r"^\s*(?P<start>\d{4}[./年]\d{1,2}[./月]\d{1,2}日?)\s*-+\s*(?P<end>.+?)\s*$",
)
#: A shorter word stands in nearly every title.
SHORTEST_WORD = 2


@dataclass(frozen=True)
class Gathered:
    """One canonical column of a sheet as text.

    ``texts``: null where the cell says nothing; ``raw``: as written; ``is_number``: numeric cells
    of a workbook; ``has_two_values``: another cell of the row maps to the column and differs;
    ``unit``: unit word of the header, "" = none; ``is_literal``: a constant, taken as it is.
    """

    texts: pl.Series
    raw: pl.Series
    is_number: pl.Series
    has_two_values: pl.Series
    unit: str = ""
    is_literal: bool = False


def gather_columns(
    sheet: Sheet, feed: Feed, hint: Hint, only: frozenset[str] | None = None
) -> dict[str, Gathered]:
    """Return column -> its text, for every column the sheet, its title or its contract fills.

    `only`: columns wanted, None = all.

    Where several physical columns map to one canonical column the first that is not null is used
    row by row. Source: exports.md 9.1 (duplicate header), 9.2 (null tokens), 10 (constants).
    """
    height = sheet.cells.height
    gathered: dict[str, Gathered] = {}
    columns = {n: c for n, c in feed.columns.items() if only is None or n in only}
    texts = _read_texts(sheet, columns)
    no = repeat(False, height, pl.Boolean())
    for name in columns:
        cells = [
            mapped for mapped in sheet.mapping
            if mapped.column == name and feed.export in mapped.feeds
        ]  # fmt: skip
        if cells:
            gathered[name] = _merge(
                [
                    Gathered(
                        texts[f"{name} {mapped.cell}"], sheet.cells[mapped.cell],
                        sheet.numeric[mapped.cell].fill_null(False)
                        if mapped.cell in sheet.numeric.columns else no,
                        no, mapped.unit,
                    )
                    for mapped in _in_order(cells, columns[name])
                ],
                is_joined=columns[name].is_joined,
            )  # fmt: skip
    for name, text in _said_in_title(sheet, feed, hint).items():
        if name in columns:
            gathered.setdefault(name, _constant(text, height))
    for name, text in feed.constants.items():
        if name in columns:
            gathered.setdefault(name, replace(_constant(text, height), is_literal=True))
    return _split_term(gathered, feed)


def _read_texts(sheet: Sheet, columns: Mapping[str, Column]) -> pl.DataFrame:
    """Return a column ``<canonical> <cell>`` of texts for each mapped cell, in one pass."""
    tokens = {*NULL_TOKENS, *sheet.match.contract.null_tokens}
    texts = []
    for mapped in sheet.mapping:
        column = columns.get(mapped.column or "")
        if column is None:
            continue
        words = {word.lower() for word in (*column.words, *column.words.values())}
        text = blank_nulls(mapped.cell, [token for token in tokens if token.lower() not in words])
        if column.keep == "digits":
            folded = text.str.normalize("NFKC").str.replace_all(INVISIBLE, "")
            text = pl.when(folded.str.contains(r"^\d+$")).then(text)
        texts.append(text.alias(f"{column.name} {mapped.cell}"))
    return sheet.cells.select(texts)


def _in_order(cells: list[MappedColumn], column: Column) -> list[MappedColumn]:
    """Return the cells of a joined column as its contract orders them, others left to right."""
    if not column.is_joined:
        return cells
    places = {fold_header(header): at for at, header in enumerate(column.headers)}
    return sorted(cells, key=lambda mapped: places.get(fold_header(mapped.header), len(places)))


def _merge(parts: list[Gathered], *, is_joined: bool) -> Gathered:
    merged = parts[0]
    if is_joined:  # 10/03/2004 and 18:00:00 are one instant; without its day a clock is nothing
        texts, raw = (
            pl.concat_str([getattr(part, what) for part in parts], separator=" ", ignore_nulls=True)
            for what in ("texts", "raw")
        )
        joined = pl.select(pl.when(pl.lit(merged.texts).is_not_null()).then(texts), raw)
        return replace(merged, texts=joined.to_series(0), raw=joined.to_series(1))
    for part in parts[1:]:
        takes_own = merged.texts.is_not_null() | part.texts.is_null()
        differs = (fold_text(merged.texts) != fold_text(part.texts)).fill_null(False)
        merged = Gathered(
            merged.texts.zip_with(takes_own, part.texts),
            merged.raw.zip_with(takes_own, part.raw),
            merged.is_number.zip_with(takes_own, part.is_number),
            merged.has_two_values | differs,
            merged.unit or part.unit,
        )
    return merged


def _constant(text: str, height: int) -> Gathered:
    texts = repeat(text, height, pl.String())
    no = repeat(False, height, pl.Boolean())
    return Gathered(texts, texts, no, no)


def _said_in_title(sheet: Sheet, feed: Feed, hint: Hint) -> dict[str, str]:
    """Return what sheet name, title rows or file names say of columns the sheet lacks.

    The first of the three that names a word of the column decides; the longest word counts. A
    truth is said by its own header: a file titled 简易隐患 says yes to 是否简易隐患.
    """
    said: dict[str, str] = {}
    places = [fold_word(sheet.name), fold_word(sheet.title.text)]
    places.append("\n".join(fold_word(title) for title in hint.titles))
    places = [without_title(place.lower(), feed.title) for place in places]
    for name in feed.absent_from_title:
        words = _title_words(feed.columns[name])
        for place in places:
            met = [word for word in words if word.lower() in place]
            if met:
                said[name] = words[max(met, key=lambda word: (len(word), word))]
                break
    return said


def _title_words(column: Column) -> Mapping[str, str]:
    """Return word in a title -> word of the column's list."""
    if column.type == "bool":
        return {fold_word(h).removeprefix("是否"): "是" for h in column.headers[:1]}
    words = {**{word: word for word in column.words.values()}, **column.words}
    return {fold_word(w): s for w, s in words.items() if len(w) >= SHORTEST_WORD and s != "其他"}


def _split_term(gathered: dict[str, Gathered], feed: Feed) -> dict[str, Gathered]:
    """Read 租期 (起至止) into start and end when the sheet has neither. Source: exports.md 3."""
    ends = ("start_on", "end_on")
    is_wanted = "term" in gathered and not any(end in gathered for end in ends)
    if not is_wanted or not all(end in feed.columns for end in ends):
        return gathered
    term = gathered["term"]
    parts = [term.texts.str.extract_groups(form).struct.unnest() for form in _TERM]
    halves = {
        end: parts[0][field].zip_with(parts[0][field].is_not_null(), parts[1][field])
        for end, field in zip(ends, ("start", "end"), strict=True)
    }
    return {
        **gathered,
        **{end: replace(term, texts=half, raw=half) for end, half in halves.items()},
    }
