"""The value case: why the office is a must-have, told in dated records and nothing else."""

from __future__ import annotations

from cityplanner.base.language import N_
from cityplanner.reports.briefings.value_case import case
from cityplanner.reports.briefings.value_case.gather import ValueFacts, gather
from cityplanner.reports.choices import Ask
from cityplanner.reports.kind import Kind, Section, Title
from cityplanner.reports.voice import Voice


def _title(facts: ValueFacts, voice: Voice) -> Title:
    office = facts.office
    return Title(
        title=voice.t(N_("What the international office brings the city")),
        subtitle=voice.t(
            N_("{office}, {period}"), office=office.name, period=voice.period(facts.begin, facts.end)
        ),
        subject=voice.t(N_("The value of {office} in dated records"), office=office.name),
        keywords=(office.city, voice.t(N_("value")), voice.t(N_("reciprocity"))),
    )


VALUE_CASE = Kind(
    name="value-case",
    label=N_("Value case"),
    description=N_("Why the office is needed: help, promises kept, money, results, each with its record."),
    gather=gather,
    title=_title,
    sections=(
        Section("summary", N_("Summary"), case.summary, headed=False),
        Section("reciprocity", N_("Help received and given"), case.reciprocity),
        Section("promises", N_("Promises kept"), case.promises),
        Section("money", N_("Money brought to the city"), case.money),
        Section("results", N_("Results"), case.results),
        Section("learned", N_("Learned from peers"), case.learned),
        Section("sources", N_("Sources"), case.sources),
    ),
    asks=(Ask.PERIOD,),
)
