"""Mistakes in case ledgers and accident tables.

Belongs here: cells nulled or flagged, rows rejected or written twice, wrong sums and counts.
Does not belong here: the mechanics (plant.py), devices, readings and alarms (defects_sensors.py).
"""

from __future__ import annotations

from pipelines.demo.defects_cells import Change, read_moved, read_said, spoil_check, take_seen
from pipelines.demo.defects_rows import plant_twice, scatter
from pipelines.demo.layouts import Cell
from pipelines.demo.pages import Mistake
from pipelines.demo.plant import Planter, View


def _of_unit(text: str, column: str) -> Change:
    """Write ``text`` where the penalised party is a unit."""

    def change(view: View) -> Cell:
        is_unit = view.get("party_kind") in ("单位", "法人及非法人组织")
        return text if is_unit and view.has(column, "filed_on") else None

    return change


def _undate(text: str, column: str, other: str) -> Change:
    """Write ``text`` over one of two days, where the other still dates the row."""
    return lambda view: text if view.has(column, other) else None


#: Lines as in defects_cells.SAID.
SAID = """
    fine_in_words|cases|fine|按裁量基准|bad_value|3
    person_fine_in_words|cases|person_fine|从轻|bad_value|1|_2024
    fine_beyond_law|cases|fine|200000000|out_of_range|1|20240101-20240229.csv
    fine_doubtful|cases|fine|12000000|doubtful_value|2|20250301-20250430.csv
    gains_negative|cases|exempted|-500|out_of_range|1|公示
    closed_in_words|cases|closed_on|已结|bad_date|2
    shown_for_decades|cases|publish_until|2052-01-01|out_of_range|2
    outcome_unknown|cases|disposition|批评教育|unknown_code|3
    procedure_unknown|cases|procedure|特别程序|unknown_code|2
    origin_unknown|cases|origin|群众来信|unknown_code|2
    cause_kind_unknown|cases|cause_kind|其他类|unknown_code|2
    double_unclear|cases|is_double_penalty|部分|not_bool|2
    uscc_rounded_text|cases|uscc|9.13E+17|uscc_damaged|2
    deaths_in_words|accidents|deaths|待定|bad_value|1|.csv
    injured_too_many|accidents|minor_injuries|1200|out_of_range|1|.csv
    type_unknown|accidents|accident_type|烫伤事故|unknown_code|2
    grade_unknown|accidents|grade|轻微|unknown_code|1
    counted_unclear|accidents|is_counted|待核|not_bool|1
    concluded_impossible|accidents|concluded_on|2023-02-30|bad_date|1
    loss_in_words|accidents|direct_loss|评估中|bad_value|1
"""
MOVED = """
    decided_before_filed|cases|decided_on|filed_on|-5|3|
    told_before_it_happened|accidents|reported_at|occurred_at|-1|2|
"""
SEEN: tuple[tuple[str, str, str, Change, str, int, str], ...] = (
    ("uscc_check_digit", "cases", "uscc", spoil_check, "uscc_invalid", 3, ""),
    ("uscc_check_digit", "accidents", "uscc", spoil_check, "uscc_invalid", 1, ""),
    ("party_kind_unknown", "cases", "party_kind", _of_unit("合伙", "party_kind"), "unknown_code", 2,
     ""),
    ("decided_impossible", "cases", "decided_on", _undate("2024-02-30", "decided_on", "filed_on"),
     "bad_date", 2, ""),
    ("filed_in_words", "cases", "filed_on", _undate("待补", "filed_on", "decided_on"), "bad_date",
     2, ""),
)  # fmt: skip

NO_PARTY: dict[str, Cell] = {"party_name": "", "person_name": "", "uscc": ""}
NOWHERE: dict[str, Cell] = {
    "accident_no": "", "enterprise_name": "", "uscc": "", "park_id": "", "park_name": "",
    "place": "",
}  # fmt: skip
#: A table's sums leave out what is put in.
UNCOUNTED: dict[str, Cell] = {"deaths": "", "serious_injuries": "", "minor_injuries": ""}
LATER_DAYS: dict[str, Cell] = {"reported_at": "", "concluded_on": ""}


def plant_safety(planter: Planter) -> None:
    """Plant all mistakes of cases and accidents."""
    for defect in (*take_seen(SEEN), *read_said(SAID), *read_moved(MOVED)):
        planter.plant_cells(defect)
    _plant_case_rows(planter)
    _plant_accident_rows(planter)
    for export in ("cases", "accidents"):
        plant_twice(planter, export, 3)
    book = next(planter.pages("cases", "20241101-20241231.xlsx"))
    book.count_error = 2
    book.mistakes.append(Mistake("count_wrong", "", "issue:total_mismatch"))
    table = next(planter.pages("accidents", "2024年第4季度"))
    table.summed, table.sum_error = table.summed[:1], 1
    table.mistakes.append(Mistake("total_wrong", table.summed[0], "issue:total_mismatch"))


def _plant_case_rows(planter: Planter) -> None:
    scatter(planter, "cases", 3, {"case_no": ""}, Mistake("unnumbered", "", "rejected:no_key"))
    scatter(planter, "cases", 3, NO_PARTY, Mistake("nobody", "", "rejected:no_party"))
    undated: dict[str, Cell] = {"filed_on": "", "decided_on": ""}
    scatter(planter, "cases", 2, undated, Mistake("undated", "", "rejected:bad_time"))
    unread: dict[str, Cell] = {"filed_on": "2024-02-30", "decided_on": "待定"}
    scatter(planter, "cases", 2, unread, Mistake("days_unread", "", "rejected:bad_time"))


def _plant_accident_rows(planter: Planter) -> None:
    for kind, cell, reason in (
        ("time_missing", "", "bad_time"),
        ("time_impossible", "2024-02-30", "bad_time"),
        ("time_in_words", "春节前后", "bad_time"),
        ("time_ahead", "2027-05-06", "time_out_of_range"),
        ("time_long_ago", "1924-05-06", "time_out_of_range"),
    ):
        changes = {"occurred_at": cell, **UNCOUNTED, **LATER_DAYS}
        mistake = Mistake(kind, "occurred_at", f"rejected:{reason}")
        scatter(planter, "accidents", 1, changes, mistake, fewest=3)
    mistake = Mistake("nowhere", "", "rejected:no_key")
    scatter(planter, "accidents", 2, {**NOWHERE, **UNCOUNTED}, mistake, fewest=3)
