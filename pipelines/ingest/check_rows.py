"""Typed rows, rejected rows and issues of one sheet for one feed.

Belongs here: the order of the steps. Source: exports.md 9.2-9.4, 9.7.
Does not belong here: the steps (gather_cells, type_column, date_rules, row_keys, assemble_rows),
files (land.py).
"""

from __future__ import annotations

import polars as pl

from pipelines.contracts.contract import Feed
from pipelines.ingest.assemble_rows import TIME_ENDS, assemble, row_days
from pipelines.ingest.cells.coordinates import Box, place_in_box, to_wgs84
from pipelines.ingest.cells.dates import DateForms
from pipelines.ingest.cells.text import repeat
from pipelines.ingest.check_totals import report_totals
from pipelines.ingest.date_rules import bound_days, infer_years, report_order
from pipelines.ingest.draft import Draft
from pipelines.ingest.gather_cells import gather_columns
from pipelines.ingest.hide_names import free_text_columns, hide_names, names_of_rows
from pipelines.ingest.known_time import FileTime, KnownTime, find_known_time
from pipelines.ingest.landing_settings import LandingContext
from pipelines.ingest.measured_cells import split_measures
from pipelines.ingest.melt_sheet import melt_sheet
from pipelines.ingest.normalise import normalise_names
from pipelines.ingest.personal import MAYBE_PERSONS, Tokens, mask_lessors
from pipelines.ingest.row_keys import add_normalised, row_keys
from pipelines.ingest.schema import NORMALISED
from pipelines.ingest.sheets import Landed, Sheet
from pipelines.ingest.type_column import Typing, type_column


def check_sheet(sheet: Sheet, feed: Feed, context: LandingContext) -> Landed:
    """Type every row of a sheet for one feed, or reject it.

    Returns
    -------
    Landed : ``rows`` in the lake schema, ``rejected`` and ``issues`` as docs/ports.md 2 has them;
        ``rows_read`` = rows + rejected. A rejected row is kept whole and has no issues.
    """
    physical, sheet = sheet, melt_sheet(sheet, feed)
    typing = _typing(sheet, context)
    gathered = split_measures(gather_columns(sheet, feed, context.hint), feed)
    draft = Draft(feed, gathered, sheet.cells.height)
    _type_columns(draft, typing)
    report_totals(draft, physical, context.hint, typing)
    known = find_known_time(
        draft.day("exported_at"), draft.value("exported_at_clock"), sheet.title,
        context.file_time, feed.time_column is not None,
    )  # fmt: skip
    _report_known(draft, known, context.file_time)
    infer_years(draft, known)
    is_time_outside = bound_days(draft, known)
    report_order(draft)
    _place(draft, sheet.match.contract.box or context.settings.box, context.settings.crs)
    _hide_persons(draft, typing.tokens)
    draft.names = names_of_rows(draft.gathered, feed)
    for name in free_text_columns(feed):
        if name in draft.values:
            draft.values[name] = hide_names(draft.values[name], draft.names)
    add_normalised(draft)
    _derive(draft)
    keys = row_keys(draft)
    _reject(draft, is_time_outside, keys)
    return assemble(draft, sheet, context, known, keys)


def event_days(sheet: Sheet, feed: Feed, context: LandingContext) -> pl.Series:
    """Return the day of each row's event, as far as its cell says it whole; empty for registers."""
    names = {feed.time_column, feed.time_else, TIME_ENDS.get(feed.time_column or "")} - {None}
    gathered = gather_columns(sheet, feed, context.hint, frozenset(names))
    draft = Draft(feed, gathered, sheet.cells.height)
    _type_columns(draft, _typing(sheet, context))
    return row_days(draft).drop_nulls()


def _typing(sheet: Sheet, context: LandingContext) -> Typing:
    contract = sheet.match.contract
    timezone = contract.timezone or context.settings.timezone
    dates = DateForms(timezone, contract.date_order, sheet.is_1904)
    return Typing(dates, context.settings.tokens())


def _type_columns(draft: Draft, typing: Typing) -> None:
    for name, gathered in draft.gathered.items():
        typed = type_column(draft.feed.columns[name], gathered, typing)
        draft.values |= typed.values
        if typed.grade is not None:
            draft.grades[name] = typed.grade
        if typed.month_day is not None:
            draft.month_days[name] = typed.month_day
        draft.report(name, typed.rule)
        draft.mark(name, gathered.has_two_values, "two_values")
        if typed.is_doubtful is not None:
            draft.mark(name, typed.is_doubtful, "doubtful_value")
        if typed.assumes_unit:
            draft.report_sheet("unit_assumed", name)


def _report_known(draft: Draft, known: KnownTime, file_time: FileTime) -> None:
    if (known.source == "unknown").any() and draft.feed.time_column is None:
        draft.report_sheet("known_at_unknown")
    if file_time.is_name_ignored:
        draft.report_sheet("file_date_ignored")


def _place(draft: Draft, box: Box, default_crs: str) -> None:
    """Judge coordinates together and bring them to WGS84."""
    if not {"longitude", "latitude"} <= draft.values.keys():
        return
    places = place_in_box(draft.values["longitude"], draft.values["latitude"], box)
    draft.mark("longitude", places.is_swapped, "coords_swapped")
    draft.mark("longitude", places.is_outside, "coords_outside")
    draft.values |= {"longitude": places.longitude, "latitude": places.latitude}
    crs = draft.value("crs")
    has_place = places.longitude.is_not_null() & places.latitude.is_not_null()
    if (has_place & crs.is_null()).any():
        draft.report_sheet("crs_assumed", "longitude", other=default_crs)
    crs = crs.fill_null(default_crs)
    longitude, latitude = to_wgs84(places.longitude, places.latitude, crs)
    draft.values |= {"longitude_wgs84": longitude, "latitude_wgs84": latitude}


def _hide_persons(draft: Draft, tokens: Tokens) -> None:
    """Mask lessors and parties who are persons; their normalised name is ``person:<hash>``."""
    kinds = draft.stated_kinds()
    for column in MAYBE_PERSONS:
        if column not in draft.values:
            continue
        names = draft.values[column]
        shown, hashes = mask_lessors(names, kinds.get(column, draft.nothing()), tokens)
        draft.values[column] = shown
        if column in NORMALISED:
            is_kept = (names == shown).fill_null(False)
            norm = normalise_names(names.set(~is_kept, None))
            draft.values[f"{column}_norm"] = norm.zip_with(hashes.is_null(), "person:" + hashes)


def _derive(draft: Draft) -> None:
    """Fill columns a contract computes from another one. Source: exports.md 10 (from, cut)."""
    for column in draft.feed.columns.values():
        if column.derive_from is None or column.derive_from not in draft.values:
            continue
        source = pl.lit(draft.values[column.derive_from])
        word = pl.when(source.is_not_null()).then(pl.lit(column.cut_above, pl.String))
        for threshold, below in reversed(column.cut):
            word = pl.when(source < threshold).then(pl.lit(below)).otherwise(word)
        draft.values[column.name] = pl.select(word).to_series()


def _reject(draft: Draft, is_time_outside: pl.Series, keys: pl.Series) -> None:
    """Reject the rows whose who, what or when is missing. Source: exports.md 9.3."""
    for rule in draft.feed.reject:
        code = str(rule["code"])
        if "time" in rule:
            column = str(rule["time"])
            is_hit = draft.day(column).is_null() if code == "bad_time" else is_time_outside
            draft.reject(is_hit, code, column)
            continue
        if "unreadable" in rule:
            column = str(rule["unreadable"])
            draft.reject(draft.has_defect(column, code), code, column)
            continue
        missing = tuple(rule["missing"])  # type: ignore[arg-type]
        is_empty = repeat(True, draft.height, pl.Boolean())
        for column in missing:
            if column in draft.values:
                is_empty &= draft.values[column].is_null()
        shown = [column for column in missing if column in draft.gathered] or list(missing)
        draft.reject(is_empty, code, shown[0])
    draft.reject(keys.is_null(), "no_key", None)
