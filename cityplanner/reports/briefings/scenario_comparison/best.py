"""The best plan for one of the scenarios: its proof, its frontier, what changes, why, and what more would buy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cityplanner.base.language import N_
from cityplanner.base.money import to_minor
from cityplanner.planning.best import certainty_words, step_words
from cityplanner.planning.keeping import differences
from cityplanner.planning.optimum.frontier import total_budget
from cityplanner.planning.optimum.limits import limits_words
from cityplanner.planning.optimum.reasons import reason_words
from cityplanner.planning.optimum.result import Contradiction, Solution, solution_words
from cityplanner.planning.optimum.worth import least_words, worth_words
from cityplanner.reports.blocks import (
    Block,
    CallOut,
    Cell,
    Column,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Table,
)
from cityplanner.reports.briefings.planned import Compared
from cityplanner.reports.briefings.scenario_comparison.gather import ComparisonFacts, Searched
from cityplanner.reports.charts.description import CurveChart, Point
from cityplanner.reports.voice import NOTHING, Voice

THOUSAND = 1000


def best(facts: ComparisonFacts, voice: Voice) -> Iterator[Block]:
    """What the best plan reaches against the scenario, at its budget and at others, and what it changes."""
    searched, base = facts.searched, facts.base
    if searched is None or base is None:
        return
    found = searched.study.found
    yield Paragraph(
        voice.t(
            N_(
                "The service level of every initiative that covers most within the funds, staff and mandates "
                "of “{scenario}”: coverage first, then priority, then the lowest cost."
            ),
            scenario=base.scenario.name,
        )
    )
    if found is None:
        yield CallOut("caution", voice.t(N_("Time ran out before a plan was found.")))
    elif isinstance(found, Contradiction):
        yield from _contradiction(found, searched, voice)
    else:
        yield CallOut(
            "good" if found.proven else "note",
            solution_words(found, voice.say),
            _compared(base, found, voice),
        )
        yield from _frontier(base, searched, found, voice)
        yield from _changes(facts, base, found, voice)


def _contradiction(found: Contradiction, searched: Searched, voice: Voice) -> Iterator[Block]:
    yield CallOut("bad", voice.t(N_("No plan keeps to all limits.")))
    yield Paragraph(
        voice.t(N_("The smallest set of limits that contradict each other"))
        if found.smallest
        else voice.t(N_("These limits contradict each other"))
    )
    yield ListBlock(limits_words(found.limits, searched.problem, voice.currency, voice.say))
    yield Paragraph(voice.t(N_("Loosen any one of them: without it the others can be kept.")))


def _compared(base: Compared, found: Solution, voice: Voice) -> str:
    then = voice.share(base.outcome.coverage.office.coverage)
    cost = voice.money(found.cost)
    text = (
        N_("The scenario itself covers {share}. The service levels of the best plan cost {money}.")
        if base.outcome.ready
        else N_(
            "The scenario itself, which does not balance, covers {share}. "
            "The service levels of the best plan cost {money}."
        )
    )
    return voice.t(text, share=then, money=cost)


def _frontier(base: Compared, searched: Searched, found: Solution, voice: Voice) -> Iterator[Block]:
    steps = searched.study.steps(searched.problem)
    if not steps:
        return
    thousand = to_minor(THOUSAND, voice.currency)
    own = total_budget(searched.problem) / thousand
    name = base.scenario.name
    if not base.outcome.ready:
        name = voice.t(N_("{name}, which does not balance"), name=name)
    marks = [
        (found.coverage, Point(own, float(found.coverage or 0) * 100, voice.t(N_("Best plan")), "good")),
        (
            base.outcome.coverage.office.coverage,
            Point(own, float(base.outcome.coverage.office.coverage or 0) * 100, name, "bad"),
        ),
    ]
    points = [Point(one.point.budget / thousand, float(one.point.value or 0) * 100) for one in steps]
    lowest, highest = steps[0].point, steps[-1].point
    yield Heading(2, voice.t(N_("The best coverage at each budget")))
    yield Figure(
        CurveChart(
            points,
            voice.t(N_("Budget in thousand {currency}"), currency=voice.currency),
            voice.t(N_("Coverage in per cent")),
            [mark for share, mark in marks if share is not None],
        ),
        alt=voice.t(
            N_(
                "The best coverage rises from {least} at {low} to {most} at {high}; at its budget of {own} "
                "“{name}” covers {share}, the best plan {best}."
            ),
            least=voice.share(lowest.value),
            low=voice.money(lowest.budget),
            most=voice.share(highest.value),
            high=voice.money(highest.budget),
            own=voice.money(total_budget(searched.problem)),
            name=base.scenario.name,
            share=voice.share(base.outcome.coverage.office.coverage),
            best=voice.share(found.coverage),
        ),
        data=Table(
            (
                Column(voice.t(N_("Budget")), 1.2, "end"),
                Column(voice.t(N_("Best coverage")), 1, "end"),
                Column(voice.t(N_("Gap")), 1),
                Column(voice.t(N_("Changes from the budget below")), 3.4),
            ),
            [
                (
                    Cell(voice.money(one.point.budget), header=True, scope="Row"),
                    voice.say.percent(float(one.point.value or 0), 2),
                    certainty_words(one.point, voice.say) or NOTHING,
                    step_words(searched.problem.office, one, voice.say) or NOTHING,
                )
                for one in steps
            ],
        ),
    )
    impossible = sum(one.impossible for one in searched.study.points)
    if impossible:
        yield Paragraph(
            voice.plural(
                "At {n} of the lower budgets no plan keeps to all limits.",
                "At {n} of the lower budgets no plan keeps to all limits.",
                impossible,
            ),
            "small",
        )


def _changes(facts: ComparisonFacts, base: Compared, found: Solution, voice: Voice) -> Iterator[Block]:
    """The initiatives to which the best plan gives another level."""
    office, decisions = facts.plan.office, base.scenario.decisions
    titles = {one.id: f"{one.code}  {one.title}" for one in office.initiatives}
    levels = {None: voice.t(N_("does not run")), **dict[int | None, str](facts.level_titles.items())}
    moved = differences(office, base.scenario, replace(base.scenario, decisions=found.decisions))
    yield Heading(2, voice.t(N_("What changes")))
    yield Table(
        (
            Column(voice.t(N_("Initiative")), 3.4),
            Column(voice.t(N_("Now")), 1.6),
            Column(voice.t(N_("Best plan")), 1.6),
        ),
        [(titles[key], levels[decisions.get(key)], levels[level]) for key, level in moved.items()],
        row_headers=1,
        empty=voice.t(N_("The scenario is the best plan already.")),
    )


def why(facts: ComparisonFacts, voice: Voice) -> Iterator[Block]:
    """Why each initiative that is not at its fullest level is not, and what more of each limit would buy."""
    searched = facts.searched
    if searched is None or searched.study.told is None:
        return
    told, problem = searched.study.told, searched.problem
    named = {one.id: one.code for one in problem.office.initiatives}
    yield Heading(2, voice.t(N_("Why the rest is not fuller")))
    yield Table(
        (Column(voice.t(N_("Initiative")), 0.8), Column(voice.t(N_("Reason")), 5)),
        [
            (
                named[one.initiative_id],
                voice.say.sentences(reason_words(one, problem, voice.currency, voice.say)),
            )
            for one in told.reasons
        ],
        row_headers=1,
        empty=voice.t(N_("Every initiative runs at its fullest level.")),
    )
    yield Heading(2, voice.t(N_("What more would buy")))
    worth = [worth_words(one, problem, voice.currency, voice.say) for one in told.worth]
    least = [
        least_words(one, problem, voice.currency, voice.say) for one in told.least if one.amount is not None
    ]
    yield ListBlock((*worth, *least))
