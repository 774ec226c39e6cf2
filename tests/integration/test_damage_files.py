"""Damage to whole files of every export: refused with the right code, or told of the sheet.

Beside test_damage.py, which damages cells and lines of files that are loaded.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest
from damage.clean import KNOWN_ON, Page, make_page
from damage.judge import judge
from damage.write import KINDS, write_page
from landing_fixture import BUILT_IN, tables_of
from numpy.random import default_rng

from pipelines.contracts.fold_headers import fold_header
from pipelines.contracts.load_contracts import EXPORTS

#: Exports.md 8.4 and 8.5.
LEAST_SCORE, LEAST_LEAD = 0.60, 0.08


def clean(export: str, count: int = 12, seed: int = 5) -> Page:
    return make_page(export, count, default_rng(seed))


def refusal(folder: Path, raw: bytes, name: str) -> tuple[str, str]:
    tables = tables_of(folder, raw, name)
    file = tables["files"].row(0, named=True)
    assert file["outcome"] == "refused", "the file was loaded"
    assert tables["rejected"].is_empty() and tables["issues"].is_empty()
    assert not set(EXPORTS) & set(tables)
    return file["refused_code"], file["refused_sentence"]


def score(export: str, headers: list[str]) -> float:
    """Recognition score of a contract, worked by exports.md 8.4 and nothing of the product."""
    columns = BUILT_IN[export].feeds[export].columns.values()
    owners = {fold_header(h): c for c in columns for h in c.headers}
    found = [owners.get(fold_header(h.partition("(")[0])) for h in headers]
    met = {c.name for c in found if c is not None}
    groups: dict[str, set[str]] = {}
    for column in columns:
        if column.required:
            group = column.name if column.required == "yes" else column.required
            groups.setdefault(group, set()).add(column.name)
    required = sum(bool(names & met) for names in groups.values()) / len(groups)
    counted = [c for c in found if c is None or not c.is_common]
    known = sum(c is not None for c in counted) / len(counted)
    identifying = len({c.name for c in found if c is not None and c.is_identifying})
    return 0.40 * required + 0.35 * known + 0.25 * min(1, identifying / 3)


def required_groups(export: str) -> Mapping[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for column in BUILT_IN[export].feeds[export].columns.values():
        if column.required:
            group = column.name if column.required == "yes" else column.required
            groups.setdefault(group, []).append(column.name)
    return groups


@pytest.mark.parametrize(
    ("export", "group"), [(e, group) for e in EXPORTS for group in required_groups(e)]
)
def test_required_column_when_dropped_then_the_file_is_refused(
    export: str, group: str, tmp_path: Path
) -> None:
    page = clean(export)
    page.heads = [head for head in page.heads if head.key not in required_groups(export)[group]]
    headers = [head.text for head in page.heads]
    scores = {name: score(name, headers) for name in EXPORTS}
    others = max(value for name, value in scores.items() if name != export)
    code, sentence = refusal(tmp_path, write_page(page, "csv").raw, page.name)
    if scores[export] >= LEAST_SCORE - 1e-9:
        # The title in the name decides where the lead is small.
        assert code == "missing_column", (sentence, scores[export], others)
        accepted = BUILT_IN[export].feeds[export].columns[required_groups(export)[group][0]].headers
        assert accepted[0] in sentence and "row 1" in sentence
    else:
        assert code == "unrecognised", sentence
        assert f"{scores[export]:.2f}" in sentence or others > scores[export]


@pytest.mark.parametrize("export", EXPORTS)
@pytest.mark.parametrize("kind", KINDS)
def test_file_when_cut_off_then_nothing_of_it_is_loaded(
    export: str, kind: str, tmp_path: Path
) -> None:
    """A cut text file cannot be told from a whole one, a compressed one always can."""
    page = clean(export, 40)
    raw = write_page(page, kind).raw
    if kind not in ("xlsx", "xls", "html", "jsonl", "parquet"):
        raw = gzip.compress(raw)
    for share in (0.35, 0.6, 0.9):
        code, sentence = refusal(tmp_path, raw[: int(len(raw) * share)], page.name)
        if code == "encoding":  # cut inside a character, and seen before the page was looked at
            assert kind in ("html", "jsonl") and "may be cut off" in sentence
        else:
            assert code == "unreadable" and "othing of" in sentence, (share, sentence)


@pytest.mark.parametrize("export", EXPORTS)
def test_text_when_bytes_are_spoiled_then_it_is_refused(export: str, tmp_path: Path) -> None:
    page = clean(export)
    for kind in ("csv", "tab", "html", "jsonl"):
        for encoding in ("utf-8", "gb18030"):
            raw = write_page(page, kind, encoding).raw
            if kind == "jsonl" and encoding == "gb18030":
                raw = raw.decode().encode("gb18030")
            middle = raw.index(b"\n") if b"\n" in raw else len(raw) // 2
            spoiled = raw[:middle] + b"\xff\xff\x80" + raw[middle:]
            code, sentence = refusal(tmp_path, spoiled, page.name)
            assert code == "encoding", sentence
            assert "line" in sentence


@pytest.mark.parametrize("export", EXPORTS)
def test_text_when_a_quote_is_never_closed_then_it_is_refused(export: str, tmp_path: Path) -> None:
    page = clean(export)
    lines = write_page(page, "csv").raw.decode().splitlines()
    lines[7] = '"' + lines[7]
    code, sentence = refusal(tmp_path, "\r\n".join(lines).encode(), page.name)
    assert code == "unreadable"
    assert "line 8" in sentence


@pytest.mark.parametrize("export", EXPORTS)
@pytest.mark.parametrize("kind", [k for k in KINDS if k != "jsonl"])
def test_file_when_it_holds_a_header_only_then_it_lands_as_no_row(
    export: str, kind: str, tmp_path: Path
) -> None:
    page = clean(export)
    page.rows = []
    written = write_page(page, kind)
    verdict = judge(page, written, tables_of(tmp_path, written.raw, page.name), export)
    assert (verdict.reported, verdict.wrong) == (0, [])


@pytest.mark.parametrize("export", EXPORTS)
def test_header_when_it_stands_below_the_twentieth_row_then_it_is_not_found(
    export: str, tmp_path: Path
) -> None:
    page = clean(export)
    page.above = [[f"说明第{number}行"] for number in range(19)]
    written = write_page(page, "csv")
    verdict = judge(page, written, tables_of(tmp_path, written.raw, page.name), export)
    assert (verdict.reported, verdict.wrong) == (0, [])
    page.above.append(["再一行"])
    assert refusal(tmp_path, write_page(page, "csv").raw, page.name)[0] == "unrecognised"


@pytest.mark.parametrize("export", EXPORTS)
def test_name_when_it_has_no_date_then_only_registers_are_told_of(
    export: str, tmp_path: Path
) -> None:
    page = clean(export)
    is_register = page.feed.time_column is None
    page.issues = [(None, "known_at_unknown")] if is_register else []
    written = write_page(page, "csv")
    tables = tables_of(tmp_path, written.raw, page.feed.title)
    verdict = judge(page, written, tables, export)
    assert (verdict.missed, verdict.unplanted, verdict.wrong) == ([], [], [])
    source = "unknown" if is_register else "row_time"
    assert set(tables[export]["_known_from_what"]) == {source}


@pytest.mark.parametrize("export", EXPORTS)
def test_name_when_its_date_is_years_ahead_of_events_then_it_is_not_used(
    export: str, tmp_path: Path
) -> None:
    page = clean(export)
    is_event = page.feed.time_column is not None
    page.issues = [(None, "file_date_ignored")] if is_event else []
    written = write_page(page, "xlsx")
    ahead = KNOWN_ON.replace(year=KNOWN_ON.year + 3)
    tables = tables_of(tmp_path, written.raw, f"{page.feed.title}_{ahead}")
    verdict = judge(page, written, tables, export)
    assert (verdict.missed, verdict.unplanted, verdict.wrong) == ([], [], [])
    assert tables[export].filter(pl.col("_known_on") == ahead).is_empty() == is_event
