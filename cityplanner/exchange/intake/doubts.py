"""Records that a new row may be about although no key says so: the same address, number, website or words of a name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cityplanner.base.language import N_
from cityplanner.exchange.intake.known import Values
from cityplanner.model.entity import Entity
from cityplanner.store.search import tokens

MOST = 3
"""How many records a row is offered."""
TELLING = 30
"""What more records than this have in common (a switchboard, a name such as Li Wei) tells nothing."""
_ADDRESS, _NUMBER, _SITE, _NAME = N_("same e-mail"), N_("same phone"), N_("same website"), N_("same name")
_SMALL_WORDS = frozenset(("city", "of", "the", "de", "la", "le", "ville", "stadt", "ciudad"))


class Doubts:
    """The signs of a noun's records; only of contacts and partners, of which lists overlap."""

    def __init__(self, noun: type[Entity], records: Mapping[int, Values]) -> None:
        self._table = noun.__tablename__
        self._by_sign: dict[tuple[str, Any], list[int]] = {}
        for owner, record in records.items():
            for sign in self._signs(record):
                self._by_sign.setdefault(sign, []).append(owner)
        self._records = records

    def of(self, values: Values) -> dict[int, str]:
        """Whom a row may be about, and the sign of it in words that are not translated yet."""
        found: dict[int, str] = {}
        for sign in self._signs(values) if self._by_sign else ():
            owners = self._by_sign.get(sign, ())
            for owner in owners if len(owners) <= TELLING else ():
                if not self._stand_apart(owner, values, sign[0]):
                    found.setdefault(owner, sign[0])
        return dict(list(found.items())[:MOST])

    def _stand_apart(self, owner: int, values: Values, sign: str) -> bool:
        """Whether two partners are in different countries, or two people only share a desk's number."""
        known = self._records[owner]
        if self._table == "partner":
            ours, theirs = known.get("country"), values.get("country")
            return bool(ours and theirs) and ours != theirs
        return sign == _NUMBER and not _words(known) & _words(values)

    def _signs(self, record: Values) -> Iterator[tuple[str, Any]]:
        if self._table == "contact":
            for address in _all(record, "email", "other_emails"):
                yield _ADDRESS, address.casefold()
            for number in _all(record, "phone", "other_phones"):
                yield _NUMBER, number
            yield from _names(
                f"{record.get('given') or ''} {record.get('family') or ''}", record.get("own_name")
            )
        elif self._table == "partner":
            if record.get("website"):
                yield (
                    _SITE,
                    str(record["website"]).partition("//")[2].removeprefix("www.").strip("/").casefold(),
                )
            yield from _names(str(record.get("name") or ""), record.get("own_name"))


def _words(record: Values) -> set[str]:
    return set(tokens(" ".join(str(record.get(name) or "") for name in ("given", "family", "own_name"))))


def _all(record: Values, one: str, others: str) -> Iterator[str]:
    if record.get(one):
        yield record[one]
    yield from record.get(others) or ()


def _names(*texts: str | None) -> Iterator[tuple[str, Any]]:
    """The words of a name, in whatever order they stand."""
    for text in texts:
        words = frozenset(tokens(text)) - _SMALL_WORDS if text else frozenset()
        if words:
            yield _NAME, words
