"""The command that finds the best plan of a scenario, without a window."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cityplanner.base.errors import NotFoundError, UserError
from cityplanner.base.language import _, current
from cityplanner.cli import console
from cityplanner.cli.options import Json, PlanPath, reading, writing
from cityplanner.model.roundtable import Theme
from cityplanner.planning.gathering import PlanFacts, gather, level_titles

if TYPE_CHECKING:
    from cityplanner.planning.best import Explanation, Wishes
    from cityplanner.planning.facts import ScenarioFact
    from cityplanner.planning.optimum.frontier import Point
    from cityplanner.planning.optimum.problem import Problem
    from cityplanner.planning.optimum.result import Contradiction, Solution
    from cityplanner.store.plan_file import Plan

commands = typer.Typer()
INFEASIBLE = 1
NOTHING = "–"
"""What stands in a cell where there is nothing to say."""


@commands.command()
def solve(
    scenario: Annotated[str, typer.Option("--scenario", metavar="NAME", help="The scenario to plan in.")],
    plan: PlanPath = None,
    budget_change: Annotated[
        str, typer.Option("--budget-change", metavar="PERCENT", help="Change every fund further: -15%.")
    ] = "",
    blend: Annotated[
        float | None,
        typer.Option(
            "--blend",
            min=0,
            max=1,
            help="The part of coverage in a blend with priority. Default: coverage first.",
        ),
    ] = None,
    points: Annotated[
        int,
        typer.Option("--frontier", metavar="N", min=0, max=200, help="Also the best coverage at N budgets."),
    ] = 0,
    theme_floor: Annotated[
        list[str] | None,
        typer.Option(
            "--theme-floor",
            metavar="THEME=PERCENT",
            help="Least coverage of a theme: “virtual engagement=60%”. May be given again.",
        ),
    ] = None,
    equity_floor: Annotated[
        str, typer.Option("--equity-floor", metavar="PERCENT", help="Least equity, of what is possible: 70%.")
    ] = "",
    in_touch: Annotated[
        bool, typer.Option("--keep-in-touch", help="Leave staff hours to keep in touch with every partner.")
    ] = False,
    seconds: Annotated[float, typer.Option("--seconds", min=1, help="How long to try at most.")] = 60,
    save: Annotated[
        str, typer.Option("--save", metavar="NAME", help="Keep the plan found as a scenario of this name.")
    ] = "",
    as_json: Json = False,
) -> None:
    """Find the best plan that a scenario's budget allows: proven optimal, or with the gap that remains.

    Says for each initiative that is left out why, and what one more unit of each limit buys. Ends with 1 when no plan
    keeps to all limits, and names those that contradict each other.

    Examples: cityplanner solve --scenario "Ten per cent less"; cityplanner solve --scenario Cut --budget-change -15%
    --frontier 20 --json; cityplanner solve --scenario Cut --theme-floor "virtual engagement=60%" --keep-in-touch
    """  # fmt: skip
    from cityplanner.planning.optimum.problem import USUAL
    from cityplanner.planning.optimum.result import Contradiction
    from cityplanner.planning.optimum.solve import solve as find

    with writing(plan) if save else reading(plan) as opened:
        facts = gather(opened, datetime.now(UTC).date())
        currency = _currency(opened)
        wishes = _wishes(blend, theme_floor or (), equity_floor, in_touch=in_touch)
        problem = _problem(facts, _named(facts, scenario), budget_change, wishes)
        effort = replace(USUAL, seconds=seconds)
        with console.progress(_("Searching for the best plan")):
            found = find(problem, effort)
        if isinstance(found, Contradiction):
            _show_contradiction(found, problem, currency, as_json=as_json)
            raise typer.Exit(INFEASIBLE)
        _show(opened, facts, problem, found, currency, points, save, as_json=as_json)


def _show(
    opened: Plan,
    facts: PlanFacts,
    problem: Problem,
    found: Solution,
    currency: str,
    points: int,
    save: str,
    *,
    as_json: bool,
) -> None:
    from cityplanner.planning.best import explain, totals
    from cityplanner.planning.optimum.frontier import frontier

    with console.progress(_("Asking why")):
        told = explain(problem, found, currency)
    with console.progress(_("Drawing the frontier")):
        line = frontier(problem, totals(problem, max(points, 2))) if points else ()
    kept = _save(opened, facts, problem, found, save) if save else None
    if as_json:
        console.show_json(_as_json(facts, problem, found, told, line, currency, kept))
    else:
        _say(facts, level_titles(opened), problem, found, told, line, currency)
        if kept is not None:
            console.say(_("Kept as the scenario “{name}”.").format(name=kept))


def _currency(opened: Plan) -> str:
    office = opened.office()
    return office.currency if office is not None else "USD"


def _named(facts: PlanFacts, name: str) -> ScenarioFact:
    wanted = name.strip().casefold()
    exact = [one for one in facts.scenarios if one.name.casefold() == wanted]
    near = [one for one in facts.scenarios if wanted and wanted in one.name.casefold()]
    found = exact or near
    if len(found) != 1:
        names = ", ".join(f"“{one.name}”" for one in found or facts.scenarios) or _("none yet")
        raise NotFoundError(
            (
                _("There is no scenario “{name}”.") if not found else _("“{name}” may be several scenarios.")
            ).format(name=name),
            _("Use one of: {names}.").format(names=names),
        )
    return found[0]


def _problem(facts: PlanFacts, scenario: ScenarioFact, change: str, wishes: Wishes) -> Problem:
    from cityplanner.planning.best import problem_of, with_budget

    if change:
        scenario = with_budget(facts.office, scenario, _percent(change))
    return problem_of(facts, scenario, wishes)


def _wishes(blend: float | None, floors: Sequence[str], equity: str, *, in_touch: bool) -> Wishes:
    from cityplanner.planning.best import Wishes

    return Wishes(
        None if blend is None else Fraction(str(blend)),
        dict(_theme_floor(text) for text in floors),
        _share(equity) if equity else Fraction(0),
        in_touch,
    )


def _theme_floor(text: str) -> tuple[str, Fraction]:
    """`virtual engagement=60%` as a theme and a share; raises `UserError` for a theme that is none."""
    name, _sign, floor = text.rpartition("=")
    found = [theme for theme in Theme if name.strip().casefold() in (theme.value, _(theme.value).casefold())]
    if not found:
        raise UserError(
            _("“{text}” names no theme.").format(text=text),
            _("Write THEME=PERCENT with one of: {names}.").format(names=", ".join(_(one) for one in Theme)),
        )
    return found[0].value, _share(floor)


def _share(text: str) -> Fraction:
    """`60%` or `60` as a share; raises `UserError` for anything else, or outside 0-100%."""
    value = _decimal(text)
    if not 0 <= value <= 100:
        raise UserError(
            _("“{text}” is not between 0% and 100%.").format(text=text), _("Use one such as 60%.")
        )
    return Fraction(value) / 100


def _decimal(text: str) -> Decimal:
    """The number of a percentage; a number out of any range for what is none."""
    try:
        value = Decimal(text.strip().removesuffix("%").strip().replace("\N{MINUS SIGN}", "-"))
    except InvalidOperation:
        return Decimal("Infinity")
    return value if value.is_finite() else Decimal("Infinity")


def _percent(text: str) -> Decimal:
    """`-15%`, `-15`, `+2.5 %` as per cent; raises `UserError` for anything else, or less than nothing left."""
    value = _decimal(text)
    if not -100 <= value <= 1000:
        raise UserError(
            _("“{text}” is no change in per cent.").format(text=text),
            _("Use one from -100% to 1000%, such as -15%."),
        )
    return value


def _save(opened: Plan, facts: PlanFacts, problem: Problem, found: Solution, name: str) -> str:
    from cityplanner.planning.keeping import keep

    made = replace(problem.scenario, decisions=found.decisions)
    return keep(opened, facts.office, made, name)[1]


def _show_contradiction(found: Contradiction, problem: Problem, currency: str, *, as_json: bool) -> None:
    from cityplanner.planning.optimum.limits import limits_words

    words = limits_words(found.limits, problem, currency)
    if as_json:
        console.show_json({"feasible": False, "contradiction": list(words), "smallest": found.smallest})
        return
    console.say(_("No plan keeps to all limits. These contradict each other:"))
    for line in words:
        console.say(f"  {line}")


def _say(
    facts: PlanFacts,
    levels: Mapping[int, str],
    problem: Problem,
    found: Solution,
    told: Explanation,
    line: tuple[Point, ...],
    currency: str,
) -> None:
    from cityplanner.planning.optimum.result import solution_words
    from cityplanner.planning.optimum.worth import worth_words

    say = current()
    names: dict[int | None, str] = {None: _("does not run")}
    names |= dict(levels.items())
    before = problem.scenario.decisions
    console.say(solution_words(found))
    console.say(_("Its service levels cost {money}.").format(money=say.money(found.cost, currency)))
    rows = []
    for one in facts.office.initiatives:
        level, held = found.decisions.get(one.id), before.get(one.id)
        change = "" if level == held else _("was: {level}").format(level=names[held])
        rows.append((one.code, one.title, names[level], change))
    console.show_table([_("Code"), _("Initiative"), _("Service level"), _("Change")], rows)
    _say_reasons(problem, told, currency)
    for worth in told.worth:
        console.say(worth_words(worth, problem, currency))
    _say_frontier(facts, line, currency)


def _say_frontier(facts: PlanFacts, line: tuple[Point, ...], currency: str) -> None:
    """The frontier as a table; in a pipe its columns are named in the line before it."""
    from cityplanner.planning.best import certainty_words, step_words, steps

    if not line:
        return
    headers = (_("Budget"), _("Best coverage"), _("Gap"), _("Changes from the budget below"))
    console.say("\n" + _("The frontier: {columns}").format(columns=", ".join(headers)))
    rows = [
        (
            current().money(step.point.budget, currency),
            _reached(step.point),
            certainty_words(step.point) or NOTHING,
            step_words(facts.office, step) or NOTHING,
        )
        for step in steps(facts.office, line)
    ]
    console.show_table(headers, rows)


def _say_reasons(problem: Problem, told: Explanation, currency: str) -> None:
    from cityplanner.planning.optimum.reasons import reason_words

    for reason in told.reasons:
        console.say(" ".join(reason_words(reason, problem, currency)))


def _reached(point: Point) -> str:
    if point.value is None:
        return _("no plan")
    return current().percent(float(point.value), 2)


def _as_json(
    facts: PlanFacts,
    problem: Problem,
    found: Solution,
    told: Explanation,
    line: tuple[Point, ...],
    currency: str,
    kept: str | None,
) -> dict[str, Any]:
    """Everything found, amounts in minor units of the currency, coverage from 0 to 1."""
    from cityplanner.planning.optimum.reasons import reason_words
    from cityplanner.planning.optimum.worth import least_words, worth_words

    codes = {one.id: one.code for one in facts.office.initiatives}
    kinds = {level.id: level.kind for level in facts.office.levels}
    chosen = {key: found.decisions.get(key) for key in codes}
    return {
        "feasible": True,
        "scenario": problem.scenario.name,
        "currency": currency,
        "coverage": _number(found.coverage),
        "priority": _number(found.priority),
        "cost": found.cost,
        "proven": found.proven,
        "gap": found.gap,
        "seconds": round(found.seconds, 3),
        "decisions": [
            {"initiative": codes[key], "level_id": level, "level": kinds.get(level or 0)}
            for key, level in chosen.items()
        ],
        "left_out": [
            {"initiative": codes[one.initiative_id], "why": str(one.why), "exact": one.exact,
             "words": list(reason_words(one, problem, currency))}
            for one in told.reasons
        ],
        "one_more": [
            {"more": str(one.more), "fund_id": one.fund_id, "gained": _number(one.gained),
             "at_most": _number(one.at_most), "words": worth_words(one, problem, currency)}
            for one in told.worth
        ],
        "least_more": [least_words(one, problem, currency) for one in told.least],
        "frontier": [
            {"budget": one.budget, "coverage": _number(one.value), "bound": _number(one.bound), "proven": one.proven}
            for one in line
        ],
        "saved_as": kept,
    }  # fmt: skip


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
