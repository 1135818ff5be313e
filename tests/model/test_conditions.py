"""Conditions of groups: read, written back, and refused in words."""

from __future__ import annotations

import pytest

from cityplanner.model import conditions
from cityplanner.model.conditions import BadConditionError, Condition, Operator
from cityplanner.model.contact import Contact
from cityplanner.model.engagement import Engagement
from cityplanner.model.group import GroupOf, SmartGroup
from cityplanner.model.nouns import nouns
from cityplanner.model.partner import Partner


@pytest.mark.parametrize(
    "line",
    [
        "kind is career consulate | honorary consulate",
        "country is not JP",
        "notes is empty",
        "city is not empty",
        "consular_district contains north",
        "rank_since before 2026-01-01",
        "last_contact older than 365",
        "rotation_on within 90",
        "linked to partner 1d4c",
    ],
)
def test_a_condition_is_written_as_it_was_read(line: str) -> None:
    assert str(conditions.read(line)) == line
    assert conditions.fault(Partner, line) == ""


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("whatever", "no condition"),
        ("mood is good", "Use a field such as"),
        ("kind is castle", "not one of the choices"),
        ("kind is", "with what to compare"),
        ("notes is empty yes", "says too much"),
        ("last_contact older than soon", "number of days"),
        ("country is Atlantis", "Atlantis"),
        ("rank_since before someday", "someday"),
        ("name before 2026-01-01", "cannot be asked"),
        ("linked to castle 5", "names no record"),
    ],
)
def test_a_condition_that_cannot_be_asked_is_refused_in_words(line: str, words: str) -> None:
    assert words in conditions.fault(Partner, line)


def test_values_are_what_stands_between_bars() -> None:
    assert conditions.read("city is Nagoya |  Osaka") == Condition("city", Operator.IS, ("Nagoya", "Osaka"))
    with pytest.raises(BadConditionError):
        conditions.read("")


def test_a_group_says_which_condition_is_wrong() -> None:
    group = SmartGroup(title="Silent", of=GroupOf.CONTACT, conditions=("mood is good",))
    assert [problem.field for problem in group.check()] == ["conditions"]
    assert SmartGroup(title="Silent", of=GroupOf.CONTACT, conditions=("email is empty",)).check() == []


def test_every_group_is_of_a_noun_under_the_name_people_know() -> None:
    for of in GroupOf:
        assert nouns()[of.table].__plural__ == of.value


def test_what_can_be_asked_has_an_operator() -> None:
    for of in GroupOf:
        noun = nouns()[of.table]
        for name in conditions.conditioned(noun):
            assert conditions.operators(noun, name), name
    assert conditions.LAST_CONTACT in conditions.conditioned(Contact)
    assert conditions.LAST_CONTACT not in conditions.conditioned(Engagement)
