"""The annex: what each figure means, and the whole ranking.

Belongs here: definitions as they are counted. Does not belong here: the figures (the chapters).
"""

from __future__ import annotations

from app import words
from app.report.chapters import risk
from app.report.model import Block, Chapter, Heading, Paragraph
from app.report.source import Source

DEFINITIONS = ("visits", "rates", "cases", "accidents", "sensors", "trace")


def build(source: Source) -> Chapter:
    """Return the annex."""
    blocks: list[Block] = [Heading(words.say("annex.metrics"))]
    blocks += [Paragraph(words.say(f"annex.{key}")) for key in DEFINITIONS]
    ranking = risk.list_all(source)
    if ranking is not None:
        blocks += [Heading(words.say("risk.annex")), ranking]
    return Chapter("annex", words.say("annex.title"), "", blocks)
