"""The history of the plan: what changed, who changed it and when, field by field."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cityplanner.base.language import _, current
from cityplanner.model.entity import is_pairing
from cityplanner.model.nouns import nouns
from cityplanner.ui import theme
from cityplanner.ui.context import Context
from cityplanner.ui.dialogs.history_words import Told, tell
from cityplanner.ui.dialogs.trouble import close_button
from cityplanner.ui.parts.jobs import Job
from cityplanner.ui.parts.plain import capitalized, tool_tip
from cityplanner.ui.theme import Role, text_label

PAGE = 200
WAIT_MS = 150
RECORD = Qt.ItemDataRole.UserRole


class HistoryDialog(QDialog):
    """Lists changes, newest first; each unfolds into its records and their fields."""

    def __init__(
        self, context: Context, parent: QWidget | None = None, *, table: str = "", record_id: int = 0
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("History"))
        self.resize(900, 620)
        self._context, self._record_id = context, record_id
        self._limit = PAGE
        self._job: Job | None = None
        self._told: list[Told] = []
        self.words = QLineEdit(placeholderText=_("Filter by words, name or field"))
        self.words.setAccessibleName(_("Filter by words, name or field"))
        self.words.setClearButtonEnabled(True)
        self.noun = self._noun_box(table)
        self.list = self._tree()
        self.more = QPushButton(_("Show older changes"))
        self.more.hide()
        self.state = text_label(_("Reading the history…"), Role.MUTED)
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._timer.timeout.connect(self._show)
        self.words.textChanged.connect(lambda _text: self._timer.start())
        self.noun.activated.connect(lambda _at: self._read())
        self.more.clicked.connect(self._older)
        context.changed.connect(self._reread)  # a method: Qt lets go of it with the dialog
        self._lay_out()
        self._read()

    def _noun_box(self, table: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(_("Kind of record"))
        box.addItem(_("All records"), "")
        names = {key: _(noun.__plural__) for key, noun in nouns().items() if not is_pairing(noun)}
        for key, name in sorted(names.items(), key=lambda item: item[1].casefold()):
            box.addItem(capitalized(name), key)
        box.setCurrentIndex(max(box.findData(table), 0))
        return box

    def _tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setHeaderLabels([_("What"), _("When"), _("Who")])
        tree.setAccessibleName(_("Changes, newest first"))
        tree.setAlternatingRowColors(True)
        tree.setUniformRowHeights(True)
        theme.set_roomy(tree)
        tree.itemActivated.connect(self._follow)
        header = tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        return tree

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.SMALL)
        top.addWidget(self.words, 1)
        top.addWidget(self.noun)
        foot = QHBoxLayout()
        foot.addWidget(self.more)
        foot.addWidget(self.state, 1)
        foot.addWidget(close_button(self))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        column.addLayout(top)
        column.addWidget(self.list, 1)
        column.addLayout(foot)

    def _reread(self, _change: object) -> None:
        self._read()

    def _read(self) -> None:
        if self._job is not None:
            self._job.drop()
        context, limit, record_id = self._context, self._limit, self._record_id
        table = str(self.noun.currentData())
        self._job = context.jobs.start(
            lambda _progress: tell(context.plan, context.currency, context.zone, table, record_id, limit),
            self._arrived,
            owner=self,
        )

    def _arrived(self, told: list[Told]) -> None:
        self._job = None
        self._told = told
        self.more.setVisible(len(told) >= self._limit)
        self._show()

    def _older(self) -> None:
        self._limit += PAGE
        self._read()

    def _show(self) -> None:
        wanted = self.words.text().casefold().split()
        found = [told for told in self._told if all(word in told.text for word in wanted)]
        self.list.clear()
        self.list.addTopLevelItems([_item(told) for told in found])
        say = current()
        if found:
            self.state.setText(say.plural("One change", "{n} changes", len(found)))
        else:
            self.state.setText(_("Nothing changed yet.") if not wanted else _("No change fits these words."))

    def _follow(self, item: QTreeWidgetItem) -> None:
        place = item.data(0, RECORD)
        if place and place[2]:
            self.accept()
            self._context.open_record(place[0], place[1])


def _item(told: Told) -> QTreeWidgetItem:
    item = QTreeWidgetItem([told.label, told.when, told.who])
    for row in told.rows:
        child = QTreeWidgetItem(item, [row.title])
        child.setData(0, RECORD, (row.table, row.record_id, row.exists))
        for line in row.lines:
            QTreeWidgetItem(child, [line]).setToolTip(0, tool_tip(line))
    if told.left_out:
        QTreeWidgetItem(item, [_("and {n} more").format(n=current().number(told.left_out))])
    return item
