"""The partner profile: what to know of a partner before a visit or a call."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cityplanner.base.language import N_
from cityplanner.reports.blocks import Block
from cityplanner.reports.briefings.partner_profile import people, talk, ties
from cityplanner.reports.briefings.partner_profile.gather import Profile, ProfileFacts, gather
from cityplanner.reports.choices import Ask, Audience
from cityplanner.reports.kind import Kind, Section, Title
from cityplanner.reports.voice import Voice

Build = Callable[[Profile, Voice], Iterator[Block]]
PARTS: tuple[tuple[str, str, Build], ...] = (
    ("particulars", N_("Facts"), ties.particulars),
    ("talk", N_("Talking points"), talk.talking_points),
    ("sensitivities", N_("Sensitivities"), talk.sensitivities),
    ("people", N_("People"), people.people),
    ("precedence", N_("Consular post and precedence"), people.standing),
    ("commitments", N_("Commitments both ways"), ties.commitments),
    ("agreements", N_("Agreements"), ties.agreements),
    ("history", N_("Engagements"), ties.history),
    ("ledger", N_("Gifts and aid"), ties.ledger),
    ("work", N_("Shared work"), ties.work),
)
"""The parts of a profile in their order; the delegation book takes them for each partner it holds."""


def _of(build: Build) -> Callable[[ProfileFacts, Voice], Iterator[Block]]:
    return lambda facts, voice: build(facts.profile, voice)


def _title(facts: ProfileFacts, voice: Voice) -> Title:
    partner = facts.profile.partner
    return Title(
        title=partner.name,
        subtitle=voice.t(N_("Partner profile, {period}"), period=voice.period(facts.begin, facts.end)),
        subject=voice.t(
            N_("What {office} knows of {partner}"), office=facts.office.name, partner=partner.name
        ),
        keywords=(partner.name, voice.choice(partner.kind)),
    )


PARTNER_PROFILE = Kind(
    name="partner-profile",
    label=N_("Partner profile"),
    description=N_("One partner before a visit or call: people, agreements, commitments, talking points."),
    gather=gather,
    title=_title,
    sections=tuple(Section(key, label, _of(build)) for key, label, build in PARTS),
    asks=(Ask.PARTNER, Ask.PERIOD),
    audience=Audience.INTERNAL,
)
