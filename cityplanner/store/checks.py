"""Is a plan sound? Pages, references, history, rules and catalog, each with an answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from string import hexdigits

from sqlalchemy.orm import Session

from cityplanner.base.errors import UserError
from cityplanner.base.language import _
from cityplanner.model.asking import Asker
from cityplanner.model.entity import Entity, fields
from cityplanner.model.nouns import nouns
from cityplanner.store import sqlite
from cityplanner.store.attachments import missing
from cityplanner.store.columns import typed_columns
from cityplanner.store.heads import lost_head
from cityplanner.store.plan_file import Plan, check_file
from cityplanner.store.queries.history import HEAD_DIGITS, broken_link, change_with_hash
from cityplanner.store.queries.strays import Stray, strays
from cityplanner.store.queries.stubs import pruning
from cityplanner.store.queries.titles import title_text, titles
from cityplanner.store.rows import Heed, heedless, part_of, table_of

_MOST_NAMED = 5
_NO_VALUES = (ValueError, TypeError, AttributeError, ArithmeticError)
"""What a kept value raises that is none: a damaged date, an unknown choice, a row of the history that is no JSON."""


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


def check_content(plan: Plan, head: str = "", heed: Heed = heedless) -> list[Finding]:
    """Check what is in the plan: its history, each record against the history and the rules, its files.

    `head`: the first digits of a head that was noted outside the plan, from a briefing's properties, say.
    """
    found: list[Finding] = []
    checks: list[Callable[[Session, Heed], Finding]] = [_history, _recorded, _records, _files]
    checks.append(lambda session, _heed: _backups(session, plan.path))
    if head:
        checks.append(lambda session, _heed: _head(session, head))
    for place, check in enumerate(checks):
        with plan.reading() as session:  # one each, so that nobody waits long to write
            found.append(check(session, part_of(heed, place, len(checks))))
    return found


def _history(session: Session, heed: Heed) -> Finding:
    what = _("The history is unbroken.")
    try:
        broken = broken_link(session, heed)
        pruned = pruning(session)
    except (ValueError, TypeError, KeyError) as error:
        return Finding(False, what, str(error))
    if pruned is not None:
        what = f"{what} {pruned.text}"
    detail = "" if broken is None else _("Change {id} was altered afterwards.").format(id=broken)
    return Finding(broken is None, what, detail)


def _recorded(session: Session, heed: Heed) -> Finding:
    """Each record is as the history left it; what was written past the history is named."""
    found: list[str] = []
    for place, noun in enumerate(nouns().values()):
        heed(place / len(nouns()))
        try:
            found += [_told(session, noun, stray) for stray in islice(strays(session, noun), _MOST_NAMED + 1)]
        except _NO_VALUES as error:
            found.append(f"{_(noun.__plural__)}: {error}")
    named = found[:_MOST_NAMED] + ["…"] * (len(found) > _MOST_NAMED)
    return Finding(not found, _("Every record is as the history left it."), "; ".join(named))


def _told(session: Session, noun: type[Entity], stray: Stray) -> str:
    named = titles(session, noun, [stray.record_id]).get(stray.record_id) or _own_title(noun, stray)
    text = f"{_(noun.__label__)} “{named}” {_(stray.what)}"
    labels = {field.name: _(field.label) for field in fields(noun)}
    told = ", ".join(labels.get(name, name) for name in stray.names)
    return f"{text}: {told}" if told else text


def _own_title(noun: type[Entity], stray: Stray) -> str:
    """The title of a record that is gone, from what was recorded of it."""
    values = ((stray.recorded or {}).get(name) for name in noun.__title__)
    return title_text(value for value in values if isinstance(value, str)) or str(stray.record_id)


def _backups(session: Session, path: Path) -> Finding:
    """The end of the history was not cut off: it goes through the head of each backup."""
    what = _("The history goes on from every backup.")
    lost = lost_head(session, path)
    if lost is None:
        return Finding(True, what)
    backup, kept = lost
    detail = _(
        "The backup of {day} (UTC) holds change {id}, which is not in the plan: the end of the history was cut off,"
        " or an older plan was put in its place."
    )
    return Finding(False, what, detail.format(day=f"{backup.made_at:%Y-%m-%d %H:%M}", id=kept.id))


def check_head(text: str) -> str:
    """The digits of a head as a person typed them; raises `UserError` where they are none."""
    digits = "".join(text.casefold().removeprefix("plan head").split())
    if digits and (len(digits) < HEAD_DIGITS or not set(digits) <= set(hexdigits)):
        raise UserError(
            _("“{text}” is not the head of a history.").format(text=text),
            _("It has {n} digits from 0 to f, and stands among the keywords of a PDF.").format(n=HEAD_DIGITS),
        )
    return digits


def _head(session: Session, digits: str) -> Finding:
    what = _("The history goes through the head {digits}.").format(digits=digits)
    if change_with_hash(session, digits) is not None:
        return Finding(True, what)
    detail = _("Its end was cut off, it was rewritten, or the head is of another plan.")
    if pruning(session) is not None:
        detail += " " + _("It may also be older than what was pruned; then nobody can tell any more.")
    return Finding(False, what, detail)


def _records(session: Session, heed: Heed) -> Finding:
    faulty: list[str] = []
    for place, noun in enumerate(nouns().values()):
        heed(place / len(nouns()))
        faulty += _faulty(session, noun)
    return Finding(not faulty, _("Every record follows the rules."), "; ".join(faulty[:5]))


def _files(session: Session, _heed: Heed) -> Finding:
    gone = missing(session)
    return Finding(not gone, _("Every attached file has its contents."), ", ".join(gone[:5]))


def _faulty(session: Session, noun: type[Entity]) -> list[str]:
    asker = Asker(noun)
    try:
        return [
            f"{_(noun.__label__)} “{titles(session, noun, [number])[number]}”: {problems[0]}"
            for page in typed_columns(session.connection(), table_of(noun.__tablename__))
            for number, problems in asker.problems_by_id(page)
        ]
    except _NO_VALUES as error:
        return [f"{_(noun.__plural__)}: {error}"]
