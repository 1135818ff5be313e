"""Reading what hangs on a record, and tying or untying it; without any widget."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from cityplanner.base.language import _
from cityplanner.model.entity import Entity, field_of, fields, is_pairing
from cityplanner.model.field import Field, Kind, OnDelete
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries import listing, titles
from cityplanner.store.queries.related import Related, related
from cityplanner.ui.parts.list_reading import Wording, cell
from cityplanner.ui.parts.plain import capitalized
from cityplanner.ui.parts.record import make

MOST = 6
"""How many of a relation are shown at first, so that every relation is in sight."""
_MOST_FACTS = 2
_PLAIN = frozenset({Kind.LONG_TEXT, Kind.WORDS, Kind.CHOICES, Kind.LANGUAGES, Kind.EMAILS, Kind.PHONES})


@dataclass(frozen=True, slots=True)
class Item:
    """A related record: the row that holds the link, the record to open, its title and what else is worth saying."""

    row_id: int
    record_id: int
    title: str
    facts: str


@dataclass(frozen=True, slots=True)
class Section:
    """All records of one relation: how many there are, the first of them, and the ids of all on its far side."""

    relation: Related
    count: int
    items: tuple[Item, ...]
    tied: frozenset[int] = frozenset()


def label(noun: type[Entity], relation: Related) -> str:
    """What a relation is called: after what it shows, or after the tie where several lead to the same noun.

    A role other than the noun's own name is said, too: partners whose head of post a contact is.
    """
    is_role = relation.link.on_delete is OnDelete.CLEAR and relation.link.label.lower() != noun.__label__
    if not is_role and [other.label for other in related(noun)].count(relation.label) == 1:
        return capitalized(_(relation.label))
    text = capitalized(_(relation.noun.__plural__))
    owns = relation.link.on_delete is OnDelete.OWN
    same = [one for one in related(noun) if one.noun is relation.noun]
    if (len(same) == 1 and not is_role) or (
        owns and sum(one.link.on_delete is OnDelete.OWN for one in same) == 1
    ):
        return text
    role = relation.other_link if relation.other_link is not None and owns else relation.link
    return _("{nouns}: {role}").format(nouns=text, role=_(role.label))


def related_tables(noun: type[Entity]) -> frozenset[str]:
    """The tables whose changes show among the related records of a noun."""
    return frozenset(
        one.__tablename__ for relation in related(noun) for one in (relation.noun, relation.shows)
    )


def read_related(
    plan: Plan, noun: type[Entity], record_id: int, wording: Wording, most: int = MOST
) -> list[Section]:
    """Everything that hangs on a record, relation by relation."""
    with plan.reading() as session:
        return [_section(session, relation, record_id, wording, most) for relation in related(noun)]


def _section(session: Session, relation: Related, record_id: int, wording: Wording, most: int) -> Section:
    ids = listing.ids(session, relation.noun, equal={relation.link.name: record_id})
    if relation.other_link is None:
        return Section(relation, len(ids), tuple(_children(session, relation, ids[:most], wording)))
    pairs = _pairs(session, relation, relation.other_link, ids)
    items = _partners(session, relation, relation.other_link, pairs[:most], wording)
    return Section(relation, len(ids), tuple(items), frozenset(linked.id for _row, linked in pairs))


def _children(session: Session, relation: Related, ids: Sequence[int], wording: Wording) -> list[Item]:
    """Records that point here: their titles without this record's own."""
    noun = relation.noun
    names = [name for name in noun.__title__ if name != relation.link.name]
    facts = _facts(noun, {relation.link.name, *names})
    asked = [*names, *facts]
    found = listing.rows(session, noun, asked, ids)
    whole = titles.titles(session, noun, ids)
    items = []
    for number, values in zip(ids, found, strict=True):
        texts = _texts(noun, asked, values, wording)
        own = " · ".join(filter(None, texts[: len(names)])) if names else ""
        items.append(Item(number, number, own or whole.get(number, ""), _joined(texts[len(names) :])))
    return items


Pairs = list[tuple[int, listing.Linked]]
"""Rows of a pairing, each with the record on its far side."""


def _pairs(session: Session, relation: Related, other: Field, ids: Sequence[int]) -> Pairs:
    """The pairings of a record, in the order of the list on their far side."""
    near = listing.rows(session, relation.noun, [other.name], ids)
    pairs = [(row, linked[0]) for row, linked in zip(ids, near, strict=True) if linked[0] is not None]
    return _in_order(session, relation.shows, pairs)


def _partners(
    session: Session, relation: Related, other: Field, pairs: Pairs, wording: Wording
) -> list[Item]:
    """The records on the far side of some pairings."""
    own = _facts(relation.noun, {relation.link.name, other.name})
    theirs = _facts(relation.shows, set(relation.shows.__title__))
    targets = list(dict.fromkeys(linked.id for _row, linked in pairs))
    about = dict(zip(targets, listing.rows(session, relation.shows, theirs, targets), strict=True))
    said = listing.rows(session, relation.noun, own, [row for row, _linked in pairs])
    return [
        Item(
            row,
            linked.id,
            linked.title,
            _joined(
                text
                for text in (
                    *_texts(relation.noun, own, values, wording),
                    *_texts(relation.shows, theirs, about[linked.id], wording),
                )
                if text not in linked.title
            ),
        )
        for (row, linked), values in zip(pairs, said, strict=True)
    ]


def _in_order(session: Session, noun: type[Entity], pairs: Pairs) -> Pairs:
    if not noun.__order__ or not pairs:
        return pairs
    name = noun.__order__[0]
    if field_of(noun, name.lstrip("-")).kind is Kind.LINK:
        return sorted(pairs, key=lambda pair: pair[1].title.casefold())
    targets = list({linked.id for _row, linked in pairs})
    found = listing.rows(session, noun, [name.lstrip("-")], targets)
    values = {number: row[0] for number, row in zip(targets, found, strict=True)}
    present = [pair for pair in pairs if values[pair[1].id] is not None]
    present.sort(key=lambda pair: values[pair[1].id], reverse=name.startswith("-"))
    return present + [pair for pair in pairs if values[pair[1].id] is None]


def _facts(noun: type[Entity], without: set[str]) -> list[str]:
    listed = (field for field in fields(noun) if field.listed and field.kind not in _PLAIN)
    return [field.name for field in listed if field.name not in without][:_MOST_FACTS]


def _texts(noun: type[Entity], names: Sequence[str], values: Sequence[Any], wording: Wording) -> list[str]:
    return [cell(field_of(noun, name), value, wording) for name, value in zip(names, values, strict=True)]


def _joined(texts: Iterable[str]) -> str:
    return " · ".join(filter(None, texts))


# --- tying and untying -----------------------------------------------------------------------------------


def needs_form(relation: Related) -> bool:
    """Whether more has to be said than which record: every pairing that has fields beside its two links."""
    if relation.other_link is None:
        return True
    ends = {relation.link.name, relation.other_link.name}
    return any(field.name not in ends for field in fields(relation.noun))


def can_untie(relation: Related) -> bool:
    """Whether the tie can be cut here: a pairing, something owned, or a link that may be empty."""
    return is_pairing(relation.noun) or relation.link.on_delete is OnDelete.OWN or not relation.link.required


def tie(plan: Plan, relation: Related, record_id: int, others: Sequence[int], title: str) -> str:
    """Pair a record with others as one change; returns its label."""
    assert relation.other_link is not None
    text = _("Add {nouns} to “{title}”").format(nouns=_(relation.shows.__plural__), title=title)
    with plan.edit(text) as edit:
        for other in others:
            ends = {relation.link.name: record_id, relation.other_link.name: other}
            edit.add(make(relation.noun, None, ends))
    return text


def untie(plan: Plan, relation: Related, row_id: int, title: str) -> str:
    """Cut a tie as one change: pairings and owned records are deleted, other links emptied; returns its label."""
    text = _("Remove {noun} “{title}”").format(noun=_(relation.shows.__label__), title=title)
    with plan.edit(text) as edit:
        row = edit.get(relation.noun, row_id)
        if row is None:
            return text
        if is_pairing(relation.noun) or relation.link.on_delete is OnDelete.OWN:
            edit.remove(row)
        else:
            setattr(row, relation.link.name, None)
    return text
