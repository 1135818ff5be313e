"""After a start: how the window before ended, told once, and the way back to what was half typed in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from cityplanner.base import crash
from cityplanner.base.session import End
from cityplanner.ui.context import Context
from cityplanner.ui.main_window import MainWindow

if TYPE_CHECKING:
    from cityplanner.ui.parts.unfinished import Unfinished


class Aftermath(QObject):
    """Waits for the first plan, since what was typed belongs to one."""

    def __init__(self, window: MainWindow, ends: Sequence[End]) -> None:
        super().__init__(window)
        self._window, self._ends = window, list(ends)

    def tell(self, context: Context | None) -> None:
        """Tell, once, of a bad end and of reports that nobody saw; `context`: the plan that was opened, if any."""
        reports = crash.untold()
        if not self._ends and not reports:
            return
        from cityplanner.ui.dialogs.unclean import UncleanDialog  # late, for a fast start
        from cityplanner.ui.parts.unfinished import unfinished

        writing = context is not None and not context.read_only
        found = unfinished(context) if context is not None and writing and self._ends else []
        self._ends = []
        for older in reports[1:]:
            crash.told(older)
        dialog = UncleanDialog(found, reports[0] if reports else None, self._window)
        if context is not None:
            dialog.wanted.connect(lambda one: self._go_on(context, one))
        dialog.open()

    def _go_on(self, context: Context, one: Unfinished) -> None:
        """Show the form, or open the dialog, in which a draft was typed; it is there."""
        from cityplanner.ui.dialogs.capture import CaptureDialog
        from cityplanner.ui.dialogs.capture_edits import DRAFT as CAPTURE
        from cityplanner.ui.dialogs.log_draft import DRAFT as LOG
        from cityplanner.ui.dialogs.log_engagement import LogDialog

        if one.name == CAPTURE:
            CaptureDialog(context, self._window).open()
        elif one.name == LOG:
            LogDialog(context, self._window, partner=_partner(context, one.record_id)).open()
        elif one.given or not self._window.has_page(one.name):
            self._open_beside(context, one)
        elif one.record_id is None:
            self._window.begin_record(one.name)
        else:
            self._window.open_record(one.name, one.record_id)

    def _open_beside(self, context: Context, one: Unfinished) -> None:
        from cityplanner.model.nouns import nouns
        from cityplanner.ui.parts.record_dialog import RecordDialog

        RecordDialog(context, nouns()[one.name], one.record_id, given=one.given, parent=self._window).open()


def _partner(context: Context, number: int | None) -> tuple[int, str] | None:
    if number is None:
        return None
    from cityplanner.model.partner import Partner
    from cityplanner.store.queries.titles import titles

    with context.plan.reading() as session:
        title = titles(session, Partner, [number]).get(number)
    return (number, title) if title is not None else None
