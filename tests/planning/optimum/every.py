"""Every plan of a small problem at once, in whole numbers, apart from the model that the solver is given."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import lcm

import numpy as np
from numpy.typing import NDArray

from cityplanner.planning import capacity
from cityplanner.planning.coverage import FULL, QUARTERS
from cityplanner.planning.facts import FULL_RESULT, LevelFact
from cityplanner.planning.optimum.limits import LimitKind
from cityplanner.planning.optimum.problem import TENTHS, Problem
from cityplanner.planning.scenarios import fund_amount, level_cost, may_pay, position_cost

Numbers = NDArray[np.int64]
Mask = NDArray[np.bool_]
Choice = LevelFact | None


def choices(problem: Problem) -> dict[int, list[Choice]]:
    """The levels of each initiative, or none where it has no pause or is kept at none."""
    found: dict[int, list[Choice]] = {}
    for one in problem.office.initiatives:
        levels = [item for item in problem.office.levels if item.initiative_id == one.id]
        stops = any(item.kind == "pause" for item in levels) and problem.locked.get(one.id, 0) is not None
        found[one.id] = [*levels, *([] if stops else [None])]
    return found


@dataclass(frozen=True)
class EveryPlan:
    """All plans of a problem, one row each, judged limit by limit and aim by aim."""

    problem: Problem

    @cached_property
    def choices(self) -> dict[int, list[Choice]]:
        """What each initiative can get."""
        return choices(self.problem)

    @cached_property
    def _rows(self) -> dict[int, Numbers]:
        sizes = [range(len(of_one)) for of_one in self.choices.values()]
        table = np.array(list(product(*sizes)), dtype=np.int64).reshape(-1, len(sizes))
        return {key: table[:, at] for at, key in enumerate(self.choices)}

    @cached_property
    def none(self) -> Numbers:
        """Nothing, for each plan."""
        return np.zeros(len(next(iter(self._rows.values()))), dtype=np.int64)

    def decisions(self, row: int) -> dict[int, int | None]:
        """The plan in a row."""
        chosen = {key: self.choices[key][int(at[row])] for key, at in self._rows.items()}
        return {key: None if one is None else one.id for key, one in chosen.items()}

    def of(self, key: int, worth: Callable[[LevelFact], int]) -> Numbers:
        """For each plan what the level of an initiative is worth, none being worth nothing."""
        values = [0 if one is None else worth(one) for one in self.choices[key]]
        return np.array(values, dtype=np.int64)[self._rows[key]]

    def total(self, worth: Callable[[LevelFact], int]) -> Numbers:
        """For each plan the sum over its levels."""
        return sum((self.of(key, worth) for key in self.choices), self.none)

    @cached_property
    def covered(self) -> Mapping[int, Numbers]:
        """For each plan the coverage of each recommendation in 400ths."""
        strongest: dict[tuple[int, int], int] = {}
        for link in self.problem.office.contributions:
            pair = (link.recommendation_id, link.initiative_id)
            strongest[pair] = max(strongest.get(pair, 0), QUARTERS[link.kind])
        raw = {item.id: self.none for item in self.problem.office.recommendations}
        for (item_id, key), quarters in strongest.items():
            raw[item_id] = raw[item_id] + quarters * self.of(key, lambda one: one.result_share)
        return {key: np.minimum(FULL, units) for key, units in raw.items()}

    def keeping(self, without: Collection[LimitKind] = ()) -> Mask:
        """The plans that keep to every limit, those of the kinds named left out."""
        held = self.none == 0
        for kind, mask in self.kept:
            if kind not in without:
                held &= mask
        return held

    @cached_property
    def kept(self) -> tuple[tuple[LimitKind, Mask], ...]:
        """Each limit with the plans that keep to it."""
        return (*self._money(), *self._staff(), *self._rules(), *self._floors())

    def _money(self) -> Iterator[tuple[LimitKind, Mask]]:
        office, scenario = self.problem.office, self.problem.scenario
        themes = {one.id: one for one in office.initiatives}
        for fund in office.funds:
            costs = self._costs(fund.id)
            staff = sum(
                position_cost(one, scenario.furlough_days, scenario.cost_growth)
                for one in office.positions
                if one.fund_id == fund.id and one.id not in scenario.frozen_position_ids
            )
            amount = fund_amount(fund, scenario.fiscal_year, scenario.fund_changes)
            yield LimitKind.FUND, sum(costs.values(), self.none) + staff <= amount
            for key, cost in costs.items():
                if not may_pay(fund, themes[key]):
                    yield LimitKind.RESTRICTION, cost == 0
        yield LimitKind.UNFUNDED, sum(self._costs(None).values(), self.none) <= 0

    def _costs(self, fund_id: int | None) -> dict[int, Numbers]:
        growth = self.problem.scenario.cost_growth
        return {
            key: self.of(key, lambda one: level_cost(one, growth).get(fund_id, 0)) for key in self.choices
        }

    def _staff(self) -> Iterator[tuple[LimitKind, Mask]]:
        office, scenario = self.problem.office, self.problem.scenario
        left = capacity.staffing(office.positions, scenario.frozen_position_ids, scenario.furlough_days)[1]
        hours = sum((capacity.contact_hours(one) for one in office.partners), Fraction(0))
        hours *= self.problem.contact
        parts = lcm(*(Fraction(one.fte).denominator for one in office.levels))
        taken = self.total(lambda one: int(Fraction(one.fte) * parts))
        yield LimitKind.STAFF, taken <= int(left * parts)
        if hours:
            free = (left - hours / self.problem.hours_per_fte) * parts
            yield LimitKind.CONTACT, taken <= free.__floor__()

    def _rules(self) -> Iterator[tuple[LimitKind, Mask]]:
        def runs(key: int) -> Mask:
            return self.of(key, lambda one: int(one.runs)) == 1

        for key, least in self.problem.office.least_shares().items():
            yield LimitKind.MANDATE, self.of(key, lambda one: 1 + one.result_share) > least
        for one in self.problem.office.dependencies:
            there = runs(one.other_id)
            yield LimitKind(one.kind), ~runs(one.initiative_id) | (there == (one.kind == "requires"))
        for key, level_id in self.problem.locked.items():
            places = [at for at, one in enumerate(self.choices[key]) if (one and one.id) == level_id]
            yield LimitKind.LOCK, np.isin(self._rows[key], places)

    def _floors(self) -> Iterator[tuple[LimitKind, Mask]]:
        for theme, floor in self.problem.theme_floors.items():
            of_theme = [one for one in self.problem.office.recommendations if one.theme == theme]
            whole = sum(one.weight for one in of_theme if one.supported) * FULL
            yield (
                LimitKind.THEME,
                self._weighted(theme) * floor.denominator >= floor.numerator * whole,
            )
        floor, most = self.problem.equity_floor, sum(self.problem.equity.values()) * FULL_RESULT
        has = self.total(lambda one: self.problem.equity.get(one.initiative_id, 0) * one.result_share)
        yield LimitKind.EQUITY, has * floor.denominator >= floor.numerator * most

    def _weighted(self, theme: str | None = None) -> Numbers:
        return sum(
            (
                one.weight * self.covered[one.id]
                for one in self.problem.office.recommendations
                if one.supported and theme in (None, one.theme)
            ),
            self.none,
        )

    @cached_property
    def aims(self) -> tuple[Numbers, ...]:
        """What each plan reaches of each aim in whole units of it, more being better."""
        growth = self.problem.scenario.cost_growth
        points = self.total(
            lambda one: (
                int(self.problem.priority.get(one.initiative_id, Fraction(0)) * TENTHS) * one.result_share
            )
        )
        cost = -self.total(lambda one: sum(level_cost(one, growth).values()))
        blend = self.problem.blend
        if blend is None:
            return self._weighted(), points, cost
        heard = [one.weight for one in self.problem.office.recommendations if one.supported]
        whole = sum(heard) * FULL or 1
        most = int(sum(self.problem.priority.values(), Fraction(0)) * TENTHS) * FULL_RESULT or 1
        share, rest = blend.numerator, blend.denominator - blend.numerator
        return share * most * self._weighted() + rest * whole * points, cost

    def best(self, without: Collection[LimitKind] = ()) -> int | None:
        """The row of a best plan; None if none keeps to the limits."""
        held = np.flatnonzero(self.keeping(without))
        for values in self.aims:
            if held.size:
                held = held[values[held] == values[held].max()]
        return int(held[0]) if held.size else None

    def binding(self) -> set[LimitKind]:
        """The kinds of limit without which a better plan could be had, or one at all."""
        best = self.best()
        found = set()
        for kind in {kind for kind, _ in self.kept}:
            other = self.best({kind})
            if other is not None and (
                best is None or any(values[best] != values[other] for values in self.aims)
            ):
                found.add(kind)
        return found
