"""What hangs together can be walked both ways."""

from __future__ import annotations

from itertools import pairwise

import pytest

from cityplanner.model.entity import Entity, is_pairing, links
from cityplanner.model.nouns import nouns, references
from cityplanner.store.queries.related import related

CHAIN = ["source_item", "initiative", "service_level", "budget_line", "fund"]


def shown(table: str) -> set[str]:
    """The tables of what can hang on a record."""
    return {one.shows.__tablename__ for one in related(nouns()[table])}


def links_to(table: str) -> set[str]:
    """The tables a record points to itself."""
    return {link.target for link in links(nouns()[table])}


@pytest.mark.parametrize("noun", nouns().values(), ids=lambda noun: noun.__tablename__)
def test_every_reference_to_a_noun_is_related_once(noun: type[Entity]) -> None:
    found = [(one.noun.__tablename__, one.link.name) for one in related(noun)]

    assert found == [(r.noun.__tablename__, r.field.name) for r in references(noun.__tablename__)]
    for one in related(noun):
        assert one.label
        assert one.link.target == noun.__tablename__
        if one.other_link is None:
            assert one.shows is one.noun
        else:
            assert is_pairing(one.noun)
            assert one.shows is nouns()[one.other_link.target]
            assert one.other_link.name != one.link.name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("source_item", "initiative"),
        ("initiative", "service_level"),
        ("service_level", "budget_line"),
        ("budget_line", "fund"),
        ("initiative", "engagement"),
        ("engagement", "partner"),
        ("engagement", "contact"),
        ("engagement", "measurement"),
        ("initiative", "indicator"),
        ("indicator", "measurement"),
        ("section", "source_item"),
        ("roundtable", "section"),
        ("agreement", "partner"),
        ("source_item", "answer"),
        ("partner", "gift"),
        ("partner", "contact"),
    ],
)
def test_a_step_of_the_chain_can_be_taken_in_both_directions(one: str, other: str) -> None:
    assert other in shown(one) | links_to(one)
    assert one in shown(other) | links_to(other)


def test_from_a_source_item_every_step_to_its_measurements_can_be_walked_and_back() -> None:
    steps = {table: shown(table) | links_to(table) for table in nouns()}
    for path in (["source_item", "initiative", "indicator", "measurement", "engagement", "partner"], CHAIN):
        for here, there in pairwise(path):
            assert there in steps[here]
            assert here in steps[there]
