"""The cards of the overview: which figures, in what unit, and the rows behind each.

Belongs here: the list of cards and which of them a workspace can have.
Does not belong here: drawing them (overview.py), figures (sql/).
"""

from __future__ import annotations

from dataclasses import dataclass

from app.queries import Holdings


@dataclass(frozen=True)
class Card:
    """One figure: its column, unit, definition, the rows behind it, and the data it needs."""

    name: str
    column: str
    unit: str
    hint: str
    record_set: str
    needs: str | None = None
    total: str = "count_all"  # column of the rows that adds up to the figure


CARDS = (
    Card("parks", "count_parks", "parks", "count_parks", "parks_current"),
    Card(
        "enterprises",
        "count_enterprises",
        "enterprises",
        "count_enterprises",
        "enterprises_current",
        "enterprises",
    ),
    Card(
        "tenancies",
        "count_tenancies",
        "tenancies",
        "count_tenancies",
        "leases_current",
        "leases",
        "count_tenancies",
    ),
    Card(
        "visits", "count_inspections_12m", "visits", "visits_12m", "inspections_12m", "inspections"
    ),
    Card("hazards", "count_hazards_12m", "hazards", "hazards_12m", "hazards_12m", "hazards"),
    Card(
        "serious",
        "count_serious_hazards_12m",
        "hazards",
        "hazards_serious_12m",
        "hazards_serious",
        "hazards",
    ),
    Card("open", "count_hazards_open", "hazards", "hazards_open", "hazards_open", "hazards"),
    Card(
        "overdue",
        "count_hazards_overdue",
        "hazards",
        "hazards_overdue",
        "hazards_overdue",
        "hazards",
    ),
    Card("cases", "count_cases_12m", "events", "cases_12m", "cases_12m", "cases"),
    Card("fines", "fines_12m_fen", "money", "fines_12m", "cases_12m", "cases", "sum_fines_fen"),
    Card(
        "accidents", "count_accidents_12m", "events", "accidents_12m", "accidents_12m", "accidents"
    ),
    Card(
        "deaths",
        "count_deaths_12m",
        "deaths",
        "deaths_12m",
        "accidents_12m",
        "accidents",
        "sum_deaths",
    ),
)


def list_cards(holdings: Holdings) -> list[Card]:
    """Return the figures this workspace can have."""
    return [card for card in CARDS if card.needs is None or getattr(holdings, card.needs)]
