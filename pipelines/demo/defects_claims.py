"""Mistakes only a second look finds: claims, strangers, borrowed codes, devices nobody registers.

Belongs here: what the warehouse must find by comparing rows of several files.
Does not belong here: single cells and rejected rows (defects_safety.py, defects_sensors.py).
"""

from __future__ import annotations

from pipelines.demo.codes import make_uscc
from pipelines.demo.defects_rows import borrow_code
from pipelines.demo.layouts import Cell
from pipelines.demo.pages import Mistake, Page, Row
from pipelines.demo.plant import CellDefect, Planter, View

#: What no register names: export | part of the file name | column of the name | name.
STRANGERS = """
    cases|20250901-20251031|party_name|澄湾己木未登记作坊
    accidents|2025年第3季度|enterprise_name|澄湾庚木未登记作坊
    devices|20251031|enterprise_name|澄湾辛木未登记作坊
    alarms|20250701-20250930|enterprise_name|澄湾壬木未登记作坊
"""
#: Emptied in a stranger's row, so that nothing else names it.
ELSEWHERE: dict[str, Cell] = dict.fromkeys(
    ("park_id", "park_name", "party_enterprise", "person_name", "inspection_id", "accident_no",
     "published_on", "publish_until", "deaths", "device_id"), ""
)  # fmt: skip
#: Files whose rows no later file tells again: what stands there is what counts.
LAST_CASES, LAST_DEVICES, LAST_FLASH = "20250901-20251031", "20251031", "事故快报"
DECIDED_CASES = "20241101-20241231"
READINGS_DAY = "2025-10-22"
UNKNOWN_DEVICE, UNKNOWN_SMOKE = "KR-9001", "YG-9002"


def plant_claims(planter: Planter, firms: list[tuple[str, str]], thermometer: str) -> None:
    """Plant all of them.

    ``firms``: registered names and codes; ``thermometer``: a registered device without set points.
    """
    _plant_strangers(planter)
    planter.plant_cells(
        CellDefect("claims_double", "cases", "is_double_penalty", _claim_double,
                   "issue:double_penalty_mismatch", 2, DECIDED_CASES)
    )  # fmt: skip
    planter.plant_cells(
        CellDefect("claims_graver", "accidents", "grade", _claim_graver, "issue:grade_mismatch", 1,
                   LAST_FLASH, is_rare=True)
    )  # fmt: skip
    for export, column, count, files in (
        ("cases", "party_name", 2, LAST_CASES), ("devices", "enterprise_name", 1, LAST_DEVICES),
    ):  # fmt: skip
        borrow = borrow_code(firms, column)
        planter.plant_cells(
            CellDefect("code_of_stranger", export, "uscc", borrow, "issue:code_name_conflict",
                       count, files)
        )  # fmt: skip
    _plant_odd_readings(planter, thermometer)
    page = next(planter.pages("alarms", "20250701-20250930"))
    donor = planter.pick_row(page, lambda view: view.has("device_id"))
    mistake = Mistake("device_unknown", "device_id", "issue:device_unknown")
    planter.insert_ghost(page, donor, {"device_id": UNKNOWN_SMOKE}, mistake)


def _claim_double(view: View) -> Cell:
    is_single = view.get("is_double_penalty") == "否"
    return "是" if is_single and view.has("closed_on", "published_on") else None


def _claim_graver(view: View) -> Cell:
    return "较大" if view.get("grade") == "一般" else None


def _plant_strangers(planter: Planter) -> None:
    """Firms no register names, in copies of rows."""
    for number, line in enumerate(STRANGERS.strip().splitlines()):
        export, files, column, name = line.strip().split("|")
        page = next(planter.pages(export, files))
        donor = planter.pick_row(page, _is_of_a_firm)
        kept = {"device_id"} if export == "devices" else set()
        changes: dict[str, Cell] = {n: c for n, c in ELSEWHERE.items() if n not in kept}
        if export == "accidents":
            del changes["accident_no"], changes["deaths"]
        if export == "devices":
            changes["device_id"] = f"KR-8{number:03d}"
        changes |= {column: name, "uscc": make_uscc("91", "320985", 900_100 + number)}
        mistake = Mistake("firm_unknown", column, "issue:subject_unknown")
        planter.insert_ghost(page, donor, changes, mistake)


def _is_of_a_firm(view: View) -> bool:
    """Whether the row names a firm and no person is the party."""
    return view.get("party_kind") not in ("个人", "自然人") and (
        view.has("enterprise_name") or view.has("party_name")
    )


def _plant_odd_readings(planter: Planter, thermometer: str) -> None:
    """A device nobody registers, a metric without set points, a unit that cannot be converted."""
    page = next(planter.pages("readings", READINGS_DAY))
    _insert(planter, page, {"device_id": UNKNOWN_DEVICE}, "device_unknown", "device_id")
    warm: dict[str, Cell] = {
        "device_id": thermometer, "metric": "温度", "unit": "℃", "value": "23.4",
    }  # fmt: skip
    _insert(planter, page, warm, "set_point_missing", "metric")
    row = _insert(planter, page, {"unit": "mg/m³"}, "unit_unconvertible", "unit")
    # at an instant of its own, and without set points in such a unit
    place = page.places["observed_at"]
    row.cells[place] = str(row.cells[place])[:-2] + "59"
    row.mistakes.append(Mistake("unit_unconvertible", "metric", "issue:set_point_missing"))


def _insert(planter: Planter, page: Page, changes: dict[str, Cell], rule: str, column: str) -> Row:
    def is_plain(view: View) -> bool:
        return view.get("unit") == "%LEL" and view.get("metric") == "甲烷" and view.has("value")

    mistake = Mistake(rule, column, f"issue:{rule}")
    return planter.insert_ghost(page, planter.pick_row(page, is_plain), changes, mistake)
