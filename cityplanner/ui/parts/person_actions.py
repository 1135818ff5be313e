"""What can be done with a person's data on the person's page: hand it over, put it under a legal hold, erase it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QWidget

from cityplanner.base.files import safe_name
from cityplanner.base.language import _
from cityplanner.model.retention import LegalHold
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.parts.jobs import Progress
from cityplanner.ui.parts.plain import tool_tip
from cityplanner.ui.parts.record_dialog import RecordDialog

STEPS = 1000


class PersonActions(QWidget):
    """Three buttons below the files of a contact that is saved."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._id: int | None = None
        self._title = ""
        self.export = QPushButton(_("Export…"))
        self.hold = QPushButton(_("Legal hold…"))
        self.erase = QPushButton(_("Erase…"))
        for button, tip, done in (
            (
                self.export,
                _("Write everything that is kept about this person to one file."),
                self._ask_export,
            ),
            (self.hold, _("Keep everything about this person until a matter is settled."), self._ask_hold),
            (self.erase, _("Erase this person for good; you see first what goes."), self._ask_erase),
        ):
            button.setToolTip(tool_tip(tip))
            button.setAccessibleDescription(tip)
            button.clicked.connect(done)
        self._lay_out()
        self.hide()

    def show_record(self, record_id: int | None, title: str = "") -> None:
        """Offer what can be done with a contact; nothing for one that is not saved yet."""
        self._id, self._title = record_id, title
        self.setHidden(record_id is None)
        for button in (self.hold, self.erase):
            button.setEnabled(not self._context.read_only)

    def _ask_export(self) -> None:
        suggested = Path.home() / safe_name(f"{self._title}.zip")
        path, _kind = QFileDialog.getSaveFileName(
            self, _("Export a person’s data"), str(suggested), f"{_('Packed files')} (*.zip)"
        )
        if path:
            target = Path(path)
            self.export_to(
                target if target.suffix.lower() == ".zip" else target.with_name(f"{target.name}.zip")
            )

    def export_to(self, target: Path) -> None:
        """Write everything about the person to a file, in a worker."""
        plan, contact_id, context = self._context.plan, self._id, self._context
        if contact_id is None:
            return

        def work(progress: Progress) -> int:
            from cityplanner.exchange.person_out import export_person

            def tell(share: float, text: str) -> None:
                progress.report(round(share * STEPS), STEPS, text)

            return export_person(plan, contact_id, target, tell)

        context.jobs.start(
            work,
            lambda _count: context.say(_("The person’s data was written to {path}.").format(path=target)),
            owner=self,
            failed=lambda error: context.say(str(error)),
        )

    def _ask_hold(self) -> None:
        if self._id is not None:
            RecordDialog(
                self._context, LegalHold, given={"contact_id": self._id}, parent=self.window()
            ).open()

    def _ask_erase(self) -> None:
        from cityplanner.ui.dialogs.erase_person import ErasePersonDialog

        if self._id is not None:
            ErasePersonDialog(self._context, self._id, self.window()).open()

    def _lay_out(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.LARGE, theme.SMALL, theme.SMALL, theme.SMALL)
        line.setSpacing(theme.SMALL)
        line.addWidget(theme.text_label(_("Personal data"), theme.Role.HEADING))
        line.addStretch(1)
        for button in (self.export, self.hold, self.erase):
            line.addWidget(button)
