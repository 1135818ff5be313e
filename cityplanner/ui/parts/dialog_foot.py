"""The foot of a dialog that asks one thing: a button that agrees, which Enter presses, and one that leaves."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton

from cityplanner.base.language import _


def foot(dialog: QDialog, text: str) -> QHBoxLayout:
    """The row of buttons of a dialog; `text` says what is agreed to."""
    row = QHBoxLayout()
    row.addStretch(1)
    agree = QPushButton(text)
    agree.setProperty("primary", True)
    agree.setDefault(True)
    agree.clicked.connect(lambda: dialog.accept())
    cancel = QPushButton(_("Cancel"))
    cancel.setAutoDefault(False)
    cancel.clicked.connect(lambda: dialog.reject())
    row.addWidget(agree)
    row.addWidget(cancel)
    return row
