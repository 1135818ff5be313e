"""The best plan of an office of 2,000 initiatives and 200 recommendations in 20 scenarios, and its frontier.

Beside HiGHS reading the same matrix from a file, and beside two rankings: by priority, and the quick plan.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import highspy

from cityplanner.planning.facts import (
    ContributionFact,
    DependencyFact,
    FundChange,
    FundFact,
    InitiativeFact,
    LevelFact,
    LineFact,
    OfficeFacts,
    PositionFact,
    RecommendationFact,
    ScenarioFact,
)
from cityplanner.planning.optimum.aims import Aim, aims
from cityplanner.planning.optimum.engine import Engine, Step, Watch
from cityplanner.planning.optimum.frontier import frontier, total_budget
from cityplanner.planning.optimum.greedy import greedy
from cityplanner.planning.optimum.matrix import matrix
from cityplanner.planning.optimum.model import Model, build
from cityplanner.planning.optimum.problem import Effort, Problem
from cityplanner.planning.optimum.reasons import reasons
from cityplanner.planning.optimum.result import Solution
from cityplanner.planning.optimum.solve import Search as Begun
from cityplanner.planning.optimum.solve import solve
from cityplanner.planning.optimum.worth import worth_of_more
from tests.benchmarks.data import SEED, Store
from tests.benchmarks.measure import Figure, figure, spent

INITIATIVES, RECOMMENDATIONS, FUNDS, THEMES = 2000, 200, 6, 12
SCENARIOS, STEP = 20, 3
"""Each scenario takes so many per cent more off than the one before; the first covers nearly everything."""

SECONDS, NEAR = 10.0, 1e-2
"""How long each search may take, and the gap whose time is measured on the way."""

YEAR, AFFORDED = 2027, 0.02
"""The part of all full levels that there is money and staff for: a tenth of the initiatives, most at smaller levels."""

LEVELS = (
    ("full", 100, (1.0, 1.0)),
    ("reduced", 60, (0.4, 0.7)),
    ("virtual", 35, (0.15, 0.35)),
    ("pause", 0, (0.0, 0.0)),
)
KINDS = ("direct", "supporting", "enabling")


def large_office(scale: float = 1.0) -> OfficeFacts:
    """An office whose funds pay for little more than covering every recommendation once."""
    rng = random.Random(SEED)
    count, items = max(int(INITIATIVES * scale), 40), max(int(RECOMMENDATIONS * scale), 4)
    levels = [level for key in range(count) for level in _levels(key, rng)]
    return OfficeFacts(
        recommendations=tuple(_recommendation(key, rng) for key in range(items)),
        initiatives=tuple(_initiative(key, rng) for key in range(count)),
        levels=tuple(levels),
        contributions=tuple(
            ContributionFact(key, item, rng.choice(KINDS))
            for key in range(count)
            for item in rng.sample(range(items), rng.randint(1, 4))
        ),
        funds=tuple(_fund(key, levels) for key in range(FUNDS)),
        positions=(PositionFact(1, "Staff", _staff(levels), 0),),
        dependencies=tuple(
            DependencyFact(*rng.sample(range(count), 2), rng.choice(("requires", "excludes")))
            for _ in range(count // 40)
        ),
    )


def _recommendation(key: int, rng: random.Random) -> RecommendationFact:
    theme = f"theme {key % THEMES}"
    return RecommendationFact(
        key, f"R{key}", f"Recommendation {key}", theme, key % 2, rng.randint(1, 5), True
    )


def _initiative(key: int, rng: random.Random) -> InitiativeFact:
    mandated = 4 * key + 2 if rng.random() < 0.002 else None
    return InitiativeFact(key, f"I{key}", f"Initiative {key}", f"theme {rng.randrange(THEMES)}", mandated)


def _fund(key: int, levels: list[LevelFact]) -> FundFact:
    lines = (line for one in levels if one.kind == "full" for line in one.lines)
    asked = sum(line.amount for line in lines if line.fund_id == key)
    return FundFact(key, f"F{key}", f"Fund {key}", {YEAR: int(asked * AFFORDED)})


def _staff(levels: list[LevelFact]) -> Decimal:
    asked = sum((one.fte for one in levels if one.kind == "full"), Decimal(0))
    return (asked * Decimal(str(AFFORDED))).quantize(Decimal("0.01"))


def _levels(key: int, rng: random.Random) -> Iterator[LevelFact]:
    base, fte = rng.randint(5, 400) * 100_000, Decimal(rng.randint(1, 20)) / 20
    first, second = rng.choices(range(FUNDS), [5, 2, 1, 1, 1, 1])[0], rng.randrange(FUNDS)
    for place, (kind, share, part) in enumerate(LEVELS):
        costs = rng.uniform(*part)
        cost = int(base * costs / 100_000) * 100_000
        lines = (LineFact(first, "travel", cost * 7 // 10), LineFact(second, "dues", cost - cost * 7 // 10))
        takes = (fte * Decimal(str(costs))).quantize(Decimal("0.01"))
        yield LevelFact(4 * key + place, key, kind, takes, share, lines if cost else ())


def scenarios(office: OfficeFacts, count: int = SCENARIOS) -> Iterator[Problem]:
    """The office under deeper and deeper cuts, with more and more furlough days."""
    rng = random.Random(SEED + 1)
    priority = {one.id: Fraction(rng.randint(0, 1000), 10) for one in office.initiatives}
    for at in range(count):
        changes = tuple(FundChange(fund.id, Decimal(-STEP * at)) for fund in office.funds)
        cut = ScenarioFact(at, f"{STEP * at} per cent less", "reduction", YEAR, {}, changes, Decimal(at))
        yield Problem(office, cut, priority)


@dataclass(slots=True)
class Search:
    """What a search came to: seconds, value and gap, and the seconds after which the gap was near."""

    seconds: float
    value: float = 0.0
    gap: float = 1.0
    near: float = SECONDS

    def note(self, seconds: float, value: float, bound: float) -> None:
        """A step on the way."""
        self.value = value
        self.gap = (bound - value) / value if value else 1.0
        if self.gap <= NEAR:
            self.near = min(self.near, seconds)


@dataclass(slots=True)
class Case:
    """One scenario: our search, the solver's own on the same matrix, and what rankings keep of the best."""

    built: float
    quick: float
    ours: Search
    direct: Search
    kept_quick: float
    kept_ranked: float


def ours(model: Model, aim: Aim) -> tuple[Search, float, int]:
    """The search as the product does it, and the seconds and value of its quick plan."""
    began = time.monotonic()
    quick = greedy(model)
    taken = time.monotonic() - began
    found = Search(SECONDS)

    def step(one: Step) -> None:
        if one.value is not None and one.bound is not None:
            found.note(time.monotonic() - began, one.value, one.bound)

    watch = Watch(Effort(SECONDS, patience=0.0, enough=1e-4), step=step, started=began)
    start = Begun(model, watch).first()
    run = Engine(model).run(aim, watch, start)
    found.seconds = time.monotonic() - began
    found.note(found.seconds, run.value, run.bound)
    return found, taken, aim.of(model, quick) if quick else 0


def write_matrix(model: Model, aim: Aim, path: Path) -> None:
    """The model as the solver would be given it by anybody."""
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    lp, _ = matrix(model)
    costs = [0.0] * lp.num_col_
    for at, value in aim.options.items():
        costs[at] = float(value)
    for place, value in aim.items.items():
        costs[len(model.options) + place] = float(value)
    lp.col_cost_ = costs
    solver.passModel(lp)
    solver.writeModel(str(path))


def direct(path: Path) -> Search:
    """HiGHS on the matrix in a file, with its own ways throughout."""
    began = time.perf_counter()
    solver = highspy.Highs()
    for name, value in (
        ("output_flag", False),
        ("threads", 1),
        ("mip_rel_gap", 1e-4),
        ("time_limit", SECONDS),
    ):
        solver.setOptionValue(name, value)
    solver.readModel(str(path))
    found = Search(SECONDS)

    def heard(_kind: object, _text: str, told: object, _answer: object, _data: object) -> None:
        if abs(told.mip_primal_bound) < 1e20 and abs(told.mip_dual_bound) < 1e20:  # type: ignore[attr-defined]
            found.note(time.perf_counter() - began, abs(told.mip_primal_bound), abs(told.mip_dual_bound))  # type: ignore[attr-defined]

    solver.setCallback(heard, None)
    solver.startCallback(highspy.cb.HighsCallbackType.kCallbackMipInterrupt)
    solver.run()
    found.seconds = time.perf_counter() - began
    info = solver.getInfo()
    found.note(found.seconds, abs(info.objective_function_value), abs(info.mip_dual_bound))
    return found


def ranked(model: Model, aim: Aim) -> int:
    """What a ranking keeps: initiatives by priority, each at the fullest level for which there is room."""
    options, banned = model.options, model.banned()
    held = {key: slot[-1] for key, slot in model.slots.items()}
    for ban in model.bans:  # those with a mandate come first
        for key in {options[at].initiative_id for at in ban.columns}:
            held[key] = max(at for at in model.slots[key] if at not in banned)
    rows: dict[int, list[int]] = {}
    for place, row in enumerate(model.rows):
        for at in row.options:
            rows.setdefault(at, []).append(place)
    used = [sum(row.options.get(at, 0) for at in held.values()) for row in model.rows]
    priority = model.problem.priority
    for key in sorted(model.slots, key=lambda one: -priority[one]):
        for at in model.slots[key]:
            touched = {*rows.get(at, ()), *rows.get(held[key], ())}
            after = {
                place: used[place]
                + model.rows[place].options.get(at, 0)
                - model.rows[place].options.get(held[key], 0)
                for place in touched
            }
            if at not in banned and all(after[place] <= model.rows[place].at_most for place in touched):
                for place, value in after.items():
                    used[place] = value
                held[key] = at
                break
    return aim.of(model, tuple(held.values()))


def case(problem: Problem, folder: Path) -> Case:
    """Measure one scenario."""
    began = time.perf_counter()
    model = build(problem)
    aim = aims(model)[0]
    built = time.perf_counter() - began
    found, quick, value = ours(model, aim)
    path = folder / "best_plan.mps"
    write_matrix(model, aim, path)
    other = direct(path)
    best = max(found.value, other.value) or 1.0
    return Case(built, quick, found, other, value / best, ranked(model, aim) / best)


def measure_best_plan(store: Store, repeats: int) -> Iterator[Figure]:
    """Search all scenarios with both, then explain one of them; `repeats` is of the explanation."""
    office = large_office(store.size.scale)
    cases = []
    for problem in scenarios(office):
        cases.append(case(problem, store.folder))
        print(f"  {problem.scenario.name}: {_said(cases[-1])}", file=sys.stderr)
    yield from _searches(cases)
    yield from _explained(list(scenarios(office))[SCENARIOS // 2], repeats)


def _said(one: Case) -> str:
    searches = ", ".join(
        f"{name} {found.value:.0f} with gap {found.gap:.3%} after {found.seconds:.1f} s (near after {found.near:.1f} s)"
        for name, found in (("ours", one.ours), ("HiGHS alone", one.direct))
    )
    return f"{searches}; quick plan keeps {one.kept_quick:.2%}, ranking {one.kept_ranked:.2%}"


def _searches(cases: list[Case]) -> Iterator[Figure]:
    name = "best_plan"
    ours, direct = [one.ours for one in cases], [one.direct for one in cases]
    built, alone = [one.built for one in cases], [one.seconds for one in direct]
    whole = [one.ours.seconds + one.built for one in cases]
    yield figure(name, "search with its model", whole, alone, target=1.3)
    yield figure(name, "model, beside the search", built, [one.seconds for one in ours], target=0.2)
    yield figure(name, "quick plan", [one.quick for one in cases])
    yield figure(
        name, f"until the gap is {NEAR:.0%}", [one.near for one in ours], [one.near for one in direct]
    )
    gaps = [[max(100 * one.gap, 1e-3) for one in searches] for searches in (ours, direct)]
    yield figure(name, f"gap after {SECONDS:.0f} s at most", *gaps, unit="%")
    yield figure(name, "largest gap", *([max(of_one)] for of_one in gaps), unit="%")
    for what, searches in (("ours", ours), ("HiGHS alone", direct)):
        proven = sum(one.gap <= 1e-4 for one in searches)
        yield figure(name, f"proven to 0.01% by {what}", [proven], unit=f"of {len(cases)}")
    ranks = {"quick plan": [one.kept_quick for one in cases], "ranking": [one.kept_ranked for one in cases]}
    for what, kept in ranks.items():
        yield figure(name, f"coverage the {what} keeps", [100 * one for one in kept], unit="%")
        yield figure(name, f"coverage the {what} keeps at worst", [100 * min(kept)], unit="%")


def _explained(problem: Problem, repeats: int) -> Iterator[Figure]:
    found = solve(problem, Effort(SECONDS, patience=0.0, enough=1e-4))
    assert isinstance(found, Solution)
    for what, work in (
        ("reasons of all that is left out", lambda: reasons(problem, found)),
        ("what one more unit buys", lambda: worth_of_more(problem, found, "USD")),
    ):
        yield figure("best_plan", what, [spent(work).wall for _ in range(repeats)])


def measure_frontier(store: Store, repeats: int) -> Iterator[Figure]:
    """Twenty points to a gap of 1 %, each from the one below, beside each searched anew."""
    problem = next(scenarios(large_office(store.size.scale)))
    own = total_budget(problem)
    totals = [own * (43 + 3 * at) // 100 for at in range(20)]
    effort = Effort(SECONDS, patience=0.0, enough=NEAR)
    walked, anew = [], []
    for _ in range(repeats):
        began = time.perf_counter()
        points = frontier(problem, totals, effort)
        walked.append(time.perf_counter() - began)
        began = time.perf_counter()
        for total in totals:
            factor = Decimal(100 * (total - own)) / own
            changes = tuple(FundChange(fund.id, factor) for fund in problem.office.funds)
            cut = replace(problem, scenario=replace(problem.scenario, fund_changes=changes))
            model = build(cut)
            Engine(model).run(aims(model)[0], Watch(effort))
        anew.append(time.perf_counter() - began)
        print(f"  frontier: {walked[-1]:.1f} s, each anew {anew[-1]:.1f} s", file=sys.stderr)
        assert all(point.value is not None for point in points)
    yield figure("frontier", f"{len(totals)} points to {NEAR:.0%}", walked, anew, target=0.7)
