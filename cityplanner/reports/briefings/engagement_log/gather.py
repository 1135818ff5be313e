"""The facts of the engagement log: what was held in a period, with whom, and what was promised."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from cityplanner.model.engagement import Commitment, Engagement
from cityplanner.model.group import GroupOf
from cityplanner.model.office import Office
from cityplanner.model.partner import Partner
from cityplanner.reports.briefings.months import Month, months
from cityplanner.reports.briefings.narrowing import Members, holding, members
from cityplanner.reports.choices import Choices, instants
from cityplanner.reports.kind import office_of
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.records import engagements_between, partners_between, records


@dataclass(frozen=True, slots=True)
class Logged:
    """An engagement with the partners that may be named."""

    engagement: Engagement
    day: dt.date
    """By the office's clock."""
    partners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Promised:
    """A commitment with its partner's name."""

    commitment: Commitment
    partner: str
    overdue: bool


@dataclass(frozen=True, slots=True)
class LogFacts:
    """What the engagement log says."""

    office: Office
    today: dt.date
    begin: dt.date
    end: dt.date
    log: tuple[Logged, ...]
    months: tuple[Month, ...]
    open: tuple[Promised, ...]
    kept: tuple[Promised, ...]
    """Those completed in the period, by day."""
    withheld: int


def gather(plan: Plan, choices: Choices, today: dt.date) -> LogFacts:
    """Read the log of the period as far as partners, group, words and audience leave it."""
    office = office_of(plan)
    begin, end = choices.period(today)
    zone = ZoneInfo(office.zone)
    start, stop = instants(begin, end, zone)
    with plan.reading() as session:
        partners = {one.id: one for one in records(session, Partner)}
        group = members(plan, session, choices.group, today)
        found = holding(plan, session, Engagement, choices.words)
        present = partners_between(session, start, stop)
        log = [
            one
            for one in engagements_between(session, start, stop)
            if _wanted(one.id, present.get(one.id, ()), choices.partners, group)
            and (found is None or one.id in found)
        ]
        said = holding(plan, session, Commitment, choices.words)
        promised = [
            one
            for one in records(session, Commitment)
            if _concerns(one, choices.partners, group, {each.id for each in log})
            and (said is None or one.id in said)
        ]
    seen = {key: one.name for key, one in partners.items() if choices.audience.may_see(one.sensitivity)}
    shown = [one for one in log if choices.audience.may_see(one.sensitivity)]
    named = [
        Promised(one, seen[one.partner_id], one.is_overdue(today))
        for one in promised
        if one.partner_id in seen
    ]
    return LogFacts(
        office=office,
        today=today,
        begin=begin,
        end=end,
        log=tuple(_logged(one, present, seen, zone) for one in shown),
        months=months(shown, begin, end, zone),
        open=tuple(sorted((one for one in named if one.commitment.status.is_open), key=_due)),
        kept=tuple(sorted((one for one in named if _kept(one.commitment, begin, end)), key=_completed)),
        withheld=len(log) - len(shown) + len(promised) - len(named),
    )


def _wanted(
    engagement: int, present: Collection[int], partners: Collection[int], group: Members | None
) -> bool:
    if partners and not set(partners) & set(present):
        return False
    if group is None:
        return True
    return bool(group.ids & ({engagement} if group.of is GroupOf.ENGAGEMENT else set(present)))


def _concerns(
    one: Commitment, partners: Collection[int], group: Members | None, log: Collection[int]
) -> bool:
    if partners and one.partner_id not in partners:
        return False
    if group is None:
        return True
    return one.partner_id in group.ids if group.of is GroupOf.PARTNER else one.engagement_id in log


def _logged(
    one: Engagement, present: Mapping[int, list[int]], seen: Mapping[int, str], zone: ZoneInfo
) -> Logged:
    names = tuple(seen[key] for key in present.get(one.id, ()) if key in seen)
    return Logged(one, one.starts_at.astimezone(zone).date(), names)


def _due(one: Promised) -> tuple[dt.date, int]:
    return one.commitment.due_on or dt.date.max, one.commitment.id


def _kept(one: Commitment, begin: dt.date, end: dt.date) -> bool:
    return one.completed_on is not None and begin <= one.completed_on <= end


def _completed(one: Promised) -> tuple[dt.date, int]:
    return one.commitment.completed_on or dt.date.max, one.commitment.id
