"""Rules between records that only the store can see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from cityplanner.model.agreement import Agreement, AgreementStep
from cityplanner.model.entity import Entity, InvalidRecordError, Problem, fields
from cityplanner.model.initiative import Initiative, InitiativeStatus
from cityplanner.model.scenario import Scenario
from cityplanner.store.errors import LockedScenarioError
from cityplanner.store.queries.initiatives import open_commitments
from cityplanner.store.rows import RowChange


def refuse_leaps(records: Iterable[Entity]) -> None:
    """Saved records only go where their noun lets them; raises `InvalidRecordError` in words."""
    for record in records:
        if inspect(record).persistent and _has_rules(type(record)):
            before = {field.name: _before(record, field.name) for field in fields(type(record))}
            session = inspect(record).session
            problems = record.check_change(before)
            if session is not None:
                problems = [*problems, *check_around(session, record, record.id, before)]
            if problems:
                raise InvalidRecordError(record, problems)


def _is_touched(session: Session, record: Entity) -> bool:
    """Whether an earlier step of this same edit wrote a record."""
    table, number = record.__tablename__, record.id
    recorded: Sequence[RowChange] = getattr(session, "recorded", ())
    return _is_new(session, record) or any((row.table, row.record_id) == (table, number) for row in recorded)


def _is_new(session: Session, record: Entity) -> bool:
    """Whether this same edit added a record along with many."""
    inserted: Mapping[str, Sequence[range]] = getattr(session, "inserted", {})
    return any(record.id in ids for ids in inserted.get(record.__tablename__, ()))


@cache
def _has_rules(noun: type[Entity]) -> bool:
    """Whether anything is asked of a change of this noun."""
    return noun.check_change is not Entity.check_change or noun is Initiative


def check_around(
    session: Session, record: Entity, record_id: int, before: Mapping[str, Any]
) -> list[Problem]:
    """What is wrong with a change by what hangs on the record; the record may be a stand-in.

    An initiative is closed only by an edit that touches each of its open commitments: see `store.initiatives`.
    """
    closed = InitiativeStatus.CLOSED
    if not isinstance(record, Initiative) or record.status != closed or before.get("status") == closed:
        return []
    loose = [
        one
        for one in open_commitments(session, record_id)
        if one.status.is_open and not _is_touched(session, one) and not session.is_modified(one)
    ]
    return [record.unsettled(len(loose))] if loose else []


def write_steps(session: Session, records: Iterable[Any], today: date) -> None:
    """Put each change of an agreement's status on record, unless the edit has said it itself."""
    for record in records:
        if not isinstance(record, Agreement) or not inspect(record).persistent:
            continue
        if _before(record, "status") == record.status:
            continue
        said = (one for one in session.new if isinstance(one, AgreementStep))
        if not any(one.agreement_id == record.id and one.status == record.status for one in said):
            session.add(AgreementStep(agreement_id=record.id, status=record.status, taken_on=today))


def refuse_locked(session: Session, records: Iterable[Any]) -> None:
    """An adopted scenario and what belongs to it no longer change; the edit that adopts it is the last."""
    for record in records:
        if isinstance(record, Scenario):
            if session.is_modified(record) or record in session.deleted:
                _refuse(session, record)
        elif hasattr(record, "scenario_id"):
            # Both the scenario it belongs to and the one it is taken from.
            left = inspect(record).attrs.scenario_id.history.deleted or ()
            for number in {record.scenario_id, *left} - {None}:
                with session.no_autoflush:
                    scenario = session.get(Scenario, number)
                if scenario is not None:
                    _refuse(session, scenario)


def _refuse(session: Session, scenario: Scenario) -> None:
    if _before(scenario, "adopted_at") is not None and not _adopted_now(session, scenario):
        raise LockedScenarioError(_before(scenario, "title") or scenario.title)


def _before(record: Any, name: str) -> Any:
    """What a field held before it was touched; nothing for a new record."""
    history = inspect(record).attrs[name].history
    if history.deleted:
        return history.deleted[0]
    return None if history.added else getattr(record, name)


def _adopted_now(session: Session, scenario: Scenario) -> bool:
    """Whether an earlier flush of this same edit adopted it."""
    return _is_new(session, scenario) or any(
        row.table == Scenario.__tablename__
        and row.record_id == scenario.id
        and not (row.before or {}).get("adopted_at")
        for row in getattr(session, "recorded", ())
    )
