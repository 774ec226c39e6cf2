"""Mistakes in device registers, readings and alarm records.

Belongs here: cells nulled or flagged, rows rejected, written twice or corrected below.
Does not belong here: faults of the devices themselves (readings.py), the mechanics (plant.py).
"""

from __future__ import annotations

from datetime import timedelta

from pipelines.demo.defects_cells import Change, read_said, spoil_check, take_seen
from pipelines.demo.defects_rows import plant_twice, scatter
from pipelines.demo.layouts import Cell
from pipelines.demo.pages import Mistake
from pipelines.demo.plant import Planter, View


def _of_lel(text: str) -> Change:
    """Write ``text`` over a unit that says what the register says anyway."""
    return lambda view: text if view.get("unit") == "%LEL" else None


def _move_far_west(view: View) -> Cell:
    return 119.2 if view.has("longitude", "latitude", "crs") else None


def _end_early(view: View) -> Cell:
    day = view.day("started_at")
    if day is None or not view.has("ended_at"):
        return None
    return (day - timedelta(days=1)).isoformat()


#: Lines as in defects_cells.SAID.
SAID = """
    kind_unknown|devices|device_kind|声光|unknown_code|3
    status_unknown|devices|device_status|待机|unknown_code|3
    set_point_in_words|devices|alarm_1|出厂设置|bad_value|2
    range_in_words|devices|range_high|满量程|bad_value|1|.csv
    interval_too_long|devices|interval_seconds|90000|out_of_range|2|.csv
    day_before_1949|devices|installed_on|1923-05-04|out_of_range|2
    calibrated_in_month_13|devices|calibrated_on|2025-13-01|bad_date|2
    received_impossible|readings|received_at|2025-02-30 10:00:00|bad_date|4
    level_unknown|alarms|level|三级|unknown_code|3
    verdict_unknown|alarms|verified|再看|unknown_code|3
    peak_in_words|alarms|peak|超量程|bad_value|2
    unit_unknown|alarms|unit|格|unknown_code|2
    acknowledged_impossible|alarms|acknowledged_at|2025-02-30 10:00|bad_date|2
    handled_years_ahead|alarms|handled_at|2031-01-01 08:00|out_of_range|2
"""
SEEN: tuple[tuple[str, str, str, Change, str, int, str], ...] = (
    ("unit_unknown", "devices", "unit", _of_lel("‰"), "unknown_code", 2, ""),
    ("unit_unknown", "readings", "unit", _of_lel("‰"), "unknown_code", 4, ""),
    ("place_outside", "devices", "longitude", _move_far_west, "coords_outside", 2, ""),
    ("ends_before_start", "alarms", "ended_at", _end_early, "order", 3, ""),
    ("uscc_check_digit", "devices", "uscc", spoil_check, "uscc_invalid", 2, ""),
    ("uscc_check_digit", "alarms", "uscc", spoil_check, "uscc_invalid", 2, ""),
)  # fmt: skip
NOBODY: dict[str, Cell] = dict.fromkeys(
    ("device_id", "uscc", "enterprise_name", "park_id", "park_name"), ""
)
LATER_TIMES: dict[str, Cell] = {"ended_at": "", "acknowledged_at": "", "handled_at": ""}


def plant_sensors(planter: Planter) -> None:
    """Plant all mistakes of devices, readings and alarms."""
    for defect in (*take_seen(SEEN), *read_said(SAID)):
        planter.plant_cells(defect)
    _plant_swapped_places(planter)
    scatter(planter, "devices", 3, {"device_id": ""}, Mistake("unnamed", "", "rejected:no_key"))
    _plant_reading_rows(planter)
    _plant_alarm_rows(planter)
    for export, count in (("devices", 3), ("readings", 6), ("alarms", 4)):
        plant_twice(planter, export, count)
    _plant_corrected_readings(planter)


def _plant_swapped_places(planter: Planter) -> None:
    """One place with its degrees exchanged, and one whose system nobody named."""
    page = next(planter.pages("devices", "20240831.xlsx"))
    suits = page.rows[planter.pick_row(page, lambda view: view.has("longitude", "latitude"))]
    east, north = page.places["longitude"], page.places["latitude"]
    suits.cells[east], suits.cells[north] = suits.cells[north], suits.cells[east]
    suits.mistakes.append(Mistake("place_swapped", "longitude", "issue:coords_swapped"))
    silent = page.rows[planter.pick_row(page, lambda view: view.has("longitude", "crs"))]
    silent.cells[page.places["crs"]] = ""
    silent.is_kept = True
    page.mistakes.append(Mistake("frame_unsaid", "longitude", "issue:crs_assumed"))


def _plant_reading_rows(planter: Planter) -> None:
    for kind, changes, reason in (
        ("device_missing", {"device_id": ""}, "no_key"),
        ("time_missing", {"observed_at": ""}, "bad_time"),
        ("time_impossible", {"observed_at": "2025-02-30 10:00:00"}, "bad_time"),
        ("time_in_words", {"observed_at": "昨天夜里"}, "bad_time"),
        ("time_ahead", {"observed_at": "2025-12-24 08:00:00"}, "time_out_of_range"),
        ("value_in_words", {"value": "超量程"}, "bad_value"),
        ("value_error", {"value": "#ERR"}, "bad_value"),
    ):
        mistake = Mistake(kind, next(iter(changes)), f"rejected:{reason}")
        scatter(planter, "readings", 3, dict(changes), mistake)


def _plant_alarm_rows(planter: Planter) -> None:
    scatter(planter, "alarms", 3, NOBODY, Mistake("nobody", "", "rejected:no_subject"))
    for kind, cell, reason in (
        ("time_missing", "", "bad_time"),
        ("time_impossible", "2024-02-30 10:00", "bad_time"),
        ("time_in_words", "夜里", "bad_time"),
        ("time_ahead", "2031-05-06 10:00", "time_out_of_range"),
        ("time_long_ago", "1924-05-06 10:00", "time_out_of_range"),
    ):
        changes = {"started_at": cell, **LATER_TIMES}
        scatter(planter, "alarms", 2, changes, Mistake(kind, "started_at", f"rejected:{reason}"))


def _plant_corrected_readings(planter: Planter) -> None:
    """The same device and instant once more with another value: the first one is superseded."""
    pages = list(planter.pages("readings", "实时数据_2025-10-2"))
    for page in pages[::4]:
        donor = planter.pick_row(page, lambda view: view.has("value"))
        row = page.rows[donor]
        value = float(str(View(page, row).get("value")))
        row.mistakes.append(Mistake("corrected_below", "", "superseded"))
        planter.insert_ghost(page, donor, {"value": f"{value + 0.4:g}"}, None).is_kept = True
