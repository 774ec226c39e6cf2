"""The columns of a blank workbook, in their order, from a contract.

Belongs here: headers as they are written, common block last, what opens into several columns.
Does not belong here: sheets and formats (write_template.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from pipelines.contracts.column_words import BASE_UNITS, by_header
from pipelines.contracts.contract import Column, Contract, Feed


@dataclass(frozen=True)
class TemplateColumn:
    """One column of the blank sheet: its header as written and as named, what it stands for, and
    the columns beside it. ``others``: headers that would be understood too."""

    header: str
    name: str
    column: Column
    mark: str
    columns: Mapping[str, Column] = field(repr=False)
    others: tuple[str, ...] = ()


def template_columns(contract: Contract) -> tuple[TemplateColumn, ...]:
    """Return the columns of the blank sheet: canonical order, common block last.

    A header that serves several exports stands once. Amounts and areas name their unit in the
    header, unless the contract compares whole headers only.
    """
    has_units = contract.headers_match == "fold"
    found: dict[str, TemplateColumn] = {}
    for is_common in (False, True):
        for feed in contract.feeds.values():
            for item in _columns_of(feed, is_common, has_units, contract.language == "zh"):
                found.setdefault(item.name, item)
    return tuple(found.values())


def _columns_of(
    feed: Feed, is_common: bool, has_units: bool, is_chinese: bool
) -> Iterator[TemplateColumn]:
    opened = (feed.melt.metric, feed.melt.value) if feed.melt else ()
    for column in feed.columns.values():
        if column.is_common != is_common or column.name in opened:
            continue
        if column.is_common and not (is_chinese or by_header(column).isascii()):
            continue  # the common block's own headers are Chinese
        mark = {"": "", "yes": "*"}.get(column.required, "☆")
        # A joined value stands in several columns: a day and a time.
        names = column.headers if column.is_joined else column.headers[:1]
        own = replace(column, type="text") if column.is_joined else column
        for name in names:
            unit = BASE_UNITS.get(column.type) if has_units else None
            header = f"{name}({unit})" if unit else name
            others = () if column.is_joined else column.headers[1:]
            yield TemplateColumn(f"{mark}{header}", name, own, mark, feed.columns, others)
    if feed.melt is not None and not is_common:
        value = feed.columns[feed.melt.value]
        for name, melted in feed.melt.columns.items():
            own = replace(value, unit=melted.unit or "", required="")
            yield TemplateColumn(name, name, own, "", feed.columns)
