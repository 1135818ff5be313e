"""One person's data can be exported whole and erased to the last byte; a legal hold forbids it."""

from __future__ import annotations

import html
import json
import random
import shutil
import sqlite3
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from cityplanner.base import paths
from cityplanner.base.errors import UserError
from cityplanner.base.settings import BRIEFINGS, Settings
from cityplanner.exchange.person_out import export_person
from cityplanner.model.contact import Contact, Position
from cityplanner.model.engagement import Commitment, Engagement, EngagementContact
from cityplanner.model.ledger import Gift
from cityplanner.model.partner import Partner
from cityplanner.model.retention import LegalHold
from cityplanner.store import attachments, backups
from cityplanner.store.errors import HeldError
from cityplanner.store.merging import merge_records
from cityplanner.store.personal.copies import copies, replace_copies
from cityplanner.store.personal.erasing import erase, extent
from cityplanner.store.personal.unsaved import forget_unsaved
from cityplanner.store.plan_file import Plan, open_plan
from cityplanner.store.putting_back import Past, put_back
from tests.builders import make
from tests.faults.sizes import size
from tests.faults.test_tampering import checked, faults, tamper
from tests.store.content import content, raw

TODAY = date(2026, 11, 2)
HISTORY = 0


@dataclass(frozen=True)
class Someone:
    """A person of a script, who is entered in all the places a person can stand."""

    given: str
    family: str
    own_name: str
    email: str
    phone: str

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"

    def traces(self) -> Iterator[bytes]:
        """What may not be found in any file: in every form and encoding a file may hold it in."""
        texts = [self.name, self.own_name, self.email, self.phone, self.family, SECRET, "+81 76-220-2"]
        texts += [text.casefold() for text in texts] + [text.upper() for text in texts]
        for text in filter(None, texts):
            for form in ("NFC", "NFD"):
                composed = unicodedata.normalize(form, text)
                yield from (composed.encode(), composed.encode("utf-16-le"))


SECRET = "likes cold tea"
PEOPLE = [
    Someone("Anneliese", "Vandersloot", "", "a.vandersloot@kassel.example", "+495615550143"),
    Someone("Kazuhiko", "Shinodake", "篠竹和彦", "shinodake@kanazawa.example", "+81762202000"),
    Someone("Şükriye", "Özbıyıklı", "Şükriye Özbıyıklı", "sukriye@izmir.example", "+902325550144"),
    Someone("Khadija", "Bennisouda", "خديجة بنسودة", "khadija@fes.example", "+212535550145"),
    Someone("Yevhenia", "Zaporozhchenko", "Євгенія Запорожченко", "yevhenia@lviv.example", "+380325550146"),
    Someone("Ngoc Anh", "Trinhthivan", "Trịnh Thị Vân Ngọc Ánh", "ngocanh@danang.example", "+842365550147"),
]


@pytest.fixture(params=PEOPLE[: size(2, len(PEOPLE))], ids=lambda one: one.given)
def someone(request: pytest.FixtureRequest) -> Someone:
    one: Someone = request.param
    return one


@dataclass
class Entered:
    """Where a person was entered: the contact, the record that names them, the attached file."""

    contact_id: int
    partner_id: int
    engagement_id: int
    other_id: int


def enter(plan: Plan, one: Someone, folder: Path) -> Entered:
    """Enter a person everywhere: records, links, texts of others, files, a merged duplicate, deleted records."""
    with plan.edit(f"Add contact “{one.name}”") as edit:
        partner = make(edit, Partner)
        engagement = make(edit, Engagement)
        contact = Contact(given=one.given, family=one.family, own_name=one.own_name, email=one.email)
        contact.phone, contact.notes = one.phone, f"{one.family} {SECRET}."
        other = Contact(given="Other", family="Body", notes=f"Works with {one.name} ({one.email}).")
        twin = Contact(given=one.given, family=one.family, notes=f"The same; {SECRET}", email=None)
        edit.add_all([contact, other, twin])
        edit.flush()
        partner.head_id = contact.id
        edit.add(Position(contact_id=contact.id, partner_id=partner.id, title=SECRET, email=one.email))
        edit.add(EngagementContact(engagement_id=engagement.id, contact_id=contact.id, role=SECRET))
        edit.add(Gift(description="Vase", partner_id=partner.id, given_on=TODAY, donor=one.name))
        edit.add(Commitment(text=f"Call {one.phone}", partner_id=partner.id, contact_id=contact.id))
        engagement.staff = ("Our Own", one.name)
        engagement.result = f"{one.family}, {one.given} agreed\nand {one.name.upper()} wrote {one.own_name}."
    # The upper case of a name may be none that the lower case is made of: Turkish ı.
    paper = folder / "letter.txt"
    paper.write_text(f"{one.name} {SECRET}", "utf-8")
    attachments.attach(plan, "contact", contact.id, one.name, [paper])
    kept = folder / f"{one.name}.txt"
    kept.write_text("minutes", "utf-8")
    attachments.attach(plan, "engagement", engagement.id, "Talks", [kept])
    merge_records(plan, Contact, contact.id, twin.id, {})
    with plan.edit("Shorten") as edit:
        edit.get_one(Contact, contact.id).notes = f"{SECRET} no more"
        edit.get_one(Partner, partner.id).notes = f"See {one.email}."
    with plan.edit("Shorten again") as edit:
        edit.get_one(Partner, partner.id).notes = ""
    plan.undo()
    plan.redo()
    plan.undo()
    return Entered(contact.id, partner.id, engagement.id, other.id)


def found_in(folder: Path, one: Someone) -> list[tuple[str, bytes]]:
    """Where a person can still be read, in whatever file of a folder."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".txt"]
    return [(path.name, trace) for path in files for trace in set(one.traces()) if trace in path.read_bytes()]


def words(path: Path) -> set[str]:
    """Every word of the index."""
    return {str(term) for term, _doc, _col in content(path)["(index)"]}


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


def test_nothing_brings_an_erased_person_back(plan: Plan, someone: Someone, tmp_path: Path) -> None:
    entered = enter(plan, someone, tmp_path)
    erase(plan, entered.contact_id)

    assert (plan.undoable(), plan.redoable(), plan.undo(), plan.redo()) == (None, None, None, None)
    with raw(plan.path) as connection:
        changes = connection.execute(
            "SELECT DISTINCT change_id FROM changed_row WHERE \"table\" = 'contact' AND record_id = ?",
            (entered.contact_id,),
        ).fetchall()
    for (change,) in changes:
        for after in (False, True):
            with pytest.raises(UserError):
                put_back(plan, Past(change, "contact", entered.contact_id, after=after))
    with plan.edit("Go on") as edit:
        edit.get_one(Partner, entered.partner_id).notes = "New"
    assert plan.undo() is not None
    assert found_in(tmp_path, someone) == []
    assert faults(checked(plan.path)) == []


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


REWRITTEN = {
    "a rewritten row": "UPDATE changed_row SET after = replace(after, '[erased]', 'Somebody')",
    "an emptied row": "UPDATE changed_row SET after = '{\"given\":\"X\"}' WHERE after = '{}'",
    "a rewritten label": "UPDATE change SET label = 'x' WHERE label LIKE '%[erased]%'",
    "the stub": "UPDATE changed_row SET after = replace(after, 'erased by', 'changed by') WHERE \"table\" = 'change'",
    "the stub's digest": (
        'UPDATE changed_row SET after = replace(after, \'"digest":"\', \'"digest":"0\') WHERE "table" = \'change\''
    ),
    "a stub that is gone": "DELETE FROM changed_row WHERE \"table\" = 'change'",
    "the time of the erasure": "UPDATE change SET made_at = '2001-01-01T00:00:00Z' WHERE label LIKE 'Erase%'",
}


@pytest.mark.parametrize("what", REWRITTEN)
def test_tampering_is_still_found_after_an_erasure(plan: Plan, what: str, tmp_path: Path) -> None:
    entered = enter(plan, PEOPLE[0], tmp_path)
    erase(plan, entered.contact_id)
    assert faults(checked(plan.path)) == []
    tamper(plan.path, REWRITTEN[what])
    assert faults(checked(plan.path)) != []


def test_any_value_of_the_history_is_still_guarded_after_an_erasure(plan: Plan, tmp_path: Path) -> None:
    """One value of the history, drawn at random, of every change before and after."""
    entered = enter(plan, PEOPLE[1], tmp_path)
    erase(plan, entered.contact_id)
    plan.close()
    chance, missed = random.Random(6), []
    with raw(plan.path) as connection:
        cells = [
            (table, column, key)
            for table in ("change", "changed_row")
            for _at, column, *_rest in connection.execute(f'PRAGMA table_info("{table}")').fetchall()
            for (key,) in connection.execute(f'SELECT id FROM "{table}"').fetchall()
        ]
    for table, column, key in chance.sample(cells, min(size(12, 600), len(cells))):
        copy = tmp_path / "copy.cityplan"
        shutil.copyfile(plan.path, copy)
        tamper(
            copy,
            f'PRAGMA foreign_keys = OFF; UPDATE "{table}" SET "{column}" = CASE WHEN "{column}" IS NULL THEN 12345'
            f' WHEN typeof("{column}") = \'integer\' THEN "{column}" + 1000 ELSE "{column}" || \'x\' END'
            f" WHERE id = {key}",
        )
        if all(finding.ok for finding in checked(copy)):
            missed.append((table, column, key))
    assert missed == []


def test_a_backup_made_before_still_belongs_to_the_history(plan: Plan, tmp_path: Path) -> None:
    """Who keeps the old backups keeps a history that can be held against them."""
    entered = enter(plan, PEOPLE[0], tmp_path)
    backups.backup(plan.path)
    erase(plan, entered.contact_id)
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


def test_a_failure_in_the_middle_erases_nothing(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entered = enter(plan, PEOPLE[0], tmp_path)
    before = content(plan.path)
    monkeypatch.setattr("cityplanner.store.personal.erasing.rewrite", _fail)
    with pytest.raises(sqlite3.Error):
        erase(plan, entered.contact_id)
    assert content(plan.path) == before
    assert faults(checked(plan.path)) == []
    with raw(plan.path) as connection, pytest.raises(sqlite3.IntegrityError, match="only be added to"):
        connection.execute("DELETE FROM changed_row")


def _fail(*_all: object) -> None:
    raise sqlite3.OperationalError("the power is gone")


def test_a_plan_of_an_erased_person_opens_and_copies(plan: Plan, tmp_path: Path) -> None:
    entered = enter(plan, PEOPLE[0], tmp_path)
    erase(plan, entered.contact_id)
    copy = plan.save_copy(tmp_path / "copy.cityplan")
    with open_plan(copy) as opened:
        assert faults(checked(copy)) == []
        assert opened.search("tea") == []


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
