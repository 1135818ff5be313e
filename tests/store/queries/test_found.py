"""Search results carry what a person needs to choose."""

from __future__ import annotations

from cityplanner.model.contact import Contact
from cityplanner.model.partner import Partner
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.found import found
from cityplanner.store.search import Hit


def test_a_hit_names_noun_record_title_and_the_place_of_the_words(plan: Plan) -> None:
    with plan.edit("Add") as edit:
        edit.add(Contact(given="Ana", family="Silva", notes="Met in Łódź"))

    assert plan.search("lodz") == [Hit("contact", 1, "Ana Silva", "Met in Łódź")]


def test_a_hit_in_the_name_has_no_snippet_of_its_own(plan: Plan) -> None:
    with plan.edit("Add") as edit:
        edit.add(Partner(name="Nagoya", notes="nothing of note"))

    assert plan.search("nagoya")[0].snippet == ""


def test_only_the_nouns_asked_for_are_searched(plan: Plan) -> None:
    with plan.edit("Add") as edit:
        edit.add(Partner(name="Lima"))
        edit.add(Contact(family="Lima"))
    with plan.reading() as session:
        assert [h.table for h in found(session.connection(), plan.index, "lima", ["contact"], 9)] == [
            "contact"
        ]
        assert [
            h.table for h in found(session.connection(), plan.index, "lima", ["partner", "contact"], 9)
        ] == [
            "partner",
            "contact",
        ]
        assert len(found(session.connection(), plan.index, "lima", ["partner", "contact"], 1)) == 1
