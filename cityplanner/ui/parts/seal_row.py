"""The office's seal in the office's dialog: the picture, the words that stand for it, and their buttons."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from cityplanner.base.errors import UserError
from cityplanner.base.language import _
from cityplanner.store.seal import remove_seal, seal_of, set_seal
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.theme import Role, text_label

HEIGHT = 48


class SealRow(QWidget):
    """Shows the seal that briefings carry and changes it, each change at once and undoable."""

    changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setAccessibleName(_("Seal on briefings"))
        self.picture = QLabel()
        self.picture.setMinimumSize(HEIGHT, HEIGHT)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words = QLineEdit()
        self.words.setPlaceholderText(_("What the seal shows, such as: Seal of Port Linden, a lighthouse"))
        self.words.setAccessibleName(_("What the seal shows"))
        self.choose = QPushButton(_("Choose seal…"))
        self.remove = QPushButton(_("Remove seal"))
        self.problem = text_label("", Role.DANGER, wrap=True)
        row = QHBoxLayout()
        row.setSpacing(theme.SMALL)
        row.addWidget(self.picture)
        row.addWidget(self.words, 1)
        row.addWidget(self.choose)
        row.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, theme.SMALL)
        column.setSpacing(theme.NARROW)
        column.addWidget(text_label(_("Seal on briefings"), Role.HEADING))
        column.addLayout(row)
        column.addWidget(self.problem)
        self.choose.clicked.connect(self._ask)
        self.remove.clicked.connect(self._take_off)
        self.words.editingFinished.connect(self._keep_words)
        self.show_seal()

    def show_seal(self) -> None:
        """The seal as the plan has it."""
        office = self._context.office
        with self._context.plan.reading() as session:
            seal = seal_of(session, office) if office else None
        pixmap = QPixmap()
        if seal is not None and pixmap.loadFromData(seal.data):
            smooth = Qt.TransformationMode.SmoothTransformation
            self.picture.setPixmap(pixmap.scaledToHeight(HEIGHT, smooth))
        else:
            self.picture.clear()
        self.picture.setAccessibleName(seal.words if seal else _("No seal"))
        self.words.setText(seal.words if seal else "")
        writable = not self._context.read_only and office is not None
        self.choose.setEnabled(writable)
        self.words.setEnabled(writable and seal is not None)
        self.remove.setEnabled(writable and seal is not None)
        self.problem.setText("" if seal is None or seal.words else _("Say in words what the seal shows."))
        self.problem.setVisible(bool(self.problem.text()))

    def take(self, path: Path) -> None:
        """Make a picture the seal."""
        plan, words = self._context.plan, self.words.text().strip()
        self._do(lambda: set_seal(plan, path, words), then=self.words.setFocus)

    def _ask(self) -> None:
        pictures = _("Pictures") + " (*.png *.jpg *.jpeg)"
        path, _kind = QFileDialog.getOpenFileName(self, _("Choose seal"), str(Path.home()), pictures)
        if path:
            self.take(Path(path))

    def _keep_words(self) -> None:
        if self.words.isModified():
            self.words.setModified(False)
            plan, words = self._context.plan, self.words.text().strip()
            self._do(lambda: set_seal(plan, None, words))

    def _take_off(self) -> None:
        plan = self._context.plan
        self._do(lambda: remove_seal(plan))

    def _do(self, change: Callable[[], None], then: Callable[[], None] = lambda: None) -> None:
        def done(_none: None) -> None:
            self.show_seal()
            self.changed.emit()
            then()

        self._context.edits.put(change, done, failed=self._refuse, owner=self)

    def _refuse(self, error: UserError) -> None:
        self.problem.setText(str(error))
        self.problem.show()
