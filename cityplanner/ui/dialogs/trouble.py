"""What the user is told when something does not work: words and a way on, never a bare error."""

from __future__ import annotations

import socket
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QMessageBox, QPushButton, QWidget

from cityplanner.base.errors import UserError
from cityplanner.base.language import _

if TYPE_CHECKING:
    from cityplanner.store.errors import Holder, LockedPlanError
    from cityplanner.ui.parts.jobs import Failure


class LockedChoice(StrEnum):
    """What to do about a plan that somebody else has open."""

    READ_ONLY = "read only"
    COPY = "copy"
    TAKE_OVER = "take over"
    CANCEL = "cancel"


def show_error(parent: QWidget | None, error: UserError) -> QMessageBox:
    """Say what happened and what to do next; returns at once, the box closes itself."""
    box = _box(parent, error.what, error.remedy)
    box.setIcon(QMessageBox.Icon.Warning)
    box.addButton(QMessageBox.StandardButton.Ok)
    box.open()
    return box


def show_failure(parent: QWidget | None, failure: Failure) -> QMessageBox:
    """Say that we made a mistake, that the plan is intact, and offer the details to copy."""
    box = _box(
        parent,
        _("Something went wrong inside CityPlanner."),
        _("The plan is intact: what you saw as saved is saved. The details help to mend the fault."),
    )
    box.setIcon(QMessageBox.Icon.Critical)
    box.setDetailedText(failure.details or repr(failure.error))
    copy = box.addButton(_("Copy details"), QMessageBox.ButtonRole.ActionRole)
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(failure.details))
    box.addButton(QMessageBox.StandardButton.Close)
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


def _box(parent: QWidget | None, what: str, more: str) -> QMessageBox:
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    fill(box, what, more)
    return box


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
