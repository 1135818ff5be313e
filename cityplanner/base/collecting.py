"""Python's search for unreachable cycles, put off while a worker works.

It stops every thread, the window's too, for a fifth of a second once a hundred thousand records are in the making;
and in a worker it would take objects of the window apart in the wrong thread.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_holders = 0


@contextmanager
def holding_off() -> Iterator[None]:
    """No collection within the block, nor while another thread is in such a block."""
    _hold(1)
    try:
        yield
    finally:
        _hold(-1)


@contextmanager
def setting_aside() -> Iterator[None]:
    """What is made within the block is not searched until `release`: very many rows, in which there are no cycles.

    Even one search of them, when they have come to the window's thread, would stop it.
    """
    with holding_off():
        yield
        gc.freeze()


def glance() -> None:
    """Let go what a long work made lately and no longer needs, a little at a time; for the window's thread."""
    gc.collect(0)


def release() -> None:
    """Let everything be searched again."""
    gc.unfreeze()


def _hold(more: int) -> None:
    global _holders
    with _lock:
        _holders += more
        if _holders:
            gc.disable()
        else:
            gc.enable()
