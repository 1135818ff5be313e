"""A backup beside the plan as it is now: what was added, changed and removed since, and the way back for one record."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cityplanner.base.errors import UserError
from cityplanner.base.language import _, current
from cityplanner.exchange.history_words import ToldRow, tell_rows
from cityplanner.model.nouns import nouns
from cityplanner.store.backups import Backup
from cityplanner.store.comparing import Comparison, Counts, compare, put_back
from cityplanner.store.plan_file import Plan
from cityplanner.store.rows import Change, RowChange
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.dialogs.trouble import close_button, moment
from cityplanner.ui.parts.empty_state import EmptyState
from cityplanner.ui.parts.jobs import Job
from cityplanner.ui.parts.messages import announce
from cityplanner.ui.parts.plain import capitalized, dots, tool_tip
from cityplanner.ui.theme import Role, text_label

ROW = Qt.ItemDataRole.UserRole
Compared = tuple[Comparison, list[ToldRow]]


def look(plan: Plan, backup: Backup, currency: str, zone: str) -> Compared:
    """Compare and put in words; runs in a worker."""
    found = compare(plan.path, backup.path)
    return found, tell_rows(plan, found.rows, currency, zone)


class CompareDialog(QDialog):
    """Lists what differs by noun; each record unfolds into its fields: in the backup → now."""

    def __init__(self, context: Context, backup: Backup, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Compare with now"))
        self.resize(820, 560)
        self._context, self._backup = context, backup
        self._reading: Job | None = None
        self._writing: Job | None = None
        self._said = ""
        self.summary = text_label("", Role.STRONG, wrap=True)
        self.list = self._tree()
        self.same = EmptyState()
        self.state = text_label("", Role.MUTED, wrap=True)
        self.back = QPushButton(_("&Put this record back"))
        self.back.clicked.connect(self._put_back)
        self.list.itemSelectionChanged.connect(self._choose)
        self._lay_out()
        context.changed.connect(self._reread)  # a method: Qt lets go of it with the dialog
        self.look()

    def look(self) -> None:
        """Compare afresh."""
        if self._reading is not None:
            self._reading.drop()
        context, backup = self._context, self._backup
        self.summary.setText(_("Comparing the backup with the plan…"))
        self._reading = context.jobs.start(
            lambda _progress: look(context.plan, backup, context.currency, context.zone),
            self._show,
            owner=self,
            failed=self._failed,
        )
        self._update()

    def _reread(self, _change: object) -> None:
        self.look()

    def _show(self, compared: Compared) -> None:
        found, told = compared
        self.list.clear()
        when = moment(self._backup.made_at)
        self.pages.setCurrentWidget(self.same if found.same else self.list)
        if found.same:
            self.summary.setText(_("Nothing differs from the backup of {when}.").format(when=when))
        else:
            text = _("Since the backup of {when}: {counts}")
            self.summary.setText(text.format(when=when, counts=_counted(_total(found))))
            self._fill(found, told)
        self._reading = None
        self._update()

    def _fill(self, found: Comparison, told: list[ToldRow]) -> None:
        both = zip(found.rows, told, strict=True)
        for table, rows in groupby(both, key=lambda one: one[0].table):
            counts, listed = found.counts[table], list(rows)
            group = QTreeWidgetItem(
                self.list, [dots(capitalized(_(nouns()[table].__plural__)), _counted(counts))]
            )
            group.addChildren([_item(row, one) for row, one in listed])
            left = counts.added + counts.changed + counts.removed - len(listed)
            if left:
                group.addChild(QTreeWidgetItem([_("and {n} more").format(n=current().number(left))]))
            group.setExpanded(len(listed) <= 20)
        first = self.list.topLevelItem(0)
        chosen = first.child(0) if first is not None else None
        if chosen is not None:
            self.list.setCurrentItem(chosen)
            self.list.setFocus()

    @property
    def chosen(self) -> RowChange | None:
        """The record that is selected, or one of whose fields is."""
        items = self.list.selectedItems()
        item = items[0] if items else None
        while item is not None and not isinstance(item.data(0, ROW), RowChange):
            item = item.parent()
        return item.data(0, ROW) if item is not None else None

    def _put_back(self) -> None:
        chosen, context, backup = self.chosen, self._context, self._backup
        if chosen is None or self._writing is not None:
            return
        self._writing = context.jobs.start(
            lambda _progress: put_back(context.plan, backup.path, chosen),
            self._done,
            owner=self,
            failed=self._refused,
        )
        self._say(_("Putting the record back…"))

    def _done(self, change: Change | None) -> None:
        self._writing = None
        self._say(_("The record is as it was in the backup."))
        self._context.say(self._said, undoable=change is not None)

    def _failed(self, error: UserError) -> None:
        self._reading = self._writing = None
        self.summary.setText(error.what)
        self._say(error.remedy)

    def _refused(self, error: UserError) -> None:
        self._writing = None
        self._say(str(error))

    def _say(self, text: str) -> None:
        """What is said stays until another record is chosen."""
        self._said = text
        announce(self, text)
        self._update()

    def _choose(self) -> None:
        if self._reading is None and self._writing is None:
            self._said = ""
        self._update()

    def _update(self) -> None:
        chosen, busy = self.chosen, self._reading is not None or self._writing is not None
        able = chosen is not None and chosen.before is not None
        self.back.setEnabled(able and not busy and not self._context.read_only)
        self.state.setText(self._said or _hint(chosen, read_only=self._context.read_only))

    def _tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setHeaderHidden(True)
        tree.setAccessibleName(_("What differs from the backup"))
        tree.setAlternatingRowColors(True)
        tree.setUniformRowHeights(True)
        theme.set_roomy(tree)
        tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        return tree

    def _lay_out(self) -> None:
        self.same.say(_("All records are the same"), _("There is nothing to put back from this backup."))
        self.pages = QStackedWidget()
        self.pages.addWidget(self.list)
        self.pages.addWidget(self.same)
        self.back.setProperty("primary", True)
        self.back.setToolTip(tool_tip(_("Make the record what it was in the backup; you can undo it.")))
        foot = QHBoxLayout()
        foot.addWidget(self.state, 1)
        leave = close_button(self)
        for button in (self.back, leave):
            button.setAutoDefault(False)  # Enter belongs to the list
            foot.addWidget(button)
        leave.setDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(self.summary)
        column.addWidget(self.pages, 1)
        column.addLayout(foot)


def _hint(chosen: RowChange | None, *, read_only: bool) -> str:
    if chosen is None:
        return ""
    if read_only:
        return _("This plan is open read-only: nothing can be put back.")
    if chosen.before is None:
        return _("This record was added after the backup was made; there is nothing to put back.")
    return _("Each line shows what the backup holds, then what the plan holds now.")


def _item(row: RowChange, told: ToldRow) -> QTreeWidgetItem:
    item = QTreeWidgetItem([told.title])
    item.setData(0, ROW, row)
    for line in map(str, told.lines):
        QTreeWidgetItem(item, [line]).setToolTip(0, tool_tip(line))
    return item


def _total(found: Comparison) -> Counts:
    every = found.counts.values()
    return Counts(
        sum(one.added for one in every), sum(one.changed for one in every), sum(one.removed for one in every)
    )


def _counted(counts: Counts) -> str:
    say = current()
    parts = (
        say.plural("one added", "{n} added", counts.added) if counts.added else "",
        say.plural("one changed", "{n} changed", counts.changed) if counts.changed else "",
        say.plural("one removed", "{n} removed", counts.removed) if counts.removed else "",
    )
    return ", ".join(filter(None, parts))
