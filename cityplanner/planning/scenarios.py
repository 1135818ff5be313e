"""What a budget scenario costs, who pays for it, what it covers and whether it balances.

Money is integer minor units. Growth and changes in per cent are rounded half up per budget line and fund, so
the cost of a service level is one constant and every total is a plain sum.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

from cityplanner.base.language import N_, Language, current
from cityplanner.planning import capacity, coverage
from cityplanner.planning.facts import (
    FundChange,
    FundFact,
    InitiativeFact,
    LevelFact,
    OfficeFacts,
    PositionFact,
    ScenarioFact,
)

POSITION_CATEGORY = "personnel"

K = TypeVar("K", str, str | None, int | None)


@dataclass(frozen=True, slots=True)
class FundTotal:
    """What a fund offers and what is asked of it; `stated` is false when the year has no amount."""

    fund_id: int
    amount: int
    needed: int
    stated: bool

    @property
    def gap(self) -> int:
        """What is left, negative when more is asked than there is."""
        return self.amount - self.needed

    @property
    def over(self) -> int:
        """By how much the fund is over its amount."""
        return max(0, -self.gap)


@dataclass(frozen=True, slots=True)
class Total(Generic[K]):
    """The cost of one theme, category or quartile; the key None holds what belongs to none of them."""

    key: K
    amount: int


@dataclass(frozen=True, slots=True)
class Misuse:
    """Money an initiative asks of a fund that may not pay for it."""

    initiative_id: int
    fund_id: int
    amount: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything a scenario comes to; each breakdown adds up to `total`."""

    scenario_id: int
    total: int
    unfunded: int
    funds: tuple[FundTotal, ...]
    themes: tuple[Total[str | None], ...]
    categories: tuple[Total[str], ...]
    quartiles: tuple[Total[int | None], ...]
    misuses: tuple[Misuse, ...]
    mandates_broken: tuple[int, ...]
    running_ids: tuple[int, ...]
    sdgs: tuple[int, ...]
    agreement_ids: tuple[int, ...]
    coverage: coverage.Coverage
    capacity: capacity.Capacity

    @property
    def over(self) -> tuple[FundTotal, ...]:
        """The funds over their amount."""
        return tuple(fund for fund in self.funds if fund.over)

    @property
    def ready(self) -> bool:
        """Whether it balances: no fund over its amount, no money misused, no cost without a fund."""
        return not self.over and not self.misuses and self.unfunded <= 0


def changed(amount: int, percent: Decimal) -> int:
    """An amount changed by per cent (-15 takes fifteen hundredths off), to whole minor units, half up."""
    part, whole = (100 + percent).as_integer_ratio()
    return (2 * amount * part + 100 * whole) // (200 * whole)


def fund_amount(fund: FundFact, fiscal_year: int, changes: Iterable[FundChange]) -> int:
    """What a fund offers in a year after the changes, never below nothing; 0 if the year has no amount."""
    amount = fund.amounts.get(fiscal_year, 0)
    for change in changes:
        if change.fund_id == fund.id:
            amount = changed(amount, change.percent) + change.amount
    return max(0, amount)


def level_cost(level: LevelFact, cost_growth: Decimal) -> dict[int | None, int]:
    """What a service level costs each fund after cost growth; None is the cost nobody pays for yet."""
    cost: Counter[int | None] = Counter()
    for line in level.lines:
        cost[line.fund_id] += changed(line.amount, cost_growth)
    return dict(cost)


def position_cost(position: PositionFact, furlough_days: Decimal, cost_growth: Decimal) -> int:
    """A position's yearly cost after cost growth and furlough, which is not paid; half up."""
    worked = changed(position.annual_cost, cost_growth) * capacity.worked_share(furlough_days)
    return (2 * worked.numerator + worked.denominator) // (2 * worked.denominator)


def may_pay(fund: FundFact, initiative: InitiativeFact) -> bool:
    """Whether the fund's restriction lets it pay for an initiative."""
    if not fund.only_themes and not fund.only_initiative_ids:
        return True
    return initiative.theme in fund.only_themes or initiative.id in fund.only_initiative_ids


@dataclass(frozen=True, slots=True)
class _Cost:
    """One cost with everything it is added up by."""

    fund_id: int | None
    category: str
    theme: str | None
    initiative_id: int | None
    amount: int


def outcome(
    office: OfficeFacts,
    scenario: ScenarioFact,
    quartiles: Mapping[int, int | None] | None = None,
    hours_per_fte: int = capacity.HOURS_PER_FTE,
) -> Outcome:
    """Everything a scenario comes to; `quartiles` by initiative, from `priority.prioritize`.

    FTE below what is needed and a mandate not met are told but leave the scenario ready: only money balances.
    """
    chosen = office.chosen(scenario.decisions)
    costs = [*_level_costs(office, chosen, scenario), *_position_costs(office, scenario)]
    running = [one for one in office.initiatives if one.id in chosen and chosen[one.id].runs]
    mix = quartiles or {}
    return Outcome(
        scenario_id=scenario.id,
        total=sum(cost.amount for cost in costs),
        unfunded=sum(cost.amount for cost in costs if cost.fund_id is None),
        funds=_fund_totals(office, scenario, costs),
        themes=_totals((cost.theme, cost.amount) for cost in costs),
        categories=_totals((cost.category, cost.amount) for cost in costs),
        quartiles=_totals((_quartile(cost, mix), cost.amount) for cost in costs),
        misuses=_misuses(office, costs),
        mandates_broken=_mandates_broken(office, chosen),
        running_ids=tuple(one.id for one in running),
        sdgs=tuple(sorted({goal for one in running for goal in one.sdgs})),
        agreement_ids=tuple(sorted({key for one in running for key in one.agreement_ids})),
        coverage=coverage.measure(office, scenario.decisions),
        capacity=capacity.assess(
            office.positions,
            scenario.frozen_position_ids,
            scenario.furlough_days,
            sum((level.fte for level in chosen.values()), Decimal(0)),
            office.partners,
            frozenset(key for one in running for key in one.partner_ids),
            hours_per_fte,
        ),
    )


def gap_words(
    office: OfficeFacts, found: Outcome, currency: str, language: Language | None = None
) -> tuple[str, ...]:
    """Why a scenario is not ready and what else is wrong with it, one sentence each, for page and paper."""
    return tuple(_gap_words(office, found, currency, language or current()))


def _gap_words(office: OfficeFacts, found: Outcome, currency: str, say: Language) -> Iterator[str]:
    funds = {fund.id: fund.name for fund in office.funds}
    names = {one.id: one.title for one in office.initiatives}
    for total in found.funds:
        if total.over:
            text = (
                N_("{fund} is over its amount by {money}.")
                if total.stated
                else N_("{fund} has no amount for this year and is asked for {money}.")
            )
            yield say.text(text).format(fund=funds[total.fund_id], money=say.money(total.over, currency))
    for misuse in found.misuses:
        yield say.text(N_("{fund} may not pay for {initiative}, which asks it for {money}.")).format(
            fund=funds[misuse.fund_id],
            initiative=names[misuse.initiative_id],
            money=say.money(misuse.amount, currency),
        )
    if found.unfunded > 0:
        yield say.text(N_("{money} has no fund yet.")).format(money=say.money(found.unfunded, currency))
    if found.capacity.fte_left < 0:
        yield say.text(N_("{n} FTE more are needed than there are.")).format(
            n=say.number(float(-found.capacity.fte_left), 2)
        )
    for key in found.mandates_broken:
        yield say.text(N_("{initiative} is below its mandated service level.")).format(initiative=names[key])


def _level_costs(
    office: OfficeFacts, chosen: Mapping[int, LevelFact], scenario: ScenarioFact
) -> Iterator[_Cost]:
    themes = {one.id: one.theme for one in office.initiatives}
    for key, level in chosen.items():
        for line in level.lines:
            amount = changed(line.amount, scenario.cost_growth)
            yield _Cost(line.fund_id, line.category, themes[key], key, amount)


def _position_costs(office: OfficeFacts, scenario: ScenarioFact) -> Iterator[_Cost]:
    for one in office.positions:
        if one.fund_id is not None and one.id not in scenario.frozen_position_ids:
            amount = position_cost(one, scenario.furlough_days, scenario.cost_growth)
            yield _Cost(one.fund_id, POSITION_CATEGORY, None, None, amount)


def _quartile(cost: _Cost, quartiles: Mapping[int, int | None]) -> int | None:
    return None if cost.initiative_id is None else quartiles.get(cost.initiative_id)


def _totals(amounts: Iterable[tuple[K, int]]) -> tuple[Total[K], ...]:
    sums: dict[K, int] = {}
    for key, amount in amounts:
        sums[key] = sums.get(key, 0) + amount
    return tuple(Total(key, sums[key]) for key in sorted(sums, key=lambda key: (key is None, key or 0)))


def _fund_totals(
    office: OfficeFacts, scenario: ScenarioFact, costs: Iterable[_Cost]
) -> tuple[FundTotal, ...]:
    needed: Counter[int | None] = Counter()
    for cost in costs:
        needed[cost.fund_id] += cost.amount
    year = scenario.fiscal_year
    return tuple(
        FundTotal(
            fund.id,
            fund_amount(fund, year, scenario.fund_changes),
            needed[fund.id],
            stated=year in fund.amounts,
        )
        for fund in office.funds
    )


def _misuses(office: OfficeFacts, costs: Iterable[_Cost]) -> tuple[Misuse, ...]:
    funds = {fund.id: fund for fund in office.funds}
    initiatives = {one.id: one for one in office.initiatives}
    sums: Counter[tuple[int, int]] = Counter()
    for cost in costs:
        if cost.fund_id is None or cost.initiative_id is None:
            continue
        if not may_pay(funds[cost.fund_id], initiatives[cost.initiative_id]):
            sums[cost.initiative_id, cost.fund_id] += cost.amount
    return tuple(Misuse(*key, amount) for key, amount in sorted(sums.items()) if amount)


def _mandates_broken(office: OfficeFacts, chosen: Mapping[int, LevelFact]) -> tuple[int, ...]:
    return tuple(
        key
        for key, least in office.least_shares().items()
        if key not in chosen or chosen[key].result_share < least
    )
