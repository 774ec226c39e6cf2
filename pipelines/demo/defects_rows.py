"""Mistakes of whole rows and sheets: rejected rows, repeats, strangers, wrong totals.

Belongs here: rows put in or doubled, and what the clerk got wrong about a sheet.
Does not belong here: single cells (defects_cells.py), broken files (broken.py).
"""

from __future__ import annotations

from pipelines.demo import words
from pipelines.demo.codes import make_uscc
from pipelines.demo.layouts import Cell
from pipelines.demo.pages import Mistake
from pipelines.demo.plant import OWN_IDS, CellDefect, Change, Planter, View

NOBODY: dict[str, Cell] = {"uscc": "", "enterprise_name": "", "park_id": "", "park_name": ""}
#: Days that are judged against the row's own time: left empty where that time is the mistake.
LATER_DAYS: dict[str, Cell] = {
    "ended_at": "", "deadline": "", "extension_approved_on": "", "extended_to": "",
    "rectified_on": "", "rechecked_on": "", "recheck_result": "", "closed_on": "",
}  # fmt: skip
#: A roster that lost a row's tenant: nobody may be taken to have left because of it.
INCOMPLETE_ROSTER = "柳垞镇承租企业花名册_2025-04-30.xlsx"


def _any(_: View) -> bool:
    return True


def plant_rejected(planter: Planter) -> None:
    """Rows without who, what or when, next to the row they were copied from."""
    times: list[tuple[str, Cell, str]] = [
        ("time_missing", "", "bad_time"),
        ("time_impossible", "2024-02-30", "bad_time"),
        ("time_in_words", "待定", "bad_time"),
        ("time_ahead", "2027-05-06", "time_out_of_range"),
        ("time_long_ago", "1924-05-06", "time_out_of_range"),
    ]
    for export, column in (("inspections", "inspected_on"), ("hazards", "found_on")):
        for kind, cell, reason in times:
            changes = {column: cell, **LATER_DAYS}
            scatter(planter, export, 3, changes, Mistake(kind, column, f"rejected:{reason}"))
        scatter(planter, export, 3, NOBODY, Mistake("nobody", "", "rejected:no_subject"))
    nothing: dict[str, Cell] = {"hazard_id": "", "description": ""}
    scatter(planter, "hazards", 3, nothing, Mistake("hazard_unnamed", "", "rejected:no_key"))
    unnamed: dict[str, Cell] = {"enterprise_id": "", "uscc": "", "enterprise_name": ""}
    scatter(planter, "enterprises", 3, unnamed, Mistake("firm_unnamed", "", "rejected:no_key"))
    park: dict[str, Cell] = {"park_id": "", "park_name": "", "floor_area": "", "building_count": ""}
    scatter(planter, "parks", 2, park, Mistake("park_unnamed", "", "rejected:no_key"), "园区名册")
    unit: dict[str, Cell] = {"unit_name": "", "unit_id": "JG-999"}
    scatter(planter, "units", 1, unit, Mistake("unit_unnamed", "", "rejected:no_key"))
    lists = "望溪镇承租企业清单_2024-04-30"
    for kind, names in (
        ("lease_without_park", ("park_id", "park_name")),
        ("lease_without_tenant", ("tenant_name", "tenant_uscc")),
    ):
        emptied: dict[str, Cell] = dict.fromkeys((*names, "leased_area"), "")
        mistake = Mistake(kind, "", "rejected:no_subject")
        scatter(planter, "leases", 2, emptied, mistake, lists)
    _plant_incomplete_roster(planter)


def scatter(
    planter: Planter,
    export: str,
    count: int,
    changes: dict[str, Cell],
    mistake: Mistake,
    files: str = "",
    fewest: int = 10,
) -> None:
    """Insert ``count`` ghosts over random pages of at least ``fewest`` rows."""
    pages = [page for page in planter.pages(export, files) if len(page.rows) >= fewest]
    pages = [page for page in pages if any(row.is_free for row in page.rows)]
    if export == "hazards" and "hazard_id" not in changes:
        pages = [page for page in pages if page.find("hazard_id") is not None]
    for place in planter.rng.choice(len(pages), size=count, replace=len(pages) < count).tolist():
        page = pages[place]
        column = mistake.column or next(name for name in changes if page.find(name) is not None)
        planted = Mistake(mistake.kind, column, mistake.expected)
        planter.insert_ghost(page, planter.pick_row(page, _any), changes, planted)


def _plant_incomplete_roster(planter: Planter) -> None:
    page = next(planter.pages("leases", INCOMPLETE_ROSTER))
    changes: dict[str, Cell] = {"tenant_name": "", "tenant_uscc": "", "leased_area": ""}
    donor = planter.pick_row(page, _any)
    planter.insert_ghost(
        page, donor, changes, Mistake("lease_without_tenant", "tenant_name", "rejected:no_subject")
    )
    page.mistakes.append(Mistake("roster_incomplete", "", "issue:full_list_incomplete"))


def plant_repeats(planter: Planter) -> None:
    """Law visits written twice: once equal (duplicate), once changed (the first is superseded)."""
    pages = list(planter.pages("inspections", "检查记录_20"))
    pages = [page for page in pages if page.find("source_system") is None]
    for page in pages:
        donor = planter.pick_row(page, _any)
        same = {"inspection_id": View(page, page.rows[donor]).get("inspection_id")}
        planter.insert_ghost(page, donor, same, Mistake("row_twice", "", "duplicate"))
        page.rows[donor].is_kept = True
    for page in pages[::2]:
        donor = planter.pick_row(page, _any)
        page.rows[donor].mistakes.append(Mistake("row_corrected_below", "", "superseded"))
        changes: dict[str, Cell] = {
            "inspection_id": View(page, page.rows[donor]).get("inspection_id"),
            "inspecting_unit": f"{words.DISTRICT}应急管理综合行政执法大队",
        }
        planter.insert_ghost(page, donor, changes, None).is_kept = True


def plant_twice(planter: Planter, export: str, count: int) -> None:
    """Write ``count`` rows of an export twice, each in another file: the second is a duplicate."""
    pages = [page for page in planter.pages(export) if len(page.rows) > 2]
    pages = [page for page in pages if any(row.is_free for row in page.rows)]
    picked = planter.rng.choice(len(pages), size=min(count, len(pages)), replace=False)
    for place in picked.tolist():
        page = pages[place]
        donor = planter.pick_row(page, _any)
        same = {name: View(page, page.rows[donor]).get(name) for name in OWN_IDS[export]}
        planter.insert_ghost(page, donor, same, Mistake("row_twice", "", "duplicate"))
        page.rows[donor].is_kept = True


def plant_strangers(planter: Planter) -> None:
    """Visits to firms no register names; the last is a registered one with a letter left out."""
    pages = [
        page
        for page in planter.pages("inspections", "检查记录_202")
        if page.find("uscc") is not None and page.find("source_system") is None
    ]
    for number in range(5):
        page = pages[(number * 3) % len(pages)]
        donor = planter.pick_row(page, lambda view: view.has("enterprise_name"))
        changes: dict[str, Cell] = {
            "uscc": make_uscc("91", "320985", 900_000 + number),
            "enterprise_name": f"澄湾{'甲乙丙丁戊'[number]}木未登记作坊",
            "park_id": "",
            "park_name": "",
            "hazard_count": "",
            "result": "未发现问题",
            "remark": "",
            "extra:callback": "",
        }
        if number == 4:  # names this alike are asked about, never merged
            name = str(View(page, page.rows[donor]).get("enterprise_name"))
            changes |= {"uscc": "", "enterprise_name": name[:-2] + name[-1:]}
        planter.insert_ghost(
            page,
            donor,
            changes,
            Mistake("firm_unknown", "enterprise_name", "issue:subject_unknown"),
        )


def plant_sheet_errors(planter: Planter) -> None:
    """Totals and counts that do not add up."""
    for files, sheet in (("园区底册.xlsx", "园区底册"), ("园区底册_2025年10月", "望溪镇")):
        page = next(page for page in planter.pages("parks", files) if page.sheet == sheet)
        page.summed, page.sum_error = page.summed[:1], 100
        page.mistakes.append(Mistake("total_wrong", page.summed[0], "issue:total_mismatch"))
    page = next(planter.pages("inspections", "2025-04.xls"))
    page.count_error = 3
    page.mistakes.append(Mistake("count_wrong", "", "issue:total_mismatch"))


def plant_wrong_places(planter: Planter) -> None:
    """Coordinates of the later park register: exchanged in some rows, system unsaid in others."""
    page = next(planter.pages("parks", "园区名册"))
    for _ in range(3):
        silent = page.rows[planter.pick_row(page, lambda view: view.has("crs"))]
        silent.cells[page.places["crs"]] = ""
    page.mistakes.append(Mistake("frame_unsaid", "longitude", "issue:crs_assumed"))
    for _ in range(3):
        row = page.rows[planter.pick_row(page, lambda view: view.has("longitude", "latitude"))]
        east, north = page.places["longitude"], page.places["latitude"]
        row.cells[east], row.cells[north] = row.cells[north], row.cells[east]
        row.mistakes.append(Mistake("place_swapped", "longitude", "issue:coords_swapped"))


def plant_foreign_codes(planter: Planter, firms: list[tuple[str, str]]) -> None:
    """Tenants under their landlord's code, and visits under a stranger's.

    ``firms``: registered names and codes.
    """
    pages = list(planter.pages("leases", "2025-10-31"))
    for number in range(9):
        page = pages[number % len(pages)]
        donor = planter.pick_row(page, lambda view: view.has("lessor_uscc", "tenant_uscc"))
        row = page.rows[donor]
        row.registered_name = str(View(page, row).get("tenant_name"))
        row.alias = "code_of_landlord"
        row.cells[page.places["tenant_uscc"]] = View(page, row).get("lessor_uscc")
        row.mistakes.append(Mistake("code_of_landlord", "tenant_uscc", "issue:code_name_conflict"))

    planter.plant_cells(
        CellDefect(
            "code_of_stranger",
            "inspections",
            "uscc",
            borrow_code(firms, "enterprise_name"),
            "issue:code_name_conflict",
            4,
            "检查记录_202",
        )
    )


def borrow_code(firms: list[tuple[str, str]], column: str) -> Change:
    """The code of a firm whose name shares no sign with the row's own name in ``column``."""

    def change(view: View) -> Cell:
        name = view.get(column)
        if not isinstance(name, str) or not view.has("uscc"):
            return None
        core = set(name) - set("澄湾甪安柳垞望溪北桥有限公司股份加工厂制品经营部")
        return next(code for other, code in firms if not core & set(other))

    return change
