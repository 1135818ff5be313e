"""Every record is called something."""

from __future__ import annotations

from datetime import date

import pytest

from cityplanner.model.contact import Contact
from cityplanner.model.entity import Entity
from cityplanner.model.nouns import nouns
from cityplanner.model.partner import Partner
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.titles import chunks, title_of, titles
from tests.builders import make


@pytest.mark.parametrize("full", [True, False], ids=["full", "bare"])
@pytest.mark.parametrize("noun", nouns().values(), ids=lambda noun: noun.__tablename__)
def test_a_record_of_any_noun_has_a_title(plan: Plan, noun: type[Entity], full: bool) -> None:
    with plan.edit("Make") as edit:
        record = make(edit, noun, full=full)
    with plan.reading() as session:
        title = title_of(session, record)

    assert title.strip(" ·")
    assert "None" not in title
    assert "\n" not in title


def test_a_title_resolves_links_through_links(plan: Plan) -> None:
    with plan.edit("Make") as edit:
        initiative = make(edit, nouns()["initiative"], code="I-1", title="Consul talks")
        indicator = make(edit, nouns()["indicator"], title="Talks held", initiative_id=initiative.id)
        value = make(edit, nouns()["measurement"], indicator_id=indicator.id, measured_on=date(2024, 2, 29))
        level = make(edit, nouns()["service_level"], initiative_id=initiative.id, title="Full")
        decision = make(edit, nouns()["decision"], service_level_id=level.id, initiative_id=initiative.id)
    with plan.reading() as session:
        assert title_of(session, value) == "Talks held · Feb 29, 2024"
        assert title_of(session, level) == "I-1 · Consul talks · Full"
        assert title_of(session, decision).endswith("I-1 · Consul talks · Full")


@pytest.mark.parametrize(
    ("names", "title"),
    [
        ({"given": "Ana", "family": "Silva", "own_name": "x"}, "Ana Silva"),
        ({"family": "Silva"}, "Silva"),
        ({"given": "Ana"}, "Ana"),
        ({"own_name": "田中 雪"}, "田中 雪"),
    ],
)
def test_a_person_is_called_by_whatever_name_there_is(plan: Plan, names: dict[str, str], title: str) -> None:
    with plan.edit("Make") as edit:
        contact = Contact(**names)
        edit.add(contact)
    with plan.reading() as session:
        assert title_of(session, contact) == title
    assert plan.search(title)[0].title == title


def test_titles_of_nothing_and_of_what_is_gone(plan: Plan) -> None:
    with plan.reading() as session:
        assert titles(session, Partner, []) == {}
        assert titles(session, Partner, [99]) == {}


def test_ids_are_cut_into_pieces_a_statement_takes() -> None:
    pieces = list(chunks(range(2000)))

    assert [number for piece in pieces for number in piece] == list(range(2000))
    assert max(map(len, pieces)) <= 900
