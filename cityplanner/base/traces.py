"""Where in the program an error came from, and nothing else: its kind, functions and lines.

What an error says, what a function held and where files lie may name people; none of it is kept.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator
from pathlib import PurePath
from types import TracebackType

OURS = "cityplanner"
MOST_FRAMES = 40
_FATAL = re.compile(r"^(?:Fatal Python error|Windows fatal exception): (.*)$")
_KINDS = (
    "Segmentation fault",
    "Aborted",
    "Bus error",
    "Illegal instruction",
    "Floating-point exception",
    "access violation",
    "stack overflow",
)
_THREAD = re.compile(r"^(Current thread|Thread) 0x")
_FRAME = re.compile(r'^ {2}File "(.*)", line (\d+) in ([\w.<>]+)$')
_LIBRARIES = ("site-packages", "dist-packages")


def trace(error: BaseException) -> str:
    """The kinds, functions and lines of an error and of what caused it, the first cause first."""
    return "\n".join(line for one in _chain(error) for line in _told(one))


def _chain(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and current not in found:
        found.insert(0, current)
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return found


def _told(error: BaseException) -> Iterator[str]:
    yield _kind(error)
    yield from _frames(error.__traceback__)
    if isinstance(error, BaseExceptionGroup):
        for one in error.exceptions:
            yield from (f"  | {line}" for line in trace(one).split("\n"))


def _kind(error: BaseException) -> str:
    """The class of an error, with the number or name the system gave it."""
    code = getattr(error, "sqlite_errorname", None) or getattr(error, "errno", None)
    known = isinstance(code, int) or (isinstance(code, str) and code.isidentifier())
    name = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    return f"{name} ({code})" if known else name


def _frames(trace: TracebackType | None) -> Iterator[str]:
    lines = [
        f"  {frame.f_globals.get('__name__', '?')}, line {line}, in {frame.f_code.co_qualname}"
        for frame, line in traceback.walk_tb(trace)
    ]
    if len(lines) > MOST_FRAMES:
        half = MOST_FRAMES // 2
        lines[half:-half] = [f"  … {len(lines) - MOST_FRAMES} more"]
    yield from lines


def from_dump(text: str) -> str:
    """What Python wrote of itself as it was brought down, without the paths in it; empty where it wrote nothing."""
    return "\n".join(filter(None, map(_of_dump, text.splitlines())))


def _of_dump(line: str) -> str:
    if fatal := _FATAL.match(line):
        return next((kind for kind in _KINDS if fatal[1].startswith(kind)), "Fatal error")
    if thread := _THREAD.match(line):
        return "Current thread, innermost first" if thread[1] == "Current thread" else "Another thread"
    frame = _FRAME.match(line)
    return f"  {_module(frame[1])}, line {frame[2]}, in {frame[3]}" if frame else ""


def _module(path: str) -> str:
    """The dotted name of a file of ours or of a library; of any other only that it is another."""
    parts = PurePath(path.replace("\\", "/")).with_suffix("").parts
    for place in range(len(parts) - 1, -1, -1):
        name = parts[place]
        if name == OURS:
            return ".".join(parts[place:])
        if name in _LIBRARIES or name == "Lib" or re.fullmatch(r"python3\.\d+t?", name):
            return ".".join(parts[place + 1 :])
    return "?"
