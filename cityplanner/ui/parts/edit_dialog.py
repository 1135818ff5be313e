"""A dialog that makes one edit: it stays until that is written, and says what stands against it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QDialog

from cityplanner.base.errors import UserError
from cityplanner.ui.context import Context

T = TypeVar("T")


class EditDialog(QDialog):
    """Its `accept` calls `write`; meanwhile neither a second Enter nor Escape does anything."""

    _writing = False

    def write(
        self,
        context: Context,
        edit: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[UserError], None],
    ) -> None:
        """Write an edit in the order of all edits; `done` follows and the dialog closes, or `failed` and it stays."""
        if self._writing:
            return
        self._writing = True

        def written(result: T) -> None:
            self._writing = False
            done(result)
            QDialog.accept(self)

        def refused(error: UserError) -> None:
            self._writing = False
            failed(error)

        context.edits.put(edit, written, failed=refused, owner=self)

    def reject(self) -> None:
        """Close without an edit."""
        if not self._writing:
            super().reject()
