"""The overview of a partner: everything about it in one place, each entry one click from its record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from cityplanner.base.language import N_, _, current
from cityplanner.planning.health import Health
from cityplanner.ui import icons, theme
from cityplanner.ui.context import Context
from cityplanner.ui.pages.log_contact import log_contact
from cityplanner.ui.pages.partner_facts import PartnerFacts, read_partner
from cityplanner.ui.parts.bars import Bar, Bars
from cityplanner.ui.parts.overview_page import OverviewPage, briefing_button, card
from cityplanner.ui.parts.plain import capitalized
from cityplanner.ui.parts.timeline_view import TimelineView
from cityplanner.ui.theme import Role, text_label

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


class PartnerOverview(OverviewPage):
    """A partner's facts, health, promises and people, with its timeline between."""

    table = "partner"
    tables = TABLES
    facts: PartnerFacts | None

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.log = QPushButton(_("Log engagement"))
        icons.wear(self.log, "plus")
        self.log.setToolTip(_("Log an engagement with this partner; it restarts the interval."))
        self.log.clicked.connect(self._log)
        if context.read_only:
            self.log.hide()
        self.briefing = briefing_button(self)
        self._contact = text_label("", wrap=True)
        self._hours = text_label("", Role.MUTED, wrap=True)
        self._result = text_label("", Role.STRONG, wrap=True)
        self._why = text_label("", Role.MUTED, wrap=True)
        self._parts = Bars()
        self.timeline = TimelineView(context)
        self.timeline.opened.connect(context.open_record)
        self.watch(self.timeline.list)
        for name, label in SECTIONS:
            self.add_section(name, _(label))
        self._lay_out()

    def reader(self, record_id: int) -> Callable[[], PartnerFacts | None]:
        plan, currency = self.context.plan, self.context.currency
        return lambda: read_partner(plan, record_id, dt.date.today(), currency)

    def _log(self) -> None:
        if self.facts is not None:
            log_contact(self.context, self.facts.id, self.facts.name, self)

    # --- showing ---

    def show_facts(self, facts: PartnerFacts) -> None:
        same = self.facts is not None and self.facts.id == facts.id
        unchanged = same and self.facts is not None and self.facts.engagements == facts.engagements
        self.title.setText(facts.name)
        self.lines.setText("\n".join(filter(None, facts.lines)))
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
        column = self.page()
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.briefing, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.log, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(self.lines)
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
