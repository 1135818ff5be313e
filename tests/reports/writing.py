"""Writes a briefing as PDF in one call, for the tests that read it back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cityplanner.reports.blocks import Briefing
from cityplanner.reports.output import Progress, write_briefing


@dataclass(frozen=True, slots=True)
class Result:
    """Where the file is and how many pages it has."""

    path: Path
    pages: int


def render(briefing: Briefing, paper: str, target: Path, progress: Progress | None = None) -> Result:
    """The briefing as PDF."""
    return Result(target, write_briefing(briefing, target, paper=paper, progress=progress) or 0)
