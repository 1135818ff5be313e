"""Everything that can be asked of a plan's soundness at once: its file, its content and the shipped catalog."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cityplanner.base.errors import UserError
from cityplanner.base.language import _
from cityplanner.exchange.sheet import Progress, silent
from cityplanner.planning.catalogue import read_catalogue
from cityplanner.store.checks import Finding, check_content, check_database, check_head
from cityplanner.store.plan_file import open_plan
from cityplanner.store.queries.history import head as head_of

_FILE, _CONTENT = 0.2, 0.9
"""The shares of the work after the file and after the content."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found, and the head of the history to note down."""

    findings: tuple[Finding, ...]
    head: str

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return all(finding.ok for finding in self.findings)


def check_whole(path: Path, head: str = "", progress: Progress = silent) -> Checked:
    """Check a plan, which may be open meanwhile, and that its history goes through a `head` noted earlier.

    Raises `UserError` where the file cannot be opened or the head is no head.
    """
    text = _("Checking")
    progress(0, text)
    noted = check_head(head)
    found = check_database(path)
    progress(_FILE, text)
    with open_plan(path, read_only=True) as plan:
        found += check_content(plan, noted, lambda share: progress(_FILE + (_CONTENT - _FILE) * share, text))
        with plan.reading() as session:
            last = str(head_of(session))
    progress(_CONTENT, text)
    found.append(_catalogue())
    return Checked(tuple(found), last)


def _catalogue() -> Finding:
    what = _("The shipped catalog is complete and all its references resolve.")
    try:
        read_catalogue()
    except UserError as error:
        return Finding(False, what, str(error))
    return Finding(True, what)
