"""Bytes changed at random: a file is loaded or refused, and its rows add up; nothing ever fails."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

import numpy as np
import pytest
from damage.clean import make_page
from damage.write import KINDS, write_page
from landing_fixture import tables_of

from pipelines.contracts.load_contracts import EXPORTS

CODES = {
    "encoding", "unreadable", "empty", "ambiguous", "unrecognised", "missing_column",
    "unsupported_kind",
}  # fmt: skip
ROUNDS = 6


def spoil(raw: bytes, rng: np.random.Generator) -> bytes:
    """Flip, cut out, repeat or insert some bytes."""
    at = int(rng.integers(len(raw)))
    width = int(rng.integers(1, 60))
    way = int(rng.integers(4))
    if way == 0:
        flipped = bytes(b ^ int(rng.integers(1, 256)) for b in raw[at : at + width])
        return raw[:at] + flipped + raw[at + width :]
    if way == 1:
        return raw[:at] + raw[at + width :]
    if way == 2:
        return raw[:at] + raw[at : at + width] * 2 + raw[at + width :]
    return raw[:at] + rng.bytes(width) + raw[at:]


def check_laws(folder: Path, raw: bytes, name: str) -> str:
    tables = tables_of(folder, raw, name)  # errors of our own code are raised here
    file = tables["files"].row(0, named=True)
    if file["outcome"] == "refused":
        assert file["refused_code"] in CODES
        assert file["refused_sentence"].endswith((".", "”", "'"))
        assert tables["rejected"].is_empty() and not set(EXPORTS) & set(tables)
        return "refused"
    for sheet in tables["sheets"].drop_nulls("export").iter_rows(named=True):
        dropped = sum(sheet[c] for c in sheet if c.startswith("rows_") and c[5:] in DROPPED)
        assert sheet["rows_physical"] == dropped + sheet["rows_read"]
        assert sheet["rows_read"] == sheet["rows_typed"] + sheet["rows_rejected"]
    return "loaded"


DROPPED = ("header", "title", "unit", "total", "footer", "repeated_header", "blank")


@pytest.mark.parametrize("kind", KINDS)
def test_file_when_its_bytes_are_spoiled_then_it_is_loaded_or_refused_and_rows_add_up(
    kind: str, tmp_path: Path
) -> None:
    seed = zlib.crc32(kind.encode())
    rng = np.random.default_rng(seed)
    for export in EXPORTS[:: max(1, len(EXPORTS) // 4)]:
        page = make_page(export, 8, rng)
        whole = write_page(page, kind).raw
        for turn in range(ROUNDS):
            raw = spoil(whole, rng)
            check_laws(tmp_path, gzip.compress(raw) if turn == 0 else raw, page.name)


@pytest.mark.parametrize("kind", KINDS)
def test_file_when_cut_anywhere_then_it_never_fails(kind: str, tmp_path: Path) -> None:
    page = make_page("hazards", 6, np.random.default_rng(3))
    whole = write_page(page, kind).raw
    for share in np.linspace(0.02, 0.99, 12):
        check_laws(tmp_path, whole[: int(len(whole) * share)], page.name)
