"""The files of a record: dropped or chosen, opened by the system's program, saved elsewhere, removed with undo."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cityplanner.base.files import safe_name
from cityplanner.base.language import _, current
from cityplanner.model.entity import Entity
from cityplanner.store import attachments
from cityplanner.store.attachments import File, size_words
from cityplanner.ui import icons, theme
from cityplanner.ui.context import Context
from cityplanner.ui.parts.jobs import Job
from cityplanner.ui.parts.plain import tool_tip

FILE = Qt.ItemDataRole.UserRole
MOST_ROWS = 5


@cache
def _folder() -> Path:
    """Where copies for other programs stand until this program ends."""
    folder = Path(tempfile.mkdtemp(prefix="cityplanner-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


class AttachmentsPanel(QWidget):
    """The files of one record. Enter opens one, Delete removes it, Insert or dropping adds."""

    pointed_at = Signal()
    """One of the files was asked for and is to be brought into sight."""

    def __init__(self, context: Context, noun: type[Entity], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context, self._noun = context, noun
        self._id: int | None = None
        self._title = ""
        self._job: Job | None = None
        self.files: list[File] = []
        self.heading = theme.text_label(_("Files"), theme.Role.HEADING)
        self.empty = theme.text_label(_("Drop files here, or attach them."), theme.Role.MUTED, wrap=True)
        self.list = QListWidget(self)
        self.list.setAccessibleName(_("Files"))
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(lambda place: self._offer(self.list.mapToGlobal(place)))
        self.list.itemActivated.connect(lambda _item: self.open_chosen())
        self.list.currentItemChanged.connect(lambda: self._update())
        self.setAcceptDrops(True)
        self._lay_out()
        for key, act in ((Qt.Key.Key_Delete, self.remove_chosen), (Qt.Key.Key_Insert, self.choose)):
            shortcut = QShortcut(QKeySequence(key), self.list, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        context.changed.connect(self._hear)
        context.pointed.connect(self._point)
        self._show([])

    # --- showing ---

    def show_record(self, record_id: int | None, title: str = "") -> None:
        """Show the files of a record; nothing for one that is not saved yet."""
        if record_id != self._id:
            self._show([])
        self._id, self._title = record_id, title
        self.refresh()

    def refresh(self) -> None:
        """Read anew."""
        if self._job is not None:
            self._job.drop()
            self._job = None
        if self._id is None:
            self._show([])
            return
        plan, table, record_id = self.context.plan, self._noun.__tablename__, self._id

        def read(_progress: object) -> list[File]:
            with plan.reading() as session:
                return attachments.files(session, table, record_id)

        self._job = self.context.jobs.start(read, self._show, owner=self)

    def _show(self, files: list[File]) -> None:
        self._job = None
        at = self.list.currentRow()
        self.files = files
        self.list.clear()
        for file in files:
            item = QListWidgetItem(f"{file.name}  ·  {size_words(file.size)}")
            item.setData(FILE, file)
            item.setToolTip(tool_tip(f"{file.name}\n{file.note}".strip()))
            self.list.addItem(item)
        self.list.setCurrentRow(min(at, len(files) - 1))
        self.list.setVisible(bool(files))
        self.empty.setVisible(not files)
        self.heading.setText(_("Files ({n})").format(n=current().number(len(files))) if files else _("Files"))
        self._fit()
        self._update()
        self._point()

    def _point(self) -> None:
        """Choose the file that was asked for, if it is one of these."""
        wanted = self.context.file_wanted
        row = next((row for row, file in enumerate(self.files) if file.id == wanted), None)
        if row is None:
            return
        self.context.file_wanted = 0
        self.pointed_at.emit()
        self.list.setCurrentRow(row)
        self.list.setFocus()

    # --- acting ---

    def attach(self, paths: Sequence[Path]) -> None:
        """Take files into the plan."""
        if self._id is None or self.context.read_only or not paths:
            return
        plan, table, record_id, title = self.context.plan, self._noun.__tablename__, self._id, self._title
        self._do(lambda: attachments.attach(plan, table, record_id, title, paths))

    def choose(self) -> None:
        """Ask for files and take them in."""
        if self._id is not None and not self.context.read_only:
            names, _kind = QFileDialog.getOpenFileNames(self.window(), _("Attach files"))
            self.attach([Path(name) for name in names])

    def open_chosen(self) -> None:
        """Show the chosen file with the system's program; programs are refused in words."""
        file, plan = self.chosen, self.context.plan
        if file is not None:
            self.context.jobs.start(
                lambda _progress: attachments.open_copy(plan, file.id, _folder()),
                self._hand_over,
                owner=self,
                failed=lambda error: self.context.say(str(error)),
            )

    def save_chosen(self, target: Path | None = None) -> None:
        """Write the chosen file to a place of the user's."""
        file, plan = self.chosen, self.context.plan
        if file is None:
            return
        if target is None:
            name, _kind = QFileDialog.getSaveFileName(
                self.window(), _("Save the file as"), str(Path.home() / safe_name(file.name))
            )
            target = Path(name) if name else None
        if target is not None:
            wanted = target
            self.context.jobs.start(
                lambda _progress: attachments.write_copy(plan, file.id, wanted),
                lambda path: self.context.say(_("Saved as {path}.").format(path=path)),
                owner=self,
                failed=lambda error: self.context.say(str(error)),
            )

    def remove_chosen(self) -> None:
        """Take the chosen file off; the message offers to undo it."""
        file, plan = self.chosen, self.context.plan
        if file is not None and not self.context.read_only:
            self._do(lambda: attachments.remove(plan, file.id))

    @property
    def chosen(self) -> File | None:
        """The file that is selected."""
        item = self.list.currentItem()
        found = item.data(FILE) if item is not None else None
        return found if isinstance(found, File) else None

    def _do(self, edit: Callable[[], str]) -> None:
        self.context.edits.put(
            edit, lambda label: self.context.say(_("{change}: done.").format(change=label), undoable=True)
        )

    def _hand_over(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.context.say(_("No program opens “{name}”. Save it instead.").format(name=path.name))

    def _hear(self, change: object) -> None:
        if "attachment" in getattr(change, "tables", ()):
            self.refresh()

    # --- dropping ---

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped where they can be kept."""
        if event.mimeData().hasUrls() and self._id is not None and not self.context.read_only:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take in what was dropped."""
        self.attach([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()

    # --- making ---

    def changeEvent(self, event: QEvent) -> None:
        """A larger font needs higher rows."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        rows = max(min(len(self.files), MOST_ROWS), 1)
        row = self.list.sizeHintForRow(0) if self.files else self.fontMetrics().lineSpacing()
        self.list.setFixedHeight(rows * max(row, 1) + 2 * self.list.frameWidth() + theme.SMALL)

    def _update(self) -> None:
        writable = not self.context.read_only
        chosen = self.chosen is not None
        self._add.setEnabled(writable)
        for button, able in ((self._open, chosen), (self._save, chosen), (self._remove, chosen and writable)):
            button.setVisible(bool(self.files))
            button.setEnabled(able)

    def _offer(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Open"), self.open_chosen).setEnabled(self._open.isEnabled())
        menu.addAction(_("Save as…"), self.save_chosen).setEnabled(self._save.isEnabled())
        menu.addAction(_("Remove"), self.remove_chosen).setEnabled(self._remove.isEnabled())
        menu.popup(place)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.heading)
        head.addStretch(1)
        self._open = self._button("external-link", _("Open the file"), self.open_chosen)
        self._save = self._button("save", _("Save the file as…"), self.save_chosen)
        self._remove = self._button("trash-2", _("Remove the file"), self.remove_chosen)
        self._add = self._button("paperclip", _("Attach files"), self.choose)
        self._add.setText(_("Attach"))
        self._add.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for button in (self._open, self._save, self._remove, self._add):
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.SMALL, theme.SMALL, theme.SMALL)
        column.setSpacing(theme.NARROW)
        column.addLayout(head)
        column.addWidget(self.empty)
        column.addWidget(self.list)

    def _button(self, icon: str, name: str, act: Callable[[], object]) -> QToolButton:
        button = QToolButton(self)
        icons.wear(button, icon)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(lambda: act())
        return button
