"""Whether each scenario is ready, which service levels would close its gap, and what it loses."""

from __future__ import annotations

from collections.abc import Iterator

from cityplanner.base.language import N_
from cityplanner.planning.closing import Closing, LevelMove, closing_words
from cityplanner.planning.losses import loss_summary
from cityplanner.planning.scenarios import gap_words
from cityplanner.reports.blocks import Block, Column, Heading, ListBlock, Paragraph, Run, Table
from cityplanner.reports.briefings.planned import Compared
from cityplanner.reports.briefings.scenario_comparison.gather import ComparisonFacts
from cityplanner.reports.briefings.side_by_side import losses_of
from cityplanner.reports.voice import Voice


def readiness(facts: ComparisonFacts, voice: Voice) -> Iterator[Block]:
    """The scenarios that balance and break nothing in one list, then each other one with what would close its gap."""
    words = {
        one.scenario.id: gap_words(facts.plan.office, one.outcome, voice.currency, voice.say)
        for one in facts.compared
    }
    if not facts.compared:
        return
    yield ListBlock(
        [
            voice.t(
                N_("“{scenario}” is ready: it balances at {money}."),
                scenario=one.scenario.name,
                money=voice.money(one.outcome.total),
            )
            for one in facts.compared
            if not words[one.scenario.id]
        ]
    )
    for one in facts.compared:
        if words[one.scenario.id]:
            yield Heading(2, one.scenario.name)
            yield Paragraph(_state(one, voice))
            yield ListBlock(words[one.scenario.id])
            yield from _closing(facts, one, voice)


def _state(one: Compared, voice: Voice) -> Run:
    if not one.outcome.ready:
        return Run(voice.t(N_("Not ready: it does not balance.")), bold=True, tone="bad")
    total = voice.money(one.outcome.total)
    return Run(voice.t(N_("Ready: it balances at {money}."), money=total), bold=True, tone="good")


def _closing(facts: ComparisonFacts, one: Compared, voice: Voice) -> Iterator[Block]:
    way = facts.closing.get(one.scenario.id)
    if way is not None:
        yield Paragraph(closing_words(facts.plan.office, way, voice.currency, voice.say))
        yield from _levels(facts, way, voice)


def _levels(facts: ComparisonFacts, way: Closing, voice: Voice) -> Iterator[Block]:
    if not way.moves:
        return
    yield Table(
        (
            Column(voice.t(N_("Initiative")), 3),
            Column(voice.t(N_("Now")), 1.4),
            Column(voice.t(N_("Instead")), 1.4),
            Column(voice.t(N_("Saves")), 1, "end"),
            Column(voice.t(N_("Coverage lost")), 1, "end"),
        ),
        [_move(facts, move, voice) for move in way.moves],
        caption=voice.t(N_("Service levels that would close the gap together"))
        if way.closes
        else voice.t(N_("Service levels that bring it as near as levels can")),
        row_headers=1,
    )


def _move(facts: ComparisonFacts, move: LevelMove, voice: Voice) -> tuple[str, ...]:
    titles = {one.id: f"{one.code}  {one.title}" for one in facts.plan.office.initiatives}
    return (
        titles[move.initiative_id],
        facts.level_titles[move.from_level_id],
        facts.level_titles[move.to_level_id],
        voice.money(move.saves),
        voice.say.percent(float(move.coverage_lost), 2),
    )


def losses(facts: ComparisonFacts, voice: Voice) -> Iterator[Block]:
    """What each scenario loses against the one that holds, all by name, and what it has that the other has not."""
    others = [one for one in facts.compared if one.lost is not None]
    if facts.compared and not others:
        yield Paragraph(voice.t(N_("There is no other scenario to compare with.")))
    for one in others:
        yield Heading(2, voice.t(N_("What “{scenario}” loses"), scenario=one.scenario.name))
        summary, named = losses_of(facts.plan.office, one, voice)
        yield summary or Paragraph(voice.t(N_("Nothing is lost.")))
        yield ListBlock(named)
        if one.gained is not None and not one.gained.nothing:
            yield Paragraph(
                voice.t(
                    N_("In return the other one loses: {summary}"),
                    summary=loss_summary(one.gained, voice.say),
                )
            )
