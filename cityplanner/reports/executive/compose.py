"""The executive briefing: the office at a glance for a mayor, from facts to blocks."""

from __future__ import annotations

from cityplanner.base.language import N_, Language
from cityplanner.reports.blocks import Briefing
from cityplanner.reports.executive.covered import covered
from cityplanner.reports.executive.gather import ExecutiveFacts
from cityplanner.reports.executive.glance import attention, glance
from cityplanner.reports.executive.initiatives import initiatives
from cityplanner.reports.executive.scenarios import scenarios
from cityplanner.reports.executive.sources import sources
from cityplanner.reports.executive.voice import Voice
from cityplanner.reports.executive.year import year_in_review

SECTIONS = (glance, attention, covered, initiatives, scenarios, year_in_review, sources)


def compose(facts: ExecutiveFacts, language: Language) -> Briefing:
    """The briefing in a language; data keeps the language it was written in."""
    office = facts.office
    voice = Voice(language, office.currency)
    return Briefing(
        title=voice.t(N_("Executive briefing")),
        subtitle=f"{office.name}, {office.city}",
        blocks=tuple(block for section in SECTIONS for block in section(facts, voice)),
        date=facts.today,
        language=language.tag,
        office=office.name,
        classification=voice.t(N_("Public")),
        author=office.name,
        subject=voice.t(N_("The international work of {city} at a glance")).format(city=office.city),
        keywords=(office.city, voice.t(N_("city diplomacy")), voice.t(N_("international affairs"))),
        accent=office.accent or "",
        date_text=language.date(facts.today, "long"),
    )
