"""The recommendations briefing: what the roundtables said, the office's answers, coverage, gaps and tensions."""

from __future__ import annotations

from cityplanner.base.language import N_
from cityplanner.reports.briefings.recommendations import answers, chain
from cityplanner.reports.briefings.recommendations.gather import RecommendationFacts, gather
from cityplanner.reports.kind import Kind, Section, Title
from cityplanner.reports.voice import Voice


def _title(facts: RecommendationFacts, voice: Voice) -> Title:
    office = facts.office
    return Title(
        title=voice.t(N_("Recommendations and answers")),
        subtitle=f"{office.name}, {office.city}",
        subject=voice.t(N_("How {city} answers what cities recommended to each other"), city=office.city),
        keywords=(office.city, voice.t(N_("recommendations")), voice.t(N_("city diplomacy"))),
    )


RECOMMENDATIONS = Kind(
    name="recommendations",
    label=N_("Recommendations"),
    description=N_("Answers and coverage by theme and roundtable, gaps, evolution and tensions."),
    gather=gather,
    title=_title,
    sections=(
        Section("summary", N_("Summary"), answers.summary, headed=False),
        Section("themes", N_("Coverage by theme and roundtable"), answers.by_theme),
        Section("gaps", N_("Gaps"), chain.gaps),
        Section("answers", N_("The office's answers"), answers.answers),
        Section("contributions", N_("What covers them"), chain.contributions),
        Section("evolution", N_("How the roundtables build on each other"), chain.evolution),
        Section("tensions", N_("Tensions to weigh"), chain.tensions),
        Section("sources", N_("Sources"), chain.sources),
    ),
)
