"""Work in a process of its own: it ends at once when it is no longer wanted, and has limits of time and memory.

The process is started anew (spawn) on every system alike: what runs there has to be a function of a module, and
the program that starts it has to keep its own start behind `if __name__ == "__main__"` or in a function.
"""

from __future__ import annotations

import math
import multiprocessing
import time
from collections.abc import Callable, Generator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from cityplanner.base.language import current, use

try:
    import resource
except ImportError:  # Windows has no such limit; there the time limit has to do
    resource = None  # type: ignore[assignment]

Send = Callable[[Any], None]
ASK_EVERY = 0.05


class ChildError(RuntimeError):
    """The process ended without an answer: the system or a library killed it, most often for want of memory."""


class TooLongError(ChildError):
    """The process ran longer than it may."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a process may use: seconds by the clock and of the processor, bytes of memory."""

    seconds: float = 120
    memory: int = 2_000_000_000


@dataclass(frozen=True, slots=True)
class _Sent:
    value: Any


@dataclass(frozen=True, slots=True)
class _Failed:
    error: Exception


class _Ended:
    pass


def hear(
    work: Callable[..., None],
    arguments: tuple[object, ...],
    ask: Callable[[], None],
    limits: Limits | None = None,
) -> Generator[Any, None, None]:
    """Call `work(*arguments, send)` in a process of its own and yield what it sends.

    `ask` is called every 50 ms and stops everything by raising; so does closing the generator. What `work` raises
    is raised here; `ChildError` where the process dies, `TooLongError` where it takes longer than its limits say.
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_serve, args=(there, limits, current().tag, work, arguments), daemon=True)
    child.start()
    there.close()
    until = math.inf if limits is None else time.monotonic() + limits.seconds
    try:
        yield from _listen(here, ask, until)
    finally:
        here.close()
        if child.is_alive():
            child.kill()
        child.join()
        child.close()


def _listen(here: Connection, ask: Callable[[], None], until: float) -> Generator[Any, None, None]:
    while True:
        ask()
        if time.monotonic() > until:
            raise TooLongError("the process took too long")
        if not here.poll(ASK_EVERY):
            continue
        try:
            message = here.recv()
        except EOFError:
            raise ChildError("the process ended without an answer") from None
        match message:
            case _Sent(value):
                yield value
            case _Failed(error):
                raise error
            case _Ended():
                return


def _serve(
    there: Connection, limits: Limits | None, tag: str, work: Callable[..., None], arguments: Any
) -> None:
    """What the process does."""
    if limits is not None:
        limit(limits)
    use(tag)
    try:
        work(*arguments, lambda value: there.send(_Sent(value)))
        end: _Failed | _Ended = _Ended()
    except Exception as error:  # noqa: BLE001 - whatever it is belongs to the caller, who raises it again
        end = _Failed(error)
    there.send(end)


def limit(limits: Limits) -> None:
    """Hold this process to its limits from here on, as far as the system can."""
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
