"""Small random problems with every kind of limit, and the best plan by trying every one."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import product

from cityplanner.planning.capacity import contact_hours
from cityplanner.planning.facts import DependencyFact, FundChange, OfficeFacts, PositionFact
from cityplanner.planning.optimum.problem import Problem
from cityplanner.planning.scenarios import Outcome, outcome
from tests.planning.builders import fund, initiative, level, line, link, partner, recommendation, scenario
from tests.planning.optimum.every import EveryPlan, choices

THEMES = ("networks", "equity")
KINDS = ("direct", "supporting", "enabling")
LEVELS = (("full", 100), ("reduced", 60), ("pause", 0))

Decisions = Mapping[int, int | None]


def random_problem(seed: int) -> Problem:
    """A problem of five initiatives, six recommendations and two or three funds; about a fifth have no plan."""
    rng = random.Random(seed)
    keys = range(1, 6)
    initiatives = tuple(
        initiative(key, rng.choice(THEMES), mandated_level_id=10 * key + 1 if rng.random() < 0.15 else None)
        for key in keys
    )
    office = OfficeFacts(
        recommendations=tuple(
            recommendation(key, rng.randint(0, 5), supported=rng.random() < 0.9, theme=rng.choice(THEMES))
            for key in range(1, 7)
        ),
        initiatives=initiatives,
        levels=tuple(one for key in keys for one in _levels(key, rng)),
        contributions=tuple(
            link(key, item, rng.choice(KINDS)) for key in keys for item in rng.sample(range(1, 7), 3)
        ),
        funds=(
            fund(1, rng.randint(10, 40) * 1000),
            fund(2, rng.randint(5, 20) * 1000 + rng.randint(0, 1)),
            fund(3, rng.randint(5, 20) * 1000, themes=(THEMES[1],), only=(1, 2)),
        ),
        positions=(
            PositionFact(1, "Director", Decimal(1), rng.randint(0, 5) * 1000, 1),
            PositionFact(2, "Officer", Decimal("0.5"), 3000, None),
        ),
        partners=(partner(1, 73, str(rng.randint(10, 80))),),
        dependencies=tuple(
            DependencyFact(*rng.sample(keys, 2), rng.choice(("requires", "excludes")))
            for _ in range(rng.randint(0, 2))
        ),
    )
    return _with_rules(office, rng)


def _levels(key: int, rng: random.Random) -> Iterator[object]:
    for place, (kind, share) in enumerate(LEVELS):
        if kind == "pause" and rng.random() < 0.5:
            continue
        cost = rng.randint(2, 12) * share * 10
        lines = [line(rng.choice((1, 1, 2, 2, 3)), part) for part in (cost // 2, cost - cost // 2)]
        if rng.random() < 0.05:
            lines.append(line(None, 500))
        yield level(
            10 * key + place, key, share, *lines, kind=kind, fte=str(rng.randint(0, 5) * share / 1000)
        )


def _with_rules(office: OfficeFacts, rng: random.Random) -> Problem:
    keys = [one.id for one in office.initiatives]
    changes = tuple(FundChange(key, Decimal(rng.choice((-25, -10, 0)))) for key in (1, 2))
    plan = scenario(
        {},
        fund_changes=changes,
        furlough_days=Decimal(rng.choice((0, 13, 26))),
        cost_growth=Decimal(rng.choice(("0", "3.5"))),
        frozen_position_ids=frozenset({2} if rng.random() < 0.3 else ()),
    )
    locked: dict[int, int | None] = {}
    if rng.random() < 0.3:
        one = rng.choice(office.levels)
        locked[one.initiative_id] = rng.choice((one.id, None))
    return Problem(
        office,
        plan,
        priority={key: Fraction(rng.randint(0, 1000), 10) for key in keys},
        blend=rng.choice((None, None, Fraction(7, 10))),
        theme_floors={THEMES[1]: Fraction(rng.randint(1, 6), 10)} if rng.random() < 0.4 else {},
        equity={key: rng.randint(0, 4) for key in keys},
        equity_floor=Fraction(rng.choice((0, 0, 2, 4)), 10),
        contact=Fraction(rng.choice((0, 1, 1)), rng.choice((1, 2))),
        locked=locked,
    )


@dataclass(frozen=True)
class Best:
    """The best plan found by trying every one, by what it reaches."""

    decisions: Decisions
    values: tuple[Fraction, ...]


def every_plan(problem: Problem) -> Iterator[dict[int, int | None]]:
    """Every way to give each initiative a level, or none where it has no pause."""
    found = choices(problem)
    for plan in product(*found.values()):
        yield {key: None if one is None else one.id for key, one in zip(found, plan, strict=True)}


def brute_force(problem: Problem) -> Best | None:
    """The best plan of all there are; None if none keeps to the limits."""
    plans = EveryPlan(problem)
    row = plans.best()
    if row is None:
        return None
    decisions = plans.decisions(row)
    found = outcome(problem.office, replace(problem.scenario, decisions=decisions))
    assert keeps_to_limits(problem, decisions, found)
    return Best(decisions, aimed_at(problem, decisions, found))


def keeps_to_limits(problem: Problem, decisions: Decisions, found: Outcome) -> bool:
    """Whether a plan keeps to every limit, judged by the scenario's outcome."""
    hours = sum((contact_hours(one) for one in problem.office.partners), Fraction(0)) * problem.contact
    spare = found.capacity.fte_left * problem.hours_per_fte
    return (
        found.ready
        and not found.mandates_broken
        and found.capacity.fte_left >= 0
        and spare >= hours
        and all(decisions[key] == level_id for key, level_id in problem.locked.items())
        and _dependencies_hold(problem.office, found)
        and _floors_hold(problem, decisions, found)
    )


def _dependencies_hold(office: OfficeFacts, found: Outcome) -> bool:
    running = set(found.running_ids)
    return all(
        one.initiative_id not in running or (one.other_id in running) == (one.kind == "requires")
        for one in office.dependencies
    )


def _floors_hold(problem: Problem, decisions: Decisions, found: Outcome) -> bool:
    themes = {group.key: group.coverage for group in found.coverage.themes}
    of_themes = all(
        themes.get(theme) is None or (themes[theme] or 0) >= floor
        for theme, floor in problem.theme_floors.items()
    )
    kept = kept_shares(problem, decisions)
    most = sum(problem.equity.values())
    has = sum((problem.equity.get(key, 0) * share for key, share in kept.items()), Fraction(0))
    return of_themes and has >= problem.equity_floor * most


def kept_shares(problem: Problem, decisions: Decisions) -> dict[int, Fraction]:
    """The share of its result that each initiative keeps."""
    chosen = problem.office.chosen(decisions)
    return {key: Fraction(one.result_share, 100) for key, one in chosen.items()}


def aimed_at(problem: Problem, decisions: Decisions, found: Outcome) -> tuple[Fraction, ...]:
    """What a plan reaches of each aim, more being better, in the order of the aims."""
    covered = found.coverage.office.coverage or Fraction(0)
    kept = kept_shares(problem, decisions)
    points = sum((problem.priority.get(key, Fraction(0)) * share for key, share in kept.items()), Fraction(0))
    charged = sum(total.amount for total in found.themes if total.key is None)
    cost = Fraction(charged - found.total)
    if problem.blend is None:
        return covered, points, cost
    most = sum(problem.priority.values()) or Fraction(1)
    return problem.blend * covered + (1 - problem.blend) * points / most, cost


DOLLARS = 100


def hand_problem(dollars: int = 10_000, **options: object) -> Problem:
    """Three initiatives, two recommendations, one fund; worked out by hand.

    A answers R1 (weight 3) directly for $6,000, or 40 % of it for $3,000; B answers R2 (weight 2) directly for
    $6,000; C supports both for $4,000. With $10,000 A and C cover (3 + 1) / 5, B and C (1.5 + 2) / 5, B and 40 %
    of A (1.2 + 2) / 5, C and 40 % of A (2.7 + 1) / 5. A and B cover everything for $12,000.
    """
    office = OfficeFacts(
        recommendations=(recommendation(1, 3), recommendation(2, 2)),
        initiatives=(initiative(1), initiative(2), initiative(3)),
        levels=(
            level(10, 1, 100, line(1, 6_000 * DOLLARS)),
            level(11, 1, 40, line(1, 3_000 * DOLLARS), kind="reduced"),
            level(20, 2, 100, line(1, 6_000 * DOLLARS)),
            level(30, 3, 100, line(1, 4_000 * DOLLARS)),
        ),
        contributions=(link(1, 1), link(2, 2), link(3, 1, "supporting"), link(3, 2, "supporting")),
        funds=(fund(1, dollars * DOLLARS),),
    )
    return Problem(office, scenario({}), **options)  # type: ignore[arg-type]


def hard_problem() -> Problem:
    """A problem on which the search takes minutes: many like initiatives, three tight funds."""
    rng = random.Random(7)
    keys = range(1, 401)
    office = OfficeFacts(
        recommendations=tuple(recommendation(key, rng.randint(1, 5)) for key in range(1, 81)),
        initiatives=tuple(initiative(key) for key in keys),
        levels=tuple(
            level(
                10 * key + place,
                key,
                share,
                *(line(rng.randint(1, 3), rng.randint(40, 60) * share) for _ in "ab"),
            )
            for key in keys
            for place, share in enumerate((100, 55, 30))
        ),
        contributions=tuple(
            link(key, item, rng.choice(KINDS)) for key in keys for item in rng.sample(range(1, 81), 3)
        ),
        funds=tuple(fund(key, 90_000) for key in (1, 2, 3)),
    )
    return Problem(office, scenario({}))
