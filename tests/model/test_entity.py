"""What every noun shares."""

import pytest

from cityplanner.model.engagement import EngagementPartner
from cityplanner.model.entity import Entity, InvalidRecordError, field_of, fields, is_pairing, links
from cityplanner.model.field import Kind
from cityplanner.model.nouns import nouns
from cityplanner.model.partner import Partner
from tests.builders import values_for

NOUNS = list(nouns().values())


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.__tablename__)
def test_an_empty_record_is_told_of_each_field_that_has_to_be_given(noun: type[Entity]) -> None:
    record = noun()
    has_default = {f.name for f in fields(noun) if getattr(record, f.name) not in (None, "", ())}
    required = {field.name for field in fields(noun) if field.required} - has_default

    problems = {problem.field for problem in record.check()}

    assert required <= problems
    assert all(problem.label and problem.text for problem in record.check())


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.__tablename__)
def test_a_full_record_has_no_problems(noun: type[Entity]) -> None:
    for number in range(1, 25):
        record = noun(**values_for(noun, number))
        for place, link in enumerate(links(noun), 1):
            setattr(record, link.name, place)

        assert record.check() == []


def test_every_record_has_a_uid_of_its_own() -> None:
    assert Partner(name="A").uid != Partner(name="A").uid


def test_a_problem_reads_as_label_and_text() -> None:
    (problem,) = Partner().check()

    assert (problem.field, str(problem)) == ("name", "Name: is missing.")


def test_a_refused_record_says_its_noun_and_what_to_mend() -> None:
    record = Partner()
    error = InvalidRecordError(record, record.check())

    assert str(error) == "Partner was not saved. Name: is missing."


def test_a_field_is_found_by_its_name_only() -> None:
    assert field_of(Partner, "name").kind is Kind.TEXT
    with pytest.raises(KeyError):
        field_of(Partner, "id")


def test_only_nouns_that_tie_two_others_together_are_pairings() -> None:
    assert is_pairing(EngagementPartner)
    assert not is_pairing(Partner)
