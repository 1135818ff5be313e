"""The facts of an initiative sheet, read once from the plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from cityplanner.base.errors import NotFoundError, UserError
from cityplanner.base.language import _
from cityplanner.model.engagement import Commitment
from cityplanner.model.fund import Fund
from cityplanner.model.indicator import Indicator, Measurement
from cityplanner.model.initiative import BudgetLine, Initiative, Milestone, ServiceLevel
from cityplanner.model.office import Office
from cityplanner.model.partner import Partner
from cityplanner.model.scenario import Scenario
from cityplanner.planning.best import priorities
from cityplanner.planning.gathering import gather as gather_plan
from cityplanner.planning.priority import Priority
from cityplanner.reports.choices import Choices
from cityplanner.reports.kind import office_of
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries import initiatives as queries
from cityplanner.store.queries.initiatives import Answered
from cityplanner.store.queries.records import records


@dataclass(frozen=True, slots=True)
class Funded:
    """A scenario and the service level it gives the initiative; None where it does not run."""

    scenario: Scenario
    level: int | None


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What the initiative sheet says."""

    office: Office
    today: dt.date
    initiative: Initiative
    partners: tuple[Partner, ...]
    recommendations: tuple[Answered, ...]
    levels: tuple[ServiceLevel, ...]
    lines: tuple[BudgetLine, ...]
    funds: Mapping[int, Fund]
    scenarios: tuple[Funded, ...]
    milestones: tuple[Milestone, ...]
    indicators: tuple[Indicator, ...]
    measurements: tuple[Measurement, ...]
    commitments: tuple[Commitment, ...]
    priority: Priority | None
    withheld: int

    def cost(self, level: int, growth: Decimal = Decimal(0)) -> int:
        """The cost of a level in minor units, with a growth in per cent, rounded to whole minor units."""
        base = sum(line.amount for line in self.lines if line.service_level_id == level)
        return int((base * (1 + growth / 100)).to_integral_value())


def gather(plan: Plan, choices: Choices, today: dt.date) -> SheetFacts:
    """Read one initiative; raises `UserError` where none or several are chosen."""
    office = office_of(plan)
    if len(choices.initiatives) != 1:
        raise UserError(_("An initiative sheet is about one initiative."), _("Choose the initiative."))
    key = choices.initiatives[0]
    ranking = priorities(gather_plan(plan, today))
    with plan.reading() as session:
        one = session.get(Initiative, key)
        if one is None:
            raise NotFoundError(_("The initiative is no longer in the plan."), _("Choose another one."))
        partners = queries.partners(session, key)
        seen = {x.id for x in records(session, Partner) if choices.audience.may_see(x.sensitivity)}
        promised = queries.open_commitments(session, key)
        measured = queries.indicators(session, key)
        wanted = [(x, level) for x, level in queries.decisions(session, key)]
        shown = tuple(x for x in partners if x.id in seen)
        told = tuple(x for x in promised if x.partner_id in seen)
        return SheetFacts(
            office=office,
            today=today,
            initiative=one,
            partners=shown,
            recommendations=tuple(queries.answered(session, key)),
            levels=tuple(queries.levels(session, key)),
            lines=tuple(queries.budget_lines(session, key)),
            funds={x.id: x for x in records(session, Fund)},
            scenarios=tuple(
                Funded(x, level) for x, level in wanted if not choices.scenarios or x.id in choices.scenarios
            ),
            milestones=tuple(queries.milestones(session, key)),
            indicators=tuple(measured),
            measurements=tuple(queries.measurements(session, [x.id for x in measured])),
            commitments=told,
            priority=next((x for x in ranking if x.initiative_id == key), None),
            withheld=len(partners) - len(shown) + len(promised) - len(told),
        )
