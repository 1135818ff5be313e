"""How often a fault is tried: seldom in the normal test command, often in the long form."""

from __future__ import annotations

import os

LONG = "CITYPLANNER_LONG"


def is_long() -> bool:
    """Whether the long form runs; python -m tests.faults --long asks for it."""
    return os.environ.get(LONG) == "1"


def size(quick: int, long: int) -> int:
    """How many trials to make in the form that runs."""
    return long if is_long() else quick
