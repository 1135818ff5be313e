"""Contacts out of the plan as vCards 4.0 or 3.0 that phones, mail programs and this application read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from cityplanner.base.files import whole_file
from cityplanner.base.language import _, language
from cityplanner.exchange.sheet import Progress, silent
from cityplanner.exchange.vcards import OURS, PRODUCT
from cityplanner.model.contact import Contact, Position
from cityplanner.model.entity import Entity
from cityplanner.model.partner import Partner
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries import listing
from cityplanner.store.queries.records import Reading, by_id, records
from cityplanner.store.queries.titles import titles
from cityplanner.store.queries.values import uids

_FOLD = 75
_STEP = 500


def export_vcards(
    plan: Plan,
    noun: type[Entity],
    target: Path,
    *,
    ids: Sequence[int] | None = None,
    everyone: bool = False,
    version: str = "4.0",
    progress: Progress = silent,
    **_columns: Any,
) -> int:
    """Write contacts as cards and return how many; those not to be contacted are left out unless `everyone`."""
    with plan.reading() as session, whole_file(target) as path:
        wanted = list(listing.ids(session, Contact) if ids is None else ids)
        posts = _current_posts(session)
        known = by_id(session, Contact, wanted)
        contacts = [known[number] for number in wanted if number in known]
        chosen = [one for one in contacts if everyone or not one.do_not_contact]
        with path.open("w", encoding="utf-8", newline="") as file:
            for number, contact in enumerate(chosen):
                if number % _STEP == 0:
                    progress(number / len(chosen), _("Exporting"))
                file.write(card(contact, posts.get(contact.id), version))
    progress(1, _("Exporting"))
    return len(chosen)


Post = tuple[str, str, str]
"""A position: its title, the partner's name and the partner's uid."""


def _current_posts(session: Reading) -> dict[int, Post]:
    """The newest position that has not ended, by contact."""
    today = date.today()
    open_ = [post for post in records(session, Position) if post.ends_on is None or post.ends_on >= today]
    open_.sort(key=lambda post: (post.starts_on or date.min, post.id))
    partners = {post.partner_id for post in open_}
    named, known = titles(session, Partner, partners), uids(session, Partner, partners)
    return {post.contact_id: (post.title, named[post.partner_id], known[post.partner_id]) for post in open_}


def card(contact: Contact, post: Post | None, version: str = "4.0") -> str:
    """One vCard, its lines folded at 75 octets and ended as the standard asks."""
    lines = [
        "BEGIN:VCARD",
        f"VERSION:{version}",
        f"PRODID:{PRODUCT}",
        *_properties(contact, post, version),
        "END:VCARD",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _properties(contact: Contact, post: Post | None, version: str) -> Iterator[str]:
    four = version == "4.0"
    yield f"UID:{'urn:uuid:' if four and _is_uuid(contact.uid) else ''}{_escaped(contact.uid)}"
    whole = " ".join(filter(None, (contact.given, contact.family))) or contact.own_name
    yield f"FN:{_escaped(whole)}"
    name = (contact.family, contact.given, "", contact.address_form, "")
    yield "N:" + ";".join(map(_escaped, name))
    for address in filter(None, (contact.email, *contact.other_emails)):
        preferred = (";PREF=1" if four else ",PREF") if address == contact.email else ""
        yield (f"EMAIL{preferred}:" if four else f"EMAIL;TYPE=INTERNET{preferred}:") + _escaped(address)
    for number in filter(None, (contact.phone, *contact.other_phones)):
        preferred = (";PREF=1" if four else ",PREF") if number == contact.phone else ""
        yield (
            f"TEL;VALUE=uri{preferred}:tel:{number}"
            if four
            else f"TEL;TYPE=VOICE{preferred}:{number.replace(';ext=', ' x')}"
        )
    if contact.country:
        yield f"ADR:;;;;;;{_escaped(language('en').country(contact.country))}"
    if post is not None:
        title, organization, uid = post
        yield f"ORG:{_escaped(organization)}"
        if title:
            yield f"TITLE:{_escaped(title)}"
        yield f"{OURS}PARTNER-UID:{_escaped(uid)}"
    for tag in contact.languages:
        yield f"{'LANG' if four else OURS + 'LANG'}:{tag}"
    if contact.notes:
        yield f"NOTE:{_escaped(contact.notes)}"
    yield from _own(contact)


def _own(contact: Contact) -> Iterator[str]:
    """What no standard property takes."""
    for name in ("own_name", "pronunciation", "salutation", "country", "protocol"):
        value = getattr(contact, name)
        if value:
            yield f"{OURS}{name.upper().replace('_', '-')}:{_escaped(value)}"
    if contact.do_not_contact:
        yield f"{OURS}DO-NOT-CONTACT:yes"


def _is_uuid(uid: str) -> bool:
    return bool(re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", uid))


def _escaped(text: str) -> str:
    guarded = re.sub(r"([\\,;])", r"\\\1", text)
    return guarded.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def _folded(line: str) -> str:
    """A line in pieces of at most 75 octets, no character cut in two."""
    if len(line.encode()) <= _FOLD:
        return line
    pieces: list[str] = []
    piece, size = "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > _FOLD - bool(pieces):
            pieces.append(piece)
            piece, size = "", 0
        piece += sign
        size += width
    return "\r\n ".join([*pieces, piece])
