"""What the overview of an initiative says, read in a worker: facts, money by scenario, results with charts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from cityplanner.base.language import _, current
from cityplanner.model.engagement import Commitment
from cityplanner.model.indicator import Indicator, Measurement
from cityplanner.model.initiative import (
    BudgetLine,
    Initiative,
    InitiativeStatus,
    Milestone,
    MilestoneStatus,
    ServiceLevel,
)
from cityplanner.model.partner import Partner
from cityplanner.model.scenario import Scenario
from cityplanner.model.wording import choice_label
from cityplanner.planning import agenda, indicators
from cityplanner.planning.coverage import as_share, link_units
from cityplanner.planning.facts import FULL_RESULT, LevelFact, LineFact
from cityplanner.planning.indicators import Standing
from cityplanner.planning.scenarios import level_cost
from cityplanner.reports.charts.description import BarChart, LineChart
from cityplanner.reports.charts.indicators import fact_of, group_chart, path_chart, with_unit
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries import initiatives as queries
from cityplanner.store.queries.initiatives import Answered
from cityplanner.ui.parts.plain import capitalized, dots
from cityplanner.ui.parts.two_lines import Row

PRESSING = (Standing.BEHIND, Standing.OVERDUE)


@dataclass(frozen=True, slots=True)
class Result:
    """An indicator: its row, its words, its chart and that of its groups, each with the text that stands for it."""

    row: Row
    warning: str
    chart: LineChart | None
    alt: str
    groups: BarChart | None
    groups_alt: str
    standing: Standing
    share: Fraction | None


@dataclass(frozen=True, slots=True)
class InitiativeFacts:
    """Everything on the overview of one initiative."""

    id: int
    name: str
    ended: bool
    status: str
    reason: str
    lines: tuple[str, ...]
    objective: str
    equity: tuple[tuple[str, str], ...]
    risks: str
    progress: str
    behind: bool
    commitments: tuple[Row, ...]
    partners: tuple[Row, ...]
    recommendations: tuple[Row, ...]
    milestones: tuple[Row, ...]
    levels: tuple[Row, ...]
    money: tuple[Row, ...]
    results: tuple[Result, ...]


def read_initiative(plan: Plan, initiative_id: int, today: dt.date, currency: str) -> InitiativeFacts | None:
    """Read and put into words everything about one initiative; None when it is gone."""
    with plan.reading() as session:
        one = session.get(Initiative, initiative_id)
        if one is None:
            return None
        steps = queries.milestones(session, initiative_id)
        levels = queries.levels(session, initiative_id)
        lines = queries.budget_lines(session, initiative_id)
        costs = {level.id: _fact(level, lines) for level in levels}
        measured = queries.indicators(session, initiative_id)
        values = queries.measurements(session, [each.id for each in measured])
        results = tuple(_result(each, values, today) for each in measured)
        return InitiativeFacts(
            id=initiative_id,
            name=f"{one.code} {one.title}",
            ended=one.status is InitiativeStatus.CLOSED,
            status=_("Status: {status}").format(status=_(one.status)),
            reason=one.status_reason,
            lines=tuple(filter(None, _lines(one))),
            objective=one.objective,
            equity=(
                (_("Who is served"), one.equity_served),
                (_("Who decides"), one.equity_decides),
                (_("Who is left out"), one.equity_left_out),
            ),
            risks=one.risks,
            progress=_progress(steps, results, today),
            behind=any(each.standing in PRESSING for each in results) or any(_late(x, today) for x in steps),
            commitments=tuple(
                _commitment(x, today) for x in queries.open_commitments(session, initiative_id)
            ),
            partners=tuple(map(_partner, queries.partners(session, initiative_id))),
            recommendations=tuple(map(_answered, queries.answered(session, initiative_id))),
            milestones=tuple(_milestone(step, today) for step in steps),
            levels=tuple(_level(level, costs[level.id], currency) for level in levels),
            money=tuple(
                _money(scenario, {x.id: x for x in levels}.get(level or 0), costs, currency)
                for scenario, level in queries.decisions(session, initiative_id)
            ),
            results=results,
        )


# --- the head ---


def _lines(one: Initiative) -> Iterable[str]:
    say = current()
    begin = say.date(one.starts_on) if one.starts_on else ""
    end = say.date(one.ends_on) if one.ends_on else ""
    if begin and end:
        span = f"{begin} – {end}"
    elif begin:
        span = _("since {day}").format(day=begin)
    else:
        span = _("until {day}").format(day=end) if end else ""
    lead = _("led by {name}").format(name=one.lead) if one.lead else ""
    yield dots(capitalized(_(one.theme)), lead, choice_label(one.delivery) if one.delivery else "", span)
    goals = sorted({int(code.split(".")[0]) for code in one.sdgs})
    targets = [code for code in one.sdgs if "." in code]
    if goals:
        words = say.plural("SDG goal", "SDG goals", len(goals))
        yield dots(
            f"{words} {', '.join(map(str, goals))}",
            _("targets {codes}").format(codes=", ".join(targets)) if targets else "",
        )


def _progress(steps: Sequence[Milestone], results: Sequence[Result], today: dt.date) -> str:
    say = current()
    words = []
    if steps:
        reached = sum(step.status is MilestoneStatus.REACHED for step in steps)
        count = sum(step.status is not MilestoneStatus.DROPPED for step in steps)
        words.append(
            _("{reached} of {count} milestones reached").format(
                reached=say.number(reached), count=say.number(count)
            )
        )
        late = sum(_late(step, today) for step in steps)
        if late:
            words.append(say.plural("{n} late", "{n} late", late))
    mean = indicators.mean_progress(result.share for result in results)
    if mean is not None:
        words.append(_("{share} of the way to the targets").format(share=say.percent(float(mean))))
    behind = sum(result.standing in PRESSING for result in results)
    if behind:
        words.append(say.plural("{n} indicator behind", "{n} indicators behind", behind))
    return " · ".join(words) or _("No milestone and no measurement yet.")


# --- rows ---


def _commitment(one: Commitment, today: dt.date) -> Row:
    days = (one.due_on - today).days if one.due_on else None
    detail = dots(choice_label(one.side), capitalized(agenda.when(days)), one.owner)
    return Row(one.text, detail, "badge-check", "commitment", one.id, one.is_overdue(today))


def _partner(one: Partner) -> Row:
    place = ", ".join(filter(None, (one.city, current().country(one.country))))
    return Row(one.name, dots(choice_label(one.kind), place), "building-2", "partner", one.id)


def _answered(one: Answered) -> Row:
    share = current().percent(float(as_share(link_units(one.kind, FULL_RESULT))))
    kind = _("{kind} contribution, {share}").format(kind=capitalized(_(one.kind)), share=share)
    return Row(f"{one.code} {one.title}", dots(kind, one.note), "lightbulb", "source_item", one.id)


def _late(step: Milestone, today: dt.date) -> bool:
    return step.status is MilestoneStatus.PENDING and step.due_on < today


def _milestone(step: Milestone, today: dt.date) -> Row:
    say = current()
    if step.status is MilestoneStatus.PENDING:
        state = capitalized(agenda.when((step.due_on - today).days))
    elif step.reached_on:
        state = _("Reached {day}").format(day=say.date(step.reached_on))
    else:
        state = choice_label(step.status)
    due = _("due {day}").format(day=say.date(step.due_on))
    return Row(step.title, dots(state, due), "milestone", "milestone", step.id, _late(step, today))


def _fact(level: ServiceLevel, lines: Sequence[BudgetLine]) -> LevelFact:
    own = [line for line in lines if line.service_level_id == level.id]
    facts = tuple(LineFact(line.fund_id, line.category, line.amount) for line in own)
    return LevelFact(level.id, level.initiative_id, level.kind, level.fte, level.result_share, facts)


def _cost(level: LevelFact, growth: Decimal, currency: str) -> str:
    return current().money(sum(level_cost(level, growth).values()), currency)


def _level(level: ServiceLevel, fact: LevelFact, currency: str) -> Row:
    say = current()
    detail = dots(
        _("keeps {share} of the result").format(share=say.percent(level.result_share / FULL_RESULT)),
        _("{fte} FTE").format(fte=say.number(level.fte)),
        _cost(fact, Decimal(0), currency),
        _("mandated") if level.mandated else "",
    )
    return Row(level.title, detail, "list", "service_level", level.id)


def _money(scenario: Scenario, level: ServiceLevel | None, costs: dict[int, LevelFact], currency: str) -> Row:
    year = _("fiscal year {year}").format(year=scenario.fiscal_year)
    if level is None:
        chosen, cost = _("does not run"), ""
    else:
        chosen = _("level “{level}”").format(level=level.title)
        cost = _cost(costs[level.id], scenario.cost_growth or Decimal(0), currency)
    detail = dots(cost, chosen, _(scenario.kind), year)
    return Row(scenario.title, detail, "wallet", "scenario", scenario.id)


# --- results ---


def _result(one: Indicator, values: Sequence[Measurement], today: dt.date) -> Result:
    say = current()
    fact = fact_of(one, values, today)
    stands, share = indicators.standing(fact, today), indicators.progress(fact)
    latest = next(iter(reversed(indicators.whole(fact))), None)
    detail = dots(
        _("{value} on {day}").format(
            value=with_unit(latest.value, one.unit, say), day=current().date(latest.on)
        )
        if latest
        else "",
        _("target {value}").format(value=with_unit(one.target, one.unit, say))
        if one.target is not None
        else "",
        _("{share} of the way").format(share=current().percent(float(share))) if share is not None else "",
        capitalized(_(stands)),
        _(one.kind),
    )
    wrong = indicators.falls(fact)
    groups = group_chart(fact, one.unit, say)
    return Result(
        row=Row(one.title, detail, "target", "indicator", one.id, stands in PRESSING),
        warning=_("What counts up went down on {day}: check that measurement.").format(
            day=current().date(wrong[-1].on)
        )
        if wrong
        else "",
        chart=path_chart(fact, one.unit, say),
        alt=f"{one.title}: {detail}",
        groups=groups,
        groups_alt=_words_of(groups, one.title),
        standing=stands,
        share=share,
    )


def _words_of(groups: BarChart | None, title: str) -> str:
    if groups is None:
        return ""
    if groups.stacked:
        return _("{indicator} by group").format(indicator=title)
    return _("{indicator} by group; the groups do not add up to the whole").format(indicator=title)
