"""A change is written page by page, and is one all the same."""

from __future__ import annotations

import pytest

from cityplanner.model.contact import Contact, Position
from cityplanner.model.entity import InvalidRecordError
from cityplanner.model.partner import Partner
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.history import broken_link, history, pages_of, rows_of
from cityplanner.store.record import PAGE
from cityplanner.store.rows import RowChange
from tests.store.content import content

MANY = PAGE + 500


def import_many(plan: Plan) -> None:
    """Partners and contacts with positions, by their values, among records of the session."""
    with plan.edit("Import") as edit:
        first = Partner(name="First")
        edit.add(first)
        partners = edit.insert_values(Partner, [{"name": f"Partner {n}"} for n in range(3)])
        contacts = edit.insert_values(Contact, [{"family": f"Sato{n}"} for n in range(MANY)])
        edit.insert_values(
            Position, [{"contact_id": number, "partner_id": partners[0]} for number in contacts]
        )
        first.name = "Renamed"
        edit.get_one(Contact, contacts[0]).given = "Aiko"
    assert edit.change is not None
    assert len(edit.change.rows) == 2 * MANY + 6
    assert edit.change.tables == {"partner", "contact", "position"}


def test_the_rows_of_a_large_change_stand_in_the_order_they_were_written(plan: Plan) -> None:
    import_many(plan)
    with plan.reading() as session:
        change = history(session, limit=1)[0]
        rows = rows_of(session, change.id)
        assert broken_link(session) is None
        assert tuple(row for page in pages_of(session, change.id) for row in page.rows) == rows
        back = list(pages_of(session, change.id, backwards=True))
    leading = (RowChange(row.table, row.record_id, row.after, row.before) for row in reversed(rows))
    assert tuple(row for page in back for row in page.rows) == tuple(leading)
    assert max(len(page.rows) for page in back) == PAGE
    assert [after for _before, after in back[-1].texts[-1:]] == [None]
    told = [(row.table, (row.after or {}).get("name")) for row in rows]
    assert told[:4] == [("partner", name) for name in ("First", "Partner 0", "Partner 1", "Partner 2")]
    assert told[-2:] in (
        [("partner", "Renamed"), ("contact", None)],
        [("contact", None), ("partner", "Renamed")],
    )


def test_a_large_change_tells_its_rows_when_they_are_asked_for(plan: Plan) -> None:
    with plan.edit("Import") as edit:
        edit.insert_values(Contact, [{"family": f"Sato{n}"} for n in range(MANY)])
    assert edit.change is not None
    rows = edit.change.rows
    assert (len(rows), rows[MANY - 1].record_id, len(rows[:3])) == (MANY, MANY, 3)
    assert [row.record_id for row in rows] == list(range(1, MANY + 1))


def test_a_large_change_is_found_undone_and_made_again(plan: Plan) -> None:
    before = content(plan.path)
    import_many(plan)
    after = content(plan.path)
    assert len(plan.search("aiko sato0")) == 1
    assert len(plan.search("renamed")) == 1
    assert len(plan.search("sato", limit=2 * MANY, tables=("contact",))) == MANY

    plan.undo()
    assert content(plan.path) == before
    assert plan.search("sato") == plan.search("renamed") == []
    plan.redo()
    assert content(plan.path) == after
    assert len(plan.search("sato", limit=2 * MANY, tables=("contact",))) == MANY
    with plan.reading() as session:
        assert broken_link(session) is None


def test_one_bad_record_on_a_late_page_keeps_none(plan: Plan) -> None:
    before = content(plan.path)
    values = [{"family": f"Sato{n}"} for n in range(MANY)]
    with pytest.raises(InvalidRecordError, match="Contact was not saved"), plan.edit("Import") as edit:
        edit.insert_values(Contact, [*values, {"email": "nobody@example.org"}])
    assert content(plan.path) == before
    assert plan.search("sato") == []
