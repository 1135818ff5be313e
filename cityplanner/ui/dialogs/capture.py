"""Quick capture: one box to type or paste into, and below it the filled draft to agree to."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from cityplanner.base.errors import UserError
from cityplanner.base.language import _
from cityplanner.exchange.capture.capture import Setting, capture
from cityplanner.exchange.capture.directory import Directory
from cityplanner.exchange.capture.draft import Draft, DraftError, Piece, filled, save
from cityplanner.model.contact import Position
from cityplanner.model.entity import is_pairing
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.dialogs.capture_edits import TICKED, CaptureEdits
from cityplanner.ui.parts.field_group import FieldGroup
from cityplanner.ui.parts.jobs import Job
from cityplanner.ui.parts.local_times import ClocksBelow
from cityplanner.ui.parts.messages import announce
from cityplanner.ui.parts.plain import capitalized
from cityplanner.ui.theme import Role, text_label

TYPING_MS = 250
_LINES = 4


class CaptureDialog(QDialog):
    """Offers a draft of what is typed; nothing is saved before Save, and then all of it as one change.

    What was changed in the draft stays when the text is retyped; closing keeps both for the next time.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(_("Quick capture"))
        self.resize(780, 720)
        self._context = context
        self._known: Directory | None = None
        self._job: Job | None = None
        self.draft = Draft()
        self.groups: dict[str, FieldGroup] = {}
        self.edits = CaptureEdits()
        self._clocks: ClocksBelow | None = None
        self.box = QPlainTextEdit()
        self.box.setAccessibleName(_("What happened or will happen, or an e-mail signature"))
        self.box.setPlaceholderText(
            _("call with the Nagoya consul tomorrow 10:00, send MoU draft by Friday")
            + "\n\n"
            + _("or paste an e-mail signature")
        )
        self.box.setTabChangesFocus(True)
        self.box.setFixedHeight(_LINES * self.fontMetrics().lineSpacing() + 3 * theme.MEDIUM)
        self.hint = text_label("", Role.MUTED, wrap=True)
        self._area = QScrollArea()
        self.go = QPushButton(_("&Save"))
        self.leave = QPushButton(_("Close"))
        self.leave.setToolTip(_("What you typed is kept for the next time (Esc)."))
        self._timer = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._timer.timeout.connect(self._read)
        self.box.textChanged.connect(lambda: self._timer.start())
        self.go.clicked.connect(self.save)
        self.leave.clicked.connect(self.reject)
        for keys in ("Ctrl+Return", "Ctrl+Enter", "Ctrl+S"):
            QShortcut(QKeySequence(keys), self, self.save)
        self._lay_out()
        self._show(Draft())
        self.box.setPlainText(self.edits.restore(context.drafts))
        self.box.selectAll()
        context.closing.connect(self.keep_draft)
        self._get_to_know()

    def reject(self) -> None:
        """Close; what was typed is there again next time."""
        self.keep_draft()
        super().reject()

    def keep_draft(self) -> None:
        """Put by what was typed so far."""
        self.edits.keep(self._context.drafts, self.box.toPlainText())

    def save(self) -> None:
        """Write the draft as one undoable change, or say what has to be mended first."""
        if self._timer.isActive():  # the last words were not read yet
            self._timer.stop()
            self._read(then_save=True)
            return
        if self._job is not None or not self.draft.pieces or self._context.read_only:
            return
        pieces = self._agreed()
        if pieces is None:
            self._say(_("Something cannot be read. Nothing was saved yet."))
            return
        plan, title = self._context.plan, self._title(pieces)
        self.go.setEnabled(False)
        self._job = self._context.jobs.start(
            lambda _progress: save(plan, pieces, title), self._saved, owner=self, failed=self._refused
        )

    def _title(self, pieces: list[Piece]) -> str:
        """What the draft is called in the history: what names its first telling record."""
        for piece in pieces:
            names = piece.noun.__title__
            found = " ".join(str(piece.values[n]) for n in names if isinstance(piece.values.get(n), str))
            if found.strip() and not is_pairing(piece.noun):
                return found.strip()
        return _("draft")

    def _agreed(self) -> list[Piece] | None:
        """The pieces that are wanted, with what was typed; None where something cannot be read."""
        pieces, refused = [], False
        for piece in self.draft.pieces:
            group = self.groups[piece.key]
            if group.wanted:
                values, problems = group.read()
                refused = group.show_problems(problems) or refused
                pieces.append(filled(piece, values))
        return None if refused else pieces

    def _saved(self, change: object) -> None:
        self._job = None
        self.edits.keep(self._context.drafts, "")
        self._context.say(_("The draft was saved."), undoable=change is not None)
        self.accept()

    def _refused(self, error: UserError) -> None:
        self._job = None
        self.go.setEnabled(True)
        if isinstance(error, DraftError) and not self.groups[error.key].show_problems(error.problems):
            self._ask_for_tied(error)
        self._say(str(error))

    def _ask_for_tied(self, error: DraftError) -> None:
        """A field that comes from another piece is asked for there: the partner of a commitment."""
        piece = next(one for one in self.draft.pieces if one.key == error.key)
        for problem in error.problems:
            key, name = piece.ties.get(problem.field, ("", ""))
            if key in self.groups and name != "id":
                self.groups[key].row(name).show_problem(problem.text)
                self.groups[key].row(name).editor.setFocus()

    # --- reading what is typed ---

    def _get_to_know(self) -> None:
        plan = self._context.plan
        self._context.jobs.start(lambda _progress: Directory.read(plan), self._knows, owner=self)

    def _knows(self, known: Directory) -> None:
        self._known = known
        self._read()

    def _read(self, *, then_save: bool = False) -> None:
        if self._known is None:
            return
        if self._job is not None:
            self._job.drop()
        known, text, context = self._known, self.box.toPlainText(), self._context
        today = datetime.now(ZoneInfo(context.zone)).date()
        setting = Setting(today, context.zone, context.country)

        def done(draft: Draft) -> None:
            self._job = None
            self.edits.follow(self.draft, draft, text)
            if draft != self.draft:
                self._show(draft)
            self.keep_draft()
            if then_save:
                self.save()

        self._job = context.jobs.start(lambda _progress: capture(text, known, setting), done, owner=self)

    # --- showing the draft ---

    def _show(self, draft: Draft) -> None:
        same = [_shape(one) for one in draft.pieces] == [_shape(one) for one in self.draft.pieces]
        self.draft = draft
        if not (same and self.groups):
            self._build()
        for piece in draft.pieces:
            self.groups[piece.key].show_values(piece.values, piece.titles)
            self.edits.put_back(piece.key, self.groups[piece.key])
        self._look_at_clocks()
        self.go.setEnabled(bool(draft.pieces) and not self._context.read_only)
        self._say(draft.hint)

    def _build(self) -> None:
        self.groups, self._clocks = {}, None
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, theme.SMALL, 0)
        column.setSpacing(theme.LARGE)
        for piece in self.draft.pieces:
            group = self._group(piece)
            self.groups[piece.key] = group
            column.addWidget(group)
        column.addStretch(1)
        self._area.setWidget(body)
        if "engagement" in self.groups:
            zone = self._context.zone
            self._clocks = ClocksBelow(
                self._context, self.groups["engagement"].row("starts_at"), lambda: zone
            )

    def _group(self, piece: Piece) -> FieldGroup:
        telling = not is_pairing(piece.noun) or piece.noun is Position
        title = _(piece.label) or (capitalized(_(piece.noun.__label__)) if telling else "")
        optional = telling and piece.key != "engagement"
        group = FieldGroup(
            self._context, piece.noun, piece.shown, title, optional=optional, may_be_empty=piece.needs
        )
        for row in group.grid.rows:
            row.edited.connect(partial(self._edited, piece.key, row.field.name))
        if group.box is not None:
            group.box.toggled.connect(lambda: self._edited(piece.key, TICKED))
        return group

    def _edited(self, key: str, name: str) -> None:
        self.edits.edited(self.groups[key], key, name)
        self.keep_draft()
        self._look_at_clocks()

    def _look_at_clocks(self) -> None:
        if self._clocks is not None:
            try:
                partner = self.groups["with_partner"].row("partner_id").editor.value()
            except UserError:
                partner = None
            self._clocks.look([partner] if isinstance(partner, int) else [])

    def _say(self, text: str) -> None:
        self.hint.setText(text)
        self.hint.setVisible(bool(text))
        if text:
            announce(self.hint, text)

    def _lay_out(self) -> None:
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.go.setProperty("primary", True)
        self.go.setToolTip(_("Save (Ctrl+Enter)"))
        foot = QHBoxLayout()
        foot.addWidget(text_label(_("Nothing is saved before you agree."), Role.MUTED))
        foot.addStretch(1)
        for button in (self.leave, self.go):
            button.setAutoDefault(False)
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(self.box)
        column.addWidget(self.hint)
        column.addWidget(self._area, 1)
        column.addLayout(foot)
        self.box.setFocus()


def _shape(piece: Piece) -> tuple[object, ...]:
    """What decides which fields are shown for a piece, whatever stands in them."""
    return piece.key, piece.noun, piece.shown, piece.label, piece.needs
