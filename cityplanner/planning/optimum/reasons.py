"""Why an initiative is not at its fullest level in a plan: the limit it breaks, or what it would push out.

What needs no search is said without one: a limit that bans the level, or that it breaks even beside the least of
all others. Otherwise the plan is sought again with the level forced in, in the same model. For hundreds at once
the prices of one relaxation prove how much is lost at least, but not to whom.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from math import inf

from cityplanner.base.language import N_, Language, current
from cityplanner.planning.optimum.aims import Aim, AimKind, aims, amount_words, closeness
from cityplanner.planning.optimum.contradiction import contradiction
from cityplanner.planning.optimum.engine import Engine, Found, Plan, Watch
from cityplanner.planning.optimum.limits import Limit, LimitKind, limit_words
from cityplanner.planning.optimum.model import Model, build
from cityplanner.planning.optimum.prices import Prices
from cityplanner.planning.optimum.problem import USUAL, Effort, Problem
from cityplanner.planning.optimum.result import Solution
from cityplanner.planning.optimum.solve import Stop, never

FORCED_AT_MOST = 60
"""Up to so many initiatives each is forced in by itself when nothing else is asked for."""

NAMED = 6
"""How many of those who make room are named; more are counted."""


class Why(StrEnum):
    """Why an initiative is not at its fullest level."""

    KEPT = N_("its level is kept by decision")
    ALONE = N_("it breaks a limit by itself")
    TOGETHER = N_("no plan within the limits has it")
    PUSHES_OUT = N_("it would push others out")
    EQUAL = N_("a plan with it is as good")
    WORSE = N_("a plan with it is worse")
    BETTER = N_("a plan with it is better")


@dataclass(frozen=True, slots=True)
class Moved:
    """An initiative that gets another level when one is forced in."""

    initiative_id: int
    from_level_id: int | None
    to_level_id: int | None
    down: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an initiative has `held_level_id` and not its fullest, `level_id`.

    `limits` are those it breaks: by themselves, or if nothing else moved. `lost` is the aim it would cost and by
    how much, coverage as a share 0-1, priority in points, cost in minor units; at least that, unless `exact`.
    `moved` says who makes room in the plan nearest to this one that is best with it. `rise` is by how much the
    aim is better with it, or, unless `exact`, may be at most: over a plan that is not proven the best.
    """

    initiative_id: int
    level_id: int
    held_level_id: int | None
    why: Why
    limits: tuple[Limit, ...] = ()
    aim: AimKind | None = None
    lost: Fraction = Fraction(0)
    exact: bool = True
    moved: tuple[Moved, ...] = ()
    rise: Fraction = Fraction(0)


def reasons(
    problem: Problem,
    found: Solution,
    initiative_ids: Collection[int] | None = None,
    effort: Effort = USUAL,
    stop: Stop = never,
    *,
    force: bool | None = None,
    tell: Callable[[Reason], None] = lambda reason: None,
) -> tuple[Reason, ...]:
    """Why each initiative (or each of those named) below its fullest level is, in the order of initiatives.

    With `force` each is sought again with the level forced in; without it only bounds are proven; by default
    forced if there are at most 60. `effort` is for all together, `tell` hears of each at once. Raises
    `Cancelled` when `stop` says so, and ValueError when the plan is not one of the problem's.
    """
    model = build(problem)
    plan = model.columns(found.decisions)
    if plan is None:
        raise ValueError("the plan does not belong to the problem")
    below = [
        (held, full)
        for held, full in _below(model, plan)
        if initiative_ids is None or model.options[full].initiative_id in initiative_ids
    ]
    forced = len(below) <= FORCED_AT_MOST if force is None else force
    seeker = _Seeker(model, plan, Watch(effort, stop=stop), forced=forced, top=_top(found))
    found_reasons = []
    for held, full in below:
        found_reasons.append(seeker.reason(held, full))
        tell(found_reasons[-1])
    return tuple(found_reasons)


def _top(found: Solution) -> Fraction | None:
    """What no plan exceeds of the first aim, where the search has proven anything."""
    return found.aims[0].bound if found.aims else None


def _below(model: Model, plan: Plan) -> Iterator[tuple[int, int]]:
    """The held and the fullest column of every initiative that keeps less than it could."""
    for held, slot in zip(plan, model.slots.values(), strict=True):
        full = max(slot, key=lambda at: (model.options[at].share, -sum(model.options[at].cost.values())))
        if model.options[full].share > model.options[held].share:
            yield held, full


class _Seeker:
    """Answers for one plan, with one engine."""

    def __init__(self, model: Model, plan: Plan, watch: Watch, *, forced: bool, top: Fraction | None) -> None:
        self._model = model
        self._plan = plan
        self._top = top
        self._watch = watch
        self._forced = forced
        self._aims = aims(model)
        self._values = [aim.of(model, plan) for aim in self._aims]
        self._proven = top is not None and bool(self._aims) and top <= self._values[0] * self._aims[0].unit
        self._least = _least_uses(model)
        self._used = [sum(row.options.get(at, 0) for at in plan) for row in model.rows]

    def reason(self, held: int, full: int) -> Reason:
        """Why this column is not the one above it."""
        model = self._model
        told = Reason(model.options[full].initiative_id, model.options[full].level_id or 0, None, Why.WORSE)
        told = replace(told, held_level_id=model.options[held].level_id)
        banned = [ban.limit for ban in model.bans if full in ban.columns]
        if any(limit.kind is LimitKind.LOCK for limit in banned):
            return replace(told, why=Why.KEPT, limits=tuple(sorted(banned)))
        alone = [*banned, *self._broken_alone(full)]
        if alone:
            return replace(told, why=Why.ALONE, limits=tuple(sorted(alone)))
        told = replace(told, limits=self._broken_now(held, full))
        return self._force(told, full) if self._forced else self._bound(told, full)

    def _broken_alone(self, full: int) -> Iterator[Limit]:
        """Limits that the level breaks even if every other initiative uses the least it can."""
        key = self._model.options[full].initiative_id
        for row, (least, of_each) in zip(self._model.rows, self._least, strict=True):
            if not row.items and least - of_each.get(key, 0) + row.options.get(full, 0) > row.at_most:
                yield row.limit

    def _broken_now(self, held: int, full: int) -> tuple[Limit, ...]:
        """Limits that the level breaks beside the plan as it is; floors only rise with more of a result."""
        return tuple(
            sorted(
                row.limit
                for row, used in zip(self._model.rows, self._used, strict=True)
                if not row.items and used - row.options.get(held, 0) + row.options.get(full, 0) > row.at_most
            )
        )

    def _bound(self, told: Reason, full: int) -> Reason:
        """What is lost at least, or gained at most, proven without a search."""
        why = Why.PUSHES_OUT if told.limits else Why.WORSE
        if self._prices is None or not self._aims:
            return replace(told, why=why, exact=False)
        aim, short = self._aims[0], self._values[0] - self._prices.bound(full)
        lost, rise = max(0, short) * aim.unit, max(0, -short) * aim.unit
        rise = rise if self._top is None else min(rise, self._top - self._values[0] * aim.unit)
        return replace(told, why=why, aim=aim.kind, lost=lost, rise=rise, exact=False)

    @cached_property
    def _engine(self) -> Engine:
        return Engine(self._model)

    @cached_property
    def _prices(self) -> Prices | None:
        return Engine(self._model).prices(self._aims[0])

    def _force(self, told: Reason, full: int) -> Reason:
        """What is lost, by the best plan that has the level."""
        best: Plan | None = None
        for aim, value, found in self._with(full):
            if found.plan is None:
                if best is None:
                    return self._none(told, full) if found.settled else self._bound(told, full)
                break
            best = found.plan
            if found.value != value or not found.proven:
                return self._lost(told, full, aim, value, found)
        return replace(told, why=Why.EQUAL, moved=self._moved(best, full))

    def _lost(self, told: Reason, full: int, aim: Aim, value: int, found: Found) -> Reason:
        moved = self._moved(self._nearest(found.plan), full)
        worse = Why.PUSHES_OUT if any(one.down for one in moved) else Why.WORSE
        return replace(
            told,
            why=Why.BETTER if found.value > value else worse,
            aim=aim.kind,
            lost=max(0, value - found.bound) * aim.unit,
            rise=max(0, found.bound - value) * aim.unit,
            exact=found.proven,
            moved=moved,
        )

    def _with(self, full: int) -> Iterator[tuple[Aim, int, Found]]:
        """Aim after aim the best that a plan with the level reaches, and what this plan has.

        Most initiatives left out cost a plan nothing of its first aim, so that is demanded and the second sought;
        only if there is no such plan the first is. Prices tell beforehand of many that there is none.
        """
        engine, demands, best = self._engine, list[tuple[Aim, int]](), None
        engine.keep([full])
        engine.demand(())
        pairs = list(zip(self._aims, self._values, strict=True))
        if len(pairs) > 1 and self._proven and not self._surely_lost(full):
            engine.demand(pairs[:1])
            found = engine.run(pairs[1][0], self._watch)
            if found.plan is None:
                engine.demand(())
            else:
                best, demands = found.plan, [pairs[0], (pairs[1][0], found.value)]
                engine.demand(demands)
                yield *pairs[1], found
        for aim, value in pairs[len(demands) :]:
            found = engine.run(aim, self._watch, best)
            if found.plan is not None:
                best = found.plan
                demands.append((aim, found.value))
                engine.demand(demands)
            yield aim, value, found

    def _surely_lost(self, full: int) -> bool:
        return self._prices is None or self._prices.bound(full) < self._values[0]

    def _nearest(self, best: Plan | None) -> Plan | None:
        """Of the best plans with the level, one that changes as few other decisions as possible."""
        effort = self._watch.effort
        brief = replace(self._watch, effort=replace(effort, patience=effort.brief, enough=inf))
        found = self._engine.run(closeness(self._plan), brief, best)
        return found.plan or best

    def _none(self, told: Reason, full: int) -> Reason:
        limits = contradiction(self._engine, self._watch).limits
        return replace(told, why=Why.TOGETHER, limits=limits)

    def _moved(self, plan: Plan | None, full: int) -> tuple[Moved, ...]:
        options = self._model.options
        return tuple(
            Moved(
                options[before].initiative_id,
                options[before].level_id,
                options[after].level_id,
                down=options[after].share < options[before].share,
            )
            for before, after in zip(self._plan, plan or self._plan, strict=True)
            if before != after and after != full
        )


def _least_uses(model: Model) -> Sequence[tuple[int, dict[int, int]]]:
    """For each row the least that all initiatives together can use of it, and each by itself where not 0."""
    banned = model.banned()
    found = []
    for row in model.rows:
        touched = {model.options[at].initiative_id for at in row.options}
        of_each = {
            key: min((row.options.get(at, 0) for at in model.slots[key] if at not in banned), default=0)
            for key in touched
        }
        found.append((sum(of_each.values()), of_each))
    return found


def reason_words(
    told: Reason, problem: Problem, currency: str, language: Language | None = None
) -> tuple[str, ...]:
    """A reason in sentences, for page, paper and command line."""
    say = language or current()
    titles = {one.id: one.title for one in problem.office.initiatives}
    return tuple(_words(told, problem, currency, say, titles))


def _words(
    told: Reason, problem: Problem, currency: str, say: Language, titles: dict[int, str]
) -> Iterator[str]:
    name = titles[told.initiative_id]
    yield say.text(_TEXTS[told.why]).format(initiative=name)
    if told.why in (Why.ALONE, Why.TOGETHER) or not (told.exact or told.moved):
        for limit in told.limits:
            yield limit_words(limit, problem, currency, say)
    if told.aim is not None and told.lost:
        text = N_("It would cost {loss}.") if told.exact else N_("It would cost at least {loss}.")
        yield say.text(text).format(loss=amount_words(told.aim, told.lost, currency, say))
    if told.aim is not None and told.rise:
        text = (
            N_("It would gain {gain}.")
            if told.exact
            else N_("If a plan with it is better, then by {gain} at most.")
        )
        yield say.text(text).format(gain=amount_words(told.aim, told.rise, currency, say))
    working = {level.id for level in problem.office.levels if level.runs}
    stopped = [one for one in told.moved if one.down and one.to_level_id not in working]
    reduced = [one for one in told.moved if one.down and one.to_level_id in working]
    if stopped:
        text = N_("It would push out: {initiatives}.")
        yield say.text(text).format(initiatives=_titles(stopped, titles, say))
    if reduced:
        yield say.text(N_("It would reduce: {initiatives}.")).format(
            initiatives=_titles(reduced, titles, say)
        )


_TEXTS = {
    Why.KEPT: N_("{initiative} is kept at its level by decision."),
    Why.ALONE: N_("{initiative} at its fullest level breaks a limit by itself."),
    Why.TOGETHER: N_("No plan within the limits has {initiative} at its fullest level."),
    Why.PUSHES_OUT: N_("There is no room for {initiative} at its fullest level beside the rest of the plan."),
    Why.EQUAL: N_("A plan with {initiative} at its fullest level is as good as this one."),
    Why.WORSE: N_("{initiative} at its fullest level makes the plan no better."),
    Why.BETTER: N_("A plan with {initiative} at its fullest level is better than this one."),
}


def _titles(moved: Sequence[Moved], titles: dict[int, str], say: Language) -> str:
    named = say.listed(titles[one.initiative_id] for one in moved[:NAMED])
    if len(moved) <= NAMED:
        return named
    others = say.plural("{n} other", "{n} others", len(moved) - NAMED)
    return say.text(N_("{initiatives} and {others}")).format(initiatives=named, others=others)
