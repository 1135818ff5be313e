"""What every page is handed: the open plan, the user's settings and language, and what was heard of it.

Pages hold no reference to each other or to the window: they speak through these signals.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from cityplanner.base import paths
from cityplanner.base.language import Language
from cityplanner.base.settings import Settings
from cityplanner.ui.parts.drafts import Drafts
from cityplanner.ui.parts.edit_queue import EditQueue
from cityplanner.ui.parts.jobs import Jobs

if TYPE_CHECKING:
    from cityplanner.model.office import Office
    from cityplanner.store.plan_file import Plan

DEFAULT_CURRENCY = "USD"


class Context(QObject):
    """One open plan and everything a page needs to show and edit it."""

    changed = Signal(object)
    """A `Change` was committed, undone or redone; always heard on the GUI thread."""
    message = Signal(str, bool)
    """Something happened that the user should read; True when it can be undone."""
    failed = Signal(object)
    """An error nobody waits for: our own bug, already logged, or a `UserError` such as that of a damaged plan."""
    closing = Signal()
    """The plan is about to be closed: what was typed and not saved must be put by now."""
    opened = Signal(str, int)
    """Somebody asked for a record: its table and id."""
    briefing_asked = Signal(str, int)
    """Somebody asked for a briefing about a record: its table and id."""
    pointed = Signal()
    """Somebody asked for an attached file: `file_wanted`."""
    _committed = Signal(object)

    def __init__(
        self,
        plan: Plan,
        settings: Settings,
        language: Language,
        parent: QObject | None = None,
        *,
        drafts: Path | None = None,
    ) -> None:
        super().__init__(parent)
        self.plan = plan
        self.settings = settings
        self.language = language
        self.drafts = Drafts(plan.path, drafts or paths.data_folder() / "drafts")
        self.jobs = Jobs(self)
        self.jobs.failed.connect(self.failed)
        self.edits = EditQueue(self.jobs, self)
        self.edits.failed.connect(self.failed)
        self.edits.refused.connect(lambda error: self.say(str(error)))
        # Before all who put by what is not saved: what waits to be written is.
        self.closing.connect(self.edits.finish)
        self._office = plan.office()
        self._committed.connect(self._announce)
        self.edits.changed.connect(self._announce)
        self.file_wanted = 0
        self._closed = False
        # plan.listeners are called in the thread that wrote; the signal crosses over to this one.
        self._listener = self._listen
        plan.listeners.append(self._listener)

    @property
    def office(self) -> Office | None:
        """The office as it was last saved."""
        return self._office

    @property
    def currency(self) -> str:
        """The currency of all amounts in the plan."""
        return self._office.currency if self._office else DEFAULT_CURRENCY

    @property
    def zone(self) -> str:
        """The office's time zone."""
        return (self._office.zone if self._office else None) or "UTC"

    @property
    def country(self) -> str | None:
        """The office's country: phone numbers without a country code are meant there."""
        return self._office.country if self._office else None

    @property
    def read_only(self) -> bool:
        """Whether the plan may only be looked at."""
        return self.plan.read_only

    def open_record(self, table: str, record_id: int) -> None:
        """Ask the window to show a record on its page."""
        self.opened.emit(table, record_id)

    def ask_briefing(self, table: str, record_id: int) -> None:
        """Ask the window to make ready the briefing about a partner or an initiative."""
        self.briefing_asked.emit(table, record_id)

    def open_file(self, table: str, record_id: int, attachment_id: int) -> None:
        """Ask the window to show the record that a file is attached to, with the file chosen."""
        self.file_wanted = attachment_id
        self.open_record(table, record_id)
        self.pointed.emit()

    def say(self, text: str, *, undoable: bool = False) -> None:
        """Show a message that does not interrupt."""
        self.message.emit(text, undoable)

    def close(self) -> None:
        """Stop listening and working; called before the plan is closed."""
        self.closing.emit()
        self._closed = True
        if self._listener in self.plan.listeners:
            self.plan.listeners.remove(self._listener)
        self.jobs.end()

    def _listen(self, change: object) -> None:
        if not self.edits.keep(change):
            self._committed.emit(change)

    def _announce(self, change: object) -> None:
        if self._closed:  # it was still on its way from the thread that wrote; the pages are gone
            return
        if "office" in getattr(change, "tables", ()):
            self._office = self.plan.office()
        self.changed.emit(change)
