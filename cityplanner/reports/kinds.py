"""Which briefings there are."""

from __future__ import annotations

from typing import Any

from cityplanner.base.errors import UserError
from cityplanner.base.language import _
from cityplanner.reports.briefings.agreement_register.kind import AGREEMENT_REGISTER
from cityplanner.reports.briefings.delegation_book.kind import DELEGATION_BOOK
from cityplanner.reports.briefings.directory.kind import DIRECTORY
from cityplanner.reports.briefings.engagement_log.kind import ENGAGEMENT_LOG
from cityplanner.reports.briefings.executive.kind import EXECUTIVE
from cityplanner.reports.briefings.initiative_sheet.kind import INITIATIVE_SHEET
from cityplanner.reports.briefings.partner_profile.kind import PARTNER_PROFILE
from cityplanner.reports.briefings.recommendations.kind import RECOMMENDATIONS
from cityplanner.reports.briefings.scenario_comparison.kind import SCENARIO_COMPARISON
from cityplanner.reports.briefings.value_case.kind import VALUE_CASE
from cityplanner.reports.kind import Kind

KINDS: tuple[Kind[Any], ...] = (
    EXECUTIVE,
    RECOMMENDATIONS,
    SCENARIO_COMPARISON,
    PARTNER_PROFILE,
    DELEGATION_BOOK,
    INITIATIVE_SHEET,
    AGREEMENT_REGISTER,
    ENGAGEMENT_LOG,
    VALUE_CASE,
    DIRECTORY,
)


def kinds() -> dict[str, Kind[Any]]:
    """Every kind of briefing by its name."""
    return {kind.name: kind for kind in KINDS}


def kind_named(name: str) -> Kind[Any]:
    """The kind of that name; raises `UserError` for one that does not exist."""
    known = kinds()
    if name not in known:
        raise UserError(
            _("There is no briefing called “{kind}”.").format(kind=name),
            _("Choose one of: {kinds}.").format(kinds=", ".join(known)),
        )
    return known[name]
