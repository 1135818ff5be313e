"""The whole window for the proofs: started on a plan, walked through page by page, closed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtWidgets import QApplication

from cityplanner.base.settings import Settings
from cityplanner.ui.app import Shell
from cityplanner.ui.pages.atlas import Atlas
from cityplanner.ui.pages.registry import SECTIONS
from cityplanner.ui.pages.section import SectionPage
from tests.waiting import wait, wait_until


def calm(shell: Shell) -> None:
    """Wait until the plan is open and nothing is under way."""

    def at_rest() -> bool:
        context = shell.desk.context
        return context is not None and shell.window.is_open and not context.jobs.busy

    wait(10)  # what was asked for just now begins
    wait_until(at_rest)


@contextmanager
def shown(application: QApplication, settings: Path, plan: Path) -> Iterator[Shell]:
    """The window on a plan, with the settings of a file."""
    shell = Shell(application, Settings(settings))
    shell.window.resize(1280, 800)
    shell.start(plan)
    try:
        calm(shell)
        yield shell
        calm(shell)
    finally:
        shell.window.close()
        shell.window.deleteLater()
        shell.deleteLater()


def walk(shell: Shell, lists_too: bool = True) -> Iterator[str]:
    """Open every page, and in the pages of lists every list with its first record; yields what is shown."""
    lists = {section.key: section.tables for section in SECTIONS}
    for stop in Atlas().stops():
        shell.window.go(stop.name)
        calm(shell)
        yield stop.name
        page = shell.window.page
        for table in lists.get(stop.name, ()) if lists_too else ():
            if isinstance(page, SectionPage):
                page.show_record(table, 1)
                calm(shell)
                yield f"{stop.name}: {table}"
