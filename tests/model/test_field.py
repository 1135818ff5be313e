"""Every field declares what the generic parts need."""

import pytest
from sqlalchemy import inspect

from cityplanner.model.entity import Entity, field_of, fields
from cityplanner.model.field import Field, Kind, OnDelete, Search, when
from cityplanner.model.nouns import nouns
from cityplanner.model.partner import Partner, PartnerKind

NOUNS = list(nouns().values())
ALL = [pytest.param(n, f, id=f"{n.__tablename__}.{f.name}") for n in NOUNS for f in fields(n)]


@pytest.mark.parametrize(("noun", "field"), ALL)
def test_a_field_is_declared_in_full(noun: type[Entity], field: Field) -> None:
    assert field.label
    assert field.label[0].isupper()
    assert not field.help or field.help.endswith(".")
    assert (field.kind in (Kind.CHOICE, Kind.CHOICES)) == (field.choices is not None)
    assert (field.kind is Kind.LINK) == bool(field.target)
    assert field.kind is not Kind.LINK or field.target in nouns()
    assert field.on_delete is not OnDelete.OWN or field.required
    assert field.on_delete is not OnDelete.CLEAR or not field.required


@pytest.mark.parametrize(("noun", "field"), ALL)
def test_a_column_allows_nothing_where_the_field_does(noun: type[Entity], field: Field) -> None:
    column = inspect(noun).columns[field.name]
    empty_is_a_value = field.kind in (Kind.TEXT, Kind.LONG_TEXT, Kind.FLAG) or isinstance(
        getattr(noun(), field.name), tuple
    )

    assert column.nullable == (not field.required and not empty_is_a_value)


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.__tablename__)
def test_labels_of_one_noun_differ_so_that_a_heading_names_one_field(noun: type[Entity]) -> None:
    labels = [field.label.casefold() for field in fields(noun)]

    assert sorted(labels) == sorted(set(labels))


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.__tablename__)
def test_a_noun_says_what_it_is_called_listed_by_and_sorted_by(noun: type[Entity]) -> None:
    names = {field.name for field in fields(noun)}

    assert noun.__label__ == noun.__label__.strip() != ""
    assert noun.__plural__ == noun.__plural__.strip() != ""
    assert set(noun.__title__) | set(noun.__title_else__) <= names
    assert {name.lstrip("-") for name in noun.__order__} <= names
    assert set(noun.__unique__) <= names
    assert noun.__doc__


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.__tablename__)
def test_what_names_a_record_is_searched_first(noun: type[Entity]) -> None:
    for name in noun.__title__:
        field = field_of(noun, name)
        if field.kind is Kind.TEXT and noun.__tablename__ != "position":
            assert field.search is Search.NAME


def test_a_field_with_a_condition_applies_only_where_it_holds() -> None:
    dues = field_of(Partner, "dues")

    assert dues.applies(Partner(name="A", kind=PartnerKind.NETWORK))
    assert not dues.applies(Partner(name="A", kind=PartnerKind.CITY))
    assert field_of(Partner, "name").applies(Partner(name="A"))


def test_a_condition_names_a_field_and_its_values() -> None:
    assert when("kind", "a", "b") == ("kind", frozenset({"a", "b"}))
