"""Keep in touch: which partners are due or overdue, what it takes in hours, and logging a contact at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QWidget

from cityplanner.base.language import N_, _, current
from cityplanner.model.partner import Partner
from cityplanner.planning import scenarios
from cityplanner.planning.gathering import gather
from cityplanner.planning.keep_in_touch import ContactDue, KeepInTouch, Urgency, keep_in_touch
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries import listing
from cityplanner.ui.context import Context
from cityplanner.ui.pages.log_contact import log_contact
from cityplanner.ui.parts.fact_page import FactPage
from cityplanner.ui.parts.fact_table import LAST, Cell, Column, FactRow

COLUMNS = (
    (N_("Partner"), 44, False),
    (N_("Contact"), 20, False),
    (N_("Due on"), 15, False),
    (N_("Every (days)"), 13, True),
    (N_("Hours"), 8, True),
    (N_("Last contact"), 15, False),
)
CHOICES = (
    ("due", N_("Overdue and soon")),
    (Urgency.OVERDUE, N_("Overdue")),
    (Urgency.SOON, N_("Due in 30 days")),
    ("", N_("All")),
)


class KeepInTouchPage(FactPage):
    """The most urgent partner comes first; Enter opens it, the button logs a contact with it."""

    tables = frozenset(
        {
            *("partner", "engagement", "engagement_partner", "scenario", "decision", "service_level"),
            *("staff_position", "frozen_position", "initiative"),
        }
    )
    facts: KeepInTouch | None

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        columns = [Column(_(label), characters, number) for label, characters, number in COLUMNS]
        super().__init__(context, _("Keep in touch"), columns, parent)
        self.choice = self.add_box(_("Which contacts"), [(key, _(label)) for key, label in CHOICES])
        self.log = self.add_button(_("Log contact…"), self._log, primary=True)
        self.log.setToolTip(_("Log an engagement with this partner; it restarts the interval."))
        if context.read_only:
            self.log.hide()

    def reader(self) -> Callable[[], KeepInTouch]:
        plan = self.context.plan
        return lambda: read_contacts(plan, dt.date.today())

    def rows(self) -> Iterable[FactRow]:
        wanted = str(self.choice.currentData())
        for one in self.facts.dues if self.facts else ():
            if wanted in ("", one.urgency) or (wanted == "due" and one.urgency is not Urgency.LATER):
                yield _row(one)

    def tell(self) -> None:
        facts = self.facts
        assert facts is not None
        say = current()
        lines = []
        for ahead in facts.ahead:
            contacts = say.plural("{n} contact", "{n} contacts", ahead.contacts)
            line = _("Next {days} days: {contacts}, {needed} staff hours needed").format(
                days=say.number(ahead.days), contacts=contacts, needed=say.number(round(ahead.needed))
            )
            if ahead.left is not None:
                line += _(", {left} left").format(left=say.number(round(ahead.left)))
            lines.append(line + ".")
        if facts.ahead and facts.ahead[0].left is None:
            lines.append(_("No scenario holds yet, so the hours left are not known."))
        if facts.without_interval:
            lines.append(
                say.plural(
                    "{n} partner has no keep-in-touch interval.",
                    "{n} partners have no keep-in-touch interval.",
                    facts.without_interval,
                )
            )
        self.words.setText("\n".join(lines))
        short = [ahead for ahead in facts.ahead if ahead.short]
        self.warning.setText(
            " ".join(
                _("{hours} hours are missing in the next {days} days.").format(
                    hours=say.number(round(ahead.short)), days=say.number(ahead.days)
                )
                for ahead in short
            )
        )
        self.warning.setVisible(bool(short))

    def nothing(self) -> tuple[str, str]:
        return (
            _("No contact comes due"),
            _("Say on a partner's page how often to keep in touch, and it appears here."),
        )

    @property
    def is_narrowed(self) -> bool:
        return bool(self.choice.currentData()) and bool(self.facts and self.facts.dues)

    def unnarrow(self) -> None:
        self.choice.setCurrentIndex(self.choice.findData(""))

    def moved(self) -> None:
        self.log.setEnabled(self.table.current() is not None)

    def _log(self) -> None:
        row = self.table.current()
        if row is not None:
            log_contact(self.context, row.record_id, row.cells[0].text, self)


def read_contacts(plan: Plan, today: dt.date) -> KeepInTouch:
    """All next contacts, with the hours that the scenario that holds leaves for them."""
    facts = gather(plan, today)
    adopted = facts.adopted()
    left = scenarios.outcome(facts.office, adopted).capacity.hours_left if adopted else None
    with plan.reading() as session:
        others = listing.count(session, Partner) - len(facts.office.partners)
    return keep_in_touch(facts.office.partners, today, left, others=others)


def _row(one: ContactDue) -> FactRow:
    say = current()
    last = one.last_contact_on
    cells = (
        Cell(one.name),
        Cell(one.when[:1].upper() + one.when[1:], one.days, one.urgency is Urgency.OVERDUE),
        Cell(say.date(one.due_on), one.due_on.toordinal()),
        Cell(say.number(one.interval_days), one.interval_days),
        Cell(say.number(float(one.hours)), float(one.hours)),
        Cell(say.date(last) if last else _("never"), last.toordinal() if last else LAST),
    )
    return FactRow(cells, "partner", one.partner_id)
