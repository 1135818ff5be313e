"""What a plan aims at, one aim after the other: whole-number sums to be made as large as possible."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import gcd

from cityplanner.base.language import N_, Language
from cityplanner.planning.facts import FULL_RESULT
from cityplanner.planning.optimum.limits import LimitKind
from cityplanner.planning.optimum.model import Model, Terms
from cityplanner.planning.optimum.problem import TENTHS


class AimKind(StrEnum):
    """What is made as large (the cost: as small) as possible."""

    COVERAGE = N_("coverage")
    PRIORITY = N_("priority")
    BLEND = N_("blend of coverage and priority")
    COST = N_("cost")
    FLOOR = N_("floor")
    CLOSENESS = N_("decisions kept")


@dataclass(frozen=True, slots=True)
class Aim:
    """A sum over options and items; one whole unit of it is worth `unit` of what it is called."""

    kind: AimKind
    options: Terms
    items: Terms
    unit: Fraction

    def of(self, model: Model, chosen: Collection[int]) -> int:
        """What a plan reaches, in whole units."""
        return model.value(self.options, self.items, chosen, model.units(chosen) if self.items else ())


def aims(model: Model) -> tuple[Aim, ...]:
    """The aims of a problem in their order; those that no plan can change are left out."""
    return tuple(aim for aim in _aims(model) if aim.options or aim.items)


def floors(model: Model) -> tuple[Aim, ...]:
    """The floors turned into aims of their own, so that they can be reached step by step."""
    kinds = (LimitKind.THEME, LimitKind.EQUITY)
    return tuple(
        Aim(AimKind.FLOOR, _divided(row.options, -1), _divided(row.items, -1), Fraction(1))
        for row in model.rows
        if row.limit.kind in kinds
    )


def closeness(chosen: Collection[int]) -> Aim:
    """To keep as many decisions of a plan as possible."""
    return Aim(AimKind.CLOSENESS, dict.fromkeys(chosen, 1), {}, Fraction(1))


def amount_words(kind: AimKind, amount: Fraction, currency: str, say: Language) -> str:
    """So much of an aim in words: a share of coverage or the blend, points of priority, or money."""
    if kind is AimKind.COST:
        return say.money(int(amount), currency)
    if kind is AimKind.PRIORITY:
        points = say.number(float(amount), 1 if amount >= Fraction(1, 10) else 3)
        return say.text(N_("{n} points of priority")).format(n=points)
    text = N_("{n} of coverage") if kind is AimKind.COVERAGE else N_("{n} of the blend")
    return say.text(text).format(n=say.percent(float(amount), 2 if amount >= Fraction(1, 10_000) else 4))


def _aims(model: Model) -> Iterator[Aim]:
    blend = model.problem.blend
    if blend is None:
        yield _coverage(model)
        yield _priority(model)
    else:
        yield _blend(model, blend)
    yield _cost(model)


def _coverage(model: Model) -> Aim:
    weights = {place: item.weight for place, item in enumerate(model.items) if item.gives}
    return _reduced(AimKind.COVERAGE, {}, weights, Fraction(1, model.whole or 1))


def _priority(model: Model) -> Aim:
    tenths = model.problem.tenths()
    kept = {at: tenths.get(one.initiative_id, 0) * one.share for at, one in enumerate(model.options)}
    return _reduced(
        AimKind.PRIORITY,
        {at: value for at, value in kept.items() if value},
        {},
        Fraction(1, TENTHS * FULL_RESULT),
    )


def _cost(model: Model) -> Aim:
    costs = {at: -sum(one.cost.values()) for at, one in enumerate(model.options)}
    return _reduced(AimKind.COST, {at: cost for at, cost in costs.items() if cost}, {}, Fraction(1))


def _blend(model: Model, part: Fraction) -> Aim:
    """`part * coverage + (1 - part) * priority kept / priority of everything at its full result`."""
    cover, prefer = _coverage(model), _priority(model)
    tenths = model.problem.tenths()
    most = sum(tenths.get(key, 0) for key in model.slots)
    of_cover = part * cover.unit
    of_prefer = (1 - part) * prefer.unit * Fraction(TENTHS, most or 1)
    unit = Fraction(1, of_cover.denominator * of_prefer.denominator)
    return _reduced(
        AimKind.BLEND,
        {at: value * int(of_prefer / unit) for at, value in prefer.options.items() if of_prefer},
        {at: value * int(of_cover / unit) for at, value in cover.items.items() if of_cover},
        unit,
    )


def _reduced(kind: AimKind, options: Terms, items: Terms, unit: Fraction) -> Aim:
    """The same sum in its largest whole unit, so that the next better plan is as far away as can be."""
    shared = gcd(*options.values(), *items.values()) or 1
    return Aim(kind, _divided(options, shared), _divided(items, shared), unit * shared)


def _divided(terms: Terms, by: int) -> dict[int, int]:
    return {at: value // by for at, value in terms.items()}
