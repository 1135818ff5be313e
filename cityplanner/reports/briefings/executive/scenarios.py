"""The budget scenarios side by side, and what each loses."""

from __future__ import annotations

from collections.abc import Iterator

from cityplanner.base.language import N_
from cityplanner.planning.losses import loss_summary, loss_words
from cityplanner.planning.scenarios import gap_words
from cityplanner.reports.blocks import (
    Block,
    CallOut,
    Column,
    Figure,
    Heading,
    KeepTogether,
    ListBlock,
    Paragraph,
    Table,
)
from cityplanner.reports.briefings.executive.gather import ExecutiveFacts
from cityplanner.reports.briefings.planned import Compared
from cityplanner.reports.charts import BarChart, Series
from cityplanner.reports.voice import Voice

MOST_LOSSES = 5


def scenarios(facts: ExecutiveFacts, voice: Voice) -> Iterator[Block]:
    """A table, a chart and a list of losses for each scenario."""
    compared = facts.compared
    if not compared:
        yield CallOut("note", voice.t(N_("There is no budget scenario yet.")))
        return
    yield _side_by_side(voice, compared)
    measured = [(one, one.outcome.coverage.office.coverage) for one in compared]
    if any(share is not None for _one, share in measured):
        yield Figure(
            BarChart(
                tuple(one.scenario.name for one, _share in measured),
                (
                    Series(
                        voice.t(N_("Coverage in per cent")),
                        tuple(float(share or 0) * 100 for _one, share in measured),
                        tuple(voice.share(share) for _one, share in measured),
                    ),
                ),
                scale=(0, 100),
            ),
            alt=voice.t(N_("Coverage by scenario: {list}.")).format(
                list="; ".join(f"{one.scenario.name} {voice.share(share)}" for one, share in measured)
            ),
            caption=voice.t(N_("Coverage of the supported recommendations by scenario")),
        )
    for one in compared:
        yield from _loss(facts, voice, one)


def _side_by_side(voice: Voice, compared: tuple[Compared, ...]) -> Table:
    rows = []
    for one in compared:
        result = one.outcome
        rows.append(
            (
                one.scenario.name,
                str(one.scenario.fiscal_year),
                voice.money(result.total),
                voice.money(sum(fund.over for fund in result.funds)) if result.over else "–",
                voice.say.number(float(result.capacity.fte_after), 1),
                voice.share(result.coverage.office.coverage),
                voice.t(N_("yes")) if result.ready else voice.t(N_("no")),
            )
        )
    return Table(
        columns=(
            Column(voice.t(N_("Scenario")), 2.4),
            Column(voice.t(N_("Year")), 0.8, "end"),
            Column(voice.t(N_("Cost")), 1.3, "end"),
            Column(voice.t(N_("Over its funds")), 1.1, "end"),
            Column(voice.t(N_("Staff, FTE")), 0.9, "end"),
            Column(voice.t(N_("Coverage")), 1, "end"),
            Column(voice.t(N_("Balanced")), 1, "center"),
        ),
        rows=rows,
        row_headers=1,
    )


def _loss(facts: ExecutiveFacts, voice: Voice, one: Compared) -> Iterator[Block]:
    """What breaks a limit first, then how much is lost, then the heaviest losses by name."""
    office, lost = facts.plan.office, one.lost
    gaps = () if one.outcome.ready else gap_words(office, one.outcome, voice.currency, voice.say)
    losing = lost is not None and not lost.nothing
    if not losing and not gaps:
        return
    heading = voice.t(N_("What “{scenario}” loses")).format(scenario=one.scenario.name)
    blocks: list[Block] = [Heading(2, heading)]
    items = list(gaps)
    if lost is not None and losing:
        blocks.append(Paragraph(loss_summary(lost, voice.say)))
        sentences = loss_words(office, lost, voice.say)
        items += sentences[:MOST_LOSSES]
        more = len(sentences) - MOST_LOSSES
        if more > 0:
            items.append(
                voice.say.plural(
                    "{n} more of the kinds counted above.", "{n} more of the kinds counted above.", more
                )
            )
    yield KeepTogether((*blocks, ListBlock(tuple(items))))
