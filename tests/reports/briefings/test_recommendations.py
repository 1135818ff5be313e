"""The recommendations briefing holds every item with its answer, and says where the chain breaks."""

from __future__ import annotations

import pytest

from cityplanner.exchange.sample.data import SAMPLE_TODAY
from cityplanner.model.recommendation import Answer, Response
from cityplanner.model.roundtable import ItemLink, LinkKind, SourceItem
from cityplanner.reports.blocks import Briefing, Figure, ListBlock, Table, flatten, plain
from cityplanner.reports.briefings.recommendations.gather import RecommendationFacts, gather
from cityplanner.reports.briefings.recommendations.kind import RECOMMENDATIONS
from cityplanner.reports.charts.description import MatrixChart
from cityplanner.reports.choices import Choices
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.records import records
from tests.reports.briefings.samples import below, cells


@pytest.fixture
def facts(sample: Plan) -> RecommendationFacts:
    return gather(sample, Choices(), SAMPLE_TODAY)


@pytest.fixture
def briefing(sample: Plan) -> Briefing:
    return RECOMMENDATIONS.compose(sample, Choices(), SAMPLE_TODAY)


def test_every_source_item_stands_in_the_answers_once(sample: Plan, briefing: Briefing) -> None:
    tables = [block for block in below(briefing, "The office's answers") if isinstance(block, Table)]
    listed = [row[0].split()[0] for table in tables for row in cells(table)]
    with sample.reading() as session:
        assert sorted(listed) == sorted(one.code for one in records(session, SourceItem))


def test_the_answer_and_the_weight_are_those_of_the_office(sample: Plan, briefing: Briefing) -> None:
    tables = [block for block in below(briefing, "The office's answers") if isinstance(block, Table)]
    rows = {row[0].split()[0]: row for table in tables for row in cells(table)}
    with sample.reading() as session:
        items = {one.id: one.code for one in records(session, SourceItem)}
        for answer in records(session, Answer):
            row = rows[items[answer.source_item_id]]
            assert row[2].casefold() == answer.response
            assert row[3] == ("–" if answer.weight is None else str(answer.weight))


def test_a_gap_lists_what_the_board_finds(facts: RecommendationFacts, briefing: Briefing) -> None:
    listed = [
        plain(item.text).split()[0]
        for block in below(briefing, "Gaps")
        if isinstance(block, ListBlock)
        for item in block.entries()
    ]
    assert sorted(listed) == sorted(one.code for one in facts.supported() for _gap in one.gaps)
    assert listed


def test_the_earlier_roundtable_stands_first_in_every_link(sample: Plan, facts: RecommendationFacts) -> None:
    assert all(link.earlier.place <= link.later.place for link in facts.links)
    with sample.reading() as session:
        assert len(facts.links) == len(records(session, ItemLink))


def test_tensions_are_told_apart_from_evolution(facts: RecommendationFacts, briefing: Briefing) -> None:
    table = next(block for block in below(briefing, "Tensions to weigh") if isinstance(block, Table))
    assert len(table.rows) == sum(link.kind is LinkKind.TENSION for link in facts.links)


def test_the_matrix_holds_every_contribution_to_a_supported_item(
    facts: RecommendationFacts, briefing: Briefing
) -> None:
    figures = [block.chart for block in flatten(briefing.blocks) if isinstance(block, Figure)]
    chart = next(one for one in figures if isinstance(one, MatrixChart))
    shown = sum(cell is not None for row in chart.cells for cell in row)
    assert shown == sum(len(one.covers) for one in facts.supported())


def test_an_item_that_loses_its_support_leaves_the_gaps(sample: Plan, facts: RecommendationFacts) -> None:
    broken = next(one for one in facts.supported() if one.gaps)
    with sample.edit("Answer") as edit:
        for answer in records(edit, Answer):
            if answer.source_item_id == broken.id:
                answer.response = Response.NOTED
    after = RECOMMENDATIONS.compose(sample, Choices(), SAMPLE_TODAY)
    listed = [
        plain(item.text).split()[0]
        for block in below(after, "Gaps")
        if isinstance(block, ListBlock)
        for item in block.entries()
    ]
    assert broken.code not in listed
