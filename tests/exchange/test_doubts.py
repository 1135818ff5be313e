"""Rows that may be about a record of the plan: offered with what they would change, and decided one by one."""

from __future__ import annotations

import pytest

from cityplanner.exchange.intake.apply import apply
from cityplanner.exchange.intake.match import match
from cityplanner.exchange.intake.outcome import AS_NEW, LEAVE_OUT, LIKELIEST, Choices, Fate, Preview
from cityplanner.exchange.intake.preview import preview
from cityplanner.exchange.sheet import Row, Sheet
from cityplanner.model.contact import Contact
from cityplanner.model.entity import Entity
from cityplanner.model.partner import Partner
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.records import records

PEOPLE = Sheet(
    "people.csv",
    ("Given name", "Family name", "E-mail", "Phone"),
    (
        Row(2, ("Aiko", "Mori", "a.mori@example.jp", "")),
        Row(3, ("太郎", "山田", "taro@example.jp", "")),
        Row(4, ("Ana", "Ito", "", "+12135550100")),
        Row(5, ("Nguyễn", "Ánh", "anh@example.vn", "+12135550100")),
    ),
)


@pytest.fixture
def known(plan: Plan) -> Plan:
    """A plan with three people whom the rows resemble."""
    with plan.edit("x") as edit:
        edit.add(Contact(given="Mori", family="Aiko", email="aiko.mori@example.jp"))
        edit.add(Contact(given="Taro", family="Yamada", email="taro@example.jp"))
        edit.add(Contact(given="Anna", family="Ito", phone="+12135550100"))
    return plan


def asked(plan: Plan, choices: Choices | None = None, undecided: int | None = None) -> Preview:
    columns = match(PEOPLE.headers, Contact)
    return preview(plan, PEOPLE, Contact, columns, choices=choices, undecided=undecided)


def fates(found: Preview) -> list[Fate]:
    return [line.fate for line in found.lines]


def test_resembling_rows_are_offered_whom_they_may_be_about(known: Plan) -> None:
    found = asked(known)
    assert fates(found) == [Fate.DOUBTFUL] * 3 + [Fate.NEW]
    first, second, third = ([(one.title, one.why) for one in line.candidates] for line in found.doubtful)
    assert first == [("Mori Aiko", "same name")]
    assert second == [("Taro Yamada", "same e-mail")]
    assert third == [("Anna Ito", "same phone")]
    changes = {(one.field, one.after) for one in found.lines[1].candidates[0].differences}
    assert changes == {("given", "太郎"), ("family", "山田")}


def test_each_row_goes_where_it_was_told(known: Plan) -> None:
    taro = asked(known).lines[1].candidates[0].record_id
    found = asked(known, {2: AS_NEW, 3: taro, 4: LEAVE_OUT})
    assert fates(found) == [Fate.NEW, Fate.UPDATE, Fate.LEFT_OUT, Fate.NEW]
    apply(known, found)
    with known.reading() as session:
        people = {one.id: f"{one.given} {one.family}" for one in records(session, Contact)}
    assert people[taro] == "太郎 山田"
    assert sorted(people.values()) == sorted(
        ["Mori Aiko", "Aiko Mori", "太郎 山田", "Anna Ito", "Nguyễn Ánh"]
    )


@pytest.mark.parametrize(
    ("undecided", "fate"), [(AS_NEW, Fate.NEW), (LEAVE_OUT, Fate.LEFT_OUT), (LIKELIEST, Fate.UPDATE)]
)
def test_rows_that_nobody_decided_on_go_together(known: Plan, undecided: int, fate: Fate) -> None:
    assert fates(asked(known, undecided=undecided)) == [fate] * 3 + [Fate.NEW]


def test_a_row_that_fits_several_records_can_be_decided(plan: Plan) -> None:
    with plan.edit("x") as edit:
        edit.add(Partner(name="Ulm"))
        edit.add(Partner(name="Ulm"))
    sheet = Sheet("a.csv", ("Name", "City"), (Row(2, ("Ulm", "Ulm")),))
    columns = match(sheet.headers, Partner)
    (line,) = preview(plan, sheet, Partner, columns, undecided=None).lines
    assert line.fate is Fate.DOUBTFUL
    assert len(line.candidates) == 2
    chosen = {2: line.candidates[1].record_id}
    assert fates(preview(plan, sheet, Partner, columns, choices=chosen)) == [Fate.UPDATE]
    assert fates(preview(plan, sheet, Partner, columns)) == [Fate.ERROR]


@pytest.mark.parametrize(("country", "fate"), [("AR", Fate.NEW), ("", Fate.DOUBTFUL)])
def test_partners_of_one_name_in_two_countries_are_two(plan: Plan, country: str, fate: Fate) -> None:
    with plan.edit("x") as edit:
        edit.add(Partner(name="City of Córdoba", country="ES"))
    sheet = Sheet("a.csv", ("Name", "Country"), (Row(2, ("Cordoba", country)),))
    assert fates(preview(plan, sheet, Partner, match(sheet.headers, Partner), undecided=None)) == [fate]


def test_a_number_of_a_whole_house_tells_nothing_and_costs_nothing(plan: Plan) -> None:
    with plan.edit("x") as edit:
        edit.add_all(Contact(given=f"Ana {n}", family="Ito", phone="+12135550100") for n in range(40))
    assert fates(asked(plan))[2] is Fate.NEW


def test_other_nouns_are_never_doubtful(plan: Plan) -> None:
    noun: type[Entity] = Contact
    sheet = Sheet("a.csv", ("Given name", "E-mail"), (Row(2, ("Ana", "nonsense")),))
    (line,) = preview(plan, sheet, noun, match(sheet.headers, noun), undecided=None).lines
    assert line.fate is Fate.ERROR
