"""A person who is entered in all the places a person can stand, and where they can still be read."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cityplanner.model.contact import Contact, Position
from cityplanner.model.engagement import Commitment, Engagement, EngagementContact
from cityplanner.model.ledger import Gift
from cityplanner.model.partner import Partner
from cityplanner.store import attachments
from cityplanner.store.merging import merge_records
from cityplanner.store.plan_file import Plan
from tests.builders import make
from tests.store.content import content

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
