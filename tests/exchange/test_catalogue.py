"""The shipped catalog in a plan: written once, brought up to date, never in the way of the office's own work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from cityplanner.exchange.catalogue import install_catalogue
from cityplanner.model.initiative import Contribution, ContributionKind, Initiative
from cityplanner.model.recommendation import Answer, Response
from cityplanner.model.roundtable import (
    ItemLink,
    LinkKind,
    Origin,
    Roundtable,
    Section,
    SourceItem,
    Support,
    Theme,
)
from cityplanner.planning.catalogue import (
    Catalogue,
    CatalogueItem,
    CatalogueRoundtable,
    CatalogueSection,
    read_catalogue,
)
from cityplanner.store.plan_file import Plan, create_plan


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Plan]:
    with create_plan(tmp_path / "office.cityplan", user="A tester") as plan:
        yield plan


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue()


def count(plan: Plan, noun: type) -> int:
    with plan.reading() as session:
        return session.scalar(select(func.count()).select_from(noun)) or 0


def item(plan: Plan, number: int) -> SourceItem:
    with plan.reading() as session:
        return session.scalars(select(SourceItem).where(SourceItem.number == number)).one()


def newer(catalogue: Catalogue, change: Callable[[CatalogueItem], CatalogueItem | None]) -> Catalogue:
    """The next version of a catalog, with its items changed, or left out where `change` returns None."""

    def of_section(section: CatalogueSection) -> CatalogueSection:
        changed = [found for one in section.items if (found := change(one)) is not None]
        return replace(section, items=tuple(changed))

    def of_table(table: CatalogueRoundtable) -> CatalogueRoundtable:
        return replace(table, sections=tuple(of_section(one) for one in table.sections))

    tables = tuple(of_table(table) for table in catalogue.roundtables)
    held = {one.code for table in tables for part in table.sections for one in part.items}
    links = tuple(link for link in catalogue.links if {link.from_code, link.to_code} <= held)
    return replace(catalogue, version=catalogue.version + 1, roundtables=tables, links=links)


def test_the_whole_catalogue_is_written_with_its_origin(plan: Plan, catalogue: Catalogue) -> None:
    change = install_catalogue(plan, catalogue)
    assert change is not None
    assert change.tables == {"roundtable", "section", "source_item", "item_link"}
    assert count(plan, SourceItem) == len(catalogue.items) == 52
    assert count(plan, ItemLink) == len(catalogue.links)
    assert count(plan, Section) == sum(len(table.sections) for table in catalogue.roundtables)
    with plan.reading() as session:
        assert set(session.scalars(select(Roundtable.origin))) == {Origin.SHIPPED}


def test_a_second_run_with_the_same_catalogue_changes_nothing(plan: Plan, catalogue: Catalogue) -> None:
    install_catalogue(plan, catalogue)
    assert install_catalogue(plan, catalogue) is None


def test_a_newer_catalogue_changes_texts_and_nothing_else(plan: Plan, catalogue: Catalogue) -> None:
    install_catalogue(plan, catalogue)
    before = item(plan, 42)
    change = install_catalogue(
        plan, newer(catalogue, lambda one: replace(one, title="Newly worded") if one.number == 42 else one)
    )
    assert change is not None
    assert [(row.table, row.record_id) for row in change.rows] == [("source_item", before.id)]
    assert item(plan, 42).title == "Newly worded"
    assert item(plan, 42).uid == before.uid


def test_answers_and_contributions_stay_when_the_texts_change(plan: Plan, catalogue: Catalogue) -> None:
    install_catalogue(plan, catalogue)
    number = item(plan, 42).id
    with plan.edit("Answer") as edit:
        initiative = Initiative(code="A", title="Consular desk", theme=Theme.LOCAL)
        edit.add(initiative)
        edit.add(Answer(source_item_id=number, response=Response.SUPPORTED, weight=5, rationale="Ours"))
        edit.flush()
        edit.add(
            Contribution(
                initiative_id=initiative.id, source_item_id=number, kind=ContributionKind.DIRECT, note="Ours"
            )
        )
    install_catalogue(
        plan, newer(catalogue, lambda one: replace(one, text="New. Text.") if one.number == 42 else one)
    )
    with plan.reading() as session:
        answer = session.scalars(select(Answer)).one()
        contribution = session.scalars(select(Contribution)).one()
    assert (answer.source_item_id, answer.rationale, answer.weight) == (number, "Ours", 5)
    assert (contribution.source_item_id, contribution.note) == (number, "Ours")
    assert item(plan, 42).text == "New. Text."


def test_what_a_newer_catalogue_no_longer_holds_stays(plan: Plan, catalogue: Catalogue) -> None:
    install_catalogue(plan, catalogue)
    gone = newer(catalogue, lambda one: None if one.number == 42 else one)
    assert install_catalogue(plan, gone) is None
    assert item(plan, 42).kind.value == "recommendation"


def test_an_item_that_moves_to_another_section_keeps_its_record(plan: Plan, catalogue: Catalogue) -> None:
    install_catalogue(plan, catalogue)
    table = catalogue.roundtables[0]
    first, second, *others = table.sections
    moved = second.items[0]
    sections = (
        replace(first, items=(*first.items, moved)),
        replace(second, items=second.items[1:]),
        *others,
    )
    roundtables = (replace(table, sections=sections), *catalogue.roundtables[1:])
    install_catalogue(plan, replace(catalogue, roundtables=roundtables))
    with plan.reading() as session:
        section = session.scalars(select(Section).where(Section.uid == str(first.uid))).one()
        record = session.scalars(select(SourceItem).where(SourceItem.uid == str(moved.uid))).one()
    assert record.section_id == section.id
    assert count(plan, SourceItem) == 52


def test_the_offices_own_roundtables_and_links_are_left_alone(plan: Plan, catalogue: Catalogue) -> None:
    with plan.edit("Add a roundtable of our own") as edit:
        table = Roundtable(title="Our own roundtable", held_on="2026")
        edit.add(table)
        edit.flush()
        section = Section(roundtable_id=table.id, number=1, title="Ours")
        edit.add(section)
        edit.flush()
        edit.add(
            SourceItem(
                code="OWN-1",
                title="Ours",
                theme=Theme.LOCAL,
                support=Support.ONE,
                section_id=section.id,
                text="Ours.",
            )
        )
    install_catalogue(plan, catalogue)
    with plan.reading() as session:
        own = session.scalars(select(Roundtable).where(Roundtable.origin == Origin.OWN)).one()
        ours = session.scalars(select(SourceItem).where(SourceItem.code == "OWN-1")).one()
    assert (own.title, ours.title, count(plan, SourceItem)) == ("Our own roundtable", "Ours", 53)


def test_a_link_the_office_drew_before_is_not_drawn_twice(plan: Plan, catalogue: Catalogue) -> None:
    install_catalogue(plan, replace(catalogue, links=()))
    link = catalogue.links[0]
    with plan.reading() as session:
        ids = {one.code: one.id for one in session.scalars(select(SourceItem))}
    with plan.edit("Link two items") as edit:
        edit.add(
            ItemLink(
                from_id=ids[link.from_code], to_id=ids[link.to_code], kind=link.kind, note="Our own note"
            )
        )
    install_catalogue(plan, catalogue)
    assert count(plan, ItemLink) == len(catalogue.links)
    with plan.reading() as session:
        notes = set(session.scalars(select(ItemLink.note)))
    assert "Our own note" in notes
    assert install_catalogue(plan, catalogue) is None


def test_a_link_that_changes_its_kind_stays_one_link(plan: Plan, catalogue: Catalogue) -> None:
    install_catalogue(plan, catalogue)
    first, *others = catalogue.links
    other = LinkKind.TENSION if first.kind is not LinkKind.TENSION else LinkKind.EVOLVES
    change = install_catalogue(plan, replace(catalogue, links=(replace(first, kind=other), *others)))
    assert change is not None
    assert [row.table for row in change.rows] == ["item_link"]
    assert count(plan, ItemLink) == len(catalogue.links)


def test_installing_can_be_undone_and_redone(plan: Plan, catalogue: Catalogue) -> None:
    install_catalogue(plan, catalogue)
    plan.undo()
    assert count(plan, SourceItem) == 0
    plan.redo()
    assert count(plan, SourceItem) == 52
    assert install_catalogue(plan, catalogue) is None
