"""The dormancy review: which agreements are alive, with the reasons, and setting one to dormant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QWidget

from cityplanner.base.language import N_, _, current
from cityplanner.model.agreement import Agreement, AgreementStatus
from cityplanner.planning.dormancy import ORDER, Review, Verdict
from cityplanner.planning.reviewing import read_reviews
from cityplanner.store.agreements import advance
from cityplanner.store.plan_file import Plan
from cityplanner.ui.context import Context
from cityplanner.ui.parts.fact_page import FactPage
from cityplanner.ui.parts.fact_table import Cell, Column, FactRow
from cityplanner.ui.parts.record import gone
from cityplanner.ui.theme import Role, text_label

COLUMNS = (
    (N_("Agreement"), 42, False),
    (N_("Sides"), 32, False),
    (N_("Verdict"), 12, False),
    (N_("Last contact"), 15, False),
    (N_("Reasons"), 20, False),
)
VERDICTS = (
    ("", N_("All")),
    (Verdict.DORMANT, N_("Dormant?")),
    (Verdict.QUIET, N_("Quiet")),
    (Verdict.ACTIVE, N_("Active")),
)


class DormancyPage(FactPage):
    """Those that may be dormant come first. What speaks for and against stands below the list in full."""

    tables = frozenset(
        {
            *("agreement", "agreement_partner", "partner", "engagement", "engagement_partner", "initiative"),
            *("initiative_agreement", "engagement_initiative", "scenario", "decision", "service_level"),
            "budget_line",
        }
    )
    facts: tuple[Review, ...] | None

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        columns = [Column(_(label), characters, number) for label, characters, number in COLUMNS]
        super().__init__(context, _("Dormancy review"), columns, parent)
        self.verdict = self.add_box(_("Verdict"), [(key, _(label)) for key, label in VERDICTS])
        self.heading = text_label("", Role.STRONG, wrap=True)
        self.reasons = text_label("", wrap=True)
        self.foot.addWidget(self.heading)
        self.foot.addWidget(self.reasons)
        self.dormant = self.add_button(_("Set to dormant"), self._set_dormant)
        self.dormant.setToolTip(_("Gives the agreement the status “dormant” as of today; you can undo it."))
        if context.read_only:
            self.dormant.hide()

    def reader(self) -> Callable[[], tuple[Review, ...]]:
        plan = self.context.plan
        return lambda: read_reviews(plan, dt.date.today())

    def rows(self) -> Iterable[FactRow]:
        wanted = self.verdict.currentData()
        return (_row(one) for one in self.facts or () if wanted in ("", one.verdict))

    def tell(self) -> None:
        say, facts = current(), self.facts or ()
        counts = {verdict: sum(one.verdict is verdict for one in facts) for verdict in Verdict}
        self.words.setText(
            _("{count} in force: {dormant} dormant?, {quiet} quiet, {active} active.").format(
                count=say.plural("{n} agreement", "{n} agreements", len(facts)),
                **{verdict.name.lower(): say.number(count) for verdict, count in counts.items()},
            )
            + " "
            + _(
                "A verdict is advice: time since contact under the agreement, people involved, money behind it."
            )
        )

    def nothing(self) -> tuple[str, str]:
        return _("No agreement is in force"), _("Agreements that are signed or active are reviewed here.")

    @property
    def is_narrowed(self) -> bool:
        return bool(self.facts) and bool(self.verdict.currentData())

    def unnarrow(self) -> None:
        self.verdict.setCurrentIndex(0)

    def moved(self) -> None:
        found = self._current()
        for label in (self.heading, self.reasons):
            label.setVisible(found is not None)
        self.dormant.setEnabled(found is not None and not found.is_dormant)
        if found is not None:
            self.heading.setText(_("{title}: {verdict}").format(title=found.title, verdict=_(found.verdict)))
            lines = (found.contact, found.community, found.funding, found.remark)
            self.reasons.setText("\n".join(filter(None, lines)))

    def _current(self) -> Review | None:
        row = self.table.current()
        return next((one for one in self.facts or () if row and one.agreement_id == row.record_id), None)

    def _set_dormant(self) -> None:
        found = self._current()
        if found is None or found.is_dormant or self.context.read_only:
            return
        plan, key, reasons = self.context.plan, found.agreement_id, found.reasons
        self.context.edits.put(
            lambda: set_dormant(plan, key, dt.date.today(), reasons),
            lambda label: self.context.say(_("{change}: done.").format(change=label), undoable=True),
        )


def set_dormant(plan: Plan, agreement_id: int, on: dt.date, reasons: str) -> str:
    """Give an agreement the status dormant, with the reasons noted at the step; returns the change's label.

    Raises `InvalidRecordError` where dormant does not follow the present status.
    """
    with plan.reading() as session:
        agreement = session.get(Agreement, agreement_id)
        if agreement is None:
            raise gone(Agreement)
        label = _("Set “{title}” to dormant").format(title=agreement.title[:80])
    with plan.edit(label) as edit:
        record = edit.get(Agreement, agreement_id)
        if record is None:
            raise gone(Agreement)
        advance(edit, record, AgreementStatus.DORMANT, on, reasons[:300])
    return label


def _row(one: Review) -> FactRow:
    say = current()
    last = one.last_contact_on
    words = _(one.verdict)
    cells = (
        Cell(one.title),
        Cell(", ".join(one.sides)),
        Cell(words[:1].upper() + words[1:], ORDER[one.verdict], one.verdict is Verdict.DORMANT),
        Cell(say.date(last) if last else _("never"), last.toordinal() if last else 0),
        Cell(one.reasons),
    )
    return FactRow(cells, "agreement", one.agreement_id)
