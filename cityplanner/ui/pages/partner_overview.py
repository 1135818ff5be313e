"""The overview of a partner: everything about it in one place, each entry one click from its record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QPushButton, QScrollArea, QVBoxLayout, QWidget

from cityplanner.base.language import N_, _, current
from cityplanner.planning.health import Health
from cityplanner.ui import icons, theme
from cityplanner.ui.context import Context
from cityplanner.ui.pages.log_contact import log_contact
from cityplanner.ui.pages.partner_facts import PartnerFacts, read_partner
from cityplanner.ui.parts.bars import Bar, Bars
from cityplanner.ui.parts.jobs import Job
from cityplanner.ui.parts.plain import capitalized
from cityplanner.ui.parts.timeline_view import TimelineView
from cityplanner.ui.parts.two_lines import Row, TwoLines
from cityplanner.ui.theme import Role, text_label

WAIT_MS = 150
MOST = 8
SECTIONS = (
    ("ours", N_("Our commitments")),
    ("theirs", N_("Their commitments")),
    ("people", N_("People")),
    ("former", N_("Former people")),
    ("agreements", N_("Agreements")),
    ("initiatives", N_("Initiatives")),
    ("gifts", N_("Gifts")),
    ("aid", N_("Aid")),
)
HINTS = {
    "ours": N_("We owe nothing."),
    "theirs": N_("They owe nothing."),
    "people": N_("Nobody holds a position here now."),
    "agreements": N_("There is no agreement with this partner."),
}
"""What stands where nothing is; sections without a hint are left out then."""
TABLES = frozenset(
    {
        *("partner", "engagement", "engagement_partner", "commitment", "contact", "position", "agreement"),
        *("agreement_partner", "gift", "aid", "initiative", "initiative_partner"),
    }
)


class PartnerOverview(QScrollArea):
    """Read in a worker, again after changes while it is shown."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._id: int | None = None
        self._job: Job | None = None
        self._stale = False
        self.facts: PartnerFacts | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(_("Overview"))
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._timer.timeout.connect(self.refresh)
        self._title = text_label("", Role.TITLE, wrap=True)
        self._lines = text_label("", Role.MUTED, wrap=True)
        self.log = QPushButton(_("Log engagement"))
        icons.wear(self.log, "plus")
        self.log.setToolTip(_("Log an engagement with this partner; it restarts the interval."))
        self.log.clicked.connect(self._log)
        if context.read_only:
            self.log.hide()
        self._contact = text_label("", wrap=True)
        self._hours = text_label("", Role.MUTED, wrap=True)
        self._result = text_label("", Role.STRONG, wrap=True)
        self._why = text_label("", Role.MUTED, wrap=True)
        self._parts = Bars()
        self.timeline = TimelineView(context)
        self.timeline.opened.connect(context.open_record)
        self._watch(self.timeline.list)
        self.sections: dict[str, Section] = {name: Section(_(label)) for name, label in SECTIONS}
        self._lay_out()
        for section in self.sections.values():
            section.list.opened.connect(context.open_record)
            self._watch(section.list)
        context.changed.connect(self._hear)

    def show_record(self, record_id: int | None) -> None:
        """Show a partner; nothing for one that is not saved yet."""
        if record_id != self._id:
            self.facts = None
            for section in self.sections.values():
                section.fold()
            self.verticalScrollBar().setValue(0)
        self._id = record_id
        self._go_stale()

    def refresh(self) -> None:
        """Read the partner again, in a worker."""
        if self._job is not None:
            self._job.drop()
            self._job = None
        self._timer.stop()
        self._stale = False
        if self._id is None:
            return
        plan, record_id, currency = self._context.plan, self._id, self._context.currency
        self._job = self._context.jobs.start(
            lambda _progress: read_partner(plan, record_id, dt.date.today(), currency),
            self._show,
            owner=self,
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _hear(self, change: object) -> None:
        if TABLES & getattr(change, "tables", frozenset()):
            self._stale = True
            if self.isVisible():
                self._timer.start()

    def _go_stale(self) -> None:
        self._stale = True
        if self.isVisible():
            self.refresh()

    def _log(self) -> None:
        if self.facts is not None:
            log_contact(self._context, self.facts.id, self.facts.name, self)

    # --- showing ---

    def _show(self, facts: PartnerFacts | None) -> None:
        self._job = None
        if facts is None:
            return
        same = self.facts is not None and self.facts.id == facts.id
        unchanged = same and self.facts is not None and self.facts.engagements == facts.engagements
        self.facts = facts
        self._title.setText(facts.name)
        self._lines.setText("\n".join(filter(None, facts.lines)))
        self._contact.setText(facts.contact)
        theme.set_role(self._contact, Role.DANGER if facts.contact_overdue else Role.STRONG)
        self._hours.setText(facts.hours)
        self._hours.setVisible(bool(facts.hours))
        self._show_health(facts.health)
        for name, section in self.sections.items():
            section.show_rows(getattr(facts, name), _(HINTS.get(name, "")))
        self.sections["aid"].say(facts.aid_balance)
        # Older pages that were read stay where nothing new was logged.
        if not unchanged:
            self.timeline.show_page(facts.id, facts.zone, facts.engagements)

    def _show_health(self, found: Health) -> None:
        say = current()
        known = found.result is not None
        self._result.setText(
            _("Health: {points} of 100").format(points=found.summary)
            if known
            else _("Health: {words}").format(words=found.summary)
        )
        self._why.setText(" ".join(part.reason for part in found.parts))
        self._parts.show_bars(
            [
                Bar(
                    capitalized(_(part.aspect)),
                    None if part.share is None else float(part.share),
                    _("not judged")
                    if part.share is None
                    else _("{points} points").format(points=say.number(round(part.points))),
                )
                for part in found.parts
            ],
            _("What health is made of"),
        )
        self._parts.setVisible(known)

    # --- room ---

    def _lay_out(self) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.log, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(self._lines)
        column.addWidget(card(self._contact, self._hours, self._result, self._why, self._parts))
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.NARROW)
        rows.addWidget(text_label(_("Timeline"), Role.HEADING))
        rows.addWidget(self.timeline)
        for name, section in self.sections.items():
            column.addWidget(section)
            if name == "agreements":
                column.addWidget(whole)
        column.addStretch(1)
        self.setWidget(page)

    def _watch(self, rows: QListWidget) -> None:
        """The lists do not scroll: what the keys go to is brought into sight here."""
        rows.currentItemChanged.connect(lambda item: self._bring(rows, item and rows.visualItemRect(item)))

    def _bring(self, rows: QListWidget, place: QRect | None) -> None:
        page = self.widget()
        if place is not None and page is not None:
            middle = rows.viewport().mapTo(page, place.center())
            self.ensureVisible(page.width() // 2, middle.y(), 0, place.height())


class Section(QWidget):
    """A heading, rows and a line of words; at first a few rows, all of them on request."""

    def __init__(self, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[Row] = ()
        self._all = False
        self.list = TwoLines(heading)
        self._words = text_label("", Role.MUTED, wrap=True)
        self.more = QPushButton(_("Show all"))
        self.more.setAccessibleDescription(heading)
        self.more.hide()
        self.more.clicked.connect(self._show_all)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.NARROW)
        column.addWidget(text_label(heading, Role.HEADING))
        for widget in (self._words, self.list, self.more):
            column.addWidget(widget)

    def fold(self) -> None:
        """Show only the first rows again."""
        self._all, self._rows = False, ()

    def show_rows(self, rows: Sequence[Row], hint: str) -> None:
        """Show rows; without any the hint, and without that nothing at all."""
        if rows != self._rows:
            self._rows = rows
            self._fill()
        self.say("" if rows else hint)
        self.list.setVisible(bool(rows))
        self.setVisible(bool(rows or hint))

    def say(self, words: str) -> None:
        """Show a line of words below the heading."""
        self._words.setText(words)
        self._words.setVisible(bool(words))

    def _show_all(self) -> None:
        self._all = True
        self._fill()
        self.list.setCurrentRow(MOST)
        self.list.setFocus()

    def _fill(self) -> None:
        shown = self._rows if self._all else self._rows[:MOST]
        self.list.show_rows(shown)
        self.more.setText(_("Show all {n}").format(n=current().number(len(self._rows))))
        self.more.setVisible(len(shown) < len(self._rows))


def card(*widgets: QWidget) -> QFrame:
    """A card around widgets below each other."""
    frame = QFrame()
    theme.set_card(frame)
    column = QVBoxLayout(frame)
    column.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.MEDIUM)
    column.setSpacing(theme.NARROW)
    for widget in widgets:
        column.addWidget(widget)
    return frame
