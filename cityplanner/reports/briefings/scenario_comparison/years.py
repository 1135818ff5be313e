"""The years ahead: the scenario of its year, and it carried forward as costs grow."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cityplanner.base.language import N_
from cityplanner.base.money import to_minor
from cityplanner.planning.years import Year, year_words
from cityplanner.reports.blocks import Block, Cell, Column, Figure, ListBlock, Paragraph, Table
from cityplanner.reports.briefings.scenario_comparison.gather import ComparisonFacts
from cityplanner.reports.charts.description import BarChart, Series
from cityplanner.reports.voice import Voice

THOUSAND = 1000


def years(facts: ComparisonFacts, voice: Voice) -> Iterator[Block]:
    """What is asked for and available in each of the years, and what stops in them."""
    if facts.base is None or not facts.years:
        return
    yield Paragraph(
        voice.t(
            N_("“{scenario}” carried forward, with costs that grow by {share} a year."),
            scenario=facts.base.scenario.name,
            share=voice.say.percent(facts.growth / 100, 1),
        )
    )
    yield _bars(facts, voice)
    yield _table(facts, voice)
    yield ListBlock(year_words(facts.plan.office, facts.years, (), voice.say))


def _bars(facts: ComparisonFacts, voice: Voice) -> Figure:
    thousand = to_minor(THOUSAND, voice.currency)
    asked = [one.outcome.total for one in facts.years]
    offered = [one.amount for one in facts.years]
    series = [
        Series(
            label,
            [value / thousand for value in values],
            [voice.number(value / thousand, 0) for value in values],
        )
        for label, values in ((voice.t(N_("Asked for")), asked), (voice.t(N_("Available")), offered))
    ]
    return Figure(
        BarChart(
            [str(one.fiscal_year) for one in facts.years],
            series,
            horizontal=False,
            axis=voice.t(N_("in thousand {currency}"), currency=voice.currency),
        ),
        alt=voice.t(
            N_("Money by fiscal year: {list}; the table below has every amount."),
            list=voice.say.parted(f"{one.fiscal_year} {_gap(one, voice)}" for one in facts.years),
        ),
        caption=voice.t(N_("Money asked for and available by fiscal year")),
    )


def _table(facts: ComparisonFacts, voice: Voice) -> Table:
    def row(label: str, text: Callable[[Year], str]) -> tuple[Cell | str, ...]:
        return (Cell(label, header=True, scope="Row"), *(text(one) for one in facts.years))

    carried = voice.t(N_("carried forward"))
    return Table(
        (
            Column(voice.t(N_("Fiscal year")), 1.4),
            *(Column(str(one.fiscal_year), 1.2, "end") for one in facts.years),
        ),
        [
            row(voice.t(N_("Scenario")), lambda one: carried if one.carried else one.scenario.name),
            row(voice.t(N_("First day")), lambda one: voice.day(one.first_on)),
            row(voice.t(N_("Last day")), lambda one: voice.day(one.last_on)),
            row(voice.t(N_("Asked for")), lambda one: voice.money(one.outcome.total)),
            row(voice.t(N_("Available")), lambda one: voice.money(one.amount)),
            row(voice.t(N_("Gap")), lambda one: _gap(one, voice)),
            row(voice.t(N_("FTE left")), lambda one: voice.number(float(one.outcome.capacity.fte_left), 2)),
            row(voice.t(N_("Coverage")), lambda one: voice.share(one.outcome.coverage.office.coverage)),
            row(voice.t(N_("Initiatives running")), lambda one: voice.number(len(one.outcome.running_ids))),
        ],
    )


def _gap(year: Year, voice: Voice) -> str:
    text = N_("{money} over") if year.over else N_("{money} left")
    return voice.t(text, money=voice.money(year.over or year.amount - year.outcome.total))
