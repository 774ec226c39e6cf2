"""What a reader of the exports must find: the truth beside the demo district.

Belongs here: collecting what was planted with its file, sheet and physical row, and writing it.
Does not belong here: planting (plant.py), the exports themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from pipelines.demo.pages import Export, Page
from pipelines.demo.plant import View
from pipelines.demo.world import World

PLANTED = {
    "file_name": pl.String, "sheet": pl.String, "row_number": pl.Int64, "export": pl.String,
    "column_name": pl.String, "expected": pl.String, "kind": pl.String,
}  # fmt: skip
FILES = {
    "file_name": pl.String, "sheet": pl.String, "export": pl.String, "rows_read": pl.Int64,
    "rejected": pl.Int64, "refused_code": pl.String,
}  # fmt: skip
SUBJECTS = {
    "file_name": pl.String, "sheet": pl.String, "row_number": pl.Int64, "export": pl.String,
    "kind": pl.String, "written_name": pl.String, "enterprise_name": pl.String,
}  # fmt: skip
#: Columns whose text must never stand in an output, with the kind of canary.
PERSONAL_COLUMNS = {
    "legal_person": "person", "safety_contact": "person", "manager_name": "person",
    "responsible": "person", "inspectors": "person", "head": "person", "phone": "phone",
    "phone#2": "phone", "manager_phone": "phone", "extra:callback": "phone",
    "sub_lessor_name": "lessor_person", "person_name": "person", "handled_by": "person",
}  # fmt: skip


@dataclass(frozen=True)
class Truth:
    """Frames of truth. ``row_number`` is physical, 1-based, null for a whole sheet or file.

    ``planted``: one expected finding a row; ``files``: rows read and rejected per file × sheet
    (``refused_code`` empty when loaded); ``copies``: names that hold the bytes of another file;
    ``subjects``: other spellings and the firm they mean; ``risk``: hidden risk per park;
    ``canaries``: personal strings that may leave no file of exports/; ``episodes``: the true alarm
    episodes of the readings, times by the device's clock.
    """

    planted: pl.DataFrame
    files: pl.DataFrame
    copies: pl.DataFrame
    subjects: pl.DataFrame
    risk: pl.DataFrame
    canaries: pl.DataFrame
    episodes: pl.DataFrame


def tell_truth(
    world: World,
    exports: list[Export],
    refused: Iterable[tuple[str, str]],
    copies: Iterable[tuple[str, str]],
) -> Truth:
    """Collect the truth of planned files; ``refused``: (name, code), ``copies``: (name, of)."""
    sheets = [(export, page) for export in exports for page in export.pages]
    planted = [line for export, page in sheets for line in _planted(export, page)]
    refused = list(refused)
    planted += [(name, "", None, None, None, f"refused:{code}", code) for name, code in refused]
    counts = [_count(export, page) for export, page in sheets]
    counts += [(name, "", None, 0, 0, code) for name, code in refused]
    aliases = [line for export, page in sheets for line in _aliases(export, page)]
    return Truth(
        planted=pl.DataFrame(planted, PLANTED, orient="row"),
        files=pl.DataFrame(counts, FILES, orient="row"),
        copies=pl.DataFrame(list(copies), ["file_name", "same_as"], orient="row"),
        subjects=_join_firms(pl.DataFrame(aliases, SUBJECTS, orient="row"), world),
        risk=world.risk,
        canaries=_list_canaries(world, exports),
        episodes=world.episodes,
    )


def name_sheet(export: Export, page: Page) -> str:
    """The sheet as a reader calls it: empty for text files."""
    return page.sheet if export.kind in ("xlsx", "xls") else ""


def _planted(export: Export, page: Page) -> list[tuple[object, ...]]:
    sheet = name_sheet(export, page)
    numbers = export.place_rows(page)
    lines: list[tuple[object, ...]] = [
        (export.name, sheet, None, page.export, mistake.column, mistake.expected, mistake.kind)
        for mistake in page.mistakes
    ]
    return lines + [
        (export.name, sheet, number, page.export, mistake.column, mistake.expected, mistake.kind)
        for row, number in zip(page.rows, numbers, strict=True)
        for mistake in row.mistakes
    ]


def _count(export: Export, page: Page) -> tuple[object, ...]:
    rejected = sum(
        any(mistake.expected.startswith("rejected") for mistake in row.mistakes)
        for row in page.rows
    )
    return (export.name, name_sheet(export, page), page.export, len(page.rows), rejected, "")


def _aliases(export: Export, page: Page) -> list[tuple[object, ...]]:
    column = "tenant_name" if page.export == "leases" else "enterprise_name"
    numbers = export.place_rows(page)
    return [
        (export.name, name_sheet(export, page), number, page.export, row.alias,
         View(page, row).get(column), row.registered_name)
        for row, number in zip(page.rows, numbers, strict=True)
        if row.alias
    ]  # fmt: skip


def _join_firms(aliases: pl.DataFrame, world: World) -> pl.DataFrame:
    firms = world.enterprises.select("enterprise_name", "uscc", "enterprise_id", "town")
    return aliases.join(firms, on="enterprise_name", how="left", maintain_order="left")


def _list_canaries(world: World, exports: list[Export]) -> pl.DataFrame:
    """Every personal string written into a file, once."""
    found: dict[str, str] = {}
    for export in exports:
        for page in export.pages:
            for place, column in enumerate(page.columns):
                kind = PERSONAL_COLUMNS.get(column.name)
                if kind:
                    cells = {str(row.cells[place]) for row in page.rows if row.cells[place]}
                    names = {name for cell in cells for name in _split(cell)}
                    found |= {name: kind for name in names if len(name) > 2}
            found |= dict(secret for row in page.rows for secret in row.secrets)
            found |= _list_penalised(page)
    remarks = world.inspections["remark"].drop_nulls()
    found |= dict.fromkeys(remarks.str.extract(r"电话(\d{11})").to_list(), "phone")
    found |= dict.fromkeys(remarks.str.extract(r"身份证号(\d{17}[\dX])").to_list(), "idno")
    persons = world.parks.filter(pl.col("lessor_kind") == "个人")["lessor_name"]
    found |= dict.fromkeys(persons.to_list(), "lessor_person")
    return pl.DataFrame({"text": list(found), "kind": list(found.values())}).sort("kind", "text")


def _list_penalised(page: Page) -> dict[str, str]:
    """Persons that stand as parties of cases."""
    if page.export != "cases":
        return {}
    views = [View(page, row) for row in page.rows]
    return {
        str(view.get("party_name")): "party_person"
        for view in views
        if view.get("party_kind") in ("个人", "自然人") and view.has("party_name")
    }


def _split(cell: str) -> list[str]:
    for sign in "；、 ":
        cell = cell.replace(sign, "、")
    return cell.split("、")
