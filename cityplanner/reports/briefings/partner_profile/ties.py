"""What ties a partner to the city: agreements, the log, commitments both ways, gifts, aid, initiatives."""

from __future__ import annotations

from collections.abc import Iterator

from cityplanner.base.language import N_
from cityplanner.model.engagement import Commitment, Side
from cityplanner.model.partner import Partner, PartnerKind
from cityplanner.planning import renewals
from cityplanner.reports.blocks import (
    Block,
    Cell,
    Column,
    Heading,
    ListBlock,
    Paragraph,
    Row,
    Run,
    Table,
)
from cityplanner.reports.briefings.partner_profile.gather import Profile
from cityplanner.reports.voice import NOTHING, Voice


def particulars(profile: Profile, voice: Voice) -> Iterator[Block]:
    """What the partner is, where, and how the relationship stands."""
    partner = profile.partner
    names = ["kind", "country", "city", "languages", "website", "keep_in_touch"]
    if partner.kind is PartnerKind.NETWORK:
        names += ["dues", "network_role", "network_benefit", "network_hours"]
    facts = [(voice.label(Partner, name), voice.value(partner, name)) for name in names]
    rows: list[Row] = [
        (Cell(name, header=True, scope="Row"), value) for name, value in facts if value != NOTHING
    ]
    if partner.own_name:
        own = Run(partner.own_name, language=partner.languages[0] if partner.languages else "")
        rows.insert(0, (Cell(voice.label(Partner, "own_name"), header=True, scope="Row"), own))
    rows.append((Cell(voice.t(N_("Relationship health")), header=True, scope="Row"), _health(profile, voice)))
    yield Table((Column(voice.t(N_("Fact")), 1), Column(voice.t(N_("Value")), 2.6)), rows)


def _health(profile: Profile, voice: Voice) -> str:
    found = profile.health
    reasons = voice.say.sentences(part.reason for part in found.parts)
    if found.result is None:
        return voice.t(N_("Insufficient data. {reasons}"), reasons=reasons)
    return voice.t(N_("{result} of 100. {reasons}"), result=found.summary, reasons=reasons)


def agreements(profile: Profile, voice: Voice) -> Iterator[Block]:
    """A table of the agreements and a line of their time."""
    if not profile.agreements:
        yield Paragraph(voice.t(N_("There is no agreement with this partner.")))
        return
    rows = []
    for bond in profile.agreements:
        one = bond.agreement
        rows.append(
            (
                Cell(one.title, header=True, scope="Row"),
                voice.choice(one.type),
                voice.choice(one.status),
                voice.partial(one.signed_on),
                renewals.sentence(bond.renewal, voice.say) or NOTHING,
            )
        )
    yield Table(
        (
            Column(voice.t(N_("Agreement")), 2.6),
            Column(voice.t(N_("Type")), 1.4),
            Column(voice.t(N_("Status")), 1.1),
            Column(voice.t(N_("Signed on")), 1.1),
            Column(voice.t(N_("Term")), 2.4),
        ),
        rows,
    )


def history(profile: Profile, voice: Voice) -> Iterator[Block]:
    """The engagements of the period, newest first."""
    rows = [
        (
            voice.moment(one.starts_at, one.zone),
            Cell(one.title, header=True, scope="Row"),
            voice.choice(one.format),
            one.result or one.decisions or one.purpose or NOTHING,
        )
        for one in profile.engagements
    ]
    yield Table(
        (
            Column(voice.t(N_("When")), 1.5),
            Column(voice.t(N_("Engagement")), 2.4),
            Column(voice.t(N_("Format")), 1.2),
            Column(voice.t(N_("Result")), 3),
        ),
        rows,
        empty=voice.t(N_("No engagement in this period.")),
    )
    if profile.engagements_before:
        yield Paragraph(
            voice.plural(
                "{n} engagement before the period.",
                "{n} engagements before the period.",
                profile.engagements_before,
            ),
            "small",
        )


def commitments(profile: Profile, voice: Voice) -> Iterator[Block]:
    """The open promises of both sides."""
    for side, heading, empty in (
        (Side.OURS, N_("What we promised"), N_("We owe this partner nothing that is open.")),
        (Side.THEIRS, N_("What they promised"), N_("This partner owes us nothing that is open.")),
    ):
        yield Heading(2, voice.t(heading))
        yield commitment_table(profile.side(side), voice, voice.t(empty))
    if profile.kept:
        yield Paragraph(
            voice.plural(
                "{n} commitment was kept so far.", "{n} commitments were kept so far.", profile.kept
            ),
            "small",
        )


def commitment_table(found: tuple[Commitment, ...], voice: Voice, empty: str) -> Table:
    """Commitments with their day, owner and status."""
    return Table(
        (
            Column(voice.t(N_("Commitment")), 3.4),
            Column(voice.t(N_("Due")), 1.2),
            Column(voice.t(N_("Owner")), 1.5),
            Column(voice.t(N_("Status")), 1.1),
        ),
        [
            (
                Cell(one.text, header=True, scope="Row"),
                voice.day(one.due_on),
                one.owner or NOTHING,
                voice.choice(one.status),
            )
            for one in found
        ],
        empty=empty,
    )


def ledger(profile: Profile, voice: Voice) -> Iterator[Block]:
    """Gifts and aid both ways; nothing where there is neither."""
    if profile.gifts:
        yield Table(
            (
                Column(voice.t(N_("Gift")), 3),
                Column(voice.t(N_("Direction")), 1.1),
                Column(voice.t(N_("Date")), 1.2),
                Column(voice.t(N_("Value")), 1.1, "end"),
            ),
            [
                (
                    Cell(one.description, header=True, scope="Row"),
                    voice.choice(one.direction),
                    voice.day(one.given_on),
                    voice.money(one.value),
                )
                for one in profile.gifts
            ],
            caption=voice.t(N_("Gifts")),
        )
    if profile.aid:
        yield Table(
            (
                Column(voice.t(N_("Aid")), 3),
                Column(voice.t(N_("Direction")), 1.1),
                Column(voice.t(N_("Status")), 1.1),
                Column(voice.t(N_("Date")), 1.2),
                Column(voice.t(N_("Value")), 1.1, "end"),
            ),
            [
                (
                    Cell(one.item, header=True, scope="Row"),
                    voice.choice(one.direction),
                    voice.choice(one.status),
                    voice.day(one.occurred_on),
                    voice.money(one.value),
                )
                for one in profile.aid
            ],
            caption=voice.t(N_("Aid")),
        )


def work(profile: Profile, voice: Voice) -> Iterator[Block]:
    """The initiatives shared with the partner and what was learned from it."""
    if profile.initiatives:
        yield Table(
            (
                Column(voice.t(N_("Initiative")), 3),
                Column(voice.t(N_("Theme")), 1.8),
                Column(voice.t(N_("Status")), 1.1),
                Column(voice.t(N_("Lead")), 1.4),
            ),
            [
                (
                    Cell(f"{one.code}  {one.title}", header=True, scope="Row"),
                    voice.choice(one.theme),
                    voice.choice(one.status),
                    one.lead or NOTHING,
                )
                for one in profile.initiatives
            ],
        )
    if profile.practices:
        yield Heading(2, voice.t(N_("Learned from this partner")))
        yield ListBlock(
            tuple(
                (
                    Run(voice.say.led(one.topic), bold=True),
                    one.adapted or one.summary or voice.choice(one.status),
                )
                for one in profile.practices
            )
        )
