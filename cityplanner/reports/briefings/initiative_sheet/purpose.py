"""Why an initiative is there: objective, partners, recommendations, equity, risks and what is promised."""

from __future__ import annotations

from collections.abc import Iterator

from cityplanner.base.language import N_
from cityplanner.model.initiative import Initiative, MilestoneStatus
from cityplanner.planning.coverage import QUARTERS
from cityplanner.reports.blocks import (
    Block,
    CallOut,
    Cell,
    Column,
    Fact,
    Heading,
    KeyFacts,
    Paragraph,
    Run,
    Table,
)
from cityplanner.reports.briefings.initiative_sheet.gather import SheetFacts
from cityplanner.reports.briefings.partner_profile.ties import commitment_table
from cityplanner.reports.voice import NOTHING, Voice

LONGEST_LEAD = 500
"""Up to so many characters an objective is set in larger type."""


def summary(facts: SheetFacts, voice: Voice) -> Iterator[Block]:
    """The objective, how the initiative stands, and where it ranks."""
    one = facts.initiative
    if one.objective:
        yield Paragraph(one.objective, style="lead" if len(one.objective) <= LONGEST_LEAD else "body")
    yield KeyFacts(tuple(_facts(facts, voice)))
    if one.status_reason:
        yield CallOut("caution", voice.choice(one.status), one.status_reason)
    names = ("theme", "lead", "starts_on", "ends_on", "delivery", "sdgs")
    shown = [(voice.label(Initiative, name), voice.value(one, name)) for name in names]
    yield Table(
        (Column(voice.t(N_("Fact")), 1), Column(voice.t(N_("Value")), 2.6)),
        [(Cell(label, header=True, scope="Row"), value) for label, value in shown if value != NOTHING],
    )


def _facts(facts: SheetFacts, voice: Voice) -> Iterator[Fact]:
    yield Fact(voice.t(N_("Status")), voice.choice(facts.initiative.status))
    rank = facts.priority
    if rank is not None and rank.result is not None:
        yield Fact(
            voice.t(N_("Priority")),
            voice.number(float(rank.result), 1),
            voice.t(N_("rank {n}"), n=voice.number(rank.rank)) if rank.rank else "",
        )
    counted = [step for step in facts.milestones if step.status is not MilestoneStatus.DROPPED]
    if counted:
        reached = sum(step.status is MilestoneStatus.REACHED for step in counted)
        yield Fact(
            voice.t(N_("Milestones reached")),
            voice.number(reached),
            voice.t(N_("of {n}"), n=voice.number(len(counted))),
        )
    yield Fact(voice.t(N_("Partners")), voice.number(len(facts.partners)))


def recommendations(facts: SheetFacts, voice: Voice) -> Iterator[Block]:
    """Which recommendations it answers and how closely."""
    yield Table(
        (
            Column(voice.t(N_("Recommendation")), 3.4),
            Column(voice.t(N_("Contribution")), 1.2),
            Column(voice.t(N_("Counts")), 0.8, "end"),
            Column(voice.t(N_("Note")), 2.2),
        ),
        [
            (
                Cell(f"{one.code}  {one.title}", header=True, scope="Row"),
                voice.choice(one.kind),
                voice.say.percent(QUARTERS[one.kind] / 4),
                one.note or NOTHING,
            )
            for one in facts.recommendations
        ],
        empty=voice.t(N_("It is not linked to a recommendation yet.")),
    )


def partners(facts: SheetFacts, voice: Voice) -> Iterator[Block]:
    """With whom the work is done, and what is open with them."""
    yield Table(
        (
            Column(voice.t(N_("Partner")), 3),
            Column(voice.t(N_("Kind")), 1.6),
            Column(voice.t(N_("City and country")), 2),
        ),
        [
            (
                Cell(one.name, header=True, scope="Row"),
                voice.choice(one.kind),
                voice.say.listed(filter(None, (one.city, voice.say.country(one.country)))) or NOTHING,
            )
            for one in facts.partners
        ],
        empty=voice.t(N_("No partner is named.")),
    )
    if facts.commitments:
        yield Heading(2, voice.t(N_("Open commitments")))
        yield commitment_table(facts.commitments, voice, "")


def equity(facts: SheetFacts, voice: Voice) -> Iterator[Block]:
    """Who is served, who decides, who is left out."""
    one = facts.initiative
    for name in ("equity_served", "equity_decides", "equity_left_out"):
        text = getattr(one, name)
        if text:
            yield Paragraph((Run(voice.say.led(voice.label(Initiative, name)), bold=True), text))


def risks(facts: SheetFacts, voice: Voice) -> Iterator[Block]:
    """What may go wrong."""
    if facts.initiative.risks:
        yield Paragraph(facts.initiative.risks)
