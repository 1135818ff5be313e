"""Whether an agreement is alive: time since contact under it, community involvement and funding, in words.

These are what sister-city dormancy reviews ask. Contact under an agreement is an engagement held with one of
its partners, other than the city's own departments, that served one of its initiatives, or none; where no
initiative is linked to it, one that served none of another agreement. What else the partners were met for is
only remarked upon. A verdict is advice with its reasons; only people set a status.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from cityplanner.base.language import N_, Language, current

QUIET_DAYS = 365
DORMANT_DAYS = 730
"""Two years: as far back as community involvement is looked for, too."""


class Verdict(StrEnum):
    """What the signs come to; the last one asks, for the office may know better."""

    DORMANT = N_("dormant?")
    QUIET = N_("quiet")
    ACTIVE = N_("active")


ORDER = {verdict: place for place, verdict in enumerate(Verdict)}


@dataclass(frozen=True, slots=True)
class AgreementActivity:
    """What is known of an agreement in force.

    `last_contact_on` is the last contact under it, `other_contact_on` the last time its partners were met on
    other matters. `engagements` are those under it in the last two years, `participants` the people at them in
    person and online; `initiatives` are the titles of those linked to it, `funded` of those that the scenario that
    holds keeps running. `funded` is None where no scenario holds.
    """

    id: int
    title: str
    sides: tuple[str, ...] = ()
    last_contact_on: date | None = None
    other_contact_on: date | None = None
    signed_on: date | None = None
    engagements: int = 0
    participants: int = 0
    initiatives: tuple[str, ...] = ()
    funded: tuple[str, ...] | None = ()
    is_dormant: bool = False


@dataclass(frozen=True, slots=True)
class Review:
    """An agreement's verdict with its three reasons and any remark."""

    agreement_id: int
    title: str
    sides: tuple[str, ...]
    last_contact_on: date | None
    verdict: Verdict
    contact: str
    community: str
    funding: str
    remark: str
    is_dormant: bool

    @property
    def reasons(self) -> str:
        """All reasons in one text."""
        return " ".join(filter(None, (self.contact, self.community, self.funding, self.remark)))


def first_day(partial: str | None) -> date | None:
    """The first day that a date known to the year, month or day can mean."""
    if not partial:
        return None
    year, month, day = (*map(int, partial.split("-")), 1, 1)[:3]
    return date(year, month, day)


def verdict(one: AgreementActivity, today: date) -> Verdict:
    """Dormant: no sign of contact for two years and no running initiative; active: a contact within a year
    and either people or money behind it; quiet: all between.

    A signing is a sign of contact. Participants or linked initiatives count as community involvement.
    """
    signs = [day for day in (one.last_contact_on, one.signed_on) if day is not None and day <= today]
    silent = today - max(signs) if signs else timedelta.max
    if silent > timedelta(days=DORMANT_DAYS):
        return Verdict.QUIET if one.funded else Verdict.DORMANT
    alive = bool(one.participants or one.initiatives or one.funded)
    return Verdict.ACTIVE if alive and silent <= timedelta(days=QUIET_DAYS) else Verdict.QUIET


def review(one: AgreementActivity, today: date, language: Language | None = None) -> Review:
    """The verdict on one agreement with its reasons in words."""
    say = language or current()
    found = verdict(one, today)
    return Review(
        agreement_id=one.id,
        title=one.title,
        sides=one.sides,
        last_contact_on=one.last_contact_on,
        verdict=found,
        contact=_contact(one, today, say),
        community=say.sentences(_community(one, say)),
        funding=_funding(one, say),
        remark=_remark(one, found, today, say),
        is_dormant=one.is_dormant,
    )


def reviews(
    agreements: tuple[AgreementActivity, ...], today: date, language: Language | None = None
) -> tuple[Review, ...]:
    """All verdicts: what may be dormant first, the longest silence before shorter ones."""
    found = [review(one, today, language) for one in agreements]
    found.sort(key=lambda one: (ORDER[one.verdict], one.last_contact_on or date.min, one.title))
    return tuple(found)


def _contact(one: AgreementActivity, today: date, say: Language) -> str:
    if one.last_contact_on is None:
        return say.text(N_("No contact under it is logged."))
    return say.text(N_("Last contact {ago}.")).format(ago=_ago(one.last_contact_on, today, say))


def _ago(day: date, today: date, say: Language) -> str:
    days = max(0, (today - day).days)
    if days < QUIET_DAYS:
        return say.plural("{n} day ago", "{n} days ago", days)
    return say.plural("more than {n} year ago", "more than {n} years ago", days // QUIET_DAYS)


def _community(one: AgreementActivity, say: Language) -> Iterator[str]:
    if not one.engagements:
        yield say.text(N_("No engagement in two years."))
    elif one.participants:
        people = say.plural("{n} participant", "{n} participants", one.participants)
        met = say.plural("{n} engagement", "{n} engagements", one.engagements)
        yield say.text(N_("{people} at {met} in two years.")).format(people=people, met=met)
    else:
        yield say.plural(
            "{n} engagement in two years, participants not recorded.",
            "{n} engagements in two years, participants not recorded.",
            one.engagements,
        )
    if one.initiatives:
        linked = say.plural("{n} initiative linked", "{n} initiatives linked", len(one.initiatives))
        yield say.text(N_("{caption}: {list}.")).format(caption=linked, list=say.listed(one.initiatives))
    else:
        yield say.text(N_("No open initiative is linked."))


def _funding(one: AgreementActivity, say: Language) -> str:
    if one.funded is None:
        return say.text(N_("No scenario holds yet, so funding is not known."))
    if one.funded:
        return say.text(N_("Funded: {names}.")).format(names=say.listed(one.funded))
    return say.text(N_("No initiative for it is funded."))


def _remark(one: AgreementActivity, found: Verdict, today: date, say: Language) -> str:
    if one.is_dormant and found is not Verdict.DORMANT:
        return say.text(N_("Its status is dormant, but there are signs of life."))
    signed = one.signed_on
    if signed is not None and one.last_contact_on is None and (today - signed).days <= DORMANT_DAYS:
        return say.text(N_("It was signed less than two years ago."))
    other = one.other_contact_on
    if other is not None and found is not Verdict.ACTIVE and other > (one.last_contact_on or date.min):
        return say.text(N_("Its partners were met on other matters {ago}.")).format(
            ago=_ago(other, today, say)
        )
    return ""
