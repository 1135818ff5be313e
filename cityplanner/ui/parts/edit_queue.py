"""Small edits made faster than they are written: in order, off the GUI thread, none lost at the end."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from cityplanner.base.errors import UserError
from cityplanner.ui.context import Context

Edit = Callable[[], object]


class EditQueue(QObject):
    """Writes edits one after another. A refused one is told in words; those after it still go on."""

    settled = Signal()
    """Everything that was asked for is written."""
    refused = Signal()
    """An edit was refused: what is shown may differ from the plan."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._waiting: deque[Edit] = deque()
        self._turn = threading.Lock()
        self._working = False
        # At the end, what still waits is written at once.
        context.closing.connect(self._drain)

    @property
    def busy(self) -> bool:
        """Whether something is not written yet."""
        return self._working or bool(self._waiting)

    def put(self, edit: Edit) -> None:
        """Write an edit after those that wait."""
        self._waiting.append(edit)
        if not self._working:
            self._start()

    def _start(self) -> None:
        self._working = True
        job = self._context.jobs.start(lambda _progress: self._drain(), self._tell, owner=self)
        job.finished.connect(self._finished)

    def _drain(self) -> list[UserError]:
        refused: list[UserError] = []
        while True:
            with self._turn:
                if not self._waiting:
                    return refused
                edit = self._waiting.popleft()
                try:
                    edit()
                except UserError as error:
                    refused.append(error)

    def _tell(self, refused: list[UserError]) -> None:
        for error in refused:
            self._context.say(str(error))
        if refused:
            self.refused.emit()

    def _finished(self) -> None:
        self._working = False
        if self._waiting:
            self._start()
        else:
            self.settled.emit()
