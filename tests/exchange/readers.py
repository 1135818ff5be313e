"""What a file's reader may do at worst; apart, as the process it runs in loads whatever stands beside it."""

from __future__ import annotations

import os
import time
from collections.abc import Generator

from cityplanner.exchange.sheet import Hints, Sheet, Told


def many(data: bytes, name: str, hints: Hints) -> Generator[Told, None, Sheet]:
    """Rows of several pages."""
    for number in range(9001):
        yield number, (f"{number} {hints.encoding}", "same"), "" if number else "too long"
    return Sheet(name, ("Name",), encoding=data.decode()[:4], notes=("two",))


def crash(data: bytes, name: str, hints: Hints) -> Generator[Told, None, Sheet]:
    """Ends its process."""
    yield 1, ("a",), ""
    os._exit(9)


def starve(data: bytes, name: str, hints: Hints) -> Generator[Told, None, Sheet]:
    """Wants more memory than there is."""
    yield 1, ("a",), ""
    raise MemoryError


def hang(data: bytes, name: str, hints: Hints) -> Generator[Told, None, Sheet]:
    """Never ends."""
    yield 1, ("a",), ""
    while True:
        time.sleep(0.1)
