"""The facts of the value case: what the office's work brought in a period, each with its dated record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from cityplanner.model.agreement import IN_FORCE, Agreement
from cityplanner.model.engagement import Commitment, CommitmentStatus, Engagement, Format
from cityplanner.model.fund import Fund, FundAmount, FundSource
from cityplanner.model.indicator import Indicator, Measurement
from cityplanner.model.ledger import Aid, AidStatus, Direction
from cityplanner.model.office import Office
from cityplanner.model.partner import Partner
from cityplanner.model.practice import Practice, PracticeStatus
from cityplanner.planning import indicators
from cityplanner.planning.dormancy import first_day
from cityplanner.planning.indicators import Standing
from cityplanner.planning.years import fiscal_year
from cityplanner.reports.briefings.value_case.claim import Claim, founded
from cityplanner.reports.charts.indicators import fact_of
from cityplanner.reports.choices import Choices, instants
from cityplanner.reports.kind import office_of
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.records import (
    Reading,
    engagements_between,
    partners_between,
    records,
)

_CAME = (AidStatus.SHIPPED, AidStatus.RECEIVED)
_BROUGHT = (FundSource.GRANT, FundSource.DONATION, FundSource.IN_KIND)
_TELLING = (Format.SIGNING, Format.INBOUND, Format.OUTBOUND, Format.EXCHANGE, Format.STUDY)


@dataclass(frozen=True, slots=True)
class Brought:
    """Outside money in a fund for a fiscal year."""

    fund: str
    source: FundSource
    fiscal_year: int
    amount: int


@dataclass(frozen=True, slots=True)
class ValueFacts:
    """What the value case says; every claim carries its record."""

    office: Office
    today: dt.date
    begin: dt.date
    end: dt.date
    received: tuple[Claim, ...]
    given: tuple[Claim, ...]
    answers: Mapping[int, Claim]
    """Aid given by its id, with the claim on the aid it answers."""
    kept: tuple[Claim, ...]
    kept_to_us: tuple[Claim, ...]
    money: tuple[Brought, ...]
    signed: tuple[Claim, ...]
    reached: tuple[Claim, ...]
    adopted: tuple[Claim, ...]
    events: tuple[Claim, ...]
    withheld: int


def gather(plan: Plan, choices: Choices, today: dt.date) -> ValueFacts:
    """Read what was done in the period with partners the audience may see."""
    office = office_of(plan)
    begin, end = choices.period(today)
    with plan.reading() as session:
        partners = records(session, Partner)
        names = {one.id: one.name for one in partners if choices.audience.may_see(one.sensitivity)}
        read = _Reader(session, names, begin, min(end, today))
        aid = [one for one in records(session, Aid) if one.status in _CAME]
        by_id = {one.id: one for one in aid if one.partner_id in names}
        came = read.deliveries(aid)
        given = [one for one in came if one.direction is Direction.GIVEN]
        received = [one for one in came if one.direction is Direction.RECEIVED]
        events, hidden = read.events(choices, office)
        return ValueFacts(
            office=office,
            today=today,
            begin=begin,
            end=end,
            received=tuple(map(read.aid, received)),
            given=tuple(map(read.aid, given)),
            answers={one.id: read.aid(by_id[one.answers_id]) for one in given if one.answers_id in by_id},
            kept=read.kept("ours"),
            kept_to_us=read.kept("theirs"),
            money=_money(session, begin, end, office.fiscal_year_start),
            signed=read.signed(choices),
            reached=read.reached(today),
            adopted=read.adopted(),
            events=events,
            withheld=read.withheld + hidden,
        )


class _Reader:
    """Reads claims on the records of a period whose partners may be named, and counts the others."""

    def __init__(self, session: Reading, names: Mapping[int, str], begin: dt.date, end: dt.date) -> None:
        self._session, self._names, self._begin, self._end = session, names, begin, end
        self.withheld = 0

    def _in(self, day: dt.date | None) -> bool:
        return day is not None and self._begin <= day <= self._end

    def deliveries(self, aid: list[Aid]) -> list[Aid]:
        """The aid of the period by day, with partners that may be named."""
        of_period = [one for one in aid if self._in(one.occurred_on)]
        shown = [one for one in of_period if one.partner_id in self._names]
        self.withheld += len(of_period) - len(shown)
        return sorted(shown, key=lambda one: (one.occurred_on, one.id))

    def aid(self, one: Aid) -> Claim:
        """A delivery with its quantity."""
        return founded(
            one,
            one.item,
            one.occurred_on,
            partner=self._names[one.partner_id],
            value=one.value,
            quantity=one.quantity,
            unit=one.unit,
        )

    def kept(self, side: str) -> tuple[Claim, ...]:
        """The promises of a side that were completed, with their evidence."""
        done = [
            one
            for one in records(self._session, Commitment, "completed_on")
            if one.side == side and one.status is CommitmentStatus.COMPLETED and self._in(one.completed_on)
        ]
        self.withheld += sum(one.partner_id not in self._names for one in done)
        return tuple(
            founded(one, one.text, one.completed_on, partner=self._names[one.partner_id], detail=one.evidence)
            for one in done
            if one.partner_id in self._names
        )

    def signed(self, choices: Choices) -> tuple[Claim, ...]:
        """The agreements signed in the period that bind; a date known to the year counts on its first day."""
        found = []
        for one in records(self._session, Agreement):
            day = first_day(one.signed_on)
            if one.status in IN_FORCE and self._in(day):
                if choices.audience.may_see(one.sensitivity):
                    found.append(founded(one, one.title, day, detail=one.resolution))
                else:
                    self.withheld += 1
        return tuple(sorted(found, key=lambda claim: claim.record.on))

    def reached(self, today: dt.date) -> tuple[Claim, ...]:
        """The indicators whose target is reached, by the measurement of the period that shows it."""
        values = records(self._session, Measurement)
        found = []
        for one in records(self._session, Indicator):
            fact = fact_of(one, values, today)
            if indicators.standing(fact, today) is not Standing.REACHED:
                continue
            own = [value for value in values if value.indicator_id == one.id and self._in(value.measured_on)]
            if own:
                last = max(own, key=lambda value: (value.measured_on, value.id))
                found.append(founded(last, one.title, last.measured_on, detail=last.verification))
        return tuple(sorted(found, key=lambda claim: (claim.record.on, claim.record.id)))

    def adopted(self) -> tuple[Claim, ...]:
        """The practices of peers that were adapted or adopted."""
        taken = (PracticeStatus.ADAPTED, PracticeStatus.ADOPTED)
        found = [
            one
            for one in records(self._session, Practice, "noted_on")
            if one.status in taken and self._in(one.noted_on)
        ]
        self.withheld += sum(one.partner_id not in self._names for one in found)
        return tuple(
            founded(one, one.topic, one.noted_on, partner=self._names[one.partner_id], detail=one.adapted)
            for one in found
            if one.partner_id in self._names
        )

    def events(self, choices: Choices, office: Office) -> tuple[tuple[Claim, ...], int]:
        """Visits, signings and exchanges with a result, and how many may not be named."""
        zone = ZoneInfo(office.zone)
        start, stop = instants(self._begin, self._end, zone)
        present = partners_between(self._session, start, stop)
        told = [
            one
            for one in engagements_between(self._session, start, stop)
            if one.format in _TELLING and one.result
        ]
        shown = [one for one in told if choices.audience.may_see(one.sensitivity)]
        return tuple(
            founded(
                one,
                one.title,
                one.starts_at.astimezone(zone).date(),
                partner=self._partners(one, present),
                detail=one.result,
            )
            for one in shown
        ), len(told) - len(shown)

    def _partners(self, one: Engagement, present: Mapping[int, list[int]]) -> str:
        return "; ".join(self._names[key] for key in present.get(one.id, ()) if key in self._names)


def _money(session: Reading, begin: dt.date, end: dt.date, starts: int) -> tuple[Brought, ...]:
    """Grants, donations and help in kind in the fiscal years that the period touches, none of them to come."""
    first, last = fiscal_year(begin, starts), fiscal_year(end, starts)
    funds = {one.id: one for one in records(session, Fund)}
    return tuple(
        Brought(funds[one.fund_id].title, funds[one.fund_id].source, one.fiscal_year, one.amount)
        for one in records(session, FundAmount)
        if first <= one.fiscal_year <= last and funds[one.fund_id].source in _BROUGHT and one.amount > 0
    )
