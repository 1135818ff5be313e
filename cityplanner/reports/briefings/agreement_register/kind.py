"""The agreement register: what is signed, what falls due, what is to be delivered, what has gone quiet."""

from __future__ import annotations

from cityplanner.base.language import N_
from cityplanner.reports.briefings.agreement_register import register
from cityplanner.reports.briefings.agreement_register.gather import RegisterFacts, gather
from cityplanner.reports.choices import Ask
from cityplanner.reports.kind import Kind, Section, Title
from cityplanner.reports.voice import Voice


def _title(facts: RegisterFacts, voice: Voice) -> Title:
    office = facts.office
    return Title(
        title=voice.t(N_("Agreement register")),
        subtitle=f"{office.name}, {office.city}",
        subject=voice.t(N_("The international agreements of {city}"), city=office.city),
        keywords=(office.city, voice.t(N_("agreements")), voice.t(N_("sister cities"))),
    )


AGREEMENT_REGISTER = Kind(
    name="agreement-register",
    label=N_("Agreement register"),
    description=N_("What is signed, renewals and notices due, deliverables, and the dormancy review."),
    gather=gather,
    title=_title,
    sections=(
        Section("summary", N_("Summary"), register.summary, headed=False),
        Section("due", N_("Renewals and notices"), register.due),
        Section("in-force", N_("In force"), register.in_force),
        Section("time", N_("Terms"), register.time),
        Section("deliverables", N_("Deliverables"), register.deliverables),
        Section("dormancy", N_("Dormancy review"), register.dormancy),
        Section("memberships", N_("City networks"), register.memberships),
        Section("others", N_("On the way and ended"), register.others),
    ),
    asks=(Ask.PARTNERS,),
)
