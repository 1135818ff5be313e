"""The best plan as whole numbers: service levels to choose from, rows to keep to, and the coverage they give.

Every coefficient is an integer, so a plan is checked without rounding. Coverage of a recommendation is counted in
the largest part of 1 that makes every contribution whole (a 400th at the finest), FTE likewise.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import ceil, gcd, lcm

from cityplanner.planning import coverage
from cityplanner.planning.facts import FULL_RESULT, PAUSE, FundFact, InitiativeFact, LevelFact
from cityplanner.planning.optimum import supply
from cityplanner.planning.optimum.limits import Limit, LimitKind
from cityplanner.planning.optimum.problem import Problem
from cityplanner.planning.scenarios import level_cost, may_pay

Terms = Mapping[int, int]
"""Column -> whole coefficient."""


@dataclass(frozen=True, slots=True)
class Option:
    """One service level that an initiative may get, or none (`level_id` None)."""

    initiative_id: int
    level_id: int | None
    share: int
    runs: bool
    cost: Mapping[int | None, int]
    fte: Fraction


@dataclass(frozen=True, slots=True)
class Item:
    """A supported recommendation that weighs something, and how many parts each option gives it."""

    recommendation_id: int
    theme: str
    weight: int
    gives: Terms


@dataclass(frozen=True, slots=True)
class Row:
    """`sum(options) + sum(items) <= at_most`, `items` by their place among the model's items."""

    limit: Limit
    options: Terms
    at_most: int
    items: Terms


@dataclass(frozen=True, slots=True)
class Ban:
    """Options that a limit forbids by itself."""

    limit: Limit
    columns: frozenset[int]


@dataclass(frozen=True)
class Model:
    """A problem in whole numbers; a plan is one column for each initiative, in the order of `slots`."""

    problem: Problem
    options: tuple[Option, ...]
    full: int
    """How many parts full coverage of one recommendation has."""
    slots: Mapping[int, range]
    items: tuple[Item, ...]
    rows: tuple[Row, ...]
    bans: tuple[Ban, ...]

    @cached_property
    def whole(self) -> int:
        """Full coverage of everything, in weighted parts."""
        return self.full * sum(item.weight for item in self.items)

    @cached_property
    def limits(self) -> tuple[Limit, ...]:
        """Every limit, in a fixed order."""
        return tuple(dict.fromkeys([*(row.limit for row in self.rows), *(ban.limit for ban in self.bans)]))

    @cached_property
    def given_by(self) -> Mapping[int, tuple[tuple[int, int], ...]]:
        """Column -> (place of an item, parts given)."""
        found: dict[int, list[tuple[int, int]]] = {}
        for place, item in enumerate(self.items):
            for column, units in item.gives.items():
                found.setdefault(column, []).append((place, units))
        return {column: tuple(pairs) for column, pairs in found.items()}

    def units(self, chosen: Iterable[int]) -> list[int]:
        """Coverage of each item in parts at the chosen columns."""
        raw = [0] * len(self.items)
        for column in chosen:
            for place, units in self.given_by.get(column, ()):
                raw[place] += units
        return [min(self.full, one) for one in raw]

    def banned(self, without: Collection[Limit] = ()) -> set[int]:
        """Columns that some limit forbids, limits in `without` not counting."""
        return {column for ban in self.bans if ban.limit not in without for column in ban.columns}

    def broken(self, chosen: Collection[int], rows: Iterable[Row] | None = None) -> Iterator[Row]:
        """The rows that a plan breaks, exactly."""
        units = self.units(chosen)
        for row in self.rows if rows is None else rows:
            if self.value(row.options, row.items, chosen, units) > row.at_most:
                yield row

    @staticmethod
    def value(options: Terms, items: Terms, chosen: Iterable[int], units: Sequence[int]) -> int:
        """A linear sum over a plan, exactly."""
        return sum(options.get(column, 0) for column in chosen) + sum(
            weight * units[place] for place, weight in items.items()
        )

    def decisions(self, chosen: Iterable[int]) -> dict[int, int | None]:
        """The level of each initiative."""
        return {self.options[column].initiative_id: self.options[column].level_id for column in chosen}

    def columns(self, decisions: Mapping[int, int | None]) -> tuple[int, ...] | None:
        """The plan of given decisions; None if a decision is not among the options."""
        found = []
        for key, slot in self.slots.items():
            held = [at for at in slot if self.options[at].level_id == decisions.get(key)]
            if not held:
                return None
            found.append(held[0])
        return tuple(found)


def build(
    problem: Problem, offers: Mapping[int, int] | None = None, more_fte: Fraction = Fraction(0)
) -> Model:
    """The model of a problem; `offers` replaces what each fund offers (minor units), `more_fte` comes on top."""
    options, slots = _options(problem)
    full, items = _items(problem, slots, options)
    rows = [*_fund_rows(problem, options, offers or supply.amounts(problem))]
    rows += _staff_rows(problem, options, supply.staff(problem) + more_fte)
    rows += [*_dependency_rows(problem, options, slots), *_floor_rows(problem, options, items, full)]
    return Model(problem, options, full, slots, items, tuple(rows), tuple(_bans(problem, options, slots)))


def _options(problem: Problem) -> tuple[tuple[Option, ...], dict[int, range]]:
    levels: dict[int, list[LevelFact]] = {}
    for level in problem.office.levels:
        levels.setdefault(level.initiative_id, []).append(level)
    options: list[Option] = []
    slots = {}
    for one in problem.office.initiatives:
        start = len(options)
        options += _options_of(one, levels.get(one.id, []), problem)
        slots[one.id] = range(start, len(options))
    return tuple(options), slots


def _options_of(one: InitiativeFact, levels: Sequence[LevelFact], problem: Problem) -> Iterator[Option]:
    """An initiative with a pause stops by that, at its cost; any other may simply not run."""
    for level in levels:
        cost = level_cost(level, problem.scenario.cost_growth)
        yield Option(one.id, level.id, level.result_share, level.runs, cost, Fraction(level.fte))
    stops = any(level.kind == PAUSE for level in levels)
    if not stops or problem.locked.get(one.id, 0) is None:
        yield Option(one.id, None, 0, False, {}, Fraction(0))


def _items(
    problem: Problem, slots: Mapping[int, range], options: Sequence[Option]
) -> tuple[int, tuple[Item, ...]]:
    linked = coverage.links(problem.office.contributions)
    heard = [one for one in problem.office.recommendations if one.supported and one.weight]
    gives = [
        {
            column: coverage.link_units(kind, options[column].share)
            for key, kind in linked.get(one.id, {}).items()
            for column in slots.get(key, ())
            if options[column].share
        }
        for one in heard
    ]
    part = gcd(coverage.FULL, *(units for of_one in gives for units in of_one.values()))
    return coverage.FULL // part, tuple(
        Item(one.id, one.theme, one.weight, {column: units // part for column, units in of_one.items()})
        for one, of_one in zip(heard, gives, strict=True)
    )


def _fund_rows(problem: Problem, options: Sequence[Option], offers: Mapping[int, int]) -> Iterator[Row]:
    charged = supply.charged(problem)
    for fund in problem.office.funds:
        yield Row(
            Limit(LimitKind.FUND, fund.id), _costs(options, fund.id), offers[fund.id] - charged[fund.id], {}
        )
    unfunded = _costs(options, None)
    if unfunded:
        yield Row(Limit(LimitKind.UNFUNDED), unfunded, 0, {})


def _costs(options: Sequence[Option], fund_id: int | None) -> dict[int, int]:
    return {at: cost for at, one in enumerate(options) if (cost := one.cost.get(fund_id, 0))}


def staff_parts(options: Iterable[Option]) -> int:
    """How many parts one FTE has in the rows of staff."""
    return lcm(*(one.fte.denominator for one in options))


def _staff_rows(problem: Problem, options: Sequence[Option], left: Fraction) -> Iterator[Row]:
    parts = staff_parts(options)
    terms = {at: int(one.fte * parts) for at, one in enumerate(options) if one.fte}
    yield Row(Limit(LimitKind.STAFF), terms, (left * parts).__floor__(), {})
    hours = supply.contact_hours(problem)
    if hours:
        free = left - hours / problem.hours_per_fte
        yield Row(Limit(LimitKind.CONTACT), terms, (free * parts).__floor__(), {})


def _dependency_rows(
    problem: Problem, options: Sequence[Option], slots: Mapping[int, range]
) -> Iterator[Row]:
    def running(key: int, sign: int) -> dict[int, int]:
        return {at: sign for at in slots[key] if options[at].runs}

    for one in dict.fromkeys(problem.office.dependencies):
        if one.initiative_id not in slots or one.initiative_id == one.other_id:
            continue
        if one.kind == LimitKind.REQUIRES:
            other = running(one.other_id, -1) if one.other_id in slots else {}
            terms, at_most = running(one.initiative_id, 1) | other, 0
        elif one.other_id in slots:
            terms, at_most = running(one.initiative_id, 1) | running(one.other_id, 1), 1
        else:
            continue
        yield Row(Limit(LimitKind(one.kind), one.initiative_id, one.other_id), terms, at_most, {})


def _floor_rows(
    problem: Problem, options: Sequence[Option], items: Sequence[Item], full: int
) -> Iterator[Row]:
    for theme, floor in sorted(problem.theme_floors.items()):
        of_theme = {place: -item.weight for place, item in enumerate(items) if item.theme == theme}
        need = ceil(-sum(of_theme.values()) * full * floor)
        if need:
            yield Row(Limit(LimitKind.THEME, theme=theme), {}, -need, of_theme)
    scored = {one.id: problem.equity.get(one.id, 0) for one in problem.office.initiatives}
    need = ceil(problem.equity_floor * FULL_RESULT * sum(scored.values()))
    if need:
        kept = {at: -scored[one.initiative_id] * one.share for at, one in enumerate(options)}
        yield Row(Limit(LimitKind.EQUITY), {at: less for at, less in kept.items() if less}, -need, {})


def _bans(problem: Problem, options: Sequence[Option], slots: Mapping[int, range]) -> Iterator[Ban]:
    initiatives = {one.id: one for one in problem.office.initiatives}
    for fund in problem.office.funds:
        yield from _some(Limit(LimitKind.RESTRICTION, fund.id), _misusing(fund, options, initiatives))
    for key, least in problem.office.least_shares().items():
        below = (at for at in slots[key] if options[at].level_id is None or options[at].share < least)
        yield from _some(Limit(LimitKind.MANDATE, key), below)
    for key, level_id in problem.locked.items():
        if key in slots:
            others = (at for at in slots[key] if options[at].level_id != level_id)
            yield from _some(Limit(LimitKind.LOCK, key), others)


def _misusing(
    fund: FundFact, options: Sequence[Option], initiatives: Mapping[int, InitiativeFact]
) -> Iterator[int]:
    for at, one in enumerate(options):
        if one.cost.get(fund.id) and not may_pay(fund, initiatives[one.initiative_id]):
            yield at


def _some(limit: Limit, columns: Iterable[int]) -> Iterator[Ban]:
    found = frozenset(columns)
    if found:
        yield Ban(limit, found)
