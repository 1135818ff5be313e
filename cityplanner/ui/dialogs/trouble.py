"""What the user is told when something does not work: words and a way on, never a bare error."""

from __future__ import annotations

import socket
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QMessageBox, QPushButton, QWidget

from cityplanner.base import paths
from cityplanner.base.errors import UserError
from cityplanner.base.language import _, current

if TYPE_CHECKING:
    from cityplanner.store.errors import Holder, LockedPlanError, NewerPlanError
    from cityplanner.store.rescue import Rescue


class LockedChoice(StrEnum):
    """What to do about a plan that somebody else has open."""

    READ_ONLY = "read only"
    COPY = "copy"
    TAKE_OVER = "take over"
    CANCEL = "cancel"


def show_error(parent: QWidget | None, error: UserError) -> QMessageBox:
    """Say what happened and what to do next; returns at once, the box closes itself."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    fill(box, error.what, error.remedy)
    box.setIcon(QMessageBox.Icon.Warning)
    box.addButton(QMessageBox.StandardButton.Ok)
    box.open()
    return box


class LockedDialog(QMessageBox):
    """Names who has the plan open and offers to read it, to copy it, to take it over or to leave it.

    A window on this computer is alive as long as it has the plan: that cannot be taken over.
    """

    def __init__(self, error: LockedPlanError, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        here = error.holder.host == socket.gethostname()
        fill(self, *_who_has_it(error.holder, path, here=here))
        self.setIcon(QMessageBox.Icon.Question)
        role = QMessageBox.ButtonRole.AcceptRole
        self.read = self.addButton(_("Open read-only"), role)
        self.copy = self.addButton(_("Work in a copy…"), role)
        self.take = self.addButton(_("Take over"), QMessageBox.ButtonRole.DestructiveRole)
        self.take.setVisible(not here)
        self.leave = self.addButton(QMessageBox.StandardButton.Cancel)
        self.setDefaultButton(self.read)
        self.setEscapeButton(self.leave)

    def choice(self) -> LockedChoice:
        """What was clicked; leaving counts as cancel."""
        chosen = self.clickedButton()
        if chosen is self.read:
            return LockedChoice.READ_ONLY
        if chosen is self.copy:
            return LockedChoice.COPY
        return LockedChoice.TAKE_OVER if chosen is self.take else LockedChoice.CANCEL


class DamagedDialog(QMessageBox):
    """Offers the newest good backup of a damaged plan: its date, and what would be missing."""

    def __init__(
        self,
        error: UserError,
        path: Path,
        found: Rescue | None,
        parent: QWidget | None = None,
        *,
        is_open: bool = False,
    ) -> None:
        super().__init__(parent)
        more = _no_backup(path) if found is None else _what_is_missing(found)
        if is_open:
            more = f"{_while_open()}\n\n{more}"
        fill(self, _what_is_wrong(error, path), more)
        self.setIcon(QMessageBox.Icon.Warning)
        self.restore = self.addButton(_("Put the backup in its place"), QMessageBox.ButtonRole.AcceptRole)
        self.read = self.addButton(_("Look at the backup"), QMessageBox.ButtonRole.ActionRole)
        self.leave = self.addButton(QMessageBox.StandardButton.Close)
        for button in (self.restore, self.read):
            button.setVisible(found is not None)
        self.setDefaultButton(self.leave if found is None else self.restore)
        self.setEscapeButton(self.leave)


def _what_is_wrong(error: UserError, path: Path) -> str:
    from cityplanner.store.errors import DamagedPlanError  # late: the store is imported in a worker

    if not isinstance(error, DamagedPlanError):
        return error.what
    return _("“{name}” is damaged: parts of its file cannot be read any more.").format(name=path.stem)


def _while_open() -> str:
    return _(
        "You can go on looking at what can still be read. Please enter nothing more before this is mended: it may"
        " be lost."
    )


def _no_backup(path: Path) -> str:
    from cityplanner.store.backups import folder_of

    if paths.plan_of(path) is not None:
        return _("It is a backup. Choose another one, or open the plan itself. The file was left as it is.")
    return _(
        "No good backup of it was found in {folder}. The damaged file was left as it is. If you keep copies"
        " elsewhere, open the newest of them."
    ).format(folder=folder_of(path))


def _what_is_missing(found: Rescue) -> str:
    if found.lost is None:
        missing = _("What was changed after it cannot be read any more and would be missing.")
    elif found.lost:
        missing = current().plural(
            "One change made after it would be missing.",
            "{n} changes made after it would be missing.",
            found.lost,
        )
    else:
        missing = _("Nothing was changed after it.")
    when = _("The newest good backup is of {when}.").format(when=moment(found.backup.made_at))
    kept = _("If you put it in the plan's place, the damaged file is kept beside it.")
    return f"{when} {missing}\n\n{kept}"


def moment(at: datetime) -> str:
    """A date and a time of day as this computer's clock shows them."""
    local, say = at.astimezone(), current()
    return f"{say.date(local.date())}, {say.time(local)}"


class NewerDialog(QMessageBox):
    """Refuses a plan of a newer version, and offers to look into it."""

    def __init__(self, error: NewerPlanError, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        more = _(
            "You can look into it now. What the newer version added is not shown, and nothing can be changed."
        )
        fill(self, error.what, f"{error.remedy}\n\n{more}")
        self.setIcon(QMessageBox.Icon.Information)
        self.read = self.addButton(_("Open read-only"), QMessageBox.ButtonRole.AcceptRole)
        self.leave = self.addButton(QMessageBox.StandardButton.Cancel)
        self.setDefaultButton(self.read)
        self.setEscapeButton(self.leave)


def _who_has_it(holder: Holder, path: Path, *, here: bool) -> tuple[str, str]:
    names = {"name": path.stem, "host": holder.host, "user": holder.user, "since": holder.since}
    if not here:
        return (
            _("“{name}” is open on the computer {host}, by {user} since {since}.").format(**names),
            _(
                "Only one person can change a plan at a time. You can read it now, or work in a copy whose"
                " changes do not reach this plan. Take it over only if you are sure that {user} no longer works"
                " in it, for example because {host} broke down: otherwise you would both change it at once."
            ).format(**names),
        )
    more = _(
        "Only one window can change a plan at a time. Go to the window that has it open, or read it here, or"
        " work in a copy whose changes do not reach this plan."
    )
    if holder.user == "?":  # it was opened in this very moment and has not said by whom
        return _("“{name}” is already open on this computer.").format(**names), more
    return _("“{name}” is already open on this computer, by {user} since {since}.").format(**names), more


def fill(box: QMessageBox, what: str, more: str) -> None:
    """Put the two texts of a box in place, as plain text, for readers of the screen too."""
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle("CityPlanner")
    box.setText(what)
    box.setInformativeText(more)
    box.setAccessibleName(what)
    box.setAccessibleDescription(more)


def close_button(dialog: QDialog) -> QPushButton:
    """The button that closes a dialog which asks nothing."""
    button = QPushButton(_("Close"))
    button.clicked.connect(dialog.accept)
    button.setDefault(True)
    return button
