"""The chapter on inspections and hazards, put together from its two sections.

Belongs here: their order. Does not belong here: their content (visits.py, hazards.py).
"""

from __future__ import annotations

from app import words
from app.report.chapters import hazards, visits
from app.report.model import Chapter
from app.report.source import Source


def build(source: Source) -> Chapter:
    """Return the chapter."""
    visited, visit_blocks = visits.build(source)
    found, hazard_blocks = hazards.build(source)
    headline = words.say("report.space").join(part for part in (visited, found) if part)
    return Chapter("safety", words.say("safety.title"), headline, [*visit_blocks, *hazard_blocks])
