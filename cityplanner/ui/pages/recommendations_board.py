"""The recommendations board: what the roundtables said, the office's answer, and how far it is carried out."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSplitter, QWidget

from cityplanner.base.language import _, current
from cityplanner.model.recommendation import Response
from cityplanner.model.roundtable import ItemKind, SourceItem, Theme
from cityplanner.planning.board import Board, BoardItem, read_board
from cityplanner.planning.gaps import Gap
from cityplanner.store.entering import Named, enter_answer_weight, enter_response
from cityplanner.ui.context import Context
from cityplanner.ui.parts.board_detail import BoardDetail
from cityplanner.ui.parts.board_tree import BoardTree
from cityplanner.ui.parts.editors.choices import members
from cityplanner.ui.parts.entry_page import EntryPage, focus, narrowed_box
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
BY_THEME, BY_SECTION = "theme", "section"
_PLACES = {member.value: place for place, member in enumerate(Theme)}


class RecommendationsBoard(EntryPage):
    """Answers are shown at once and written behind it, one undoable change each."""

    tables = TABLES

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, _("Recommendations"), parent)
        self.board = Board((), "")
        self.tree = BoardTree(read_only=context.read_only)
        self.detail = BoardDetail()
        self.words = self.words_line(_("Filter items"))
        self.grouping, self.kind, self.gap = QComboBox(), QComboBox(), QComboBox()
        self._lay_out()
        self.tree.chosen.connect(self._look_at)
        self.tree.opened.connect(lambda number: context.open_record(SourceItem.__tablename__, number))
        self.tree.answered.connect(self._answered)
        self.tree.weighed.connect(self._weighed)
        self.detail.opened.connect(self._follow)

    def reader(self, today: dt.date) -> Callable[[], Board]:
        plan = self.context.plan
        return lambda: read_board(plan, today)

    def focus_filter(self) -> None:
        """Go to the filter."""
        focus(self.words)

    def show_all(self) -> None:
        """Lift all filters."""
        self.words.clear()
        self.kind.setCurrentIndex(0)
        self.gap.setCurrentIndex(0)
        self.narrow()

    # --- what happens ---

    def show_facts(self, facts: Board) -> None:
        self.board = facts
        self._count_gaps()
        self.narrow()

    def _answered(self, number: int, response: Response) -> None:
        self.write(partial(enter_response, self.context.plan, self._named(number), response))

    def _weighed(self, number: int, weight: int) -> None:
        self.write(partial(enter_answer_weight, self.context.plan, self._named(number), weight))

    def _named(self, number: int) -> Named:
        return Named(number, next(one.code for one in self.board.items if one.id == number))

    def _look_at(self, number: int) -> None:
        self.detail.show_item(next((one for one in self.board.items if one.id == number), None))

    def _follow(self, table: str, number: int) -> None:
        """A linked item is shown here, whatever hides it is lifted; anything else on its own page."""
        if table != SourceItem.__tablename__:
            self.context.open_record(table, number)
            return
        if not self.tree.go_to(number):
            self.show_all()
            self.tree.go_to(number)
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- filling ---

    def narrow(self) -> None:
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
            self.empty.say(
                _("No recommendations yet"), _("Add a roundtable with its sections and source items.")
            )
        elif not items:
            self.empty.say(
                _("Nothing matches"), _("No item has all of these words and choices."), _("Show all")
            )
        self.stack.setCurrentWidget(self._split if items else self.empty)
        self.say_basis(self.board.scenario)

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
        _offer(self.grouping, _("Grouping"), [(_("By theme"), BY_THEME), (_("By roundtable"), BY_SECTION)])
        kinds = [(label, key) for key, label in members(ItemKind)]
        _offer(self.kind, _("Kind"), [(_("Kind: all"), ""), *kinds])
        gaps = [(capitalized(_(gap)), gap.value) for gap in Gap]
        _offer(self.gap, _("Gap"), [(_("Gaps: all items"), ""), *gaps])
        for box in (self.grouping, self.kind, self.gap):
            box.activated.connect(lambda: self.narrow())
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.addWidget(self.tree)
        self._split.addWidget(self.detail)
        self._split.setChildrenCollapsible(False)
        self._split.setStretchFactor(0, 3)
        self._split.setStretchFactor(1, 2)
        self._split.setSizes([300, 200])
        line, last = QHBoxLayout(), QHBoxLayout()
        line.addWidget(self.words, 1)
        for box in (self.grouping, self.kind, self.gap):
            line.addWidget(box)
        line.addWidget(self.counted)
        keys = _("S supported, P supported in part, N noted, Delete none, 0 to 5 weight, Enter opens")
        last.addWidget(self.basis, 1)
        last.addWidget(text_label(keys, Role.MUTED, wrap=True), 2)
        self.lay_out(self._split, line, foot=last)


def _offer(box: QComboBox, name: str, choices: Sequence[tuple[str, str]]) -> None:
    for label, key in choices:
        box.addItem(label, key)
    narrowed_box(box, name, 13)


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
