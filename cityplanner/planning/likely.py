"""The partners or contacts of a plan that may be one and the same."""

from __future__ import annotations

import re
from typing import Any

from cityplanner.base.collecting import emptied_after
from cityplanner.model.contact import Contact
from cityplanner.model.entity import Entity
from cityplanner.planning.duplicates import Candidate, Likeness, Progress, find
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries import likeness

SEARCHED = ("contact", "partner")
"""The nouns that duplicates are looked for in."""


def duplicates(plan: Plan, noun: type[Entity], progress: Progress | None = None) -> list[Likeness]:
    """Pairs of contacts or of partners that may be one record, the surest first."""
    with plan.reading() as session:
        apart = likeness.apart(session, noun)
        if noun is Contact:
            held = likeness.positions(session)
            candidates = [_contact(row, held.get(row[0], [])) for row in likeness.contacts(session)]
        else:
            candidates = [_partner(row) for row in likeness.partners(session)]
    with emptied_after(candidates):
        return find(candidates, apart, progress)


def _contact(row: tuple[Any, ...], held: list[tuple[int, str | None]]) -> Candidate:
    number, given, family, own_name, email, emails, phone, phones, country = row
    addresses = {email, *emails, *(address for _partner, address in held)}
    return Candidate(
        number,
        f"{given} {family}".strip(),
        own_name,
        emails=frozenset(address.casefold() for address in addresses if address),
        phones=frozenset(filter(None, (phone, *phones))),
        country=country or "",
        partners=frozenset(partner for partner, _address in held),
    )


def _partner(row: tuple[Any, ...]) -> Candidate:
    number, name, own_name, kind, country, city, website = row
    return Candidate(
        number,
        name,
        own_name,
        site=site(website),
        country=country or "",
        city=city,
        kind=str(kind),
        is_person=False,
    )


def site(website: str) -> str:
    """What is peculiar to a website's address: no scheme, no `www`, no slash at the end."""
    return re.sub(r"^(https?://)?(www\.)?", "", website.strip().casefold()).rstrip("/")
