"""The second step of an import: which column of a table is which field of a noun."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from cityplanner.base.errors import UserError
from cityplanner.base.language import N_, _, language
from cityplanner.exchange.intake import synonyms
from cityplanner.exchange.intake.companions import Companion, companion_of, companions
from cityplanner.exchange.intake.shorthands import FULL_NAME, phrase
from cityplanner.model.entity import Entity, field_of, fields
from cityplanner.model.field import Field, Kind
from cityplanner.model.nouns import nouns

UID = "uid"


@dataclass(frozen=True, slots=True)
class Target:
    """Where the cells of a column go: a field of the row's noun or of a companion.

    `by_uid`: the cells name a linked record by its uid. `field` is `uid` for the record's own.
    """

    field: str
    companion: str = ""
    by_uid: bool = False

    def __str__(self) -> str:
        own = f"{self.companion}.{self.field}" if self.companion else self.field
        return f"{own} uid" if self.by_uid else own

    def declared(self, noun: type[Entity]) -> Field | None:
        """The field it stands for; None for a uid and for a whole name."""
        if self.field in (UID, FULL_NAME):
            return None
        return field_of(companion_of(noun, self.companion).noun if self.companion else noun, self.field)

    def label(self, noun: type[Entity]) -> str:
        """What a person reads, translated."""
        if self.field == UID:
            return _("identifier (uid)")
        if self.field == FULL_NAME:
            return _("Full name")
        declared = self.declared(noun)
        assert declared is not None
        text = _(declared.label)
        if self.companion:
            companion = companion_of(noun, self.companion)
            text = _(self.companion) if companion.many else f"{_(companion.noun.__label__)}: {text}"
        return f"{text} (uid)" if self.by_uid else text


class Source(StrEnum):
    """How a column came to its field."""

    EXACT = N_("exact")
    SYNONYM = N_("synonym")
    LEARNED = N_("learned")
    CHOSEN = N_("chosen")
    NONE = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table, and where it goes; without a target, `reason` says why it is left out."""

    position: int
    header: str
    target: Target | None
    reason: str = ""
    source: Source = Source.NONE


Known = dict[str, tuple[Target, Source]]
"""What phrases mean, and how that is known."""


def match(
    headers: Sequence[str],
    noun: type[Entity],
    mapping: Mapping[str, str] | None = None,
    language_tag: str | None = None,
    learned: Mapping[str, str] | None = None,
    insist: bool = True,
) -> tuple[Column, ...]:
    """Match headers to fields: by `mapping` (header to field name, empty: leave out), by what was learned of
    earlier imports (phrase to field name), then by their words.

    Raises `UserError` when a mapping names a field or a header that does not exist, or when nothing matches
    and somebody insists.
    """
    known = _vocabulary(noun, language_tag or language_now())
    given = _given(headers, noun, mapping or {}, known)
    taken = {target for target in given.values() if target is not None}
    lessons = _lessons(headers, noun, learned or {}, given, taken)
    columns: list[Column] = []
    for position, header in enumerate(headers):
        if header in given:
            columns.append(_as_told(position, header, given[header], Source.CHOSEN))
        elif header in lessons:
            columns.append(_as_told(position, header, lessons[header], Source.LEARNED))
        else:
            columns.append(_matched(position, header, noun, known, taken))
    if insist and not any(column.target for column in columns):
        raise _nothing_matches(headers, noun)
    return tuple(columns)


def _as_told(position: int, header: str, target: Target | None, source: Source) -> Column:
    return Column(position, header, target, "" if target else _("left out as asked"), source)


def _lessons(
    headers: Sequence[str],
    noun: type[Entity],
    learned: Mapping[str, str],
    given: Mapping[str, Target | None],
    taken: set[Target],
) -> dict[str, Target | None]:
    """What was learned of these headers; a field that is gone, or taken already, teaches nothing."""
    if not learned:
        return {}
    by_name = {str(target): target for target in all_targets(noun)}
    found: dict[str, Target | None] = {}
    for header in headers:
        name = learned.get(phrase(header))
        if header in given or header in found or name is None:
            continue
        if not name:
            found[header] = None
        elif (target := by_name.get(name)) is not None and target not in taken:
            taken.add(target)
            found[header] = target
    return found


def language_now() -> str:
    """The tag of the language that labels are in."""
    from cityplanner.base.language import current

    return current().tag


def _matched(position: int, header: str, noun: type[Entity], known: Known, taken: set[Target]) -> Column:
    wanted = phrase(header)
    if wanted in synonyms.IGNORED:
        return Column(position, header, None, _("says why a row was rejected before"))
    if wanted in derived_phrases(noun):
        return Column(position, header, None, _("is worked out by the application"))
    target, source = known.get(wanted, (None, Source.NONE))
    if target is None:
        return Column(position, header, None, _("is no field of a {noun}").format(noun=_(noun.__label__)))
    if target in taken:
        return Column(position, header, None, _("an earlier column is taken for the same field"))
    taken.add(target)
    return Column(position, header, target, source=source)


@cache
def derived_phrases(noun: type[Entity]) -> frozenset[str]:
    """What the columns are called that an export writes and an import passes over."""
    derived = [field for field in fields(noun) if field.derived]
    return frozenset(phrase(text) for field in derived for text in (field.name, field.label, _(field.label)))


def _given(
    headers: Sequence[str], noun: type[Entity], mapping: Mapping[str, str], known: Known
) -> dict[str, Target | None]:
    by_phrase = {phrase(header): header for header in headers}
    found: dict[str, Target | None] = {}
    for header, name in mapping.items():
        actual = header if header in headers else by_phrase.get(phrase(header))
        if actual is None:
            raise UserError(
                _("The mapping names a column “{header}” that the file does not have.").format(header=header),
                _("The file has: {headers}.").format(headers=", ".join(headers)),
            )
        if not name:
            found[actual] = None
            continue
        by_words, _source = known.get(phrase(name), (None, Source.NONE))
        target = next((t for t in all_targets(noun) if str(t) == name.strip()), by_words)
        if target is None:
            raise UserError(
                _("“{name}” is no field of a {noun}.").format(name=name, noun=_(noun.__label__)),
                _("Use one of: {names}.").format(names=", ".join(map(str, all_targets(noun)))),
            )
        found[actual] = target
    return found


def _nothing_matches(headers: Sequence[str], noun: type[Entity]) -> UserError:
    return UserError(
        _("None of the columns belongs to a {noun}: {headers}.").format(
            noun=_(noun.__label__), headers=", ".join(headers[:12])
        ),
        _("Check the first row of the file, choose another noun, or give a mapping of columns to fields."),
    )


def all_targets(noun: type[Entity]) -> tuple[Target, ...]:
    """Everything a column can be for a noun, its own fields first."""
    own = [Target(UID)]
    for field in fields(noun):
        if not field.derived:
            own += _both(field)
    if noun.__tablename__ == "contact":
        own.append(Target(FULL_NAME))
    return (*own, *(t for companion in companions(noun) for t in _of(companion)))


def _both(field: Field, companion: str = "") -> list[Target]:
    """A field; of a link also the uid of what it points to."""
    both = [Target(field.name, companion)]
    return [*both, Target(field.name, companion, by_uid=True)] if field.kind is Kind.LINK else both


def _of(companion: Companion) -> Iterator[Target]:
    for field in companion.fields:
        yield from _both(field, companion.name)


@cache
def _vocabulary(noun: type[Entity], tag: str) -> Known:
    """Which target each phrase means; where two claim one, the noun's own names come first."""
    known: Known = {}
    targets = all_targets(noun)

    def learn(target: Target, texts: Iterable[str], source: Source) -> None:
        for text in texts:
            known.setdefault(phrase(text), (target, source))

    for words in (_names, _labels):
        for target in targets:
            learn(target, words(target, noun, tag), Source.EXACT)
    for target in targets:
        of_noun = synonyms.OF.get(noun.__tablename__, {})
        learn(target, of_noun.get(str(target), ()), Source.SYNONYM)
    for target in targets:
        if not target.companion and not target.by_uid:
            learn(target, synonyms.ANYWHERE.get(target.field, ()), Source.SYNONYM)
    for target in targets:
        if target.companion:
            learn(target, _bare_words(target, noun, tag), Source.EXACT)
    known.pop("", None)
    return known


def _names(target: Target, noun: type[Entity], tag: str) -> Iterator[str]:
    yield str(target)
    if target.companion and companion_of(noun, target.companion).many:
        yield f"{target.companion} uid" if target.by_uid else target.companion


def _labels(target: Target, noun: type[Entity], tag: str) -> Iterator[str]:
    """Labels in the given language and English, of a companion's fields after the companion's name."""
    field = target.declared(noun)
    if field is None:
        return
    spoken = language(tag)
    for text in (spoken.text(field.label), field.label, field.name.removesuffix("_id")):
        unit = spoken.text(field.unit)
        if not target.companion:
            yield from _with_uid(text, target)
            if unit:
                yield f"{text} ({unit})"
        else:
            companion = companion_of(noun, target.companion)
            name = target.companion if companion.many else spoken.text(companion.noun.__label__)
            yield from _with_uid(spoken.text(name) if companion.many else f"{name} {text}", target)


def _bare_words(target: Target, noun: type[Entity], tag: str) -> Iterator[str]:
    """The label of a companion's field alone, where the noun has none of that name."""
    field = target.declared(noun)
    if field is not None:
        yield from _with_uid(language(tag).text(field.label), target)
        yield from _with_uid(field.label, target)


def _with_uid(text: str, target: Target) -> Iterator[str]:
    yield f"{text} {UID}" if target.by_uid else text


_LIKELY = (
    "partner", "contact", "engagement", "agreement", "initiative", "commitment", "gift", "aid", "practice", "fund",
    "staff_position", "scenario", "indicator", "milestone",
)  # fmt: skip


def best_noun(headers: Sequence[str], favored: str = "") -> type[Entity]:
    """The noun that most columns fit; where several fit alike the favored or else the commoner one.

    Raises `UserError` where none fits.
    """
    order = [*filter(None, (favored,)), *_LIKELY, *(table for table in nouns() if table not in _LIKELY)]
    tag = language_now()

    def fitting(table: str) -> int:
        known = _vocabulary(nouns()[table], tag)
        return len({known[phrase(header)][0] for header in headers if phrase(header) in known})

    best = max(order, key=fitting)
    if not fitting(best):
        raise UserError(
            _("The columns fit nothing in a plan: {headers}.").format(headers=", ".join(headers[:12])),
            _("Check the first row of the file, or say what its rows are."),
        )
    return nouns()[best]
