"""The rows of one sheet and feed while they are being typed.

Belongs here: values, flags and defects gathered column by column.
Does not belong here: any rule (check_rows.py and its parts).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from pipelines.contracts.contract import Feed
from pipelines.ingest.cells.text import repeat
from pipelines.ingest.gather_cells import Gathered
from pipelines.ingest.personal import MAYBE_PERSONS

#: Rows of the frame ``report`` collects; ``_at`` null = the whole sheet.
DEFECT = {
    "_at": pl.Int64(), "column_name": pl.String(), "rule": pl.String(), "raw_value": pl.String(),
    "message": pl.String(),
}  # fmt: skip

#: What a defect means, for the person who reads the list. {} is the column's header.
MESSAGES = {
    "bad_value": "{}: not a value this column can hold; the cell is empty now",
    "bad_date": "{}: not a date; the cell is empty now",
    "out_of_range": "{}: outside the allowed range; the cell is empty now",
    "unknown_code": "{}: a word the list does not know; the cell is empty now",
    "not_bool": "{}: neither yes nor no; the cell is empty now",
    "uscc_invalid": "{}: length or check digit is wrong; the cell is empty now",
    "uscc_damaged": "{}: kept as a number, so its end is lost; the cell is empty now",
    "order": "{}: before {other}; both are kept",
    "doubtful_value": "{}: unusually large; kept, to be checked",
    "two_values": "{}: two columns of the row say different things; the first is used",
    "coords_swapped": "{}: longitude and latitude were exchanged; put right",
    "coords_outside": "{}: outside the district's box; the cell is empty now",
    "unit_assumed": "{}: no unit in cell, header or title; taken as 元",
    "crs_assumed": "{}: no coordinate system given; taken as {other}",
    "known_at_unknown": "no date in cells, title or file name says when this list was true",
    "file_date_ignored": "the date in the file name is over a year after the newest row; not used",
}


@dataclass
class Draft:
    """Mutable while ``check_sheet`` runs, never handed on.

    ``gathered``: canonical column -> text; ``values``: lake column -> values; ``grades``: canonical
    column -> flag text or null; ``month_days``: date column -> days without a year;
    ``names``: persons of each row (hide_names.py); ``reason``: reject code per row, null = typed;
    ``fault``: column a rejection is about.
    """

    feed: Feed
    gathered: dict[str, Gathered]
    height: int
    values: dict[str, pl.Series] = field(default_factory=dict)
    grades: dict[str, pl.Series] = field(default_factory=dict)
    month_days: dict[str, pl.Series] = field(default_factory=dict)
    defects: list[pl.DataFrame] = field(default_factory=list)
    names: pl.DataFrame = field(default_factory=pl.DataFrame)
    reason: pl.Series = field(init=False)
    fault: pl.Series = field(init=False)

    def __post_init__(self) -> None:
        """Start with no row rejected."""
        self.reason = self.nothing()
        self.fault = self.nothing()

    def nothing(self) -> pl.Series:
        """Return a text column of nulls."""
        return repeat(None, self.height, pl.String())

    def value(self, name: str) -> pl.Series:
        """Return a lake column, nulls when nothing fills it."""
        return self.values.get(name, self.nothing())

    def day(self, name: str) -> pl.Series:
        """Return a date column, nulls when nothing fills it."""
        return self.values.get(name, repeat(None, self.height, pl.Date()))

    def grade(self, name: str) -> pl.Series:
        """Return the flags of a column."""
        return self.grades.get(name, self.nothing())

    def stated_kinds(self) -> dict[str, pl.Series]:
        """Return what the cells themselves say a name is, by column that may name a person.

        A default (单位) is nobody's word: such a name is judged by its look.
        """
        stated = {}
        for column, kind in MAYBE_PERSONS.items():
            if kind in self.gathered and kind in self.values:
                is_said = self.gathered[kind].texts.is_not_null()
                stated[column] = self.values[kind].set(~is_said, None)
        return stated

    def report(self, column: str, rules: pl.Series, **words: str) -> None:
        """Note a defect for each row whose rule is not null."""
        if rules.null_count() == len(rules):
            return
        raw = self.gathered[column].raw if column in self.gathered else self.nothing()
        headers = self.feed.columns[column].headers
        header = headers[0] if headers else column
        messages = {
            rule: MESSAGES[rule].format(header, **words) for rule in rules.drop_nulls().unique()
        }
        frame = pl.DataFrame({"rule": rules, "raw_value": raw}).with_row_index("_at")
        frame = frame.filter(pl.col("rule").is_not_null()).with_columns(
            pl.lit(column).alias("column_name"),
            pl.col("rule").replace_strict(messages, return_dtype=pl.String).alias("message"),
        )
        self.defects.append(frame.select(pl.col(n).cast(t) for n, t in DEFECT.items()))

    def report_sheet(
        self, rule: str, column: str | None = None, message: str = "", **words: str
    ) -> None:
        """Note a defect of the whole sheet."""
        header = column or ""
        if column is not None and self.feed.columns[column].headers:
            header = self.feed.columns[column].headers[0]
        row = {
            "_at": None, "column_name": column, "rule": rule, "raw_value": None,
            "message": message or MESSAGES[rule].format(header, **words),
        }  # fmt: skip
        self.defects.append(pl.DataFrame([row], schema=DEFECT))

    def has_defect(self, column: str, rule: str) -> pl.Series:
        """Return the mask of rows for which a defect of this rule was noted."""
        hits = [
            frame.filter((pl.col("column_name") == column) & (pl.col("rule") == rule))["_at"]
            for frame in self.defects
        ]
        found = pl.concat(hits).drop_nulls() if hits else pl.Series(dtype=pl.Int64)
        return pl.int_range(self.height, eager=True).is_in(found.implode())

    def mark(self, column: str, is_hit: pl.Series, rule: str, **words: str) -> None:
        """Note one rule for the rows of a mask."""
        self.report(column, self.nothing().set(is_hit.fill_null(False), rule), **words)

    def reject(self, is_hit: pl.Series, reason: str, column: str | None) -> None:
        """Reject rows that are not rejected yet; the first reason counts."""
        is_new = is_hit.fill_null(False) & self.reason.is_null()
        self.reason = self.reason.set(is_new, reason)
        self.fault = self.fault.set(is_new, column)
