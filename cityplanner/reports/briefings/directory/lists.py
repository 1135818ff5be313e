"""The lists of the directory: the consular corps in order, partners by kind, and everyone by name."""

from __future__ import annotations

from collections.abc import Iterator

from cityplanner.base.language import N_
from cityplanner.model.partner import Partner, PartnerKind
from cityplanner.reports.blocks import Block, Cell, Column, Heading, Paragraph, Row, Run, Table, Text
from cityplanner.reports.briefings.directory.gather import DirectoryFacts, Entry
from cityplanner.reports.briefings.partner_profile.people import name_runs, reach
from cityplanner.reports.voice import NOTHING, Voice


def summary(facts: DirectoryFacts, voice: Voice) -> Iterator[Block]:
    """How many partners and people the directory holds."""
    people = {one.contact.id for entry in facts.entries for one in entry.people}
    yield Paragraph(
        voice.t(
            N_("{partners} and {people} in position there on {day}."),
            partners=voice.plural("{n} partner", "{n} partners", len(facts.entries)),
            people=voice.plural("{n} person", "{n} people", len(people)),
            day=voice.day(facts.today, "long"),
        ),
        style="lead",
    )


def corps(facts: DirectoryFacts, voice: Voice) -> Iterator[Block]:
    """The consular posts by rank, career before honorary, and date of rank; nothing where there is none."""
    if not facts.corps:
        return
    yield Table(
        (
            Column(voice.t(N_("Number")), 0.6, "end"),
            Column(voice.t(N_("Post")), 2.6),
            Column(voice.t(N_("Head of post")), 2),
            Column(voice.t(N_("Rank")), 1.3),
            Column(voice.t(N_("Date of rank")), 1.2),
        ),
        [
            (
                voice.number(place),
                Cell(entry.partner.name, header=True, scope="Row"),
                _head(entry),
                voice.choice(entry.partner.head_rank),
                voice.day(entry.partner.rank_since),
            )
            for place, entry in enumerate(facts.corps, 1)
        ],
    )
    yield Paragraph(
        voice.t(
            N_(
                "Order by rank, career heads before honorary ones, then by date of rank (Vienna Convention on "
                "Consular Relations, articles 16 and 68). Posts whose head is not recognized or has no date of "
                "rank are left out."
            )
        ),
        "small",
    )


def _head(entry: Entry) -> Text:
    return next((name_runs(one) for one in entry.people if one.head), NOTHING)


def partners(facts: DirectoryFacts, voice: Voice) -> Iterator[Block]:
    """A table of the partners of each kind with their people."""
    if not facts.entries:
        yield Paragraph(voice.t(N_("There is no partner to list.")))
    for kind in PartnerKind:
        entries = [one for one in facts.entries if one.partner.kind is kind]
        if entries:
            yield Heading(2, voice.choice(kind))
            yield _table(entries, facts.internal, voice)


def _table(entries: list[Entry], internal: bool, voice: Voice) -> Table:
    columns = [
        Column(voice.t(N_("Partner")), 2.4),
        Column(voice.t(N_("City and country")), 1.8),
        Column(voice.t(N_("People")), 2.6),
    ]
    if internal:
        columns.append(Column(voice.t(N_("E-mail and phone")), 2.4))
    rows: list[Row] = []
    for entry in entries:
        height = max(1, len(entry.people))
        first: list[Cell | Text] = [
            Cell(_partner(entry.partner), header=True, scope="Row", rows=height),
            Cell(_where(entry.partner, voice), rows=height),
        ]
        for number in range(height):
            person = entry.people[number] if entry.people else None
            row = first if number == 0 else []
            row.append(_person(entry, number) if person else NOTHING)
            if internal:
                row.append(reach(person, voice) if person else NOTHING)
            rows.append(row)
    return Table(tuple(columns), rows)


def _partner(partner: Partner) -> Text:
    if not partner.own_name or partner.own_name == partner.name:
        return partner.name
    return (partner.name, " ", Run(partner.own_name, language=next(iter(partner.languages), "")))


def _where(partner: Partner, voice: Voice) -> str:
    return voice.say.listed(filter(None, (partner.city, voice.say.country(partner.country)))) or NOTHING


def _person(entry: Entry, number: int) -> Text:
    one = entry.people[number]
    position = one.position.title or one.position.rank
    name = name_runs(one)
    parts: list[str | Run] = [name] if isinstance(name, str | Run) else list(name)
    return [*parts, f", {position}"] if position else parts


def people(facts: DirectoryFacts, voice: Voice) -> Iterator[Block]:
    """Everyone by family name, with position and partner."""
    listed = [(one, entry.partner) for entry in facts.entries for one in entry.people]
    listed.sort(
        key=lambda pair: ((pair[0].contact.family or pair[0].contact.full_name).casefold(), pair[1].name)
    )
    if not listed:
        return
    yield Table(
        (
            Column(voice.t(N_("Name")), 2.4),
            Column(voice.t(N_("Position")), 2.2),
            Column(voice.t(N_("Partner")), 2.8),
            Column(voice.t(N_("Languages")), 1.4),
        ),
        [
            (
                Cell(name_runs(one), header=True, scope="Row"),
                one.position.title or one.position.rank or NOTHING,
                partner.name,
                voice.value(one.contact, "languages"),
            )
            for one, partner in listed
        ],
    )
