"""Smart groups, asked of the plan: which records meet a group's words and conditions today."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, exists, false, func, or_, select
from sqlalchemy.orm import Session

from cityplanner.base.errors import NotFoundError
from cityplanner.base.language import _
from cityplanner.model.conditions import (
    LAST_CONTACT,
    LINKED,
    LISTS,
    Condition,
    Operator,
    noun_of,
    read,
    typed,
)
from cityplanner.model.contact import Position
from cityplanner.model.engagement import NOT_HELD, Engagement, EngagementContact, EngagementPartner
from cityplanner.model.entity import Entity, field_of, is_pairing, links
from cityplanner.model.field import Field, Kind
from cityplanner.model.group import GroupOf, SmartGroup
from cityplanner.model.nouns import nouns, references
from cityplanner.store.queries import listing
from cityplanner.store.queries.titles import chunks, title_of
from cityplanner.store.search import SearchIndex

Clause = ColumnElement[bool]
_TEXTS = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.EMAIL, Kind.PHONE})


@dataclass(frozen=True, slots=True)
class Asked:
    """What a group asks of its noun: words, and conditions as lines."""

    words: str = ""
    lines: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words.strip() or self.lines)


def groups(session: Session, of: GroupOf | None) -> list[SmartGroup]:
    """The groups over one noun by name; none where there are none."""
    statement = select(SmartGroup).where(SmartGroup.of == of).order_by(func.lower(SmartGroup.title))
    return list(session.scalars(statement)) if of is not None else []


def named(session: Session, title: str, *among: GroupOf | None) -> SmartGroup:
    """The group of that name, whatever the case, among groups over some nouns or all; raises `NotFoundError`."""
    wanted = title.strip().casefold()
    known = [group for group in session.scalars(select(SmartGroup)) if not among or group.of in among]
    found = [group for group in known if group.title.casefold() == wanted]
    if len(found) == 1:
        return found[0]
    if found:
        raise NotFoundError(
            _("There are several groups “{name}”.").format(name=title),
            _("Give them different names first."),
        )
    raise NotFoundError(
        _("There is no group “{name}”.").format(name=title),
        _("Groups here: {names}.").format(names=", ".join(sorted(group.title for group in known)))
        if known
        else _("Save a filtered list as a group first."),
    )


def asked(session: Session, group_id: int) -> Asked:
    """What a group asks; a group that is gone asks nothing."""
    row = session.execute(
        select(SmartGroup.words, SmartGroup.conditions).where(SmartGroup.id == group_id)
    ).first()
    return Asked(row[0], row[1]) if row else Asked()


def members(
    session: Session,
    noun: type[Entity],
    group: Asked,
    *,
    now: datetime,
    order: Sequence[str] = (),
    words: str = "",
    equal: dict[str, object] | None = None,
    index: SearchIndex | None = None,
) -> array[int]:
    """The ids of the records that meet a group's words and conditions, in the order of a list.

    `now` is aware, in the zone of the office: days begin and end there.
    """
    both = f"{group.words} {words}".strip()
    return listing.ids(
        session,
        noun,
        order=order,
        words=both,
        equal=equal,
        index=index,
        where=[clause(session, noun, read(line), now) for line in group.lines],
    )


@dataclass(frozen=True, slots=True)
class Held:
    """A position somebody holds today."""

    contact_id: int
    partner_id: int
    title: str
    rank: str
    email: str | None


def held(
    session: Session, today: date, *, contacts: Sequence[int] = (), partners: Sequence[int] = ()
) -> list[Held]:
    """The positions held today by some people, or at some partners; the newest first."""
    found: list[Held] = []
    of, wanted = (Position.contact_id, contacts) if contacts else (Position.partner_id, partners)
    for chunk in chunks(wanted):
        columns = (Position.contact_id, Position.partner_id, Position.title, Position.rank, Position.email)
        statement = select(*columns).where(
            of.in_(chunk),
            or_(Position.starts_on.is_(None), Position.starts_on <= today),
            or_(Position.ends_on.is_(None), Position.ends_on >= today),
        )
        newest_first = statement.order_by(Position.starts_on.desc().nulls_last(), Position.id.desc())
        found += [Held(*row) for row in session.execute(newest_first)]
    return found


def clause(session: Session, noun: type[Entity], condition: Condition, now: datetime) -> Clause:
    """A condition in the words of the database."""
    if condition.field == LINKED:
        return _linked(session, noun, *condition.record)
    if condition.field == LAST_CONTACT:
        return _last_contact(noun, condition, now)
    field = field_of(noun, condition.field)
    return _CLAUSES[condition.operator](field, getattr(noun, condition.field), condition, now)


def _is(field: Field, column: Any, condition: Condition, now: datetime) -> Clause:
    return or_(*(_equals(field, column, typed(field, value)) for value in condition.values))


def _is_not(field: Field, column: Any, condition: Condition, now: datetime) -> Clause:
    # A record without a value is not one of them either; plain SQL would leave it out.
    return or_(listing.missing(field, column), ~_is(field, column, condition, now))


def _equals(field: Field, column: Any, value: Any) -> Clause:
    if field.kind in LISTS:
        # The column may only be compared as what is kept: a JSON array of texts.
        item = func.json_each(cast(column, String)).table_valued("value")
        return exists(select(1).select_from(item).where(func.lower(item.c.value) == str(value).lower()))
    if field.kind in _TEXTS:
        return func.lower(column) == str(value).lower()
    found: Clause = column == value
    return found


def _contains(field: Field, column: Any, condition: Condition, now: datetime) -> Clause:
    kept = cast(column, String) if field.kind in LISTS else column
    return or_(*(kept.icontains(value, autoescape=True) for value in condition.values))


def _before(field: Field, column: Any, condition: Condition, now: datetime) -> Clause:
    found: Clause = column < _instant(field, typed(field, condition.values[0]), now)
    return found


def _after(field: Field, column: Any, condition: Condition, now: datetime) -> Clause:
    value = typed(field, condition.values[0])
    # A year or a month is over when its last day is: those within it are not after it.
    latest = f"{value}~" if field.kind is Kind.PARTIAL_DATE else _instant(field, value, now)
    found: Clause = column > latest
    return found


def _older(field: Field, column: Any, condition: Condition, now: datetime) -> Clause:
    found: Clause = column < _instant(field, now.date() - timedelta(days=condition.days), now)
    return found


def _within(field: Field, column: Any, condition: Condition, now: datetime) -> Clause:
    """In the days to come."""
    last = now.date() + timedelta(days=condition.days + (1 if field.kind is Kind.MOMENT else 0))
    return and_(column >= _instant(field, now.date(), now), column <= _instant(field, last, now))


def _instant(field: Field, value: Any, now: datetime) -> Any:
    """A day as a field keeps it: of a moment, its beginning where the office is."""
    if field.kind is Kind.MOMENT and not isinstance(value, datetime):
        return datetime.combine(value, time(), now.tzinfo)
    return value


_Make = Callable[[Field, Any, Condition, datetime], Clause]
_CLAUSES: dict[Operator, _Make] = {
    Operator.IS: _is,
    Operator.IS_NOT: _is_not,
    Operator.EMPTY: lambda field, column, condition, now: listing.missing(field, column),
    Operator.FILLED: lambda field, column, condition, now: ~listing.missing(field, column),
    Operator.CONTAINS: _contains,
    Operator.BEFORE: _before,
    Operator.AFTER: _after,
    Operator.OLDER: _older,
    Operator.WITHIN: _within,
}


def _last_contact(noun: type[Entity], condition: Condition, now: datetime) -> Clause:
    """Older than some days: no engagement since then, or never one."""
    met, who = (
        (EngagementPartner.engagement_id, EngagementPartner.partner_id)
        if noun.__tablename__ == "partner"
        else (EngagementContact.engagement_id, EngagementContact.contact_id)
    )
    took_part = (
        select(1)
        .select_from(Engagement)
        .where(
            met == Engagement.id,
            who == noun.id,
            Engagement.status.not_in(NOT_HELD),
            Engagement.starts_at <= now,
        )
    )
    if condition.operator is Operator.EMPTY:
        return ~exists(took_part)
    since = datetime.combine(now.date() - timedelta(days=condition.days), time(), now.tzinfo)
    recent = exists(took_part.where(Engagement.starts_at >= since))
    return ~recent if condition.operator is Operator.OLDER else recent


def _linked(session: Session, noun: type[Entity], table: str, uid: str) -> Clause:
    """Tied to a record in any way: by a link of its own, of the other, or of a third that names both."""
    other = noun_of(table)
    number = session.scalar(select(other.id).where(other.uid == uid)) if other is not None else None
    if other is None or number is None:
        return false()
    ways: list[Clause] = [getattr(noun, link.name) == number for link in links(noun) if link.target == table]
    for reference in references(noun.__tablename__):
        ours = getattr(reference.noun, reference.field.name)
        if reference.noun is other:
            ways.append(exists(select(1).where(ours == noun.id, other.id == number)))
        for far in links(reference.noun):
            if far.target == table and far.name != reference.field.name:
                theirs = getattr(reference.noun, far.name)
                ways.append(noun.id.in_(select(ours).where(theirs == number)))
    return or_(*ways) if ways else false()


def linkable(noun: type[Entity]) -> tuple[type[Entity], ...]:
    """The nouns whose records a noun's records can be linked to; those that only tie two together are none."""
    own = noun.__tablename__
    found = [link.target for link in links(noun)]
    for reference in references(own):
        found.append(reference.noun.__tablename__)
        found += [link.target for link in links(reference.noun) if link.name != reference.field.name]
    known = nouns()
    return tuple(
        known[table] for table in dict.fromkeys(found) if table != own and not is_pairing(known[table])
    )


def linked_to(session: Session, other: type[Entity], number: int) -> Condition:
    """The condition to be linked to a record; raises `NotFoundError` where it is gone."""
    uid = session.scalar(select(other.uid).where(other.id == number))
    if uid is None:
        raise NotFoundError(_("It was deleted in the meantime."), _("Choose another one."))
    return Condition(LINKED, Operator.TO, (f"{other.__tablename__} {uid}",))


def linked_titles(session: Session, lines: Sequence[str]) -> dict[str, str]:
    """The titles of the records that conditions name, by line; one that is gone has none."""
    found: dict[str, str] = {}
    for line in lines:
        condition = read(line)
        if condition.operator is Operator.TO:
            table, uid = condition.record
            record = session.scalar(select(nouns()[table]).where(nouns()[table].uid == uid))
            found[line] = title_of(session, record) if record is not None else ""
    return found
