"""The dialogs of the window, one after the other: those of the menus, and those that ask about a record or a list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog, QWidget

from cityplanner.model.agreement import NEXT, Agreement
from cityplanner.model.contact import Contact
from cityplanner.model.engagement import Commitment
from cityplanner.model.entity import Entity
from cityplanner.model.initiative import Initiative
from cityplanner.store.queries import listing
from cityplanner.store.queries.groups import Asked
from cityplanner.ui.app import Shell
from cityplanner.ui.context import Context
from cityplanner.ui.dialogs.backups import BackupsDialog
from cityplanner.ui.dialogs.bulk_edit import BulkEditDialog
from cityplanner.ui.dialogs.close_initiative import ask_to_close
from cityplanner.ui.dialogs.complete_commitments import CompleteDialog
from cityplanner.ui.dialogs.erase_person import ErasePersonDialog
from cityplanner.ui.dialogs.group import GroupDialog
from cityplanner.ui.dialogs.import_assistant import ImportAssistant
from cityplanner.ui.dialogs.import_steps import Step
from cityplanner.ui.dialogs.merge import MergeDialog
from cityplanner.ui.dialogs.recipients import RecipientsDialog
from cityplanner.ui.dialogs.verify import VerifyDialog
from cityplanner.ui.pages.reports.page import ReportsPage
from cityplanner.ui.parts.agreement_strip import StepDialog, standing
from cityplanner.ui.parts.picker import Picker
from cityplanner.ui.parts.record_dialog import RecordDialog
from tests.waiting import wait_until

OF_MENUS = (
    "new",
    "preferences",
    "help",
    "shortcuts",
    "about",
    "fault_reports",
    "history",
    "office",
    "retention",
    "duplicates",
    "job_change",
    "capture",
    "log_engagement",
    "repeat_engagement",
    "backups",
    "import",
)
OF_THE_SYSTEM = frozenset({"open", "save_copy", "export", "export_bundle", "restore"})
"""What asks for a file: the system's own dialog, which stands in the way of a walk."""
MANY = 500
Opening = tuple[str, Callable[[], object]]


def shown() -> list[QDialog]:
    """The dialogs in sight, the innermost first."""
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
    return sorted(found, key=_depth, reverse=True)


def _depth(dialog: QWidget) -> int:
    parent = dialog.parentWidget()
    return 0 if parent is None else 1 + _depth(parent.window())


def one_by_one(shell: Shell) -> Iterator[Opening]:
    """Those that are closed before the next one opens."""
    yield from _of_menus(shell)
    yield from _of_records(shell)
    yield from _of_reports(shell)


def step_by_step(shell: Shell, file: Path) -> Iterator[Iterator[Opening]]:
    """Those that are gone through; what writes, only in a plan that may be changed."""
    yield _of_an_import(shell, file)
    if shell.desk.context is not None and not shell.desk.context.read_only:
        yield _of_backups(shell)


def _of_menus(shell: Shell) -> Iterator[Opening]:
    """Those that a command opens; what a command is about is gone to first."""
    for name in OF_MENUS:
        if name == "repeat_engagement":
            yield "an engagement", partial(shell.window.open_record, "engagement", 1)
        yield f"dialog {name}", partial(shell.perform, name)


def _of_records(shell: Shell) -> Iterator[Opening]:
    """Those that ask about records: one, two, many, or a whole list."""
    context, window = shell.desk.context, shell.window
    assert context is not None
    people = _first(context, Contact, MANY)
    dialogs: dict[str, Callable[[], QDialog]] = {
        "verify": lambda: VerifyDialog(context, window),
        "recipients": lambda: RecipientsDialog(context, None, window),
        "group": lambda: GroupDialog(context, Contact, Asked("ka"), window),
        "bulk edit": lambda: BulkEditDialog(context, Contact, people, window),
        "merge": lambda: MergeDialog(context, Contact, people[0], people[1], window),
        "erase a person": lambda: ErasePersonDialog(context, people[0], window),
        "picker": lambda: Picker(context, Contact, parent=window),
        "record": lambda: RecordDialog(context, Contact, people[0], parent=window),
    }
    if promised := _first(context, Commitment, MANY):
        names = [str(number) for number in promised]
        dialogs["complete"] = lambda: CompleteDialog(context, promised, names, window)
    for name, make in dialogs.items():
        yield f"dialog {name}", lambda make=make: make().open()
    for number in _first(context, Initiative, 1):
        yield "dialog close", partial(ask_to_close, context, number, "", window)
    for number in _first(context, Agreement, 1):
        yield "dialog step", partial(_step, context, number, window)


def _step(context: Context, number: int, window: QWidget) -> None:
    today = dt.date.today()
    found = standing(context.plan, number, today)
    assert found is not None
    step = next(iter(NEXT[found.status]), found.status)
    StepDialog(context, number, found, step, today, window).open()


def _first(context: Context, noun: type[Entity], most: int) -> list[int]:
    with context.plan.reading() as session:
        return list(listing.ids(session, noun, most=most))


def _of_reports(shell: Shell) -> Iterator[Opening]:
    """A preview, the printer, and a batch."""
    yield "the reports", partial(shell.window.go, "reports")
    page = shell.window.page
    assert isinstance(page, ReportsPage)
    yield "a preview", partial(page.brief, "partner", 1)
    wait_until(lambda: page.ready and not page.preview.busy)
    if page.side.print.isEnabled():
        yield "dialog print", page.side.print.click
    yield "dialog batch", page.side.many.click


def _of_backups(shell: Shell) -> Iterator[Opening]:
    """A backup that is made, tested, and compared with the plan as it is."""
    yield "dialog backups", partial(shell.perform, "backups")
    (dialog,) = (one for one in shown() if isinstance(one, BackupsDialog))
    yield "backups, made", dialog.make.click
    yield "backups, chosen", lambda: dialog.list.setCurrentItem(dialog.list.topLevelItem(0))
    yield "backups, tested", dialog.test.click
    yield "dialog compare", dialog.compare.click


def _of_an_import(shell: Shell, file: Path) -> Iterator[Opening]:
    """The steps of the assistant up to the rows; in a plan that may be changed, to the end."""
    context = shell.desk.context
    assert context is not None
    dialog = ImportAssistant(context, None, "contact", shell.window)
    yield "dialog import of a file", dialog.open
    yield "dialog import, read", partial(dialog.choose, file)
    yield "dialog import, columns", dialog.go_on
    yield "dialog import, rows", dialog.go_on
    if not context.read_only and dialog.step is Step.ROWS:
        yield "dialog import, written", dialog.go_on
