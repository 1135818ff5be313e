"""Python's search for unreachable cycles, put off while a worker works, and never of everything at a bad moment.

It stops every thread, the window's too, for a fifth of a second once a hundred thousand records are in the making;
and in a worker it would take objects of the window apart in the wrong thread.
"""

from __future__ import annotations

import gc
import sys
import threading
import time
from collections.abc import Callable, Iterator, MutableMapping, MutableSequence, MutableSet
from contextlib import contextmanager
from typing import Any

MANY = 30_000
"""What a job left behind that is more than this is not searched at all: that would stop the window when it ends."""
LONG_S = 0.015
NEVER = 1_000_000_000
_lock = threading.Lock()
_holders = 0


@contextmanager
def holding_off() -> Iterator[None]:
    """No collection within the block, nor while another thread is in such a block."""
    hold()
    try:
        yield
    finally:
        let_go()


def hold() -> None:
    """No collection until `let_go` is called as often."""
    global _holders
    with _lock:
        _holders += 1
        gc.disable()


def let_go() -> None:
    """The end of a `hold`; the last one lets Python collect again."""
    global _holders
    with _lock:
        _holders -= 1
        if not _holders:
            if gc.get_count()[0] > MANY:
                gc.freeze()
            gc.enable()


@contextmanager
def setting_aside() -> Iterator[None]:
    """What is made within the block is not searched until `release`: very many rows, in which there are no cycles.

    Even one search of them, when they have come to the window's thread, would stop it.
    """
    with holding_off():
        yield
        gc.freeze()


@contextmanager
def emptied_after(
    *collections: MutableMapping[Any, Any] | MutableSet[Any] | MutableSequence[Any],
) -> Iterator[None]:
    """Empty large collections in the end."""
    try:
        yield
    finally:
        empty(*collections)


def empty(*collections: MutableMapping[Any, Any] | MutableSet[Any] | MutableSequence[Any]) -> None:
    """Empty large collections one by one: to let go of all that is in one at once stops every thread."""
    for each in collections:
        take: Callable[[], Any] = each.popitem if isinstance(each, MutableMapping) else each.pop
        while each:
            take()


def glance() -> None:
    """Let go what a long work made lately and no longer needs, a little at a time; for the window's thread."""
    gc.collect(0)


def release() -> None:
    """Let everything be searched again."""
    gc.unfreeze()


class Sweep:
    """Searches everything when it is asked to, at a quiet moment, and no longer of itself.

    What was found to be in use is not searched again where that takes long: modules, above all.
    """

    def __init__(self) -> None:
        """Take the whole search upon itself until `end`."""
        self._usual = gc.get_threshold()
        gc.set_threshold(*self._usual[:2], NEVER)
        self._modules = 0

    def step(self) -> None:
        """Search what was made since, unless a worker works or nothing was."""
        if _holders:
            return
        if self._modules != len(sys.modules):
            self._modules = len(sys.modules)
            gc.freeze()
        elif gc.get_count()[2]:
            begun = time.perf_counter()
            gc.collect()
            if time.perf_counter() - begun > LONG_S:
                gc.freeze()

    def end(self) -> None:
        """Leave it to Python again."""
        gc.set_threshold(*self._usual)
