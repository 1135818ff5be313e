"""A plan whose every text looks like mark-up, and how to tell whether what is shown of it is that text."""

from __future__ import annotations

from typing import Any

from cityplanner.model.contact import Contact
from cityplanner.model.entity import Entity, fields
from cityplanner.model.field import Kind
from cityplanner.model.nouns import nouns
from cityplanner.model.partner import Partner
from cityplanner.store import attachments
from cityplanner.store.plan_file import Plan
from tests.builders import make

HOSTILE = '<b>bold7</b> <img src=img7.png> R&D7 &x7q &lt;lt7 <a href="http://example.org/link7">'
MARKS = {"bold7": "<b>bold7", "img7": "<img src=img7", "D7": "R&D7", "x7q": "&x7q", "lt7": "&lt;lt7"}
"""By a word that mark-up would leave over: what has to be seen in front of it."""
ROOM = len(HOSTILE) + 6
"""Letters, with a number behind it."""
WORD = "Harborfront" * 18_182
"""200,002 letters without a space."""


def fill(plan: Plan) -> None:
    """A record of every noun whose every text is hostile, and one whose texts are as long as they may be."""
    with plan.edit("Fill") as edit:
        for noun in nouns().values():
            if noun.__tablename__ in ("office", "attachment"):
                continue
            texts: dict[str, Any] = dict.fromkeys(texts_of(noun), HOSTILE)
            make(edit, noun, **texts)
        attachments.add(edit, "partner", 1, "R&D7 &x7q.txt", b"text")
        edit.add(Partner(name=WORD[:200], notes=WORD[: _longest(Partner, "notes")]))
        edit.add(Contact(family=WORD[:100], notes=WORD[: _longest(Contact, "notes")]))


def texts_of(noun: type[Entity]) -> list[str]:
    """The fields of a noun that a hostile text fits in."""
    return [
        field.name
        for field in fields(noun)
        if field.kind in (Kind.TEXT, Kind.LONG_TEXT) and (field.longest or 300) >= ROOM and not field.derived
    ]


def _longest(noun: type, name: str) -> int:
    return next(field.longest for field in fields(noun) if field.name == name) or 200_000


def wrong(source: str, seen: str) -> list[str]:
    """The marks of which a text has the word, but does not show what stands in front of it."""
    return [mark for word, mark in MARKS.items() if word in source and mark not in seen]


def misread(seen: str) -> list[str]:
    """The marks that are not shown as often as their words, whatever white space is between."""
    bare = "".join(seen.split())
    return [mark for word, mark in MARKS.items() if bare.count(word) != bare.count("".join(mark.split()))]
