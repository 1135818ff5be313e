"""The recommendations board: what the roundtables said, the office's answer, and how far it is carried out."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cityplanner.base.language import _, current
from cityplanner.model.recommendation import Response
from cityplanner.model.roundtable import ItemKind, SourceItem, Theme
from cityplanner.planning.board import Board, BoardItem, read_board
from cityplanner.planning.gaps import Gap
from cityplanner.store.entering import Named, enter_answer_weight, enter_response
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.parts.board_detail import BoardDetail
from cityplanner.ui.parts.board_tree import BoardTree
from cityplanner.ui.parts.edit_queue import EditQueue
from cityplanner.ui.parts.editors.choices import members
from cityplanner.ui.parts.empty_state import EmptyState
from cityplanner.ui.parts.jobs import Job
from cityplanner.ui.parts.plain import capitalized
from cityplanner.ui.theme import Role, text_label

TABLES = frozenset(
    {
        "source_item",
        "section",
        "roundtable",
        "item_link",
        "answer",
        "contribution",
        "initiative",
        "service_level",
        "budget_line",
        "scenario",
        "decision",
        "engagement_initiative",
        "engagement",
        "indicator",
        "measurement",
    }
)
WAIT_MS = 200
TYPING_MS = 150
BY_THEME, BY_SECTION = "theme", "section"
_PLACES = {member.value: place for place, member in enumerate(Theme)}


class RecommendationsBoard(QWidget):
    """Read in a worker; answers are shown at once and written behind it, one undoable change each."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._job: Job | None = None
        self._stale = True
        self._wanted = 0
        self.board = Board((), "")
        self.setAccessibleName(_("Recommendations"))
        self.queue = EditQueue(context, self)
        self.tree = BoardTree(read_only=context.read_only)
        self.detail = BoardDetail()
        self._later = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._later.timeout.connect(self.refresh)
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._typing.timeout.connect(self._fill)
        self.words = QLineEdit()
        self.grouping, self.kind, self.gap = QComboBox(), QComboBox(), QComboBox()
        self.counted = text_label("", Role.MUTED)
        self._basis = text_label("", Role.MUTED, wrap=True)
        self._empty = EmptyState()
        self._empty.chosen.connect(self.show_all)
        self._lay_out()
        self.tree.chosen.connect(self._look_at)
        self.tree.opened.connect(lambda number: context.open_record(SourceItem.__tablename__, number))
        self.tree.answered.connect(self._answered)
        self.tree.weighed.connect(self._weighed)
        self.detail.opened.connect(self._follow)
        self.queue.refused.connect(self._later.start)
        context.changed.connect(self._hear)

    def refresh(self) -> None:
        """Read the plan again, once nothing waits to be written."""
        if self.queue.busy:
            self._later.start()
            return
        if self._job is not None:
            self._job.drop()
        self._stale = False
        plan = self._context.plan
        self._job = self._context.jobs.start(
            lambda _progress: read_board(plan, dt.date.today()), self._show, owner=self
        )

    def focus_filter(self) -> None:
        """Go to the filter."""
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()

    def show_all(self) -> None:
        """Lift all filters."""
        self.words.clear()
        self.kind.setCurrentIndex(0)
        self.gap.setCurrentIndex(0)
        self._fill()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while it was hidden."""
        super().showEvent(event)
        if self._stale:
            self.refresh()

    # --- what happens ---

    def _hear(self, change: object) -> None:
        if TABLES & getattr(change, "tables", frozenset()):
            self._stale = True
            if self.isVisible():
                self._later.start()

    def _show(self, board: Board) -> None:
        self._job = None
        if self.queue.busy:  # answered on in the meantime: what was read is already old
            self._later.start()
            return
        self.board = board
        self._count_gaps()
        self._fill()

    def _answered(self, number: int, response: Response) -> None:
        self.queue.put(partial(enter_response, self._context.plan, self._named(number), response))

    def _weighed(self, number: int, weight: int) -> None:
        self.queue.put(partial(enter_answer_weight, self._context.plan, self._named(number), weight))

    def _named(self, number: int) -> Named:
        return Named(number, next(one.code for one in self.board.items if one.id == number))

    def _look_at(self, number: int) -> None:
        self.detail.show_item(next((one for one in self.board.items if one.id == number), None))

    def _follow(self, table: str, number: int) -> None:
        """A linked item is shown here, whatever hides it is lifted; anything else on its own page."""
        if table != SourceItem.__tablename__:
            self._context.open_record(table, number)
            return
        if not self.tree.go_to(number):
            self.show_all()
            self.tree.go_to(number)
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- filling ---

    def _fill(self) -> None:
        self._typing.stop()
        items = [one for one in self.board.items if self._fits(one)]
        by_theme = self.grouping.currentData() == BY_THEME
        self.tree.show_items(items, _theme_path if by_theme else _section_path, _groups(items, by_theme))
        self._look_at(self.tree.item_id())
        say = current()
        count = say.plural("{n} item", "{n} items", len(self.board.items))
        if len(items) != len(self.board.items):
            count = _("{n} of {items}").format(n=say.number(len(items)), items=count)
        self.counted.setText(count)
        if not self.board.items:
            self._empty.say(
                _("No recommendations yet"), _("Add a roundtable with its sections and source items.")
            )
        elif not items:
            self._empty.say(
                _("Nothing matches"), _("No item has all of these words and choices."), _("Show all")
            )
        self._stack.setCurrentWidget(self._split if items else self._empty)
        name = self.board.scenario
        self._basis.setText(
            _("Coverage by the scenario “{name}”.").format(name=name)
            if name
            else _("No scenario holds yet, so nothing counts as covered.")
        )

    def _fits(self, item: BoardItem) -> bool:
        text = f"{item.code} {item.title} {item.text}".casefold()
        kind, gap = self.kind.currentData(), self.gap.currentData()
        return (
            (not kind or item.kind == kind)
            and (not gap or gap in item.gaps)
            and all(word in text for word in self.words.text().casefold().split())
        )

    def _count_gaps(self) -> None:
        counts = Counter(gap for item in self.board.items for gap in item.gaps)
        for place, gap in enumerate(Gap, start=1):
            self.gap.setItemText(place, f"{capitalized(_(gap))} ({current().number(counts[gap])})")

    # --- lay-out ---

    def _lay_out(self) -> None:
        self.words.setPlaceholderText(_("Filter items"))
        self.words.setAccessibleName(_("Filter items"))
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(lambda: self._typing.start())
        self.words.returnPressed.connect(self._fill)
        _offer(self.grouping, _("Grouping"), [(_("By theme"), BY_THEME), (_("By roundtable"), BY_SECTION)])
        kinds = [(label, key) for key, label in members(ItemKind)]
        _offer(self.kind, _("Kind"), [(_("Kind: all"), ""), *kinds])
        gaps = [(capitalized(_(gap)), gap.value) for gap in Gap]
        _offer(self.gap, _("Gap"), [(_("Gaps: all items"), ""), *gaps])
        for box in (self.grouping, self.kind, self.gap):
            box.activated.connect(lambda: self._fill())
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.addWidget(self.tree)
        self._split.addWidget(self.detail)
        self._split.setChildrenCollapsible(False)
        self._split.setStretchFactor(0, 3)
        self._split.setStretchFactor(1, 2)
        self._split.setSizes([300, 200])
        self._stack = QStackedWidget()
        self._stack.addWidget(self._split)
        self._stack.addWidget(self._empty)
        line, last = QHBoxLayout(), QHBoxLayout()
        line.setSpacing(theme.SMALL)
        line.addWidget(self.words, 1)
        for box in (self.grouping, self.kind, self.gap):
            line.addWidget(box)
        line.addWidget(self.counted)
        keys = _("S supported, P supported in part, N noted, Delete none, 0 to 5 weight, Enter opens")
        last.addWidget(self._basis, 1)
        last.addWidget(text_label(keys, Role.MUTED, wrap=True), 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MEDIUM, theme.MEDIUM, theme.MEDIUM, theme.SMALL)
        column.setSpacing(theme.SMALL)
        column.addLayout(line)
        column.addWidget(self._stack, 1)
        column.addLayout(last)


def _offer(box: QComboBox, name: str, choices: Sequence[tuple[str, str]]) -> None:
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(13)
    for label, key in choices:
        box.addItem(label, key)
    view = box.view()
    view.setMinimumWidth(view.sizeHintForColumn(0) + 2 * theme.WIDE)


def _theme_path(item: BoardItem) -> tuple[str, ...]:
    return (capitalized(_(item.theme)),)


def _section_path(item: BoardItem) -> tuple[str, ...]:
    return item.roundtable, item.section


def _groups(items: Sequence[BoardItem], by_theme: bool) -> list[tuple[str, ...]]:
    """The headings in their order: themes as declared, roundtables and sections as they were held."""
    if by_theme:
        ordered = sorted(items, key=lambda one: _PLACES.get(one.theme, len(_PLACES)))
        return list(dict.fromkeys(_theme_path(one) for one in ordered))
    return list(dict.fromkeys(_section_path(one) for one in sorted(items, key=lambda one: one.place)))
