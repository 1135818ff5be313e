"""All commitments across partners: what is overdue, whose it is, and marking it as completed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from cityplanner.base.language import N_, _, current
from cityplanner.model.engagement import Commitment, CommitmentStatus, Side
from cityplanner.model.partner import Partner
from cityplanner.model.wording import choice_label
from cityplanner.planning.agenda import when
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries.records import records
from cityplanner.store.queries.titles import titles
from cityplanner.ui.context import Context
from cityplanner.ui.dialogs.complete_commitments import CompleteDialog
from cityplanner.ui.parts.fact_page import FactPage
from cityplanner.ui.parts.fact_table import LAST, Cell, Column, FactRow

DAYS_SOON = 30
COLUMNS = (
    (N_("Commitment"), 46, False),
    (N_("Partner"), 28, False),
    (N_("Side"), 9, False),
    (N_("State"), 20, False),
    (N_("Due on"), 15, False),
    (N_("Owner"), 12, False),
)
STATES = (
    ("open", N_("Open")),
    ("overdue", N_("Overdue")),
    ("soon", N_("Due in 30 days")),
    ("done", N_("Completed or cancelled")),
    ("", N_("All")),
)
SIDES = (("", N_("Ours and theirs")), (Side.OURS, N_("Ours")), (Side.THEIRS, N_("Theirs")))


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment as of a day; `days` from that day for open ones, negative when overdue."""

    id: int
    text: str
    partner: str
    side: Side
    status: CommitmentStatus
    due_on: dt.date | None
    days: int | None
    completed_on: dt.date | None
    owner: str

    @property
    def is_overdue(self) -> bool:
        """Whether it is open and its day has passed."""
        return self.status.is_open and self.days is not None and self.days < 0

    def is_in(self, state: str) -> bool:
        """Whether it belongs to one of the states to choose from."""
        if state == "overdue":
            return self.is_overdue
        if state == "soon":
            return self.status.is_open and self.days is not None and 0 <= self.days <= DAYS_SOON
        if state == "done":
            return not self.status.is_open
        return state == "" or self.status.is_open


class CommitmentsPage(FactPage):
    """The longest overdue comes first; Enter opens one, Ctrl+Enter or the button completes those selected."""

    tables = frozenset({"commitment", "partner"})
    facts: tuple[Promise, ...] | None

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        columns = [Column(_(label), characters, number) for label, characters, number in COLUMNS]
        super().__init__(context, _("Commitments across partners"), columns, parent)
        self.state = self.add_box(_("State"), [(key, _(label)) for key, label in STATES])
        self.side = self.add_box(_("Side"), [(key, _(label)) for key, label in SIDES])
        self.complete = self.add_button(_("Mark as completed…"), self._complete, primary=True)
        self.complete.setToolTip(_("Asks for the day and the evidence (Ctrl+Enter)."))
        if context.read_only:
            self.complete.hide()
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self.table, self._complete)

    def reader(self) -> Callable[[], tuple[Promise, ...]]:
        plan = self.context.plan
        return lambda: read_promises(plan, dt.date.today())

    def rows(self) -> Iterable[FactRow]:
        state, side = self.state.currentData(), self.side.currentData()
        for one in self.facts or ():
            if one.is_in(state) and side in ("", one.side):
                yield _row(one)

    def tell(self) -> None:
        say, facts = current(), self.facts or ()
        late = [one for one in facts if one.is_overdue]
        ours = sum(one.side is Side.OURS for one in late)
        soon = sum(one.is_in("soon") for one in facts)
        if late:
            self.warning.setText(
                _("{overdue}: {ours} ours, {theirs} theirs.").format(
                    overdue=say.plural("{n} commitment overdue", "{n} commitments overdue", len(late)),
                    ours=say.number(ours),
                    theirs=say.number(len(late) - ours),
                )
            )
        self.warning.setVisible(bool(late))
        self.words.setText(
            say.plural(
                "{n} commitment is due in the next 30 days.",
                "{n} commitments are due in the next 30 days.",
                soon,
            )
        )

    def nothing(self) -> tuple[str, str]:
        return (
            _("No commitments yet"),
            _("Add a promise, ours or theirs, when you log an engagement, and it appears here."),
        )

    @property
    def is_narrowed(self) -> bool:
        return bool(self.facts) and bool(self.state.currentData() or self.side.currentData())

    def unnarrow(self) -> None:
        self.state.setCurrentIndex(self.state.findData(""))
        self.side.setCurrentIndex(0)

    def moved(self) -> None:
        self.complete.setEnabled(bool(self._open_ones()))

    def _open_ones(self) -> list[FactRow]:
        is_open = {one.id for one in self.facts or () if one.status.is_open}
        return [row for row in self.table.chosen() if row.record_id in is_open]

    def _complete(self) -> None:
        rows = self._open_ones()
        if rows and not self.context.read_only:
            titles_ = [row.cells[0].text for row in rows]
            CompleteDialog(self.context, [row.record_id for row in rows], titles_, self.window()).open()


def read_promises(plan: Plan, today: dt.date) -> tuple[Promise, ...]:
    """All commitments: the open ones by their day, those without one, then the others, latest first."""
    with plan.reading() as session:
        found = records(session, Commitment, "due_on")
        named = titles(session, Partner, {one.partner_id for one in found})
    promises = [
        Promise(
            id=one.id,
            text=one.text,
            partner=named.get(one.partner_id, ""),
            side=one.side,
            status=one.status,
            due_on=one.due_on,
            days=(one.due_on - today).days if one.due_on and one.status.is_open else None,
            completed_on=one.completed_on,
            owner=one.owner,
        )
        for one in found
    ]
    promises.sort(key=_place)
    return tuple(promises)


def _place(one: Promise) -> tuple[bool, float, int]:
    if one.status.is_open:
        return False, one.due_on.toordinal() if one.due_on else LAST, one.id
    day = one.completed_on or one.due_on
    return True, -day.toordinal() if day else LAST, one.id


def _row(one: Promise) -> FactRow:
    say = current()
    if one.status.is_open:
        text = when(one.days)
        state = Cell(
            text[:1].upper() + text[1:], LAST if one.days is None else one.days, pressing=one.is_overdue
        )
    elif one.completed_on:
        state = Cell(_("Completed {day}").format(day=say.date(one.completed_on)), LAST)
    else:
        state = Cell(choice_label(one.status), LAST)
    cells = (
        Cell(one.text),
        Cell(one.partner),
        Cell(choice_label(one.side)),
        state,
        Cell(say.date(one.due_on) if one.due_on else "", one.due_on.toordinal() if one.due_on else LAST),
        Cell(one.owner),
    )
    return FactRow(cells, "commitment", one.id)
