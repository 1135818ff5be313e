"""An initiative in one place: what it answers, costs and achieves, with a chart for each indicator."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
import time_machine
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cityplanner.model.engagement import Commitment, Engagement, EngagementInitiative
from cityplanner.model.indicator import Indicator, IndicatorKind, Measurement
from cityplanner.model.initiative import (
    BudgetLine,
    Contribution,
    ContributionKind,
    Initiative,
    InitiativePartner,
    InitiativeStatus,
    Milestone,
    MilestoneStatus,
    ServiceLevel,
)
from cityplanner.model.partner import Partner
from cityplanner.model.roundtable import SourceItem, Theme
from cityplanner.model.scenario import Decision, Scenario, ScenarioKind
from cityplanner.planning.indicators import Standing
from cityplanner.store.plan_file import Plan
from cityplanner.ui.context import Context
from cityplanner.ui.pages.initiative_facts import InitiativeFacts, read_initiative
from cityplanner.ui.pages.initiative_overview import InitiativeOverview
from cityplanner.ui.pages.records import RecordPage
from tests.builders import make

TODAY = dt.date(2026, 11, 2)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(dt.datetime(2026, 11, 2, 15, tzinfo=dt.UTC), tick=True):
        yield


@pytest.fixture
def initiative(plan: Plan) -> int:
    """An initiative with something of everything."""
    with plan.edit("Make") as edit:
        one = Initiative(
            code="LE-1",
            title="Firms abroad",
            theme=Theme.LOCAL,
            status=InitiativeStatus.SUSPENDED,
            status_reason="No staff",
            lead="A. Reyes",
            starts_on=dt.date(2024, 1, 1),
            sdgs=("8", "16.b", "8.3"),
            objective="Help small firms.",
            equity_served="Firms of newcomers",
        )
        edit.add(one)
        edit.flush()
        key = one.id
        partner = make(edit, Partner, full=False, name="Chamber", city="Bremen", country="DE").id
        edit.add(InitiativePartner(initiative_id=key, partner_id=partner))
        item = make(edit, SourceItem, full=False, code="R-1", title="Work with firms").id
        edit.add(
            Contribution(initiative_id=key, source_item_id=item, kind=ContributionKind.DIRECT, note="Core")
        )
        for title, status, day in (
            ("Fair held", MilestoneStatus.REACHED, dt.date(2025, 5, 1)),
            ("Desk open", MilestoneStatus.PENDING, dt.date(2026, 10, 1)),
        ):
            edit.add(Milestone(initiative_id=key, title=title, status=status, due_on=day))
        level = ServiceLevel(initiative_id=key, title="Full", fte=Decimal("0.5"), result_share=100)
        edit.add(level)
        edit.flush()
        fund = make(edit, BudgetLine, full=False, service_level_id=level.id, amount=1_000_000).fund_id
        edit.add(BudgetLine(service_level_id=level.id, fund_id=fund, amount=500_000, note="Travel"))
        plain = Scenario(title="Now", kind=ScenarioKind.CURRENT, fiscal_year=2027)
        grown = Scenario(title="Later", kind=ScenarioKind.GROWTH, fiscal_year=2028, cost_growth=Decimal(10))
        edit.add_all([plain, grown])
        edit.flush()
        edit.add(Decision(scenario_id=grown.id, initiative_id=key, service_level_id=level.id))
        meeting = make(edit, Engagement, full=False).id
        edit.add(EngagementInitiative(engagement_id=meeting, initiative_id=key))
        edit.add(Commitment(text="Send the list", partner_id=partner, engagement_id=meeting, owner="B. Sato"))
        _indicators(edit, key)
    return key


def _indicators(edit: object, key: int) -> None:
    firms = Indicator(
        initiative_id=key, title="Firms with an order", unit="firms", kind=IndicatorKind.CUMULATIVE,
        baseline=Decimal(0), baseline_on=dt.date(2024, 6, 30), target=Decimal(100),
        target_on=dt.date(2027, 6, 30),
    )  # fmt: skip
    bare = Indicator(initiative_id=key, title="Satisfaction", kind=IndicatorKind.PERCENTAGE)
    edit.add_all([firms, bare])  # type: ignore[attr-defined]
    edit.flush()  # type: ignore[attr-defined]
    for day, value in ((dt.date(2025, 6, 30), 30), (dt.date(2026, 6, 30), 40)):
        for group, part in (("", value), ("New", value - 20), ("Old", 20)):
            edit.add(  # type: ignore[attr-defined]
                Measurement(indicator_id=firms.id, measured_on=day, value=Decimal(part), group=group)
            )


def read(plan: Plan, key: int) -> InitiativeFacts:
    facts = read_initiative(plan, key, TODAY, "USD")
    assert facts is not None
    return facts


def rows(facts: InitiativeFacts, name: str) -> list[tuple[str, str]]:
    return [(row.title, row.detail) for row in getattr(facts, name)]


def test_the_head_says_theme_lead_goals_and_targets_status_and_reason(plan: Plan, initiative: int) -> None:
    facts = read(plan, initiative)
    assert facts.lines == (
        "Local engagement · led by A. Reyes · since Jan 1, 2024",
        "SDG goals 8, 16 · targets 16.b, 8.3",
    )
    assert (facts.status, facts.reason) == ("Status: suspended", "No staff")
    assert facts.equity[0] == ("Who is served", "Firms of newcomers")
    assert facts.progress == (
        "1 of 2 milestones reached · 1 late · 40% of the way to the targets · 1 indicator behind"
    )
    assert facts.behind


def test_each_section_leads_to_its_records(plan: Plan, initiative: int) -> None:
    facts = read(plan, initiative)
    assert rows(facts, "recommendations") == [("R-1 Work with firms", "Direct contribution, 100% · Core")]
    assert rows(facts, "partners")[0][0] == "Chamber"
    assert [row.pressing for row in facts.milestones] == [False, True]
    assert rows(facts, "levels") == [("Full", "keeps 100% of the result · 0.5 FTE · $15,000")]
    assert rows(facts, "commitments") == [("Send the list", "Ours · No day is set · B. Sato")]


def test_money_is_told_by_scenario_with_growth(plan: Plan, initiative: int) -> None:
    assert rows(read(plan, initiative), "money") == [
        ("Later", "$16,500 · level “Full” · growth · fiscal year 2028"),
        ("Now", "does not run · current service level · fiscal year 2027"),
    ]


def test_an_indicator_has_its_chart_against_the_path_and_its_groups_stacked(
    plan: Plan, initiative: int
) -> None:
    firms, bare = read(plan, initiative).results
    assert firms.standing is Standing.BEHIND
    assert firms.row.detail == (
        "40 firms on Jun 30, 2026 · target 100 firms · 40% of the way · Behind the target path · cumulative"
    )
    assert firms.chart is not None
    assert list(firms.chart.steps) == ["Jun 2024", "Jun 2025", "Jun 2026", "Jun 2027"]
    assert list(firms.chart.series[0].values) == [0, 30, 40, None]
    assert firms.chart.path is not None
    assert firms.chart.path.values[-1] == 100
    assert firms.groups is not None
    assert firms.groups.stacked
    assert [one.label for one in firms.groups.series] == ["New", "Old"]
    assert (bare.chart, bare.groups, bare.standing) == (None, None, Standing.UNMEASURED)


def test_groups_that_overlap_stand_side_by_side_and_it_is_said(plan: Plan, initiative: int) -> None:
    with plan.edit("Change") as edit:
        edit.get_one(Measurement, 2).value = Decimal(29)
    firms = read(plan, initiative).results[0]
    assert firms.groups is not None
    assert not firms.groups.stacked
    assert firms.groups_alt.endswith("the groups do not add up to the whole")


def test_shares_of_groups_stand_side_by_side_because_they_do_not_add_up(plan: Plan, initiative: int) -> None:
    with plan.edit("Change") as edit:
        edit.get_one(Indicator, 1).kind = IndicatorKind.PERCENTAGE
    groups = read(plan, initiative).results[0].groups
    assert groups is not None
    assert not groups.stacked


def test_a_running_total_that_fell_is_pointed_out(plan: Plan, initiative: int) -> None:
    with plan.edit("Add") as edit:
        edit.add(Measurement(indicator_id=1, measured_on=dt.date(2026, 9, 30), value=Decimal(35)))
    assert "went down on Sep 30, 2026" in read(plan, initiative).results[0].warning


def test_one_without_anything_says_what_to_do(plan: Plan) -> None:
    with plan.edit("Make") as edit:
        edit.add(Initiative(code="X-1", title="Bare", theme=Theme.LOCAL))
    facts = read(plan, 1)
    assert facts.progress == "No milestone and no measurement yet."
    assert facts.lines == ("Local engagement",)
    assert read_initiative(plan, 99, TODAY, "USD") is None


# --- the page ---


@pytest.fixture
def page(qtbot: QtBot, context: Context, initiative: int) -> InitiativeOverview:
    made = InitiativeOverview(context)
    qtbot.addWidget(made)
    made.resize(700, 900)
    made.show()
    made.show_record(initiative)
    qtbot.waitUntil(lambda: made.facts is not None)
    return made


def test_it_shows_a_chart_that_reads_out_its_words_and_turns_into_a_table(
    qtbot: QtBot, page: InitiativeOverview
) -> None:
    views = page.charts[0].charts
    assert views[0].canvas.accessibleName().startswith("Firms with an order: 40 firms on")
    QTest.keyClick(views[0].turn, Qt.Key.Key_Space)
    assert [list(row) for row in views[0].rows][-1] == ["Jun 2027", "", "100"]
    assert page.charts[1].charts == []


def test_it_follows_changes_and_keeps_charts_that_did_not_change(
    qtbot: QtBot, context: Context, page: InitiativeOverview, initiative: int
) -> None:
    before = page.charts
    with context.plan.edit("Rename") as edit:
        edit.get_one(Initiative, initiative).title = "Other"
    qtbot.waitUntil(lambda: page.title.text() == "LE-1 Other")
    assert page.charts is before
    with context.plan.edit("Measure") as edit:
        edit.add(Measurement(indicator_id=1, measured_on=dt.date(2026, 9, 30), value=Decimal(90)))
    qtbot.waitUntil(lambda: page.charts is not before)


def test_rows_open_their_records_by_key(qtbot: QtBot, context: Context, page: InitiativeOverview) -> None:
    seen: list[tuple[str, int]] = []
    context.opened.connect(lambda table, key: seen.append((table, key)))
    for name in ("recommendations", "levels"):
        section = page.sections[name].list
        section.setCurrentRow(0)
        QTest.keyClick(section, Qt.Key.Key_Return)
    page.charts[0].head.setCurrentRow(0)
    QTest.keyClick(page.charts[0].head, Qt.Key.Key_Return)
    assert [table for table, _key in seen] == ["source_item", "service_level", "indicator"]


def test_the_page_of_initiatives_has_it(qtbot: QtBot, context: Context, initiative: int) -> None:
    page = RecordPage(context, Initiative)
    qtbot.addWidget(page)
    page.show()
    page.show_record(initiative)
    qtbot.waitUntil(lambda: page.record_id == initiative)
    assert isinstance(page.detail.overview, InitiativeOverview)
