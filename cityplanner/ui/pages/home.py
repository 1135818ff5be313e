"""The home page: what needs attention today, the office at a glance, what happened last, and first steps."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from cityplanner.base.language import N_, _, current
from cityplanner.store.glance import Glance
from cityplanner.ui import theme
from cityplanner.ui.parts.bars import Bar, Bars
from cityplanner.ui.parts.jobs import Job
from cityplanner.ui.parts.plain import capitalized, caption
from cityplanner.ui.parts.tiles import Tile, TileRow
from cityplanner.ui.parts.two_lines import Row, TwoLines, row_height
from cityplanner.ui.theme import Role, text_label

if TYPE_CHECKING:
    from cityplanner.ui.context import Context
    from cityplanner.ui.pages.home_facts import Outlook

ICONS = {
    "commitment": "badge-check",
    "gift": "gift",
    "agreement": "handshake",
    "partner": "building-2",
    "answer": "lightbulb",
}
STEPS = (
    (
        "supported",
        N_("Say which recommendations your office supports"),
        "recommendations",
        N_("Recommendations"),
    ),
    ("initiatives", N_("Add what your office does"), "initiatives", N_("Initiatives")),
    ("partners", N_("Add the partners you keep in touch with"), "partners", N_("Partners")),
    ("engagements", N_("Log your first meeting"), "engagements", N_("Engagements")),
    ("scenario", N_("Make a scenario and adopt it"), "budget", N_("Budget")),
)
WAIT_MS = 200
NARROW_WIDTH = 86
RESERVED_ROWS = 5
"""Room kept for what is urgent until it is known, so that what is below it moves little."""


class HomePage(QScrollArea):
    """Read in a worker, what an index tells first, and again after changes while it is shown.

    It can be there before its plan is open, with a glance at it; what is asked for meanwhile is done then.
    """

    page_requested = Signal(str)

    def __init__(self, context: Context | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context: Context | None = None
        self._jobs: list[Job] = []
        self._wanted: tuple[str, int] | None = None
        self._stale = True
        self.glance: Glance | None = None
        self.outlook: Outlook | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Home"))
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._timer.timeout.connect(self.refresh)
        self._title = text_label("", Role.DISPLAY, wrap=True)
        self._where = text_label(_("Reading the plan…"), Role.MUTED, wrap=True)
        self.tiles = TileRow()
        self.tiles.chosen.connect(self.page_requested)
        self.steps, self._steps_column = _card(_("First steps"))
        self.steps.hide()
        self.urgent = TwoLines(_("Needs attention"))
        self.urgent.hide()
        self.recent = TwoLines(_("Recent engagements"))
        self.themes = Bars()
        self._calm = text_label(_("Looking for what is due…"), Role.MUTED, wrap=True)
        self._calm.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._calm.setMinimumHeight(RESERVED_ROWS * row_height(self.urgent))
        self._more = text_label("", Role.MUTED, wrap=True)
        self._more.hide()
        self._measured = text_label(_("Measuring the coverage…"), Role.MUTED, wrap=True)
        self._silent = text_label(_("Meetings, visits and calls you log appear here."), Role.MUTED, wrap=True)
        self._silent.hide()
        self._cards = QGridLayout()
        self._lay_out()
        for rows in (self.urgent, self.recent):
            rows.opened.connect(self._open)
        if context is not None:
            self.take(context)

    def take(self, context: Context) -> None:
        """The plan is open: from now on the page follows it."""
        self._context = context
        context.changed.connect(lambda _change: self._go_stale())
        if self.isVisible():
            self.refresh()
        if self._wanted is not None:
            context.open_record(*self._wanted)

    def refresh(self) -> None:
        """Read the plan again, in a worker."""
        context = self._context
        if context is None:
            return
        from cityplanner.ui.pages.home_facts import read_glance, read_outlook  # late, for a fast start

        for job in self._jobs:
            job.drop()
        self._stale = False
        plan, today = context.plan, dt.date.today()

        def calculate(found: Glance) -> None:
            self.show_glance(found)
            outlook = context.jobs.start(
                lambda _progress: read_outlook(plan, today), self._show_outlook, owner=self
            )
            self._jobs = [outlook]

        glance = context.jobs.start(lambda _progress: read_glance(plan, today), calculate, owner=self)
        self._jobs = [glance]

    def _open(self, table: str, record_id: int) -> None:
        if self._context is not None:
            self._context.open_record(table, record_id)
        else:
            self._wanted = (table, record_id)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and hasattr(self, "_cards"):
            self._arrange()

    def _go_stale(self) -> None:
        self._stale = True
        if self.isVisible():
            self._timer.start()

    def _lay_out(self) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        column.setSpacing(theme.LARGE)
        words = QVBoxLayout()
        words.setSpacing(theme.NARROW)
        words.addWidget(self._title)
        words.addWidget(self._where)
        column.addLayout(words)
        column.addWidget(self.steps)
        column.addWidget(self.tiles)
        self._urgent_card, urgent = _card(_("Needs attention"))
        for widget in (self.urgent, self._calm, self._more):
            urgent.addWidget(widget)
        urgent.addStretch(1)
        self._themes_card, themes = _card(_("Recommendations covered, by theme"))
        themes.addWidget(self._measured)
        themes.addWidget(self.themes)
        themes.addStretch(1)
        self._recent_card, recent = _card(_("Recent engagements"))
        recent.addWidget(self.recent)
        recent.addWidget(self._silent)
        recent.addStretch(1)
        self._cards.setSpacing(theme.LARGE)
        column.addLayout(self._cards)
        column.addStretch(1)
        self._arrange()
        self.setWidget(page)

    def _arrange(self) -> None:
        """Two columns where there is room, else one below the other."""
        wide = self.viewport().width() >= self.fontMetrics().averageCharWidth() * NARROW_WIDTH
        cards = (self._urgent_card, self._themes_card, self._recent_card)
        places = ((0, 0, 1), (0, 1, 2), (1, 0, 1)) if wide else ((0, 0, 1), (1, 0, 1), (2, 0, 1))
        for card, (row, column, rows) in zip(cards, places, strict=True):
            self._cards.addWidget(card, row, column, rows, 1)
        self._cards.setColumnStretch(0, 3)
        self._cards.setColumnStretch(1, 2 if wide else 0)

    def show_glance(self, glance: Glance) -> None:
        """Show the office by numbers and what happened last; what has to be calculated follows."""
        if glance == self.glance:
            return
        self.glance = glance
        say = current()
        self._title.setText(glance.office)
        place = ", ".join(filter(None, (glance.city, glance.region)))
        self._where.setText(" · ".join(filter(None, (place, say.date(glance.today, "full")))))
        self._show_tiles(glance)
        self._show_steps(glance)
        self.recent.show_rows(
            [
                Row(
                    one.title,
                    f"{say.date(one.day)} · {capitalized(_(one.format))}",
                    "calendar-days",
                    "engagement",
                    one.id,
                )
                for one in glance.recent
            ]
        )
        self.recent.setVisible(bool(glance.recent))
        self._silent.setVisible(not glance.recent)

    def _show_outlook(self, outlook: Outlook) -> None:
        self._jobs = []
        if self.glance is None or outlook == self.outlook:
            return
        self.outlook = outlook
        say = current()
        self._show_tiles(self.glance)
        self._show_steps(self.glance)
        self.urgent.show_rows(
            [
                Row(
                    item.title,
                    item.reason,
                    ICONS.get(item.table, "clock"),
                    item.table,
                    item.record_id,
                    item.overdue,
                )
                for item in outlook.urgent
            ]
        )
        self.urgent.setVisible(bool(outlook.urgent))
        self._calm.setText(_("Nothing is due. Enjoy the quiet."))
        self._calm.setMinimumHeight(0)
        self._calm.setVisible(not outlook.urgent)
        self._more.setVisible(bool(outlook.more_urgent))
        more = sum(count for _kind, count in outlook.more_urgent)
        kinds = [f"{capitalized(_(kind))} {say.number(count)}" for kind, count in outlook.more_urgent]
        self._more.setText(f"{say.plural('and {n} more', 'and {n} more', more)} · {' · '.join(kinds)}")
        self._show_themes(outlook)

    def _show_themes(self, outlook: Outlook) -> None:
        say = current()
        measured = [one for one in outlook.themes if one.share is not None]
        self.themes.show_bars(
            [
                Bar(capitalized(_(one.theme)), float(one.share or 0), say.percent(float(one.share or 0)))
                for one in measured
            ],
            _("Recommendations covered, by theme"),
        )
        self.themes.setVisible(bool(measured))
        if not measured:
            self._measured.setText(
                _("Say which recommendations you support to see how far they are covered.")
            )
        elif outlook.scenario:
            self._measured.setText(_("By the scenario “{name}”.").format(name=outlook.scenario))
        else:
            self._measured.setText(_("No scenario holds yet, so nothing counts as covered."))

    def _show_steps(self, glance: Glance) -> None:
        """The first steps that are still to be taken, as far as is known yet."""
        _clear(self._steps_column)
        outlook = self.outlook
        open_steps = [
            step
            for step in STEPS
            if not getattr(glance, step[0], outlook is None or getattr(outlook, step[0], True))
        ]
        read_only = self._context is not None and self._context.read_only
        self.steps.setVisible(bool(open_steps) and not read_only)
        for _name, text, page, label in open_steps:
            row = QHBoxLayout()
            row.addWidget(text_label(_(text), wrap=True), 1)
            button = QPushButton(caption(_(label)))
            button.setAccessibleDescription(_(text))
            button.clicked.connect(lambda _checked=False, page=page: self.page_requested.emit(page))
            row.addWidget(button)
            self._steps_column.addLayout(row)

    def _show_tiles(self, glance: Glance) -> None:
        outlook = self.outlook
        say = current()
        countries = say.plural("in {n} country", "in {n} countries", glance.countries)
        share, supported, overdue = "…", _("being measured"), "…"
        if outlook is not None:
            share = "–" if outlook.coverage is None else say.percent(float(outlook.coverage))
            supported = say.plural("of {n} supported", "of {n} supported", outlook.supported)
            overdue = say.number(outlook.overdue)
        self.tiles.show_tiles(
            [
                Tile(_("Coverage"), share, supported, "recommendations"),
                Tile(
                    _("Overdue"),
                    overdue,
                    _("to be done"),
                    "engagements",
                    outlook is not None and outlook.overdue > 0,
                ),
                Tile(_("Partners"), say.number(glance.partners), countries, "partners"),
                Tile(_("Agreements"), say.number(glance.agreements_in_force), _("in force"), "agreements"),
                Tile(_("Engagements"), say.number(glance.engagements), _("in twelve months"), "engagements"),
                Tile(_("Initiatives"), say.number(glance.initiatives), _("in the plan"), "initiatives"),
            ]
        )


def _card(heading: str) -> tuple[QFrame, QVBoxLayout]:
    card = QFrame()
    theme.set_card(card)
    outer = QVBoxLayout(card)
    outer.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.LARGE)
    outer.setSpacing(theme.SMALL)
    outer.addWidget(text_label(heading, Role.HEADING))
    column = QVBoxLayout()
    column.setSpacing(theme.SMALL)
    outer.addLayout(column, 1)
    return card, column


def _clear(column: QVBoxLayout) -> None:
    while (item := column.takeAt(0)) is not None:
        layout = item.layout()
        if layout is not None:
            while (inner := layout.takeAt(0)) is not None:
                widget = inner.widget()
                if widget is not None:
                    widget.deleteLater()
            layout.deleteLater()
