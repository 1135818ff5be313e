"""The executive briefing says what the plan says, in every script, and nothing that is not public."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from cityplanner.base.errors import UserError
from cityplanner.base.language import language
from cityplanner.exchange.sample.data import SAMPLE_TODAY
from cityplanner.model.engagement import Engagement, EngagementStatus
from cityplanner.model.office import Office
from cityplanner.model.partner import Partner, Sensitivity
from cityplanner.reports.blocks import (
    Block,
    Briefing,
    CallOut,
    Figure,
    Heading,
    KeyFacts,
    Paragraph,
    Table,
    as_cell,
    flatten,
    plain,
)
from cityplanner.reports.briefings.executive.gather import ExecutiveFacts, gather
from cityplanner.reports.choices import Choices, Paper
from cityplanner.reports.kinds import kind_named, kinds
from cityplanner.reports.pdf.read_back import read
from cityplanner.reports.report import write_report
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.records import records
from tests.reports.pdf.test_conformance import failures


@pytest.fixture
def facts(sample: Plan) -> ExecutiveFacts:
    return gather(sample, Choices(), SAMPLE_TODAY)


@pytest.fixture
def briefing(sample: Plan) -> Briefing:
    return kind_named("executive").compose(sample, Choices(), SAMPLE_TODAY)


def below(briefing: Briefing, heading: str) -> list[Block]:
    """The blocks between a heading and the next one."""
    found: list[Block] = []
    inside = False
    for block in flatten(briefing.blocks):
        if isinstance(block, Heading):
            inside = plain(block.text) == heading
        elif inside:
            found.append(block)
    return found


def cells(table: Table) -> list[list[str]]:
    return [[plain(as_cell(cell).text) for cell in row] for row in table.rows]


def test_the_glance_counts_what_is_in_the_plan(
    sample: Plan, facts: ExecutiveFacts, briefing: Briefing
) -> None:
    with sample.reading() as session:
        partners = records(session, Partner)
    lead = next(block for block in briefing.blocks if isinstance(block, Paragraph))
    assert (
        f"{len(partners)} partners in {len({p.country for p in partners if p.country})} countries"
        in plain(lead.text)
    )
    cards = next(block for block in briefing.blocks if isinstance(block, KeyFacts))
    shown = {fact.label: fact.value for fact in cards.facts}
    assert shown["Engagements"] == str(facts.year.engagements)
    assert shown["Commitments overdue"] == str(facts.year.overdue_count)


def test_the_months_add_up_to_the_engagements_of_the_year(facts: ExecutiveFacts) -> None:
    assert sum(one.present + one.distant for one in facts.year.months) == facts.year.engagements
    assert sum(count for _format, count in facts.year.formats) == facts.year.engagements


def test_every_theme_of_a_supported_recommendation_stands_in_the_chart(
    facts: ExecutiveFacts, briefing: Briefing
) -> None:
    figure = next(
        block for block in below(briefing, "Coverage of the recommendations") if isinstance(block, Figure)
    )
    themes = {item.theme for item in facts.plan.office.recommendations if item.supported}
    assert {row.label.casefold() for row in figure.chart.rows} == themes  # type: ignore[union-attr]


def test_what_is_not_covered_lists_the_supported_recommendations_below_one_half(
    facts: ExecutiveFacts, briefing: Briefing
) -> None:
    shares = {one.recommendation_id: one.coverage for one in facts.coverage.recommendations}
    open_codes = {
        item.code
        for item in facts.plan.office.recommendations
        if item.supported and shares[item.id] < Fraction(1, 2)
    }
    table = next(block for block in below(briefing, "What is not covered") if isinstance(block, Table))
    assert {row[0].split()[0] for row in cells(table)} == open_codes
    assert open_codes


def test_each_scenario_stands_in_the_comparison_with_its_own_result(
    facts: ExecutiveFacts, briefing: Briefing
) -> None:
    table = next(
        block for block in below(briefing, "Budget scenarios side by side") if isinstance(block, Table)
    )
    rows = {row[0]: row for row in cells(table)}
    assert set(rows) == {one.scenario.name for one in facts.compared}
    say = language("en")
    for one in facts.compared:
        assert rows[one.scenario.name][2] == say.money(one.outcome.total, "USD")
        assert rows[one.scenario.name][6] == ("yes" if one.outcome.ready else "no")


def test_a_cut_names_what_it_loses(briefing: Briefing) -> None:
    headings = [plain(block.text) for block in flatten(briefing.blocks) if isinstance(block, Heading)]
    deepest = next(text for text in headings if "loses" in text and "five" in text.casefold())
    summary = next(block for block in below(briefing, deepest) if isinstance(block, Paragraph))
    assert "stopped" in plain(summary.text)


def test_what_is_not_public_is_counted_but_not_named(sample: Plan) -> None:
    facts = gather(sample, Choices(), SAMPLE_TODAY)
    named = facts.year.notable[0].title
    with sample.edit("Hide") as edit:
        for one in records(edit, Engagement):
            if one.title == named:
                one.sensitivity = Sensitivity.CONFIDENTIAL
    after = gather(sample, Choices(), SAMPLE_TODAY)
    assert named not in {one.title for one in after.year.notable}
    assert after.year.engagements == facts.year.engagements
    assert after.withheld > facts.withheld


def test_a_visit_that_was_cancelled_is_no_engagement_of_the_year(sample: Plan) -> None:
    facts = gather(sample, Choices(), SAMPLE_TODAY)
    with sample.edit("Cancel") as edit:
        one = next(one for one in records(edit, Engagement) if one.title == facts.year.notable[0].title)
        one.status = EngagementStatus.CANCELLED
    after = gather(sample, Choices(), SAMPLE_TODAY)
    assert after.year.engagements == facts.year.engagements - 1
    assert sum(one.present + one.distant for one in after.year.months) == after.year.engagements


def test_a_partner_that_is_not_public_is_not_named_beside_an_engagement_or_a_promise(sample: Plan) -> None:
    with sample.edit("Hide all") as edit:
        for partner in records(edit, Partner):
            partner.sensitivity = Sensitivity.INTERNAL
    facts = gather(sample, Choices(), SAMPLE_TODAY)
    assert all(not one.partners for one in facts.year.notable)
    assert facts.year.overdue == ()
    assert facts.year.overdue_count > 0


def test_an_empty_plan_gives_a_whole_briefing_that_says_what_is_missing(plan: Plan, tmp_path: Path) -> None:
    briefing = kind_named("executive").compose(plan, Choices(), SAMPLE_TODAY)
    notes = [block.title for block in flatten(briefing.blocks) if isinstance(block, CallOut)]
    assert "There is no initiative yet." in notes
    assert write_report("executive", plan, tmp_path / "empty.pdf", today=SAMPLE_TODAY) >= 1


def test_a_plan_without_an_office_says_what_to_do(plan: Plan) -> None:
    with plan.edit("Remove") as edit:
        for office in records(edit, Office):
            edit.remove(office)
    with pytest.raises(UserError, match="no office"):
        kind_named("executive").compose(plan, Choices(), SAMPLE_TODAY)


def test_an_unknown_kind_names_the_kinds_there_are(plan: Plan) -> None:
    with pytest.raises(UserError, match="executive"):
        kind_named("glossy")
    assert "executive" in kinds()


def test_two_runs_give_equal_bytes(sample: Plan, tmp_path: Path) -> None:
    for name in ("one.pdf", "two.pdf"):
        write_report("executive", sample, tmp_path / name, today=SAMPLE_TODAY)
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_names_in_any_script_and_texts_that_look_like_mark_up_print_as_themselves(
    sample: Plan, tmp_path: Path
) -> None:
    names = ("名古屋市役所", "بلدية بيروت", "Δήμος Αθηναίων", "<b>R&D</b> <img src=x>", "Thành phố Đà Nẵng")
    with sample.edit("Rename") as edit:
        facts = gather(sample, Choices(), SAMPLE_TODAY)
        wanted = {one.partner for one in facts.year.overdue}
        known = [partner for partner in records(edit, Partner) if partner.name in wanted]
        for partner, name in zip(known, names, strict=False):
            partner.name = name
    write_report("executive", sample, tmp_path / "scripts.pdf", today=SAMPLE_TODAY)
    text = read(tmp_path / "scripts.pdf").text
    for _partner, name in zip(known, names, strict=False):
        assert name in text


@pytest.mark.parametrize("paper", Paper)
def test_the_briefing_is_two_to_six_pages_long(sample: Plan, tmp_path: Path, paper: Paper) -> None:
    pages = write_report("executive", sample, tmp_path / "b.pdf", Choices(paper=paper), today=SAMPLE_TODAY)
    assert 2 <= pages <= 6


@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_the_briefing_of_the_sample_plan_is_accessible_and_archival(
    sample: Plan, tmp_path: Path, profile: str
) -> None:
    write_report("executive", sample, tmp_path / "b.pdf", today=SAMPLE_TODAY)
    assert failures(tmp_path / "b.pdf", profile) == []
