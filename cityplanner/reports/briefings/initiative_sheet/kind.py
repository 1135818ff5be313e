"""The initiative sheet: one initiative from its purpose to its results."""

from __future__ import annotations

from cityplanner.base.language import N_
from cityplanner.reports.briefings.initiative_sheet import means, purpose
from cityplanner.reports.briefings.initiative_sheet.gather import SheetFacts, gather
from cityplanner.reports.choices import Ask
from cityplanner.reports.kind import Kind, Section, Title
from cityplanner.reports.voice import Voice


def _title(facts: SheetFacts, voice: Voice) -> Title:
    one = facts.initiative
    return Title(
        title=one.title,
        subtitle=voice.t(N_("Initiative sheet, {code}"), code=one.code),
        subject=voice.t(N_("What {initiative} is for and what it reaches"), initiative=one.title),
        keywords=(one.code, voice.choice(one.theme)),
    )


INITIATIVE_SHEET = Kind(
    name="initiative-sheet",
    label=N_("Initiative sheet"),
    description=N_("One initiative: purpose, partners, levels, money, indicators against target, risks."),
    gather=gather,
    title=_title,
    sections=(
        Section("summary", N_("Summary"), purpose.summary, headed=False),
        Section("recommendations", N_("Recommendations it answers"), purpose.recommendations),
        Section("partners", N_("Partners"), purpose.partners),
        Section("levels", N_("Service levels"), means.levels),
        Section("money", N_("Money by scenario"), means.money),
        Section("milestones", N_("Milestones"), means.milestones),
        Section("results", N_("Indicators"), means.results),
        Section("equity", N_("Equity"), purpose.equity),
        Section("risks", N_("Risks"), purpose.risks),
    ),
    asks=(Ask.INITIATIVE, Ask.SCENARIOS),
)
