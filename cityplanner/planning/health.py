"""Health of a relationship, 0-100 with its breakdown, and when the next contact is due.

Recency and frequency of contact are what relationship management goes by, and time since contact is what
sister-city dormancy reviews ask first; keeping one's word comes second. Below three engagements there is
no number, for it would say more than the log knows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from cityplanner.base.language import N_, Language, current
from cityplanner.planning.facts import PartnerFact

FEWEST_ENGAGEMENTS = 3
MANY_ENGAGEMENTS = 12


class Aspect(StrEnum):
    """What a relationship is judged by."""

    RECENCY = N_("recent contact")
    COMMITMENTS = N_("commitments kept")
    ENGAGEMENTS = N_("engagements")


WEIGHTS = {Aspect.RECENCY: 50, Aspect.COMMITMENTS: 30, Aspect.ENGAGEMENTS: 20}


@dataclass(frozen=True, slots=True)
class HealthPart:
    """One aspect: its share 0-1 (None: nothing to judge by), weight, points of 100, and why in words."""

    aspect: Aspect
    share: Fraction | None
    weight: int
    points: Fraction
    reason: str


@dataclass(frozen=True, slots=True)
class NextContact:
    """When a partner is to be contacted next; `days` from today, negative when overdue."""

    due_on: date
    days: int

    @property
    def overdue(self) -> bool:
        """Whether the day has passed."""
        return self.days < 0


@dataclass(frozen=True, slots=True)
class Health:
    """A relationship's result 0-100, None with `summary` "insufficient data" below three engagements."""

    partner_id: int
    result: Fraction | None
    parts: tuple[HealthPart, ...]
    next_contact: NextContact | None
    summary: str


def next_contact(partner: PartnerFact, today: date) -> NextContact | None:
    """Last contact plus the keep-in-touch interval; today if there was none, None without an interval."""
    if partner.interval_days is None:
        return None
    last = partner.last_contact_on
    due_on = today if last is None else last + timedelta(days=partner.interval_days)
    return NextContact(due_on, (due_on - today).days)


def recency(partner: PartnerFact, today: date) -> Fraction | None:
    """`2 - days since contact / interval`, between 0 and 1: full until the interval ends, none at twice it.

    0 if there never was a contact, None without an interval to compare with.
    """
    if not partner.interval_days:
        return None
    if partner.last_contact_on is None:
        return Fraction(0)
    days = (today - partner.last_contact_on).days
    return min(Fraction(1), max(Fraction(0), 2 - Fraction(days, partner.interval_days)))


def commitments_kept(partner: PartnerFact) -> Fraction | None:
    """Share of the commitments due so far, of either side, that were kept; None when none was due."""
    return Fraction(partner.commitments_kept, partner.commitments_due) if partner.commitments_due else None


def engagement_share(partner: PartnerFact) -> Fraction:
    """Engagements logged, of the twelve that count in full."""
    return min(Fraction(1), Fraction(partner.engagement_count, MANY_ENGAGEMENTS))


def combine(shares: Iterable[tuple[Fraction | None, int]]) -> Fraction | None:
    """`100 * sum(weight * share) / sum(weight)` over the aspects that can be judged; None if none can."""
    known = [(share, weight) for share, weight in shares if share is not None]
    weight = sum(of_one for _, of_one in known)
    return sum((100 * share * of_one for share, of_one in known), Fraction(0)) / weight if weight else None


def assess(partner: PartnerFact, today: date, language: Language | None = None) -> Health:
    """Health of one relationship on a day; words in `language` (by default the window's)."""
    say = language or current()
    shares = {
        Aspect.RECENCY: recency(partner, today),
        Aspect.COMMITMENTS: commitments_kept(partner),
        Aspect.ENGAGEMENTS: engagement_share(partner),
    }
    whole = sum(WEIGHTS[aspect] for aspect, share in shares.items() if share is not None)
    enough = partner.engagement_count >= FEWEST_ENGAGEMENTS
    result = combine((share, WEIGHTS[aspect]) for aspect, share in shares.items()) if enough else None
    return Health(
        partner_id=partner.id,
        result=result,
        parts=tuple(
            HealthPart(
                aspect,
                share,
                WEIGHTS[aspect],
                Fraction(0) if share is None else 100 * share * WEIGHTS[aspect] / whole,
                _reason(aspect, partner, today, say),
            )
            for aspect, share in shares.items()
        ),
        next_contact=next_contact(partner, today),
        summary=say.text(N_("insufficient data")) if result is None else say.number(round(result)),
    )


def _reason(aspect: Aspect, partner: PartnerFact, today: date, say: Language) -> str:
    if aspect is Aspect.RECENCY:
        return _recency_reason(partner, today, say)
    if aspect is Aspect.COMMITMENTS:
        if not partner.commitments_due:
            return say.text(N_("No commitment has come due yet."))
        return say.text(N_("{kept} of {due} commitments kept.")).format(
            kept=say.number(partner.commitments_kept), due=say.number(partner.commitments_due)
        )
    return say.plural("{n} engagement logged.", "{n} engagements logged.", partner.engagement_count)


def _recency_reason(partner: PartnerFact, today: date, say: Language) -> str:
    if not partner.interval_days:
        return say.text(N_("No keep-in-touch interval is set."))
    if partner.last_contact_on is None:
        return say.text(N_("There has been no contact yet."))
    days = max(0, (today - partner.last_contact_on).days)
    return say.text(N_("{ago}; the interval is {interval}.")).format(
        ago=say.plural("Last contact {n} day ago", "Last contact {n} days ago", days),
        interval=say.plural("{n} day", "{n} days", partner.interval_days),
    )
