"""One person's data can be exported whole and erased to the last byte; a legal hold forbids it."""

from __future__ import annotations

import html
import json
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from cityplanner.base import paths
from cityplanner.base.errors import UserError
from cityplanner.base.settings import BRIEFINGS, Settings
from cityplanner.exchange.person_out import export_person
from cityplanner.model.contact import Contact
from cityplanner.model.engagement import Engagement
from cityplanner.model.partner import Partner
from cityplanner.model.retention import LegalHold
from cityplanner.store import backups
from cityplanner.store.errors import HeldError
from cityplanner.store.personal.copies import copies, replace_copies
from cityplanner.store.personal.erasing import erase, extent
from cityplanner.store.personal.unsaved import forget_unsaved
from cityplanner.store.plan_file import Plan
from tests.builders import make
from tests.faults.sizes import size
from tests.faults.someone import PEOPLE, SECRET, TODAY, Someone, enter, found_in, words
from tests.faults.test_tampering import checked, faults
from tests.store.content import content


@pytest.fixture(params=PEOPLE[: size(2, len(PEOPLE))], ids=lambda one: one.given)
def someone(request: pytest.FixtureRequest) -> Someone:
    """One person of several scripts."""
    one: Someone = request.param
    return one


def test_nothing_is_left_of_a_person_who_was_erased(plan: Plan, someone: Someone, tmp_path: Path) -> None:
    entered = enter(plan, someone, tmp_path)
    backups.backup(plan.path)
    assert len(found_in(tmp_path, someone)) > 10
    before = words(plan.path)

    person = erase(plan, entered.contact_id)

    held = copies(plan.path, person)
    assert [copy.is_backup for copy in held] == [True]
    replace_copies(plan.path, held)
    assert copies(plan.path, person) == ()
    assert found_in(tmp_path, someone) == []
    gone = before - words(plan.path)
    assert any(word.startswith("likes") or word == "tea" for word in gone)
    plan.close()
    assert found_in(tmp_path, someone) == []
    assert faults(checked(plan.path)) == []


def test_what_is_not_the_persons_stays(plan: Plan, someone: Someone, tmp_path: Path) -> None:
    entered = enter(plan, someone, tmp_path)
    before = content(plan.path)
    gone = extent(plan, entered.contact_id)

    erase(plan, entered.contact_id)

    after = content(plan.path)
    counted = {table: len(before[table]) - len(after[table]) for table in before if table != "(index)"}
    assert {table: count for table, count in counted.items() if count} == dict(gone.records)
    with plan.reading() as session:
        other = session.get_one(Contact, entered.other_id)
        assert other.notes == "Works with [erased] ([erased])."
        engagement = session.get_one(Engagement, entered.engagement_id)
        assert engagement.staff == ("Our Own", "[erased]")
        assert engagement.result.startswith("[erased] agreed\nand [erased] wrote ")
        assert session.get_one(Partner, entered.partner_id).head_id is None
    assert {(one.table, one.title) for one in gone.mentions} >= {("contact", "Other Body"), ("gift", "Vase")}
    assert (gone.files, gone.changes > 4) == (1, True)


HOLDS = ("contact_id", "partner_id", "engagement_id", "")


@pytest.mark.parametrize("on", HOLDS, ids=lambda on: on or "whole office")
def test_a_legal_hold_forbids_it_and_names_itself(plan: Plan, on: str, tmp_path: Path) -> None:
    entered = enter(plan, PEOPLE[0], tmp_path)
    with plan.edit("Hold") as edit:
        hold = LegalHold(title="Case 42", since=TODAY, **({on: getattr(entered, on)} if on else {}))
        edit.add(hold)
    before = content(plan.path)

    assert [one.title for one in extent(plan, entered.contact_id).holds] == ["Case 42"]
    with pytest.raises(HeldError, match="Case 42"):
        erase(plan, entered.contact_id)

    assert content(plan.path) == before
    with plan.edit("Release") as edit:
        edit.get_one(LegalHold, hold.id).released_on = TODAY
    erase(plan, entered.contact_id)
    assert found_in(tmp_path, PEOPLE[0]) == []
    assert faults(checked(plan.path)) == []


def test_a_mailbox_and_a_name_that_others_have_too_stay(plan: Plan) -> None:
    with plan.edit("Add") as edit:
        other = Contact(family="Body", email="protocol@hall.example")
        twin = Contact(given="Maria", family="Almeida", notes="Another Maria Almeida")
        contact = Contact(given="Maria", family="Almeida", email="protocol@hall.example")
        edit.add_all([other, twin, contact])
    assert extent(plan, contact.id).person.shared == ("Maria Almeida", "protocol@hall.example")
    erase(plan, contact.id)
    with plan.reading() as session:
        assert session.get_one(Contact, other.id).email == "protocol@hall.example"
        assert session.get_one(Contact, twin.id).notes == "Another Maria Almeida"
    assert faults(checked(plan.path)) == []


def test_a_single_word_of_the_name_is_shown_and_left(plan: Plan) -> None:
    with plan.edit("Add") as edit:
        partner = make(edit, Partner)
        partner.notes = "Mr. Quillfeather said yes."
        contact = Contact(given="Ada", family="Quillfeather")
        edit.add(contact)
    found = extent(plan, contact.id)
    assert [(one.table, one.record_id) for one in found.doubtful] == [("partner", partner.id)]
    assert found.mentions == ()


def test_a_person_who_was_deleted_before_can_be_erased(plan: Plan, someone: Someone, tmp_path: Path) -> None:
    entered = enter(plan, someone, tmp_path)
    with plan.edit("Delete") as edit:
        edit.remove(edit.get_one(Contact, entered.contact_id))
    assert found_in(tmp_path, someone) != []
    erase(plan, entered.contact_id)
    assert found_in(tmp_path, someone) == []
    assert faults(checked(plan.path)) == []


def test_whoever_does_not_exist_cannot_be_erased(plan: Plan) -> None:
    with pytest.raises(UserError, match="no contact 999"):
        erase(plan, 999)


def test_everything_that_would_be_erased_is_exported(plan: Plan, someone: Someone, tmp_path: Path) -> None:
    entered = enter(plan, someone, tmp_path)
    gone = extent(plan, entered.contact_id)
    target = tmp_path / "export.zip"

    export_person(plan, entered.contact_id, target)

    with zipfile.ZipFile(target) as packed:
        told = json.loads(packed.read("data.json"))
        page = packed.read("Read this first.html").decode()
        files = [packed.read(file["path"]).decode() for file in told["files"]]
    assert Counter(one["table"] for one in told["records"]) == gone.records
    assert {(one["table"], one["id"]) for one in told["mentions"]} == {
        (one.table, one.record_id) for one in gone.mentions
    }
    assert {one["table"] for one in told["linked"]} == {"engagement", "commitment", "partner"}
    assert files == [f"{someone.name} {SECRET}"]
    kept = {(one["table"], one["id"]) for one in told["history"]}
    assert kept >= gone.person.keys
    for sign in filter(None, (someone.name, someone.own_name, someone.email, SECRET)):
        assert html.escape(sign) in page
        assert json.dumps(sign, ensure_ascii=False)[1:-1] in json.dumps(told, ensure_ascii=False)
    assert "src=" not in page
    assert "http" not in page


def test_an_export_that_cannot_be_written_leaves_nothing(plan: Plan, tmp_path: Path) -> None:
    entered = enter(plan, PEOPLE[0], tmp_path)
    with pytest.raises(UserError, match="cannot be written"):
        export_person(plan, entered.contact_id, tmp_path / "nowhere" / "export.zip")
    with pytest.raises(UserError, match="ends in"):
        export_person(plan, entered.contact_id, tmp_path / "export.pdf")
    assert list(tmp_path.glob("*export*")) == []


def test_drafts_and_choices_forget_the_person(plan: Plan, someone: Someone, tmp_path: Path) -> None:
    entered = enter(plan, someone, tmp_path)
    settings = Settings(tmp_path / "settings.json")
    settings.set(BRIEFINGS, {str(plan.path): {"directory": {"words": someone.name}}})
    drafts = paths.drafts_file(plan.path, tmp_path / "drafts")
    drafts.parent.mkdir()
    typed = {
        f"contact/{entered.contact_id}": {"notes": SECRET},
        "partner/new": {"notes": f"As {someone.name} said", "city": "Kept"},
        "log/new": {"rows": json.dumps([someone.own_name or someone.name])},
        "gift/1": {"description": "Kept too"},
    }
    drafts.write_text(json.dumps(typed), "utf-8")

    person = erase(plan, entered.contact_id)

    assert forget_unsaved(plan.path, person, settings, drafts.parent) == 3
    left = json.loads(drafts.read_text("utf-8"))
    assert left == {
        "partner/new": {"notes": "As [erased] said", "city": "Kept"},
        "log/new": {"rows": '["[erased]"]'},
        "gift/1": {"description": "Kept too"},
    }
    assert Settings(settings.path).get(BRIEFINGS)[str(plan.path)]["directory"]["words"] == "[erased]"
    assert found_in(tmp_path, someone) == []
