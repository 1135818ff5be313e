"""Words in a briefing: runs of plain text in one manner each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from unicodedata import bidirectional

from cityplanner.base.language import END_APART, FROM_LEFT, FROM_RIGHT
from cityplanner.reports.charts.description import Tone
from cityplanner.reports.pdf.bidi import has_right_to_left

LINKS = ("https://", "http://", "mailto:", "tel:", "#")

_STRONG = frozenset(("L", "R", "AL"))
_JOINING = " \u00a0,;:،؛"


class BlockError(ValueError):
    """A block was composed that can't become a sound briefing; a mistake of the composer."""


def require(condition: bool, what: str) -> None:
    """Raise `BlockError` with `what` is wrong unless the condition holds."""
    if not condition:
        raise BlockError(what)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one manner; `link` is a web or mail address, or `#id` of a block here."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    language: str = ""
    tone: Tone = "plain"

    def __post_init__(self) -> None:
        require(
            not self.link or self.link.startswith(LINKS), f"not a link that may be printed: {self.link!r}"
        )


Text = str | Run | Sequence[str | Run]


def runs(text: Text) -> tuple[Run, ...]:
    """Any text as its runs; those that run against one another keep their own signs and figures beside them."""
    parts = (text,) if isinstance(text, str | Run) else text
    found = tuple(Run(part) if isinstance(part, str) else part for part in parts)
    return _apart(found) if len(found) > 1 and any(has_right_to_left(run.text) for run in found) else found


def _apart(found: tuple[Run, ...]) -> tuple[Run, ...]:
    """Runs of which neighbors of one direction are enclosed, if there are others beside them."""
    ways = [_way(run.text) for run in found]
    if len(set(ways) - {""}) < 2:
        return found
    apart = list(found)
    start = 0
    while start < len(ways):
        end = start + 1
        if ways[start] in (FROM_LEFT, FROM_RIGHT):
            last = start
            while end < len(ways) and ways[end] in (ways[start], ""):
                last = end if ways[end] else last
                end += 1
            # What joins them to their neighbors, a comma or a colon, runs as the paragraph does.
            text = apart[start].text
            words = text.lstrip(_JOINING)
            joint = text[: len(text) - len(words)]
            apart[start] = replace(apart[start], text=f"{joint}{ways[start]}{words}")
            text = apart[last].text
            words = text.rstrip(_JOINING)
            apart[last] = replace(apart[last], text=f"{words}{END_APART}{text[len(words) :]}")
            end = last + 1
        start = end
    return tuple(apart)


def _way(text: str) -> str:
    """The sign that encloses a text whose letters all run one way, `both`, or nothing for a text without letters."""
    ways = {FROM_LEFT if kind == "L" else FROM_RIGHT for kind in map(bidirectional, text) if kind in _STRONG}
    return "both" if len(ways) > 1 else next(iter(ways), "")


def plain(text: Text) -> str:
    """Any text without its manners."""
    return "".join(run.text for run in runs(text))


def bold(text: Text) -> tuple[Run, ...]:
    """The same text in bold."""
    return tuple(replace(run, bold=True) for run in runs(text))


def clipped(text: str, most: int) -> str:
    """The text cut to a number of characters, an ellipsis standing for the rest."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
