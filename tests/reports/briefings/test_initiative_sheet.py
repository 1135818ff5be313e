"""The initiative sheet says what the plan says of one initiative, and counts its money right."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from cityplanner.base.errors import UserError
from cityplanner.exchange.sample.data import SAMPLE_TODAY
from cityplanner.model.fund import Fund
from cityplanner.model.indicator import Indicator, IndicatorKind, Measurement
from cityplanner.model.initiative import (
    BudgetLine,
    Initiative,
    LevelKind,
    Milestone,
    MilestoneStatus,
    ServiceLevel,
)
from cityplanner.model.roundtable import Theme
from cityplanner.model.scenario import Decision, Scenario
from cityplanner.reports.blocks import Briefing, Figure, Table
from cityplanner.reports.briefings.initiative_sheet.kind import INITIATIVE_SHEET
from cityplanner.reports.charts.description import LineChart
from cityplanner.reports.choices import Choices
from cityplanner.store.plan_file import Plan
from tests.reports.briefings.samples import below, cells, words


@pytest.fixture
def office(plan: Plan) -> Plan:
    with plan.edit("Add") as edit:
        one = Initiative(code="X-01", title="Harbor talks", theme=Theme.NETWORKS, objective="Talk more.")
        fund = Fund(code="101", title="General")
        edit.add(one)
        edit.add(fund)
        edit.flush()
        full = ServiceLevel(
            initiative_id=one.id, title="Full", kind=LevelKind.FULL, fte=Decimal("0.5"), result_share=100
        )
        half = ServiceLevel(
            initiative_id=one.id,
            title="Half",
            kind=LevelKind.REDUCED,
            fte=Decimal("0.2"),
            result_share=50,
            mandated=True,
        )
        scenario = Scenario(title="Growth", fiscal_year=2028, cost_growth=Decimal(10))
        for record in (full, half, scenario):
            edit.add(record)
        edit.flush()
        edit.add(BudgetLine(service_level_id=full.id, fund_id=fund.id, amount=100_000))
        edit.add(BudgetLine(service_level_id=full.id, fund_id=fund.id, amount=50_000))
        edit.add(Decision(scenario_id=scenario.id, initiative_id=one.id, service_level_id=full.id))
        for title, due, status in (
            ("Done", dt.date(2026, 1, 1), MilestoneStatus.REACHED),
            ("Dropped", dt.date(2026, 2, 1), MilestoneStatus.DROPPED),
            ("Ahead", dt.date(2027, 1, 1), MilestoneStatus.PENDING),
        ):
            edit.add(
                Milestone(
                    initiative_id=one.id,
                    title=title,
                    due_on=due,
                    status=status,
                    reached_on=due if status is MilestoneStatus.REACHED else None,
                )
            )
        indicator = Indicator(
            initiative_id=one.id,
            title="Talks held",
            kind=IndicatorKind.CUMULATIVE,
            unit="talks",
            baseline=Decimal(0),
            baseline_on=dt.date(2026, 1, 1),
            target=Decimal(20),
            target_on=dt.date(2026, 12, 31),
        )
        edit.add(indicator)
        edit.flush()
        edit.add(Measurement(indicator_id=indicator.id, measured_on=dt.date(2026, 3, 1), value=Decimal(5)))
    return plan


def made(plan: Plan) -> Briefing:
    return INITIATIVE_SHEET.compose(plan, Choices(initiatives=(1,)), dt.date(2026, 6, 1))


def test_a_level_costs_the_sum_of_its_lines_and_a_scenario_adds_its_growth(office: Plan) -> None:
    briefing = made(office)
    levels = next(b for b in below(briefing, "Service levels") if isinstance(b, Table))
    assert cells(levels) == [
        ["Full", "Full", "100%", "0.5", "$1,500"],
        ["Half (mandated)", "Reduced", "50%", "0.2", "$0"],
    ]
    money = next(b for b in below(briefing, "Money by scenario") if isinstance(b, Table))
    assert cells(money) == [["Growth", "2028", "Full", "$1,650"]]


def test_a_dropped_milestone_does_not_count(office: Plan) -> None:
    assert "Milestones reached 1 of 2" in words(made(office))


def test_an_indicator_is_drawn_against_its_target_path_and_says_how_it_stands(office: Plan) -> None:
    blocks = below(made(office), "Talks held")
    figure = next(block for block in blocks if isinstance(block, Figure))
    assert isinstance(figure.chart, LineChart)
    assert figure.chart.path is not None
    said = words(made(office))
    assert "On the target path. Target: 20 talks by Dec 31, 2026. 25% of the way is done." in said


def test_it_is_about_exactly_one_initiative(office: Plan) -> None:
    with pytest.raises(UserError, match="about one"):
        INITIATIVE_SHEET.compose(office, Choices(), SAMPLE_TODAY)
    with pytest.raises(UserError, match="no longer"):
        INITIATIVE_SHEET.compose(office, Choices(initiatives=(99,)), SAMPLE_TODAY)


def test_an_initiative_without_anything_says_what_is_missing(plan: Plan) -> None:
    with plan.edit("Add") as edit:
        edit.add(Initiative(code="E-1", title="Empty", theme=Theme.VALUE))
    said = words(made(plan))
    for missing in ("no service level", "no indicator", "No partner", "not linked", "no budget scenario"):
        assert missing in said
