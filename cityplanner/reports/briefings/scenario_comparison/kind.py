"""The scenario comparison: up to five scenarios, what each loses, the best plan, its frontier and its reasons."""

from __future__ import annotations

from cityplanner.base.language import N_
from cityplanner.reports.briefings.scenario_comparison import best, levels, overview, readiness, totals, years
from cityplanner.reports.briefings.scenario_comparison.gather import BEST, WHY, ComparisonFacts, gather
from cityplanner.reports.choices import Ask
from cityplanner.reports.kind import Kind, Section, Title
from cityplanner.reports.voice import Voice


def _title(facts: ComparisonFacts, voice: Voice) -> Title:
    office = facts.office
    return Title(
        title=voice.t(N_("Scenario comparison")),
        subtitle=f"{office.name}, {office.city}",
        subject=voice.t(N_("The budget scenarios of {office} side by side"), office=office.name),
        keywords=(office.city, voice.t(N_("budget")), voice.t(N_("scenarios"))),
    )


SCENARIO_COMPARISON = Kind(
    name="scenario-comparison",
    label=N_("Scenario comparison"),
    description=N_(
        "Up to five scenarios: what each costs and loses, the best plan, its frontier and reasons."
    ),
    gather=gather,
    title=_title,
    sections=(
        Section("summary", N_("Summary"), overview.summary, headed=False),
        Section("readiness", N_("Does it balance?"), readiness.readiness),
        Section("losses", N_("What each scenario loses"), readiness.losses),
        Section("coverage", N_("Coverage by theme"), levels.coverage),
        Section("totals", N_("What it costs"), totals.totals),
        Section("staff", N_("Staff"), totals.staff),
        Section("levels", N_("Service levels"), levels.levels),
        Section(BEST, N_("The best plan"), best.best),
        Section(WHY, N_("Reasons, and what more would buy"), best.why),
        Section("years", N_("The years ahead"), years.years),
        Section("assumptions", N_("What the scenarios assume"), overview.assumptions),
    ),
    asks=(Ask.SCENARIOS,),
)
