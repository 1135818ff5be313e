"""How fast this machine computes now, so that a limit in milliseconds holds on a busy or slower one too."""

from __future__ import annotations

import time
from collections.abc import Callable

USUAL_S = 0.012
"""What the loop of `pace` takes on the machine that the limits were set on."""


def pace() -> float:
    """How many times slower than usual this machine computes now: 1 or more, by a loop that always does the same."""
    spans = []
    for _round in range(5):
        begun = time.thread_time()
        sum(number * number % 7 for number in range(200_000))
        spans.append(time.thread_time() - begun)
    return max(1.0, sorted(spans)[len(spans) // 2] / USUAL_S)


def quickest(step: Callable[[], object], turns: int = 30) -> float:
    """Milliseconds of the processor that the quickest of some turns takes this thread, at the usual pace.

    What other programs take of the clock is not ours; how much they slow the processor down is measured beside.
    """
    spans = []
    for _turn in range(turns):
        begun = time.thread_time()
        step()
        spans.append(time.thread_time() - begun)
    return 1000 * min(spans) / pace()
