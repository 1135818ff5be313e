"""Times by the clock and of the processor, memory, and the table of figures beside their limits."""

from __future__ import annotations

import math
import os
import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds by the clock and of the processor, this process only."""

    wall: float
    cpu: float


def spent(step: Callable[[], object]) -> Spent:
    """How long a step takes."""
    wall, cpu = time.perf_counter(), time.process_time()
    step()
    return Spent(time.perf_counter() - wall, time.process_time() - cpu)


def peak_memory() -> float:
    """The most memory this process ever held, in MB (1,000,000 bytes)."""
    status = Path("/proc/self/status")
    if status.exists():  # `getrusage` would count what the parent held when it started this process
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024 / 1e6
    import resource
    import sys

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1e6 if sys.platform == "darwin" else most * 1024 / 1e6


def memory() -> float:
    """What this process holds now, in MB; what it held most where the system does not tell."""
    pages = Path("/proc/self/statm")
    if pages.exists():
        return int(pages.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    return peak_memory()


@dataclass(frozen=True, slots=True)
class Figure:
    """A median beside the median of its limit; without a limit, a figure to know.

    `ratio` is the median of the ratios of neighbours, which a busy machine disturbs least.
    """

    workload: str
    what: str
    unit: str
    ours: float
    limit: float | None = None
    ratio: float | None = None
    target: float | None = None
    spread: tuple[float, float] | None = None

    def as_json(self) -> dict[str, Any]:
        """What `--json` writes."""
        return asdict(self)


def figure(
    workload: str,
    what: str,
    ours: Sequence[float],
    limit: Sequence[float] = (),
    *,
    unit: str = "s",
    target: float | None = None,
) -> Figure:
    """A figure out of measurements that were taken in turns."""
    middle = statistics.median(ours)
    if not limit:
        return Figure(workload, what, unit, middle, target=target)
    ratios = sorted(one / other for one, other in zip(ours, limit, strict=True))
    return Figure(
        workload,
        what,
        unit,
        middle,
        statistics.median(limit),
        statistics.median(ratios),
        target,
        (ratios[0], ratios[-1]),
    )


def centile(values: Iterable[float], share: float) -> float:
    """The value below which a share of all lies."""
    listed = sorted(values)
    return listed[min(int(len(listed) * share), len(listed) - 1)]


def table(figures: Sequence[Figure]) -> str:
    """The figures for people, in columns."""
    rows = [("workload", "what", "median", "limit", "ratio", "lowest-highest", "target")]
    return _columns(rows + [(one.workload, one.what, *_numbers(one)) for one in figures])


def growth(found: Mapping[int, Sequence[Figure]]) -> str:
    """How each figure grows with the size, beside its limit: 0 not at all, 1 with the size, 2 with its square."""
    ours: dict[tuple[str, str], dict[int, float]] = {}
    limit: dict[tuple[str, str], dict[int, float]] = {}
    for size, figures in found.items():
        for one in figures:
            # The number of megabytes or rows in a name differs from size to size.
            key = one.workload, " ".join(word for word in one.what.split() if not word[0].isdigit())
            ours.setdefault(key, {})[size] = one.ours
            if one.limit is not None:
                limit.setdefault(key, {})[size] = one.limit
    rows = [("workload", "what", "power", "limit")]
    rows += [(*key, _power(ours[key]), _power(limit.get(key, {}))) for key in ours]
    return _columns(rows)


def _power(times: Mapping[int, float]) -> str:
    points = [(math.log(size), math.log(took)) for size, took in times.items() if took > 0]
    if len(points) < 2:
        return ""
    return f"{statistics.linear_regression(*zip(*points, strict=True)).slope:.2f}"


def _columns(rows: Sequence[tuple[str, ...]]) -> str:
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    return "\n".join("  ".join(_cells(row, widths)).rstrip() for row in rows)


def _cells(row: Sequence[str], widths: Sequence[int]) -> Iterable[str]:
    for place, (cell, width) in enumerate(zip(row, widths, strict=True)):
        yield cell.ljust(width) if place < 2 else cell.rjust(width)


def _numbers(one: Figure) -> tuple[str, str, str, str, str]:
    return (
        f"{one.ours:.4g} {one.unit}",
        "" if one.limit is None else f"{one.limit:.4g} {one.unit}",
        "" if one.ratio is None else f"{one.ratio:.2f}",
        "" if one.spread is None else f"{one.spread[0]:.2f}-{one.spread[1]:.2f}",
        "" if one.target is None else f"{one.target:g}",
    )
