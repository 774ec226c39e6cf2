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


def _move(column: str, anchor: str, days: int) -> Change:
    """A day ``days`` from the row's ``anchor``, where both days are filled."""

    def change(view: View) -> Cell:
        day = view.day(anchor)
        if day is None or view.day(column) is None:
            return None
        return (day + timedelta(days=days)).isoformat()

    return change


def spoil_check(view: View) -> Cell:
    """The row's code with a wrong check character, where a name stands beside it."""
    code = view.get("uscc") or view.get("tenant_uscc")
    if not isinstance(code, str) or not any(
        view.has(name) for name in ("enterprise_name", "tenant_name", "party_name", "park_name")
    ):
        return None
    following = (USCC_ALPHABET.index(code[-1]) + 7) % len(USCC_ALPHABET)
    return code[:-1] + USCC_ALPHABET[following]


def _cut_code(view: View) -> Cell:
    code = view.get("uscc")
    return code[:-1] if isinstance(code, str) and view.has("enterprise_name") else None


def _write_old_licence(view: View) -> Cell:
    code = view.get("uscc")
    return "320985" + "000123456" if isinstance(code, str) and view.has("enterprise_name") else None


def _round_code(view: View) -> Cell:
    return 9.13209850000018e17 if view.has("uscc", "enterprise_name") else None


def _move_far_west(view: View) -> Cell:
    return 119.2 if view.has("longitude", "latitude") else None


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


#: Texts written into a cell: kind | export | column | text | rule | rows | part of the file name |
#: columns that must be filled besides.
SAID = """
    uscc_rounded_text|inspections|uscc|9.13E+17|uscc_damaged|4||enterprise_name
    count_in_words|inspections|hazard_count|若干|bad_value|4
    area_in_words|leases|leased_area|约两间|bad_value|3||lease_id
    buildings_in_words|parks|building_count|数幢|bad_value|2|园区名册
    money_in_words|hazards|cost|按实结算|bad_value|3
    staff_in_words|enterprises|employee_count|不定|bad_value|3
    count_too_high|inspections|hazard_count|1200|out_of_range|3
    staff_too_high|enterprises|employee_count|1000001|out_of_range|3
    score_too_high|inspections|score|135|out_of_range|2
    area_negative|leases|leased_area|-80|out_of_range|2||lease_id
    day_before_1949|enterprises|registered_on|1923-05-04|out_of_range|3
    day_impossible|hazards|deadline|2024-02-30|bad_date|5
    day_in_words|hazards|deadline|尽快整改|bad_date|4
    day_in_words|enterprises|registered_on|建厂时|bad_date|2
    day_month_13|leases|start_on|2022.13.5|bad_date|3|2024-04
    level_unknown|hazards|level|特大|unknown_code|5
    status_unknown|hazards|status|挂起|unknown_code|4
    recheck_unknown|hazards|recheck_result|基本可以|unknown_code|3
    kind_unknown|inspections|kind|突击行动|unknown_code|5
    result_unknown|inspections|result|待研究|unknown_code|3
    scale_unknown|enterprises|scale|超大型|unknown_code|3
    state_unknown|enterprises|production_status|装修中|unknown_code|3
    park_kind_unknown|parks|park_kind|物流园|unknown_code|2
    flag_unclear|enterprises|is_key_unit|待核实|not_bool|3
    flag_unclear|leases|agreement_signed|部分|not_bool|3
    flag_unclear|parks|is_three_in_one|整改中|not_bool|2
"""

#: Changes that look at the row: kind, export, column, change, rule, rows, part of the file name.
SEEN: tuple[tuple[str, str, str, Change, str, int, str], ...] = (
    ("uscc_check_digit", "inspections", "uscc", spoil_check, "uscc_invalid", 6, ""),
    ("uscc_check_digit", "hazards", "uscc", spoil_check, "uscc_invalid", 6, ""),
    ("uscc_check_digit", "enterprises", "uscc", spoil_check, "uscc_invalid", 4, ""),
    ("uscc_check_digit", "leases", "tenant_uscc", spoil_check, "uscc_invalid", 4, ""),
    ("uscc_17_characters", "inspections", "uscc", _cut_code, "uscc_invalid", 4, ""),
    ("uscc_old_licence", "hazards", "uscc", _write_old_licence, "uscc_invalid", 3, ""),
    ("uscc_rounded_number", "hazards", "uscc", _round_code, "uscc_damaged", 3, ".xlsx"),
    ("deadline_decades_ahead", "hazards", "deadline", _put_off, "out_of_range", 3, ""),
    ("place_outside", "parks", "longitude", _move_far_west, "coords_outside", 3, ""),
    ("claims_more_hazards", "inspections", "hazard_count", _raise_count, "hazard_count_mismatch", 6,
     "检查记录"),
    ("claims_more_tenants", "parks", "tenant_count", _raise_tenants, "tenant_count_mismatch", 3,
     ""),
)  # fmt: skip

#: Days moved against another day of the row (issue ``order``): kind | export | column | anchor |
#: days from the anchor | rows | part of the file name.
MOVED = """
    rectified_before_found|hazards|rectified_on|found_on|-3|5|
    deadline_before_found|hazards|deadline|found_on|-5|4|
    recheck_before_rectified|hazards|rechecked_on|rectified_on|-1|4|
    extension_before_deadline|hazards|extended_to|deadline|-2|3|
    visit_ends_before_start|inspections|ended_at|inspected_on|-1|4|
    lease_ends_before_start|leases|end_on|start_on|-30|3|2024-10
"""


def list_cell_defects() -> list[CellDefect]:
    """All mistakes of single cells in registers, visits and hazards, in planting order."""
    return [
        *take_seen(SEEN),
        *read_said(SAID),
        *read_moved(MOVED),
        CellDefect(
            "two_phones", "enterprises", "phone", _say("13900001234", "phone"), "issue:two_values",
            4, "", "phone#2",
        ),
    ]  # fmt: skip


def take_seen(seen: tuple[tuple[str, str, str, Change, str, int, str], ...]) -> list[CellDefect]:
    """Mistakes that look at the row: kind, export, column, change, rule, rows, files."""
    return [
        CellDefect(kind, export, column, change, f"issue:{rule}", count, files)
        for kind, export, column, change, rule, count, files in seen
    ]


def read_said(said: str) -> list[CellDefect]:
    """Mistakes that write a text, from lines as in ``SAID``."""
    defects = []
    for line in said.strip().splitlines():
        kind, export, column, text, rule, count, *more = line.strip().split("|")
        files, needed = [*more, "", ""][:2]
        change = _say(text, column, needed) if needed else _say(text, column)
        defects.append(CellDefect(kind, export, column, change, f"issue:{rule}", int(count), files))
    return defects


def read_moved(moved: str) -> list[CellDefect]:
    """Mistakes that move a day against another, from lines as in ``MOVED``."""
    defects = []
    for line in moved.strip().splitlines():
        kind, export, column, anchor, days, count, files = line.strip().split("|")
        change = _move(column, anchor, int(days))
        defects.append(CellDefect(kind, export, column, change, "issue:order", int(count), files))
    return defects
