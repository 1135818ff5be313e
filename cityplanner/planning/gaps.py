"""Where the chain from a supported recommendation to its result breaks off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from cityplanner.base.language import N_
from cityplanner.planning.facts import OfficeFacts


class Gap(StrEnum):
    """What a supported recommendation lacks."""

    INITIATIVE = N_("supported, but without an initiative")
    MONEY = N_("with an initiative, but no money")
    ENGAGEMENT = N_("with money, but no engagement")
    MEASUREMENT = N_("no measurement in the last 12 months")


@dataclass(frozen=True, slots=True)
class Evidence:
    """The day each initiative was last engaged in and last measured, by initiative id."""

    last_engaged: Mapping[int, date] = field(default_factory=dict)
    last_measured: Mapping[int, date] = field(default_factory=dict)


def gaps(
    office: OfficeFacts, decisions: Mapping[int, int | None], evidence: Evidence, today: date
) -> dict[int, frozenset[Gap]]:
    """The gaps of each supported recommendation by its id; those without any, and not supported ones, are left out.

    Money is a budget line above zero, charged to a fund, at the level chosen for an initiative that answers
    it. Engagement: one that served such an initiative, at any time until `today`. A measurement counts from
    any of its initiatives, and is asked for only where there is one.
    """
    answering: defaultdict[int, set[int]] = defaultdict(set)
    known = {one.id for one in office.initiatives}
    for link in office.contributions:
        if link.initiative_id in known:
            answering[link.recommendation_id].add(link.initiative_id)
    chosen = office.chosen(decisions)
    funded = {
        key
        for key, level in chosen.items()
        if any(line.fund_id is not None and line.amount > 0 for line in level.lines)
    }
    engaged = {key for key, day in evidence.last_engaged.items() if day <= today}
    since = year_before(today)
    measured = {key for key, day in evidence.last_measured.items() if since < day <= today}
    found = {
        item.id: _of_one(answering[item.id], funded, engaged, measured)
        for item in office.recommendations
        if item.supported
    }
    return {key: of_one for key, of_one in found.items() if of_one}


def year_before(day: date) -> date:
    """The same day a year earlier; 28 February for a leap day."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def _of_one(answering: set[int], funded: set[int], engaged: set[int], measured: set[int]) -> frozenset[Gap]:
    if not answering:
        return frozenset({Gap.INITIATIVE})
    paid = answering & funded
    found = set()
    if not paid:
        found.add(Gap.MONEY)
    elif not paid & engaged:
        found.add(Gap.ENGAGEMENT)
    if not answering & measured:
        found.add(Gap.MEASUREMENT)
    return frozenset(found)
