"""Decided code words into the workspace's contracts, before anything is landed.

Belongs here: writing ``contracts/_code_words.yml`` from the record, only when it changes.
Does not belong here: reading it (pipelines/contracts/code_words.py), the record (record.py).
"""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl

from pipelines.contracts.code_words import FILE_NAME
from pipelines.review.record import code_words, decision_rows, harvest
from pipelines.settings import Settings

HEAD = "# Written by parkrisk from rules/review_decisions.yml. Not edited by hand.\n"


def take_decisions(settings: Settings) -> int:
    """Bring the inbox into the record and the record into force; return the new decisions."""
    count = harvest(settings)
    write_code_words(settings, code_words(decision_rows(settings)))
    return count


def write_code_words(settings: Settings, words: pl.DataFrame) -> Path:
    """Write the decided words of each export and column; without any, no file stands."""
    path = settings.contracts / FILE_NAME
    if words.is_empty():
        path.unlink(missing_ok=True)
        return path
    lines = [HEAD]
    for (export,), columns in words.sort("export", "column_name", "word").group_by(
        "export", maintain_order=True
    ):
        lines.append(f"{_quoted(export)}:\n")
        for (column,), own in columns.group_by("column_name", maintain_order=True):
            pairs = ", ".join(
                f"{_quoted(word)}: {_quoted(code)}"
                for word, code in own.select("word", "code").iter_rows()
            )
            lines.append(f"  {_quoted(column)}: {{{pairs}}}\n")
    text = "".join(lines)
    if not path.exists() or path.read_text("utf-8") != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".tmp")
        part.write_text(text, "utf-8")
        part.replace(path)
    return path


def _quoted(text: object) -> str:
    return json.dumps(str(text), ensure_ascii=False)
