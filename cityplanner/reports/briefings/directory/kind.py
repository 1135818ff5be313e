"""The directory: people and partners, the consular corps in the order of precedence."""

from __future__ import annotations

from cityplanner.base.language import N_
from cityplanner.model.group import GroupOf
from cityplanner.reports.briefings.directory import lists
from cityplanner.reports.briefings.directory.gather import DirectoryFacts, gather
from cityplanner.reports.choices import Ask, Audience
from cityplanner.reports.kind import Kind, Section, Title
from cityplanner.reports.voice import Voice


def _title(facts: DirectoryFacts, voice: Voice) -> Title:
    office = facts.office
    return Title(
        title=voice.t(N_("Directory of partners and people")),
        subtitle=f"{office.name}, {office.city}",
        subject=voice.t(N_("Partners of {city} and the people in position there"), city=office.city),
        keywords=(office.city, voice.t(N_("directory")), voice.t(N_("consular corps"))),
    )


DIRECTORY = Kind(
    name="directory",
    label=N_("Directory"),
    description=N_("People and partners by kind; the consular corps in the order of precedence."),
    gather=gather,
    title=_title,
    sections=(
        Section("summary", N_("Summary"), lists.summary, headed=False),
        Section("corps", N_("Consular corps in the order of precedence"), lists.corps),
        Section("partners", N_("Partners by kind"), lists.partners),
        Section("people", N_("People by name"), lists.people),
    ),
    asks=(Ask.PARTNERS, Ask.GROUP),
    groups=(GroupOf.PARTNER, GroupOf.CONTACT, GroupOf.POSITION),
    audience=Audience.INTERNAL,
)
