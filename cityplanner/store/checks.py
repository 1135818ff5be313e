"""Is a plan sound? Pages, references, history, rules and catalog, each with an answer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from cityplanner.base.language import _
from cityplanner.model.entity import Entity
from cityplanner.model.nouns import nouns
from cityplanner.store import sqlite
from cityplanner.store.attachments import missing
from cityplanner.store.plan_file import Plan, check_file
from cityplanner.store.queries.history import broken_link
from cityplanner.store.queries.titles import title_of


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked: whether it is sound, and if not, where."""

    ok: bool
    what: str
    detail: str = ""


def check_database(path: Path) -> list[Finding]:
    """Check the file itself, before it is opened as a plan: its pages, its indexes, its references."""
    check_file(path)
    connection = sqlite.connect(path, read_only=True)
    try:
        faults = sqlite.faults(connection)
    finally:
        connection.close()
    return [Finding(not faults, _("The file and its references are sound."), "; ".join(faults[:5]))]


def check_content(plan: Plan) -> list[Finding]:
    """Check what is in the plan: the chain of its history, and each record against the rules."""
    with plan.reading() as session:
        return [_history(session), _records(session), _files(session)]


def _history(session: Session) -> Finding:
    try:
        broken = broken_link(session)
    except ValueError as error:
        return Finding(False, _("The history is unbroken."), str(error))
    detail = "" if broken is None else _("Change {id} was altered afterwards.").format(id=broken)
    return Finding(broken is None, _("The history is unbroken."), detail)


def _records(session: Session) -> Finding:
    faulty = [text for noun in nouns().values() for text in _faulty(session, noun)]
    return Finding(not faulty, _("Every record follows the rules."), "; ".join(faulty[:5]))


def _files(session: Session) -> Finding:
    gone = missing(session)
    return Finding(not gone, _("Every attached file has its contents."), ", ".join(gone[:5]))


def _faulty(session: Session, noun: type[Entity]) -> list[str]:
    try:
        return [
            f"{_(noun.__label__)} “{title_of(session, record)}”: {problems[0]}"
            for record in session.scalars(select(noun))
            if (problems := record.check())
        ]
    except (
        ValueError,
        TypeError,
        ArithmeticError,
    ) as error:  # a kept value that is none: a damaged date, an unknown choice
        return [f"{_(noun.__plural__)}: {error}"]
