"""What a scenario comes to, beside its levers: whether it is ready, what it loses, funds, staff and totals."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from cityplanner.base.language import N_, _, current
from cityplanner.planning import coverage
from cityplanner.planning.closing import LevelMove, closing_words
from cityplanner.planning.facts import ScenarioFact
from cityplanner.planning.losses import loss_summary, loss_words
from cityplanner.planning.scenarios import Outcome, gap_words
from cityplanner.planning.weighing import Weighed
from cityplanner.ui import theme
from cityplanner.ui.pages.scenario_desk.facts import DeskFacts
from cityplanner.ui.parts.bars import Bar, Bars
from cityplanner.ui.parts.plain import caption
from cityplanner.ui.theme import Role, set_card, set_role, text_label

MOST_MOVES = 3
TOTALS = (("theme", N_("Theme")), ("category", N_("Category")), ("quartile", N_("Priority quartile")))


class Results(QScrollArea):
    """Shows one weighed scenario; nothing here changes anything but what it asks for."""

    moves_asked = Signal(object)
    """Levels that close a gap or relieve it were asked for: `LevelMove`s."""
    against_chosen = Signal(int)
    """Another scenario to compare with: its id."""

    def __init__(self) -> None:
        super().__init__()
        self._moves: list[LevelMove] = []
        self._shown: tuple[DeskFacts, Weighed, str] | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("What it comes to"))
        self.state = text_label("", Role.HEADING, wrap=True)
        self.gaps = text_label("", wrap=True)
        self.closing = text_label("", Role.STRONG, wrap=True)
        self.closing_levels = text_label("", wrap=True)
        self.close_gap = QPushButton(_("Give these levels"))
        self.close_gap.setToolTip(_("One change, which one undo takes back."))
        self.moves_title = text_label(_("Or one level at a time, the cheapest first:"), Role.MUTED, wrap=True)
        self.moves = [QPushButton() for _at in range(MOST_MOVES)]
        self.coverage = Bars()
        self.against = QComboBox()
        self.summary = text_label("", Role.STRONG, wrap=True)
        self.losses = text_label("", wrap=True)
        self.funds = Bars()
        self.staff = text_label("", wrap=True)
        self.by = QComboBox()
        self.totals = Bars()
        self._lay_out()
        self.against.activated.connect(lambda _at: self.against_chosen.emit(self.against.currentData() or 0))
        self.by.activated.connect(lambda _at: self._show_totals())
        self.close_gap.clicked.connect(self._ask_all)
        for at, button in enumerate(self.moves):
            button.clicked.connect(lambda _checked=False, at=at: self.moves_asked.emit((self._moves[at],)))

    def offer(self, scenarios: Sequence[ScenarioFact], but: int, chosen: int) -> None:
        """The scenarios to compare with."""
        self.against.blockSignals(True)
        self.against.clear()
        for one in scenarios:
            if one.id != but:
                self.against.addItem(one.name, one.id)
        self.against.setCurrentIndex(max(self.against.findData(chosen), 0 if self.against.count() else -1))
        self.against.blockSignals(False)

    def show_weighed(self, facts: DeskFacts, found: Weighed, currency: str, *, editable: bool) -> None:
        """Show what a scenario comes to, at once."""
        self._shown = (facts, found, currency)
        self._show_state(facts, found, currency, editable=editable)
        self._show_coverage(facts, found)
        self._show_losses(facts, found)
        self.funds.show_bars(facts.fund_bars(found.outcome, currency), _("Funds"))
        self.staff.setText(_staff(found.outcome))
        self._show_totals()

    def _show_state(self, facts: DeskFacts, found: Weighed, currency: str, *, editable: bool) -> None:
        ready = found.outcome.ready
        say = current()
        total = say.money(found.outcome.total, currency)
        text = _("Ready: it balances at {money}.") if ready else _("Not ready: it does not balance.")
        self.state.setText(text.format(money=total))
        set_role(self.state, Role.SUCCESS if ready else Role.DANGER)
        words = gap_words(facts.plan.office, found.outcome, currency)
        self.gaps.setText("\n".join(words))
        self.gaps.setVisible(bool(words))
        self._show_closing(facts, found, currency, editable=editable)
        self._moves = list(found.moves[:MOST_MOVES]) if editable else []
        self.moves_title.setVisible(bool(self._moves))
        for at, button in enumerate(self.moves):
            button.setVisible(at < len(self._moves))
            if at < len(self._moves):
                move = self._moves[at]
                words_of = facts.move_words(move, currency)
                button.setText(caption(f"✓ {words_of}" if move.closes else words_of))
                button.setAccessibleName(words_of.replace("\n", " "))
                button.setToolTip(_("It closes the gap by itself.") if move.closes else "")

    def _show_closing(self, facts: DeskFacts, found: Weighed, currency: str, *, editable: bool) -> None:
        way = found.closing if editable else None
        for widget in (self.closing, self.closing_levels, self.close_gap):
            widget.setVisible(way is not None)
        if way is None:
            return
        self.closing.setText(closing_words(facts.plan.office, way, currency))
        self.closing_levels.setText("\n".join(f"• {line}" for line in facts.closing_lines(way)))
        self.closing_levels.setVisible(way.closes)
        self.close_gap.setVisible(way.closes)

    def _show_coverage(self, facts: DeskFacts, found: Weighed) -> None:
        share = found.outcome.coverage.office.coverage
        bars = [Bar(_("This scenario"), None if share is None else float(share), coverage.words(share))]
        other = facts.scales.kept(self.against.currentData() or 0)
        if other is not None:
            then = other.coverage.office.coverage
            label = self.against.currentText()
            bars.append(Bar(label, None if then is None else float(then), coverage.words(then)))
        self.coverage.show_bars(bars, _("Coverage of the supported recommendations"))

    def _show_losses(self, facts: DeskFacts, found: Weighed) -> None:
        if found.lost is None:
            self.summary.setText(_("There is no other scenario to compare with."))
            self.losses.setText("")
            return
        office = facts.plan.office
        self.summary.setText(loss_summary(found.lost))
        lines = [] if found.lost.nothing else [f"• {line}" for line in loss_words(office, found.lost)]
        if found.gained is not None and not found.gained.nothing:
            lines.append(
                _("In return the other one loses: {summary}").format(summary=loss_summary(found.gained))
            )
        self.losses.setText("\n".join(lines))
        self.losses.setVisible(bool(lines))

    def _show_totals(self) -> None:
        if self._shown is not None:
            facts, found, currency = self._shown
            bars = facts.total_bars(found.outcome, str(self.by.currentData()), currency)
            self.totals.show_bars(bars, self.by.currentText())

    def _ask_all(self) -> None:
        if self._shown is not None and self._shown[1].closing is not None:
            self.moves_asked.emit(self._shown[1].closing.moves)

    def _lay_out(self) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.SMALL, theme.SMALL, theme.MEDIUM, theme.MEDIUM)
        column.setSpacing(theme.MEDIUM)
        for key, label in TOTALS:
            self.by.addItem(_(label), key)
        self.by.setAccessibleName(_("Totals by"))
        self.against.setAccessibleName(_("Compare with"))
        self.against.setMinimumContentsLength(12)
        self.against.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for button in self.moves:
            button.setStyleSheet("text-align: left;")
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        closing = (self.closing, self.closing_levels, self.close_gap)
        column.addWidget(_card("", self.state, self.gaps, *closing, self.moves_title, *self.moves))
        column.addWidget(_card(_("Coverage"), self.coverage))
        column.addWidget(_card("", _row(_("What it loses against"), self.against), self.summary, self.losses))
        column.addWidget(_card(_("Funds"), self.funds))
        column.addWidget(_card(_("Staff"), self.staff))
        column.addWidget(_card("", _row(_("Totals by"), self.by), self.totals))
        column.addStretch(1)
        self.setWidget(page)


def _staff(found: Outcome) -> str:
    say, held = current(), found.capacity
    lines = [
        _("{needed} of {after} FTE are needed, {left} left (before furlough and freezes {before}).").format(
            needed=say.number(float(held.fte_needed), 2),
            after=say.number(float(held.fte_after), 2),
            left=say.number(float(held.fte_left), 2),
            before=say.number(float(held.fte_before), 2),
        ),
        _("Keeping in touch takes {needed} hours a year, {left} are left.").format(
            needed=say.number(float(held.contact_hours_needed), 0), left=say.number(float(held.hours_left), 0)
        ),
    ]
    silent = len(held.silent_partner_ids)
    if silent:
        lines.append(say.plural("{n} partner falls silent.", "{n} partners fall silent.", silent))
    return "\n".join(lines)


def _row(text: str, box: QComboBox) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(theme.SMALL)
    line.addWidget(text_label(text, Role.HEADING))
    line.addWidget(box, 1)
    return row


def _card(heading: str, *widgets: QWidget) -> QWidget:
    card = QFrame()
    set_card(card)
    column = QVBoxLayout(card)
    column.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.MEDIUM)
    column.setSpacing(theme.SMALL)
    if heading:
        column.addWidget(text_label(heading, Role.HEADING))
    for widget in widgets:
        column.addWidget(widget)
    return card
