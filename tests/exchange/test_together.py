"""Rows that are looked at together come out as they do one by one."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from cityplanner.exchange.intake.apply import apply
from cityplanner.exchange.intake.match import match
from cityplanner.exchange.intake.outcome import LIKELIEST, Fate
from cityplanner.exchange.intake.preview import preview
from cityplanner.exchange.intake.together import Together
from cityplanner.exchange.sheet import Row, Sheet
from cityplanner.model.contact import Contact
from cityplanner.model.entity import Entity
from cityplanner.model.fund import Fund
from cityplanner.model.partner import Partner
from cityplanner.store.plan_file import Plan

CELLS: dict[type[Entity], dict[str, tuple[str, ...]]] = {
    Contact: {
        "Given name": ("Aiko", "Léa", " Ana ", "", "", "'=x", "Jo\nAnn", "x" * 121),
        "Family name": ("Sato", "Dupont", "Núñez", "O'Neill", "", "  ", "van Dyk"),
        "Name in own script": ("", "", "", "佐藤愛子", "'-", "Αθηνά"),
        "E-mail": ("", "", "A@Example.ORG", "mailto:b@example.org", "nobody", "c@example.org", " e@例え.jp"),
        "Phone": ("", "", "+81529611111", "052 961 1111", "12", "+493022710000"),
        "Country": ("", "JP", "Japan", "Atlantis", "de"),
        "Languages": ("", "en", "en; es", "ja, ko", "Klingon and more"),
        "Partner": ("", "Lima", "lima", "Cusco", "Atlantis", "Twins"),
        "Position": ("", "Mayor", "Consul", "y" * 301),
        "Do not contact": ("", "", "yes", "no", "maybe"),
        "Notes": ("", "met in Lima", "two\r\nlines", "'+1", "\x07"),
        "uid": ("", "", "", "", "", "", "7d1", "x" * 40),
        "Full name": ("", "", "", "", "", "", "Ana Torres"),
    },
    Partner: {
        "Name": ("Lima", "Quito", "", "Bogotá", "São Paulo"),
        "Kind": ("", "Sister city", "University", "nonsense"),
        "Country": ("", "PE", "EC"),
        "City": ("Lima", "Quito", ""),
        "Agreement": ("", "sister city"),
        "Since": ("", "1999", "long ago"),
        "Latitude": ("", "-12.05", "far"),
    },
    Fund: {"Code": ("F1", "F2", "F3", ""), "Title": ("General", "Airport", "")},
}  # fmt: skip


def sheet(noun: type[Entity], seed: int, count: int) -> Sheet:
    """A list of cells put together by chance."""
    dice, columns = random.Random(seed), CELLS[noun]
    rows = [tuple(_varied(dice.choice(cells), dice) for cells in columns.values()) for _ in range(count)]
    told = [
        Row(number, cells, "bent" if dice.random() < 0.02 else "") for number, cells in enumerate(rows, 2)
    ]
    return Sheet("list", tuple(columns), tuple(told))


def _varied(cell: str, dice: random.Random) -> str:
    """Most names and addresses are nobody else's."""
    return (
        f"{cell}{dice.randrange(10_000)}"
        if cell.isalpha() and cell[0].isupper() and dice.random() < 0.7
        else cell
    )


@pytest.fixture
def filled(plan: Plan) -> Plan:
    """A plan with some partners, two of one name, and some contacts."""
    with plan.edit("Fill") as edit:
        edit.add_all([Partner(name=name) for name in ("Lima", "Cusco", "Twins", "Twins")])
        edit.add_all([Contact(given="Aiko", family="Sato"), Contact(own_name="Αθηνά", email="c@example.org")])
    return plan


@pytest.mark.parametrize("noun", CELLS)
@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("keep_unknown", [False, True])
def test_each_row_comes_out_the_same(
    filled: Plan, noun: type[Entity], seed: int, keep_unknown: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = replace(sheet(noun, seed, 120), keep_unknown=keep_unknown)
    columns = match(table.headers, noun)

    together = preview(filled, table, noun, columns)
    assert {line.fate for line in together.lines} >= {Fate.NEW, Fate.ERROR}
    monkeypatch.setattr(Together, "is_of_use", False)
    assert preview(filled, table, noun, columns).lines == together.lines


def test_rows_that_are_about_nobody_else_make_their_records_in_order(filled: Plan) -> None:
    rows = tuple(
        Row(number, (f"Given{number}", f"Family{number}", f"p{number}@example.org", "Lima", "Mayor"))
        for number in range(2, 5002)
    )
    again = Row(5002, ("", "", "p7@example.org", "Cusco", "Consul"))
    table = Sheet("list", ("Given name", "Family name", "E-mail", "Partner", "Position"), (*rows, again))
    heard: list[float] = []

    found = preview(
        filled,
        table,
        Contact,
        match(table.headers, Contact),
        progress=lambda share, _text: heard.append(share),
    )
    assert (found.counts[Fate.NEW], found.counts[Fate.DUPLICATE]) == (5000, 1)
    assert found.lines[0].title == "Given2 Family2"
    assert found.lines[0].also[0].title == "Mayor · Lima"
    assert heard == sorted(heard)
    report = apply(filled, found)

    assert (report.created, sum(report.also.values())) == (5000, 5001)
    with filled.reading() as session:
        asked = "SELECT family, partner_id FROM contact JOIN position ON contact_id = contact.id ORDER BY position.id"
        made = session.connection().exec_driver_sql(asked).all()
    assert made[0] == ("Family2", 1)
    assert made[4999] == ("Family5001", 1)
    assert made[5000] == ("Family7", 2)


def test_a_row_that_may_be_about_somebody_is_asked_about_all_the_same(filled: Plan) -> None:
    table = Sheet(
        "list", ("Family name", "E-mail"), (Row(2, ("Αθηνά", "x@example.org")), Row(3, ("Ito", "")))
    )
    columns = match(table.headers, Contact)
    asked = preview(filled, table, Contact, columns, undecided=None)
    assert [line.fate for line in asked.lines] == [Fate.DOUBTFUL, Fate.NEW]
    likeliest = preview(filled, table, Contact, columns, undecided=LIKELIEST)
    assert [line.fate for line in likeliest.lines] == [Fate.UPDATE, Fate.NEW]
