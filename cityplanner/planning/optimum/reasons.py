"""Why an initiative is not at its fullest level in a plan: the limit it breaks, or what it would push out.

What needs no search is said without one: a limit that bans the level, or that it breaks even beside the least of
all others. Otherwise the plan is sought again with the level forced in, in the same model. For hundreds at once
the prices of one relaxation prove how much is lost at least, but not to whom.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from math import inf

from cityplanner.base.language import N_, Language, current
from cityplanner.planning.optimum.aims import Aim, AimKind, aims, closeness
from cityplanner.planning.optimum.contradiction import contradiction
from cityplanner.planning.optimum.engine import Engine, Found, Plan, Prices, Watch
from cityplanner.planning.optimum.limits import Limit, LimitKind, limit_words
from cityplanner.planning.optimum.model import Model, build
from cityplanner.planning.optimum.problem import USUAL, Effort, Problem
from cityplanner.planning.optimum.result import Solution
from cityplanner.planning.optimum.solve import Stop, never

FORCED_AT_MOST = 60
"""Up to so many initiatives each is forced in by itself when nothing else is asked for."""

BRIEFLY = 0.2
"""Seconds after which a plan that is near enough will do: who exactly makes room is often a matter of taste."""


class Why(StrEnum):
    """Why an initiative is not at its fullest level."""

    KEPT = N_("its level is kept by decision")
    ALONE = N_("it breaks a limit by itself")
    TOGETHER = N_("no plan within the limits has it")
    PUSHES_OUT = N_("it would push others out")
    EQUAL = N_("a plan with it is as good")
    WORSE = N_("a plan with it is worse")


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
    `moved` says who makes room in the plan nearest to this one that is best with it.
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
    seeker = _Seeker(model, plan, Watch(effort, stop=stop), forced=forced)
    found_reasons = []
    for held, full in below:
        found_reasons.append(seeker.reason(held, full))
        tell(found_reasons[-1])
    return tuple(found_reasons)


def _below(model: Model, plan: Plan) -> Iterator[tuple[int, int]]:
    """The held and the fullest column of every initiative that keeps less than it could."""
    for held, slot in zip(plan, model.slots.values(), strict=True):
        full = max(slot, key=lambda at: (model.options[at].share, -sum(model.options[at].cost.values())))
        if model.options[full].share > model.options[held].share:
            yield held, full


class _Seeker:
    """Answers for one plan, with one engine."""

    def __init__(self, model: Model, plan: Plan, watch: Watch, *, forced: bool) -> None:
        self._model = model
        self._plan = plan
        self._watch = watch
        self._forced = forced
        self._engine = Engine(model)
        self._aims = aims(model)
        self._values = [aim.of(model, plan) for aim in self._aims]
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
        """What is lost at least, proven without a search."""
        why = Why.PUSHES_OUT if told.limits else Why.WORSE
        if self._prices is None or not self._aims:
            return replace(told, why=why, exact=False)
        aim, value = self._aims[0], self._values[0]
        lost = max(0, value - self._prices.bound(full)) * aim.unit
        return replace(told, why=why, aim=aim.kind, lost=lost, exact=False)

    @cached_property
    def _prices(self) -> Prices | None:
        return Engine(self._model).prices(self._aims[0])

    def _force(self, told: Reason, full: int) -> Reason:
        """What is lost, by the best plan that has the level."""
        engine, demands = self._engine, list[tuple[Aim, int]]()
        engine.keep([full])
        engine.demand(())
        lost: tuple[Aim, Found, int] | None = None
        best: Plan | None = None
        for aim, value in zip(self._aims, self._values, strict=True):
            found = engine.run(aim, self._watch, best)
            if found.plan is None:
                if best is None:
                    return self._none(told, full) if found.settled else self._bound(told, full)
                break
            best = found.plan
            demands.append((aim, found.value))
            engine.demand(demands)
            if found.value != value or not found.proven:
                lost = (aim, found, value)
                break
        if lost is None:
            return replace(told, why=Why.EQUAL, moved=self._moved(best, full))
        aim, found, value = lost
        moved = self._moved(self._nearest(best), full)
        return replace(
            told,
            why=Why.PUSHES_OUT if any(one.down for one in moved) else Why.WORSE,
            aim=aim.kind,
            lost=max(0, value - found.bound) * aim.unit,
            exact=found.proven,
            moved=moved,
        )

    def _nearest(self, best: Plan | None) -> Plan | None:
        """Of the best plans with the level, one that changes as few other decisions as possible."""
        brief = replace(self._watch, effort=replace(self._watch.effort, patience=BRIEFLY, enough=inf))
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
    if told.why in (Why.ALONE, Why.TOGETHER):
        for limit in told.limits:
            yield limit_words(limit, problem, currency, say)
    if told.aim is not None and told.lost:
        text = N_("It would cost {loss}.") if told.exact else N_("It would cost at least {loss}.")
        yield say.text(text).format(loss=_loss(told, currency, say))
    out = _titles((one for one in told.moved if one.down), titles)
    if out:
        yield say.text(N_("It would push out or reduce: {initiatives}.")).format(initiatives=out)


_TEXTS = {
    Why.KEPT: N_("{initiative} is kept at its level by decision."),
    Why.ALONE: N_("{initiative} at its fullest level breaks a limit by itself."),
    Why.TOGETHER: N_("No plan within the limits has {initiative} at its fullest level."),
    Why.PUSHES_OUT: N_("There is no room for {initiative} at its fullest level beside the rest of the plan."),
    Why.EQUAL: N_("A plan with {initiative} at its fullest level is as good as this one."),
    Why.WORSE: N_("{initiative} at its fullest level makes the plan no better."),
}


def _titles(moved: Iterable[Moved], titles: dict[int, str]) -> str:
    return ", ".join(titles[one.initiative_id] for one in moved)


def _loss(told: Reason, currency: str, say: Language) -> str:
    if told.aim is AimKind.PRIORITY:
        return say.text(N_("{n} points of priority")).format(n=say.number(float(told.lost), 1))
    if told.aim is AimKind.COST:
        return say.money(int(told.lost), currency)
    kind = N_("{share} of coverage") if told.aim is AimKind.COVERAGE else N_("{share} of the blend")
    return say.text(kind).format(share=say.percent(float(told.lost), 2))
