"""What erasing a person would take is told part by part, the hold first, and what is empty is left out."""

from __future__ import annotations

from datetime import date

from cityplanner.exchange.person_words import MOST, parts
from cityplanner.model.contact import Contact
from cityplanner.model.retention import LegalHold
from cityplanner.store.merging import merge_records
from cityplanner.store.personal.erasing import extent
from cityplanner.store.plan_file import Plan


def told(plan: Plan, contact_id: int) -> str:
    return "\n".join(map(str, parts(extent(plan, contact_id), ())))


def test_a_person_alone_is_told_in_three_lines(plan: Plan) -> None:
    with plan.edit("Add") as edit:
        contact = Contact(given="Ada", family="Quillfeather")
        edit.add(contact)
    assert told(plan, contact.id) == (
        "Would be erased for good:\n  1 contact\n  what one change of the history told of the person"
    )


def test_earlier_contacts_and_holds_are_told_and_long_lists_cut(plan: Plan) -> None:
    with plan.edit("Add") as edit:
        contact, twin = (Contact(given="Ada", family="Quillfeather") for _n in "ab")
        others = [
            Contact(given="Bo", family=f"Lind{n}", notes="Knows Ada Quillfeather") for n in range(MOST + 2)
        ]
        edit.add_all([contact, twin, *others, LegalHold(title="Case 42", since=date(2026, 1, 1))])
    merge_records(plan, Contact, contact.id, twin.id, {})
    text = told(plan, contact.id)
    assert text.startswith("A legal hold forbids it:\n  “Case 42”\n")
    assert "one contact of the same name or address that was merged or deleted earlier" in text
    assert text.endswith("\n  2 more")
