"""Logging an engagement by keyboard: who, when, what was said, promised and given, saved as one change."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from cityplanner.base.errors import UserError
from cityplanner.base.language import N_, _
from cityplanner.model.engagement import (
    Commitment,
    Engagement,
    EngagementContact,
    EngagementInitiative,
    EngagementPartner,
    EngagementStatus,
)
from cityplanner.model.entity import Entity, InvalidRecordError, field_of
from cityplanner.model.ledger import Aid, Gift
from cityplanner.store.engagement_log import Logged, log_engagement
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.dialogs.log_draft import LogDraft
from cityplanner.ui.parts.candidates import Candidates
from cityplanner.ui.parts.earlier_visits import EarlierVisits, people_at
from cityplanner.ui.parts.edit_dialog import EditDialog
from cityplanner.ui.parts.form_row import FieldGrid
from cityplanner.ui.parts.local_times import ClocksBelow
from cityplanner.ui.parts.many_links import ManyLinks
from cityplanner.ui.parts.messages import announce
from cityplanner.ui.parts.outcome_rows import OutcomeRows
from cityplanner.ui.parts.plain import capitalized, caption

_CHARACTERS, _LINES = 118, 44
FIRST = (
    "format",
    "mode",
    "starts_at",
    "minutes",
    "in_person",
    "online",
    "sector",
    "status",
    "title",
    "place",
)
THEN = ("purpose", "decisions")
LAST = ("staff", "zone")
LINKS: tuple[tuple[str, str, type[Entity], str], ...] = (
    ("partners", N_("&Partners"), EngagementPartner, "partner_id"),
    ("contacts", N_("Peop&le"), EngagementContact, "contact_id"),
    ("initiatives", N_("&Initiatives"), EngagementInitiative, "initiative_id"),
)
OUTCOMES: tuple[tuple[type[Entity], tuple[str, ...], str], ...] = (
    (Commitment, ("text", "side", "owner", "due_on"), N_("Add &commitment")),
    (Gift, ("description", "direction", "official", "value"), N_("Add &gift")),
    (Aid, ("item", "direction", "status", "quantity", "unit"), N_("Add &aid")),
)


class LogDialog(EditDialog):
    """Asks for an engagement and what came of it. Escape keeps what was typed for the next time.

    Begun with a partner, it keeps a draft of its own for that partner.
    """

    logged = Signal(int)
    """An engagement was written: its id."""

    def __init__(
        self, context: Context, parent: QWidget | None = None, *, partner: tuple[int, str] | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(_("Log an engagement"))
        self._context = context
        self._status_chosen = False
        self._scroll = scroll = QScrollArea(self)
        self._body = QWidget(scroll)
        self.links = {
            key: ManyLinks(
                field_of(noun, name), context, self._body, self._people if key == "contacts" else None
            )
            for key, _label, noun, name in LINKS
        }
        self.first = FieldGrid([field_of(Engagement, name) for name in FIRST], context, self._body)
        self.then = FieldGrid([field_of(Engagement, name) for name in THEN], context, self._body)
        self.outcomes = {
            noun: OutcomeRows(context, noun, names, _(add), self._body) for noun, names, add in OUTCOMES
        }
        self.last = FieldGrid([field_of(Engagement, name) for name in LAST], context, self._body)
        grids = (self.first, self.then, self.last)
        self.fields = {row.field.name: row for grid in grids for row in grid.rows}
        self.earlier = EarlierVisits(context, self._body)
        self.clocks = ClocksBelow(context, self.fields["starts_at"], self.fields["zone"].editor.value)
        self.problem = theme.text_label("", theme.Role.DANGER, wrap=True)
        self.problem.hide()
        self.discard = QPushButton(_("Discard"))
        self._lay_out(scroll)
        self._begin()
        given = dict([partner]) if partner else {}
        self.draft = LogDraft(context, given, self.fields, self.links, self.outcomes, self)
        self._connect()
        self._restore()
        metrics = self.fontMetrics()
        self.resize(_CHARACTERS * metrics.averageCharWidth(), _LINES * metrics.lineSpacing())
        self.links["partners"].setFocus()

    # --- saving ---

    def accept(self) -> None:
        """Write everything as one change, or say what has to be mended first."""
        plan = self._context.plan
        try:
            logged = self._read()
        except UserError as error:
            self._fail(error)
            return
        self.draft.keep()
        self.write(
            self._context,
            lambda: log_engagement(plan, logged),
            lambda number: self._logged(number, str(logged.engagement["title"])),
            self._fail,
        )

    def _logged(self, number: int, title: str) -> None:
        self.draft.forget()
        self._context.say(_("Logged “{title}”.").format(title=title), undoable=True)
        self.logged.emit(number)

    def _fail(self, error: UserError) -> None:
        self._refuse(str(error))
        if isinstance(error, InvalidRecordError):
            self._mark(error)

    def reject(self) -> None:
        """Close; what was typed is there again next time."""
        self.draft.keep()
        super().reject()

    def throw_away(self) -> None:
        """Close and forget what was typed."""
        self.draft.forget()
        super().reject()

    def _read(self) -> Logged:
        for key, label, _noun, _name in LINKS:
            if self.links[key].unfinished:
                self.links[key].setFocus()
                text = _("“{text}” was not chosen: press Enter on the one you mean, or clear the field.")
                heading = _(label).replace("&", "")
                raise UserError(f"{heading}: {text.format(text=self.links[key].unfinished)}")
        values: dict[str, Any] = {}
        for name, row in self.fields.items():
            try:
                values[name] = row.editor.value()
                row.show_problem("")
            except UserError as error:
                row.show_problem(str(error))
                row.editor.setFocus()
                raise
        values["title"] = values["title"] or self.suggestion()
        return Logged(
            values,
            self.links["partners"].ids,
            self.links["contacts"].ids,
            self.links["initiatives"].ids,
            {noun: rows.values() for noun, rows in self.outcomes.items()},
        )

    def suggestion(self) -> str:
        """The title an engagement gets where none is typed: its format and its partners."""
        format_ = capitalized(_(str(self.fields["format"].editor.value() or "")))
        partners = ", ".join(self.links["partners"].picked.values())
        return (_("{format}: {partners}").format(format=format_, partners=partners) if partners else format_)[
            :300
        ]

    def _refuse(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.show()
        announce(self.problem, text)

    def _mark(self, error: InvalidRecordError) -> None:
        for problem in error.problems:
            row = self.fields.get(problem.field)
            if row is not None:
                row.show_problem(problem.text)
                row.editor.setFocus()
                return

    def _restore(self) -> None:
        typed = self.draft.restore()
        self._status_chosen = "status" in typed
        self.discard.setVisible(bool(typed))
        if typed:
            self._refuse(_("What you typed here earlier and did not save is back."))
        self._heard()

    # --- making ---

    def _begin(self) -> None:
        plain = Engagement()
        self.fields["zone"].editor.set_value(self._context.zone)
        for name, row in self.fields.items():
            if name not in ("zone", "starts_at"):
                row.editor.set_value(getattr(plain, name))
        self.fields["starts_at"].editor.set_value(datetime.now(UTC))

    def _connect(self) -> None:
        for row in self.fields.values():
            row.editor.zone = self._zone
            row.edited.connect(self._typing)
        self.fields["status"].edited.connect(self._choose_status)
        for links in self.links.values():
            links.changed.connect(self._typing)
        for rows in self.outcomes.values():
            rows.edited.connect(self.draft.keep_soon)
        # The room grows when a row was added and has found its place.
        self._scroll.verticalScrollBar().rangeChanged.connect(
            lambda: QTimer.singleShot(0, self, self._follow)
        )
        for key in ("Ctrl+Return", "Ctrl+Enter", "Ctrl+S"):
            QShortcut(QKeySequence(key), self, self.accept)

    def _follow(self) -> None:
        """Keep in sight what is typed into; a row that is added may stand below the edge."""
        widget = self.focusWidget()
        if widget is not None and self._body.isAncestorOf(widget):
            self._scroll.ensureWidgetVisible(widget, 0, 2 * theme.LARGE)

    def _zone(self) -> str:
        try:
            return str(self.fields["zone"].editor.value() or self._context.zone)
        except UserError:
            return self._context.zone

    def _people(self, text: str) -> Candidates:
        return people_at(self._context.plan, self.links["partners"].ids, text)

    def _typing(self) -> None:
        self.draft.keep_soon()
        self.discard.show()
        self._heard()

    def _choose_status(self) -> None:
        self._status_chosen = True

    def _follow_the_day(self, on: datetime) -> None:
        """What lies ahead is planned, unless the user says otherwise."""
        if not self._status_chosen:
            ahead = on > datetime.now(UTC)
            status = self.fields["status"].editor
            status.set_value(EngagementStatus.PLANNED if ahead else EngagementStatus.COMPLETED)
            self.draft.untouched["status"] = status.typed()

    def _heard(self) -> None:
        """Follow what was entered: the suggested title, the partners of outcomes, their clocks, earlier visits."""
        partners = self.links["partners"].picked
        for rows in self.outcomes.values():
            rows.show_partners(partners)
        title = self.fields["title"].editor.input
        title.setProperty("placeholderText", self.suggestion())
        self.clocks.look(partners)
        QTimer.singleShot(0, self, self._look_back)

    def _look_back(self) -> None:
        said = (self.fields["title"].editor.typed(), self.fields["purpose"].editor.typed())
        try:
            on = self.fields["starts_at"].editor.value()
            sector = self.fields["sector"].editor.value()
        except UserError:
            return
        if isinstance(on, datetime):
            self._follow_the_day(on)
            initiatives = frozenset(self.links["initiatives"].ids)
            self.earlier.look(self.links["partners"].picked, " ".join(said), sector, initiatives, on)

    def _lay_out(self, scroll: QScrollArea) -> None:
        column = QVBoxLayout(self._body)
        column.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        column.addLayout(self._people_grid())
        column.addWidget(self.earlier)
        column.addWidget(self.first)
        column.addWidget(self.then)
        for rows in self.outcomes.values():
            column.addWidget(rows)
        column.addWidget(self.last)
        column.addStretch(1)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll, 1)
        outer.addLayout(self._foot())
        QWidget.setTabOrder(self.links["partners"], self.links["contacts"])
        QWidget.setTabOrder(self.links["contacts"], self.links["initiatives"])

    def _people_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.LARGE)
        grid.setVerticalSpacing(theme.HAIR)
        for place, (key, label, _noun, _name) in enumerate(LINKS):
            heading = theme.text_label(_(label), theme.Role.STRONG)
            heading.setBuddy(self.links[key].line.input)
            name = _(label).replace("&", "")
            self.links[key].line.describe(name, _("Type a part of the name and press Enter."))
            grid.addWidget(heading, 0, place)
            grid.addWidget(self.links[key], 1, place, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(place, 1)
        return grid

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, theme.MEDIUM)
        row.setSpacing(theme.SMALL)
        save = QPushButton(caption(_("Log it")))
        save.setProperty("primary", True)
        save.setToolTip(_("Save (Ctrl+Enter)"))
        save.clicked.connect(lambda: self.accept())
        cancel = QPushButton(_("Close"))
        cancel.setToolTip(_("What you typed is kept for the next time (Esc)."))
        cancel.clicked.connect(lambda: self.reject())
        self.discard.setToolTip(_("Close and forget what was typed."))
        self.discard.clicked.connect(lambda: self.throw_away())
        row.addWidget(self.discard)
        row.addWidget(self.problem, 1)
        row.addStretch(0)
        for button in (save, cancel):
            row.addWidget(button)
        for button in (self.discard, save, cancel):
            button.setAutoDefault(False)
        return row
