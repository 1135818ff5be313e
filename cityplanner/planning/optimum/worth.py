"""What one more unit of each limit buys: a thousand in a fund, 0.1 FTE, one furlough day less.

Each is the best plan with that limit moved and all others as they are; only right-hand sides change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil

from cityplanner.base.language import N_, Language, current
from cityplanner.base.money import to_minor
from cityplanner.planning.optimum.aims import Aim, AimKind, aims, amount_words
from cityplanner.planning.optimum.engine import Engine, Plan, Watch
from cityplanner.planning.optimum.limits import LimitKind
from cityplanner.planning.optimum.model import Model, Row, build, staff_parts
from cityplanner.planning.optimum.problem import USUAL, Effort, Problem
from cityplanner.planning.optimum.result import Solution
from cityplanner.planning.optimum.solve import Stop, never
from cityplanner.planning.optimum.supply import amounts, free_staff

TENTH = Fraction(1, 10)


class More(StrEnum):
    """What there is one more unit of."""

    MONEY = N_("a thousand more in a fund")
    STAFF = N_("0.1 FTE more")
    FURLOUGH = N_("one furlough day less")


@dataclass(frozen=True, slots=True)
class Worth:
    """What one more unit buys: the first aim that rises, and by how much (`gained` is found, `at_most` proven).

    Coverage is a share 0-1, priority in points, cost in minor units; nothing rises: no aim and 0. `gained` is
    negative for a plan that becomes worse, as when a furlough day less costs a fund more than the staff brings.
    None: no plan is left. Over a plan that is not proven optimal nothing exact can be said: there `gained` is what
    the limit is worth to the relaxation, `priced`, and comes without a plan.
    """

    more: More
    fund_id: int | None
    aim: AimKind | None
    gained: Fraction | None
    at_most: Fraction | None
    decisions: Mapping[int, int | None] | None
    priced: bool = False

    @property
    def exact(self) -> bool:
        """Whether nothing better can be bought."""
        return self.gained == self.at_most


def worth_of_more(
    problem: Problem, found: Solution, currency: str, effort: Effort = USUAL, stop: Stop = never
) -> tuple[Worth, ...]:
    """What one more unit of each limit buys over a plan: each fund in order, staff, a furlough day if there is one.

    `effort` is for all together. Raises `Cancelled` when `stop` says so, ValueError when the plan is not one of
    the problem's.
    """
    model = build(problem)
    plan = model.columns(found.decisions)
    if plan is None:
        raise ValueError("the plan does not belong to the problem")
    engine, watch = Engine(model), Watch(effort, stop=stop)
    moved = _moved(problem, to_minor(1000, currency))
    if found.aims and not found.proven:
        return tuple(_priced(engine, plan, moved))
    return tuple(_worth(engine, other, more, fund_id, plan, watch) for more, fund_id, other in moved)


def _moved(problem: Problem, thousand: int) -> Iterator[tuple[More, int | None, Model]]:
    offers = amounts(problem)
    for key in offers:
        yield More.MONEY, key, build(problem, {**offers, key: offers[key] + thousand})
    yield More.STAFF, None, build(problem, more_fte=TENTH)
    days = problem.scenario.furlough_days
    if days > 0:
        fewer = replace(problem.scenario, furlough_days=max(Decimal(0), days - 1))
        yield More.FURLOUGH, None, build(replace(problem, scenario=fewer))


@dataclass(frozen=True, slots=True)
class Least:
    """The least more of one limit that lets the first aim, as coverage, rise at all: minor units in a fund, or FTE.

    No amount (None): however much more there is, nothing rises, or time ran out. `proven` says none smaller does.
    """

    more: More
    fund_id: int | None
    amount: Fraction | None
    gained: Fraction
    proven: bool
    decisions: Mapping[int, int | None] | None
    aim: AimKind = AimKind.COVERAGE


def least_more(
    problem: Problem, found: Solution, effort: Effort = USUAL, stop: Stop = never
) -> tuple[Least, ...]:
    """The next step worth asking for: each fund in order, then staff (FTE after furlough).

    The limit is let go, a better plan is demanded, and the one that uses least of the limit is sought. `effort`
    is for all together. Nothing is told over a plan that is not proven the best: there is a better one already, for
    all one knows. Raises `Cancelled` when `stop` says so, ValueError when the plan is not the problem's.
    """
    model = build(problem)
    plan = model.columns(found.decisions)
    if plan is None:
        raise ValueError("the plan does not belong to the problem")
    if found.aims and not found.proven:
        return ()
    engine, watch = Engine(model), Watch(effort, stop=stop)
    funds = [row for row in model.rows if row.limit.kind is LimitKind.FUND]
    staff = [row for row in model.rows if row.limit.kind in (LimitKind.STAFF, LimitKind.CONTACT)]
    parts = staff_parts(model.options)
    left = free_staff(problem) * parts  # exact, where the row itself is rounded down to whole parts
    return (
        *(_least(engine, [row], More.MONEY, plan, Fraction(row.at_most), 1, watch) for row in funds),
        _least(engine, staff, More.STAFF, plan, left, parts, watch),
    )


def _least(
    engine: Engine, rows: Sequence[Row], more: More, plan: Plan, left: Fraction, parts: int, watch: Watch
) -> Least:
    model = engine.model
    fund_id = rows[0].limit.key if more is More.MONEY else None
    first = next((aim for aim in aims(model) if aim.kind is not AimKind.COST), None)
    if first is None:
        return Least(more, fund_id, None, Fraction(0), True, None)
    value = first.of(model, plan)
    engine.release(row.limit for row in rows)
    engine.demand([(first, value + 1)])
    use = Aim(AimKind.COST, {at: -value for at, value in rows[0].options.items()}, {}, Fraction(1, parts))
    found = engine.run(use, watch)
    if found.plan is None:
        return Least(more, fund_id, None, Fraction(0), found.settled, None)
    gained = (first.of(model, found.plan) - value) * first.unit
    amount = max(Fraction(0), (-found.value - left) / parts)
    return Least(more, fund_id, amount, gained, found.proven, model.decisions(found.plan), first.kind)


def _worth(engine: Engine, moved: Model, more: More, fund_id: int | None, plan: Plan, watch: Watch) -> Worth:
    model = engine.model
    engine.cap({row.limit: row.at_most for row in moved.rows})
    engine.demand(())
    best: Plan | None = plan if engine.allows(plan) else None
    demands: list[tuple[Aim, int]] = []
    for aim in aims(model):
        if aim.kind is AimKind.COST:
            break
        value = aim.of(model, plan)
        found = engine.run(aim, watch, best)
        if found.plan is None and found.settled:
            return Worth(more, fund_id, None, None, None, None)
        if found.plan is None:  # out of time: only the bound is known
            at_most = (found.bound - value) * aim.unit
            return Worth(more, fund_id, aim.kind, Fraction(0), at_most, model.decisions(plan))
        best = found.plan
        if not found.value == value == found.bound:
            gained, at_most = ((one - value) * aim.unit for one in (found.value, found.bound))
            return Worth(more, fund_id, aim.kind, gained, at_most, model.decisions(best))
        demands.append((aim, found.value))
        engine.demand(demands)
    return Worth(more, fund_id, None, Fraction(0), Fraction(0), model.decisions(best or plan))


def _priced(engine: Engine, plan: Plan, moved: Iterable[tuple[More, int | None, Model]]) -> Iterator[Worth]:
    """By the prices of one relaxation: no search, and none of them exceeds what it says."""
    model = engine.model
    first = aims(model)[0]
    prices = engine.prices(first)
    if prices is None:
        return
    value = first.of(model, plan)
    for more, fund_id, other in moved:
        after = {row.limit: row.at_most for row in other.rows}
        rise = sum(
            prices.of_limits[row.limit] * (after[row.limit] - row.at_most)
            for row in model.rows
            if not row.items
        )
        gained = Fraction(rise).limit_denominator(1_000_000) * first.unit
        at_most = Fraction(prices.most + max(0.0, rise) - value) * first.unit
        yield Worth(more, fund_id, first.kind, gained, at_most, None, priced=True)


def worth_words(found: Worth, problem: Problem, currency: str, language: Language | None = None) -> str:
    """What one more unit buys, in a sentence."""
    say = language or current()
    thousand = say.money(to_minor(1000, currency), currency)
    what = say.text(_MORE[found.more]).format(money=thousand, fund=_fund(found.fund_id, problem))
    if found.gained is None:
        return say.text(N_("{more} leaves no plan.")).format(more=what)
    if found.aim is None or (not found.gained and (found.exact or found.priced)):
        return say.text(N_("{more} buys nothing.")).format(more=what)
    if not found.gained:
        most = amount_words(found.aim, found.at_most or Fraction(0), currency, say)
        return say.text(N_("{more} buys {gain} at most.")).format(more=what, gain=most)
    text = N_("{more} buys {gain}.") if found.gained > 0 else N_("{more} loses {gain}.")
    if found.priced:
        text = N_("{more} buys about {gain}.") if found.gained > 0 else N_("{more} loses about {gain}.")
    gain = amount_words(found.aim, abs(found.gained), currency, say)
    return say.text(text).format(more=what, gain=gain)


def least_words(found: Least, problem: Problem, currency: str, language: Language | None = None) -> str:
    """The next step worth asking for, in a sentence."""
    say = language or current()
    fund = _fund(found.fund_id, problem)
    if found.amount is None:
        text = (
            N_("More in {fund} alone covers nothing more.")
            if fund
            else N_("More staff alone covers nothing more.")
        )
        if not found.proven:
            text = N_("Time ran out before it was known how much more of a limit would cover more.")
        return say.text(text).format(fund=fund)
    gain = amount_words(found.aim, found.gained, currency, say)
    if fund:
        text = N_("{money} more in {fund} would buy {gain}.")
        return say.text(text).format(money=say.money(ceil(found.amount), currency), fund=fund, gain=gain)
    fte = say.number(float(found.amount), 2)
    return say.text(N_("{n} FTE more would buy {gain}.")).format(n=fte, gain=gain)


def _fund(key: int | None, problem: Problem) -> str:
    return next((fund.name for fund in problem.office.funds if fund.id == key), "")


_MORE = {
    More.MONEY: N_("{money} more in {fund}"),
    More.STAFF: N_("0.1 FTE more"),
    More.FURLOUGH: N_("One furlough day less"),
}
