"""The review list as a tree: rules with what is past its time, to be ticked one by one or at once, and the holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from cityplanner.base.language import _, current
from cityplanner.exchange.retention import Candidate, Review
from cityplanner.model.entity import Entity
from cityplanner.model.retention import LegalHold, RetentionAction, RetentionRule
from cityplanner.ui import theme
from cityplanner.ui.parts.plain import capitalized, dots, tool_tip

MOST = 500
"""How many records of a rule are listed at once; what is not listed cannot be ticked."""
UNFOLDED = 12
"""Rules with more records than this are folded up at first, so that all rules are seen."""
NAME, SINCE, WHY = range(3)
KEY, AGREED, KEPT = (Qt.ItemDataRole.UserRole + place for place in range(3))
Key = tuple[type[Entity], int]


class ReviewList(QTreeWidget):
    """Rules, their records and the legal holds. Nothing is ticked at first; Enter edits a rule or a hold."""

    ticked = Signal()
    edit_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHeaderLabels([_("Rule or record"), _("Due since"), _("Goes along, or why it is kept")])
        self.setAccessibleName(_("Review list by rule"))
        self.setAlternatingRowColors(True)
        self.setUniformRowHeights(True)
        self.setTabKeyNavigation(False)
        theme.set_roomy(self)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(SINCE, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(WHY, QHeaderView.ResizeMode.Stretch)
        self._reviews: dict[int, Review] = {}
        self.itemChanged.connect(self._changed)
        self.itemExpanded.connect(self._unfold)
        self.itemActivated.connect(self._activated)

    def show_reviews(self, reviews: Sequence[Review], holds: Sequence[LegalHold]) -> None:
        """Fill the list anew; what was ticked is so no longer."""
        with QSignalBlocker(self):
            self.clear()
            self._reviews = {review.rule.id: review for review in reviews}
            for review in reviews:
                top = self._rule(review)
                self.addTopLevelItem(top)
                if len(review.ready) <= UNFOLDED:
                    self._unfold(top)
                    top.setExpanded(True)
            if holds:
                kept = self._holds(holds)
                self.addTopLevelItem(kept)
                kept.setExpanded(len(holds) <= UNFOLDED)
            tops = list(self._tops())
        if tops:
            self.setCurrentItem(tops[0])
        self.ticked.emit()

    @property
    def key(self) -> Key | None:
        """The rule or hold that is chosen, or that the chosen record is listed under."""
        item = self.currentItem()
        while item is not None:
            found = item.data(NAME, KEY)
            if found is not None:
                noun, number = found
                return noun, number
            item = item.parent()
        return None

    def agreed(self) -> dict[int, list[int]]:
        """What is ticked: the ids of records by the id of their rule; for the history, one id that means nothing."""
        found: dict[int, list[int]] = {}
        for item in self._leaves():
            agreed = item.data(NAME, AGREED)
            if agreed is not None and item.checkState(NAME) is Qt.CheckState.Checked:
                found.setdefault(agreed[0], []).append(agreed[1])
        return found

    def _tops(self) -> Iterator[QTreeWidgetItem]:
        for place in range(self.topLevelItemCount()):
            top = self.topLevelItem(place)
            if top is not None:
                yield top

    def _leaves(self) -> Iterator[QTreeWidgetItem]:
        for top in self._tops():
            yield from _children(top)

    def _changed(self, item: QTreeWidgetItem, _column: int) -> None:
        """A tick on a rule ticks all that may go under it; a rule shows whether all, some or none are ticked."""
        with QSignalBlocker(self):
            rule = item.parent() or item
            self._unfold(rule)
            leaves = [leaf for leaf in _children(rule) if leaf.data(NAME, AGREED) is not None]
            if item is rule:
                for leaf in leaves:
                    leaf.setCheckState(NAME, item.checkState(NAME))
                item.setExpanded(True)  # nothing is ticked that is not in sight
            states = {leaf.checkState(NAME) for leaf in leaves}
            if states:
                rule.setCheckState(NAME, states.pop() if len(states) == 1 else Qt.CheckState.PartiallyChecked)
        self.viewport().update()
        self.ticked.emit()

    def _activated(self, item: QTreeWidgetItem) -> None:
        if item.data(NAME, KEY) is not None:
            self.edit_asked.emit()

    # Rows

    def _rule(self, review: Review) -> QTreeWidgetItem:
        rule = review.rule
        top = self._row(dots(rule.title, _lasting(rule)), "", _counted(review), review.told())
        top.setData(NAME, KEY, (RetentionRule, rule.id))
        top.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
        if review.has_any:
            top.setCheckState(NAME, Qt.CheckState.Unchecked)
        return top

    def _unfold(self, item: QTreeWidgetItem) -> None:
        """Make the rows under a rule, or of what it keeps, when they are looked at first: they may be many."""
        if item.childCount():
            return
        kept, key = item.data(NAME, KEPT), item.data(NAME, KEY)
        with QSignalBlocker(self):
            if kept is not None:
                item.addChildren(self._kept(self._reviews[kept].kept_ones))
            elif key is not None and key[0] is RetentionRule:
                item.addChildren(self._under(self._reviews[key[1]]))

    def _under(self, review: Review) -> list[QTreeWidgetItem]:
        rule_id, kept = review.rule.id, len(review.kept_ones)
        rows = [
            self._leaf(rule_id, one.id, one.title, current().date(one.since), one.along)
            for one in review.ready[:MOST]
        ]
        if review.cut is not None and review.cut.count:
            rows.append(self._leaf(rule_id, 0, *_history(review)))
        if len(review.ready) > MOST:
            left = current().number(len(review.ready) - MOST)
            rows.append(self._muted(_("and {n} more, listed when these are gone").format(n=left)))
        if kept:
            group = self._muted(capitalized(_kept_in_words(kept)))
            group.setData(NAME, KEPT, rule_id)
            group.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
            rows.append(group)
        return rows or [self._muted(review.fault or review.kept or _("Nothing is past its time."))]

    def _kept(self, kept: Sequence[Candidate]) -> list[QTreeWidgetItem]:
        rows = [
            self._muted(one.title, current().date(one.since), "; ".join(one.reasons)) for one in kept[:MOST]
        ]
        if len(kept) > MOST:
            rows.append(self._muted(_("and {n} more").format(n=current().number(len(kept) - MOST))))
        return rows

    def _leaf(self, rule_id: int, record_id: int, name: str, since: str, why: str) -> QTreeWidgetItem:
        item = self._row(name, since, why)
        item.setData(NAME, AGREED, (rule_id, record_id))
        item.setCheckState(NAME, Qt.CheckState.Unchecked)
        return item

    def _muted(self, name: str, since: str = "", why: str = "") -> QTreeWidgetItem:
        item = self._row(name, since, why)
        muted = self.palette().color(QPalette.ColorRole.PlaceholderText)
        for column in (NAME, SINCE, WHY):
            item.setForeground(column, muted)
        return item

    def _holds(self, holds: Sequence[LegalHold]) -> QTreeWidgetItem:
        top = self._row(_("Legal holds"), "", _("They keep what they cover, whatever a rule says."))
        for hold in holds:
            state = (
                _("stands")
                if hold.stands or hold.released_on is None
                else _("released on {day}").format(day=current().date(hold.released_on))
            )
            item = self._row(
                hold.title, current().date(hold.since), dots(capitalized(state), hold.ordered_by)
            )
            item.setData(NAME, KEY, (LegalHold, hold.id))
            top.addChild(item)
        return top

    def _row(self, name: str, since: str, why: str, tip: str = "") -> QTreeWidgetItem:
        item = QTreeWidgetItem([" ".join(name.split()), since, " ".join(why.split())])
        item.setToolTip(NAME, tool_tip(tip or name))
        item.setToolTip(WHY, tool_tip(why))
        return item


def _children(item: QTreeWidgetItem) -> Iterator[QTreeWidgetItem]:
    for place in range(item.childCount()):
        child = item.child(place)
        if child is not None:
            yield child


def _lasting(rule: RetentionRule) -> str:
    years = current().plural("{n} year after the {day}", "{n} years after the {day}", rule.years)
    return years.format(day=_(rule.counted_from))


def _counted(review: Review) -> str:
    if review.fault or review.cut is not None:
        return review.fault or review.kept
    free, kept = len(review.ready), len(review.kept_ones)
    return dots(
        current().plural("{n} may go", "{n} may go", free) if free else "",
        _kept_in_words(kept) if kept else "",
        "" if review.rule.action is RetentionAction.DELETE else _(review.rule.action),
    )


def _kept_in_words(count: int) -> str:
    return current().plural("{n} is kept", "{n} are kept", count)


def _history(review: Review) -> tuple[str, str, str]:
    assert review.cut is not None
    count = current().plural(
        "{n} change, up to change {id}", "{n} changes, up to change {id}", review.cut.count
    )
    return (
        count.format(id=current().number(review.cut.last_id)),
        "",
        _("For good: a stub in the history says that they were pruned."),
    )
