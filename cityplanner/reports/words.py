"""Words in a briefing: runs of plain text in one manner each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cityplanner.reports.charts import Tone

LINKS = ("https://", "http://", "mailto:", "tel:", "#")


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
    """Any text as its runs."""
    parts = (text,) if isinstance(text, str | Run) else text
    return tuple(Run(part) if isinstance(part, str) else part for part in parts)


def plain(text: Text) -> str:
    """Any text without its manners."""
    return "".join(run.text for run in runs(text))


def bold(text: Text) -> tuple[Run, ...]:
    """The same text in bold."""
    return tuple(replace(run, bold=True) for run in runs(text))
