"""Mistakes in single cells: every rule of exports.md 9.2 and 9.3 that nulls or flags a cell.

Belongs here: the list of such mistakes, as data and small changes.
Does not belong here: rejected rows and whole files (defects_rows.py, broken.py).
"""

from __future__ import annotations

from datetime import timedelta

from pipelines.demo.codes import USCC_ALPHABET
from pipelines.demo.layouts import Cell
from pipelines.demo.plant import CellDefect, Change, View


def _say(text: Cell, *needs: str) -> Change:
    """Write ``text`` where the columns of ``needs`` are filled."""
    return lambda view: text if view.has(*needs) else None


def _move(column: str, anchor: str, days: int, *, only_after: bool = False) -> Change:
    """A day ``days`` from the row's ``anchor``; ``only_after``: just where column > anchor."""

    def change(view: View) -> Cell:
        day, other = view.day(anchor), view.day(column)
        if day is None or other is None or (only_after and other <= day):
            return None
        return (day + timedelta(days=days)).isoformat()

    return change


def _spoil_check(view: View) -> Cell:
    code = view.get("uscc") or view.get("tenant_uscc")
    if not isinstance(code, str) or not (view.has("enterprise_name") or view.has("tenant_name")):
        return None
    following = (USCC_ALPHABET.index(code[-1]) + 7) % len(USCC_ALPHABET)
    return code[:-1] + USCC_ALPHABET[following]


def _cut_code(view: View) -> Cell:
    code = view.get("uscc")
    return code[:-1] if isinstance(code, str) and view.has("enterprise_name") else None


def _write_old_licence(view: View) -> Cell:
    code = view.get("uscc")
    return "320985" + "000123456" if isinstance(code, str) and view.has("enterprise_name") else None


def _put_off(view: View) -> Cell:
    return "2052-03-01" if view.has("deadline") and not view.has("extended_to") else None


def _raise_count(view: View) -> Cell:
    cell = view.get("hazard_count")
    is_plain = isinstance(cell, int) or (isinstance(cell, str) and cell.isdigit())
    if not is_plain or not view.has("inspection_id") or int(str(cell)) == 0:
        return None
    return type(cell)(int(str(cell)) + 2)


def _raise_tenants(view: View) -> Cell:
    cell = view.get("tenant_count")
    return cell + 4 if isinstance(cell, int) and cell > 2 else None


CODES = (
    CellDefect("uscc_check_digit", "inspections", "uscc", _spoil_check, "issue:uscc_invalid", 6),
    CellDefect("uscc_check_digit", "hazards", "uscc", _spoil_check, "issue:uscc_invalid", 6),
    CellDefect("uscc_check_digit", "enterprises", "uscc", _spoil_check, "issue:uscc_invalid", 4),
    CellDefect("uscc_check_digit", "leases", "tenant_uscc", _spoil_check, "issue:uscc_invalid", 4),
    CellDefect("uscc_17_characters", "inspections", "uscc", _cut_code, "issue:uscc_invalid", 4),
    CellDefect("uscc_old_licence", "hazards", "uscc", _write_old_licence, "issue:uscc_invalid", 3),
    CellDefect("uscc_rounded_text", "inspections", "uscc", _say("9.13E+17", "uscc", "enterprise_name"),
               "issue:uscc_damaged", 4),
    CellDefect("uscc_rounded_number", "hazards", "uscc", _say(9.13209850000018e17, "uscc", "enterprise_name"),
               "issue:uscc_damaged", 3, files=".xlsx"),
)  # fmt: skip

VALUES = (
    CellDefect("count_in_words", "inspections", "hazard_count", _say("若干", "hazard_count"), "issue:bad_value", 4),
    CellDefect("area_in_words", "leases", "leased_area", _say("约两间", "leased_area", "lease_id"), "issue:bad_value", 3),
    CellDefect("buildings_in_words", "parks", "building_count", _say("数幢", "building_count"), "issue:bad_value", 2,
               files="园区名册"),
    CellDefect("money_in_words", "hazards", "cost", _say("按实结算", "cost"), "issue:bad_value", 3),
    CellDefect("staff_in_words", "enterprises", "employee_count", _say("不定", "employee_count"), "issue:bad_value", 3),
    CellDefect("count_too_high", "inspections", "hazard_count", _say("1200", "hazard_count"), "issue:out_of_range", 3),
    CellDefect("staff_too_high", "enterprises", "employee_count", _say("1000001", "employee_count"),
               "issue:out_of_range", 3),
    CellDefect("score_too_high", "inspections", "score", _say("135", "score"), "issue:out_of_range", 2),
    CellDefect("area_negative", "leases", "leased_area", _say("-80", "leased_area", "lease_id"), "issue:out_of_range", 2),
    CellDefect("day_before_1949", "enterprises", "registered_on", _say("1923-05-04", "registered_on"),
               "issue:out_of_range", 3),
    CellDefect("deadline_decades_ahead", "hazards", "deadline", _put_off,
               "issue:out_of_range", 3),
    CellDefect("day_impossible", "hazards", "deadline", _say("2024-02-30", "deadline"), "issue:bad_date", 5),
    CellDefect("day_in_words", "hazards", "deadline", _say("尽快整改", "deadline"), "issue:bad_date", 4),
    CellDefect("day_month_13", "leases", "start_on", _say("2022.13.5", "start_on"), "issue:bad_date", 3, files="2024-04"),
    CellDefect("day_in_words", "enterprises", "registered_on", _say("建厂时", "registered_on"), "issue:bad_date", 2),
)  # fmt: skip

WORDS = (
    CellDefect("level_unknown", "hazards", "level", _say("特大", "level"), "issue:unknown_code", 5),
    CellDefect("status_unknown", "hazards", "status", _say("挂起", "status"), "issue:unknown_code", 4),
    CellDefect("recheck_unknown", "hazards", "recheck_result", _say("基本可以", "recheck_result"), "issue:unknown_code", 3),
    CellDefect("kind_unknown", "inspections", "kind", _say("突击行动", "kind"), "issue:unknown_code", 5),
    CellDefect("result_unknown", "inspections", "result", _say("待研究", "result"), "issue:unknown_code", 3),
    CellDefect("scale_unknown", "enterprises", "scale", _say("超大型", "scale"), "issue:unknown_code", 3),
    CellDefect("state_unknown", "enterprises", "production_status", _say("装修中", "production_status"),
               "issue:unknown_code", 3),
    CellDefect("park_kind_unknown", "parks", "park_kind", _say("物流园", "park_kind"), "issue:unknown_code", 2),
    CellDefect("flag_unclear", "enterprises", "is_key_unit", _say("待核实", "is_key_unit"), "issue:not_bool", 3),
    CellDefect("flag_unclear", "leases", "agreement_signed", _say("部分", "agreement_signed"), "issue:not_bool", 3),
    CellDefect("flag_unclear", "parks", "is_three_in_one", _say("整改中", "is_three_in_one"), "issue:not_bool", 2),
)  # fmt: skip

ORDER = (
    CellDefect("rectified_before_found", "hazards", "rectified_on", _move("rectified_on", "found_on", -3),
               "issue:order", 5),
    CellDefect("deadline_before_found", "hazards", "deadline", _move("deadline", "found_on", -5), "issue:order", 4),
    CellDefect("recheck_before_rectified", "hazards", "rechecked_on",
               _move("rechecked_on", "rectified_on", -1), "issue:order", 4),
    CellDefect("extension_before_deadline", "hazards", "extended_to", _move("extended_to", "deadline", -2),
               "issue:order", 3),
    CellDefect("visit_ends_before_start", "inspections", "ended_at", _move("ended_at", "inspected_on", -1),
               "issue:order", 4),
    CellDefect("lease_ends_before_start", "leases", "end_on", _move("end_on", "start_on", -30), "issue:order", 3,
               files="2024-10"),
)  # fmt: skip

PLACES = (
    CellDefect("place_outside", "parks", "longitude", _say(119.2, "longitude", "latitude"), "issue:coords_outside", 3),
)  # fmt: skip

CLAIMS = (
    CellDefect("claims_more_hazards", "inspections", "hazard_count", _raise_count, "issue:hazard_count_mismatch", 6,
               files="检查记录"),
    CellDefect("claims_more_tenants", "parks", "tenant_count", _raise_tenants, "issue:tenant_count_mismatch", 3),
    CellDefect("two_phones", "enterprises", "phone", _say("13900001234", "phone"), "issue:two_values", 4,
               written_to="phone#2"),
)  # fmt: skip

CELL_DEFECTS = CODES + VALUES + WORDS + ORDER + PLACES + CLAIMS
