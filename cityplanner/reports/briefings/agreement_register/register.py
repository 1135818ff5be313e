"""The register itself: what is in force, what falls due, deliverables, dormancy, and the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from cityplanner.base.language import N_
from cityplanner.model.agreement import Agreement
from cityplanner.model.partner import Partner
from cityplanner.planning.dormancy import Verdict, first_day
from cityplanner.planning.renewals import Term, sentence
from cityplanner.reports.blocks import (
    Block,
    Cell,
    Column,
    Fact,
    Figure,
    KeyFacts,
    Paragraph,
    Run,
    Table,
)
from cityplanner.reports.briefings.agreement_register.gather import Registered, RegisterFacts, is_open
from cityplanner.reports.charts.description import Span, Timeline, Tone
from cityplanner.reports.voice import NOTHING, Voice

SOON = 365
"""Days within which an end or notice is marked as near."""


def summary(facts: RegisterFacts, voice: Voice) -> Iterator[Block]:
    """How many agreements, how many in force, how many ask for attention."""
    in_force = [one for one in facts.agreements if one.in_force]
    soon = [one for one in facts.due() if _is_soon(one)]
    quiet = sum(one.verdict is not Verdict.ACTIVE for one in facts.reviews)
    late = sum(
        is_open(each) and each.due_on is not None and each.due_on < facts.today
        for one in facts.agreements
        for each in one.deliverables
    )
    yield Paragraph(
        voice.t(
            N_("{office} keeps {agreements}, of which {n} are in force."),
            office=facts.office.name,
            agreements=voice.plural("{n} agreement", "{n} agreements", len(facts.agreements)),
            n=voice.number(len(in_force)),
        ),
        style="lead",
    )
    yield KeyFacts(
        (
            Fact(voice.t(N_("In force")), voice.number(len(in_force))),
            Fact(
                voice.t(N_("Ending or notice within a year")),
                voice.number(len(soon)),
                tone="caution" if soon else "good",
            ),
            Fact(voice.t(N_("Quiet or dormant")), voice.number(quiet), tone="caution" if quiet else "good"),
            Fact(voice.t(N_("Deliverables overdue")), voice.number(late), tone="bad" if late else "good"),
        )
    )
    kinds = Counter(one.agreement.type for one in in_force).most_common()
    if kinds:
        yield Table(
            (Column(voice.t(N_("Type")), 3), Column(voice.t(N_("In force")), 1, "end")),
            [(Cell(voice.choice(kind), header=True, scope="Row"), voice.number(n)) for kind, n in kinds],
        )


def _is_soon(one: Registered) -> bool:
    days = [day for day in (one.renewal.days_left, one.renewal.days_to_notice) if day is not None]
    return any(day <= SOON for day in days)


def due(facts: RegisterFacts, voice: Voice) -> Iterator[Block]:
    """What ends, and until when notice can be given."""
    yield Table(
        (
            Column(voice.t(N_("Agreement")), 2.8),
            Column(voice.t(N_("Partners")), 2.2),
            Column(voice.t(N_("Notice until")), 1.2),
            Column(voice.t(N_("Ends on")), 1.2),
            Column(voice.t(N_("What it means")), 3),
        ),
        [
            (
                Cell(one.agreement.title, header=True, scope="Row"),
                _sides(one),
                voice.day(one.renewal.notice_on),
                voice.day(one.renewal.expires_on),
                sentence(one.renewal, voice.say) or NOTHING,
            )
            for one in facts.due()
        ],
        empty=voice.t(N_("No agreement in force has an end.")),
    )


def time(facts: RegisterFacts, voice: Voice) -> Iterator[Block]:
    """Those in force as a line of time each."""
    spans = []
    for one in facts.agreements:
        begin = first_day(one.agreement.in_force_on) or first_day(one.agreement.signed_on)
        if not one.in_force or begin is None:
            continue
        end = one.renewal.expires_on
        if end is not None and end < begin:
            continue
        spans.append(Span(one.agreement.title, begin, end, tone=_tone(one), open_ended=end is None))
    if not spans:
        return
    spans.sort(key=lambda span: (span.begin, span.label))
    yield Figure(
        Timeline(spans, facts.today, voice.t(N_("Today"))),
        alt=voice.t(
            N_("Agreements in force by their beginning: {list}."),
            list=voice.say.parted(f"{span.label} {span.begin.year}" for span in spans),
        ),
        caption=voice.t(N_("Agreements in force; a bar to the edge is open-ended")),
    )


def _tone(one: Registered) -> Tone:
    if one.renewal.term in (Term.OVER, Term.NOTICE_PASSED):
        return "bad"
    return "caution" if _is_soon(one) else "accent"


def in_force(facts: RegisterFacts, voice: Voice) -> Iterator[Block]:
    """The register of what binds."""
    yield _register(
        (one for one in facts.agreements if one.in_force), voice, voice.t(N_("Nothing is in force."))
    )


def others(facts: RegisterFacts, voice: Voice) -> Iterator[Block]:
    """What is on its way, or has ended."""
    rest = [one for one in facts.agreements if not one.in_force]
    if rest:
        yield _register(rest, voice, "")


def _register(found: Iterable[Registered], voice: Voice, empty: str) -> Table:
    return Table(
        (
            Column(voice.t(N_("Agreement")), 2.6),
            Column(voice.t(N_("Partners")), 2),
            Column(voice.t(N_("Type and status")), 1.5),
            Column(voice.t(N_("Signed")), 2),
            Column(voice.label(Agreement, "resolution"), 1.2),
        ),
        [
            (
                Cell(one.agreement.title, header=True, scope="Row"),
                _sides(one),
                voice.t(
                    N_("{type}, {status}"),
                    type=voice.choice(one.agreement.type),
                    status=voice.say.text(one.agreement.status),
                ),
                _signed(one.agreement, voice),
                one.agreement.resolution or NOTHING,
            )
            for one in found
        ],
        empty=empty,
    )


def _signed(one: Agreement, voice: Voice) -> str:
    names = " / ".join(filter(None, (one.our_signatory, one.their_signatory)))
    if not one.signed_on:
        return names or NOTHING
    day = voice.partial(one.signed_on)
    return voice.t(N_("{day} by {names}"), day=day, names=names) if names else day


def _sides(one: Registered) -> str:
    return "; ".join(one.sides) or NOTHING


def deliverables(facts: RegisterFacts, voice: Voice) -> Iterator[Block]:
    """What was agreed to be delivered, the open ones first by day."""
    rows = [(one, each) for one in facts.agreements for each in one.deliverables]
    rows.sort(key=lambda pair: (not is_open(pair[1]), pair[1].due_on is None, pair[1].due_on, pair[1].id))
    yield Table(
        (
            Column(voice.t(N_("Deliverable")), 2.8),
            Column(voice.t(N_("Agreement")), 2.4),
            Column(voice.t(N_("Due")), 1.3),
            Column(voice.t(N_("Status")), 1.1),
            Column(voice.t(N_("Evidence")), 2),
        ),
        [
            (
                Cell(each.title, header=True, scope="Row"),
                one.agreement.title,
                (voice.day(each.due_on), " ", Run(voice.t(N_("overdue")), bold=True, tone="bad"))
                if is_open(each) and each.due_on is not None and each.due_on < facts.today
                else voice.day(each.due_on),
                voice.choice(each.status),
                each.evidence or NOTHING,
            )
            for one, each in rows
        ],
        empty=voice.t(N_("No deliverable is recorded.")),
    )


def dormancy(facts: RegisterFacts, voice: Voice) -> Iterator[Block]:
    """The review: time since contact, community, funding; a verdict is advice, people decide."""
    in_order = sorted(facts.reviews, key=lambda one: (list(Verdict).index(one.verdict), one.title.casefold()))
    yield Table(
        (
            Column(voice.t(N_("Agreement")), 2.4),
            Column(voice.t(N_("Review")), 1),
            Column(voice.t(N_("Last contact")), 1.3),
            Column(voice.t(N_("Why")), 4.4),
        ),
        [
            (
                Cell(one.title, header=True, scope="Row"),
                voice.choice(one.verdict),
                voice.day(one.last_contact_on),
                voice.say.sentences((one.contact, one.community, one.funding, one.remark)),
            )
            for one in in_order
        ],
        empty=voice.t(N_("Nothing is in force that could be reviewed.")),
    )


def memberships(facts: RegisterFacts, voice: Voice) -> Iterator[Block]:
    """City networks: dues, hours and what they bring; nothing where there is none."""
    if not facts.memberships:
        return
    names = ("network_role", "network_benefit")
    yield Table(
        (
            Column(voice.t(N_("City network")), 2.2),
            Column(voice.label(Partner, "dues"), 1.1, "end"),
            Column(voice.label(Partner, "network_hours"), 1.1, "end"),
            *(Column(voice.label(Partner, name), 2) for name in names),
        ),
        [
            (
                Cell(one.name, header=True, scope="Row"),
                voice.money(one.dues),
                voice.number(one.network_hours) if one.network_hours is not None else NOTHING,
                *(voice.value(one, name) for name in names),
            )
            for one in facts.memberships
        ],
        total=(
            voice.t(N_("Total")),
            voice.money(sum(one.dues or 0 for one in facts.memberships)),
            voice.number(sum(one.network_hours or 0 for one in facts.memberships)),
            "",
            "",
        ),
    )
