"""Times of day as people write them in a line: 10:00, 10am, 3.30 pm, noon, at 14h, from 10 to 11:30."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

_HALF = r"(?P<{0}>[ap])\.?\s?m\b\.?"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:at\s+|from\s+)?(?P<h>\d{1,2})(?:[:.](?P<m>\d{2}))?\s*(?:" + _HALF.format("half1") + r")?\s*"
        r"(?:-|–|to|until)\s*(?P<h2>\d{1,2})(?:[:.](?P<m2>\d{2}))?\s*(?:"
        + _HALF.format("half2")
        + r")(?!\w)",
        r"\b(?:at\s+|from\s+)?(?P<h>\d{1,2}):(?P<m>\d{2})\s*(?:-|–|to|until)\s*(?P<h2>\d{1,2}):(?P<m2>\d{2})(?!\d)",
        r"\b(?:at\s+)?(?P<h>\d{1,2})(?:[:.](?P<m>\d{2}))?\s*" + _HALF.format("half1"),
        r"\b(?:at\s+)?(?P<h>\d{1,2}):(?P<m>\d{2})(?!\d)",
        r"\b(?:at\s+)?(?P<h>\d{1,2})\s?h(?P<m>\d{2})?\b",
        r"\b(?:at\s+)?(?P<word>noon|midday|midnight)\b",
        r"\bat\s+(?P<h>\d{1,2})(?:\s+o['’]?clock)?\b(?![/.:-]?\d|\s*(?:st|nd|rd|th|days?|weeks?)\b)",
    )
)
_WORDS = {"noon": time(12), "midday": time(12), "midnight": time(0)}
_LENGTH = re.compile(
    r"\bfor\s+(?:(?P<half>half an hour)|(?P<one>an hour)|(?P<n>\d{1,3})\s*(?P<unit>min(?:ute)?s?|h(?:ou)?rs?|h)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FoundTime:
    """A time of day in a text, where it stands, and how long it lasts if that is said."""

    time: time
    start: int
    end: int
    minutes: int | None = None


def find_time(text: str) -> FoundTime | None:
    """The first time of day that a text names; None where there is none."""
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            parts = match.groupdict()
            try:
                found = _WORDS[parts["word"].lower()] if parts.get("word") else _time(parts)
                return FoundTime(found, match.start(), match.end(), _until(parts, found))
            except ValueError:
                continue
    return None


def find_length(text: str) -> tuple[int, int, int] | None:
    """How many minutes a text says something takes, and where it says so: `for an hour`, `for 45 min`."""
    match = _LENGTH.search(text)
    if match is None:
        return None
    if match["n"]:
        minutes = int(match["n"]) * (60 if match["unit"].lower().startswith("h") else 1)
    else:
        minutes = 30 if match["half"] else 60
    return minutes, match.start(), match.end()


def _time(parts: dict[str, str | None]) -> time:
    half = parts.get("half1") or parts.get("half2")
    hour = _hour(int(parts["h"] or 0), half)
    end = parts.get("h2")
    if end and not parts.get("half1") and half and hour > _hour(int(end), half):
        hour = _hour(int(parts["h"] or 0), "a")  # 11-1pm begins before noon
    return time(hour, int(parts.get("m") or 0))


def _until(parts: dict[str, str | None], begin: time) -> int | None:
    if not parts.get("h2"):
        return None
    end = time(_hour(int(parts["h2"] or 0), parts.get("half2")), int(parts.get("m2") or 0))
    minutes = (end.hour - begin.hour) * 60 + end.minute - begin.minute
    return minutes if minutes > 0 else None


def _hour(hour: int, half: str | None) -> int:
    if half is None:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError("a half day has twelve hours")
    return hour % 12 + (12 if half.lower() == "p" else 0)
