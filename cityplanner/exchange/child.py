"""Reading somebody's file in a process of its own, which may neither eat the memory nor run for ever.

The process is started anew (spawn) on every system: what runs there has to be a function of a module. What it
raises arrives here as words; when it dies, that is an error of the file and not of the window.
"""

from __future__ import annotations

import math
import multiprocessing
import time
from collections.abc import Callable, Generator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any

from cityplanner.base.errors import UserError
from cityplanner.base.language import _, current, use

try:
    import resource
except ImportError:  # Windows has no such limit; there the time limit and the checks of the file have to do
    resource = None  # type: ignore[assignment]

Send = Callable[[Any], None]
ASK_EVERY = 0.05


@dataclass(frozen=True, slots=True)
class Limits:
    """What a process may use: seconds by the clock and of the processor, bytes of memory."""

    seconds: float = 120
    memory: int = 2_000_000_000


@dataclass(frozen=True, slots=True)
class _Sent:
    value: Any


@dataclass(frozen=True, slots=True)
class _Ended:
    pass


def heard_from_child(
    work: Callable[..., None],
    arguments: tuple[object, ...],
    name: str,
    ask: Callable[[], None],
    limits: Limits | None = None,
) -> Generator[Any, None, None]:
    """Call `work(*arguments, send)` in a process of its own and yield what it sends.

    `ask` is called every 50 ms and stops everything by raising. Raises `UserError` as `work` does, and where
    the process takes too long, needs too much memory or dies. Close the generator to end the process early.
    """
    limits = limits or Limits()
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_serve, args=(there, limits, current().tag, work, arguments), daemon=True)
    child.start()
    there.close()
    try:
        yield from _listen(here, name, ask, time.monotonic() + limits.seconds)
    finally:
        here.close()
        _end(child)


def _end(child: SpawnProcess) -> None:
    if child.is_alive():
        child.kill()
    child.join()
    child.close()


def _listen(here: Connection, name: str, ask: Callable[[], None], until: float) -> Generator[Any, None, None]:
    while True:
        ask()
        if time.monotonic() > until:
            raise _refused(_("Reading “{name}” took too long and was stopped.").format(name=name))
        if not here.poll(ASK_EVERY):
            continue
        try:
            message = here.recv()
        except EOFError as error:  # the system or a library ended it, most often for want of memory
            raise _refused(
                _("“{name}” is damaged: the process that read it ended all of a sudden.").format(name=name)
            ) from error
        match message:
            case _Sent(value):
                yield value
            case UserError():
                raise message
            case _Ended():
                return


def _refused(what: str) -> UserError:
    return UserError(what, _("Write the file anew from its program, or split it into smaller files."))


def _serve(there: Connection, limits: Limits, tag: str, work: Callable[..., None], arguments: Any) -> None:
    """What the process does."""
    _limit(limits)
    use(tag)
    try:
        work(*arguments, lambda value: there.send(_Sent(value)))
        there.send(_Ended())
    except UserError as error:
        there.send(error)
    except MemoryError:
        there.send(_refused(_("The file needs more memory to be read than any list should.")))


def _limit(limits: Limits) -> None:
    if resource is None:
        return
    # Seconds of the processor end a process whose window was killed and can no longer look at the clock.
    seconds = math.ceil(limits.seconds) + 1
    wanted = ((resource.RLIMIT_AS, limits.memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0))
    for kind, most in wanted:
        _soft, hard = resource.getrlimit(kind)
        lowest = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with suppress(ValueError, OSError):  # macOS takes some of them only sometimes
            resource.setrlimit(kind, (lowest, hard))
