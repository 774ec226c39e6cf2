"""Personal strings where no column is meant for them: free text, nameless cells, rejected rows.

Belongs here: planting them, so that a scan of every output can prove that none comes through.
Does not belong here: persons in their own columns (the plans write those), the scan.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from pipelines.demo import event_words as words
from pipelines.demo.layouts import Cell
from pipelines.demo.pages import Mistake, Page, Row
from pipelines.demo.people import make_citizen_numbers, make_phones
from pipelines.demo.plant import Planter, View

#: The first names handle alarms, the next are penalised as second persons; these stand in text.
NAMES_IN_TEXT = words.CANARY_NAMES[18:]
#: Free text a row gets: export | column | part of the file name | text added to the cell.
TEXTS = """
    cases|remark|20240101-20240229|联系人：{name}，电话{phone}
    cases|remark|20241101-20241231|当事人身份证号{idno}，电话{phone}
    cases|remark|20250301-20250430|经办人：{name}，联系电话{phone}
    cases|cause|20250501-20250630|（举报人电话{phone}）
    accidents|cause|2024年第4季度|，伤者身份证号{idno}
    accidents|remark|2025年第2季度|家属联系人：{name}，电话{phone}
    accidents|cause|2025年第3季度|，现场负责人电话{phone}
    alarms|remark|20240101-20240331|值班电话{phone}
    alarms|remark|20240701-20240930|联系人：{name}，身份证号{idno}
    alarms|remark|20250101-20250331|回访{phone}
    devices|remark|2025-04-30|维保人员：{name}，电话{phone}
    devices|location|20251031|（钥匙保管{phone}）
    hazards|description|隐患台账_2025-10|（联系人：{name}，电话{phone}）
    hazards|description|隐患台账_2025-09|（身份证号{idno}）
"""
#: A column without a header: export | part of the file name | text.
NAMELESS = """
    accidents|2025年第3季度|经办 {name} {phone}
    accidents|2023年第4季度|{idno}
    alarms|20240401-20240630|{name} {phone}
    alarms|20250101-20250331|核实人身份证号{idno}
"""
#: Rejected rows: export | part of the file name | column emptied | reason | column of the text |
#: text | column that gets the person's name ("" = none).
REJECTED = """
    cases|20240501-20240630|case_no|no_key|remark|电话{phone}，身份证号{idno}|person_name
    accidents|2025年第3季度|occurred_at|bad_time|cause|伤者{idno}|
    alarms|20240701-20240930|started_at|bad_time|remark|电话{phone}|handled_by
    alarms|20250701-20250930|started_at|bad_time|remark|身份证号{idno}|handled_by
    readings|2025-10-20|device_id|no_key|reading_state|报修电话{phone}|
"""


@dataclass
class _Supply:
    """Invented persons, one after the other; ``take`` says which strings a text used."""

    names: Iterator[str]
    phones: Iterator[str]
    numbers: Iterator[str]

    def take(self, text: str) -> tuple[str, list[tuple[str, str]]]:
        used = []
        for field, kind, supply in (
            ("{name}", "person_in_text", self.names),
            ("{phone}", "phone", self.phones),
            ("{idno}", "idno", self.numbers),
        ):
            if field in text:
                secret = next(supply)
                text = text.replace(field, secret)
                used.append((secret, kind))
        return text, used


def plant_canaries(rng: np.random.Generator, planter: Planter) -> None:
    """Write the strings into unharmed rows and note them there."""
    supply = _Supply(
        iter(np.resize(np.array(NAMES_IN_TEXT), 60).tolist()),
        iter(make_phones(rng, 40)),
        iter(make_citizen_numbers(rng, 20)),
    )
    for line in TEXTS.strip().splitlines():
        export, column, files, text = line.strip().split("|")
        page = next(planter.pages(export, files))
        _write(planter, page, column, text, supply)
    for line in NAMELESS.strip().splitlines():
        export, files, text = line.strip().split("|")
        page = next(planter.pages(export, files))
        _write(planter, page, "extra:desk", text, supply)
    for line in REJECTED.strip().splitlines():
        _reject(planter, line.strip().split("|"), supply)


def _write(planter: Planter, page: Page, column: str, text: str, supply: _Supply) -> None:
    row = page.rows[planter.pick_row(page, lambda _: True)]
    _add(page, row, column, text, supply)
    row.is_kept = True


def _add(page: Page, row: Row, column: str, text: str, supply: _Supply) -> None:
    written, used = supply.take(text)
    row.cells[page.places[column]] = str(View(page, row).get(column) or "") + written
    row.secrets += used


def _reject(planter: Planter, line: list[str], supply: _Supply) -> None:
    export, files, emptied, reason, column, text, named = line
    page = next(planter.pages(export, files))
    changes: dict[str, Cell] = {emptied: "", column: ""}
    person = next(supply.names) if named else ""
    if named:
        changes[named] = person
    donor = planter.pick_row(page, lambda _: True)
    mistake = Mistake("canary_rejected", emptied, f"rejected:{reason}")
    row = planter.insert_ghost(page, donor, changes, mistake)
    _add(page, row, column, text, supply)
