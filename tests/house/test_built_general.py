"""The house names no source: another regulator is contracts and rules, never code."""

from __future__ import annotations

import re
from pathlib import Path

from pipelines.contracts.load_contracts import export_dictionary, load_contracts

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("pipelines", "dbt_project", "models_ml", "app")
EXAMPLE = ROOT / "examples" / "another_regulator" / "contracts"
#: How people call these sources.
NAMES = ("hud", "reac", "uci", "pha", "public housing", "public_housing", "air_quality")
#: Header words that are plain words of any program.
PLAIN = frozenset(("address", "city", "zip", "t", "date", "time", "latitude", "longitude"))


def source_files() -> list[Path]:
    kinds = (".py", ".sql", ".yml", ".yaml", ".toml", ".css", ".typ", ".csv")
    return [
        path
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*"))
        if path.suffix in kinds and not {"target", "logs"} & set(path.parts)
    ]


def foreign_words() -> set[str]:
    """Names of the sources, of their contracts, and every header these contracts list."""
    builtin = set(export_dictionary())
    own = {n: c for n, c in load_contracts(EXAMPLE).items() if n not in builtin}
    assert len(own) == 2
    headers = {
        header.strip()
        for contract in own.values()
        for feed in contract.feeds.values()
        for header in (
            *feed.extra,
            *(h for c in feed.columns.values() if not c.is_common for h in c.headers),
        )
    }
    words = {*NAMES, *own, *(c.source_system or "" for c in own.values()), *headers} - {""}
    return {word.lower() for word in words} - PLAIN


def test_rooms_when_searched_for_the_other_regulators_words_then_none_is_found() -> None:
    words = foreign_words()
    assert {"inspection_score", "pt08_s1_co", "development_id", "hud"} <= words
    canonical = {c for feed in export_dictionary().values() for c in feed.columns}
    pattern = re.compile(
        r"(?<![a-z0-9_])(" + "|".join(map(re.escape, sorted(words - canonical))) + r")(?![a-z0-9_])"
    )
    found = [
        f"{path.relative_to(ROOT)}:{number}: {met[0]}"
        for path in source_files()
        for number, line in enumerate(path.read_text("utf-8").lower().splitlines(), 1)
        if (met := pattern.search(line))
    ]
    assert found == []
