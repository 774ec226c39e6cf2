"""The same firm under other spellings: what resolution must bring together again.

Belongs here: spelling variants and missing codes, planted into law visits.
Does not belong here: mistakes (these rows are sound).
"""

from __future__ import annotations

from collections.abc import Callable

from pipelines.demo import words
from pipelines.demo.pages import Page, Row
from pipelines.demo.plant import Planter, View

COUNT_EACH = 5
_TRADITIONAL = str.maketrans("纺织电机华东达兴鑫凯联业贸创饰", "紡織電機華東達興鑫凱聯業貿創飾")
TOWNS = [town[0] for town in words.TOWNS]

SPELLINGS: dict[str, Callable[[str], str]] = {
    "no_code": lambda name: name,
    "spaces": lambda name: f"{name[:4]} {name[4:]}",
    "legal_form": lambda name: name.replace("有限公司", "有限责任公司"),
    "traditional": lambda name: name.translate(_TRADITIONAL),
    "workshop": lambda name: f"{name}（一车间）",
}


def plant_variants(planter: Planter) -> None:
    """Write some visits with another spelling and without a code; and a few in another town."""
    pages = [
        page
        for page in planter.pages("inspections", "检查记录_202")
        if page.find("uscc") is not None and page.find("source_system") is None
    ]
    for kind, spell in SPELLINGS.items():
        for number in range(COUNT_EACH):
            page = pages[(number * 5 + len(kind)) % len(pages)]
            _respell(planter, page, kind, spell)
    for number in range(3):
        page = pages[(number * 4 + 1) % len(pages)]
        row = _respell(planter, page, "other_town", SPELLINGS["no_code"])
        place = page.places["town"]
        town = TOWNS.index(str(row.cells[place]))
        row.cells[place] = TOWNS[(town + 1) % len(TOWNS)]


def _respell(planter: Planter, page: Page, kind: str, spell: Callable[[str], str]) -> Row:
    def suits(view: View) -> bool:
        name = view.get("enterprise_name")
        return (
            isinstance(name, str)
            and view.has("uscc", "town")
            and (spell(name) != name or kind in ("no_code", "other_town"))
        )

    row = page.rows[planter.pick_row(page, suits)]
    place, code = page.places["enterprise_name"], page.places["uscc"]
    row.alias, row.registered_name = kind, str(row.cells[place])
    row.cells[place], row.cells[code] = spell(row.registered_name), ""
    return row
