"""The overviews that nouns have beside their form; each is imported when its first record is shown."""

from __future__ import annotations

from cityplanner.ui.parts.record_view import MakesOverview


def overview_of(table: str) -> MakesOverview | None:
    """What makes the overview of a noun; None for one that has none."""
    if table == "partner":
        from cityplanner.ui.pages.partner_overview import PartnerOverview

        return PartnerOverview
    if table == "initiative":
        from cityplanner.ui.pages.initiative_overview import InitiativeOverview

        return InitiativeOverview
    return None
