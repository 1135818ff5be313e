"""The engagement log: what was held in any period and filter, and the commitments of both sides."""

from __future__ import annotations

from cityplanner.base.language import N_
from cityplanner.model.group import GroupOf
from cityplanner.reports.briefings.engagement_log import log
from cityplanner.reports.briefings.engagement_log.gather import LogFacts, gather
from cityplanner.reports.choices import Ask
from cityplanner.reports.kind import Kind, Section, Title
from cityplanner.reports.voice import Voice


def _title(facts: LogFacts, voice: Voice) -> Title:
    return Title(
        title=voice.t(N_("Engagements and commitments")),
        subtitle=voice.period(facts.begin, facts.end),
        subject=voice.t(N_("The log of {office}"), office=facts.office.name),
        keywords=(facts.office.city, voice.t(N_("engagements")), voice.t(N_("commitments"))),
    )


ENGAGEMENT_LOG = Kind(
    name="engagement-log",
    label=N_("Engagement log and commitments"),
    description=N_("What was held in a period and with whom; commitments open and kept, both sides."),
    gather=gather,
    title=_title,
    sections=(
        Section("summary", N_("Summary"), log.summary, headed=False),
        Section("log", N_("Engagements"), log.log),
        Section("commitments", N_("Commitments"), log.commitments),
    ),
    asks=(Ask.PERIOD, Ask.PARTNERS, Ask.GROUP, Ask.WORDS),
    groups=(GroupOf.ENGAGEMENT, GroupOf.PARTNER),
)
