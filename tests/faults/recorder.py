"""Records what SQLite asks of the disk while a plan is edited: every write, cut, sync and deletion, in order.

It puts itself between SQLite and the file system of the library that Python itself uses, so what is recorded is the
application's own code at work. python -m tests.faults.recorder PLAN RECORD [JOURNAL_MODE SYNCHRONOUS]
"""

from __future__ import annotations

import _sqlite3
import ctypes
import hashlib
import pickle
import random
import sqlite3
import sys
from collections.abc import Callable
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_int64, c_void_p
from pathlib import Path
from typing import Any

from cityplanner.model.partner import Partner
from cityplanner.store import sqlite
from cityplanner.store.plan_file import Plan, open_plan
from tests.faults.sizes import size
from tests.store.content import raw

EDITS = size(20, 40)
Event = tuple[Any, ...]
"""("create" | "sync" | "delete" | "synced delete", file), ("write", file, offset, data), ("truncate", file, size),
or ("kept", digest) when a change was acknowledged."""

OPEN = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)
DELETE = CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)
CLOSE = CFUNCTYPE(c_int, c_void_p)
WRITE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
TRUNCATE = CFUNCTYPE(c_int, c_void_p, c_int64)
SYNC = CFUNCTYPE(c_int, c_void_p, c_int)


class Vfs(Structure):
    """sqlite3_vfs, as sqlite.org/c3ref/vfs.html lays it out."""

    _fields_ = [
        ("version", c_int),
        ("file_size", c_int),
        ("longest_path", c_int),
        ("next", c_void_p),
        ("name", c_char_p),
        ("data", c_void_p),
        ("open", OPEN),
        ("delete", DELETE),
        ("others", c_void_p * 13),
    ]


class Methods(Structure):
    """sqlite3_io_methods, as sqlite.org/c3ref/io_methods.html lays it out."""

    _fields_ = [
        ("version", c_int),
        ("close", CLOSE),
        ("read", c_void_p),
        ("write", WRITE),
        ("truncate", TRUNCATE),
        ("sync", SYNC),
        ("others", c_void_p * 13),
    ]


class Recorder:
    """The file system SQLite uses while a plan is recorded; it lives as long as its process."""

    def __init__(self, plan: Path) -> None:
        self.events: list[Event] = []
        self._prefix = str(plan)
        self._names: dict[int, str] = {}
        self._methods: dict[int, Methods] = {}
        library = ctypes.CDLL(_sqlite3.__file__)
        library.sqlite3_vfs_find.restype = POINTER(Vfs)
        self._real = library.sqlite3_vfs_find(None)
        self._own = Vfs.from_buffer_copy(self._real.contents)
        self._own.name = b"recorder"
        self._own.open, self._own.delete = OPEN(self._opened), DELETE(self._deleted)
        library.sqlite3_vfs_register(ctypes.byref(self._own), 1)

    def _opened(self, _vfs: int, name: int | None, file: int, flags: int, out: int) -> int:
        path = ctypes.string_at(name).decode() if name else ""
        is_new = bool(path) and not Path(path).exists()
        result = int(self._real.contents.open(ctypes.addressof(self._real.contents), name, file, flags, out))
        if result == 0 and path.startswith(self._prefix) and not path.endswith("-shm"):
            self._names[file] = path.removeprefix(self._prefix)
            if is_new:
                self.events.append(("create", self._names[file]))
            methods = c_void_p.from_address(file)
            assert methods.value is not None
            methods.value = ctypes.addressof(self._recording(methods.value))
        return result

    def _recording(self, address: int) -> Methods:
        """The real methods of a file, with those that change it told to us first."""
        if address not in self._methods:
            real = Methods.from_address(address)
            own = Methods.from_buffer_copy(real)
            own.close = CLOSE(lambda file: self._closed(real, file))
            own.write = WRITE(lambda file, data, size, at: self._written(real, file, data, size, at))
            own.truncate = TRUNCATE(lambda file, size: self._noted(file, real.truncate, "truncate", size))
            own.sync = SYNC(lambda file, flags: self._synced(real, file, flags))
            self._methods[address] = own
        return self._methods[address]

    def _closed(self, real: Methods, file: int) -> int:
        self._names.pop(file, None)
        return int(real.close(file))

    def _written(self, real: Methods, file: int, data: int, size: int, at: int) -> int:
        self.events.append(("write", self._names[file], at, ctypes.string_at(data, size)))
        return int(real.write(file, data, size, at))

    def _noted(self, file: int, real: Callable[..., int], what: str, size: int) -> int:
        self.events.append((what, self._names[file], size))
        return int(real(file, size))

    def _synced(self, real: Methods, file: int, flags: int) -> int:
        self.events.append(("sync", self._names[file]))
        return int(real.sync(file, flags))

    def _deleted(self, vfs: int, name: bytes, sync_folder: int) -> int:
        path = name.decode()
        if path.startswith(self._prefix) and not path.endswith("-shm") and Path(path).exists():
            self.events.append(
                ("synced delete" if sync_folder else "delete", path.removeprefix(self._prefix))
            )
        return int(self._real.contents.delete(vfs, name, sync_folder))


def digest(path: Path) -> str:
    """What is in a plan, as one number: every row of every table, the history's and the index's too."""
    found = hashlib.sha256()
    with raw(path) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in sorted(names):
            if name != "search":  # its rows are in the tables beside it
                for row in connection.execute(f'SELECT * FROM "{name}" ORDER BY 1'):
                    found.update(repr(row).encode())
    return found.hexdigest()


def edit(plan: Plan, dice: random.Random, number: int) -> None:
    """Make one of the changes a day brings: a record, long texts, many at once, a deletion, an undo and a redo."""
    kind = number % 8
    if kind == 7:
        plan.undo()
    elif kind == 0 and number:
        plan.redo()
    else:
        with plan.edit(f"Change {number}") as edit:
            many = {3: 150, 5: 20}.get(kind, 1)
            length = 19_000 if kind == 5 else dice.randint(0, 6000)
            edit.add_all(Partner(name=f"{number}.{n}", notes="x" * length) for n in range(many))
            if kind in (2, 6):
                edit.get_one(Partner, number - 1).notes = "y" * dice.randint(0, 9000)
            if kind == 4:
                edit.delete(edit.get_one(Partner, 1 + number // 2))


def weaken(journal_mode: str, synchronous: str) -> None:
    """Let every connection write less safely than it is promised."""
    strong = sqlite.connect

    def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
        connection = strong(path, read_only=read_only)
        connection.execute(f"PRAGMA journal_mode = {journal_mode}")
        connection.execute(f"PRAGMA synchronous = {synchronous}")
        return connection

    sqlite.connect = connect


def record(path: Path, edits: int) -> list[Event]:
    """Edit a plan and tell what was asked of the disk."""
    recorder = Recorder(path)
    dice = random.Random(3)
    with open_plan(path) as plan:
        for number in range(edits):
            edit(plan, dice, number)
            recorder.events.append(("kept", digest(path)))
    return recorder.events


if __name__ == "__main__":
    if sys.argv[3:]:
        weaken(*sys.argv[3:])
    Path(sys.argv[2]).write_bytes(pickle.dumps(record(Path(sys.argv[1]), EDITS)))
