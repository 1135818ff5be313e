"""What opens the comparison: the scenarios at a glance, and what each assumes."""

from __future__ import annotations

from collections.abc import Iterator

from cityplanner.base.language import N_
from cityplanner.model.scenario import Scenario, ScenarioKind
from cityplanner.planning.facts import FundChange, ScenarioFact
from cityplanner.reports.blocks import Block, CallOut, Paragraph
from cityplanner.reports.briefings.scenario_comparison.gather import ComparisonFacts
from cityplanner.reports.briefings.side_by_side import across, coverage_figure, overview
from cityplanner.reports.voice import NOTHING, Voice


def summary(facts: ComparisonFacts, voice: Voice) -> Iterator[Block]:
    """Which scenarios are compared, against which, and what each comes to."""
    if not facts.compared:
        yield CallOut(
            "note",
            voice.t(N_("There is no budget scenario yet.")),
            voice.t(N_("Make one on the page of budget scenarios, then print this briefing again.")),
        )
        return
    count = len(facts.compared)
    yield Paragraph(
        voice.plural("{n} budget scenario is compared.", "{n} budget scenarios are compared.", count), "lead"
    )
    yield Paragraph(_against(facts, voice))
    yield overview(voice, facts.compared)
    yield from coverage_figure(voice, facts.compared)


def _against(facts: ComparisonFacts, voice: Voice) -> str:
    if facts.holding is None:
        return voice.t(N_("No scenario is adopted, so no losses are counted."))
    text = (
        N_("Losses are counted against the adopted scenario “{name}”.")
        if facts.holding.scenario.kind == ScenarioKind.ADOPTED
        else N_("None is adopted; losses are counted against the current service level “{name}”.")
    )
    return voice.t(text, name=facts.holding.scenario.name)


def assumptions(facts: ComparisonFacts, voice: Voice) -> Iterator[Block]:
    """Kind, year and adoption of each scenario, and what it changes."""
    if not facts.compared:
        return
    scenarios = [one.scenario for one in facts.compared]
    kept = [facts.records[one.id] for one in scenarios]
    rows = [
        (voice.label(Scenario, "kind"), [voice.choice(one.kind) for one in scenarios]),
        (voice.label(Scenario, "fiscal_year"), [str(one.fiscal_year) for one in scenarios]),
        (voice.label(Scenario, "adopted_at"), [_adopted(one, voice) for one in kept]),
        (voice.label(Scenario, "adopted_by"), [one.adopted_by or NOTHING for one in kept]),
        (voice.label(Scenario, "cost_growth"), [voice.value(one, "cost_growth") for one in kept]),
        (voice.label(Scenario, "furlough_days"), [voice.value(one, "furlough_days") for one in kept]),
        (voice.t(N_("Positions frozen")), [voice.number(len(one.frozen_position_ids)) for one in scenarios]),
        *(
            (fund.name, [_changes(one, fund.id, voice) for one in scenarios])
            for fund in facts.plan.office.funds
            if any(change.fund_id == fund.id for one in scenarios for change in one.fund_changes)
        ),
    ]
    yield across(
        voice,
        facts.compared,
        voice.t(N_("Assumption")),
        rows,
        caption=voice.t(N_("What each scenario assumes; funds as changed from their amounts of the year")),
        align="start",
    )


def _adopted(one: Scenario, voice: Voice) -> str:
    return voice.moment(one.adopted_at) if one.adopted_at else NOTHING


def _changes(scenario: ScenarioFact, fund_id: int, voice: Voice) -> str:
    changes = [_change(one, voice) for one in scenario.fund_changes if one.fund_id == fund_id]
    return voice.joined(changes) if changes else NOTHING


def _change(one: FundChange, voice: Voice) -> str:
    return voice.say.percent(float(one.percent) / 100, 1) if one.percent else voice.money(one.amount)
