"""The budget scenarios side by side, and what each loses."""

from __future__ import annotations

from collections.abc import Iterator

from cityplanner.base.language import N_
from cityplanner.planning.scenarios import gap_words
from cityplanner.reports.blocks import Block, CallOut, Heading, KeepTogether, ListBlock
from cityplanner.reports.briefings.executive.gather import ExecutiveFacts
from cityplanner.reports.briefings.planned import Compared
from cityplanner.reports.briefings.side_by_side import coverage_figure, losses_of, overview
from cityplanner.reports.voice import Voice

MOST_LOSSES = 5


def scenarios(facts: ExecutiveFacts, voice: Voice) -> Iterator[Block]:
    """A table, a chart and a list of losses for each scenario."""
    if not facts.compared:
        yield CallOut("note", voice.t(N_("There is no budget scenario yet.")))
        return
    yield overview(voice, facts.compared)
    yield from coverage_figure(voice, facts.compared)
    for one in facts.compared:
        yield from _loss(facts, voice, one)


def _loss(facts: ExecutiveFacts, voice: Voice, one: Compared) -> Iterator[Block]:
    """What breaks a limit first, then how much is lost, then the heaviest losses by name."""
    office = facts.plan.office
    gaps = () if one.outcome.ready else gap_words(office, one.outcome, voice.currency, voice.say)
    summary, named = losses_of(office, one, voice)
    if summary is None and not gaps:
        return
    blocks: list[Block] = [Heading(2, voice.t(N_("What “{scenario}” loses"), scenario=one.scenario.name))]
    items = [*gaps, *named[:MOST_LOSSES]]
    if summary is not None:
        blocks.append(summary)
    if len(named) > MOST_LOSSES:
        items.append(
            voice.plural(
                "{n} more of the kinds counted above.",
                "{n} more of the kinds counted above.",
                len(named) - MOST_LOSSES,
            )
        )
    yield KeepTogether((*blocks, ListBlock(tuple(items))))
