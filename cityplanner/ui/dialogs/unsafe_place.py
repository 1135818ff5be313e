"""Tells that a plan is kept where it may be damaged, and offers to copy it to this computer."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QMessageBox, QWidget

from cityplanner.base.language import _
from cityplanner.base.places import Place
from cityplanner.ui.dialogs.trouble import fill


class UnsafePlaceDialog(QMessageBox):
    """Says what may happen there and what is better; leaving it so is a choice like the other."""

    def __init__(self, path: Path, place: Place, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        fill(self, *_words(path, place))
        self.setIcon(QMessageBox.Icon.Warning)
        self.copy = self.addButton(_("Copy to this computer…"), QMessageBox.ButtonRole.AcceptRole)
        self.leave = self.addButton(_("Leave it there"), QMessageBox.ButtonRole.RejectRole)
        self.setDefaultButton(self.copy)
        self.setEscapeButton(self.leave)

    @property
    def wants_copy(self) -> bool:
        """Whether a copy was asked for."""
        return self.clickedButton() is self.copy


def _words(path: Path, place: Place) -> tuple[str, str]:
    if place.service:
        return (
            _("“{name}” is in a folder that {service} copies to other computers.").format(
                name=path.stem, service=place.service
            ),
            _(
                "{service} may copy the plan while it is being written, or keep two versions of it when two people"
                " work in it: then changes can be missing. Keep the plan in a folder of this computer and let"
                " {service} have copies of it (File, Save a copy). If you leave it there, open it on one computer"
                " at a time and wait until {service} has finished before you open it on another."
            ).format(service=place.service),
        )
    return (
        _("“{name}” is in a folder on another computer.").format(name=path.stem),
        _(
            "When the network fails while the plan is being written, or two people work in it, the plan can be"
            " damaged. Keep it in a folder of this computer and put copies of it on the network (File, Save a"
            " copy). If you leave it there, make sure that only one person at a time works in it."
        ),
    )
