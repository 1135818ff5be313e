"""The programme by day with times by both clocks, where it goes, and whom it meets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import groupby
from zoneinfo import ZoneInfo

from cityplanner.base.language import N_
from cityplanner.model.contact import Contact
from cityplanner.reports.blocks import (
    Block,
    Cell,
    Column,
    Fact,
    Figure,
    Heading,
    KeyFacts,
    ListBlock,
    Paragraph,
    Row,
    Run,
    Table,
)
from cityplanner.reports.briefings.delegation_book.gather import Appointment, DelegationFacts
from cityplanner.reports.charts.description import MapChart, Place
from cityplanner.reports.voice import NOTHING, Voice

NEAR = 40.0
"""Degrees within which places are shown on a map of their region."""


def overview(facts: DelegationFacts, voice: Voice) -> Iterator[Block]:
    """How long, how many, with whom."""
    yield Paragraph(
        voice.t(
            N_("{office} on the way from {begin} to {end}."),
            office=facts.office.name,
            begin=voice.day(facts.begin, "long"),
            end=voice.day(facts.end, "long"),
        ),
        style="lead",
    )
    people = {guest.contact.id for one in facts.programme for guest in one.guests}
    open_ones = sum(len(one.commitments) for one in facts.profiles)
    yield KeyFacts(
        (
            Fact(voice.t(N_("Engagements")), voice.number(len(facts.programme))),
            Fact(voice.t(N_("Partners")), voice.number(len(facts.profiles))),
            Fact(voice.t(N_("People")), voice.number(len(people))),
            Fact(voice.t(N_("Open commitments")), voice.number(open_ones)),
        )
    )


def places(facts: DelegationFacts, voice: Voice) -> Iterator[Block]:
    """A map of the partners whose coordinates are known."""
    found = [
        Place(one.partner.name, float(one.partner.latitude), float(one.partner.longitude))
        for one in facts.profiles
        if one.partner.latitude is not None and one.partner.longitude is not None
    ]
    if not found:
        return
    spread = max(place.longitude for place in found) - min(place.longitude for place in found)
    yield Figure(
        MapChart(found, close=spread <= NEAR),
        alt=voice.t(
            N_("Map of the partners: {list}."), list=voice.say.parted(place.label for place in found)
        ),
        caption=voice.t(N_("Where the partners are")),
    )


def programme(facts: DelegationFacts, voice: Voice) -> Iterator[Block]:
    """A table for each day; times by the clock of the place, and of the office where that differs."""
    if not facts.programme:
        yield Paragraph(voice.t(N_("Nothing is planned in this period.")))
    in_order = sorted(facts.programme, key=lambda one: (one.day, one.engagement.starts_at))
    for day, appointments in groupby(in_order, key=lambda one: one.day):
        yield Heading(2, voice.opened(voice.day(day, "full")))
        yield Table(
            (
                Column(voice.t(N_("Time")), 1.5),
                Column(voice.t(N_("Engagement")), 2.6),
                Column(voice.t(N_("Place")), 1.6),
                Column(voice.t(N_("With")), 2.6),
                Column(voice.t(N_("Staff")), 1.3),
            ),
            [_row(one, facts, voice) for one in appointments],
        )


def _row(one: Appointment, facts: DelegationFacts, voice: Voice) -> Row:
    engagement = one.engagement
    names = [partner.name for partner in one.partners]
    names += [_guest(guest.contact, guest.role, voice) for guest in one.guests]
    title: list[str | Run] = [Run(engagement.title, bold=True)]
    if engagement.purpose:
        title += [" ", engagement.purpose]
    return (
        Cell(_times(one, facts, voice), header=True, scope="Row"),
        title,
        engagement.place or voice.choice(engagement.mode),
        voice.say.parted(names) or NOTHING,
        voice.say.listed(engagement.staff) or NOTHING,
    )


def _guest(contact: Contact, role: str, voice: Voice) -> str:
    name = contact.full_name
    return voice.t(N_("{name} ({role})"), name=name, role=role) if role else name


def _times(one: Appointment, facts: DelegationFacts, voice: Voice) -> str:
    start = one.engagement.starts_at
    there = _span(start, one.engagement.minutes, one.engagement.zone, voice)
    here = _span(start, one.engagement.minutes, facts.office.zone, voice)
    if there == here:
        return there
    return voice.t(N_("{there} there, {here} at home"), there=there, here=here)


def _span(start: dt.datetime, minutes: int | None, zone: str, voice: Voice) -> str:
    local = start.astimezone(ZoneInfo(zone))
    if not minutes:
        return voice.say.time(local)
    end = local + dt.timedelta(minutes=minutes)
    until = voice.say.time(end) if end.date() == local.date() else voice.moment(end, zone)
    return voice.t(N_("{begin}–{end}"), begin=voice.say.time(local), end=until)


def protocol(facts: DelegationFacts, voice: Voice) -> Iterator[Block]:
    """What to mind with each person; for internal use only."""
    if not facts.internal:
        return
    people = {one.contact.id: one.contact for each in facts.profiles for one in each.people}
    people |= {guest.contact.id: guest.contact for one in facts.programme for guest in one.guests}
    notes = tuple(
        (Run(voice.say.led(one.full_name), bold=True), one.protocol)
        for one in people.values()
        if one.protocol
    )
    if notes:
        yield ListBlock(notes)


def commitments(facts: DelegationFacts, voice: Voice) -> Iterator[Block]:
    """All that is open between the office and the partners met."""
    rows = [
        (
            Cell(promise.text, header=True, scope="Row"),
            profile.partner.name,
            voice.choice(promise.side),
            voice.day(promise.due_on),
            promise.owner or NOTHING,
        )
        for profile in facts.profiles
        for promise in profile.commitments
    ]
    yield Table(
        (
            Column(voice.t(N_("Commitment")), 3),
            Column(voice.t(N_("Partner")), 2.2),
            Column(voice.t(N_("Side")), 0.9),
            Column(voice.t(N_("Due")), 1.2),
            Column(voice.t(N_("Owner")), 1.4),
        ),
        rows,
        empty=voice.t(N_("Nothing is open with these partners.")),
    )
