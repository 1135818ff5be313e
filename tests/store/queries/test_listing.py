"""Lists: in any order, filtered, and read by page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import event

from cityplanner.model.contact import Contact
from cityplanner.model.engagement import Engagement
from cityplanner.model.entity import Entity, fields
from cityplanner.model.field import Field, Kind
from cityplanner.model.ledger import Gift
from cityplanner.model.nouns import nouns
from cityplanner.model.partner import Partner, PartnerKind
from cityplanner.store.plan_file import Plan, create_plan, open_plan
from cityplanner.store.queries.listing import Linked, count, ids, rows
from cityplanner.store.queries.titles import titles
from tests.builders import make

ALL = [pytest.param(n, f, id=f"{t}.{f.name}") for t, n in nouns().items() for f in fields(n)]
EMPTY = (None, "", ())


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Plan]:
    """A plan with records of every noun, whole ones and bare ones; only read."""
    plan = create_plan(tmp_path_factory.mktemp("full") / "full.cityplan")
    with plan.edit("Make") as edit:
        for noun in nouns().values():
            for bare in (False, True, False):
                make(edit, noun, full=not bare)
    plan.close()
    with open_plan(plan.path, read_only=True) as opened:
        yield opened


@pytest.mark.parametrize(("noun", "field"), ALL)
def test_a_list_is_sorted_by_any_field_up_and_down_with_empty_values_last(
    full: Plan, noun: type[Entity], field: Field
) -> None:
    with full.reading() as session:
        up = list(ids(session, noun, order=(field.name,)))
        down = list(ids(session, noun, order=(f"-{field.name}",)))
        values = {key: row[0] for key, row in zip(up, rows(session, noun, [field.name], up), strict=True)}

    given = [values[key] for key in up if values[key] not in EMPTY]
    assert len(up) == len(down) == count_of(full, noun)
    assert [values[key] in EMPTY for key in up] == sorted(values[key] in EMPTY for key in up)
    assert [values[key] in EMPTY for key in down] == sorted(values[key] in EMPTY for key in down)
    if field.kind in (
        Kind.INTEGER,
        Kind.NUMBER,
        Kind.MONEY,
        Kind.DATE,
        Kind.PARTIAL_DATE,
        Kind.MOMENT,
        Kind.PERCENT,
    ):
        assert given == sorted(given)
        assert [values[key] for key in down if values[key] not in EMPTY] == given[::-1]
    if field.kind is Kind.TEXT:
        assert given == sorted(given, key=str.lower)


def count_of(plan: Plan, noun: type[Entity]) -> int:
    """How many records of a noun there are."""
    with plan.reading() as session:
        return count(session, noun)


@pytest.mark.parametrize("noun", nouns().values(), ids=lambda noun: noun.__tablename__)
def test_the_rows_of_a_list_have_typed_values_and_titled_links(full: Plan, noun: type[Entity]) -> None:
    names = [field.name for field in fields(noun)]
    with full.reading() as session:
        listed = list(ids(session, noun))
        found = rows(session, noun, names, listed)
        for key, row in zip(listed, found, strict=True):
            record = session.get_one(noun, key)
            for field, value in zip(fields(noun), row, strict=True):
                kept = getattr(record, field.name)
                if field.kind is Kind.LINK and kept is not None:
                    assert isinstance(value, Linked)
                    assert value.id == kept
                    assert str(value) == titles(session, nouns()[field.target], [kept])[kept] != ""
                else:
                    assert value == kept
                    assert type(value) is type(kept)


def named(plan: Plan, *names: str) -> None:
    """A partner of each name, in one edit."""
    with plan.edit("Add") as edit:
        for name in names:
            edit.add(Partner(name=name))


def test_rows_come_in_the_order_of_the_ids_and_without_those_that_are_gone(plan: Plan) -> None:
    named(plan, "A", "B", "C")
    with plan.reading() as session:
        assert rows(session, Partner, ["name"], [3, 99, 1, 2]) == [("C",), ("A",), ("B",)]
        assert rows(session, Partner, ["name"], []) == []


def test_more_ids_than_a_statement_takes_are_read_too(plan: Plan) -> None:
    with plan.edit("Import") as edit:
        edit.insert_many(Partner, [Partner(name=f"Partner {n:05}") for n in range(3000)])
    with plan.reading() as session:
        listed = ids(session, Partner, order=("-name",))
        found = rows(session, Partner, ["name"], listed)

    assert [row[0] for row in found] == [f"Partner {n:05}" for n in reversed(range(3000))]


def test_small_and_capital_letters_sort_together_also_through_links(plan: Plan) -> None:
    with plan.edit("Add") as edit:
        partners = [make(edit, Partner, name=name) for name in ("beta", "Alpha", "Gamma")]
        gifts = [make(edit, Gift, partner_id=partner.id).id for partner in partners]

    with plan.reading() as session:
        assert [row[0] for row in rows(session, Partner, ["name"], ids(session, Partner))] == [
            "Alpha",
            "beta",
            "Gamma",
        ]
        assert list(ids(session, Gift, order=("partner_id",))) == [gifts[1], gifts[0], gifts[2]]
        assert list(ids(session, Gift, order=("-partner_id",))) == [gifts[2], gifts[0], gifts[1]]


def test_several_fields_sort_one_after_the_other(plan: Plan) -> None:
    with plan.edit("Add") as edit:
        for city, name in (("B", "1"), ("A", "2"), ("A", "3"), ("", "0")):
            edit.add(Partner(name=name, city=city))
    with plan.reading() as session:
        assert list(ids(session, Partner, order=("city", "-name"))) == [3, 2, 1, 4]


def test_a_list_can_be_kept_to_what_equals(plan: Plan) -> None:
    with plan.edit("Add") as edit:
        edit.add(Partner(name="A", kind=PartnerKind.CITY, country="JP", city="Nagoya", tags=("x",)))
        edit.add(Partner(name="B", kind=PartnerKind.MEDIA))
        make(edit, Gift, partner_id=1, given_on=date(2024, 2, 29))
        make(edit, Gift, partner_id=2)
    with plan.reading() as session:
        assert list(ids(session, Partner, equal={"kind": "city"})) == [1]
        assert list(ids(session, Partner, equal={"kind": PartnerKind.MEDIA})) == [2]
        assert list(ids(session, Partner, equal={"country": None})) == [2]
        assert list(ids(session, Partner, equal={"city": ""})) == [2]
        assert list(ids(session, Partner, equal={"city": None})) == [2]
        assert list(ids(session, Partner, equal={"tags": ()})) == [2]
        assert list(ids(session, Gift, equal={"partner_id": 1})) == [1]
        assert list(ids(session, Gift, equal={"given_on": date(2024, 2, 29)})) == [1]
        assert list(ids(session, Partner, equal={"kind": "city", "country": "DE"})) == []


def test_a_list_can_be_kept_to_what_the_search_finds_in_its_own_order(plan: Plan) -> None:
    named(plan, "Zürich one", "Berlin", "Zürich two")
    with plan.reading() as session:
        assert list(ids(session, Partner, words="zurich", order=("-name",), index=plan.index)) == [3, 1]
        assert list(ids(session, Partner, words="zurich t")) == [3]
        assert list(ids(session, Contact, words="zurich")) == []
        assert list(ids(session, Partner, words="  ")) == [2, 1, 3]


def test_a_word_that_finds_more_than_a_page_finds_all(plan: Plan) -> None:
    named(plan, *(f"Same {n}" for n in range(1500)))
    with plan.reading() as session:
        assert len(ids(session, Partner, words="same")) == 1500


@pytest.mark.parametrize(("noun", "order"), [(Contact, ()), (Contact, ("family",)), (Engagement, ())])
def test_the_first_rows_of_a_long_list_are_read_off_an_index(
    full: Plan, noun: type[Entity], order: tuple[str, ...]
) -> None:
    with full.reading() as session:
        asked: list[tuple[str, tuple[object, ...]]] = []
        event.listen(
            session.connection(),
            "before_cursor_execute",
            lambda _c, _cursor, statement, parameters, _context, _many: asked.append((statement, parameters)),
        )
        ids(session, noun, order=order, most=100)
        statement, parameters = asked[-1]
        steps = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()

    assert "INDEX" in steps[0].detail
    assert [step.detail for step in steps if step.detail.endswith("B-TREE FOR ORDER BY")] == []
