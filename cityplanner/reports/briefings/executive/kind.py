"""The executive briefing: the office at a glance for a mayor, in two to six pages."""

from __future__ import annotations

from cityplanner.base.language import N_
from cityplanner.reports.briefings.executive.covered import covered
from cityplanner.reports.briefings.executive.gather import ExecutiveFacts, gather
from cityplanner.reports.briefings.executive.glance import attention, glance
from cityplanner.reports.briefings.executive.initiatives import initiatives
from cityplanner.reports.briefings.executive.scenarios import scenarios
from cityplanner.reports.briefings.executive.sources import sources
from cityplanner.reports.briefings.executive.year import year_in_review
from cityplanner.reports.choices import Ask
from cityplanner.reports.kind import Kind, Section, Title
from cityplanner.reports.voice import Voice


def _title(facts: ExecutiveFacts, voice: Voice) -> Title:
    office = facts.office
    return Title(
        title=voice.t(N_("Executive briefing")),
        subtitle=f"{office.name}, {office.city}",
        subject=voice.t(N_("The international work of {city} at a glance"), city=office.city),
        keywords=(office.city, voice.t(N_("city diplomacy")), voice.t(N_("international affairs"))),
    )


EXECUTIVE = Kind(
    name="executive",
    label=N_("Executive briefing"),
    description=N_("The office at a glance for a mayor: coverage, priorities, scenarios and the year."),
    gather=gather,
    title=_title,
    sections=(
        Section("glance", N_("At a glance"), glance, headed=False),
        Section("attention", N_("What needs attention now"), attention),
        Section("coverage", N_("Coverage of the recommendations"), covered),
        Section("initiatives", N_("Initiatives by priority"), initiatives),
        Section("scenarios", N_("Budget scenarios side by side"), scenarios),
        Section("year", N_("The year in engagements and commitments"), year_in_review),
        Section("sources", N_("Sources"), sources),
    ),
    asks=(Ask.PERIOD, Ask.SCENARIOS),
)
