"""What commands of the menus open for the plan on the desk: its dialogs, each imported when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from cityplanner.base.language import _
from cityplanner.ui.desk import Desk
from cityplanner.ui.main_window import MainWindow


class Errands(QObject):
    """Opens dialogs over the window; without a plan it does nothing."""

    bundle_chosen = Signal(object)
    """What was to be imported is a whole plan: its `Path`."""

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window

    def of(self, name: str) -> Callable[[], None]:
        """What a command does."""
        found: Callable[[], None] = getattr(self, f"_do_{name}")
        return found

    def _do_import(self) -> None:
        from cityplanner.ui.dialogs.import_assistant import ImportAssistant

        if self._desk.context is not None:
            dialog = ImportAssistant(self._desk.context, None, self._table_shown(), self._window)
            dialog.bundle_chosen.connect(self.bundle_chosen)
            dialog.open()

    def _do_export(self) -> None:
        from cityplanner.ui.dialogs.export_list import ask_and_export
        from cityplanner.ui.pages.section import SectionPage

        page = self._window.page
        if self._desk.context is not None and isinstance(page, SectionPage) and page.table:
            ask_and_export(self._desk.context, page.page, self._window)
        else:
            self._window.messages.show_message(_("Go to the list you want to export first."))

    def _table_shown(self) -> str:
        from cityplanner.ui.pages.section import SectionPage

        page = self._window.page
        return page.table if isinstance(page, SectionPage) else ""

    def _do_log_engagement(self) -> None:
        if self._desk.context is not None:
            from cityplanner.ui.dialogs.log_engagement import LogDialog

            LogDialog(self._desk.context, self._window).open()

    def _do_capture(self) -> None:
        if self._desk.context is not None:
            from cityplanner.ui.dialogs.capture import CaptureDialog

            CaptureDialog(self._desk.context, self._window).open()

    def _do_duplicates(self) -> None:
        if self._desk.context is not None:
            from cityplanner.ui.dialogs.duplicates import DuplicatesDialog

            table = self._table_shown()
            DuplicatesDialog(self._desk.context, table or "contact", self._window).open()

    def _do_job_change(self) -> None:
        if self._desk.context is not None:
            from cityplanner.ui.dialogs.job_change import JobChangeDialog

            JobChangeDialog(self._desk.context, self._record_shown("contact"), self._window).open()

    def _record_shown(self, table: str) -> int | None:
        """The record of a noun that is chosen on the page, if there is one."""
        from cityplanner.ui.pages.section import SectionPage

        page = self._window.page
        return page.page.record_id if isinstance(page, SectionPage) and page.table == table else None

    def _do_repeat_engagement(self) -> None:
        from cityplanner.ui.dialogs.repeat_engagement import RepeatDialog
        from cityplanner.ui.pages.section import SectionPage

        page, context = self._window.page, self._desk.context
        shown = page.page.record_id if isinstance(page, SectionPage) and page.table == "engagement" else None
        if context is not None and shown is not None:
            RepeatDialog(context, shown, self._window).open()
        else:
            self._window.messages.show_message(_("Go to the engagement you want to repeat first."))

    def _do_office(self) -> None:
        if self._desk.context is not None:
            from cityplanner.ui.dialogs.office_form import OfficeDialog

            OfficeDialog(self._desk.context, self._window).open()

    def _do_retention(self) -> None:
        if self._desk.context is not None:
            from cityplanner.ui.dialogs.retention import RetentionDialog

            RetentionDialog(self._desk.context, self._window).open()

    def _do_history(self) -> None:
        if self._desk.context is not None:
            from cityplanner.ui.dialogs.history import HistoryDialog

            HistoryDialog(self._desk.context, self._window).open()
