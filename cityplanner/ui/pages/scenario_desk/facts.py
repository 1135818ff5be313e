"""What the scenario page knows of the plan: read in a worker, and put into lines and words for its parts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from cityplanner.base.language import _, current
from cityplanner.model.scenario import Scenario
from cityplanner.planning.best import priorities
from cityplanner.planning.closing import Closing, LevelMove
from cityplanner.planning.facts import LevelFact, ScenarioFact
from cityplanner.planning.gathering import PlanFacts, gather, level_titles
from cityplanner.planning.scenarios import Outcome, level_cost
from cityplanner.planning.weighing import Scales
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.records import records
from cityplanner.ui.context import DEFAULT_CURRENCY
from cityplanner.ui.parts.bars import Bar
from cityplanner.ui.parts.level_table import Choice, Line

TABLES = frozenset(
    {
        "agreement", "answer", "budget_line", "commitment", "contribution", "criterion_weight", "decision",
        "dependency", "engagement", "engagement_partner", "frozen_position", "fund", "fund_amount", "fund_change",
        "fund_restriction", "initiative", "initiative_agreement", "initiative_partner", "office", "partner",
        "scenario", "score", "section", "service_level", "source_item", "staff_position",
    }
)  # fmt: skip
"""A change of these is read again."""


@dataclass(frozen=True, slots=True)
class Adoption:
    """When a scenario was adopted, and by whom."""

    at: dt.datetime
    by: str


@dataclass(frozen=True)
class DeskFacts:
    """One state of the plan."""

    scales: Scales
    level_titles: Mapping[int, str]
    adoptions: Mapping[int, Adoption]
    quartiles: Mapping[int, int | None]
    start_month: int = 1
    _priced: dict[tuple[Decimal, str], dict[int, tuple[Choice, ...]]] = field(default_factory=dict)
    """The choices of each initiative at a cost growth: they are put into words once, not with every move."""

    @property
    def plan(self) -> PlanFacts:
        """The facts that planning takes."""
        return self.scales.facts

    def scenario(self, scenario_id: int) -> ScenarioFact | None:
        """A scenario as it stands in the plan, its changes in the order of funds."""
        found = next((one for one in self.plan.scenarios if one.id == scenario_id), None)
        if found is None:
            return None
        return replace(found, fund_changes=tuple(sorted(found.fund_changes, key=lambda one: one.fund_id)))

    def lines(self, scenario: ScenarioFact, currency: str) -> list[Line]:
        """Every initiative with its levels, the fullest first."""
        choices = self._choices(scenario, currency)
        return [
            Line(
                one.id,
                f"{one.code} {one.title}".strip(),
                self.quartiles.get(one.id),
                choices[one.id],
                scenario.decisions.get(one.id),
            )
            for one in self.plan.office.initiatives
        ]

    def prepare(self, currency: str) -> None:
        """Put into words, in the worker that reads, what the page would wait for at its first look."""
        for scenario in self.plan.scenarios:
            self._choices(scenario, currency)
        holds = self.plan.adopted()
        if holds is not None:
            self.scales.kept(holds.id)

    def _choices(self, scenario: ScenarioFact, currency: str) -> dict[int, tuple[Choice, ...]]:
        """The levels of every initiative, the fullest first, and not to run at all."""
        known = self._priced.get((scenario.cost_growth, currency))
        if known is not None:
            return known
        office = self.plan.office
        least = office.least_shares()
        levels: dict[int, list[LevelFact]] = {one.id: [] for one in office.initiatives}
        for level in office.levels:
            if level.initiative_id in levels:
                levels[level.initiative_id].append(level)
        found = {}
        for key, of_one in levels.items():
            ordered = sorted(of_one, key=lambda level: -level.result_share)
            none = Choice(None, _("does not run"), "–", "–", allowed=key not in least)
            priced = (self._choice(level, scenario, currency, least.get(key, 0)) for level in ordered)
            found[key] = (*priced, none)
        self._priced[scenario.cost_growth, currency] = found
        return found

    def _choice(self, level: LevelFact, scenario: ScenarioFact, currency: str, floor: int) -> Choice:
        say = current()
        cost = sum(level_cost(level, scenario.cost_growth).values())
        return Choice(
            level.id,
            self.level_titles.get(level.id, _(level.kind)),
            say.money(cost, currency),
            say.number(level.fte, 2),
            allowed=level.result_share >= floor,
        )

    def level_name(self, level_id: int | None) -> str:
        """What a level is called."""
        return _("does not run") if level_id is None else self.level_titles.get(level_id, "")

    def move_words(self, move: LevelMove, currency: str) -> str:
        """A move that would close a gap, on two lines."""
        say = current()
        titles = {one.id: one.title for one in self.plan.office.initiatives}
        return _("{initiative} to {level}:\nsaves {money}, loses {share} of coverage").format(
            initiative=titles[move.initiative_id],
            level=self.level_name(move.to_level_id),
            money=say.money(move.saves, currency),
            share=say.percent(float(move.coverage_lost), 2),
        )

    def closing_lines(self, found: Closing) -> list[str]:
        """The levels that close a gap together, one line each."""
        titles = {one.id: one.title for one in self.plan.office.initiatives}
        return [
            _("{initiative}: {level} instead of {held}").format(
                initiative=titles[move.initiative_id],
                level=self.level_name(move.to_level_id),
                held=self.level_name(move.from_level_id),
            )
            for move in found.moves
        ]

    def fund_bars(self, found: Outcome, currency: str) -> list[Bar]:
        """What is asked of each fund, against what it has."""
        say = current()
        names = {fund.id: fund.name for fund in self.plan.office.funds}
        bars = []
        for fund in found.funds:
            left = _("{money} over") if fund.over else _("{money} left")
            gap = left.format(money=say.money(abs(fund.gap), currency))
            words = _("{needed} of {amount}, {gap}").format(
                needed=say.money(fund.needed, currency), amount=say.money(fund.amount, currency), gap=gap
            )
            share = fund.needed / fund.amount if fund.amount else (1.0 if fund.needed else 0.0)
            bars.append(Bar(names[fund.fund_id], share, words, pressing=bool(fund.over)))
        return bars

    def total_bars(self, found: Outcome, by: str, currency: str) -> list[Bar]:
        """The total by `theme`, `category` or `quartile`, each as a share of the whole."""
        say = current()
        named: list[tuple[str, int]]
        if by == "theme":
            named = [(_(one.key) if one.key else _("staff"), one.amount) for one in found.themes]
        elif by == "category":
            named = [(_(one.key), one.amount) for one in found.categories]
        else:
            named = [
                (
                    _("not ranked, and staff")
                    if one.key is None
                    else _("quartile {n}").format(n=say.number(one.key)),
                    one.amount,
                )
                for one in found.quartiles
            ]
        whole = found.total or 1
        return [
            Bar(
                name[:1].upper() + name[1:],
                amount / whole,
                f"{say.money(amount, currency)} · {say.percent(amount / whole)}",
            )
            for name, amount in named
        ]


def read_desk(plan: Plan, today: dt.date) -> DeskFacts:
    """Read everything the page needs, and calculate what no scenario changes."""
    facts = gather(plan, today)
    with plan.reading() as session:
        adopted = {
            one.id: Adoption(one.adopted_at, one.adopted_by)
            for one in records(session, Scenario)
            if one.adopted_at is not None
        }
    quartiles = {one.initiative_id: one.quartile for one in priorities(facts)}
    office = plan.office()
    month = office.fiscal_year_start if office else 1
    found = DeskFacts(Scales(facts), level_titles(plan), adopted, quartiles, month)
    found.prepare(office.currency if office else DEFAULT_CURRENCY)
    return found
