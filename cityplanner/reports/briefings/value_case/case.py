"""The case itself: what came in and went out, promises kept, money brought, results, and what was learned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cityplanner.base.language import N_
from cityplanner.reports.blocks import (
    Block,
    Cell,
    Column,
    Fact,
    Heading,
    KeyFacts,
    Paragraph,
    Row,
    Sources,
    Table,
)
from cityplanner.reports.briefings.sources import own_records
from cityplanner.reports.briefings.value_case.claim import Claim
from cityplanner.reports.briefings.value_case.gather import ValueFacts
from cityplanner.reports.voice import NOTHING, Voice


def summary(facts: ValueFacts, voice: Voice) -> Iterator[Block]:
    """The sums, each of records listed below."""
    received = sum(one.value or 0 for one in facts.received)
    brought = sum(one.amount for one in facts.money)
    yield Paragraph(
        voice.t(
            N_(
                "Every figure here is a sum of dated records, and every record is listed below with its number. "
                "Period: {begin} to {end}."
            ),
            begin=voice.day(facts.begin, "long"),
            end=voice.day(facts.end, "long"),
        ),
        style="lead",
    )
    yield KeyFacts(
        (
            Fact(
                voice.t(N_("Help received")),
                voice.money(received),
                voice.plural("{n} delivery", "{n} deliveries", len(facts.received)),
            ),
            Fact(
                voice.t(N_("Outside money")),
                voice.money(brought),
                voice.t(N_("grants, donations, help in kind")),
            ),
            Fact(
                voice.t(N_("Promises kept")),
                voice.number(len(facts.kept)),
                voice.t(N_("and {n} kept to us"), n=voice.number(len(facts.kept_to_us))),
            ),
            Fact(voice.t(N_("Targets reached")), voice.number(len(facts.reached))),
            Fact(voice.t(N_("Agreements signed")), voice.number(len(facts.signed))),
            Fact(voice.t(N_("Practices taken from peers")), voice.number(len(facts.adopted))),
        )
    )


def reciprocity(facts: ValueFacts, voice: Voice) -> Iterator[Block]:
    """Help in both directions, and what answered what."""
    yield Heading(2, voice.t(N_("Help received")))
    yield _table(facts.received, voice, voice.t(N_("No help was received in this period.")), valued=True)
    yield Heading(2, voice.t(N_("Help given")))
    yield _table(facts.given, voice, voice.t(N_("No help was given in this period.")), valued=True)
    answered = [one for one in facts.given if one.record.id in facts.answers]
    if answered:
        yield Table(
            (
                Column(voice.t(N_("Help given")), 2.4),
                Column(voice.opened(voice.t(N_("answers help received"))), 2.4),
                Column(voice.t(N_("Partner")), 2),
            ),
            [_answer(one, facts.answers[one.record.id], voice) for one in answered],
            caption=voice.t(N_("Help that answered earlier help")),
        )


def _answer(given: Claim, before: Claim, voice: Voice) -> Row:
    return (
        Cell(_dated(given, voice), header=True, scope="Row"),
        _dated(before, voice),
        given.partner,
    )


def _dated(claim: Claim, voice: Voice) -> str:
    return voice.t(N_("{what} ({day})"), what=claim.record.title, day=voice.day(claim.record.on))


def promises(facts: ValueFacts, voice: Voice) -> Iterator[Block]:
    """What the office kept and what was kept to it, with the evidence."""
    yield Heading(2, voice.t(N_("Kept by the office")))
    yield _table(facts.kept, voice, voice.t(N_("No promise of the office came to its end in this period.")))
    yield Heading(2, voice.t(N_("Kept to the office")))
    yield _table(
        facts.kept_to_us, voice, voice.t(N_("No promise to the office came to its end in this period."))
    )


def money(facts: ValueFacts, voice: Voice) -> Iterator[Block]:
    """Outside money by fund and fiscal year."""
    yield Table(
        (
            Column(voice.t(N_("Fund")), 3),
            Column(voice.t(N_("Source")), 1.2),
            Column(voice.t(N_("Fiscal year")), 1, "end"),
            Column(voice.t(N_("Amount")), 1.2, "end"),
        ),
        [
            (
                Cell(one.fund, header=True, scope="Row"),
                voice.choice(one.source),
                str(one.fiscal_year),
                voice.money(one.amount),
            )
            for one in facts.money
        ],
        total=(voice.t(N_("Total")), "", "", voice.money(sum(one.amount for one in facts.money)))
        if facts.money
        else None,
        caption=voice.t(N_("Whole fiscal years that the period touches")) if facts.money else "",
        empty=voice.t(N_("No grant, donation or help in kind in these fiscal years.")),
    )


def results(facts: ValueFacts, voice: Voice) -> Iterator[Block]:
    """Targets reached, agreements signed, visits with a result."""
    for heading, claims, empty in (
        (N_("Targets reached"), facts.reached, N_("No target was reached in this period.")),
        (N_("Agreements signed"), facts.signed, N_("No agreement was signed in this period.")),
        (
            N_("Visits, signings and exchanges"),
            facts.events,
            N_("No visit, signing or exchange with a result in this period."),
        ),
    ):
        yield Heading(2, voice.t(heading))
        yield _table(claims, voice, voice.t(empty))


def learned(facts: ValueFacts, voice: Voice) -> Iterator[Block]:
    """What peers taught, and what the city made of it; nothing where there is none."""
    if facts.adopted:
        yield _table(facts.adopted, voice, "")


def sources(facts: ValueFacts, voice: Voice) -> Iterator[Block]:
    """The office's own records."""
    yield Sources((own_records(len(facts.events), facts.begin, facts.end, voice),))


def _table(claims: Sequence[Claim], voice: Voice, empty: str, *, valued: bool = False) -> Table:
    """Claims with the day and number of the record each rests on."""
    has_partner = any(one.partner for one in claims)
    columns = [Column(voice.t(N_("Day")), 1.2), Column(voice.t(N_("What")), 2.8)]
    if has_partner:
        columns.append(Column(voice.t(N_("Partner")), 2.2))
    columns.append(Column(voice.t(N_("Detail")), 2.4))
    if valued:
        columns.append(Column(voice.t(N_("Value")), 1.1, "end"))
    columns.append(Column(voice.t(N_("Record")), 1.3))
    rows = [_row(one, voice, has_partner=has_partner, valued=valued) for one in claims]
    total: list[str] | None = None
    if valued and claims:
        total = [voice.t(N_("Total")), *[""] * (len(columns) - 3)]
        total += [voice.money(sum(one.value or 0 for one in claims)), ""]
    return Table(tuple(columns), rows, total=total, empty=empty)


def _detail(one: Claim, voice: Voice) -> str:
    """What the record says beside its title: how much of it, or the result."""
    quantity = voice.number(one.quantity) if one.quantity is not None else ""
    return " ".join(filter(None, (quantity, one.unit, one.detail)))


def _row(one: Claim, voice: Voice, *, has_partner: bool, valued: bool) -> Row:
    row: list[Cell | str] = [voice.day(one.record.on), Cell(one.record.title, header=True, scope="Row")]
    if has_partner:
        row.append(one.partner or NOTHING)
    row.append(_detail(one, voice) or NOTHING)
    if valued:
        row.append(voice.money(one.value))
    number = voice.number(one.record.id)
    row.append(voice.t(N_("{noun} {n}"), noun=voice.choice(one.record.noun), n=number))
    return row
