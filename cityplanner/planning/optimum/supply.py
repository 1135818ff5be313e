"""What a scenario leaves to be planned with: money by fund, FTE, and the hours that keeping in touch takes."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from cityplanner.planning import capacity
from cityplanner.planning.optimum.problem import Problem
from cityplanner.planning.scenarios import fund_amount, position_cost


def amounts(problem: Problem) -> dict[int, int]:
    """What each fund offers after the scenario's changes, in minor units."""
    scenario = problem.scenario
    return {
        fund.id: fund_amount(fund, scenario.fiscal_year, scenario.fund_changes)
        for fund in problem.office.funds
    }


def charged(problem: Problem) -> dict[int, int]:
    """What staff positions charge to each fund after furlough, those frozen left out, in minor units."""
    scenario = problem.scenario
    found = {fund.id: 0 for fund in problem.office.funds}
    for one in problem.office.positions:
        if one.fund_id is not None and one.id not in scenario.frozen_position_ids:
            found[one.fund_id] += position_cost(one, scenario.furlough_days, scenario.cost_growth)
    return found


def scaled(offers: Mapping[int, int], total: int) -> dict[int, int]:
    """The amounts of all funds brought to a total in proportion, each rounded down to a minor unit."""
    whole = sum(offers.values())
    if whole <= 0:
        raise ValueError("no fund has an amount to scale")
    return {key: amount * total // whole for key, amount in offers.items()}


def staff(problem: Problem) -> Fraction:
    """FTE left after furlough and frozen positions."""
    scenario = problem.scenario
    return capacity.staffing(problem.office.positions, scenario.frozen_position_ids, scenario.furlough_days)[
        1
    ]


def contact_hours(problem: Problem) -> Fraction:
    """Hours a year that the plan has to leave for keeping in touch with partners."""
    needed = sum((capacity.contact_hours(one) for one in problem.office.partners), Fraction(0))
    return needed * problem.contact


def free_staff(problem: Problem) -> Fraction:
    """FTE that initiatives may take: what is left after furlough and keeping in touch."""
    return staff(problem) - contact_hours(problem) / problem.hours_per_fte
