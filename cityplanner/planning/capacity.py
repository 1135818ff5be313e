"""What the staff can carry: FTE after furlough, hours left for keeping in touch, and who falls silent.

An FTE-year is 2,080 paid hours on 260 workdays (52 weeks of 40 hours). FTE and hours are exact `Fraction`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from cityplanner.planning.facts import PartnerFact, PositionFact

WORKDAYS = 260
HOURS_PER_FTE = 2080
DAYS_PER_YEAR = 365


@dataclass(frozen=True, slots=True)
class Capacity:
    """FTE and yearly hours of a scenario; `silent_partner_ids` in the order in which they are given up."""

    fte_before: Fraction
    fte_after: Fraction
    fte_needed: Fraction
    hours_left: Fraction
    contact_hours_needed: Fraction
    silent_partner_ids: tuple[int, ...]

    @property
    def fte_left(self) -> Fraction:
        """FTE that no initiative uses; negative when more is needed than there is."""
        return self.fte_after - self.fte_needed

    @property
    def contact_hours_short(self) -> Fraction:
        """Hours a year missing to keep in touch with every partner as often as agreed."""
        return max(Fraction(0), self.contact_hours_needed - self.hours_left)


def worked_share(furlough_days: Decimal) -> Fraction:
    """Share of a year still worked, `1 - days/260`; raises ValueError outside 0-260 days."""
    if not 0 <= furlough_days <= WORKDAYS:
        raise ValueError(f"{furlough_days} furlough days are not between 0 and {WORKDAYS}")
    return 1 - Fraction(furlough_days) / WORKDAYS


def fte_after_furlough(fte: Decimal, furlough_days: Decimal) -> Fraction:
    """`FTE * (1 - days/260)`: days each person is sent home without pay, of 260 workdays a year."""
    return Fraction(fte) * worked_share(furlough_days)


def contact_hours(partner: PartnerFact) -> Fraction:
    """Staff hours a year to keep in touch, `365 / interval * hours per contact`; none without an interval."""
    if not partner.interval_days:
        return Fraction(0)
    return Fraction(DAYS_PER_YEAR, partner.interval_days) * Fraction(partner.hours_per_contact)


def hours_left(fte_after: Fraction, fte_needed: Fraction, hours_per_fte: int = HOURS_PER_FTE) -> Fraction:
    """Hours a year that initiatives leave for keeping in touch, never less than none."""
    return max(Fraction(0), (fte_after - fte_needed) * hours_per_fte)


def giving_up_order(partners: Iterable[PartnerFact], served: Collection[int]) -> list[PartnerFact]:
    """The order in which contact is given up when hours run short.

    First partners that no running initiative works with (`served` holds those that one does), then the least
    recently contacted, never contacted before any other; among equals the most recently added (highest id).
    """
    return sorted(partners, key=lambda one: (one.id in served, one.last_contact_on or date.min, -one.id))


def silent_partners(
    partners: Iterable[PartnerFact], served: Collection[int], hours: Fraction
) -> tuple[PartnerFact, ...]:
    """The partners given up, in that order, until the hours suffice for the rest; fewer hours only add some.

    Partners that take no hours are never given up.
    """
    hours_of = {one.id: (one, contact_hours(one)) for one in partners}
    needed = sum((cost for _, cost in hours_of.values()), Fraction(0))
    silent = []
    for one in giving_up_order((one for one, cost in hours_of.values() if cost), served):
        if needed <= hours:
            break
        silent.append(one)
        needed -= hours_of[one.id][1]
    return tuple(silent)


def staffing(
    positions: Iterable[PositionFact], frozen_ids: Collection[int], furlough_days: Decimal
) -> tuple[Fraction, Fraction]:
    """FTE of all positions, and FTE of those not frozen after furlough."""
    before = after = Decimal(0)
    for position in positions:
        before += position.fte
        if position.id not in frozen_ids:
            after += position.fte
    return Fraction(before), fte_after_furlough(after, furlough_days)


def assess(
    positions: Iterable[PositionFact],
    frozen_ids: Collection[int],
    furlough_days: Decimal,
    fte_needed: Decimal,
    partners: Iterable[PartnerFact],
    served: Collection[int],
    hours_per_fte: int = HOURS_PER_FTE,
) -> Capacity:
    """Everything about capacity at once; `fte_needed` is what the chosen service levels take."""
    keeping = tuple(partners)
    before, after = staffing(positions, frozen_ids, furlough_days)
    hours = hours_left(after, Fraction(fte_needed), hours_per_fte)
    return Capacity(
        fte_before=before,
        fte_after=after,
        fte_needed=Fraction(fte_needed),
        hours_left=hours,
        contact_hours_needed=sum((contact_hours(one) for one in keeping), Fraction(0)),
        silent_partner_ids=tuple(one.id for one in silent_partners(keeping, served, hours)),
    )
