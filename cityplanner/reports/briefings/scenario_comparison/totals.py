"""What each scenario costs: by fund with what is left, by theme, category and quartile; and the staff it takes."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from fractions import Fraction

from cityplanner.base.language import N_
from cityplanner.base.money import to_minor
from cityplanner.planning.scenarios import FundTotal, Outcome
from cityplanner.reports.blocks import Block, Figure, Heading, Run, Text
from cityplanner.reports.briefings.planned import Compared
from cityplanner.reports.briefings.scenario_comparison.gather import ComparisonFacts
from cityplanner.reports.briefings.side_by_side import across
from cityplanner.reports.charts.description import BarChart, Series
from cityplanner.reports.voice import NOTHING, Voice

MOST_SERIES = 8
THOUSAND = 1000
Amounts = dict[Hashable, int]


def totals(facts: ComparisonFacts, voice: Voice) -> Iterator[Block]:
    """Tables by fund, category, theme and quartile, each with the same total, and the categories as bars."""
    if not facts.compared:
        return
    yield Heading(2, voice.t(N_("By fund")))
    yield _funds(facts, voice)
    yield Heading(2, voice.t(N_("By category")))
    yield from _breakdown(
        facts, voice, voice.t(N_("Category")), lambda one: {t.key: t.amount for t in one.categories}, _named
    )
    yield from _categories(facts, voice)
    yield Heading(2, voice.t(N_("By theme")))
    yield from _breakdown(
        facts, voice, voice.t(N_("Theme")), lambda one: {t.key: t.amount for t in one.themes}, _theme
    )
    if any(total.key for one in facts.compared for total in one.outcome.quartiles):
        yield Heading(2, voice.t(N_("By priority quartile")))
        yield from _breakdown(
            facts,
            voice,
            voice.t(N_("Priority quartile")),
            lambda one: {t.key: t.amount for t in one.quartiles},
            _quartile,
        )


def _funds(facts: ComparisonFacts, voice: Voice) -> Block:
    found = [one.outcome for one in facts.compared]
    rows: list[tuple[str, Sequence[Text]]] = [
        (fund.name, [_fund(one.funds[at], voice) for one in found])
        for at, fund in enumerate(facts.plan.office.funds)
    ]
    if any(one.unfunded for one in found):
        rows.append((voice.t(N_("Without a fund")), [voice.money(one.unfunded) for one in found]))
    return across(
        voice,
        facts.compared,
        voice.t(N_("Fund")),
        rows,
        caption=voice.t(N_("What is asked of each fund, and what is left of it or missing")),
        total=_total(found, voice),
    )


def _fund(total: FundTotal, voice: Voice) -> Text:
    needed, money = voice.money(total.needed), voice.money(abs(total.gap))
    if total.over:
        return Run(voice.t(N_("{needed}, {money} over"), needed=needed, money=money), bold=True, tone="bad")
    return voice.t(N_("{needed}, {money} left"), needed=needed, money=money)


def _total(found: Iterable[Outcome], voice: Voice) -> tuple[str, Sequence[Text]]:
    return voice.t(N_("Total")), [voice.money(one.total) for one in found]


def _breakdown(
    facts: ComparisonFacts,
    voice: Voice,
    first: str,
    amounts: Callable[[Outcome], Amounts],
    name: Callable[[Hashable, Voice], str],
) -> Iterator[Block]:
    found = [one.outcome for one in facts.compared]
    of_each = [amounts(one) for one in found]
    yield across(
        voice,
        facts.compared,
        first,
        [
            (
                _capital(name(key, voice)),
                [voice.money(of_one[key]) if key in of_one else NOTHING for of_one in of_each],
            )
            for key in _keys(of_each)
        ],
        total=_total(found, voice),
    )


def _keys(of_each: Iterable[Amounts]) -> list[Hashable]:
    """Every key once: numbers in their order, else the most money in any scenario first; none comes last."""
    most: Amounts = {}
    for of_one in of_each:
        for key, amount in of_one.items():
            most[key] = max(most.get(key, 0), amount)
    return sorted(most, key=lambda key: (key is None, key if isinstance(key, int) else -most[key], str(key)))


def _named(key: Hashable, voice: Voice) -> str:
    return voice.choice(str(key))


def _theme(key: Hashable, voice: Voice) -> str:
    return voice.choice(str(key)) if key else voice.t(N_("staff"))


def _quartile(key: Hashable, voice: Voice) -> str:
    if not isinstance(key, int):
        return voice.t(N_("not ranked, and staff"))
    return voice.t(N_("quartile {n}"), n=voice.number(key))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _categories(facts: ComparisonFacts, voice: Voice) -> Iterator[Block]:
    of_each = [{t.key: t.amount for t in one.outcome.categories} for one in facts.compared]
    keys = sorted({key for of_one in of_each for key in of_one}, key=lambda key: -of_each[0].get(key, 0))
    if not keys or len(keys) > MOST_SERIES:
        return
    thousand = to_minor(THOUSAND, voice.currency)
    yield Figure(
        BarChart(
            [one.scenario.name for one in facts.compared],
            [
                Series(
                    voice.choice(key),
                    [max(0, of_one.get(key, 0)) / thousand for of_one in of_each],
                    [voice.number(of_one.get(key, 0) / thousand, 0) for of_one in of_each],
                )
                for key in keys
            ],
            stacked=True,
            axis=voice.t(N_("in thousand {currency}"), currency=voice.currency),
        ),
        alt=voice.t(
            N_("Cost by category: {list}; the table above has every amount."),
            list=voice.say.parted(
                f"{one.scenario.name} {voice.money(one.outcome.total)}" for one in facts.compared
            ),
        ),
        caption=voice.t(N_("Cost by category")),
    )


def staff(facts: ComparisonFacts, voice: Voice) -> Iterator[Block]:
    """FTE before and after what each scenario changes, needed and left; hours for keeping in touch."""
    if not facts.compared:
        return

    def row(label: str, text: Callable[[Compared], Text]) -> tuple[str, Sequence[Text]]:
        return label, [text(one) for one in facts.compared]

    yield across(
        voice,
        facts.compared,
        voice.t(N_("Staff")),
        [
            row(
                voice.t(N_("FTE of all positions")), lambda one: _fte(one.outcome.capacity.fte_before, voice)
            ),
            row(voice.t(N_("FTE after furlough")), lambda one: _fte(one.outcome.capacity.fte_after, voice)),
            row(voice.t(N_("FTE needed")), lambda one: _fte(one.outcome.capacity.fte_needed, voice)),
            row(voice.t(N_("FTE left")), lambda one: _fte(one.outcome.capacity.fte_left, voice)),
            row(
                voice.t(N_("Hours a year to keep in touch")),
                lambda one: voice.number(float(one.outcome.capacity.contact_hours_needed), 0),
            ),
            row(
                voice.t(N_("Hours left for it")),
                lambda one: voice.number(float(one.outcome.capacity.hours_left), 0),
            ),
            row(
                voice.t(N_("Partners falling silent")),
                lambda one: voice.number(len(one.outcome.capacity.silent_partner_ids)),
            ),
        ],
    )


def _fte(fte: Fraction, voice: Voice) -> Text:
    text = voice.number(float(fte), 2)
    return Run(text, bold=True, tone="bad") if fte < 0 else text
