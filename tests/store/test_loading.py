"""A record that an edit reads by its id is what a query would give."""

from __future__ import annotations

import pytest
from sqlalchemy import inspect, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import undefer

from cityplanner.model.entity import Entity
from cityplanner.model.nouns import nouns
from cityplanner.model.partner import Partner
from cityplanner.store.plan_file import Plan
from cityplanner.store.rows import table_of
from tests.builders import make

NOUNS = list(nouns().values())


@pytest.mark.parametrize("full", [True, False], ids=["full", "bare"])
@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.__tablename__)
def test_it_holds_what_a_query_reads(plan: Plan, noun: type[Entity], full: bool) -> None:
    with plan.edit("Make") as edit:
        number = make(edit, noun, full=full).id
    names = [column.key for column in table_of(noun.__tablename__).columns]
    with plan.reading() as session:
        asked = session.scalars(select(noun).where(noun.id == number).options(undefer("*"))).one()
        expected = {name: getattr(asked, name) for name in names}
    with plan.edit("Read") as edit:
        found = edit.get_one(noun, number)
        state = inspect(found)

        assert {name: getattr(found, name) for name in names} == expected
        assert {name: type(getattr(found, name)) for name in names} == {
            name: type(value) for name, value in expected.items()
        }
        assert state.persistent
        assert not state.modified
        assert not state.unloaded
        assert not edit.dirty
    assert edit.change is None


def test_a_record_is_read_once_and_is_the_one_that_a_query_gives(plan: Plan) -> None:
    with plan.edit("Make") as edit:
        number = make(edit, Partner).id
    with plan.edit("Read") as edit:
        first = edit.get_one(Partner, number)
        first.name = "Other"

        assert edit.get(Partner, number) is first
        assert edit.scalars(select(Partner).where(Partner.id == number)).one() is first
    assert edit.change is not None


def test_what_is_not_there_is_none_and_refused_where_one_is_needed(plan: Plan) -> None:
    with plan.edit("Make") as edit:
        partner = make(edit, Partner)
    with plan.edit("Read") as edit:
        edit.remove(edit.get_one(Partner, partner.id))
        edit.flush()

        assert edit.get(Partner, partner.id) is None
        with pytest.raises(NoResultFound):
            edit.get_one(Partner, 4711)
