"""The scenario comparison counts what planning counts, names what is lost, and searches only where it is wanted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cityplanner.base.errors import UserError
from cityplanner.base.language import language
from cityplanner.exchange.sample.data import SAMPLE_TODAY
from cityplanner.model.agreement import Agreement
from cityplanner.model.fund import Fund, FundAmount
from cityplanner.model.partner import Partner, Sensitivity
from cityplanner.model.scenario import Scenario, ScenarioKind
from cityplanner.planning.optimum.result import Contradiction, Solution
from cityplanner.planning.scenarios import outcome
from cityplanner.reports.blocks import (
    Briefing,
    CallOut,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Table,
    flatten,
    plain,
)
from cityplanner.reports.briefings.scenario_comparison.gather import ComparisonFacts, gather
from cityplanner.reports.briefings.scenario_comparison.kind import SCENARIO_COMPARISON
from cityplanner.reports.briefings.scenario_comparison.overview import summary
from cityplanner.reports.charts.description import BarChart, CurveChart
from cityplanner.reports.choices import Audience, Choices
from cityplanner.reports.voice import voice_of
from cityplanner.store import scenarios
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.records import records
from tests.reports.briefings.samples import below, cells, words

SEARCHED = frozenset({"best", "why"})
PLAIN = Choices(left_out=SEARCHED)
DEEPEST = "Twenty-five per cent less FY 2028"
SAY = language("en")


def compose(plan: Plan, choices: Choices = PLAIN) -> Briefing:
    return SCENARIO_COMPARISON.compose(plan, choices, SAMPLE_TODAY)


def tables(briefing: Briefing, heading: str) -> list[Table]:
    return [block for block in below(briefing, heading) if isinstance(block, Table)]


def lines(briefing: Briefing, heading: str) -> list[str]:
    lists = [block for block in below(briefing, heading) if isinstance(block, ListBlock)]
    return [plain(item.text) for block in lists for item in block.entries()]


def named(plan: Plan) -> dict[str, int]:
    with plan.reading() as session:
        return {one.title: one.id for one in records(session, Scenario)}


@pytest.fixture
def facts(sample: Plan) -> ComparisonFacts:
    return gather(sample, PLAIN, SAMPLE_TODAY)


@pytest.fixture
def briefing(sample: Plan) -> Briefing:
    return compose(sample)


def test_the_scenarios_stand_in_the_order_chosen(sample: Plan) -> None:
    known = named(sample)
    wanted = [DEEPEST, "Growth FY 2028", "Adopted budget FY 2027"]
    briefing = compose(sample, Choices(left_out=SEARCHED, scenarios=tuple(known[one] for one in wanted)))
    overview = next(block for block in briefing.blocks if isinstance(block, Table))
    assert [row[0] for row in cells(overview)] == wanted
    for table in tables(briefing, "What it costs"):
        assert [plain(column.heading) for column in table.columns[1:]] == wanted


def test_without_a_choice_the_first_five_are_compared(sample: Plan) -> None:
    with sample.edit("Copy") as edit:
        for number in range(2):
            scenarios.copy(edit, named(sample)[DEEPEST], f"Zz {number}")
    assert len(gather(sample, PLAIN, SAMPLE_TODAY).compared) == 5


def test_more_than_five_scenarios_are_refused_in_words(sample: Plan) -> None:
    with pytest.raises(UserError, match="Up to five scenarios can be compared, and 6 are chosen"):
        gather(sample, Choices(scenarios=(1, 2, 3, 4, 5, 6)), SAMPLE_TODAY)


def test_a_chosen_scenario_that_is_gone_is_passed_over(sample: Plan) -> None:
    key = named(sample)[DEEPEST]
    found = gather(sample, Choices(left_out=SEARCHED, scenarios=(key, 9999)), SAMPLE_TODAY)
    assert [one.scenario.id for one in found.compared] == [key]


def test_every_loss_against_the_scenario_that_holds_is_named(
    facts: ComparisonFacts, briefing: Briefing
) -> None:
    one = next(one for one in facts.compared if one.scenario.name == DEEPEST)
    assert one.lost is not None
    said = lines(briefing, f"What “{DEEPEST}” loses")
    office = facts.plan.office
    codes = {item.id: item.code for item in office.recommendations}
    gone = [line for line in said if line.endswith("is no longer covered.")]
    assert [line.split()[0] for line in gone] == [
        codes[loss.recommendation_id] for loss in one.lost.uncovered
    ]
    titles = {item.id: item.title for item in office.initiatives}
    assert {f"{titles[key]} stops." for key in one.lost.stopped_ids} <= set(said)
    assert {f"No initiative serves Goal {goal} any more." for goal in one.lost.sdgs} <= set(said)
    assert one.lost.uncovered
    assert one.lost.stopped_ids
    assert one.lost.sdgs
    assert one.lost.agreement_ids


def test_partners_that_fall_silent_and_agreements_are_named_where_they_may_be(sample: Plan) -> None:
    whole = gather(sample, Choices(left_out=SEARCHED, audience=Audience.INTERNAL), SAMPLE_TODAY)
    one = next(one for one in whole.compared if one.scenario.name == DEEPEST)
    assert one.lost is not None
    silent, idle = one.lost.silent_partner_ids[0], one.lost.agreement_ids[0]
    with sample.edit("Hide") as edit:
        for partner in records(edit, Partner):
            open_one = Sensitivity.CONFIDENTIAL if partner.id == silent else Sensitivity.PUBLIC
            partner.sensitivity = open_one
            partner.name = "ZzSilent" if partner.id == silent else partner.name
        for deed in records(edit, Agreement):
            deed.sensitivity = Sensitivity.INTERNAL if deed.id == idle else Sensitivity.PUBLIC
            deed.title = "ZzDeed" if deed.id == idle else deed.title
    public = compose(sample)
    assert "Zz" not in words(public)
    assert "2 records that are not public were left out." in words(public)
    assert f"{len(one.lost.silent_partner_ids)} partners falling silent" in words(public)
    inside = lines(
        compose(sample, Choices(left_out=SEARCHED, audience=Audience.INTERNAL)), f"What “{DEEPEST}” loses"
    )
    assert "Nobody has hours left for ZzSilent." in inside
    assert "No initiative carries out ZzDeed any more." in inside


def test_the_executive_briefing_names_no_silent_partner_that_is_not_public_either(sample: Plan) -> None:
    from cityplanner.reports.briefings.executive.gather import gather as gather_executive

    with sample.edit("Hide") as edit:
        for partner in records(edit, Partner):
            partner.sensitivity = Sensitivity.CONFIDENTIAL
    found = gather_executive(sample, Choices(), SAMPLE_TODAY)
    one = next(one for one in found.compared if one.scenario.name == DEEPEST)
    assert one.lost is not None
    assert one.lost.silent_partner_ids
    assert one.named is not None
    assert one.named.silent_partner_ids == ()


def test_what_the_other_one_loses_in_return_is_told(facts: ComparisonFacts, briefing: Briefing) -> None:
    paragraphs = [
        plain(block.text)
        for block in below(briefing, "What “Growth FY 2028” loses")
        if isinstance(block, Paragraph)
    ]
    assert any(text.startswith("In return the other one loses: ") for text in paragraphs)


def test_each_breakdown_adds_up_to_the_same_total(facts: ComparisonFacts, briefing: Briefing) -> None:
    wanted = ["Total", *(SAY.money(one.outcome.total, "USD") for one in facts.compared)]
    found = tables(briefing, "What it costs")
    assert len(found) == 4
    for table in found:
        assert table.total is not None
        assert list(table.total) == wanted


def test_a_fund_says_what_is_asked_and_what_is_left(facts: ComparisonFacts, briefing: Briefing) -> None:
    table = tables(briefing, "By fund")[0]
    total = facts.compared[0].outcome.funds[0]
    asked, left = SAY.money(total.needed, "USD"), SAY.money(total.gap, "USD")
    assert cells(table)[0][1] == f"{asked}, {left} left"


def test_a_scenario_that_does_not_balance_says_by_how_much_and_which_levels_would_close_it(
    sample: Plan,
) -> None:
    key = named(sample)["Current service level FY 2028"]
    with sample.edit("Cut") as edit:
        fund = next(one for one in records(edit, Fund) if one.title == "General Fund")
        for amount in records(edit, FundAmount):
            if amount.fund_id == fund.id and amount.fiscal_year == 2028:
                amount.amount -= 5_000_000
    found = gather(sample, PLAIN, SAMPLE_TODAY)
    one = next(one for one in found.compared if one.scenario.id == key)
    assert not one.outcome.ready
    briefing = compose(sample)
    over = SAY.money(one.outcome.over[0].over, "USD")
    assert f"General Fund is over its amount by {over}." in lines(briefing, "Current service level FY 2028")
    moves = tables(briefing, "Current service level FY 2028")[0]
    assert len(moves.rows) == len(found.closing[key].moves) > 0
    assert f"{over} over" in words(briefing)


def test_coverage_by_theme_is_that_of_planning_and_the_bars_show_where_it_differs(
    facts: ComparisonFacts, briefing: Briefing
) -> None:
    table = tables(briefing, "Coverage by theme")[0]
    themes = [group for group in facts.compared[0].outcome.coverage.themes if group.supported]
    assert [row[0].casefold() for row in cells(table)] == [group.key for group in themes]
    for row, group in zip(cells(table), themes, strict=True):
        assert row[1] == SAY.percent(float(group.coverage or 0))
    chart = next(block.chart for block in below(briefing, "Coverage by theme") if isinstance(block, Figure))
    assert isinstance(chart, BarChart)
    assert len(chart.series) == len(facts.compared)
    assert all(len({one.values[at] for one in chart.series}) > 1 for at in range(len(chart.categories)))


def test_every_initiative_stands_once_those_that_differ_first(
    facts: ComparisonFacts, briefing: Briefing
) -> None:
    differ, alike = tables(briefing, "Service levels")
    assert len(differ.rows) + len(alike.rows) == len(facts.plan.office.initiatives)
    assert all(len(set(row[1:])) > 1 for row in cells(differ))


def test_the_best_plan_is_sought_for_the_first_reduction_chosen(sample: Plan) -> None:
    known = named(sample)
    chosen = tuple(known[one] for one in ("Growth FY 2028", DEEPEST, "Ten per cent less FY 2028"))
    found = gather(sample, Choices(left_out=SEARCHED, scenarios=chosen), SAMPLE_TODAY)
    assert found.base is not None
    assert found.base.scenario.name == DEEPEST


def test_the_best_plan_is_proven_and_at_least_as_good_as_the_scenario(sample: Plan) -> None:
    found = gather(sample, Choices(), SAMPLE_TODAY)
    briefing = compose(sample, Choices())
    assert found.searched is not None
    assert found.base is not None
    best = found.searched.study.found
    assert isinstance(best, Solution)
    assert best.proven
    own = found.base.outcome.coverage.office.coverage
    assert best.coverage is not None
    assert own is not None
    assert best.coverage >= own
    box = next(block for block in below(briefing, "The best plan") if isinstance(block, CallOut))
    assert box.title == f"Coverage {SAY.percent(float(best.coverage))}: proven optimal."
    chart = next(block.chart for block in below(briefing, "The best plan") if isinstance(block, Figure))
    assert isinstance(chart, CurveChart)
    assert [mark.label for mark in chart.marks] == ["Best plan", found.base.scenario.name]
    told = found.searched.study.told
    assert told is not None
    reasons = tables(briefing, "Why the rest is not fuller")[0]
    assert len(reasons.rows) == len(told.reasons)
    assert len(lines(briefing, "What more would buy")) >= len(told.worth) > 0
    after = outcome(found.plan.office, found.searched.problem.scenario)
    assert after.scenario_id == found.base.scenario.id


def test_nothing_is_searched_where_its_sections_are_left_out(
    sample: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_given: object, **_also: object) -> None:
        raise AssertionError("a search was made")

    module = "cityplanner.reports.briefings.scenario_comparison.gather"
    monkeypatch.setattr(f"{module}.study_in_child", never)
    headings = {plain(one.text) for one in flatten(compose(sample).blocks) if isinstance(one, Heading)}
    assert "The best plan" not in headings


def test_limits_that_contradict_each_other_are_named(sample: Plan) -> None:
    with sample.edit("Cut") as edit:
        for amount in records(edit, FundAmount):
            amount.amount = 100
    found = gather(sample, Choices(), SAMPLE_TODAY)
    assert found.searched is not None
    assert isinstance(found.searched.study.found, Contradiction)
    said = words(compose(sample, Choices()))
    assert "No plan keeps to all limits." in said
    assert "Loosen any one of them: without it the others can be kept." in said


def test_without_an_adopted_scenario_the_current_service_level_is_what_losses_count_against(
    facts: ComparisonFacts,
) -> None:
    current = next(one for one in facts.compared if one.scenario.kind == ScenarioKind.CURRENT)
    found = summary(replace(facts, holding=current), voice_of(facts.office, SAY))
    said = [plain(block.text) for block in found if isinstance(block, Paragraph)]
    name = "Current service level FY 2028"
    assert said[1] == f"None is adopted; losses are counted against the current service level “{name}”."


def test_the_years_begin_with_the_year_that_holds_and_carry_the_scenario_forward(
    facts: ComparisonFacts, briefing: Briefing
) -> None:
    assert [one.fiscal_year for one in facts.years] == [2027, 2028, 2029, 2030]
    assert [one.carried for one in facts.years] == [False, False, True, True]
    table = tables(briefing, "The years ahead")[0]
    assert [plain(column.heading) for column in table.columns[1:]] == ["2027", "2028", "2029", "2030"]


def test_the_adoption_is_told_with_its_day(facts: ComparisonFacts, briefing: Briefing) -> None:
    adopted = next(one for one in facts.records.values() if one.adopted_at)
    rows = {row[0]: row for row in cells(tables(briefing, "What the scenarios assume")[0])}
    assert adopted.adopted_at is not None
    assert str(adopted.adopted_at.year) in rows["Adopted"][1]


def test_a_plan_without_a_scenario_says_so(plan: Plan) -> None:
    briefing = compose(plan, Choices())
    assert "There is no budget scenario yet." in words(briefing)
    assert not [block for block in flatten(briefing.blocks) if isinstance(block, Heading)]
