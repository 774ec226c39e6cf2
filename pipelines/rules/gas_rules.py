"""The rules of gas alarms as tables: set points by date, limits by gas.

Belongs here: reading and checking the parsed content of gas_alarms.yml and gas_limits.yml.
Does not belong here: finding and writing rule files (compile_rules.py), applying them (dbt).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

#: Columns of gas_alarms.yml that hold a number, all needed and above 0.
KNOBS = (
    "combustible_1_lel_pct", "combustible_2_lel_pct", "toxic_1_oel_pct", "toxic_2_oel_pct",
    "oxygen_low_vol_pct", "oxygen_high_vol_pct", "oxygen_normal_vol_pct", "hysteresis_pct",
    "gap_intervals", "frozen_readings",
)  # fmt: skip
LIMITS = ("lel_vol_pct", "oel_mg_m3", "mg_m3_per_ppm")
#: Litres one mole of gas takes at 25 °C and 101.3 kPa.
MOLAR_VOLUME_L = 24.45
ALARM_SCHEMA: dict[str, Any] = {
    "valid_from": pl.Date, "valid_to": pl.Date, "basis": pl.String,
    **dict.fromkeys(KNOBS, pl.Float64),
}  # fmt: skip
LIMIT_SCHEMA: dict[str, Any] = {
    "name": pl.String, "gas": pl.String, **dict.fromkeys(LIMITS, pl.Float64), "source": pl.String,
}  # fmt: skip
_ALWAYS, _STILL = date(1900, 1, 1), date(9999, 12, 31)


def gas_alarm_table(raw: object) -> pl.DataFrame:
    """One row a dated rule, in order; ``valid_to`` is the next rule's first day.

    Parameters
    ----------
    raw : parsed gas_alarms.yml, a list of mappings with ``valid_from``, ``basis`` and all KNOBS.

    Returns
    -------
    pl.DataFrame of ALARM_SCHEMA; the first rule holds from 1900, the last one to 9999.

    Raises
    ------
    ValueError : no rule, an unknown or missing key, a number that is not above 0, a day twice.
    """
    entries = _mappings(raw)
    if not entries:
        raise ValueError("got no entry, expected at least one dated rule")
    rows = [_alarm_row(number, entry) for number, entry in enumerate(entries, start=1)]
    rows.sort(key=lambda row: row["valid_from"])
    days = [row["valid_from"] for row in rows]
    if len(set(days)) < len(days):
        raise ValueError("valid_from names a day twice, expected one rule a day")
    for row, begins, ends in zip(rows, [_ALWAYS, *days[1:]], [*days[1:], _STILL], strict=True):
        row |= {"valid_from": begins, "valid_to": ends}
    return pl.DataFrame(rows, schema=ALARM_SCHEMA, orient="row")


def gas_limit_table(default: object, own: object) -> pl.DataFrame:
    """One row a name of a gas: its own and its other names, folded, with its limits.

    A workspace's rows come on top: a row of the same ``gas`` replaces the built-in one.

    Returns
    -------
    pl.DataFrame of LIMIT_SCHEMA sorted by ``name``; limits are null where none is known.

    Raises
    ------
    ValueError : an unknown key, a limit that is not above 0, no source, a name of two gases.
    """
    merged: dict[str, Mapping[str, Any]] = {}
    for number, entry in enumerate([*_mappings(default), *_mappings(own)], start=1):
        _check_limit(number, entry)
        merged[str(entry["gas"])] = entry
    rows = [
        {"name": fold_gas_name(str(name)), **_limits(entry)}
        for entry in merged.values()
        for name in (entry["gas"], *entry.get("other_names", ()))
    ]
    table = pl.DataFrame(rows, schema=LIMIT_SCHEMA, orient="row").unique().sort("name", "gas")
    if (twice := table.filter(pl.col("name").is_duplicated())).height:
        raise ValueError(f"{twice['name'][0]} names two gases, expected one")
    return table


def fold_gas_name(name: str) -> str:
    """A gas name as the models compare it: NFKC, lower case, no white space."""
    return "".join(unicodedata.normalize("NFKC", name).lower().split())


def _mappings(raw: object) -> list[Mapping[str, Any]]:
    if raw is None:
        return []
    if not isinstance(raw, list) or not all(isinstance(entry, dict) for entry in raw):
        raise ValueError(f"got {type(raw).__name__}, expected a list of entries")
    return raw


def _alarm_row(number: int, entry: Mapping[str, Any]) -> dict[str, Any]:
    expected = {"valid_from", "basis", *KNOBS}
    if set(entry) != expected:
        wrong = sorted(set(entry) ^ expected)
        raise ValueError(f"entry {number}: unknown or missing {', '.join(wrong)}")
    for knob in KNOBS:
        _demand_positive(number, knob, entry[knob])
    if entry["gap_intervals"] < 1 or entry["hysteresis_pct"] > 100:
        raise ValueError(f"entry {number}: expected gap_intervals of 1 and hysteresis_pct to 100")
    if not isinstance(entry["valid_from"], date):
        raise ValueError(f"entry {number}: valid_from got {entry['valid_from']!r}, expected a day")
    low, normal, high = (
        float(entry[f"oxygen_{side}_vol_pct"]) for side in ("low", "normal", "high")
    )
    if not low < normal < high:
        raise ValueError(f"entry {number}: oxygen got {low}, {normal}, {high}, expected rising")
    return {**entry, **{knob: float(entry[knob]) for knob in KNOBS}}


def _check_limit(number: int, entry: Mapping[str, Any]) -> None:
    unknown = set(entry) - {"gas", "other_names", "source", "molar_mass", *LIMITS}
    if unknown or not entry.get("gas") or not entry.get("source"):
        got = ", ".join(sorted(unknown)) or "no gas or no source"
        raise ValueError(f"entry {number}: got {got}, expected gas, source, {', '.join(LIMITS)}")
    for limit in ("molar_mass", *LIMITS):
        if entry.get(limit) is not None:
            _demand_positive(number, limit, entry[limit])


def _limits(entry: Mapping[str, Any]) -> dict[str, Any]:
    mass, factor = entry.get("molar_mass"), entry.get("mg_m3_per_ppm")
    if factor is None and mass is not None:
        factor = mass / MOLAR_VOLUME_L
    told = {key: entry.get(key) for key in ("gas", "lel_vol_pct", "oel_mg_m3", "source")}
    return told | {"mg_m3_per_ppm": factor}


def _demand_positive(number: int, key: str, value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
        raise ValueError(f"entry {number}: {key} got {value!r}, expected a number above 0")
