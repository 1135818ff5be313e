"""The facts that planning takes are what the plan says."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal

from cityplanner.model.engagement import Commitment, CommitmentStatus, Engagement, EngagementPartner
from cityplanner.model.entity import Entity
from cityplanner.model.fund import Fund, FundAmount, FundRestriction, StaffPosition
from cityplanner.model.initiative import (
    BudgetLine,
    Category,
    Contribution,
    ContributionKind,
    Initiative,
    InitiativePartner,
    InitiativeStatus,
    ServiceLevel,
)
from cityplanner.model.partner import Partner
from cityplanner.model.priority import Criterion, CriterionWeight, Score
from cityplanner.model.recommendation import Answer, Response
from cityplanner.model.roundtable import ItemKind, Roundtable, Section, SourceItem, Theme
from cityplanner.model.scenario import Decision, FundChange, Scenario, ScenarioKind
from cityplanner.planning.facts import FundChange as FundChangeFact
from cityplanner.planning.facts import LineFact
from cityplanner.planning.gathering import PlanFacts, gather
from cityplanner.store.plan_file import Plan

TODAY = date(2026, 11, 2)


def add(plan: Plan, record: Entity) -> int:
    with plan.edit("Add") as edit:
        edit.add(record)
    return record.id


def item(plan: Plan, code: str, kind: ItemKind = ItemKind.RECOMMENDATION) -> int:
    table = add(plan, Roundtable(title=f"Table of {code}", held_on="2020-04"))
    section = add(plan, Section(roundtable_id=table, number=1, title="First"))
    return add(
        plan,
        SourceItem(code=code, title=code, kind=kind, theme=Theme.VALUE, section_id=section, text="Text."),
    )


def facts(plan: Plan) -> PlanFacts:
    return gather(plan, TODAY)


def test_a_recommendation_counts_as_supported_with_its_weight_once_the_office_answers_it(plan: Plan) -> None:
    answered, silent = item(plan, "A1"), item(plan, "A2")
    add(plan, Answer(source_item_id=answered, response=Response.PARTLY, weight=4))
    found = {one.id: one for one in facts(plan).office.recommendations}
    assert (found[answered].supported, found[answered].weight) == (True, 4)
    assert (found[silent].supported, found[silent].weight) == (False, 0)


def test_findings_are_no_recommendations_unless_the_office_answers_them(plan: Plan) -> None:
    finding, answered = item(plan, "F1", ItemKind.FINDING), item(plan, "F2", ItemKind.FINDING)
    add(plan, Answer(source_item_id=answered, response=Response.SUPPORTED, weight=1))
    assert [one.id for one in facts(plan).office.recommendations] == [answered]
    assert finding not in {one.id for one in facts(plan).office.recommendations}


def test_an_initiative_comes_with_goals_partners_levels_and_lines_and_a_closed_one_not_at_all(
    plan: Plan,
) -> None:
    partner = add(plan, Partner(name="Nagoya", country="JP"))
    fund = add(plan, Fund(code="GF", title="General fund"))
    initiative = add(plan, Initiative(code="I1", title="Desk", theme=Theme.LOCAL, sdgs=("16.b", "16", "3")))
    closed = Initiative(
        code="I2", title="Old", theme=Theme.LOCAL, status=InitiativeStatus.CLOSED, status_reason="Done"
    )
    add(plan, closed)
    add(plan, InitiativePartner(initiative_id=initiative, partner_id=partner))
    full = ServiceLevel(initiative_id=initiative, title="Full", fte=Decimal("1.5"), result_share=100)
    least = ServiceLevel(
        initiative_id=initiative, title="Least", fte=Decimal("0.5"), result_share=40, mandated=True
    )
    add(plan, full)
    add(plan, least)
    add(plan, BudgetLine(service_level_id=full.id, fund_id=fund, category=Category.EVENTS, amount=125_000))
    found = facts(plan).office
    (one,) = found.initiatives
    assert (one.sdgs, one.partner_ids, one.mandated_level_id) == ((3, 16), (partner,), least.id)
    levels = {level.id: level for level in found.levels}
    assert levels[full.id].lines == (LineFact(fund, Category.EVENTS, 125_000),)
    assert levels[full.id].fte == Decimal("1.5")


def test_the_higher_of_two_mandated_levels_holds(plan: Plan) -> None:
    initiative = add(plan, Initiative(code="I1", title="Desk", theme=Theme.LOCAL))
    for title, share in (("A", 30), ("B", 60)):
        add(
            plan,
            ServiceLevel(
                initiative_id=initiative, title=title, fte=Decimal(0), result_share=share, mandated=True
            ),
        )
    office = facts(plan).office
    mandated = next(level for level in office.levels if level.id == office.initiatives[0].mandated_level_id)
    assert mandated.result_share == 60


def test_a_fund_comes_with_its_amounts_and_restrictions(plan: Plan) -> None:
    initiative = add(plan, Initiative(code="I1", title="Desk", theme=Theme.LOCAL))
    fund = add(plan, Fund(code="GR", title="Grant", themes=(Theme.EQUITY.value,)))
    add(plan, FundAmount(fund_id=fund, fiscal_year=2027, amount=5_000_000))
    add(plan, FundRestriction(fund_id=fund, initiative_id=initiative))
    (one,) = facts(plan).office.funds
    assert dict(one.amounts) == {2027: 5_000_000}
    assert one.only_themes == frozenset({"racial equity and inclusion"})
    assert one.only_initiative_ids == frozenset({initiative})


def test_vacant_positions_give_no_staff_and_cost_nothing(plan: Plan) -> None:
    fund = add(plan, Fund(code="GF", title="General fund"))
    filled = StaffPosition(title="Director", fte=Decimal(1), salary=900, benefits=100, fund_id=fund)
    add(plan, filled)
    add(plan, StaffPosition(title="Fellow", fte=Decimal(1), salary=1, benefits=1, vacant=True))
    (one,) = facts(plan).office.positions
    assert (one.id, one.annual_cost, one.fund_id) == (filled.id, 1000, fund)


def test_a_partner_comes_with_its_contact_until_today_and_its_promises(plan: Plan) -> None:
    partner = add(plan, Partner(name="Nagoya", country="JP", keep_in_touch=90, contact_hours=Decimal("2.5")))
    for day in (date(2026, 9, 1), date(2026, 10, 5), date(2027, 1, 5)):
        engagement = add(
            plan,
            Engagement(title="Call", starts_at=datetime.combine(day, time(9), UTC), zone="America/Chicago"),
        )
        add(plan, EngagementPartner(engagement_id=engagement, partner_id=partner))
    add(plan, Commitment(text="Late", partner_id=partner, due_on=date(2026, 10, 1)))
    add(plan, Commitment(text="Not due", partner_id=partner, due_on=date(2027, 10, 1)))
    add(
        plan,
        Commitment(
            text="Kept", partner_id=partner, status=CommitmentStatus.COMPLETED, completed_on=date(2026, 9, 9)
        ),
    )
    (one,) = facts(plan).office.partners
    assert (one.last_contact_on, one.engagement_count) == (date(2026, 10, 5), 2)
    assert (one.commitments_kept, one.commitments_due) == (1, 2)
    assert (one.interval_days, one.hours_per_contact) == (90, Decimal("2.5"))


def test_scenarios_come_with_their_decisions_and_changes_and_the_newest_adopted_one_holds(plan: Plan) -> None:
    initiative = add(plan, Initiative(code="I1", title="Desk", theme=Theme.LOCAL))
    level = add(plan, ServiceLevel(initiative_id=initiative, title="Full", fte=Decimal(1), result_share=100))
    fund = add(plan, Fund(code="GF", title="General fund"))
    current = add(plan, Scenario(title="Now", kind=ScenarioKind.CURRENT, fiscal_year=2027))
    assert facts(plan).adopted() is not None
    old = add(plan, Scenario(title="Adopted 2026", kind=ScenarioKind.ADOPTED, fiscal_year=2026))
    new = add(
        plan, Scenario(title="Adopted 2027", kind=ScenarioKind.ADOPTED, fiscal_year=2027, furlough_days=5)
    )
    add(plan, FundChange(scenario_id=new, fund_id=fund, percent=Decimal(-10)))
    add(plan, Decision(scenario_id=new, initiative_id=initiative, service_level_id=level))
    found = facts(plan)
    held = found.adopted()
    assert held is not None
    assert held.id == new
    assert held.decisions == {initiative: level}
    assert held.fund_changes == (FundChangeFact(fund, Decimal(-10), 0),)
    assert held.furlough_days == 5
    assert {one.id for one in found.scenarios} == {current, old, new}


def test_weights_scores_and_contributions_are_told_as_they_stand(plan: Plan) -> None:
    recommendation = item(plan, "A1")
    initiative = add(plan, Initiative(code="I1", title="Desk", theme=Theme.LOCAL))
    add(plan, CriterionWeight(criterion=Criterion.DEMAND, weight=3))
    add(plan, Score(initiative_id=initiative, criterion=Criterion.DEMAND, value=4))
    add(
        plan,
        Contribution(initiative_id=initiative, source_item_id=recommendation, kind=ContributionKind.DIRECT),
    )
    found = facts(plan)
    assert found.weights == {Criterion.DEMAND: 3}
    assert found.scores == {initiative: {Criterion.DEMAND: 4}}
    (link,) = found.office.contributions
    assert (link.initiative_id, link.recommendation_id, link.kind) == (initiative, recommendation, "direct")


def test_partners_without_an_interval_are_not_counted_on(plan: Plan) -> None:
    add(plan, Partner(name="Nagoya", country="JP"))
    kept = add(plan, Partner(name="Izmir", country="TR", keep_in_touch=30))
    assert [one.id for one in facts(plan).office.partners] == [kept]
