"""A backup beside the plan as it is now: what was added, changed and removed since, and how one record comes back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from cityplanner.base.errors import UserError
from cityplanner.base.language import _
from cityplanner.model.attachment import Attachment
from cityplanner.model.entity import links
from cityplanner.model.nouns import nouns, references
from cityplanner.model.scenario import Scenario
from cityplanner.store import sqlite
from cityplanner.store.errors import DamagedPlanError, LockedScenarioError
from cityplanner.store.plan_file import Plan, check_file
from cityplanner.store.rows import Change, Plain, RowChange, table_of

MOST = 500
"""How many records of a noun are told of each sort; all are counted."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many records of a noun differ from a backup."""

    added: int
    changed: int
    removed: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of the records since a backup.

    In `rows`, `before` is a record as the backup has it and `after` as it is now, by noun: at most `MOST` of a sort.
    `changes` is how often the plan was changed since; None where the two do not share their history.
    """

    counts: dict[str, Counts]
    rows: tuple[RowChange, ...]
    changes: int | None

    @property
    def same(self) -> bool:
        """Whether both hold the same records."""
        return not self.counts


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A plan or a backup to be read; raises `UserError` where it cannot be."""
    check_file(path)
    connection = sqlite.connect(path, read_only=True)
    try:
        connection.execute("BEGIN")
        yield connection
    except sqlite3.DatabaseError as error:
        raise DamagedPlanError(path, str(error)) from error
    finally:
        connection.close()


def compare(plan: Path, backup: Path) -> Comparison:
    """What differs between a plan and a backup of it, noun by noun; raises `UserError` where one cannot be read."""
    check_file(backup)
    check_file(plan)
    connection = sqlite.connect(plan, read_only=True)
    counts: dict[str, Counts] = {}
    rows: list[RowChange] = []
    try:
        sqlite.attach(connection, backup, "backup")
        connection.execute("BEGIN")
        for table in nouns():
            found = _differing(connection, table)
            if any(found):
                counts[table] = Counts(*map(len, found))
                rows += _told(connection, table, *found)
        changes = _changes_since(connection)
    except sqlite3.DatabaseError as error:
        raise DamagedPlanError(_harmed(backup, plan), str(error)) from error
    finally:
        connection.close()
    return Comparison(counts, tuple(rows), changes)


def _harmed(backup: Path, plan: Path) -> Path:
    """Which of the two cannot be read."""
    connection = sqlite.connect(backup, read_only=True)
    try:
        return backup if sqlite.faults(connection, quick=True) else plan
    finally:
        connection.close()


Pairs = list[tuple[int, int]]


def _differing(connection: sqlite3.Connection, table: str) -> tuple[Pairs, Pairs, Pairs]:
    """The ids, now and in the backup, of the records that were added, changed and removed."""
    now, then = (sqlite.columns_of(connection, table, schema) for schema in ("main", "backup"))
    if not now:  # neither knows the noun yet: two backups of an older version
        return [], [], []
    if not then:  # the backup is of a version that did not know the noun
        return connection.execute(f'SELECT id, 0 FROM main."{table}"').fetchall(), [], []
    both = [name for name in now if name in then and name not in ("id", "uid")]
    ours, theirs = (", ".join(f'{side}."{name}"' for name in both) for side in ("n", "b"))
    gone = 'SELECT id, id FROM {}."{table}" one WHERE NOT EXISTS (SELECT 1 FROM {}."{table}" x WHERE x.uid = one.uid)'
    added = connection.execute(gone.format("main", "backup", table=table)).fetchall()
    removed = connection.execute(gone.format("backup", "main", table=table)).fetchall()
    changed = connection.execute(
        f'SELECT n.id, b.id FROM main."{table}" n JOIN backup."{table}" b ON b.uid = n.uid'
        f" WHERE ({ours}) IS NOT ({theirs})"
    ).fetchall()
    return added, changed, removed


def _told(
    connection: sqlite3.Connection, table: str, added: Pairs, changed: Pairs, removed: Pairs
) -> Iterator[RowChange]:
    for number, _other in added[:MOST]:
        yield RowChange(table, number, None, _row(connection, table, number))
    for number, other in changed[:MOST]:
        before = _row(connection, table, other, "backup")
        yield RowChange(table, number, before, _row(connection, table, number))
    for number, _other in removed[:MOST]:
        yield RowChange(table, number, _row(connection, table, number, "backup"), None)


def _row(connection: sqlite3.Connection, table: str, number: int, schema: str = "main") -> Plain | None:
    """A row as it is kept; None where there is none."""
    if not sqlite.columns_of(connection, table, schema):
        return None
    found = connection.execute(f'SELECT * FROM {schema}."{table}" WHERE id = ?', (number,))
    names = [column[0] for column in found.description]
    row = found.fetchone()
    return dict(zip(names, row, strict=True)) if row else None


def _changes_since(connection: sqlite3.Connection) -> int | None:
    last = connection.execute("SELECT id, hash FROM backup.change ORDER BY id DESC LIMIT 1").fetchone()
    number, digest = last or (0, None)
    same = connection.execute("SELECT hash FROM main.change WHERE id = ?", (number,)).fetchone()
    if last and (same is None or same[0] != digest):
        return None
    return int(connection.execute("SELECT count(*) FROM main.change WHERE id > ?", (number,)).fetchone()[0])


def changes_lost(damaged: Path, backup: Path) -> int | None:
    """How many changes a damaged plan has that a backup of it has not; None where that cannot be read."""
    try:
        connection = sqlite.connect(damaged, read_only=True)
        try:
            sqlite.attach(connection, backup, "backup")
            return _changes_since(connection)
        finally:
            connection.close()
    except (sqlite3.DatabaseError, ValueError, TypeError):
        return None


# --- bringing one record back ----------------------------------------------------------------------------


def put_back(plan: Plan, backup: Path, row: RowChange) -> Change | None:
    """Bring one record of a comparison back to what it was in the backup, as one undoable change.

    One that was removed comes back with what it owned and what it cannot be without; an optional link to what is
    no more stays empty. None when it is as it was already. Raises `UserError`.
    """
    if row.before is None:
        raise UserError(
            _("This record was added after the backup was made."),
            _("Delete it on its page if it is not wanted."),
        )
    with _opened(backup) as old:
        return plan.play(
            _("Put a record back from a backup"),
            lambda session: _Return(session, old).rows(row.table, int((row.before or {})["id"])),
        )


class _Return:
    """Gathers the rows that bring a record back: first what it needs, then itself, then what it owns."""

    def __init__(self, session: Session, old: sqlite3.Connection) -> None:
        self._session, self._old = session, old
        self._rows: dict[tuple[str, int], RowChange] = {}
        self._met: set[tuple[str, int]] = set()

    def rows(self, table: str, number: int) -> list[RowChange]:
        """What to play, in this order."""
        self._bring(table, number)
        return [row for row in self._rows.values() if row.before != row.after]

    def _bring(self, table: str, number: int) -> None:
        then, now = self._then(table, number), self._now(table, number)
        if (table, number) in self._met or then is None:
            return
        self._met.add((table, number))
        if now is not None and now["uid"] != then["uid"]:
            raise UserError(
                _("Another record has taken the place of this one since."),
                _("Open the backup read-only and enter the record again."),
            )
        row = {**(now or {}), **{name: value for name, value in then.items() if name in self._names(table)}}
        for field in links(nouns()[table]):
            target = row.get(field.name)
            if target is not None and not self._is_there(field.target, target):
                if field.required:
                    self._bring(field.target, target)
                else:
                    row[field.name] = None
        self._refuse_locked(table, row, now)
        self._rows[table, number] = RowChange(table, number, now, row)
        if now is None:
            self._bring_owned(table, number)

    def _bring_owned(self, table: str, number: int) -> None:
        for reference in references(table):
            if reference.owns:
                name = reference.noun.__tablename__
                for owned in self._ids(name, f'"{reference.field.name}" = ?', number):
                    if self._can_be(name, owned):
                        self._bring(name, owned)
        for attached in self._ids(Attachment.__tablename__, "noun = ? AND record_id = ?", table, number):
            self._bring(Attachment.__tablename__, attached)

    def _can_be(self, table: str, number: int) -> bool:
        """Whether all that a record cannot be without is there."""
        then = self._then(table, number) or {}
        needed = (field for field in links(nouns()[table]) if field.required)
        return all(self._is_there(field.target, then.get(field.name)) for field in needed)

    def _is_there(self, table: str, number: int | None) -> bool:
        """Whether a record of the backup is in the plan, or about to be."""
        if number is None or (table, number) in self._met:
            return number is not None
        now, then = self._now(table, number), self._then(table, number)
        return now is not None and (then is None or now["uid"] == then["uid"])

    def _names(self, table: str) -> list[str]:
        return [column.key for column in table_of(table).columns]

    def _now(self, table: str, number: int) -> Plain | None:
        connection = self._session.connection()
        return dict(sqlite.kept_values(connection, table, self._names(table), [number])).get(number)

    def _then(self, table: str, number: int) -> Plain | None:
        return _row(self._old, table, number)

    def _ids(self, table: str, where: str, *values: object) -> list[int]:
        if not sqlite.columns_of(self._old, table):
            return []
        found = self._old.execute(f'SELECT id FROM "{table}" WHERE {where} ORDER BY id', values)
        return [number for (number,) in found]

    def _refuse_locked(self, table: str, row: Plain, now: Plain | None) -> None:
        """An adopted scenario and what belongs to it no longer change."""
        number = row["id"] if table == Scenario.__tablename__ and now else row.get("scenario_id")
        scenario = self._now(Scenario.__tablename__, number) if number else None
        if scenario is not None and scenario["adopted_at"] is not None and row != now:
            raise LockedScenarioError(str(scenario["title"]))
