"""Partners or contacts that may be one and the same: the pairs with their reasons, to be merged or kept apart."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cityplanner.base.errors import Cancelled, UserError
from cityplanner.base.language import _, current
from cityplanner.model.change import ChangeKind
from cityplanner.model.entity import Entity
from cityplanner.model.nouns import nouns
from cityplanner.planning.duplicates import Likeness
from cityplanner.planning.likely import SEARCHED, duplicates
from cityplanner.store.merging import keep_apart
from cityplanner.store.plan_file import Plan
from cityplanner.store.queries import titles
from cityplanner.store.rows import Change
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.parts.jobs import Job, Progress
from cityplanner.ui.parts.plain import capitalized, tool_tip
from cityplanner.ui.theme import Role, text_label

MOST = 500
"""How many pairs are shown; the others come when these are done with."""
PAIR = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one, as the list shows them."""

    likeness: Likeness
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Found:
    """The pairs that are shown, and how many there are."""

    pairs: list[Pair]
    count: int


def look(plan: Plan, noun: type[Entity], progress: Progress) -> Found:
    """Look for duplicates; runs in a worker."""
    found = duplicates(plan, noun, progress.report)
    shown = found[:MOST]
    with plan.reading() as session:
        named = titles.titles(session, noun, [n for one in shown for n in (one.first, one.second)])
    return Found(
        [Pair(one, named.get(one.first, ""), named.get(one.second, "")) for one in shown], len(found)
    )


class DuplicatesDialog(QDialog):
    """Lists the pairs, the surest first. Enter compares and merges; Delete keeps a pair apart for good."""

    def __init__(self, context: Context, table: str = "contact", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Find duplicates"))
        self.resize(980, 600)
        self._context = context
        self._job: Job | None = None
        self._left = 0
        self.noun = QComboBox()
        self.noun.setAccessibleName(_("Look among"))
        for name in SEARCHED:
            self.noun.addItem(capitalized(_(nouns()[name].__plural__)), name)
        self.noun.setCurrentIndex(max(self.noun.findData(table), 0))
        self.list = self._tree()
        self.state = text_label("", Role.MUTED, wrap=True)
        self.bar = QProgressBar()
        self.merge = QPushButton(_("&Compare and merge…"))
        self.apart = QPushButton(_("&Not the same"))
        self.leave = QPushButton(_("Close"))
        self._lay_out()
        self.noun.activated.connect(lambda _at: self.look())
        self.list.itemSelectionChanged.connect(self._update)
        self.list.itemActivated.connect(lambda _item: self._compare())
        self.merge.clicked.connect(self._compare)
        self.apart.clicked.connect(self._keep_apart)
        self.leave.clicked.connect(self.reject)
        QShortcut(
            QKeySequence(Qt.Key.Key_Delete), self.list, self._keep_apart,
            context=Qt.ShortcutContext.WidgetShortcut,
        )  # fmt: skip
        context.changed.connect(self._heard)
        self.look()

    @property
    def chosen(self) -> type[Entity]:
        """The noun that is searched."""
        return nouns()[str(self.noun.currentData())]

    def look(self) -> None:
        """Search afresh."""
        if self._job is not None:
            self._job.drop()
        plan, noun = self._context.plan, self.chosen
        self.list.clear()
        self._update()
        self.bar.setRange(0, 0)
        self.bar.show()
        self.state.setText(_("Looking for duplicates…"))
        self._job = self._context.jobs.start(
            lambda progress: look(plan, noun, progress),
            self._show,
            owner=self,
            failed=self._failed,
            progress=self._advance,
        )

    def reject(self) -> None:
        """Close; what was merged stays merged."""
        if self._job is not None:
            self._job.drop()
        super().reject()

    def _show(self, found: Found) -> None:
        self._job = None
        self.bar.hide()
        self._left = found.count
        self.list.addTopLevelItems([_item(pair) for pair in found.pairs])
        first = self.list.topLevelItem(0)
        if first is not None:
            self.list.setCurrentItem(first)
            self.list.setFocus()
        self._count()

    def _count(self) -> None:
        left, shown = self._left, self.list.topLevelItemCount()
        if not left:
            text = _("No duplicates were found.")
        elif shown < left:
            text = _("{count} pairs; the {shown} surest are shown.").format(
                count=current().number(left), shown=current().number(shown)
            )
        else:
            text = current().plural("One pair may be the same.", "{n} pairs may be the same.", left)
        self.state.setText(text)
        self._update()

    def _advance(self, done: int, total: int, _text: str) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _failed(self, error: UserError) -> None:
        self._job = None
        self.bar.hide()
        if not isinstance(error, Cancelled):
            self.state.setText(str(error))

    def _selected(self) -> Likeness | None:
        items = self.list.selectedItems()
        likeness = items[0].data(0, PAIR) if items else None
        return likeness if isinstance(likeness, Likeness) else None

    def _compare(self) -> None:
        from cityplanner.ui.dialogs.merge import MergeDialog  # late: only where there is something to merge

        chosen = self._selected()
        if chosen is not None and not self._context.read_only:
            dialog = MergeDialog(self._context, self.chosen, chosen.first, chosen.second, self)
            dialog.merged.connect(self._without)
            dialog.open()

    def _without(self, gone: int) -> None:
        """Take out every pair of a record that is no more."""
        for row in reversed(range(self.list.topLevelItemCount())):
            item = self.list.topLevelItem(row)
            likeness = item.data(0, PAIR) if item is not None else None
            if isinstance(likeness, Likeness) and gone in (likeness.first, likeness.second):
                self._take(row)

    def _take(self, row: int) -> None:
        self.list.takeTopLevelItem(row)
        self._left -= 1
        self._count()

    def _keep_apart(self) -> None:
        chosen = self._selected()
        if chosen is None or self._context.read_only:
            return
        try:
            change = keep_apart(self._context.plan, self.chosen, chosen.first, chosen.second)
        except UserError as error:
            self.state.setText(str(error))
            return
        self._context.say(_("The two are kept apart."), undoable=change is not None)
        self._take(self.list.indexOfTopLevelItem(self.list.selectedItems()[0]))

    def _heard(self, change: object) -> None:
        """What was undone may be a duplicate again."""
        if isinstance(change, Change) and change.kind is not ChangeKind.EDIT:
            self.look()

    def _update(self) -> None:
        able = self._selected() is not None and not self._context.read_only
        self.merge.setEnabled(able)
        self.apart.setEnabled(able)

    def _tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setHeaderLabels([_("One"), _("The other"), _("Why")])
        tree.setAccessibleName(_("Pairs that may be the same, the surest first"))
        tree.setRootIsDecorated(False)
        tree.setAlternatingRowColors(True)
        tree.setUniformRowHeights(True)
        tree.setTabKeyNavigation(False)
        theme.set_roomy(tree)
        header = tree.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        for column in (0, 1):
            header.resizeSection(column, 30 * self.fontMetrics().averageCharWidth() + theme.LARGE)
        return tree

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.SMALL)
        top.addWidget(text_label(_("Look among"), Role.STRONG))
        top.addWidget(self.noun)
        top.addStretch(1)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Progress"))
        self.merge.setProperty("primary", True)
        for button in (self.merge, self.apart, self.leave):
            button.setAutoDefault(False)  # Enter belongs to the list
        self.apart.setToolTip(tool_tip(_("Remember that these are two; they are not shown again.")))
        foot = QHBoxLayout()
        foot.addWidget(self.state, 1)
        for button in (self.apart, self.merge, self.leave):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        column.addLayout(top)
        column.addWidget(self.list, 1)
        column.addWidget(self.bar)
        column.addLayout(foot)


def _item(pair: Pair) -> QTreeWidgetItem:
    reasons = capitalized(", ".join(pair.likeness.reasons))
    item = QTreeWidgetItem([pair.first, pair.second, reasons])
    item.setData(0, PAIR, pair.likeness)
    for column, text in enumerate((pair.first, pair.second, reasons)):
        item.setToolTip(column, tool_tip(text))
    return item
