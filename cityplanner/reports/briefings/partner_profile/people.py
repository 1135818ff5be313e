"""Whom one meets at a partner: names in every script, how to say and address them, and the order of precedence."""

from __future__ import annotations

from collections.abc import Iterator

from cityplanner.base.language import N_
from cityplanner.model.partner import CONSULAR, Partner
from cityplanner.model.wording import show_phone
from cityplanner.reports.blocks import Block, Cell, Column, Heading, ListBlock, Paragraph, Run, Table, Text
from cityplanner.reports.briefings.partner_profile.gather import Person, Profile
from cityplanner.reports.voice import NOTHING, Voice

NO_BREAK = "\u00a0"
"""A space at which no line ends: a telephone number stays whole."""


def people(profile: Profile, voice: Voice) -> Iterator[Block]:
    """A table of those who hold a position there now, the head of the post first."""
    internal = profile.internal
    columns = [
        Column(voice.t(N_("Name")), 2.6),
        Column(voice.t(N_("Position")), 2.2),
        Column(voice.t(N_("Form of address")), 1.6),
        Column(voice.t(N_("Pronunciation")), 1.4),
    ]
    if internal:
        columns.append(Column(voice.t(N_("E-mail and phone")), 2.4))
    rows: list[list[Cell | Text]] = []
    for one in profile.people:
        row: list[Cell | Text] = [
            Cell(name_runs(one), header=True, scope="Row"),
            one.position.title or one.position.rank or NOTHING,
            one.contact.address_form or NOTHING,
            one.contact.pronunciation or NOTHING,
        ]
        rows.append([*row, reach(one, voice)] if internal else row)
    yield Table(tuple(columns), rows, empty=voice.t(N_("Nobody holds a position there at present.")))
    if profile.former:
        yield Paragraph(
            voice.plural(
                "{n} former position is kept in the plan.",
                "{n} former positions are kept in the plan.",
                profile.former,
            ),
            "small",
        )
    if internal:
        yield from _protocol(profile, voice)


def name_runs(one: Person) -> Text:
    """The name, and in own script beside it in the language of the person."""
    name, own = one.contact.full_name, one.contact.own_name
    if not own or own == name:
        return name
    return (name, " ", Run(own, language=one.contact.languages[0] if one.contact.languages else ""))


def reach(one: Person, voice: Voice) -> Text:
    """How to reach a person, or that it is not wanted."""
    if one.contact.do_not_contact:
        return Run(voice.t(N_("Do not contact")), bold=True)
    email = one.position.email or one.contact.email
    phone = one.position.phone or one.contact.phone
    runs: list[str | Run] = [Run(email, link=f"mailto:{email}")] if email else []
    if phone:
        runs += [", "] if runs else []
        runs.append(Run(show_phone(phone).replace(" ", NO_BREAK), link=f"tel:{phone}"))
    return runs or NOTHING


def _protocol(profile: Profile, voice: Voice) -> Iterator[Block]:
    notes = tuple(
        (Run(voice.say.led(one.contact.full_name), bold=True), one.contact.protocol)
        for one in profile.people
        if one.contact.protocol
    )
    if notes:
        yield Heading(2, voice.t(N_("Protocol notes")))
        yield ListBlock(notes)


def standing(profile: Profile, voice: Voice) -> Iterator[Block]:
    """A consular post's head and its place in the order of precedence; nothing for other partners."""
    partner = profile.partner
    if partner.kind not in CONSULAR:
        return
    facts = [
        (voice.label(Partner, name), voice.value(partner, name))
        for name in (
            "sending_state",
            "consular_district",
            "head_status",
            "head_rank",
            "rank_since",
            "tenure_since",
            "rotation_on",
        )
    ]
    yield Table(
        (Column(voice.t(N_("Fact")), 1), Column(voice.t(N_("Value")), 2)),
        [(Cell(name, header=True, scope="Row"), value) for name, value in facts if value != NOTHING],
    )
    if profile.place is None:
        yield Paragraph(
            voice.t(
                N_("The head of post has no place in the order of precedence until rank and date are known.")
            )
        )
        return
    yield Paragraph(
        voice.t(
            N_("In the order of precedence of the consular corps the head of post stands at {place} of {n}."),
            place=voice.number(profile.place),
            n=voice.number(profile.posts),
        )
    )
