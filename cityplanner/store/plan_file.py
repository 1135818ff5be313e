"""A plan on disk: created, opened, read, changed through one door, undone, searched, copied and closed."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, select
from sqlalchemy.exc import DatabaseError, OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session

from cityplanner.base.collecting import holding_off
from cityplanner.base.errors import UserError
from cityplanner.base.files import has_no_space
from cityplanner.base.language import _
from cityplanner.model.change import ChangeKind
from cityplanner.model.nouns import nouns
from cityplanner.model.office import Office
from cityplanner.store import backups, schema, sqlite, sqlite_history
from cityplanner.store.errors import (
    DamagedPlanError,
    NoSuchPlanError,
    NotAPlanError,
    OlderPlanError,
    ReadOnlyError,
    UnlockableError,
    UnreadablePlanError,
)
from cityplanner.store.journal import BypassError, Editing, Recorder, guard, play
from cityplanner.store.lock import PlanLock
from cityplanner.store.queries import history
from cityplanner.store.queries.found import found
from cityplanner.store.queries.stubs import REWRITTEN
from cityplanner.store.record import Record, recording
from cityplanner.store.rows import Change, RowChange
from cityplanner.store.search import Hit, SearchIndex

Clock = Callable[[], datetime]
Listener = Callable[[Change], None]


def now() -> datetime:
    """This instant, in UTC, to the second (that is what the history keeps)."""
    return datetime.now(UTC).replace(microsecond=0)


class Plan:
    """An open plan. Many may read at once, in any thread; one change is made at a time."""

    def __init__(self, path: Path, lock: PlanLock | None, user: str, clock: Clock) -> None:
        self.path = path
        self.user = user
        self.listeners: list[Listener] = []
        self._engine = sqlite.engine(path, read_only=lock is None)
        self._lock = lock
        self._clock = clock
        self._index = SearchIndex()
        self._recorder = Recorder(sqlite.engine(path, writing=True), self._index)
        self._door = threading.Lock()
        self._inside: int | None = None
        guard(self._engine)

    @property
    def read_only(self) -> bool:
        """Whether changes are refused."""
        return self._lock is None

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one consistent state of the plan and cannot write."""
        try:
            with Session(self._engine, expire_on_commit=False, autoflush=False) as session:
                yield session
        except DatabaseError as error:
            raise self._damage(error) or error from error

    def _damage(self, error: DatabaseError) -> DamagedPlanError | None:
        return DamagedPlanError(self.path, sqlite.message(error)) if sqlite.tells_of_damage(error) else None

    @contextmanager
    def edit(self, label: str, *, kind: ChangeKind = ChangeKind.EDIT) -> Iterator[Editing]:
        """The one way to change the plan: commits at the end of the block as one undoable change.

        A change of the kind `SETUP` is what a plan begins with: neither it nor what is before it is undone.
        An exception inside leaves no trace. `InvalidRecordError` names the fields of a refused record.
        """
        with (
            self._entered(),
            self._recorder.transaction() as connection,
            Editing(connection, lambda: self._record(connection, label, kind), self._clock) as editing,
        ):
            yield editing
            editing.end()
        self._tell(editing.change)

    def undo(self) -> Change | None:
        """Take back the last change that still holds; None when there is none."""
        return self._replay(ChangeKind.UNDO)

    def redo(self) -> Change | None:
        """Make the last change that was taken back once more; None when there is none."""
        return self._replay(ChangeKind.REDO)

    @holding_off()
    def _replay(self, kind: ChangeKind) -> Change | None:
        with self._entered(), self._recorder.transaction() as connection:
            with Session(connection) as session:
                target = history.next_undo(session) if kind is ChangeKind.UNDO else history.next_redo(session)
                if target is None:
                    return None
                record = self._record(connection, target.label, kind, target.id)
                for steps in history.pages_of(session, target.id, backwards=kind is ChangeKind.UNDO):
                    record.add(play(connection, steps.rows), texts=steps.texts)
            change = record.end()
        self._tell(change)
        return change

    def play(self, label: str, find: Callable[[Session], Sequence[RowChange]]) -> Change | None:
        """Bring rows to the states that `find` names, as one undoable change; None when it names none."""
        with self._entered(), self._recorder.transaction() as connection:
            with Session(connection) as session:
                rows = find(session)
            if not rows:
                return None
            sqlite.defer_references(connection)
            record = self._record(connection, label, ChangeKind.EDIT)
            record.add(play(connection, rows))
            change = record.end()
        self._tell(change)
        return change

    def rewrite(self, label: str, work: Callable[[Connection], Sequence[RowChange]]) -> Change | None:
        """Rewrite the history itself; None where `work` rewrote nothing. It returns a stub for each change it rewrote.

        Only for what a person agreed to: an erasure, a retention rule. Neither this nor what is before it is undone,
        and the file is written anew, so that nothing of it is left there.
        """
        with self._entered(), self._recorder.transaction() as connection:
            with recording(connection), sqlite_history.lifted(connection, REWRITTEN):
                rows = work(connection)
            if not rows:
                return None
            record = self._record(connection, label, ChangeKind.SETUP)
            record.add(rows)
            change = record.end()
        sqlite_history.shrink(self.path)
        self._tell(change)
        return change

    def undoable(self) -> str | None:
        """The label of the change that `undo` would take back."""
        with self.reading() as session:
            target = history.next_undo(session)
            return target.label if target and not self.read_only else None

    def redoable(self) -> str | None:
        """The label of the change that `redo` would make again."""
        with self.reading() as session:
            target = history.next_redo(session)
            return target.label if target and not self.read_only else None

    def office(self) -> Office | None:
        """The office whose plan it is, detached."""
        with self.reading() as session:
            return session.scalars(select(Office).limit(1)).first()

    def search(
        self,
        text: str,
        tables: Sequence[str] = (),
        limit: int = 50,
        *,
        unwanted: Callable[[], bool] | None = None,
    ) -> list[Hit]:
        """Records whose texts hold a word beginning with each word of `text`, best first.

        Raises `Cancelled` as soon as `unwanted` says so: when the next key is hit, say.
        """
        try:
            with (
                self._engine.connect() as connection,
                connection.begin(),
                sqlite.unless(connection, unwanted),
            ):
                return found(connection, self._index, text, tables or tuple(nouns()), limit)
        except DatabaseError as error:
            raise self._damage(error) or error from error

    @property
    def index(self) -> SearchIndex:
        """The search index, for lists that are filtered by words."""
        return self._index

    def save_copy(self, target: Path) -> Path:
        """Write a verified copy of the plan to a new file; raises `UserError` where one exists."""
        if target.exists():
            raise UserError(
                _("“{name}” exists already.").format(name=target.name), _("Choose another name for the copy.")
            )
        return backups.copy_plan(self.path, target)

    def close(self) -> None:
        """Let the file go, when the change that is under way is written; safe to call twice."""
        if self._inside == threading.get_ident():
            raise BypassError("closed inside an edit; it would wait for itself for ever")
        with self._door:
            self._engine.dispose()
            self._recorder.close()
        if self._lock is not None and self._lock.is_held:
            try:
                sqlite.tidy(self.path)
            finally:
                self._lock.release()

    def __enter__(self) -> Plan:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    @contextmanager
    def _entered(self) -> Iterator[None]:
        if self._lock is None or not self._lock.is_held:
            raise ReadOnlyError
        if self._inside == threading.get_ident():
            raise BypassError("an edit inside an edit; it would wait for itself for ever")
        with self._door:
            self._inside = threading.get_ident()
            try:
                yield
            except OperationalError as error:
                raise self._damage(error) or disk_trouble(error, self.path) from error
            except DatabaseError as error:
                raise self._damage(error) or error from error
            finally:
                self._inside = None

    def _record(
        self, connection: Connection, label: str, kind: ChangeKind, target: int | None = None
    ) -> Record:
        return self._recorder.record(
            connection,
            self._rows_of,
            label=label,
            kind=kind,
            made_at=self._clock(),
            made_by=self.user,
            target_id=target,
        )

    def _rows_of(self, change_id: int) -> Sequence[RowChange]:
        with self.reading() as session:
            return history.rows_of(session, change_id)

    def _tell(self, change: Change | None) -> None:
        if change is not None:
            for listener in tuple(self.listeners):
                listener(change)


def disk_trouble(error: OperationalError, path: Path) -> UserError:
    """What stopped a write: a full disk, another program, a read-only folder."""
    words = sqlite.message(error)
    if "full" in words or has_no_space(path):
        return UserError(_("The disk is full; nothing was saved."), _("Free some space and save again."))
    if "disk I/O" in words:
        return UserError(
            _("The disk refused what was to be saved; nothing was changed."),
            _("Check that it is connected and has space, then save again."),
        )
    if "locked" in words:
        return UserError(_("Another program is writing to the plan."), _("Wait a moment and try again."))
    if "readonly" in words:
        return UserError(
            _("The plan's file cannot be written."), _("Check the rights of the file and its folder.")
        )
    return UserError(_("The plan could not be saved: {detail}").format(detail=words), _("Try again."))


def create_plan(path: Path, office: Office | None = None, *, user: str = "", clock: Clock = now) -> Plan:
    """Make a new plan at `path`, with the office as its first record; an existing file is never touched."""
    path = path.absolute()
    if path.exists():
        raise UserError(
            _("“{name}” exists already.").format(name=path.name), _("Choose another name, or open it.")
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _make_file(path)
    except (OSError, sqlite3.Error, SQLAlchemyError, UserError) as error:
        why = error.__cause__ if isinstance(error, UserError) else error
        raise UserError(
            _("The plan could not be created: {detail}").format(detail=sqlite.message(why or error)),
            _("Choose another folder, or check its rights and the space on the disk."),
        ) from error
    plan = open_plan(path, user=user, clock=clock)
    if office is not None:
        try:
            with plan.edit(_("Set up the office"), kind=ChangeKind.SETUP) as edit:
                edit.add(office)
        except BaseException:
            plan.close()
            path.unlink()
            raise
    return plan


def _make_file(path: Path) -> None:
    """An empty plan, made under another name and given its own when it is whole."""
    temporary = path.with_name(f".{path.name}.new")
    temporary.unlink(missing_ok=True)
    sqlite.put_journals_aside(temporary)
    try:
        sqlite.create_file(temporary)
        schema.upgrade(temporary)
        sqlite.put_journals_aside(path)
        os.rename(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
        Path(f"{temporary}-journal").unlink(missing_ok=True)


def open_plan(
    path: Path,
    *,
    read_only: bool = False,
    take_over: bool = False,
    newer: bool = False,
    user: str = "",
    clock: Clock = now,
) -> Plan:
    """Open a plan: the version is checked first, an older one is backed up and upgraded.

    Raises `NoSuchPlanError`, `NotAPlanError`, `NewerPlanError`, `DamagedPlanError` or, when another process
    holds it for writing, `LockedPlanError`. `take_over` overrides a holder on another computer. `newer`, with
    `read_only`, looks into a plan of a newer version as far as it is known here.
    """
    path = path.absolute()
    check_file(path, newer=newer and read_only)
    lock = None if read_only else PlanLock(path, user or "?")
    if lock is not None:
        lock.take(by_force=take_over)
    try:
        if schema.is_older(path):
            if lock is None:
                raise OlderPlanError(path)
            backups.backup(path, reason="upgrade")
            schema.upgrade(path)
        if lock is not None:
            _try_writing(path)
        return Plan(path, lock, user or "?", clock)
    except BaseException:
        if lock is not None:
            lock.release()
        raise


def _try_writing(path: Path) -> None:
    """Refuse to write where the disk, or another program, does not let the plan be written safely."""
    try:
        sqlite.connect(path).close()
    except sqlite3.OperationalError as error:
        raise UnlockableError(path, str(error)) from error


def check_file(path: Path, *, newer: bool = False) -> None:
    """Refuse what is not a plan, is newer than this application (unless `newer`), or cannot be read."""
    if not path.is_file():
        raise NoSuchPlanError(path)
    try:
        connection = sqlite.connect(path, read_only=True)
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if sqlite.application_id(connection) != sqlite.APPLICATION_ID:
                raise NotAPlanError(path)
            schema.check_version(path, connection, newer=newer)
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        if "not a database" in str(error):
            raise NotAPlanError(path) from error
        if isinstance(error, sqlite3.OperationalError) and not sqlite.tells_of_damage(error):
            raise UnreadablePlanError(path, str(error)) from error
        raise DamagedPlanError(path, str(error)) from error
