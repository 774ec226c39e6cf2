"""Turn the ``melt:`` of a feed into a Melt: how a wide file is read.

Belongs here: the keys of a melt and their checks. Source: exports.md 10.
Does not belong here: opening rows (ingest/melt_sheet.py), the other keys of a feed (parse_feed.py).
"""

from __future__ import annotations

from collections.abc import Mapping

from pipelines.contracts.contract import Column, Melt, MeltedColumn
from pipelines.contracts.load_yaml import Spot


def parse_melt(spot: Spot, columns: Mapping[str, Column]) -> Melt:
    """Return the melt a feed states.

    Raises
    ------
    ContractError
        No measured column, an unknown canonical column, a unit the unit column does not know.
    """
    spot.allow(("metric", "value", "unit", "columns"))
    names = tuple(columns)
    metric = spot.one_of("metric", names, None)
    value = spot.one_of("value", names, None)
    if metric is None or value is None:
        raise spot.fail(None, "no metric or value", "metric: and value: canonical columns")
    unit = spot.one_of("unit", names, columns[value].unit_column)
    measured = spot.down("columns")
    if not measured.mapping:
        raise spot.fail("columns", "no column", "columns: {header: {metric: name}}")
    words = columns[unit].words if unit is not None else {}
    columns_by_header = {
        header: _parse_column(measured.down(header), header, words) for header in measured.mapping
    }
    return Melt(metric, value, unit, columns_by_header)


def _parse_column(spot: Spot, header: str, words: Mapping[str, str]) -> MeltedColumn:
    spot.allow(("metric", "unit", "missing"))
    unit = spot.text("unit")
    if unit is not None and unit not in words.values():
        known = ", ".join(dict.fromkeys(words.values())) or "a feed with a unit column"
        raise spot.fail("unit", f"unit '{unit}'", known)
    missing = tuple(float(number) for number in spot.numbers("missing"))
    return MeltedColumn(spot.text("metric", header) or header, unit, missing)
