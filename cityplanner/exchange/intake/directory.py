"""What cells may call a record that another one links to: its uid, code, title, or a contact's e-mail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cityplanner.base.language import _
from cityplanner.exchange.intake.shorthands import phrase, phrases
from cityplanner.model.entity import Entity, field_of, fields
from cityplanner.model.field import Kind
from cityplanner.model.nouns import nouns
from cityplanner.model.wording import UnreadableError
from cityplanner.store.queries.records import Reading
from cityplanner.store.queries.titles import titles
from cityplanner.store.queries.values import values

_ALSO = {"contact": ("own_name", "email"), "partner": ("own_name",)}


@dataclass(frozen=True, slots=True)
class _Entries:
    """The records of one noun by everything they are called."""

    by_uid: dict[str, int]
    by_text: dict[str, list[int]]
    by_phrase: dict[str, list[int]]
    titles: dict[int, str]


class Directory:
    """Finds linked records; each noun is read once, when it is first asked for."""

    def __init__(self, session: Reading) -> None:
        self._session = session
        self._entries: dict[str, _Entries] = {}

    def find(self, table: str, text: str) -> int:
        """The id of the one record that `text` calls; raises `UnreadableError` for none and for several."""
        entries = self._of(table)
        if text in entries.by_uid:
            return entries.by_uid[text]
        found = entries.by_text.get(text) or entries.by_phrase.get(phrase(text)) or []
        if len(found) == 1:
            return found[0]
        noun = nouns()[table]
        if found:
            raise UnreadableError(
                _("“{text}” is what {n} {plural} are called.").format(
                    text=text, n=len(found), plural=_(noun.__plural__)
                ),
                _("Give the uid instead."),
            )
        raise UnreadableError(
            _("There is no {noun} “{text}” in the plan.").format(noun=_(noun.__label__), text=text),
            _("Correct the name, or import the {plural} first.").format(plural=_(noun.__plural__)),
        )

    def by_uid(self, table: str, uid: str) -> int | None:
        """The id of the record with that uid."""
        return self._of(table).by_uid.get(uid)

    def title(self, table: str, record_id: int) -> str:
        """The title of a record."""
        return self._of(table).titles.get(record_id, "")

    def calls(self, table: str, text: str, record_id: int) -> bool:
        """Whether a text is one of the names of this record, if not of it alone."""
        entries = self._of(table)
        return record_id in (entries.by_text.get(text) or entries.by_phrase.get(phrase(text)) or ())

    def _of(self, table: str) -> _Entries:
        if table not in self._entries:
            self._entries[table] = _read(self._session, nouns()[table])
        return self._entries[table]


def _read(session: Reading, noun: type[Entity]) -> _Entries:
    names = _naming(noun)
    rows = list(values(session, noun, ("id", "uid", *names)))
    titled = titles(session, noun, [row[0] for row in rows])
    entries = _Entries({}, {}, {}, titled)
    for number, uid, *called in rows:
        entries.by_uid[uid] = number
        for text in dict.fromkeys((titled[number], *_texts(noun, names, called))):
            if text:
                _add(entries.by_text, text, number)
    folded = phrases(entries.by_text.keys())
    for text, numbers in entries.by_text.items():
        for number in numbers:
            _add(entries.by_phrase, folded[text], number)
    return entries


def _naming(noun: type[Entity]) -> tuple[str, ...]:
    declared = {field.name for field in fields(noun)}
    own = [name for name in noun.__title__ if field_of(noun, name).kind is Kind.TEXT]
    also = [name for name in ("code", *_ALSO.get(noun.__tablename__, ())) if name in declared]
    return tuple(dict.fromkeys((*own, *also)))


def _texts(noun: type[Entity], names: tuple[str, ...], called: Iterable[Any]) -> list[str]:
    """What a record is called; a given or a family name alone calls nobody."""
    known = dict(zip(names, called, strict=True))
    if noun.__tablename__ == "contact":
        given, family = known.pop("given", ""), known.pop("family", "")
        return [f"{family}, {given}" if given and family else "", *(text or "" for text in known.values())]
    return [str(text or "") for text in known.values()]


def _add(index: dict[str, list[int]], key: str, number: int) -> None:
    known = index.setdefault(key, [])
    if number not in known:
        known.append(number)
