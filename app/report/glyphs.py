"""Every character of a report has a glyph in the fonts that set it, or the report is not made.

Belongs here: which text is set in which role, the check. Does not belong here: finding fonts
(fonts.py). Typst leaves out a missing glyph without a word, so the check comes before it.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict

from app import words
from app.report.figures import texts_of
from app.report.fonts import CHAINS, Fonts, covered_by
from app.report.model import Chapter, Figure, Heading, Paragraph, Report, Table
from app.report.period import ReportError

#: Characters that set no glyph.
_SILENT = frozenset("\n\t\r")


def check_glyphs(report: Report, fonts: Fonts) -> None:
    """Check every text of a report against the chain of its role.

    Raises
    ------
    ReportError : characters no font of the chain has, each with its code and one text it is in.
    """
    missing = find_missing(list_texts(report), fonts)
    if not missing:
        return
    named = "; ".join(
        f"{char} (U+{ord(char):04X}, {role}) in {text!r}"
        for (role, char), text in sorted(missing.items())
    )
    chains = {role: ", ".join(fonts.families[role]) for role, _ in missing}
    raise ReportError(
        f"report: no font has a glyph for {named}. Searched {chains}. "
        "Next: install a font with these characters (fonts-noto-cjk has most), or correct the name."
    )


def find_missing(texts: dict[str, list[str]], fonts: Fonts) -> dict[tuple[str, str], str]:
    """Return the characters without a glyph by role, each with the first text that has it."""
    missing: dict[tuple[str, str], str] = {}
    for role, role_texts in texts.items():
        covered = _covered(role, fonts)
        for text in role_texts:
            for char in text:
                if ord(char) not in covered and not _is_silent(char):
                    missing.setdefault((role, char), text[:40])
    return missing


def list_texts(report: Report) -> dict[str, list[str]]:
    """Return every text of a report by the role of the font that sets it."""
    texts: dict[str, list[str]] = defaultdict(list)
    texts["title"] += [report.title]
    texts["hei"] += [report.scope_title, report.summary_title]
    texts["body"] += [report.issuer, report.day, *report.scope, *report.summary]
    for chapter in report.chapters:
        _list_chapter(chapter, texts)
    return texts


def _list_chapter(chapter: Chapter, texts: dict[str, list[str]]) -> None:
    texts["hei"].append(chapter.title)
    for block in chapter.blocks:
        if isinstance(block, Heading):
            texts["kai"].append(block.text)
        elif isinstance(block, Paragraph):
            texts["body"].append(block.text)
        elif isinstance(block, Figure):
            texts["hei"] += [block.caption, texts_of(block)]
        elif isinstance(block, Table):
            texts["hei"] += [block.caption, *(column.title for column in block.columns)]
            texts["body"] += [words.say("report.unit", unit=block.unit), *block.notes]
            texts["body"] += [cell for row in block.rows for cell in row]


def _covered(role: str, fonts: Fonts) -> frozenset[int]:
    names = {family: files for family, files in CHAINS[role] if family in fonts.families[role]}
    return frozenset().union(
        *(
            covered_by(path, family)
            for family, files in names.items()
            for path in fonts.files[role]
            if path.name.lower() in files
        )
    )


def _is_silent(char: str) -> bool:
    return char in _SILENT or unicodedata.category(char) in ("Zs", "Cf")
