"""Which record of the plan a row is about: read once as a set, then found by uid, code or natural key."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

from cityplanner.base.language import _
from cityplanner.exchange.intake.shorthands import phrase, phrases
from cityplanner.model.entity import Entity, defaults, field_of, fields, links
from cityplanner.store.queries.records import Reading
from cityplanner.store.queries.values import values
from cityplanner.store.search import tokens

Values = Mapping[str, Any]
_PAGE = 2000


@dataclass(frozen=True, slots=True)
class Key:
    """Fields that together tell a record from others; two that differ in one of `apart` are not the same.

    A value that either side lacks keeps nothing apart.
    """

    fields: tuple[str, ...]
    apart: tuple[str, ...] = ()


_KEYS: dict[str, tuple[Key, ...]] = {
    "partner": (Key(("name",), apart=("country",)),),
    "contact": (Key(("email",)), Key(("given", "family"), apart=("email",)), Key(("own_name",), apart=("email",))),
    "position": (Key(("contact_id", "partner_id", "title"), apart=("starts_on",)),),
    "agreement": (Key(("title",), apart=("type",)),),
    "engagement": (Key(("title", "starts_at")),),
    "commitment": (Key(("text", "partner_id"), apart=("due_on", "engagement_id")),),
    "gift": (Key(("description", "partner_id", "given_on")),),
    "aid": (Key(("item", "partner_id", "occurred_on"), apart=("direction",)),),
    "practice": (Key(("topic", "partner_id")),),
    "initiative": (Key(("code",)), Key(("title",), apart=("code",))),
    "fund": (Key(("code",)), Key(("title",), apart=("code",))),
    "source_item": (Key(("code",)),),
    "section": (Key(("roundtable_id", "number")),),
    "measurement": (Key(("indicator_id", "measured_on", "group")),),
    "budget_line": (Key(("service_level_id", "category", "fund_id", "note")),),
    "staff_position": (Key(("title",)),),
}  # fmt: skip
"""The natural keys in the order they are tried; other nouns go by what is unique in them, or by title and owner."""


def keys(noun: type[Entity]) -> tuple[Key, ...]:
    """The natural keys of a noun."""
    table = noun.__tablename__
    if table in _KEYS:
        return _KEYS[table]
    if noun.__unique__:
        return (Key(noun.__unique__),)
    owners = tuple(link.name for link in links(noun) if link.required)
    titled = tuple(name for name in noun.__title__ if name not in owners)
    return (Key((*owners, *titled)),)


def unique(noun: type[Entity]) -> tuple[tuple[str, ...], ...]:
    """What the plan refuses to hold twice."""
    single = tuple((field.name,) for field in fields(noun) if field.unique)
    return (*single, *((noun.__unique__,) if noun.__unique__ and noun.__unique__ not in single else ()))


class Match(NamedTuple):
    """The owner a row belongs to: a record's id, or minus the number of an earlier row; or why there is none."""

    owner: int | None = None
    problem: str = ""
    note: str = ""


_NOBODY = Match()


class Records(Mapping[int, dict[str, Any]]):
    """The records of one noun by owner.

    One of the plan is kept without the names of its fields, which are all alike, a new one as its row tells it.
    """

    def __init__(self, noun: type[Entity]) -> None:
        self._names = ("uid", *(declared.name for declared in fields(noun)))
        self._plain = {"uid": "", **defaults(noun)}
        self._kept: dict[int, tuple[Any, ...] | Values] = {}

    def __getitem__(self, owner: int) -> dict[str, Any]:
        kept = self._kept[owner]
        return (
            dict(zip(self._names, kept, strict=True)) if isinstance(kept, tuple) else {**self._plain, **kept}
        )

    def tell(self, owner: int, told: Values) -> None:
        """Keep a new record by what a row tells of it; the rest is what a new record holds."""
        self._kept[owner] = told

    def keep(self, ids: Sequence[int], rows: Sequence[tuple[Any, ...]]) -> None:
        """Keep records of the plan: rows of their id and all that is known of them."""
        self._kept.update(zip(ids, (row[1:] for row in rows), strict=True))

    def __setitem__(self, owner: int, record: Values) -> None:
        self._kept[owner] = tuple([record.get(name, "") for name in self._names])

    def __contains__(self, owner: object) -> bool:
        return owner in self._kept

    def __iter__(self) -> Iterator[int]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)


@dataclass(slots=True)
class Known:
    """The records of one noun and, as they come, the new ones of the file under minus their row's number."""

    noun: type[Entity]
    defaults: Values = field(default_factory=dict)
    by_uid: dict[str, int] = field(default_factory=dict)
    records: Records = field(init=False)
    _keys: tuple[tuple[Key, dict[Any, int | list[int]]], ...] = ()
    _unique: dict[tuple[str, ...], dict[tuple[Any, ...], int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.records = Records(self.noun)
        self._keys = tuple((key, {}) for key in keys(self.noun))
        self._unique = {names: {} for names in unique(self.noun)}

    @classmethod
    def read(cls, session: Reading, noun: type[Entity]) -> Known:
        """Everything the plan has of a noun."""
        names = ("id", "uid", *(declared.name for declared in fields(noun)))
        known = cls(noun, defaults(noun))
        rows = values(session, noun, names)
        while page := list(islice(rows, _PAGE)):
            known._add_kept(names, page)
        return known

    def _add_kept(self, names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
        """Keep records of the plan, given by the values of these names, under their ids."""
        columns = dict(zip(names, zip(*rows, strict=True), strict=True))
        ids = columns["id"]
        self.records.keep(ids, rows)
        self.by_uid.update(zip(columns["uid"], ids, strict=True))
        for (_key, owners), places in zip(self._keys, self.places(columns, len(rows)), strict=True):
            for place, owner in zip(places, ids, strict=True):
                _stand(owners, place, owner)
        for unique_names, taken in self._unique.items():
            for exact, owner in zip(
                zip(*(columns[name] for name in unique_names), strict=True), ids, strict=True
            ):
                if None not in exact:
                    taken.setdefault(exact, owner)

    def add(self, owner: int, record: dict[str, Any], told: Values | None = None) -> None:
        """Keep a record under its id, or a new one, of which this is told, under minus its row's number."""
        if told is None:
            self.records[owner] = record
        else:
            self.records.tell(owner, told)
        if record.get("uid"):
            self.by_uid[record["uid"]] = owner
        for key, owners in self._keys:
            _stand(owners, self._place(key, record), owner)
        for names, taken in self._unique.items():
            exact = _exactly(names, record)
            if exact is not None:
                taken.setdefault(exact, owner)

    @property
    def keys(self) -> tuple[Key, ...]:
        """The keys that records are told by."""
        return tuple(key for key, _owners in self._keys)

    def owners(self) -> tuple[Mapping[Any, int | list[int]], ...]:
        """Who stands where, by each key."""
        return tuple(owners for _key, owners in self._keys)

    def places_of(self, record: Values) -> list[Any]:
        """Where a record stands by each key; None: nowhere."""
        return [self._place(key, record) for key in self.keys]

    def places(self, columns: Mapping[str, Sequence[Any]], count: int) -> list[list[Any]]:
        """The same of so many records, given as columns of values, in which None stands for nothing given."""
        return [self._places(key, columns, count) for key in self.keys]

    def _places(self, key: Key, columns: Mapping[str, Sequence[Any]], count: int) -> list[Any]:
        plain = {name: self.defaults.get(name) for name in key.fields}
        told = [columns[name] if name in columns else [plain[name]] * count for name in key.fields]
        if key.fields == ("given", "family"):
            known = phrases({name for names in told for name in names if name}) | {"": "", None: ""}
            return [
                f"{known[given]} {known[family]}".strip() or None for given, family in zip(*told, strict=True)
            ]
        found = [_comparables(values, plain[name]) for name, values in zip(key.fields, told, strict=True)]
        if len(found) == 1:
            return [None if value == "" else value for value in found[0]]
        return [None if values[0] == "" else values for values in zip(*found, strict=True)]

    def taken(self, names: tuple[str, ...], record: Values) -> int | None:
        """Who already has these values, which may occur only once."""
        place = _exactly(names, record)
        return None if place is None else self._unique[names].get(place)

    def find(self, record: Values, used: Container[int] = ()) -> Match:
        """Whom a row with these values is about.

        A row that carries a uid of its own is never about a record of `used`, which another row was about.
        """
        if self.noun.__tablename__ == "office" and self.records:
            return Match(next(iter(self.records)))
        uid = record.get("uid")
        if uid and uid in self.by_uid:
            return Match(self.by_uid[uid])
        note = ""
        for key, owners in self._keys:
            place = self._place(key, record)
            at_place = owners.get(place) if place is not None else None
            if at_place is None:
                continue
            found = at_place if isinstance(at_place, list) else [at_place]
            free = [owner for owner in found if not (uid and self._is_another(owner, uid, used))]
            fitting = [owner for owner in free if self._fits(key, self.records[owner], record)]
            if free and not fitting:
                note = self._differs(key)
            match = self._chosen(key, fitting, record)
            if match.owner is not None or match.problem:
                return match
        return Match(note=note) if note else _NOBODY

    def _is_another(self, owner: int, uid: str, used: Container[int]) -> bool:
        return owner in used or (owner < 0 and (self.records[owner]["uid"] or uid) != uid)

    def _chosen(self, key: Key, fitting: list[int], record: Values) -> Match:
        if len(fitting) > 1:
            exact = [owner for owner in fitting if self._agrees(key, self.records[owner], record)]
            fitting = exact or fitting
        if len(fitting) > 1:
            return Match(
                problem=_(
                    "fits {n} {plural} of the plan. Add the column “uid” to say which one is meant."
                ).format(n=len(fitting), plural=_(self.noun.__plural__))
            )
        return Match(fitting[0]) if fitting else Match()

    def _agrees(self, key: Key, known: Values, record: Values) -> bool:
        others = {name for other in keys(self.noun) for name in (*other.fields, *other.apart)}
        return all(comparable(known.get(name)) == comparable(record.get(name)) for name in others)

    def _fits(self, key: Key, known: Values, record: Values) -> bool:
        for name in key.apart:
            ours, theirs = comparable(known.get(name)), comparable(record.get(name))
            if ours and theirs and ours != theirs:
                return False
        return self.noun.__tablename__ != "contact" or "email" not in key.fields or _may_be_one(known, record)

    def _differs(self, key: Key) -> str:
        if self.noun.__tablename__ == "contact" and "email" in key.fields:
            return _("A contact of another name has the same e-mail.")
        labels = ", ".join(_(field_of(self.noun, name).label) for name in key.apart)
        return _("There is another one of this name; they differ in: {fields}.").format(fields=labels)

    def _place(self, key: Key, record: Values) -> Any:
        """Where a record stands in the index by this key; nowhere (None) when its first field is empty."""
        if key.fields == ("given", "family"):  # where a name is cut in two differs from list to list
            return _phrase(f"{record.get('given') or ''} {record.get('family') or ''}") or None
        if len(key.fields) == 1:
            name = key.fields[0]
            single = comparable(record.get(name, self.defaults.get(name)))
            return None if single == "" else single
        found = [comparable(record.get(name, self.defaults.get(name))) for name in key.fields]
        return None if not found or found[0] == "" else tuple(found)


def _stand(owners: dict[Any, int | list[int]], place: Any, owner: int) -> None:
    """Note that somebody stands at a place; nearly every place has but one."""
    if place is None:
        return
    first = owners.setdefault(place, owner)
    if isinstance(first, list):
        first.append(owner)
    elif first != owner:
        owners[place] = [first, owner]


def _exactly(names: tuple[str, ...], record: Values) -> tuple[Any, ...] | None:
    found = tuple(record.get(name) for name in names)
    return None if None in found else found


_phrase = lru_cache(maxsize=64)(phrase)
"""A row is first looked for and then kept: its names are folded once."""


def comparable(value: Any) -> Any:
    """A value as keys compare it: texts folded, nothing as an empty text."""
    if type(value) is str:
        return (_phrase(value) or value.strip()) if value else ""
    return "" if value is None else value


def _comparables(values: Sequence[Any], plain: Any) -> list[Any]:
    """The same of many values; `plain` where there is none."""
    texts = phrases({value for value in values if type(value) is str})
    known = {text: found or text.strip() for text, found in texts.items()}
    nothing = comparable(plain)
    return [
        known[value] if type(value) is str else nothing if value is None else comparable(value)
        for value in values
    ]


def _may_be_one(known: Values, record: Values) -> bool:
    """Whether two sets of names can be one person's: some word in common, or none given."""
    ours, theirs = (
        set(tokens(" ".join(str(names.get(name) or "") for name in ("given", "family", "own_name"))))
        for names in (known, record)
    )
    return not ours or not theirs or bool(ours & theirs)
