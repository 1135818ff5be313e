"""Rules between records that only the store can see."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from cityplanner.model.scenario import Scenario
from cityplanner.store.errors import LockedScenarioError


def refuse_locked(session: Session, records: Iterable[Any]) -> None:
    """An adopted scenario and what belongs to it no longer change; adopting is the last change it takes."""
    for record in records:
        if isinstance(record, Scenario):
            history = inspect(record).attrs.adopted_at.history
            was_adopted = (
                history.deleted[0] if history.deleted else (None if history.added else record.adopted_at)
            )
            if was_adopted is not None and session.is_modified(record):
                raise LockedScenarioError(record.title)
            if was_adopted is not None and record in session.deleted:
                raise LockedScenarioError(record.title)
        else:
            _refuse_part(session, record)


def _refuse_part(session: Session, record: Any) -> None:
    if not hasattr(record, "scenario_id"):
        return
    # Both the scenario it belongs to and the one it is taken from.
    for number in {record.scenario_id, *(inspect(record).attrs.scenario_id.history.deleted or ())} - {None}:
        with session.no_autoflush:
            scenario = session.get(Scenario, number)
        if scenario is not None and scenario.is_locked and "adopted_at" not in _changed(scenario):
            raise LockedScenarioError(scenario.title)


def _changed(record: Any) -> set[str]:
    state = inspect(record)
    return {attribute.key for attribute in state.attrs if attribute.history.has_changes()}
