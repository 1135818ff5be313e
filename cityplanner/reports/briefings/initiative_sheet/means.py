"""What an initiative takes and what it reaches: service levels, money, milestones, indicators."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from cityplanner.base.language import N_
from cityplanner.model.indicator import Indicator
from cityplanner.model.initiative import MilestoneStatus
from cityplanner.planning import indicators as measured
from cityplanner.planning.indicators import Standing
from cityplanner.reports.blocks import (
    Block,
    Cell,
    Column,
    Figure,
    Heading,
    KeepTogether,
    Paragraph,
    Run,
    Table,
    Text,
)
from cityplanner.reports.briefings.initiative_sheet.gather import SheetFacts
from cityplanner.reports.charts.description import Span, Timeline, Tone
from cityplanner.reports.charts.indicators import fact_of, group_chart, path_chart, with_unit
from cityplanner.reports.voice import NOTHING, Voice

_PRESSING = (Standing.BEHIND, Standing.OVERDUE)


def levels(facts: SheetFacts, voice: Voice) -> Iterator[Block]:
    """The service levels with staff, cost and the share of the result they keep, and their budget lines."""
    yield Table(
        (
            Column(voice.t(N_("Service level")), 2.6),
            Column(voice.t(N_("Kind")), 1),
            Column(voice.t(N_("Result kept")), 1, "end"),
            Column(voice.t(N_("Staff, FTE")), 0.9, "end"),
            Column(voice.t(N_("Cost")), 1.2, "end"),
        ),
        [
            (
                Cell(_level(one.title, mandated=one.mandated, voice=voice), header=True, scope="Row"),
                voice.choice(one.kind),
                voice.say.percent(one.result_share / 100),
                voice.number(one.fte),
                voice.money(facts.cost(one.id)),
            )
            for one in facts.levels
        ],
        empty=voice.t(N_("It has no service level yet.")),
    )
    titles = {one.id: one.title for one in facts.levels}
    if facts.lines:
        yield Table(
            (
                Column(voice.t(N_("Service level")), 2),
                Column(voice.t(N_("Fund")), 2.4),
                Column(voice.t(N_("Category")), 1.6),
                Column(voice.t(N_("Amount")), 1.2, "end"),
            ),
            [
                (
                    titles.get(line.service_level_id, NOTHING),
                    _fund(facts, line.fund_id),
                    voice.choice(line.category),
                    voice.money(line.amount),
                )
                for line in facts.lines
            ],
            caption=voice.t(N_("Budget lines")),
        )


def _level(title: str, *, mandated: bool, voice: Voice) -> str:
    return voice.t(N_("{level} (mandated)"), level=title) if mandated else title


def _fund(facts: SheetFacts, key: int) -> str:
    fund = facts.funds.get(key)
    return f"{fund.code}  {fund.title}" if fund else NOTHING


def money(facts: SheetFacts, voice: Voice) -> Iterator[Block]:
    """The level and the cost that each scenario gives it."""
    titles = {one.id: one.title for one in facts.levels}
    yield Table(
        (
            Column(voice.t(N_("Scenario")), 2.4),
            Column(voice.t(N_("Fiscal year")), 0.9, "end"),
            Column(voice.t(N_("Service level")), 2),
            Column(voice.t(N_("Cost")), 1.2, "end"),
        ),
        [
            (
                Cell(one.scenario.title, header=True, scope="Row"),
                str(one.scenario.fiscal_year),
                titles.get(one.level or 0, "") or voice.t(N_("does not run")),
                voice.money(facts.cost(one.level, one.scenario.cost_growth or Decimal(0)))
                if one.level is not None
                else NOTHING,
            )
            for one in facts.scenarios
        ],
        empty=voice.t(N_("There is no budget scenario yet.")),
    )


def milestones(facts: SheetFacts, voice: Voice) -> Iterator[Block]:
    """The milestones as a line of time and a table."""
    if not facts.milestones:
        return
    spans = [
        Span(step.title, step.due_on, tone=_tone(step.status, late=step.due_on < facts.today))
        for step in facts.milestones
    ]
    states = [voice.choice(step.status) for step in facts.milestones]
    yield Figure(
        Timeline(spans, facts.today, voice.t(N_("Today"))),
        alt=voice.t(
            N_("Milestones: {list}."),
            list=voice.say.parted(
                f"{step.title}, {voice.day(step.due_on)}, {state}"
                for step, state in zip(facts.milestones, states, strict=True)
            ),
        ),
    )
    yield Table(
        (
            Column(voice.t(N_("Milestone")), 3),
            Column(voice.t(N_("Due")), 1.2),
            Column(voice.t(N_("Status")), 1.1),
            Column(voice.t(N_("Reached on")), 1.2),
        ),
        [
            (
                Cell(step.title, header=True, scope="Row"),
                voice.day(step.due_on),
                state,
                voice.day(step.reached_on),
            )
            for step, state in zip(facts.milestones, states, strict=True)
        ],
    )


def _tone(status: MilestoneStatus, *, late: bool) -> Tone:
    if status is MilestoneStatus.REACHED:
        return "good"
    return "bad" if late and status is MilestoneStatus.PENDING else "accent"


def results(facts: SheetFacts, voice: Voice) -> Iterator[Block]:
    """Each indicator: how it stands, its chart against the target path, its measurements."""
    if not facts.indicators:
        yield Paragraph(voice.t(N_("It has no indicator yet.")))
    for one in facts.indicators:
        yield from _indicator(one, facts, voice)


def _indicator(one: Indicator, facts: SheetFacts, voice: Voice) -> Iterator[Block]:
    fact = fact_of(one, facts.measurements, facts.today)
    stands = measured.standing(fact, facts.today)
    head: list[Block] = [Heading(2, one.title), Paragraph(_standing(one, fact, stands, voice))]
    own = [value for value in facts.measurements if value.indicator_id == one.id]
    chart = path_chart(fact, one.unit, voice.say)
    if chart is not None:
        figure = Figure(
            chart,
            alt=voice.t(
                N_("{indicator}: {count}, {standing}."),
                indicator=one.title,
                count=voice.plural("{n} measurement", "{n} measurements", len(own)),
                standing=voice.say.text(stands),
            ),
            caption=voice.t(N_("Measurements against the target path")),
        )
        head.append(figure)
    yield KeepTogether(head)
    groups = group_chart(fact, one.unit, voice.say)
    if groups is not None:
        yield Figure(
            groups,
            alt=voice.t(
                N_("{indicator} by group: {list}."),
                indicator=one.title,
                list=voice.say.parted(series.label for series in groups.series),
            ),
            caption=voice.t(N_("By group")),
        )
    yield Table(
        (
            Column(voice.t(N_("Date")), 1.1),
            Column(voice.t(N_("Value")), 1.1, "end"),
            Column(voice.t(N_("Group")), 1.4),
            Column(voice.t(N_("Verification")), 2.6),
        ),
        [
            (
                Cell(voice.day(value.measured_on), header=True, scope="Row"),
                with_unit(value.value, one.unit, voice.say),
                value.group or NOTHING,
                value.verification or NOTHING,
            )
            for value in own
        ],
        empty=voice.t(N_("It has not been measured yet.")),
    )


def _standing(one: Indicator, fact: measured.IndicatorFact, stands: Standing, voice: Voice) -> Text:
    words: list[str | Run] = [
        Run(voice.say.ended(voice.choice(stands)), bold=True, tone="bad" if stands in _PRESSING else "plain"),
        " ",
    ]
    if one.target is not None:
        goal = with_unit(one.target, one.unit, voice.say)
        words.append(
            voice.t(N_("Target: {value} by {day}."), value=goal, day=voice.day(one.target_on))
            if one.target_on
            else voice.t(N_("Target: {value}."), value=goal)
        )
    share = measured.progress(fact)
    if share is not None:
        words.append(" ")
        words.append(voice.t(N_("{share} of the way is done."), share=voice.say.percent(float(share))))
    return words
