"""Records are found by what people call them, and by nothing less."""

from __future__ import annotations

import pytest

from cityplanner.base.errors import NotFoundError
from cityplanner.model.initiative import Initiative
from cityplanner.model.partner import Partner
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.named import named
from cityplanner.store.queries.records import records


def test_a_record_is_found_by_its_whole_title_whatever_the_case(sample: Plan) -> None:
    with sample.reading() as session:
        one = records(session, Partner)[3]
        assert named(session, Partner, f"  {one.name.upper()} ") == one.id


def test_a_record_is_found_by_its_code_alone(sample: Plan) -> None:
    with sample.reading() as session:
        one = records(session, Initiative)[0]
        assert named(session, Initiative, one.code.lower()) == one.id


def test_a_part_of_a_name_is_not_enough_but_is_answered_with_what_is_near(sample: Plan) -> None:
    with sample.reading() as session:
        one = records(session, Partner)[3]
        with pytest.raises(NotFoundError) as caught:
            named(session, Partner, one.name[:-2])
    assert one.name in caught.value.remedy


def test_a_name_that_two_records_have_is_refused(plan: Plan) -> None:
    with plan.edit("Add") as edit:
        edit.add(Partner(name="Nagoya"))
        edit.add(Partner(name="nagoya"))
    with plan.reading() as session, pytest.raises(NotFoundError, match="several"):
        named(session, Partner, "Nagoya")
